//! How many documents a chunk of the search index has.

use super::SiteQuery;
use super::search_rows::SearchRows;
use crate::reads::Reads;
use crate::search::layout::ChunkOf;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchCount(pub ChunkOf);

impl Query<SiteSnapshot> for SearchCount {
    type Answer = usize;

    /// The index of the files asks it.
    const SHARED: bool = false;

    fn answer(&self, reads: &Reads) -> usize {
        reads.ask(&SearchRows(self.0.clone())).len()
    }
}

impl SiteQuery for SearchCount {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("how many {} are in chunk {} of the search index", self.0.kind.name(), self.0.number)
    }
}
