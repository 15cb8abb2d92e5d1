//! What leaves the site as data: calendars, the API, schedules for apps, structured data.
//!
//! Everything here is made of the facets of the site, and of what headers say rather than of bodies, so
//! that an edit of a text renders none of it.

pub(crate) mod api;
pub(crate) mod calendars;
pub(crate) mod enclosure;
pub(crate) mod schedule;
pub(crate) mod schedule_xml;
pub(crate) mod structured;

use crate::dates::rfc3339;
use crate::reads::{ReadSite, Reads};
use jiff::{Timestamp, Zoned};
use ssg_parse::{Address, Attendance, Online, Venue};
use ssg_taxonomy::facets::{Card, EventCard, EventTable, Slot};
use std::sync::Arc;

/// The path of the schedule for apps of the event at a path.
pub(crate) fn schedule_path(path: &str) -> String {
    companion_path(path, "schedule.json")
}

/// The event of a talk.
fn event_of_talk(reads: &Reads, page: &Card) -> Option<Arc<EventCard>> {
    reads.event(&page.talk.as_ref()?.event?)
}

/// The place of a file that belongs to a page: in its folder, or beside it under its own name.
pub(crate) fn companion_path(path: &str, name: &str) -> String {
    if path.ends_with('/') {
        return format!("{path}{name}");
    }
    let stem = path.strip_suffix(".html").unwrap_or(path);
    if name.starts_with("calendar.") { format!("{stem}.ics") } else { format!("{stem}.{name}") }
}

/// First and last day or moment of an event, each as far as it is known.
fn times(event: &EventCard) -> (String, String) {
    if let Some(open) = event.open {
        return (open.to_string(), open.to_string());
    }
    (day_or_moment(&event.start, event.starts_as_day), day_or_moment(&event.last, event.ends_as_day))
}

/// What something on a schedule is called: of what is to be announced no more than its kind is told.
pub(crate) fn slot_title(reads: &Reads, slot: &Slot, lang: &str) -> String {
    if !slot.is_unannounced {
        return slot.title.clone();
    }
    let kind = reads.word(lang, &format!("kind-{}", slot.kind), &slot.kind);
    reads.word(lang, "to-be-announced", "{kind}: to be announced").replace("{kind}", &kind)
}

/// Where one takes part in a talk from afar: its own stream, else that of the event.
fn stream<'a>(event: Option<&'a EventCard>, own: Option<&'a Online>) -> Option<&'a Address> {
    let own = own.and_then(|online| online.url.as_ref());
    own.or_else(|| event?.online.as_ref()?.url.as_ref())
}

/// A day where only a day was written, else the moment.
fn day_or_moment(at: &Zoned, is_day: bool) -> String {
    if is_day { at.date().to_string() } else { rfc3339(at) }
}

/// Where an event takes place, on one line: what is said in the address already is not said twice. A room may be in a
/// venue of its own.
fn place(reads: &Reads, event: &EventCard, room: Option<&str>, own: Option<&Venue>) -> String {
    let header = reads.get::<EventTable>(&event.page);
    let venue = own.or_else(|| header.as_ref()?.table.venue.as_ref());
    if event.attendance == Attendance::Online {
        return room.unwrap_or_default().to_owned();
    }
    let parts = [
        room,
        venue.and_then(|venue| venue.name.as_deref()),
        venue.and_then(|venue| venue.address.as_deref()),
        venue.and_then(|venue| venue.city.as_deref()).or(event.city.as_deref()),
        event.country.as_deref(),
    ];
    let mut place = String::new();
    for part in parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()) {
        if !place.contains(part) {
            if !place.is_empty() {
                place.push_str(", ");
            }
            place.push_str(part);
        }
    }
    place
}

/// The later of two changes that readers should know of.
fn last_change(pages: &[&Card]) -> Option<Timestamp> {
    pages.iter().filter_map(|page| page.updated.as_ref()).map(Zoned::timestamp).max()
}
