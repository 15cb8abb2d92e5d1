//! What an event's own page shows besides its card.

use crate::queries::card::shown_event;
use crate::queries::series_reference::SeriesReference;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use crate::views::{date_value, sponsor_levels};
use ssg_parse::{EventPlaces, Organizer, Venue, Window};
use ssg_taxonomy::facets::{EventCard, EventTable, closing};
use ssg_taxonomy::{LangId, WindowState, term_slug};
use std::collections::HashMap;
use tera::Value;

/// `page.event` on the event's own page.
pub(super) fn event_view(reads: &Reads, event: &EventCard, language: LangId) -> Value {
    let reference = Table::from_value(&shown_event(reads, event.page, language).unwrap_or_else(Value::none));
    let Some(header) = reads.get::<EventTable>(&event.page) else { return reference.done() };
    let table = &header.table;
    let hidden = reads.hidden_people();
    let organizers = table.organizers.iter().filter(|one| hidden.may_show(&one.name.value));
    let organizers: Vec<Value> =
        organizers.map(|organizer| organizer_view(reads, organizer, language)).collect();
    let window = |window: &Option<Window>, state: Option<WindowState>| {
        window.as_ref().zip(state).map(|(window, state)| window_view(event, window, state))
    };
    let series = event.series.as_deref().map(term_slug).filter(|slug| !slug.is_empty());
    let series = series.map(|slug| reads.ask(&SeriesReference(slug.into(), language)).0.clone());
    let previous = table.previous_start.as_ref().map(|when| when.value.start(event.start.time_zone()));
    let rooms = rooms_by_venue(table);
    reference
        .set("venue", table.venue.as_ref().map(|venue| venue_view(&rooms, venue)))
        .set("venues", table.venues.iter().map(|venue| venue_view(&rooms, venue)).collect::<Vec<_>>())
        .set("cfp", window(&table.cfp, header.cfp))
        .set("registration", window(&table.registration, header.registration))
        .set("series_page", series)
        .set("previous_start", date_value(previous.as_ref()))
        .set("previous_city", table.previous_city.clone())
        .set("organizers", organizers)
        .set("sponsor_levels", sponsor_levels(reads, event, table))
        .done()
}

/// The names of rooms by the venues that they are said to be in.
type RoomsOfVenues<'t> = HashMap<(Option<&'t str>, Option<&'t str>), Vec<Value>>;

/// What a venue is known by: its id and its name.
fn words(venue: &Venue) -> (Option<&str>, Option<&str>) {
    (venue.id.as_deref(), venue.name.as_deref())
}

fn rooms_by_venue(table: &ssg_parse::EventTable) -> RoomsOfVenues<'_> {
    let places = EventPlaces::new(table);
    let mut rooms = RoomsOfVenues::new();
    for room in &table.rooms {
        if let Some(venue) = places.venue_of(room) {
            rooms.entry(words(venue)).or_default().push(Value::from(room.name.as_str()));
        }
    }
    rooms
}

/// A venue with the rooms that are said to be in it.
fn venue_view(rooms: &RoomsOfVenues<'_>, venue: &Venue) -> Value {
    let rooms = rooms.get(&words(venue)).cloned().unwrap_or_default();
    let map = venue.coordinates.map(|(latitude, longitude)| {
        format!(
            "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
        )
    });
    let coordinates = venue.coordinates.map(|(latitude, longitude)| vec![latitude, longitude]);
    Table::new()
        .set("name", venue.name.clone())
        .set("address", venue.address.clone())
        .set("city", venue.city.clone())
        .set("coordinates", coordinates)
        .set("url", venue.url.as_deref())
        .set("map", map)
        .set("rooms", rooms)
        .done()
}

fn window_view(event: &EventCard, window: &Window, state: WindowState) -> Value {
    let zone = event.start.time_zone();
    let start = |when: &ssg_parse::Spanned<ssg_parse::When>| when.value.start(zone);
    Table::new()
        .set("opens", date_value(window.opens.as_ref().map(start).as_ref()))
        .set("closes", date_value(closing(window, &event.start).as_ref()))
        .set("announced", date_value(window.announced.as_ref().map(start).as_ref()))
        .set("url", window.url.as_deref())
        .set("price", window.price.clone())
        .set("currency", window.currency.clone())
        .set("sold_out", window.sold_out)
        .set("state", state.name())
        .done()
}

fn organizer_view(reads: &Reads, organizer: &Organizer, language: LangId) -> Value {
    let term = reads.find_term("speakers", &organizer.name.value).and_then(|term| reads.term(&term));
    Table::new()
        .set("name", organizer.name.value.as_str())
        .set("url", organizer.url.as_deref())
        .set("path", term.map(|term| term.in_language(language).path.clone()))
        .set("organization", organizer.is_organization)
        .done()
}
