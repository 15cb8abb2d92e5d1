//! `talks_with_video`: the talks that somebody can watch, newest first; all of them, or those of a year, an
//! event, a speaker, a tool.
//!
//! What is asked for is narrowed down by all arguments at once. A name that nothing bears has no talks.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use super::get_event::event_of;
use super::recaps::in_order;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_parse::Media;
use ssg_taxonomy::facets::{Card, EventTalks, Listed, Members};
use ssg_taxonomy::{Kind, LangId, PageKey, TermKey};
use tera::TeraResult;

/// Arguments that name a term, each with the taxonomy that it is of.
const TERMS: &[(&str, &str)] = &[("speaker", "speakers"), ("tool", "tools")];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TalksWithVideo {
    year: Option<i64>,
    /// The id of an event.
    event: Option<String>,
    /// Taxonomies with the term that talks must name, in any spelling.
    terms: Vec<(String, String)>,
    limit: usize,
    language: LangId,
}

impl Function for TalksWithVideo {
    const NAME: &'static str = "talks_with_video";
    const ARGUMENTS: &'static [&'static str] = &["year", "event", "speaker", "tool", "limit"];
    const ROWS: &'static [Entry] = &[entry(
        &["talks_with_video(year=2016, event=…, speaker=…, tool=…, limit=10)"],
        "list of cards",
        "talks that have a video, newest first; each argument may be left out, and all that are given must hold",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let mut terms = Vec::new();
        for (argument, taxonomy) in TERMS {
            if let Some(term) = arguments.optional(argument)? {
                terms.push(((*taxonomy).to_owned(), term));
            }
        }
        Ok(Self {
            year: arguments.number("year")?,
            event: arguments.optional("event")?,
            terms,
            limit: arguments.limit(ALL)?,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let terms = self.terms.iter().map(|(taxonomy, name)| {
            let term = reads.find_term(taxonomy, name)?;
            Some((taxonomy.as_str(), term))
        });
        let Some(terms) = terms.collect::<Option<Vec<_>>>() else { return Ok(Answer::Pages(Vec::new())) };
        let mut talks = self.candidates(reads, &terms);
        talks.retain(|key| reads.card(key).is_some_and(|card| self.has(&card, &terms)));
        let mut talks = in_order(reads, &talks);
        talks.truncate(self.limit);
        Ok(Answer::Pages(talks))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        let mut words = "which talks have a video".to_owned();
        if let Some(year) = self.year {
            words.push_str(&format!(" of {year}"));
        }
        if let Some(event) = &self.event {
            words.push_str(&format!(" at `{event}`"));
        }
        for (taxonomy, term) in &self.terms {
            words.push_str(&format!(" with `{term}` in {taxonomy}"));
        }
        words
    }
}

impl TalksWithVideo {
    /// The shortest list at hand in which all talks are that can be meant.
    fn candidates(&self, reads: &Reads, terms: &[(&str, TermKey)]) -> Vec<PageKey> {
        if let Some(id) = &self.event {
            let talks = event_of(reads, id).and_then(|event| reads.get::<EventTalks>(&event));
            let talks = talks.iter().flat_map(|talks| &talks.0);
            return talks.map(|key| reads.nearest(*key, self.language)).collect();
        }
        if let Some((_, term)) = terms.first() {
            let members = reads.get::<Members>(&(*term, self.language));
            let members = members.iter().flat_map(|members| &members.0);
            return members.filter(|member| member.kind == Kind::Talk).map(|member| member.page).collect();
        }
        let listed = reads.get::<Listed>(&(Kind::Talk, self.language));
        listed.map_or_else(Vec::new, |listed| listed.0.clone())
    }

    fn has(&self, card: &Card, terms: &[(&str, TermKey)]) -> bool {
        let mut videos = card.talk.iter().flat_map(|talk| &talk.video);
        // As for templates, what is no address on the web is no video.
        videos.any(|video| Media::recognise(&video.url).is_some())
            && self.year.is_none_or(|year| card.year.is_some_and(|of| i64::from(of) == year))
            && terms.iter().all(|(taxonomy, term)| card.terms_of(taxonomy).contains(term))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(year: Option<i64>, event: Option<&str>, terms: &[(&str, &str)]) -> TalksWithVideo {
        TalksWithVideo {
            year,
            event: event.map(str::to_owned),
            terms: terms
                .iter()
                .map(|(taxonomy, name)| ((*taxonomy).to_owned(), (*name).to_owned()))
                .collect(),
            limit: ALL,
            language: LangId::MAIN,
        }
    }

    #[test]
    fn every_argument_has_a_name_and_no_two_calls_are_one_query() {
        let named = TERMS.iter().all(|(argument, _)| TalksWithVideo::ARGUMENTS.contains(argument));
        assert!(named, "an argument of a term is not among those that are known");
        let calls = [
            wanted(None, None, &[]),
            wanted(Some(2016), None, &[]),
            wanted(None, Some("2016"), &[]),
            wanted(None, None, &[("tools", "2016")]),
            wanted(None, None, &[("speakers", "2016")]),
        ];
        let distinct: std::collections::BTreeSet<String> =
            calls.iter().map(|call| serde_json::to_string(call).expect("a query is data")).collect();
        assert_eq!(distinct.len(), calls.len());
    }
}
