//! What an event's own page shows besides its card.

use super::card::event_reference;
use super::date_value;
use super::sponsor::sponsor_levels;
use crate::table::Table;
use crate::world::World;
use jiff::{Span, Zoned};
use ssg_parse::{Organizer, Venue, Window};
use ssg_taxonomy::{Event, LangId, WindowState};
use tera::Value;

/// `page.event` on the event's own page.
pub(super) fn event_view(world: &World, event: &Event, language: LangId) -> Value {
    let table = world.site.page(event.page).document.front.event.clone().unwrap_or_default();
    let window = |window: Option<&Window>| window.map(|window| window_view(world, event, window));
    let organizers = table.organizers.iter().filter(|one| world.site.is_shown_person(&one.name.value));
    let organizers: Vec<Value> =
        organizers.map(|organizer| organizer_view(world, organizer, language)).collect();
    Table::from_value(&event_reference(world, event, language))
        .set("venue", table.venue.as_ref().map(venue_view))
        .set("cfp", window(table.cfp.as_ref()))
        .set("registration", window(table.registration.as_ref()))
        .set("organizers", organizers)
        .set("sponsor_levels", sponsor_levels(world, event, &table))
        .done()
}

fn venue_view(venue: &Venue) -> Value {
    let map = venue.coordinates.map(|(latitude, longitude)| {
        format!(
            "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
        )
    });
    let coordinates = venue.coordinates.map(|(latitude, longitude)| vec![latitude, longitude]);
    Table::new()
        .set("name", venue.name.clone())
        .set("address", venue.address.clone())
        .set("coordinates", coordinates)
        .set("url", venue.url.as_deref())
        .set("map", map)
        .done()
}

/// When a window closes, as readers see it: a day means until its end, and they see its last minute.
pub(crate) fn closing(window: &Window, event: &Event) -> Option<Zoned> {
    let when = &window.closes.as_ref()?.value;
    let end = when.end(&event.zone);
    Some(if when.is_day() { end.checked_sub(Span::new().minutes(1)).unwrap_or(end) } else { end })
}

fn window_view(world: &World, event: &Event, window: &Window) -> Value {
    let closes = closing(window, event);
    let start = |when: &ssg_parse::Spanned<ssg_parse::When>| when.value.start(&event.zone);
    Table::new()
        .set("opens", date_value(window.opens.as_ref().map(start).as_ref()))
        .set("closes", date_value(closes.as_ref()))
        .set("announced", date_value(window.announced.as_ref().map(start).as_ref()))
        .set("url", window.url.as_deref())
        .set("state", WindowState::of(window, &event.zone, world.instant).name())
        .done()
}

fn organizer_view(world: &World, organizer: &Organizer, language: LangId) -> Value {
    let term = world.site.find_term("speakers", &organizer.name.value);
    let term = term.map(|term| world.site.term_in(term, language));
    Table::new()
        .set("name", organizer.name.value.as_str())
        .set("url", organizer.url.as_deref())
        .set("path", term.map(|term| term.path))
        .done()
}
