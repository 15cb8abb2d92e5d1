//! Slots that get in each other's way: two talks in one room, a person in two places, a talk that
//! runs into a break.
//!
//! Talks in different rooms are parallel tracks, and no fault. Where an event names no room at all,
//! tracks stand for rooms, and without those it is taken to have a single one. A row that is no talk
//! may hold talks, as a block of ignites does. A break in no room is for all: a talk may not begin
//! before its end and last longer than it, or the other way round, while a workshop or an open space
//! may. Slots without an end last no time. What is online and in no room is on no stage.

use super::schedule::Classified;
use crate::event::Slot;
use crate::ids::TermId;
use crate::kinds::SESSION_KINDS;
use crate::site::Site;
use jiff::Timestamp;
use ssg_source::hash::HashMap;
use ssg_source::{Code, Diagnostic, Diagnostics, codes};

/// How many talks are compared with a row.
const MOST: usize = 256;

/// Where a slot takes place, for telling whether another is there too.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Where<'s> {
    Room(&'s str),
    Track(&'s str),
    /// The event's only room.
    Only,
    /// On no stage, at the stream or the meeting of an address; empty for one of which it is not told.
    Afar(&'s str),
}

/// A slot in time and space.
#[derive(Clone, Copy)]
struct Booking<'a, 's> {
    placed: &'a Classified<'s>,
    from: Timestamp,
    /// Not before `from`.
    to: Timestamp,
    place: Option<Where<'s>>,
}

impl Booking<'_, '_> {
    fn kind(&self) -> &str {
        self.placed.slot.drawn
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.from == other.from || (self.from < other.to && other.from < self.to)
    }

    /// Whether it is online and in no room.
    fn is_afar(&self) -> bool {
        self.placed.slot.online.is_some() && self.placed.slot.room.is_none()
    }

    fn holds(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Talks of one block are listed with the times of the block.
    fn shares_block_with(&self, other: &Self) -> bool {
        self.kind() == other.kind() && matches!(self.kind(), "ignite" | "open-space")
    }
}

/// Warns of every slot that gets in the way of another, once for each kind of clash.
pub(super) fn check(site: &Site, slots: &[Classified<'_>], found: &mut Diagnostics) {
    let named = |of: fn(&Classified<'_>) -> bool| slots.iter().any(of);
    let any_room = named(|placed| placed.slot.room.is_some());
    let any_track = named(|placed| placed.slot.track.is_some());
    let mut all: Vec<Booking<'_, '_>> =
        slots.iter().filter_map(|placed| booking(placed, any_room, any_track)).collect();
    all.sort_by_key(|one| (one.from, one.to));
    let (talks, rows): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.placed.slot.talk.is_some());
    check_rooms(&talks, found);
    check_speakers(site, &talks, found);
    check_rows(&talks, &rows, found);
}

fn booking<'a, 's>(placed: &'a Classified<'s>, any_room: bool, any_track: bool) -> Option<Booking<'a, 's>> {
    let slot = placed.slot;
    // What does not take place is in nobody's way.
    let (from, to) = span(slot).filter(|_| placed.is_timed() && !slot.cancelled)?;
    let stream = slot.online.as_ref().map(|online| online.url.as_deref().unwrap_or(""));
    let place = match (&slot.room, &slot.track) {
        (None, _) if stream.is_some_and(|url| !url.is_empty()) => stream.map(Where::Afar),
        (None, None) if stream.is_some() && !any_room && !any_track => stream.map(Where::Afar),
        (Some(room), _) => Some(Where::Room(room)),
        (None, Some(track)) if !any_room => Some(Where::Track(track)),
        (None, None) if !any_room && !any_track => Some(Where::Only),
        _ => None,
    };
    Some(Booking { placed, from, to, place })
}

/// From when to when a slot lasts. What ends before it starts is reported as that.
pub(super) fn span(slot: &Slot) -> Option<(Timestamp, Timestamp)> {
    let from = slot.starts.as_ref()?.timestamp();
    let to = slot.ends.as_ref().map_or(from, jiff::Zoned::timestamp);
    (from <= to).then_some((from, to))
}

fn check_rooms(talks: &[Booking<'_, '_>], found: &mut Diagnostics) {
    let mut last: HashMap<Where<'_>, &Booking<'_, '_>> = HashMap::default();
    for talk in talks {
        let Some(place) = talk.place else { continue };
        let before = last.entry(place).or_insert(talk);
        if !std::ptr::eq(*before, talk) && before.overlaps(talk) && !before.shares_block_with(talk) {
            found.add(overlap(before, talk));
        }
        if talk.to >= before.to {
            *before = talk;
        }
    }
}

/// The warning that two slots overlap, at the later one.
fn overlap(before: &Booking<'_, '_>, later: &Booking<'_, '_>) -> Diagnostic {
    let place = match later.place.or(before.place) {
        Some(Where::Room(room)) => format!(" in {room}"),
        Some(Where::Track(track)) => format!(" in the track {track}"),
        _ => String::new(),
    };
    let message = format!("`{}` overlaps `{}`{place}", later.placed.name(), before.placed.name());
    let warning = at(codes::SCHEDULE_OVERLAP, message, before, later);
    let roomless = later.place == Some(Where::Only);
    warning.hint_if(roomless.then(|| "where they are in different rooms, give each its `room`".to_owned()))
}

fn at(code: Code, message: String, before: &Booking<'_, '_>, later: &Booking<'_, '_>) -> Diagnostic {
    let ((file, span), (other, other_span)) = (later.placed.place(), before.placed.place());
    let times = before.placed.slot.starts.as_ref().zip(before.placed.slot.ends.as_ref());
    let times = times.map_or_else(String::new, |(from, to)| {
        format!(", {} to {}", from.strftime("%H:%M"), to.strftime("%H:%M"))
    });
    Diagnostic::warning(code, message).in_file(&file).at(span).label(
        &other,
        Some(other_span),
        format!("`{}`{times}", before.placed.name()),
    )
}

fn check_speakers(site: &Site, talks: &[Booking<'_, '_>], found: &mut Diagnostics) {
    let mut last: HashMap<TermId, &Booking<'_, '_>> = HashMap::default();
    for talk in talks {
        for speaker in &talk.placed.slot.speakers {
            let before = last.entry(*speaker).or_insert(talk);
            let one_place = before.place.is_some() && before.place == talk.place;
            let one_talk = before.placed.slot.talk == talk.placed.slot.talk;
            if before.overlaps(talk) && !one_talk && !one_place && !before.shares_block_with(talk) {
                let name = &site.term(*speaker).name;
                let (one, other) = (before.placed.name(), talk.placed.name());
                let (code, message) = match (before.is_afar(), talk.is_afar()) {
                    (true, false) => (codes::SPEAKER_ONLINE, on_stage(name, one, other)),
                    (false, true) => (codes::SPEAKER_ONLINE, on_stage(name, other, one)),
                    _ => (
                        codes::SCHEDULE_SPEAKER,
                        format!("{name} speaks in `{one}` and in `{other}` at the same time"),
                    ),
                };
                found.add(at(code, message, before, talk));
            }
            if talk.to >= before.to {
                *before = talk;
            }
        }
    }
}

fn on_stage(name: &str, online: &str, stage: &str) -> String {
    format!("{name} is online in `{online}` and on stage in `{stage}` at the same time")
}

/// Looks for talks in the way of rows that are none: of breaks for all, and of those in their room.
fn check_rows(talks: &[Booking<'_, '_>], rows: &[Booking<'_, '_>], found: &mut Diagnostics) {
    let for_all: Vec<_> =
        talks.iter().filter(|talk| !matches!(talk.kind(), "workshop" | "open-space")).collect();
    let for_all = Line::new(for_all);
    let mut in_room: HashMap<&str, Vec<&Booking<'_, '_>>> = HashMap::default();
    for talk in talks {
        if let Some(Where::Room(room)) = talk.place {
            in_room.entry(room).or_default().push(talk);
        }
    }
    let in_room: HashMap<_, _> = in_room.into_iter().map(|(room, talks)| (room, Line::new(talks))).collect();
    for row in rows.iter().filter(|row| row.from < row.to) {
        let other = match row.place {
            Some(Where::Room(room)) => {
                let block = SESSION_KINDS.contains(&row.kind());
                let fault = |talk: &Booking<'_, '_>| !block || !(row.holds(talk) || talk.holds(row));
                in_room.get(room).and_then(|line| line.first(row, fault))
            }
            _ if row.kind() == "break" => for_all.first(row, |talk| !(row.holds(talk) || talk.holds(row))),
            _ => None,
        };
        if let Some(talk) = other {
            found.add(if talk.from < row.from { overlap(talk, row) } else { overlap(row, talk) });
        }
    }
}

/// Talks in order of their beginnings, with the latest end up to each.
struct Line<'b, 'a, 's> {
    talks: Vec<&'b Booking<'a, 's>>,
    latest: Vec<Timestamp>,
}

impl<'b, 'a, 's> Line<'b, 'a, 's> {
    fn new(talks: Vec<&'b Booking<'a, 's>>) -> Self {
        let mut latest = Vec::with_capacity(talks.len());
        for talk in &talks {
            latest.push(latest.last().map_or(talk.to, |before: &Timestamp| talk.to.max(*before)));
        }
        Self { talks, latest }
    }

    /// A talk that is under way during the row, and is at fault; of very many at once the later ones are
    /// looked at.
    fn first(
        &self,
        row: &Booking<'_, '_>,
        fault: impl Fn(&Booking<'_, '_>) -> bool,
    ) -> Option<&'b Booking<'a, 's>> {
        let end = self.talks.partition_point(|talk| talk.from < row.to);
        let under_way = self.talks.iter().zip(&self.latest).take(end).rev();
        under_way
            .take(MOST)
            .take_while(|(_, latest)| **latest > row.from)
            .map(|(talk, _)| *talk)
            .find(|talk| talk.to > row.from && fault(talk))
    }
}
