//! The card of a page without its summary.

use super::SiteQuery;
use super::card::card;
use crate::facets;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;
use tera::Value;

/// A value that templates see.
#[derive(Debug, Serialize)]
pub(crate) struct View(pub Value);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BareCard(pub PageKey);

impl Query<SiteSnapshot> for BareCard {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(card(reads, self.0, String::new))
    }
}

impl SiteQuery for BareCard {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("title and the like of {}", facets::page(snapshot, &self.0))
    }
}
