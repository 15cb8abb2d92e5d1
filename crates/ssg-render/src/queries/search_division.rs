//! How the documents of a kind are parted into chunks of the search index.

use super::SiteQuery;
use crate::reads::{ReadSite, Reads};
use crate::search::layout::{DocumentKey, KindOf};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_source::Digester;
use ssg_taxonomy::facets::{Listed, Terms};
use ssg_taxonomy::{Kind, LangId, PageKey};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchDivision {
    pub language: LangId,
    pub kind: KindOf,
    /// Into how many chunks.
    pub of: u16,
}

impl Query<SiteSnapshot> for SearchDivision {
    /// The documents of each chunk, by their keys.
    type Answer = Vec<Vec<DocumentKey>>;

    fn answer(&self, reads: &Reads) -> Vec<Vec<DocumentKey>> {
        let mut chunks = vec![Vec::new(); usize::from(self.of.max(1))];
        let mut add = |key: DocumentKey, by: DocumentKey| {
            let at = Digester::new().value(&by).done().first_byte();
            if let Some(chunk) = chunks.get_mut(usize::from(u16::from(at) % self.of.max(1))) {
                chunk.push(key);
            }
        };
        match &self.kind {
            KindOf::Pages(kind) => {
                let listed = reads
                    .get::<Listed>(&(*kind, self.language))
                    .unwrap_or_else(|| Arc::new(Listed(Vec::new())));
                for key in &listed.0 {
                    // Talks of an event lie together: what their rows have in common is written shortly.
                    let of_talk = |key: &PageKey| reads.card(key)?.talk.as_ref()?.event;
                    let event = Some(key).filter(|_| *kind == Kind::Talk).and_then(of_talk);
                    add(DocumentKey::Page(*key), DocumentKey::Page(event.unwrap_or(*key)));
                }
            }
            KindOf::Terms(taxonomy) => {
                let terms = reads.get::<Terms>(&(taxonomy.clone(), self.language));
                for key in terms.iter().flat_map(|terms| &terms.0) {
                    add(DocumentKey::Term(*key), DocumentKey::Term(*key));
                }
            }
        }
        for chunk in &mut chunks {
            chunk.sort_unstable();
        }
        chunks
    }
}

impl SiteQuery for SearchDivision {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("how {} are parted in the search index", self.kind.name())
    }
}
