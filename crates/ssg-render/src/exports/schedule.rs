//! The schedule of an event as the apps of conferences read it: the `schedule.json` that frab and
//! pretalx write, after the public schema of the Chaos Computer Club's video team.
//!
//! The format wants a room for everything and a duration. What has no room stands in the first room of
//! its day; what has no end lasts until the next slot of its room, if that is the same day.

use super::{event_of_talk, place};
use crate::dates::rfc3339;
use crate::reads::{ReadSite, Reads};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value, json};
use ssg_parse::{Address, slugify};
use ssg_source::Digest;
use ssg_taxonomy::PageKey;
use ssg_taxonomy::facets::{EventCard, EventTable, Schedule, Slot};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Whether an event has a schedule for apps: it is wanted, and a slot has a time.
pub(crate) fn has(reads: &Reads, event: &PageKey) -> bool {
    let is_timed = |schedule: &Schedule| schedule.0.iter().any(|slot| slot.starts.is_some());
    reads.outputs().schedule_json && reads.get::<Schedule>(event).is_some_and(|schedule| is_timed(&schedule))
}

/// The text of the schedule of an event.
pub(crate) fn text(reads: &Reads, event: &PageKey) -> Option<String> {
    let event = reads.event(event)?;
    let page = reads.card(&event.page)?;
    let schedule = reads.get::<Schedule>(&event.page)?;
    let conference = conference(reads, &event, &schedule.0)?;
    let value = json!({
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": { "name": "ssg" },
        "schedule": {
            // Apps look at it to see whether anything has changed.
            "version": shorten(&Digest::of_text(&conference.to_string())),
            "base_url": reads.permalink(&page.path),
            "conference": conference,
        },
    });
    Some(format!("{value}\n"))
}

fn shorten(digest: &Digest) -> String {
    digest.to_string().chars().take(8).collect()
}

/// A digest in the form of an identity (RFC 9562, version 8), stable while what it is of keeps its id.
fn guid(reads: &Reads, what: &str, id: &str) -> String {
    let digest = Digest::of_bytes(format!("{}\0{what}\0{id}", reads.addressing().base_url()).as_bytes());
    let digits = digest.to_string();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// A number for formats that know things by numbers: from 1, stable, and nearly always of one thing only.
fn number(guid: &str) -> u32 {
    u32::from_str_radix(guid.get(..7).unwrap_or("0"), 16).unwrap_or(0).max(1)
}

/// The id of an event in the letters that the format allows, four at least.
fn acronym(event: &EventCard) -> String {
    let mut acronym = slugify(&event.id).replace('-', "_");
    while acronym.len() < 4 {
        acronym.push('_');
    }
    acronym
}

fn conference(reads: &Reads, event: &EventCard, slots: &[Slot]) -> Option<Value> {
    let page = reads.card(&event.page)?;
    let mut days: BTreeMap<Date, Vec<&Slot>> = BTreeMap::new();
    for slot in slots {
        if let Some(starts) = &slot.starts {
            days.entry(starts.date()).or_default().push(slot);
        }
    }
    let (mut rooms, mut known) = (Vec::new(), HashSet::new());
    let mut list = Vec::new();
    for (index, (date, slots)) in (1..).zip(&days) {
        list.push(day(reads, event, index, *date, slots, &mut rooms, &mut known));
    }
    let rooms: Vec<Value> = rooms
        .iter()
        .map(|room| json!({ "name": room, "guid": guid(reads, "room", &format!("{}/{room}", event.lasting_id)) }))
        .collect();
    let first = days.keys().next().copied().unwrap_or(event.start.date()).min(event.start.date());
    let last = days.keys().next_back().copied().unwrap_or(event.last.date()).max(event.last.date());
    Some(json!({
        "acronym": acronym(event),
        "title": page.title,
        "description": reads.lead(&page.key).plain(),
        "start": first.to_string(),
        "end": last.to_string(),
        "daysCount": list.len(),
        "timeslot_duration": "00:05",
        "time_zone_name": event.timezone,
        "url": reads.permalink(&page.path),
        "rooms": rooms,
        "days": list,
    }))
}

fn day(
    reads: &Reads,
    event: &EventCard,
    index: usize,
    date: Date,
    slots: &[&Slot],
    all: &mut Vec<String>,
    known: &mut HashSet<String>,
) -> Value {
    let usual = slots.iter().find_map(|slot| slot.room.clone()).unwrap_or_else(|| usual_room(reads, event));
    let mut rooms: Map<String, Value> = Map::new();
    for (slot, next) in slots.iter().zip(nexts(slots, &usual)) {
        let room = slot.room.as_ref().unwrap_or(&usual);
        if known.insert(room.clone()) {
            all.push(room.clone());
        }
        let value = slot_value(reads, event, slot, room, next);
        if let Value::Array(list) = rooms.entry(room.clone()).or_insert_with(|| Value::Array(Vec::new())) {
            list.push(value);
        }
    }
    let moment = |time: Time| date.to_datetime(time).to_zoned(event.start.time_zone().clone()).ok();
    let starts = moment(Time::midnight());
    let ends = moment(Time::constant(23, 59, 59, 0));
    json!({
        "index": index,
        "date": date.to_string(),
        "day_start": starts.as_ref().map(rfc3339).unwrap_or_default(),
        "day_end": ends.as_ref().map(rfc3339).unwrap_or_default(),
        "rooms": rooms,
    })
}

/// For each slot the beginning of the next one in its room; slots are in order of time.
fn nexts(slots: &[&Slot], usual: &str) -> Vec<Option<Timestamp>> {
    // By room the last beginning seen, and the one after it.
    let mut later: HashMap<&str, (Timestamp, Option<Timestamp>)> = HashMap::new();
    let mut nexts: Vec<Option<Timestamp>> = Vec::with_capacity(slots.len());
    for slot in slots.iter().rev() {
        let starts = slot.starts.as_ref().map(Zoned::timestamp).unwrap_or_default();
        let room = slot.room.as_deref().unwrap_or(usual);
        let next = match later.get(room) {
            Some((other, after)) if *other == starts => *after,
            Some((other, _)) => Some(*other),
            None => None,
        };
        later.insert(room, (starts, next));
        nexts.push(next);
    }
    nexts.reverse();
    nexts
}

/// A name for the room where none is named.
fn usual_room(reads: &Reads, event: &EventCard) -> String {
    let header = reads.get::<EventTable>(&event.page);
    let venue = header.and_then(|header| header.table.venue.as_ref()?.name.clone());
    venue
        .or_else(|| Some(place(reads, event, None)))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "1".to_owned())
}

fn slot_value(reads: &Reads, event: &EventCard, slot: &Slot, room: &str, next: Option<Timestamp>) -> Value {
    let page = slot.talk.and_then(|key| reads.card(&key));
    let talk = page.as_ref().and_then(|page| page.talk.as_ref());
    let zone = event.start.time_zone().clone();
    let starts = slot.starts.as_ref().map(Zoned::timestamp).unwrap_or_default().to_zoned(zone);
    let id = talk.map_or_else(
        || format!("{}/{}/{}", event.lasting_id, starts.strftime("%Y-%m-%dT%H:%M"), slot.title),
        |talk| talk.lasting_id.clone(),
    );
    let guid = guid(reads, "slot", &id);
    let ends = slot.ends.as_ref().map(Zoned::timestamp).or(next);
    let link =
        |url: &Option<Address>, title: &str| url.as_ref().map(|url| json!({ "url": url, "title": title }));
    let links: Vec<Value> = talk
        .into_iter()
        .flat_map(|talk| [link(&talk.slides, "Slides"), link(&talk.video, "Video")])
        .flatten()
        .collect();
    let persons: Vec<Value> = slot
        .speakers
        .iter()
        .filter_map(|key| reads.term(key))
        .map(|term| {
            json!({
                "guid": self::guid(reads, "person", &term.slug),
                "name": term.name,
                "public_name": term.name,
                "url": reads.permalink(&term.first_path),
            })
        })
        .collect();
    let own = page.as_ref().filter(|page| event_of_talk(reads, page).is_some());
    let own = own.map(|page| page.path.clone()).or_else(|| Some(reads.card(&event.page)?.path.clone()));
    json!({
        "id": number(&guid),
        "guid": guid,
        "date": rfc3339(&starts),
        "start": starts.strftime("%H:%M").to_string(),
        "duration": duration(starts.timestamp(), ends),
        "room": room,
        "slug": format!("{}_{}", acronym(event), slugify(&format!("{}-{}", slot.title, number(&guid)))),
        "url": own.map(|path| reads.permalink(&path)),
        "title": slot.title,
        "subtitle": Value::Null,
        "track": slot.track,
        "type": slot.kind,
        "language": talk.and_then(|talk| talk.language.as_deref()).unwrap_or(reads.addressing().main_tag()),
        "abstract": page.as_ref().map(|page| reads.lead(&page.key).plain()),
        "description": Value::Null,
        "persons": persons,
        "links": links,
    })
}

/// Hours and minutes from an instant to a later one; none without one.
fn duration(starts: Timestamp, ends: Option<Timestamp>) -> String {
    let seconds = ends.map_or(0, |ends| ends.as_second().saturating_sub(starts.as_second())).max(0);
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}
