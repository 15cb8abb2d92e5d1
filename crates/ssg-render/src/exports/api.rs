//! The graph as JSON: events, talks, speakers and tools, each in a file of its own, and one file for
//! each event with everything about it.
//!
//! Ids are those by which content refers to things, so they stay while titles change. Nothing in here
//! depends on the instant of the build, and nothing on a body.

use super::{
    calendars, day_or_moment, event_of_talk, page_at, schedule_path, settings, times, written_description,
};
use crate::dates::rfc3339;
use crate::question::{ApiOf, CalendarOf};
use crate::world::World;
use jiff::Zoned;
use serde_json::{Value, json};
use ssg_parse::{EventTable, Spanned, When, Window};
use ssg_source::{Digest, SitePath};
use ssg_taxonomy::{Event, Kind, Page, PageId, Slot, Term, TermId, term_slug};
use std::borrow::Cow;

/// Every file of the API, with the file that it comes from.
pub(crate) fn all(world: &World) -> Vec<(ApiOf, Option<&SitePath>)> {
    if !world.config.outputs.api {
        return Vec::new();
    }
    let mut all = vec![
        (ApiOf::Events, None),
        (ApiOf::Talks, None),
        (ApiOf::Terms("speakers".into()), None),
        (ApiOf::Terms("tools".into()), None),
    ];
    // Of two events with one id, content refers to one of them only.
    let known = |event: &&Event| world.site.event(&event.id).is_some_and(|other| other.page == event.page);
    all.extend(world.site.events.iter().filter(known).map(|event| {
        let page = world.site.page(event.page);
        (ApiOf::Event(page.path.as_str().into()), Some(&page.source))
    }));
    all
}

/// Where a file of the API lies.
pub(crate) fn path(world: &World, of: &ApiOf) -> String {
    match of {
        ApiOf::Events => "/api/events.json".to_owned(),
        ApiOf::Talks => "/api/talks.json".to_owned(),
        ApiOf::Terms(taxonomy) => format!("/api/{taxonomy}.json"),
        ApiOf::Event(path) => {
            let event = page_at(world, path).and_then(|id| world.site.event_of(id));
            format!("/api/events/{}.json", event.map_or_else(String::new, |event| term_slug(&event.id)))
        }
    }
}

/// What the text rests on, where that is quicker to tell.
pub(crate) fn basis(world: &World) -> Digest {
    settings(world).digest(world.digests.metadata()).done()
}

/// The text of a file of the API; `None` where there is none (any more).
pub(crate) fn text(world: &World, of: &ApiOf) -> Option<String> {
    let site = &world.site;
    let value = match of {
        ApiOf::Events => {
            json!({ "events": site.events.iter().map(|event| event_value(world, event)).collect::<Vec<_>>() })
        }
        ApiOf::Talks => {
            let of_events = site.events.iter().flat_map(|event| &event.talks).copied();
            let is_alone =
                |id: &PageId| site.page(*id).talk.as_ref().is_some_and(|talk| talk.event.is_none());
            let originals = site.pages_of(Kind::Talk).filter(|id| site.is_original(*id));
            let talks = of_events.chain(originals.filter(is_alone));
            json!({ "talks": talks.filter_map(|id| talk_value(world, id)).collect::<Vec<_>>() })
        }
        ApiOf::Terms(taxonomy) => {
            let terms = site.taxonomy(taxonomy).map_or(&[][..], |index| &site.taxonomies[index].terms);
            let values: Vec<Value> = terms.iter().map(|term| term_value(world, term)).collect();
            json!({ &**taxonomy: values })
        }
        ApiOf::Event(path) => {
            let event = site.event_of(page_at(world, path)?)?;
            let mut value = event_value(world, event);
            let talks: Vec<Value> = event.talks.iter().filter_map(|id| talk_value(world, *id)).collect();
            let slots: Vec<Value> = event.slots.iter().map(|slot| slot_value(world, slot)).collect();
            // In the place of the talks' ids stand the talks.
            value["talks"] = Value::from(talks);
            value["slots"] = Value::from(slots);
            value
        }
    };
    Some(format!("{value}\n"))
}

fn moment(at: Option<&Zoned>) -> Option<String> {
    at.map(rfc3339)
}

fn event_value(world: &World, event: &Event) -> Value {
    let page = world.site.page(event.page);
    let table = page.document.front.event.as_ref().map_or_else(Cow::default, Cow::Borrowed);
    let (start, end) = times(world, event);
    let talks: Vec<&str> = event.talks.iter().filter_map(|id| talk_id(world.site.page(*id))).collect();
    let sponsors: Vec<Value> = table
        .sponsors
        .iter()
        .map(|sponsor| {
            let level = sponsor.level.as_ref().map(|level| level.value.as_str());
            json!({ "id": sponsor.id.value, "level": level })
        })
        .collect();
    let calendar = CalendarOf::Page(page.path.as_str().into());
    let outputs = &world.config.outputs;
    json!({
        "id": event.id,
        "url": world.config.permalink(&page.path),
        "api": world.config.permalink(&path(world, &ApiOf::Event(page.path.as_str().into()))),
        "calendar": outputs.calendars.then(|| world.config.permalink(&calendars::path(world, &calendar))),
        "schedule": super::schedule::has(world, event)
            .then(|| world.config.permalink(&schedule_path(&page.path))),
        "title": page.title,
        "description": written_description(page),
        "start": start,
        "end": end,
        "timezone": event.timezone,
        "city": table.city,
        "country": table.country,
        "series": event.series,
        "cancelled": table.cancelled,
        "updated": moment(page.updated.as_ref()),
        "venue": venue_value(&table),
        "cfp": table.cfp.as_ref().map(|cfp| window_value(event, cfp)),
        "registration": table.registration.as_ref().map(|registration| window_value(event, registration)),
        "organizers": organizers(world, &table),
        "sponsors": sponsors,
        "tools": ids(world, "tools", page),
        "talks": talks,
        "recaps": references(world, &event.recaps),
    })
}

fn venue_value(table: &EventTable) -> Option<Value> {
    let venue = table.venue.as_ref()?;
    Some(json!({
        "name": venue.name,
        "address": venue.address,
        "latitude": venue.coordinates.map(|(latitude, _)| latitude),
        "longitude": venue.coordinates.map(|(_, longitude)| longitude),
        "url": venue.url,
    }))
}

fn window_value(event: &Event, window: &Window) -> Value {
    let written = |when: &Option<Spanned<When>>| {
        let when = when.as_ref()?.value;
        Some(day_or_moment(&when.start(&event.zone), when.is_day()))
    };
    json!({
        "opens": written(&window.opens),
        "closes": written(&window.closes),
        "announced": written(&window.announced),
        "url": window.url,
    })
}

fn organizers(world: &World, table: &EventTable) -> Vec<Value> {
    // They are speakers or not, but who is not to be named is not named.
    table
        .organizers
        .iter()
        .filter(|organizer| world.site.is_shown_person(&organizer.name.value))
        .map(|organizer| {
            let term = world.site.find_term("speakers", &organizer.name.value);
            json!({
                "name": organizer.name.value,
                "url": organizer.url,
                "speaker": term.map(|id| world.site.term(id).slug.as_str()),
            })
        })
        .collect()
}

fn talk_id(page: &Page) -> Option<&str> {
    page.talk.as_ref().map(|talk| talk.id.as_str())
}

fn talk_value(world: &World, id: PageId) -> Option<Value> {
    let page = world.site.page(id);
    let talk = page.talk.as_ref()?;
    Some(json!({
        "id": talk.id,
        "url": world.config.permalink(&page.path),
        "title": page.title,
        "description": written_description(page),
        "event": event_of_talk(world, page).map(|event| event.id.as_str()),
        "kind": talk.kind,
        "starts": moment(talk.starts.as_ref()),
        "ends": moment(talk.ends.as_ref()),
        "room": talk.room,
        "track": talk.track,
        "level": talk.level,
        "language": talk.language,
        "speakers": ids(world, "speakers", page),
        "tools": ids(world, "tools", page),
        "slides": talk.slides,
        "video": talk.video,
        "recaps": references(world, &talk.recaps),
    }))
}

fn slot_value(world: &World, slot: &Slot) -> Value {
    json!({
        "starts": moment(slot.starts.as_ref()),
        "ends": moment(slot.ends.as_ref()),
        "room": slot.room,
        "track": slot.track,
        "kind": slot.kind,
        "title": slot.title,
        "talk": slot.talk.and_then(|id| talk_id(world.site.page(id))),
        "speakers": slugs(world, &slot.speakers),
    })
}

fn term_value(world: &World, term: &Term) -> Value {
    let page = term.page.map(|id| world.site.page(id));
    let (talks, others): (Vec<PageId>, Vec<PageId>) =
        term.pages.iter().partition(|id| world.site.page(**id).kind == Kind::Talk);
    let talks: Vec<&str> = talks.iter().filter_map(|id| talk_id(world.site.page(*id))).collect();
    json!({
        "id": term.slug,
        "url": world.config.permalink(term.first_path()),
        "name": term.name,
        "description": page.and_then(written_description),
        "aliases": term.aliases,
        "talks": talks,
        "pages": references(world, &others),
    })
}

/// Slugs of a page's terms.
fn ids<'w>(world: &'w World, taxonomy: &str, page: &Page) -> Vec<&'w str> {
    let terms = world.site.taxonomy(taxonomy).and_then(|index| page.terms.get(index));
    slugs(world, terms.map_or(&[], Vec::as_slice))
}

fn slugs<'w>(world: &'w World, terms: &[TermId]) -> Vec<&'w str> {
    terms.iter().map(|id| world.site.term(*id).slug.as_str()).collect()
}

/// Pages that have no file of their own in the API.
fn references(world: &World, pages: &[PageId]) -> Vec<Value> {
    let originals = pages.iter().filter(|id| world.site.is_original(**id));
    originals
        .map(|id| {
            let page = world.site.page(*id);
            json!({
                "url": world.config.permalink(&page.path),
                "title": page.title,
                "kind": page.kind.name(),
                "date": moment(page.date.as_ref()),
            })
        })
        .collect()
}
