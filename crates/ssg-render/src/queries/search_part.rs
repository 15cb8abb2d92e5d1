//! The words of a chunk that belong to one shard: a change in a chunk ends here for all other shards.

use super::SiteQuery;
use super::search_chunk::SearchChunk;
use crate::reads::Reads;
use crate::search::layout::ChunkOf;
use crate::search::postings::Part;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchPart {
    pub chunk: ChunkOf,
    pub shard: u16,
}

impl Query<SiteSnapshot> for SearchPart {
    type Answer = Part;

    fn answer(&self, reads: &Reads) -> Part {
        let chunk = reads.ask(&SearchChunk(self.chunk.clone()));
        chunk.parts.get(usize::from(self.shard)).cloned().unwrap_or_default()
    }
}

impl SiteQuery for SearchPart {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("words of {} in shard {} of the search index", self.chunk.kind.name(), self.shard)
    }
}
