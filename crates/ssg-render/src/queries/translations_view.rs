//! What the output at a path is called in other languages, and where.

use super::SiteQuery;
use super::bare_card::View;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TranslationsView(pub String);

impl Query<SiteSnapshot> for TranslationsView {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(views::translations_view(reads, &self.0))
    }
}

impl SiteQuery for TranslationsView {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the translations of {}", self.0)
    }
}
