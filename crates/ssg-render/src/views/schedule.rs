//! The schedule of an event as a grid: rows are boundaries in time, columns are rooms.
//!
//! No two slots lie on one another: those with the same area are a stack, which a template shows one below
//! the other, and those whose areas only touch each other have lanes.

mod lanes;

use self::lanes::{Area, Lane, lanes};
use super::card::term_reference;
use super::{date_value, media_view};
use crate::dates;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use jiff::Zoned;
use jiff::civil::Date;
use ssg_taxonomy::facets::{Schedule, Slot};
use ssg_taxonomy::{LangId, PageKey};
use std::collections::BTreeMap;
use tera::Value;

/// The days of an event's schedule, in order; slots without a time come last, on a day without a
/// date.
pub(crate) fn schedule_view(reads: &Reads, event: PageKey, language: LangId) -> Value {
    let schedule = reads.get::<Schedule>(&event);
    let mut days: BTreeMap<(bool, Option<Date>), Vec<&Slot>> = BTreeMap::new();
    for slot in schedule.iter().flat_map(|schedule| &schedule.0) {
        let day = slot.starts.as_ref().map(Zoned::date);
        days.entry((day.is_none(), day)).or_default().push(slot);
    }
    let day = |((_, day), slots): ((bool, Option<Date>), Vec<&Slot>)| day_view(reads, day, &slots, language);
    Value::from(days.into_iter().map(day).collect::<Vec<_>>())
}

fn day_view(reads: &Reads, day: Option<Date>, slots: &[&Slot], language: LangId) -> Value {
    let mut rooms: Vec<&str> = Vec::new();
    let mut boundaries: Vec<&Zoned> = Vec::new();
    for slot in slots {
        if let Some(room) = slot.room.as_deref().filter(|room| !rooms.contains(room)) {
            rooms.push(room);
        }
        boundaries.extend(slot.starts.iter().chain(&slot.ends));
    }
    boundaries.sort();
    boundaries.dedup_by(|a, b| a.timestamp() == b.timestamp());
    let rows: Vec<Value> = boundaries
        .iter()
        .enumerate()
        .map(|(index, at)| Table::new().set("time", time(at)).set("line", index + 1).done())
        .collect();
    let places: Vec<Place> = slots.iter().map(|slot| place(slot, slots, &rooms)).collect();
    if places.contains(&Place::Beside) {
        rooms.push("");
    }
    let areas: Vec<Area> =
        slots.iter().zip(places).map(|(slot, place)| area(slot, place, rooms.len(), &boundaries)).collect();
    let shown = slots.iter().zip(&areas).zip(lanes(&areas));
    let slots: Vec<Value> =
        shown.map(|((slot, area), lane)| slot_view(reads, slot, *area, lane, language)).collect();
    Table::new()
        .set("date", day.map(|day| day.to_string()))
        .set("label", day.map_or_else(String::new, |day| day_label(reads, day, language)))
        .set("rooms", rooms)
        .set("rows", rows)
        .set("slots", slots)
        .done()
}

/// A day in words, as the theme has them in the language.
fn day_label(reads: &Reads, day: Date, language: LangId) -> String {
    let lang = reads.tag(language);
    let form = reads.word(&lang, "date-day", "%A, %-d %B %Y");
    dates::day_label(day, &form, &lang)
}

/// Whether two slots take place at the same time; one without an end lasts no time.
fn overlap(a: &Slot, b: &Slot) -> bool {
    let (Some(a_start), Some(b_start)) = (&a.starts, &b.starts) else { return false };
    let a_end = a.ends.as_ref().unwrap_or(a_start);
    let b_end = b.ends.as_ref().unwrap_or(b_start);
    a_start.timestamp() == b_start.timestamp()
        || (a_start.timestamp() < b_end.timestamp() && b_start.timestamp() < a_end.timestamp())
}

/// Where a slot is among the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In all of them.
    Across,
    /// In that of its room.
    Room(usize),
    /// In one without a name after the rooms: it is nowhere in particular while rooms are in use.
    Beside,
}

fn place(slot: &Slot, slots: &[&Slot], rooms: &[&str]) -> Place {
    let mut others = slots.iter().filter(|other| !std::ptr::eq(**other, slot) && overlap(slot, other));
    let column = slot.room.as_deref().and_then(|room| rooms.iter().position(|other| *other == room));
    match column {
        Some(column) if others.next().is_some() => Place::Room(column),
        None if others.any(|other| other.room.is_some()) => Place::Beside,
        _ => Place::Across,
    }
}

fn area(slot: &Slot, place: Place, columns: usize, boundaries: &[&Zoned]) -> Area {
    let line = |at: &Zoned| {
        boundaries
            .iter()
            .position(|boundary| boundary.timestamp() == at.timestamp())
            .map_or(1, |index| index + 1)
    };
    let row_start = slot.starts.as_ref().map_or(1, line);
    let row_end = slot.ends.as_ref().map_or(row_start + 1, line).max(row_start + 1);
    let (column_start, column_end) = match place {
        Place::Across => (1, columns.max(1) + 1),
        Place::Room(column) => (column + 1, column + 2),
        Place::Beside => (columns, columns + 1),
    };
    Area { row_start, row_end, column_start, column_end }
}

fn slot_view(reads: &Reads, slot: &Slot, area: Area, lane: Lane, language: LangId) -> Value {
    let minutes = match (&slot.starts, &slot.ends) {
        (Some(starts), Some(ends)) => {
            (ends.timestamp().as_second() - starts.timestamp().as_second()).max(0) / 60
        }
        _ => 0,
    };
    let nearest = slot.talk.map(|key| reads.nearest(key, language));
    let page = nearest.and_then(|key| reads.card(&key));
    let translated = page.as_ref().filter(|_| nearest != slot.talk);
    let talk = page.as_ref().and_then(|page| page.talk.as_ref());
    let speakers: Vec<Value> =
        slot.speakers.iter().filter_map(|term| Some(term_reference(&*reads.term(term)?, language))).collect();
    Table::new()
        .set("starts", date_value(slot.starts.as_ref()))
        .set("ends", date_value(slot.ends.as_ref()))
        .set("start_time", slot.starts.as_ref().map(time))
        .set("end_time", slot.ends.as_ref().map(time))
        .set("row_start", area.row_start)
        .set("row_end", area.row_end)
        .set("column_start", area.column_start)
        .set("column_end", area.column_end)
        .set("area", slot.starts.as_ref().map(|_| area.css()))
        .set("lane", lane.number)
        .set("lanes", lane.of)
        .set("minutes", minutes)
        .set("kind", slot.kind.as_str())
        .set("drawn", slot.drawn)
        .set("title", translated.map_or(&slot.title, |page| &page.title).as_str())
        .set("path", page.as_ref().map(|page| page.path.to_string()))
        .set("room", slot.room.clone())
        .set("track", slot.track.clone())
        .set("speakers", speakers)
        .set("slides", media_view(talk.and_then(|talk| talk.slides.as_ref())))
        .set("video", media_view(talk.and_then(|talk| talk.video.as_ref())))
        .done()
}

fn time(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}
