//! What the API says of one event, talk or term.

use super::SiteQuery;
use crate::exports::api::{self, RowOf};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ApiRow(pub RowOf);

impl Query<SiteSnapshot> for ApiRow {
    type Answer = Option<serde_json::Value>;

    fn answer(&self, reads: &Reads) -> Option<serde_json::Value> {
        api::row(reads, &self.0)
    }
}

impl SiteQuery for ApiRow {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("what the API says of {}", self.0.words(snapshot))
    }
}
