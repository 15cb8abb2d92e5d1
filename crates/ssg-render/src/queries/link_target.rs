//! Where a link to a content file leads in a text of a language: to its translation, unless the link names
//! a language.

use super::SiteQuery;
use crate::links::{self, Target};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_source::SitePath;
use ssg_taxonomy::LangId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LinkTarget {
    pub source: SitePath,
    pub language: LangId,
}

impl Query<SiteSnapshot> for LinkTarget {
    type Answer = Target;

    fn answer(&self, reads: &Reads) -> Target {
        links::target(reads, &self.source, self.language)
    }
}

impl SiteQuery for LinkTarget {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("where {} lies in the site", self.source)
    }
}
