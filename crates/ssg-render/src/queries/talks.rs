//! `talks`: the talks of an event, in order of time, or of a speaker or a tool, newest first.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{EventTalks, Member, Members};
use ssg_taxonomy::{Kind, LangId};
use tera::TeraResult;

/// Whose talks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Of {
    /// Those of the event of an id.
    Event(String),
    /// Those that name a term of a taxonomy.
    Term(String, String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Talks {
    of: Of,
    language: LangId,
}

impl Function for Talks {
    const NAME: &'static str = "talks";
    const ARGUMENTS: &'static [&'static str] = &["event", "speaker", "tool"];
    const ROWS: &'static [Entry] = &[entry(
        &["talks(event=…)", "talks(speaker=…)", "talks(tool=…)"],
        "list of cards",
        "talks: in order of time for an event, else newest first",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let language = arguments.language()?;
        for (argument, taxonomy) in [("speaker", "speakers"), ("tool", "tools")] {
            if let Some(term) = arguments.optional(argument)? {
                return Ok(Self { of: Of::Term(taxonomy.to_owned(), term), language });
            }
        }
        Ok(Self { of: Of::Event(arguments.text("event")?), language })
    }

    fn find(&self, reads: &Reads) -> Found {
        let pages = match &self.of {
            Of::Event(id) => {
                let talks = event_of(reads, id).and_then(|event| reads.get::<EventTalks>(&event));
                let talks = talks.map_or_else(Vec::new, |talks| talks.0.clone());
                talks.into_iter().map(|key| reads.nearest(key, self.language)).collect()
            }
            Of::Term(taxonomy, term) => {
                let members = members_of(reads, taxonomy, term, self.language);
                let talks = members.iter().filter(|member| member.kind == Kind::Talk);
                talks.map(|member| member.page).collect()
            }
        };
        Ok(Answer::Pages(pages))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match &self.of {
            Of::Event(id) => format!("which talks `{id}` has"),
            Of::Term(taxonomy, term) => format!("which talks name `{term}` in {taxonomy}"),
        }
    }
}

/// The pages that carry the term of a spelling, as a language lists them.
pub(super) fn members_of(reads: &Reads, taxonomy: &str, term: &str, language: LangId) -> Vec<Member> {
    let members = reads.find_term(taxonomy, term).and_then(|term| reads.get::<Members>(&(term, language)));
    members.map_or_else(Vec::new, |members| members.0.clone())
}
