//! The feeds that belong to the outputs of a list: the site's, and its own.

use super::SiteQuery;
use super::bare_card::View;
use crate::lists::List;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeedLinks(pub List);

impl Query<SiteSnapshot> for FeedLinks {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(views::feeds_view(reads, self.0))
    }
}

impl SiteQuery for FeedLinks {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("the feeds of {}", self.0.words(snapshot))
    }
}
