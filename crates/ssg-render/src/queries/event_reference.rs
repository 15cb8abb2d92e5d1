//! An event where it is referred to: on its talks, in lists, in the posts about it.

use super::SiteQuery;
use super::bare_card::View;
use crate::facets;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::{LangId, PageKey};
use tera::Value;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventReference(pub PageKey, pub LangId);

impl Query<SiteSnapshot> for EventReference {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        let event = reads.event(&self.0);
        View(event.map_or_else(Value::none, |event| views::event_reference(reads, &event, self.1)))
    }
}

impl SiteQuery for EventReference {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("title, dates and place of the event {}", facets::page(snapshot, &self.0))
    }
}
