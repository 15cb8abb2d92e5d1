//! The inks of all events: each series, and each event without one, has one of eight.

use super::SiteQuery;
use crate::drawings::ink::{NEUTRAL, of_names};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;
use ssg_taxonomy::facets::{EventCard, Events};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inks;

/// Inks by what has one.
#[derive(Debug, Serialize)]
pub(crate) struct Given(BTreeMap<String, &'static str>);

impl Given {
    /// That of an event: of its series, of itself where it has none, and none at all where it is off.
    pub(crate) fn of(&self, event: &EventCard) -> &'static str {
        if event.cancelled { NEUTRAL } else { self.of_name(&owner(event)) }
    }

    /// That of a series, or of an event without one.
    pub(crate) fn of_name(&self, name: &str) -> &'static str {
        self.0.get(name).copied().unwrap_or_else(|| crate::drawings::ink::of_name(name))
    }
}

fn owner(event: &EventCard) -> String {
    event.series.clone().unwrap_or_else(|| event.id.clone())
}

impl Query<SiteSnapshot> for Inks {
    type Answer = Given;

    fn answer(&self, reads: &Reads) -> Given {
        let events = reads.get::<Events>(&()).map_or_else(Vec::new, |events| events.0.clone());
        let mut seen = BTreeSet::new();
        let names =
            events.iter().filter_map(|key| reads.event(key)).map(|event: Arc<EventCard>| owner(&event));
        let names: Vec<String> = names.filter(|name| seen.insert(name.clone())).collect();
        Given(
            of_names(names.iter().map(String::as_str))
                .into_iter()
                .map(|(name, ink)| (name.to_owned(), ink))
                .collect(),
        )
    }
}

impl SiteQuery for Inks {
    fn words(&self, _: &SiteSnapshot) -> String {
        "which series have which ink".to_owned()
    }
}

/// The ink of the event of a page.
pub(crate) fn ink_of(reads: &Reads, event: PageKey) -> Option<&'static str> {
    let event = reads.event(&event)?;
    Some(reads.ask(&Inks).of(&event))
}
