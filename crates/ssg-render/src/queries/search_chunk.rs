//! A chunk of the search index: rows and words of some pages or terms.

use super::SiteQuery;
use super::search_members::SearchMembers;
use crate::reads::Reads;
use crate::search::document::{Document, document};
use crate::search::layout::ChunkOf;
use crate::search::part::Part;
use crate::search::tally::Tally;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use std::cmp::Reverse;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchChunk(pub ChunkOf);

/// A chunk of documents.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Chunk {
    /// What results show of each, as JSON.
    pub rows: Arc<[String]>,
    /// Its words by band.
    pub parts: Vec<Arc<Part>>,
}

impl Query<SiteSnapshot> for SearchChunk {
    type Answer = Chunk;

    /// A change of one ends in few files, and each is made of all.
    const KEPT: bool = true;
    /// Pages are asked about what is wrong with them by their outputs.
    const SILENT: bool = true;

    fn to_bytes(chunk: &Chunk) -> Option<Vec<u8>> {
        postcard::to_stdvec(chunk).ok()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Chunk> {
        postcard::from_bytes(bytes).ok()
    }

    fn answer(&self, reads: &Reads) -> Chunk {
        chunk(reads, &self.0)
    }
}

impl SiteQuery for SearchChunk {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("chunk {} of {} in the search index", self.0.number, self.0.kind.name())
    }
}

/// What a chunk has.
fn chunk(reads: &Reads, of: &ChunkOf) -> Chunk {
    let members = reads.ask(&SearchMembers(of.clone()));
    let mut documents: Vec<(Reverse<i64>, Document)> = members
        .iter()
        .filter_map(|key| document(reads, *key, of.language))
        .map(|document| (Reverse(document.order), document))
        .collect();
    // Of the same day they stay in the order of their keys.
    documents.sort_by_key(|(order, _)| *order);
    let mut tally = Tally::default();
    for (_, document) in &documents {
        document.count(&mut tally);
    }
    let parts = tally.parts(of.shards);
    let row = |(_, document): (Reverse<i64>, Document)| match document.row.strip_suffix(']') {
        Some(row) if of.has_summaries => format!("{row},{}]", serde_json::Value::from(document.about)),
        _ => document.row,
    };
    Chunk { rows: documents.into_iter().map(row).collect(), parts }
}
