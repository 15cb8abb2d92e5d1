//! The calendars that belong to an output: its own, and those that it belongs to.

use super::SiteQuery;
use crate::exports::calendars::{self, CalendarOf, Link};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CalendarLinks(pub CalendarOf);

impl Query<SiteSnapshot> for CalendarLinks {
    type Answer = Vec<Link>;

    fn answer(&self, reads: &Reads) -> Vec<Link> {
        calendars::links(reads, &self.0)
    }
}

impl SiteQuery for CalendarLinks {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        match &self.0 {
            CalendarOf::All => "the calendars of the site".to_owned(),
            of => format!("which calendars {} has", of.words(snapshot)),
        }
    }
}
