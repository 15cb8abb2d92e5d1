//! What an event's own page shows besides its card.

use super::card::event_reference;
use super::{data_value, date_value};
use crate::data;
use crate::question::Question;
use crate::reader::{self, looked_up};
use crate::table::Table;
use crate::world::World;
use ssg_parse::{EventTable, Organizer, Spanned, Venue, Window};
use ssg_source::{Diagnostic, Diagnostics, ReadError, SitePath, decode, did_you_mean};
use ssg_taxonomy::{Event, WindowState};
use tera::Value;

/// `page.event` on the event's own page.
pub(super) fn event_view(world: &World, event: &Event) -> Value {
    let table = world.site.page(event.page).document.front.event.clone().unwrap_or_default();
    let window = |window: Option<&Window>| window.map(|window| window_view(world, event, window));
    let organizers = table.organizers.iter().filter(|one| world.site.is_shown_person(&one.name.value));
    let organizers: Vec<Value> = organizers.map(|organizer| organizer_view(world, organizer)).collect();
    Table::from_value(&event_reference(world, event))
        .set("venue", table.venue.as_ref().map(venue_view))
        .set("cfp", window(table.cfp.as_ref()))
        .set("registration", window(table.registration.as_ref()))
        .set("organizers", organizers)
        .set("sponsor_levels", sponsor_levels(world, &table, &world.site.page(event.page).source))
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
        .set("url", venue.url.clone())
        .set("map", map)
        .done()
}

fn window_view(world: &World, event: &Event, window: &Window) -> Value {
    // A day means until its end: readers see the last minute of it.
    let closes = window.closes.as_ref().map(|when| {
        let end = when.value.end(&event.zone);
        if when.value.is_day() { end.checked_sub(jiff::Span::new().minutes(1)).unwrap_or(end) } else { end }
    });
    let start = |when: &ssg_parse::Spanned<ssg_parse::When>| when.value.start(&event.zone);
    Table::new()
        .set("opens", date_value(window.opens.as_ref().map(start).as_ref()))
        .set("closes", date_value(closes.as_ref()))
        .set("announced", date_value(window.announced.as_ref().map(start).as_ref()))
        .set("url", window.url.clone())
        .set("state", WindowState::of(window, &event.zone, world.instant).name())
        .done()
}

fn organizer_view(world: &World, organizer: &Organizer) -> Value {
    let term = world.site.find_term("speakers", &organizer.name.value).map(|term| world.site.term(term));
    Table::new()
        .set("name", organizer.name.value.as_str())
        .set("url", organizer.url.clone())
        .set("path", term.map(|term| term.path.as_str()))
        .done()
}

/// Levels with their sponsors, in the order of the event's file; sponsors of a level that is not
/// declared come last under its own name.
fn sponsor_levels(world: &World, table: &EventTable, source: &SitePath) -> Vec<Value> {
    let mut levels: Vec<(String, String, Option<i64>)> = table
        .sponsor_levels
        .iter()
        .map(|level| (level.id.clone(), level.label.clone().unwrap_or_else(|| level.id.clone()), level.max))
        .collect();
    for sponsor in &table.sponsors {
        let level = sponsor.level.as_ref().map_or("", |level| level.value.as_str());
        if !levels.iter().any(|(id, ..)| id == level) {
            levels.push((level.to_owned(), level.to_owned(), None));
        }
    }
    levels
        .into_iter()
        .filter_map(|(id, label, max)| {
            let of_level = table
                .sponsors
                .iter()
                .filter(|sponsor| sponsor.level.as_ref().map_or("", |level| level.value.as_str()) == id);
            let sponsors: Vec<Value> =
                of_level.map(|sponsor| sponsor_view(world, &sponsor.id, source)).collect();
            (!sponsors.is_empty()).then(|| {
                Table::new()
                    .set("id", id)
                    .set("label", label)
                    .set("max", max)
                    .set("sponsors", sponsors)
                    .done()
            })
        })
        .collect()
}

/// A sponsor with what `data/sponsors/<id>.toml` says; its id stands for the name where that is
/// missing, with a warning at the place in the event's file, which is `source`.
fn sponsor_view(world: &World, sponsor: &Spanned<String>, source: &SitePath) -> Value {
    let id = sponsor.value.as_str();
    let data = sponsor_data(world, id).unwrap_or_else(|problem| {
        reader::note(problem.in_file(source).at(sponsor.span));
        None
    });
    let value = |key: &str| data.as_ref().and_then(|data| data.get(key)).map(|node| data_value(&node.value));
    Table::new()
        .set("id", id)
        .set("name", value("name").unwrap_or_else(|| Value::from(id)))
        .set("url", value("url"))
        .set("logo", value("logo"))
        .done()
}

/// What the file of a sponsor says, or that there is no such file.
fn sponsor_data(world: &World, id: &str) -> Result<Option<ssg_parse::Value>, Diagnostic> {
    let dir = SitePath::new("data/sponsors").unwrap_or_default();
    let unknown = || Diagnostic::warning("unknown-sponsor", format!("unknown sponsor `{id}`"));
    let path = dir.join(&format!("{id}.toml")).map_err(|_| unknown())?;
    looked_up(Question::Data { path: path.to_string(), required: false });
    let bytes = data::read_bytes(world, &path).map_err(|error| match error {
        ReadError::Missing => {
            looked_up(Question::DataNames(dir.clone()));
            let known = world.inputs.list(&dir, &mut Diagnostics::new());
            let known: Vec<&str> =
                known.iter().filter_map(|file| file.path.file_name().strip_suffix(".toml")).collect();
            unknown()
                .hint_if(did_you_mean(id, known))
                .hint(format!("a sponsor is described in `{path}`, with `name`, `url` and `logo`"))
        }
        other => unknown().hint(format!("`{path}` cannot be read: {other}")),
    })?;
    let mut found = Diagnostics::new();
    let text = decode(&bytes).map_err(|error| unknown().hint(format!("`{path}` cannot be read: {error}")))?;
    let value = ssg_parse::read_toml(&text, 0, &mut found).value;
    for problem in found {
        reader::note(problem.in_file(&path));
    }
    Ok(Some(value))
}
