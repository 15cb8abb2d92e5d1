//! Words of a band of the search index that are frequent in texts.

use super::SiteQuery;
use super::search_band::SearchBand;
use crate::reads::Reads;
use crate::search::postings::STEPS;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchCommon(pub SearchBand);

impl Query<SiteSnapshot> for SearchCommon {
    /// By how frequent they are.
    type Answer = [Vec<Box<str>>; STEPS];

    /// The index of the files asks it.
    const SHARED: bool = false;

    fn answer(&self, reads: &Reads) -> [Vec<Box<str>>; STEPS] {
        reads.ask(&self.0).frequent.clone()
    }
}

impl SiteQuery for SearchCommon {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which words are frequent in band {} of the search index", self.0.band)
    }
}
