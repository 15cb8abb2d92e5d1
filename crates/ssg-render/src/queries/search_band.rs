//! Some shards of the search index that are made together, of the words of all chunks.

use super::SiteQuery;
use super::search_part::SearchPart;
use crate::reads::Reads;
use crate::search::layout::{ChunkOf, Layout};
use crate::search::part::Part;
use crate::search::postings::{self, Band};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::LangId;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchBand {
    pub language: LangId,
    pub layout: Arc<Layout>,
    pub band: u16,
}

impl Query<SiteSnapshot> for SearchBand {
    type Answer = Band;

    fn answer(&self, reads: &Reads) -> Band {
        let Self { language, layout, band } = self;
        let chunks: Vec<ChunkOf> = layout.chunks(*language).map(|(chunk, _)| chunk).collect();
        let mut parts: Vec<Arc<Part>> = vec![Arc::default(); chunks.len()];
        // Bands that are made at once begin with different chunks, so that each chunk is made by one of them.
        let first = usize::from(*band) * chunks.len() / usize::from(layout.shards.bands().max(1));
        for (at, chunk) in (first..chunks.len()).chain(0..first).filter_map(|at| Some((at, chunks.get(at)?)))
        {
            let part = (*reads.ask(&SearchPart { chunk: chunk.clone(), band: *band })).clone();
            if let Some(place) = parts.get_mut(at) {
                *place = part;
            }
        }
        postings::band(&parts, layout.shards, layout.shards.of_band(*band), layout.bounds)
    }
}

impl SiteQuery for SearchBand {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("band {} of the search index", self.band)
    }
}
