//! The path of the picture of a page, where there is one.

use super::SiteQuery;
use super::card_tools::CardTools;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::{cards, facets};
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SocialCardLink(pub PageKey);

impl Query<SiteSnapshot> for SocialCardLink {
    type Answer = Option<String>;
    const SILENT: bool = true;
    const SHARED: bool = false;

    fn answer(&self, reads: &Reads) -> Option<String> {
        cards::link(reads, self.0, || reads.ask(&CardTools))
    }
}

impl SiteQuery for SocialCardLink {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("whether there is a picture of {}", facets::page(snapshot, &self.0))
    }
}
