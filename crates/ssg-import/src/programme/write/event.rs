//! The file of an event: its days, its zone, and the rows of its schedule that are no talks.

use super::clock::Clock;
use crate::front::Front;
use crate::programme::model::{Moment, Programme, Session, Slot};
use crate::programme::prose;
use crate::slug::slug;
use crate::{EventOptions, Guess};
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use ssg_source::SitePath;
use std::collections::HashMap;

/// The hour until which what begins belongs to the evening before, where an event's file says nothing.
const DAY_ENDS: Time = Time::constant(6, 0, 0, 0);

/// The file of an event while it is made.
pub(super) struct EventFile {
    path: SitePath,
    title: String,
    first: Option<Date>,
    last: Option<Date>,
    zone: Option<String>,
    day_ends: Option<Time>,
    rows: Vec<Row>,
    /// Ids of rows, and how often each was wanted.
    ids: HashMap<String, usize>,
}

/// A row of the schedule.
#[derive(Default)]
struct Row {
    at: Option<DateTime>,
    id: String,
    starts: String,
    ends: String,
    room: String,
    kind: String,
    title: String,
    talk: String,
    summary: String,
    is_cancelled: bool,
}

/// When and where a talk is, as its file says it; empty where rows say it.
#[derive(Default)]
pub(super) struct Place {
    pub starts: String,
    pub ends: String,
    pub room: String,
}

impl EventFile {
    pub fn new(programme: &Programme, options: &EventOptions<'_>, clock: &Clock) -> Self {
        let path = options.site.index.as_ref().map(|(path, _)| path.clone());
        let own = || SitePath::new(&format!("content/events/{}/index.md", options.event)).unwrap_or_default();
        let slots = || programme.sessions.iter().flat_map(|session| &session.slots);
        let day_ends = day_ends(programme, clock);
        let limit = day_ends.unwrap_or(DAY_ENDS);
        let days = || slots().filter_map(|slot| day_of(slot, limit, clock));
        let title = programme.title.as_deref().map(prose::line).filter(|title| !title.is_empty());
        // Of a source whose end is missing not all days are known.
        let is_known = !programme.is_cut || path.is_none();
        Self {
            path: path.unwrap_or_else(own),
            title: title.unwrap_or_else(|| options.event.clone()),
            first: days().chain(programme.first).min().filter(|_| is_known),
            last: days().chain(programme.last).max().filter(|_| is_known),
            zone: clock.name.clone(),
            day_ends,
            rows: Vec::new(),
            ids: HashMap::new(),
        }
    }

    pub fn path(&self) -> SitePath {
        self.path.clone()
    }

    pub fn title(&self) -> String {
        self.title.clone()
    }

    /// When and where a talk is. One that is given several times has a row for each.
    pub fn place(&mut self, session: &Session, talk: &str, clock: &Clock, notes: &mut Vec<Guess>) -> Place {
        if let [slot] = session.slots.as_slice() {
            let (starts, ends) = times(slot, clock, notes);
            return Place { starts, ends, room: prose::line(&slot.room) };
        }
        for slot in &session.slots {
            let (starts, ends) = times(slot, clock, notes);
            let id = self.id(talk);
            self.rows.push(Row {
                at: slot.starts.and_then(|starts| clock.local(starts)),
                id,
                starts,
                ends,
                room: prose::line(&slot.room),
                talk: talk.to_owned(),
                ..Row::default()
            });
        }
        Place::default()
    }

    /// Adds a break or the like.
    pub fn pause(&mut self, session: &Session, kind: &str, clock: &Clock, notes: &mut Vec<Guess>) {
        let title = prose::line(&session.title);
        for slot in &session.slots {
            let (starts, ends) = times(slot, clock, notes);
            let at = slot.starts.and_then(|starts| clock.local(starts));
            let day = at.map_or_else(String::new, |at| format!("-{}", at.date()));
            let name = match (&session.id, slug(&title)) {
                (Some(id), _) if !slug(id).is_empty() && !id.contains('@') => slug(id),
                (_, title) if title.is_empty() => format!("{kind}{day}"),
                (_, title) => format!("{title}{day}"),
            };
            let id = self.id(&name);
            self.rows.push(Row {
                at,
                id,
                starts,
                ends,
                room: prose::line(&slot.room),
                kind: kind.to_owned(),
                title: title.clone(),
                summary: prose::line(if session.summary.is_empty() {
                    &session.text
                } else {
                    &session.summary
                }),
                is_cancelled: session.is_cancelled,
                ..Row::default()
            });
        }
        if session.slots.is_empty() {
            notes.push(Guess::new(0, "it has no time, and was left out"));
        }
    }

    /// An id for a row, which stays while the source has the same rows.
    fn id(&mut self, name: &str) -> String {
        let count = self.ids.entry(name.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 { name.to_owned() } else { format!("{name}-{count}") }
    }

    /// The file.
    pub fn page(mut self, format: &str) -> Vec<u8> {
        self.rows.sort_by(|a, b| (a.at.is_none(), a.at, &a.id).cmp(&(b.at.is_none(), b.at, &b.id)));
        let mut front = Front::default();
        front.text("title", &self.title);
        front.table("event");
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        front.raw("start", &day(self.first));
        front.raw("end", &day(self.last.filter(|last| Some(*last) != self.first)));
        front.text("timezone", self.zone.as_deref().unwrap_or(""));
        front.text(
            "day_ends",
            &self.day_ends.map_or_else(String::new, |hour| hour.strftime("%H:%M").to_string()),
        );
        for row in &self.rows {
            front.row("event.schedule").text("id", &row.id);
            front.raw("starts", &row.starts).raw("ends", &row.ends);
            front.text("room", &row.room).text("kind", &row.kind).text("title", &row.title);
            front.text("talk", &row.talk).text("abstract", &row.summary);
            if row.is_cancelled {
                front.raw("cancelled", "true");
            }
        }
        front.table("extra.import").text("source", format);
        front.page("")
    }
}

/// When a slot starts and ends, as front matter has it; empty for what is not known.
fn times(slot: &Slot, clock: &Clock, notes: &mut Vec<Guess>) -> (String, String) {
    let Some(starts) = slot.starts else { return Default::default() };
    let Some(written) = clock.written(starts) else {
        notes.push(Guess::new(0, "its time is out of bounds, and was left out"));
        return Default::default();
    };
    let ends = slot.ends.and_then(|ends| match (starts.instant(&clock.zone), ends.instant(&clock.zone)) {
        (Some(starts), Some(instant)) if instant > starts => clock.written(ends),
        (None, _) => clock.written(ends).filter(|ends| *ends > written),
        _ => {
            notes.push(Guess::new(0, "it ends before it starts; its end was left out"));
            None
        }
    });
    let after = || -> Option<Timestamp> {
        let length = SignedDuration::from_mins(slot.minutes?);
        starts.instant(&clock.zone)?.checked_add(length).ok()
    };
    let ends = ends.or_else(|| Some(clock.of_instant(after()?)));
    (written, ends.unwrap_or_default())
}

/// The day of the programme that a slot belongs to, where days last until an hour.
fn day_of(slot: &Slot, limit: Time, clock: &Clock) -> Option<Date> {
    let starts = slot.starts?;
    let local = clock.local(starts)?;
    if local.time() < limit && !matches!(starts, Moment::Day(_)) {
        return local.date().yesterday().ok();
    }
    Some(local.date())
}

/// The hour until which a day lasts, where the usual one puts a slot on another day than the source does.
fn day_ends(programme: &Programme, clock: &Clock) -> Option<Time> {
    let slots = || {
        let slots = programme.sessions.iter().flat_map(|session| &session.slots);
        // What is days off was put there by the source, and no hour would change that.
        slots.filter(|slot| {
            let local = slot.starts.and_then(|starts| clock.local(starts));
            local.zip(slot.day).is_some_and(|(local, day)| {
                local.date() == day || local.date().yesterday().is_ok_and(|before| before == day)
            })
        })
    };
    let fits = |limit: Time| slots().all(|slot| day_of(slot, limit, clock) == slot.day);
    if fits(DAY_ENDS) {
        return None;
    }
    let hours = (0..=12).filter_map(|hour| Time::new(hour, 0, 0, 0).ok());
    programme.day_ends.into_iter().chain(hours.rev()).find(|hour| hour.hour() <= 12 && fits(*hour))
}
