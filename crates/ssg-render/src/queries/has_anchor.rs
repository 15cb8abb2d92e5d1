//! Whether a content file has an anchor; a file without headings of its own has all.

use super::SiteQuery;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_source::SitePath;
use ssg_taxonomy::facets::Anchors;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HasAnchor {
    pub source: SitePath,
    pub id: String,
}

impl Query<SiteSnapshot> for HasAnchor {
    type Answer = bool;

    fn answer(&self, reads: &Reads) -> bool {
        reads.get::<Anchors>(&self.source).is_none_or(|anchors| anchors.0.has_anchor(&self.id))
    }
}

impl SiteQuery for HasAnchor {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("whether {} has the heading `#{}`", self.source, self.id)
    }
}
