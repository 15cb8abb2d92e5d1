//! The schedule of an event as the apps of conferences read it: the `schedule.json` that frab and
//! pretalx write, after the public schema of the Chaos Computer Club's video team.
//!
//! The format wants a room for everything: what has no room stands in the first room of its day. It has no
//! word for what was cancelled, so that is left out, as frab does it; apps see that it is gone. The same value
//! as XML is [`super::schedule_xml`]'s.

use super::{place, slot_title, stream};
use crate::body::render_pieces;
use crate::dates::rfc3339;
use crate::facets::files::PageBody;
use crate::formats::plain_blocks;
use crate::links::Where;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp, Zoned};
use serde_json::{Map, Value, json};
use ssg_parse::{MediaLink, slugify};
use ssg_source::Digest;
use ssg_taxonomy::facets::{EventCard, EventTable, Schedule, Slot, Talk, TermCard};
use ssg_taxonomy::{LangId, PageKey, TermKey};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Whether an event has a schedule for apps: it is wanted, and a slot has a time.
pub(crate) fn has(reads: &Reads, event: &PageKey) -> bool {
    let is_timed =
        |schedule: &Schedule| schedule.0.iter().any(|slot| slot.starts.is_some() && !slot.cancelled);
    reads.outputs().schedule_json && reads.get::<Schedule>(event).is_some_and(|schedule| is_timed(&schedule))
}

/// The schedule of an event as a value.
pub(super) fn value(reads: &Reads, event: &PageKey) -> Option<Value> {
    let event = reads.event(event)?;
    let page = reads.card(&event.page)?;
    let schedule = reads.get::<Schedule>(&event.page)?;
    let conference = conference(reads, &event, &schedule.0)?;
    Some(json!({
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": { "name": "ssg" },
        "schedule": {
            // Apps look at it to see whether anything has changed.
            "version": shorten(&Digest::of_text(&conference.to_string())),
            "base_url": reads.permalink(&page.path),
            "conference": conference,
        },
    }))
}

/// The text of the schedule of an event.
pub(crate) fn text(reads: &Reads, event: &PageKey) -> Option<String> {
    Some(format!("{}\n", value(reads, event)?))
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
    for slot in slots.iter().filter(|slot| !slot.cancelled) {
        if let Some(day) = slot.day {
            days.entry(day).or_default().push(slot);
        }
    }
    let (mut known, mut list) = (Known::default(), Vec::new());
    for (index, (date, slots)) in (1..).zip(&days) {
        list.push(day(reads, event, index, *date, slots, &mut known));
    }
    let rooms: Vec<Value> = known
        .rooms
        .iter()
        .map(|room| json!({ "name": room, "guid": guid(reads, "room", &format!("{}/{room}", event.lasting_id)) }))
        .collect();
    let first = days.keys().next().copied().unwrap_or(event.start.date()).min(event.start.date());
    let last = days.keys().next_back().copied().unwrap_or(event.last_day).max(event.last_day);
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

/// What the days before have used.
#[derive(Default)]
struct Known {
    /// Rooms, in the order in which they come.
    rooms: Vec<String>,
    names: HashSet<String>,
    numbers: HashSet<u32>,
}

fn day(
    reads: &Reads,
    event: &EventCard,
    index: usize,
    date: Date,
    slots: &[&Slot],
    known: &mut Known,
) -> Value {
    let usual = slots.iter().find_map(|slot| slot.room.clone()).unwrap_or_else(|| usual_room(reads, event));
    let mut rooms: Map<String, Value> = Map::new();
    for slot in slots {
        let room = slot.room.as_ref().unwrap_or(&usual);
        if known.names.insert(room.clone()) {
            known.rooms.push(room.clone());
        }
        let value = slot_value(reads, event, slot, room, &mut known.numbers);
        if let Value::Array(list) = rooms.entry(room.clone()).or_insert_with(|| Value::Array(Vec::new())) {
            list.push(value);
        }
    }
    // A day of the programme lasts until the hour at which the next one begins.
    let moment = |date: Date| {
        let midnight = date.to_datetime(Time::midnight());
        let begins = midnight.checked_add(Span::new().minutes(event.day_ends)).unwrap_or(midnight);
        begins.to_zoned(event.start.time_zone().clone()).ok()
    };
    let (starts, ends) = (moment(date), date.tomorrow().ok().and_then(moment));
    json!({
        "index": index,
        "date": date.to_string(),
        "day_start": starts.as_ref().map(rfc3339).unwrap_or_default(),
        "day_end": ends.as_ref().map(rfc3339).unwrap_or_default(),
        "rooms": rooms,
    })
}

/// A name for the room where none is named.
fn usual_room(reads: &Reads, event: &EventCard) -> String {
    let header = reads.get::<EventTable>(&event.page);
    let venue = header.and_then(|header| header.table.venue.as_ref()?.name.clone());
    venue
        .or_else(|| Some(place(reads, event, None, None)))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "1".to_owned())
}

fn slot_value(
    reads: &Reads,
    event: &EventCard,
    slot: &Slot,
    room: &str,
    numbers: &mut HashSet<u32>,
) -> Value {
    let page = slot.talk.and_then(|key| reads.card(&key));
    let talk = page.as_ref().and_then(|page| page.talk.as_ref());
    let starts = slot.starts.as_ref().map(Zoned::timestamp).unwrap_or_default();
    let starts = starts.to_zoned(event.start.time_zone().clone());
    let guid = guid(reads, "slot", &format!("{}/{}", event.lasting_id, slot.id));
    let mut number = number(&guid);
    while !numbers.insert(number) {
        number = number.checked_add(1).unwrap_or(1);
    }
    let title = match slot_title(reads, slot, reads.addressing().main_tag()) {
        title if title.is_empty() => slot.kind.clone(),
        title => title,
    };
    let own = page.as_ref().map(|page| page.path.clone());
    let own = own.or_else(|| Some(reads.card(&event.page)?.path.clone()));
    let language = talk.and_then(|talk| talk.languages.first()).or(page.as_ref().map(|page| &page.lang));
    let summary = page.as_ref().map(|page| reads.lead(&page.key).plain());
    let description = page.as_ref().map(|page| text_of(reads, &page.key));
    let description = description.and_then(|text| beyond(&text, summary.as_deref()));
    json!({
        "id": number,
        "guid": guid,
        "date": rfc3339(&starts),
        "start": starts.strftime("%H:%M").to_string(),
        "end": slot.ends.as_ref().map_or_else(|| rfc3339(&starts), rfc3339),
        "duration": duration(starts.timestamp(), slot.ends.as_ref().map(Zoned::timestamp)),
        "room": room,
        "slug": slug(event, number, &title),
        "url": own.map(|path| reads.permalink(&path)),
        "title": title,
        "subtitle": Value::Null,
        "track": slot.track,
        "type": slot.kind,
        "language": language.cloned().unwrap_or_else(|| reads.addressing().main_tag().to_owned()),
        "abstract": summary.or_else(|| slot.description.clone()),
        "description": description,
        "persons": persons(reads, &slot.speakers),
        "links": links(reads, event, slot, talk),
        "attachments": talk.map_or_else(Vec::new, |talk| references(reads, &talk.slides, "Slides", "slides")),
    })
}

/// The text of a page, as plain as apps show it.
fn text_of(reads: &Reads, page: &PageKey) -> String {
    let Some((page, body)) = reads.card(page).zip(reads.get::<PageBody>(page)) else { return String::new() };
    plain_blocks(&render_pieces(reads, &Owner::of_page(&page), &body.0, Where::Feed))
}

/// What a text says beyond its summary: apps show both, one below the other.
fn beyond(text: &str, summary: Option<&str>) -> Option<String> {
    let rest = summary.filter(|summary| !summary.is_empty()).and_then(|summary| text.strip_prefix(summary));
    let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with('\n')).unwrap_or(text).trim();
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// Letters, digits and hyphens, in the form that the XML of the format asks for as well.
fn slug(event: &EventCard, number: u32, title: &str) -> String {
    let mut slug = format!("{}-{number:04}-{}", acronym(event), slugify(title));
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn persons(reads: &Reads, speakers: &[TermKey]) -> Vec<Value> {
    let person = |term: Arc<TermCard>| {
        let guid = guid(reads, "person", &term.slug);
        let page = term.in_language(LangId::MAIN).page.and_then(|page| reads.card(&page));
        let biography = page.as_ref().map(|page| reads.lead(&page.key).plain());
        let avatar = page.as_ref().and_then(|page| page.image.as_deref());
        let avatar = avatar
            .map(|image| if image.starts_with('/') { reads.permalink(image) } else { image.to_owned() });
        json!({
            "guid": guid,
            "name": term.name,
            "public_name": term.name,
            "biography": biography.filter(|text| !text.is_empty()),
            "avatar": avatar,
            "url": reads.permalink(&term.first_path),
        })
    };
    speakers.iter().filter_map(|key| reads.term(key)).map(person).collect()
}

/// Slides or recordings as the format has them, with what tells one from another.
fn references(reads: &Reads, links: &[MediaLink], name: &str, kind: &str) -> Vec<Value> {
    let absolute = |url: &str| if url.starts_with('/') { reads.permalink(url) } else { url.to_owned() };
    let title = |link: &MediaLink| {
        let more: Vec<&str> =
            [&link.title, &link.language].into_iter().flatten().map(String::as_str).collect();
        if more.is_empty() { name.to_owned() } else { format!("{name} ({})", more.join(", ")) }
    };
    let value = |link: &MediaLink| json!({ "url": absolute(&link.url), "title": title(link), "type": kind });
    links.iter().map(value).collect()
}

/// What is to be looked at beside the talk: slides, recordings, the stream.
fn links(reads: &Reads, event: &EventCard, slot: &Slot, talk: Option<&Talk>) -> Vec<Value> {
    let mut links = Vec::new();
    if let Some(talk) = talk {
        links.extend(references(reads, &talk.slides, "Slides", "slides"));
        links.extend(references(reads, &talk.video, "Video", "media"));
    }
    if let Some(url) = stream(Some(event), slot.online.as_ref()).filter(|_| talk.is_some()) {
        links.push(json!({ "url": url, "title": "Stream", "type": "media" }));
    }
    links
}

/// Hours and minutes from an instant to a later one; none without one.
fn duration(starts: Timestamp, ends: Option<Timestamp>) -> String {
    let seconds = ends.map_or(0, |ends| ends.as_second().saturating_sub(starts.as_second())).max(0);
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}
