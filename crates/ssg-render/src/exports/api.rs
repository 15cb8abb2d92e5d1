//! The graph as JSON: events, talks, speakers and tools, each in a file of its own, and one file for
//! each event with everything about it.
//!
//! Ids are those by which content refers to things, so they stay while titles change. Nothing in here
//! depends on the instant of the build, and nothing on a body.

use super::calendars::{self, CalendarOf};
use super::{day_or_moment, event_of_talk, schedule_path, times};
use crate::dates::rfc3339;
use crate::facets::{page, term};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ssg_parse::{EventPlaces, EventTable as Table, MediaLink, Room, Spanned, Venue, When, Window};
use ssg_taxonomy::facets::{
    Card, EventCard, EventTable, EventTalks, Member, Originals, Recaps, Slot, TermAliases, closing,
};
use ssg_taxonomy::{Kind, LangId, PageKey, TalkTime, TermKey, term_slug};
use std::sync::Arc;

/// What has a row in files of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RowOf {
    Event(PageKey),
    Talk(PageKey),
    Term(TermKey),
}

impl RowOf {
    /// In words.
    pub(crate) fn words(&self, snapshot: &SiteSnapshot) -> String {
        match self {
            Self::Event(key) | Self::Talk(key) => page(snapshot, key),
            Self::Term(key) => term(snapshot, key),
        }
    }
}

/// Where the file of an event of an id lies.
pub(crate) fn event_path(id: &str) -> String {
    format!("/api/events/{}.json", term_slug(id))
}

/// What the API says of one thing.
pub(crate) fn row(reads: &Reads, of: &RowOf) -> Option<Value> {
    match of {
        RowOf::Event(key) => event_value(reads, &*reads.event(key)?),
        RowOf::Talk(key) => talk_value(reads, &*reads.card(key)?),
        RowOf::Term(key) => term_value(reads, *key),
    }
}

fn moment(at: Option<&Zoned>) -> Option<String> {
    at.map(rfc3339)
}

fn event_value(reads: &Reads, event: &EventCard) -> Option<Value> {
    let page = reads.card(&event.page)?;
    let header = reads.get::<EventTable>(&event.page)?;
    let table = &header.table;
    let (start, end) = times(event);
    let talks = reads.get::<EventTalks>(&event.page).map_or_else(Vec::new, |talks| talks.0.clone());
    let talks: Vec<String> = talks.iter().filter_map(|key| talk_id(reads, key)).collect();
    let sponsors: Vec<Value> = table
        .sponsors
        .iter()
        .map(|sponsor| {
            let level = sponsor.level.as_ref().map(|level| level.value.as_str());
            json!({
                "id": sponsor.id.as_ref().map(|id| id.value.as_str()),
                "name": sponsor.name,
                "url": sponsor.url,
                "level": level,
            })
        })
        .collect();
    let calendar = reads.outputs().calendars.then(|| calendars::path(reads, &CalendarOf::Page(event.page)));
    let has_schedule = super::schedule::has(reads, &event.page);
    let places = EventPlaces::new(table);
    let recaps = reads.get::<Recaps>(&event.page).map_or_else(Vec::new, |recaps| recaps.0.clone());
    Some(json!({
        "id": event.id,
        "url": reads.permalink(&page.path),
        "api": reads.permalink(&event_path(&event.id)),
        "calendar": calendar.map(|path| reads.permalink(&path)),
        "schedule": has_schedule.then(|| reads.permalink(&schedule_path(&page.path))),
        "title": page.title,
        "description": page.description,
        "start": event.is_dated().then_some(start),
        "end": event.is_dated().then_some(end),
        "timezone": event.timezone,
        "city": table.city,
        "country": table.country,
        "series": event.series,
        "cancelled": table.cancelled,
        "attendance": event.attendance.name(),
        "online": event.online.as_ref().and_then(|online| online.url.as_deref()),
        "previous_start": table.previous_start.as_ref().map(|when| {
            day_or_moment(&when.value.start(event.start.time_zone()), when.value.is_day())
        }),
        "previous_city": table.previous_city,
        "updated": moment(page.updated.as_ref()),
        "venue": table.venue.as_ref().map(venue_value),
        "venues": table.venues.iter().map(venue_value).collect::<Vec<_>>(),
        "rooms": table.rooms.iter().map(|room| room_value(&places, room)).collect::<Vec<_>>(),
        "cfp": table.cfp.as_ref().map(|cfp| window_value(event, cfp)),
        "registration": table.registration.as_ref().map(|registration| window_value(event, registration)),
        "organizers": organizers(reads, table),
        "sponsors": sponsors,
        "tools": slugs(reads, page.terms_of("tools")),
        "talks": talks,
        "recaps": references(reads, recaps),
    }))
}

fn venue_value(venue: &Venue) -> Value {
    json!({
        "name": venue.name,
        "address": venue.address,
        "city": venue.city,
        "latitude": venue.coordinates.map(|(latitude, _)| latitude),
        "longitude": venue.coordinates.map(|(_, longitude)| longitude),
        "url": venue.url,
    })
}

/// What is told of a room.
fn room_value(places: &EventPlaces<'_>, room: &Room) -> Value {
    json!({
        "name": room.name,
        "venue": places.venue_of(room).and_then(|venue| venue.name.as_deref()),
        "online": room.online.as_ref().and_then(|online| online.url.as_deref()),
    })
}

fn window_value(event: &EventCard, window: &Window) -> Value {
    let written = |when: &Option<Spanned<When>>| {
        let when = when.as_ref()?.value;
        Some(day_or_moment(&when.start(event.start.time_zone()), when.is_day() && !when.is_anywhere()))
    };
    // The end of a day that is not one of the event's zone has to say its hour.
    let is_anywhere = window.closes.as_ref().is_some_and(|closes| closes.value.is_anywhere());
    let closes =
        if is_anywhere { moment(closing(window, &event.start).as_ref()) } else { written(&window.closes) };
    json!({
        "opens": written(&window.opens),
        "closes": closes,
        "announced": written(&window.announced),
        "url": window.url,
    })
}

fn organizers(reads: &Reads, table: &Table) -> Vec<Value> {
    // They are speakers or not, but who is not to be named is not named.
    let hidden = reads.hidden_people();
    table
        .organizers
        .iter()
        .filter(|organizer| hidden.may_show(&organizer.name.value))
        .map(|organizer| {
            let term = reads.find_term("speakers", &organizer.name.value).and_then(|key| reads.term(&key));
            json!({
                "name": organizer.name.value,
                "url": organizer.url,
                "speaker": term.map(|term| term.slug.clone()),
            })
        })
        .collect()
}

fn talk_id(reads: &Reads, key: &PageKey) -> Option<String> {
    reads.card(key)?.talk.as_ref().map(|talk| talk.id.clone())
}

fn talk_value(reads: &Reads, page: &Card) -> Option<Value> {
    let talk = page.talk.as_ref()?;
    let recaps = reads.get::<Recaps>(&page.key).map_or_else(Vec::new, |recaps| recaps.0.clone());
    Some(json!({
        "id": talk.id,
        "url": reads.permalink(&page.path),
        "title": page.title,
        "description": page.description,
        "event": event_of_talk(reads, page).map(|event| event.id.clone()),
        "kind": talk.kind,
        "starts": moment(talk.starts()),
        "ends": moment(talk.time().and_then(|time| time.ends.as_ref())),
        "room": talk.time().and_then(|time| time.room.as_deref()),
        "online": talk.time().and_then(|time| time.online.as_ref()?.url.as_deref()),
        "times": talk.times.iter().map(time_value).collect::<Vec<_>>(),
        "cancelled": talk.cancelled,
        "replaced_by": talk.replaced_by.as_ref().and_then(|key| talk_id(reads, key)),
        "track": talk.track,
        "level": talk.level,
        "language": talk.languages.first().unwrap_or(&page.lang),
        "languages": talk.languages,
        "speakers": slugs(reads, page.terms_of("speakers")),
        "tools": slugs(reads, page.terms_of("tools")),
        "slides": talk.slides.first().map(|link| &link.url),
        "video": talk.video.first().map(|link| &link.url),
        "decks": media_values(&talk.slides),
        "videos": media_values(&talk.video),
        "recaps": references(reads, recaps),
    }))
}

/// One of the times at which a talk is given.
fn time_value(time: &TalkTime) -> Value {
    json!({
        "starts": moment(time.starts.as_ref()),
        "ends": moment(time.ends.as_ref()),
        "room": time.room,
        "venue": time.venue.as_ref().and_then(|venue| venue.name.as_deref()),
        "online": time.online.as_ref().and_then(|online| online.url.as_deref()),
        "cancelled": time.cancelled,
    })
}

fn media_values(links: &[MediaLink]) -> Vec<Value> {
    let value = |link: &MediaLink| json!({ "url": link.url, "language": link.language, "title": link.title });
    links.iter().map(value).collect()
}

pub(crate) fn slot_value(reads: &Reads, slot: &Slot) -> Value {
    json!({
        "id": slot.id,
        "day": slot.day.map(|day| day.to_string()),
        "starts": moment(slot.starts.as_ref()),
        "ends": moment(slot.ends.as_ref()),
        "room": slot.room,
        "venue": slot.venue.as_ref().and_then(|venue| venue.name.as_deref()),
        "track": slot.track,
        "kind": slot.kind,
        "title": super::slot_title(reads, slot, reads.addressing().main_tag()),
        "announced": !slot.is_unannounced,
        "cancelled": slot.cancelled,
        "replaced_by": slot.replaced_by.as_ref().and_then(|key| talk_id(reads, key)),
        "online": slot.online.as_ref().and_then(|online| online.url.as_deref()),
        "talk": slot.talk.as_ref().and_then(|key| talk_id(reads, key)),
        "speakers": slugs(reads, &slot.speakers),
    })
}

fn term_value(reads: &Reads, key: TermKey) -> Option<Value> {
    let term = reads.term(&key)?;
    let page = term.in_language(LangId::MAIN).page.and_then(|page| reads.card(&page));
    let members = reads.get::<Originals>(&key).map_or_else(Vec::new, |members| members.0.0.clone());
    let (talks, others): (Vec<Member>, Vec<Member>) =
        members.into_iter().partition(|member| member.kind == Kind::Talk);
    let talks: Vec<String> = talks.iter().filter_map(|talk| talk_id(reads, &talk.page)).collect();
    let aliases = reads.get::<TermAliases>(&key).map_or_else(Vec::new, |aliases| aliases.0.clone());
    Some(json!({
        "id": &*term.slug,
        "url": reads.permalink(&term.first_path),
        "name": term.name,
        "description": page.and_then(|page| page.description.clone()),
        "aliases": aliases,
        "talks": talks,
        "pages": references(reads, others.into_iter().map(|member| member.page)),
    }))
}

fn slugs(reads: &Reads, terms: &[TermKey]) -> Vec<Arc<str>> {
    terms.iter().filter_map(|key| reads.term(key)).map(|term| term.slug.clone()).collect()
}

/// Pages that have no file of their own in the API.
fn references(reads: &Reads, pages: impl IntoIterator<Item = PageKey>) -> Vec<Value> {
    let cards = pages.into_iter().filter_map(|key| reads.card(&key));
    cards
        .filter(|page| page.is_original())
        .map(|page| {
            json!({
                "url": reads.permalink(&page.path),
                "title": page.title,
                "kind": page.kind.name(),
                "date": moment(page.date.as_ref()),
            })
        })
        .collect()
}
