//! The rows of a chunk: a change of words alone ends here.

use super::SiteQuery;
use super::search_chunk::SearchChunk;
use crate::reads::Reads;
use crate::search::layout::ChunkOf;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchRows(pub ChunkOf);

impl Query<SiteSnapshot> for SearchRows {
    type Answer = Arc<[String]>;

    fn answer(&self, reads: &Reads) -> Arc<[String]> {
        reads.ask(&SearchChunk(self.0.clone())).rows.clone()
    }
}

impl SiteQuery for SearchRows {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("what search shows of {}", self.0.kind.name())
    }
}
