//! Which documents are in a chunk of the search index.

use super::SiteQuery;
use super::search_division::SearchDivision;
use crate::reads::Reads;
use crate::search::layout::{ChunkOf, DocumentKey};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SearchMembers(pub ChunkOf);

impl Query<SiteSnapshot> for SearchMembers {
    type Answer = Vec<DocumentKey>;

    /// One chunk asks it.
    const SHARED: bool = false;

    fn answer(&self, reads: &Reads) -> Vec<DocumentKey> {
        let ChunkOf { language, kind, number, of, .. } = self.0.clone();
        let division = reads.ask(&SearchDivision { language, kind, of });
        division.get(usize::from(number)).cloned().unwrap_or_default()
    }
}

impl SiteQuery for SearchMembers {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!(
            "which documents are in chunk {} of {} in the search index",
            self.0.number,
            self.0.kind.name()
        )
    }
}
