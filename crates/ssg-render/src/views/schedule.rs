//! The schedule of an event as a grid: rows are boundaries in time, columns are rooms.
//!
//! No two slots lie on one another: those with the same area are a stack, which a template shows one below
//! the other, and those whose areas only touch each other have lanes.

mod lanes;

use self::lanes::{Area, Lane, lanes};
use super::card::term_reference;
use super::{date_value, media_view};
use crate::dates;
use crate::exports::slot_title;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use ssg_taxonomy::facets::{Schedule, Slot};
use ssg_taxonomy::{LangId, PageKey};
use std::collections::{BTreeMap, HashMap};
use tera::Value;

/// The days of an event's schedule, in order; slots without a time come last, on a day without a
/// date.
pub(crate) fn schedule_view(reads: &Reads, event: PageKey, language: LangId) -> Value {
    let schedule = reads.get::<Schedule>(&event);
    let mut days: BTreeMap<(bool, Option<Date>), Vec<&Slot>> = BTreeMap::new();
    for slot in schedule.iter().flat_map(|schedule| &schedule.0) {
        days.entry((slot.day.is_none(), slot.day)).or_default().push(slot);
    }
    let day = |((_, day), slots): ((bool, Option<Date>), Vec<&Slot>)| day_view(reads, day, &slots, language);
    Value::from(days.into_iter().map(day).collect::<Vec<_>>())
}

fn day_view(reads: &Reads, day: Option<Date>, slots: &[&Slot], language: LangId) -> Value {
    let mut rooms: Vec<&str> = Vec::new();
    let mut columns: HashMap<&str, usize> = HashMap::new();
    let mut boundaries: Vec<&Zoned> = Vec::new();
    for slot in slots {
        if let Some(room) = slot.room.as_deref().filter(|room| !columns.contains_key(room)) {
            columns.insert(room, rooms.len());
            rooms.push(room);
        }
        boundaries.extend(slot.starts.iter().chain(&slot.ends));
    }
    boundaries.sort();
    boundaries.dedup_by(|a, b| a.timestamp() == b.timestamp());
    let (all, in_rooms) = (Busy::new(slots, |_| true), Busy::new(slots, |slot| slot.room.is_some()));
    let place = |(number, slot): (usize, &&Slot)| {
        let column = slot.room.as_deref().and_then(|room| columns.get(room).copied());
        match column {
            Some(column) if all.meets(number, slot) => Column::Room(column),
            None if in_rooms.meets(number, slot) => Column::Unnamed,
            _ => Column::All,
        }
    };
    let places: Vec<Column> = slots.iter().enumerate().map(place).collect();
    if places.contains(&Column::Unnamed) {
        rooms.push("");
    }
    let areas: Vec<Area> =
        slots.iter().zip(places).map(|(slot, place)| area(slot, place, rooms.len(), &boundaries)).collect();
    let rows = rows(&boundaries, slots, &areas);
    let mut zones: Vec<String> = boundaries.iter().map(|at| at.strftime("%Z").to_string()).collect();
    zones.dedup();
    if zones.len() < 2 {
        zones.clear();
    }
    let shown = slots.iter().zip(&areas).zip(lanes(&areas, rooms.len().max(1)));
    let slots: Vec<Value> = shown
        .map(|((slot, area), lane)| slot_view(reads, slot, (*area, lane), !zones.is_empty(), language))
        .collect();
    Table::new()
        .set("date", day.map(|day| day.to_string()))
        .set("label", day.map_or_else(String::new, |day| day_label(reads, day, language)))
        .set("rooms", rooms)
        .set("zones", zones)
        .set("rows", rows)
        .set("slots", slots)
        .done()
}

/// Kinds of slots beside which nothing needs room.
const PAUSES: [&str; 5] = ["break", "registration", "ceremony", "social", "other"];

/// The boundaries in time, with what goes on from each to the next.
fn rows(boundaries: &[&Zoned], slots: &[&Slot], areas: &[Area]) -> Vec<Value> {
    let mut begins = vec![false; boundaries.len()];
    // How many sessions begin at each less those that end there.
    let mut change = vec![0_i64; boundaries.len() + 1];
    for (slot, area) in slots.iter().zip(areas) {
        if let Some(begins) = begins.get_mut(area.row_start - 1) {
            *begins = true;
        }
        if !PAUSES.contains(&slot.drawn)
            && let Some(first) = change.get_mut(area.row_start - 1)
        {
            *first += 1;
            if let Some(end) = change.get_mut(area.row_end - 1) {
                *end -= 1;
            }
        }
    }
    // By instants, for a clock that changes meanwhile shows other minutes.
    let minute = |at: &Zoned| at.timestamp().as_second() / 60;
    let mut sessions = 0;
    let rows = boundaries.iter().enumerate().map(|(index, at)| {
        sessions += change.get(index).copied().unwrap_or(0);
        let next = boundaries.get(index + 1);
        Table::new()
            .set("time", time(at))
            .set("line", index + 1)
            .set("minutes", next.map(|next| (minute(next) - minute(at)).max(0)))
            .set("begins", begins.get(index).copied())
            .set("sessions", sessions)
            .done()
    });
    rows.collect()
}

/// A day in words, as the theme has them in the language.
fn day_label(reads: &Reads, day: Date, language: LangId) -> String {
    let lang = reads.tag(language);
    let form = reads.word(&lang, "date-day", "%A, %-d %B %Y");
    dates::day_label(day, &form, &lang)
}

/// Some slots of a day, for telling whether one of them takes place at the same time as another; one
/// of which only the day is known lasts no time.
struct Busy {
    /// When they start, and their numbers; sorted.
    starts: Vec<(Timestamp, usize)>,
    /// Up to each, which two of them end last.
    latest: Vec<[Option<(Timestamp, usize)>; 2]>,
}

impl Busy {
    fn new(slots: &[&Slot], is_one: impl Fn(&Slot) -> bool) -> Self {
        let wanted = slots.iter().enumerate().filter(|(_, slot)| is_one(slot));
        let mut spans: Vec<(Timestamp, usize, Timestamp)> = wanted
            .filter_map(|(number, slot)| {
                let (from, to) = span(slot)?;
                Some((from, number, to))
            })
            .collect();
        spans.sort_unstable();
        let mut two = [None, None];
        let latest = spans.iter().map(|(_, number, to)| {
            let end = Some((*to, *number));
            if end > two[0] {
                two = [end, two[0]];
            } else if end > two[1] {
                two[1] = end;
            }
            two
        });
        let latest = latest.collect();
        Self { starts: spans.into_iter().map(|(from, number, _)| (from, number)).collect(), latest }
    }

    /// Whether another of them takes place at the same time as the slot of a number.
    fn meets(&self, number: usize, slot: &Slot) -> bool {
        let Some((from, to)) = span(slot) else { return false };
        let first = self.starts.partition_point(|(start, _)| *start < from);
        let together = self.starts[first..].iter().take(2).take_while(|(start, _)| *start == from);
        if together.into_iter().any(|(_, other)| *other != number) {
            return true;
        }
        let before = self.starts.partition_point(|(start, _)| *start < to);
        let latest =
            before.checked_sub(1).and_then(|last| self.latest.get(last)).copied().unwrap_or_default();
        latest.into_iter().flatten().any(|(end, other)| other != number && end > from)
    }
}

fn span(slot: &Slot) -> Option<(Timestamp, Timestamp)> {
    let from = slot.starts.as_ref()?.timestamp();
    Some((from, slot.ends.as_ref().map_or(from, Zoned::timestamp)))
}

/// Where a slot is among the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// In all of them.
    All,
    /// In that of its room.
    Room(usize),
    /// In one without a name after the rooms: it is nowhere in particular while rooms are in use.
    Unnamed,
}

fn area(slot: &Slot, place: Column, columns: usize, boundaries: &[&Zoned]) -> Area {
    let line = |at: &Zoned| {
        boundaries.binary_search_by_key(&at.timestamp(), |boundary| boundary.timestamp()).unwrap_or(0) + 1
    };
    let row_start = slot.starts.as_ref().map_or(1, line);
    let row_end = slot.ends.as_ref().map_or(row_start + 1, line).max(row_start + 1);
    let (column_start, column_end) = match place {
        Column::All => (1, columns.max(1) + 1),
        Column::Room(column) => (column + 1, column + 2),
        Column::Unnamed => (columns, columns + 1),
    };
    Area { row_start, row_end, column_start, column_end }
}

fn slot_view(
    reads: &Reads,
    slot: &Slot,
    (area, lane): (Area, Lane),
    shows_zone: bool,
    language: LangId,
) -> Value {
    let zone_of = |at: &Zoned| at.strftime("%Z").to_string();
    let zone = slot.starts.as_ref().filter(|_| shows_zone && !slot.is_day).map(zone_of);
    let end_zone = slot.ends.as_ref().filter(|_| zone.is_some()).map(zone_of);
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
    let lang = reads.tag(language);
    let replaced_by = slot.replaced_by.and_then(|key| reads.card(&reads.nearest(key, language)));
    let replaced_by = replaced_by
        .map(|page| Table::new().set("title", page.title.as_str()).set("path", &*page.path).done());
    let speakers: Vec<Value> =
        slot.speakers.iter().filter_map(|term| Some(term_reference(&*reads.term(term)?, language))).collect();
    Table::new()
        .set("starts", date_value(slot.starts.as_ref()))
        .set("ends", date_value(slot.ends.as_ref()))
        .set("start_time", slot.starts.as_ref().filter(|_| !slot.is_day).map(time))
        .set("end_time", slot.ends.as_ref().map(time))
        .set("zone", zone.clone())
        .set("end_zone", end_zone.filter(|end_zone| Some(end_zone) != zone.as_ref()))
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
        .set("title", translated.map_or_else(|| slot_title(reads, slot, &lang), |page| page.title.clone()))
        .set("unannounced", slot.is_unannounced)
        .set("cancelled", slot.cancelled)
        .set("replaced_by", replaced_by)
        .set("online", slot.online.as_ref().and_then(|online| online.url.as_deref()))
        .set("description", slot.description.clone())
        .set("path", page.as_ref().map(|page| page.path.to_string()))
        .set("room", slot.room.clone())
        .set("venue", slot.venue.as_ref().and_then(|venue| venue.name.clone()))
        .set("track", slot.track.clone())
        .set("speakers", speakers)
        .set("slides", media_view(talk.map_or(&[], |talk| &talk.slides)))
        .set("video", media_view(talk.map_or(&[], |talk| &talk.video)))
        .done()
}

fn time(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}
