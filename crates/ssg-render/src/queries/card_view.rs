//! The card of a page with its summary: what lists show of it.

use super::SiteQuery;
use super::bare_card::View;
use super::card::card;
use crate::facets;
use crate::links::Where;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardView(pub PageKey);

impl Query<SiteSnapshot> for CardView {
    type Answer = View;
    const SILENT: bool = true;

    fn answer(&self, reads: &Reads) -> View {
        View(card(reads, self.0, || views::summary_html(reads, self.0, Where::Elsewhere)))
    }
}

impl SiteQuery for CardView {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("title, summary and the like of {}", facets::page(snapshot, &self.0))
    }
}
