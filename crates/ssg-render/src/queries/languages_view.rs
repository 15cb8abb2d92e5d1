//! The languages of the site with their home pages.

use super::SiteQuery;
use super::bare_card::View;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::LangId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LanguagesView(pub LangId);

impl Query<SiteSnapshot> for LanguagesView {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(views::languages_view(reads, self.0))
    }
}

impl SiteQuery for LanguagesView {
    fn words(&self, _: &SiteSnapshot) -> String {
        "the home pages of the languages".to_owned()
    }
}
