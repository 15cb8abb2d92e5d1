//! Events in several houses: rooms of venues that are not named, and people who would have to be in two houses
//! one right after the other.
//!
//! Who speaks in two places at once is [`super::clash`]'s to say; here there is a time between, and the way takes
//! longer.

use super::clash::span;
use super::schedule::Classified;
use crate::event::{Event, Slot};
use crate::ids::TermId;
use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::{EventPlaces, EventTable, Venue};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostic, Diagnostics, Suggestions, codes};

/// Seconds that the way from one venue to another takes at least.
const WAY: i64 = 15 * 60;

/// Warns of rooms in venues that the event does not name, and of ways that are too short.
pub(super) fn check(site: &Site, event: &Event, table: &EventTable, found: &mut Diagnostics) {
    let page = site.page(event.page);
    let places = EventPlaces::new(table);
    for room in &table.rooms {
        let Some(named) = room.venue.as_ref().filter(|_| places.venue_of(room).is_none()) else { continue };
        let known = table.venues.iter().chain(&table.venue).flat_map(|venue| [&venue.id, &venue.name]);
        let near = Suggestions::new(known.flatten().map(String::as_str));
        let message = format!("unknown venue `{}` of the room `{}`", named.value, room.name);
        found.add(
            Diagnostic::warning(codes::UNKNOWN_VENUE, message)
                .in_file(&page.source)
                .at(named.span)
                .hint_if(near.did_you_mean(&named.value))
                .hint("venues are listed under `[[event.venues]]`, each with an `id` or a `name`"),
        );
    }
    if !table.cancelled && event.slots.iter().any(|slot| slot.venue.is_some()) {
        check_ways(site, event, table, found);
    }
}

/// A talk of somebody in a house.
#[derive(Clone, Copy)]
struct Stop<'a> {
    from: Timestamp,
    to: Timestamp,
    slot: &'a Slot,
    venue: &'a Venue,
}

fn check_ways(site: &Site, event: &Event, table: &EventTable, found: &mut Diagnostics) {
    let stops = event.slots.iter().filter_map(|slot| {
        let is_there = slot.talk.is_some() && !slot.cancelled && slot.room.is_some() && !slot.is_day;
        let (from, to) = span(slot).filter(|_| is_there)?;
        let venue = slot.venue.as_ref().or(table.venue.as_ref())?;
        Some(Stop { from, to, slot, venue })
    });
    let mut stops: Vec<Stop<'_>> = stops.collect();
    stops.sort_by_key(|stop| (stop.from, stop.to));
    let mut last: HashMap<TermId, Stop<'_>> = HashMap::default();
    for stop in stops {
        for speaker in &stop.slot.speakers {
            let before = last.insert(*speaker, stop);
            if let Some(before) = before.filter(|before| is_too_short(before, &stop)) {
                found.add(too_short(site, event, *speaker, &before, &stop));
            }
        }
    }
}

fn is_too_short(before: &Stop<'_>, later: &Stop<'_>) -> bool {
    let seconds = later.from.as_second().saturating_sub(before.to.as_second());
    before.venue != later.venue && before.from != later.from && (0..WAY).contains(&seconds)
}

fn too_short(site: &Site, event: &Event, speaker: TermId, before: &Stop<'_>, later: &Stop<'_>) -> Diagnostic {
    let (one, other) = (Classified::new(site, event, before.slot), Classified::new(site, event, later.slot));
    let called = |venue: &Venue| venue.name.clone().or_else(|| venue.id.clone()).unwrap_or_default();
    let minutes = later.from.as_second().saturating_sub(before.to.as_second()) / 60;
    let message = format!(
        "{} has {minutes} minutes from `{}` in {} to `{}` in {}",
        site.term(speaker).name,
        one.name(),
        called(before.venue),
        other.name(),
        called(later.venue),
    );
    let ((file, place), (other_file, other_place)) = (other.place(), one.place());
    let time = before.slot.ends.as_ref().map(|ends| ends.strftime(", until %H:%M").to_string());
    Diagnostic::warning(codes::VENUE_CHANGE, message).in_file(&file).at(place).label(
        &other_file,
        Some(other_place),
        format!("`{}`{}", one.name(), time.unwrap_or_default()),
    )
}
