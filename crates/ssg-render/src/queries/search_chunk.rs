//! A chunk of the search index: rows and words of some pages or terms.

use super::SiteQuery;
use super::search_document::SearchDocument;
use crate::reads::Reads;
use crate::search::document::Document;
use crate::search::layout::{ChunkOf, DocumentKey, KindOf};
use crate::search::postings::{Postings, bits};
use crate::snapshot::SiteSnapshot;
use crate::words::bodies::beginning;
use crate::words::{BACKWARDS, shard};
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_source::hash::HashMap;
use ssg_taxonomy::facets::{Listed, Terms};
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::sync::Arc;

/// So many shards are looked through for words whose beginning is misspelt.
const FEW_SHARDS: u16 = 4;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchChunk(pub ChunkOf);

/// A chunk of documents.
#[derive(Debug, Serialize)]
pub(crate) struct Chunk {
    /// The file of its rows.
    pub rows: Arc<str>,
    /// Its words by shard.
    pub parts: Vec<Arc<str>>,
}

impl Query<SiteSnapshot> for SearchChunk {
    type Answer = Chunk;

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
    let mut documents: Vec<(Reverse<i64>, DocumentKey, Arc<Option<Document>>)> = members(reads, of)
        .into_iter()
        .filter(|key| of.has(key))
        .map(|key| {
            let document = reads.ask(&SearchDocument(key, of.language));
            (Reverse(document.as_ref().as_ref().map_or(0, |document| document.order)), key, document)
        })
        .collect();
    documents.sort_by_key(|(order, key, _)| (*order, *key));
    let documents = || documents.iter().filter_map(|(_, _, document)| document.as_ref().as_ref());
    let row = |document: &Document| match document.row.strip_suffix(']') {
        Some(row) if of.has_summaries => {
            format!("{row},{}]", serde_json::Value::from(document.about.as_str()))
        }
        _ => document.row.clone(),
    };
    let rows: Vec<String> = documents().map(row).collect();
    let rows = format!("[\n{}\n]\n", rows.join(",\n"));
    let mut all: HashMap<&str, Postings> = HashMap::default();
    for (number, document) in (0..).zip(documents()) {
        for line in document.words.lines() {
            let Some((word, weight)) = line.split_at_checked(line.len().saturating_sub(1)) else { continue };
            let weight = weight.bytes().next().and_then(bits).unwrap_or_default();
            all.entry(word).or_default().push(number, weight);
        }
    }
    let mut all: Vec<(u64, &str, Postings)> =
        all.into_iter().map(|(word, postings)| (beginning(word), word, postings)).collect();
    all.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut parts = vec![String::new(); usize::from(of.shards.max(1))];
    for (_, word, postings) in all {
        // All of a few shards are looked through.
        if word.starts_with(BACKWARDS) && of.shards <= FEW_SHARDS {
            continue;
        }
        if let Some(part) = parts.get_mut(usize::from(shard(word, of.shards))) {
            // Writing to a String cannot fail.
            let _ = writeln!(part, "{word} {}", postings.into_text());
        }
    }
    Chunk { rows: rows.into(), parts: parts.into_iter().map(Into::into).collect() }
}

/// Documents of a kind.
fn members(reads: &Reads, of: &ChunkOf) -> Vec<DocumentKey> {
    match &of.kind {
        KindOf::Pages(kind) => {
            let listed = reads.get::<Listed>(&(*kind, of.language));
            listed.iter().flat_map(|listed| &listed.0).map(|key| DocumentKey::Page(*key)).collect()
        }
        KindOf::Terms(taxonomy) => {
            let terms = reads.get::<Terms>(&(taxonomy.clone(), of.language));
            terms.iter().flat_map(|terms| &terms.0).map(|key| DocumentKey::Term(*key)).collect()
        }
    }
}
