//! What of an event's programme is drawn: its sessions, with their times, rooms and tracks.
//!
//! Drawings of an event differ in what is lit and in their size. Each of its talks has one of its own on several
//! pages; what all of them rest on is looked up once.

use super::SiteQuery;
use crate::drawings::score::is_drawn;
use crate::facets;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use jiff::Zoned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ssg_engine::Query;
use ssg_taxonomy::PageKey;
use ssg_taxonomy::facets::{EventTalks, Schedule, Slot};

/// The programme of the event of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DrawnProgramme(pub PageKey);

/// Sessions in their order.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Programme {
    pub sessions: Vec<Part>,
    /// Whether they stand on a schedule; without one the talks stand in their order.
    pub is_scheduled: bool,
    /// Whether the event was cancelled.
    pub is_off: bool,
}

/// A session.
#[derive(Debug, Serialize)]
pub(crate) struct Part {
    /// The day on which it takes place, unless it is one of a whole day.
    pub day: Option<Date>,
    /// What its minutes count from, for those of a whole day as well.
    pub on: Option<Date>,
    /// Minutes from the midnight that its day begins with, by the clock on the wall.
    pub starts: Option<i64>,
    pub ends: Option<i64>,
    pub room: Option<String>,
    pub track: Option<String>,
    /// What it is drawn as.
    pub kind: &'static str,
    /// How many people are on stage.
    pub people: usize,
    pub cancelled: bool,
    pub talk: Option<PageKey>,
}

impl Query<SiteSnapshot> for DrawnProgramme {
    type Answer = Programme;

    fn answer(&self, reads: &Reads) -> Programme {
        let Self(event) = self;
        let is_off = reads.event(event).is_some_and(|event| event.cancelled);
        let schedule = reads.get::<Schedule>(event);
        let slots = schedule.iter().flat_map(|schedule| &schedule.0).filter(|slot| is_drawn(slot.drawn));
        let sessions: Vec<Part> = slots.map(of_slot).collect();
        if !sessions.is_empty() {
            return Programme { sessions, is_scheduled: true, is_off };
        }
        let talks = reads.get::<EventTalks>(event);
        let talks = talks.iter().flat_map(|talks| &talks.0);
        let sessions = talks.filter_map(|key| of_talk(reads, *key)).collect();
        Programme { sessions, is_scheduled: false, is_off }
    }
}

fn of_slot(slot: &Slot) -> Part {
    let timed =
        |at: &Option<Zoned>| at.as_ref().filter(|_| !slot.is_day).and_then(|at| minutes(at, slot.day));
    Part {
        day: slot.day.filter(|_| !slot.is_day),
        on: slot.day,
        starts: timed(&slot.starts),
        ends: timed(&slot.ends),
        room: slot.room.clone(),
        track: slot.track.clone(),
        kind: slot.drawn,
        people: slot.speakers.len(),
        cancelled: slot.cancelled,
        talk: slot.talk,
    }
}

/// A talk of an event that has no schedule.
fn of_talk(reads: &Reads, key: PageKey) -> Option<Part> {
    let card = reads.card(&key)?;
    let talk = card.talk.as_ref().filter(|talk| is_drawn(talk.drawn))?;
    Some(Part {
        day: None,
        on: None,
        starts: None,
        ends: None,
        room: None,
        track: talk.track.clone(),
        kind: talk.drawn,
        people: 0,
        cancelled: talk.cancelled,
        talk: Some(key),
    })
}

/// Minutes from the midnight that a day begins with, by the clock on the wall.
fn minutes(at: &Zoned, day: Option<Date>) -> Option<i64> {
    let days = i64::from(at.date().since(day?).ok()?.get_days());
    Some(days * 24 * 60 + i64::from(at.hour()) * 60 + i64::from(at.minute()))
}

impl SiteQuery for DrawnProgramme {
    fn words(&self, snapshot: &SiteSnapshot) -> String {
        format!("the programme of {} as it is drawn", facets::page(snapshot, &self.0))
    }
}
