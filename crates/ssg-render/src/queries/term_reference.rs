//! A term where it is only mentioned. Its count changes with every page, so it has none.

use super::SiteQuery;
use super::bare_card::View;
use crate::facets;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::{LangId, TermKey};
use tera::Value;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TermReference(pub TermKey, pub LangId);

impl Query<SiteSnapshot> for TermReference {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(reads.term(&self.0).map_or_else(Value::none, |term| views::term_reference(&term, self.1)))
    }
}

impl SiteQuery for TermReference {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("name and path of {}", facets::term(snapshot, &self.0))
    }
}
