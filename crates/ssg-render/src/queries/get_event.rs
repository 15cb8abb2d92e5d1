//! `get_event`: the page of an event.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::EventById;
use ssg_taxonomy::{LangId, PageKey};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GetEvent {
    id: String,
    language: LangId,
}

impl Function for GetEvent {
    const NAME: &'static str = "get_event";
    const ARGUMENTS: &'static [&'static str] = &["id"];
    const ROWS: &'static [Entry] = &[entry(&["get_event(id=…)"], "card or null", "")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { id: arguments.text("id")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let event = event_of(reads, &self.id);
        Ok(Answer::Page(event.map(|key| reads.nearest(key, self.language))))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which page the event `{}` has", self.id)
    }
}

/// The page of the event of an id.
pub(super) fn event_of(reads: &Reads, id: &str) -> Option<PageKey> {
    reads.get::<EventById>(&id.into()).map(|event| event.0)
}
