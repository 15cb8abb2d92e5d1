//! What leaves the site as data: calendars, the API, schedules for apps, structured data.
//!
//! Everything here is made of the assembled site, and of what headers say rather than of bodies, so
//! that an edit of a text renders none of it. The answer to a question about one of these is the whole
//! text of it; its digest is that of the text, so nothing that a reader sees can be missed.

pub(crate) mod api;
pub(crate) mod calendars;
pub(crate) mod schedule;
pub(crate) mod structured;

use crate::dates::rfc3339;
use crate::world::World;
use jiff::{Timestamp, Zoned};
use ssg_source::Digester;
use ssg_taxonomy::{Event, Page, PageId, Target};

/// What every export rests on besides the site: addresses, names, switches, and the zone of talks
/// without an event, of which the site knows only the moments.
fn settings(world: &World) -> Digester {
    let config = &world.config;
    let mut digester = Digester::new();
    digester.text(&config.base_url).text(&config.title).text(&config.lang).text(&config.timezone);
    digester.value(&config.outputs).value(&config.taxonomies);
    digester
}

/// The page that lies at a path, and is no term's.
fn page_at(world: &World, path: &str) -> Option<PageId> {
    match world.site.at_path(path)? {
        Target::Page(id) => Some(id),
        _ => None,
    }
}

/// The path of the schedule for apps of the event at a path.
pub(crate) fn schedule_path(path: &str) -> String {
    beside(path, "schedule.json")
}

/// The event of a talk.
fn event_of_talk<'w>(world: &'w World, page: &Page) -> Option<&'w Event> {
    world.site.events.get(page.talk.as_ref()?.event?)
}

/// The place of a file that belongs to a page: in its folder, or beside it under its own name.
fn beside(path: &str, name: &str) -> String {
    if path.ends_with('/') {
        return format!("{path}{name}");
    }
    let stem = path.strip_suffix(".html").unwrap_or(path);
    if name.starts_with("calendar.") { format!("{stem}.ics") } else { format!("{stem}.{name}") }
}

/// Whether the beginning and the end of an event are written as days. One that names no end lasts to
/// the end of the day on which it starts, so its end is a day.
fn in_days(world: &World, event: &Event) -> (bool, bool) {
    let front = &world.site.page(event.page).document.front;
    let table = front.event.as_ref();
    let start = table.and_then(|table| table.start.as_ref()).or(front.date.as_ref());
    let end = table.and_then(|table| table.end.as_ref());
    (start.is_none_or(|when| when.value.is_day()), end.is_none_or(|when| when.value.is_day()))
}

/// First and last day or moment of an event, each as it is written.
fn times(world: &World, event: &Event) -> (String, String) {
    let (start, end) = in_days(world, event);
    (day_or_moment(&event.start, start), day_or_moment(&event.last, end))
}

/// A day where only a day was written, else the moment.
fn day_or_moment(at: &Zoned, is_day: bool) -> String {
    if is_day { at.date().to_string() } else { rfc3339(at) }
}

/// Where an event takes place, on one line: what is said in the address already is not said twice.
fn place(world: &World, event: &Event, room: Option<&str>) -> String {
    let table = world.site.page(event.page).document.front.event.as_ref();
    let venue = table.and_then(|table| table.venue.as_ref());
    let parts = [
        room,
        venue.and_then(|venue| venue.name.as_deref()),
        venue.and_then(|venue| venue.address.as_deref()),
        table.and_then(|table| table.city.as_deref()),
        table.and_then(|table| table.country.as_deref()),
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

/// The description that an author wrote for a page; what is taken from the body is none.
fn written_description(page: &Page) -> Option<&str> {
    page.document.front.description.as_ref().map(|text| text.value.as_str())
}

/// The later of two changes that readers should know of.
fn last_change(pages: &[&Page]) -> Option<Timestamp> {
    pages.iter().filter_map(|page| page.updated.as_ref()).map(Zoned::timestamp).max()
}
