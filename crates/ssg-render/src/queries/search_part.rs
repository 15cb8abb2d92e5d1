//! The words of a chunk that belong to one band of shards: a change in a chunk ends here for all other bands.

use super::SiteQuery;
use super::search_chunk::SearchChunk;
use crate::reads::Reads;
use crate::search::layout::ChunkOf;
use crate::search::part::Part;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchPart {
    pub chunk: ChunkOf,
    pub band: u16,
}

impl Query<SiteSnapshot> for SearchPart {
    type Answer = Arc<Part>;

    fn answer(&self, reads: &Reads) -> Arc<Part> {
        let chunk = reads.ask(&SearchChunk(self.chunk.clone()));
        chunk.parts.get(usize::from(self.band)).cloned().unwrap_or_default()
    }
}

impl SiteQuery for SearchPart {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("words of {} in band {} of the search index", self.chunk.kind.name(), self.band)
    }
}
