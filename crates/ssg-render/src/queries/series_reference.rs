//! A series where it is referred to: on its events, on its page, in lists.

use super::SiteQuery;
use super::bare_card::View;
use crate::reads::Reads;
use crate::series::series_reference;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::LangId;
use std::sync::Arc;

/// The series of a slug, in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SeriesReference(pub Arc<str>, pub LangId);

impl Query<SiteSnapshot> for SeriesReference {
    type Answer = View;

    fn answer(&self, reads: &Reads) -> View {
        View(series_reference(reads, &self.0, self.1))
    }
}

impl SiteQuery for SeriesReference {
    fn words(&self, _: &SiteSnapshot) -> String {
        format!("what the series {} is called", self.0)
    }
}
