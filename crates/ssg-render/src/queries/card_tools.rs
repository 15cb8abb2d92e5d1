//! What pictures of pages are drawn with, read once for all of them.

use super::SiteQuery;
use crate::cards::Tools;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardTools;

impl Query<SiteSnapshot> for CardTools {
    type Answer = Tools;

    fn answer(&self, reads: &Reads) -> Tools {
        Tools::read(reads)
    }
}

impl SiteQuery for CardTools {
    fn words(&self, _: &SiteSnapshot) -> String {
        "the font and the logo of pictures".to_owned()
    }
}
