//! A page or a term as search knows it.

use super::SiteQuery;
use crate::facets;
use crate::reads::Reads;
use crate::search::document::{self, Document};
use crate::search::layout::DocumentKey;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::LangId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchDocument(pub DocumentKey, pub LangId);

impl Query<SiteSnapshot> for SearchDocument {
    type Answer = Option<Document>;

    /// One chunk asks it.
    const SHARED: bool = false;

    fn answer(&self, reads: &Reads) -> Option<Document> {
        document::document(reads, self.0, self.1)
    }
}

impl SiteQuery for SearchDocument {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        let what = match &self.0 {
            DocumentKey::Page(key) => facets::page(snapshot, key),
            DocumentKey::Term(key) => facets::term(snapshot, key),
        };
        format!("what search finds of {what}")
    }
}
