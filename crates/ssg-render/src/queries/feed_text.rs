//! The summary and the body of a page as feeds show them: every address is absolute.

use super::SiteQuery;
use crate::facets;
use crate::facets::config::FeedSettings;
use crate::links::Where;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;

/// What a feed shows of a page.
#[derive(Debug, Serialize)]
pub(crate) struct Texts {
    pub summary: String,
    pub content: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeedText(pub PageKey);

impl Query<SiteSnapshot> for FeedText {
    type Answer = Texts;
    const SILENT: bool = true;

    fn answer(&self, reads: &Reads) -> Texts {
        let is_full = reads.get::<FeedSettings>(&()).is_some_and(|feeds| feeds.full);
        Texts {
            summary: views::summary_html(reads, self.0, Where::Feed),
            content: is_full.then(|| views::body_html(reads, self.0, Where::Feed)),
        }
    }
}

impl SiteQuery for FeedText {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("the full text of {}", facets::page(snapshot, &self.0))
    }
}
