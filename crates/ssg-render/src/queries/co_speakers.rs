//! `co_speakers`: people who shared a talk with somebody, those with most talks in common first.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::Originals;
use ssg_taxonomy::{Kind, TermKey};
use std::cmp::Reverse;
use std::collections::HashMap;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CoSpeakers {
    speaker: String,
}

impl Function for CoSpeakers {
    const NAME: &'static str = "co_speakers";
    const ARGUMENTS: &'static [&'static str] = &["speaker"];
    const ROWS: &'static [Entry] = &[entry(
        &["co_speakers(speaker=…)"],
        "list of term references",
        "people who shared a talk with this one",
    )];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { speaker: arguments.text("speaker")? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let Some(own) = reads.find_term("speakers", &self.speaker) else {
            return Ok(Answer::Terms(Vec::new()));
        };
        let pages = reads.get::<Originals>(&own).map_or_else(Vec::new, |pages| pages.0.0.clone());
        let mut shared: HashMap<TermKey, usize> = HashMap::new();
        for talk in pages.iter().filter(|member| member.kind == Kind::Talk) {
            let Some(card) = reads.card(&talk.page) else { continue };
            for other in card.terms_of("speakers").iter().filter(|other| **other != own) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let name = |key: &TermKey| reads.term(key).map_or_else(String::new, |term| term.name.clone());
        let mut shared: Vec<(usize, String, TermKey)> =
            shared.into_iter().map(|(key, count)| (count, name(&key), key)).collect();
        shared.sort_by(|a, b| {
            let order = |(count, name, _): &(usize, String, TermKey)| {
                (Reverse(*count), name.to_lowercase(), name.clone())
            };
            order(a).cmp(&order(b))
        });
        Ok(Answer::Terms(shared.into_iter().map(|(_, _, key)| (key, None)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("who spoke with {}", self.speaker)
    }
}
