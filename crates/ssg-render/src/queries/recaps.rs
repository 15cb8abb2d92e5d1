//! `recaps`: posts about an event, a talk, a speaker or a tool.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use super::talks::members_of;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Card, Recaps as Posts, TalkById};
use ssg_taxonomy::{Kind, LangId, PageKey};
use std::cmp::Reverse;
use std::sync::Arc;
use tera::TeraResult;

/// About what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Of {
    /// The event of an id.
    Event(String),
    /// The talk of an id.
    Talk(String),
    /// A term of a taxonomy.
    Term(String, String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recaps {
    of: Of,
    language: LangId,
}

impl Function for Recaps {
    const NAME: &'static str = "recaps";
    const ARGUMENTS: &'static [&'static str] = &["event", "talk", "speaker", "tool"];
    const ROWS: &'static [Entry] = &[
        entry(&["recaps(event=…)", "recaps(talk=…)"], "list of cards", "posts that cover it"),
        entry(
            &["recaps(speaker=…)", "recaps(tool=…)"],
            "list of cards",
            "posts that name it, or cover a talk that does",
        ),
    ];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let language = arguments.language()?;
        for (argument, taxonomy) in [("speaker", "speakers"), ("tool", "tools")] {
            if let Some(term) = arguments.optional(argument)? {
                return Ok(Self { of: Of::Term(taxonomy.to_owned(), term), language });
            }
        }
        Ok(match arguments.optional("talk")? {
            Some(id) => Self { of: Of::Talk(id), language },
            None => Self { of: Of::Event(arguments.text("event")?), language },
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let of_page = |key: PageKey| {
            let recaps = reads.get::<Posts>(&key).map_or_else(Vec::new, |posts| posts.0.clone());
            reads.recaps_in(&recaps, key, self.language)
        };
        let page = match &self.of {
            Of::Event(id) => event_of(reads, id),
            Of::Talk(id) => reads.get::<TalkById>(&id.as_str().into()).map(|talk| talk.0),
            Of::Term(taxonomy, term) => {
                // Posts that name it, and those about a talk that does.
                let members = members_of(reads, taxonomy, term, self.language);
                let of_talks = members.iter().filter(|member| member.kind == Kind::Talk);
                let named = members.iter().filter(|member| member.kind == Kind::Post);
                let mut posts: Vec<PageKey> = named.map(|member| member.page).collect();
                posts.extend(of_talks.flat_map(|member| of_page(member.page)));
                return Ok(Answer::Pages(in_order(reads, &posts)));
            }
        };
        Ok(Answer::Pages(page.map_or_else(Vec::new, of_page)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match &self.of {
            Of::Event(id) => format!("which posts are about the event `{id}`"),
            Of::Talk(id) => format!("which posts are about the talk `{id}`"),
            Of::Term(taxonomy, term) => {
                format!("which posts name `{term}` in {taxonomy}, or a talk that does")
            }
        }
    }
}

/// Pages in the site's order, each once: by date, newest first, then weight, title, path and file.
pub(super) fn in_order(reads: &Reads, pages: &[PageKey]) -> Vec<PageKey> {
    let mut cards: Vec<Arc<Card>> = pages.iter().filter_map(|key| reads.card(key)).collect();
    cards.sort_by(|a, b| rank(a).cmp(&rank(b)));
    cards.dedup_by_key(|card| card.key);
    cards.into_iter().map(|card| card.key).collect()
}

/// What the site's order goes by.
fn rank(card: &Card) -> impl Ord + '_ {
    let date = card.date.as_ref().map(jiff::Zoned::timestamp);
    (Reverse(date), card.weight, card.title.as_str(), &*card.path, card.source.as_str())
}
