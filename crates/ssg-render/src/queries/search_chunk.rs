//! A chunk of the search index: rows and words of some pages or terms.

use super::SiteQuery;
use crate::reads::Reads;
use crate::search::document::{self, Chunk};
use crate::search::layout::ChunkOf;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchChunk(pub ChunkOf);

impl Query<SiteSnapshot> for SearchChunk {
    type Answer = Chunk;

    fn answer(&self, reads: &Reads) -> Chunk {
        document::chunk(reads, &self.0)
    }
}

impl SiteQuery for SearchChunk {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("chunk {} of {} in the search index", self.0.number, self.0.kind.name())
    }
}
