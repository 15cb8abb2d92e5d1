//! `score`: the programme of an event as a drawing.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use super::inks::ink_of;
use crate::drawings::score::{Session, Size, is_drawn, score};
use crate::entry::{Entry, entry};
use crate::links::href;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use jiff::Zoned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{EventTalks, Schedule, Slot, TalkById};
use ssg_taxonomy::{LangId, PageKey};
use std::collections::HashMap;
use tera::{Error, TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Score {
    event: String,
    /// Ids of talks that are lit; without them all are.
    lit: Option<Vec<String>>,
    size: Shown,
    language: LangId,
}

/// How large it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Shown {
    Cover,
    Whole,
    Days,
}

impl Function for Score {
    const NAME: &'static str = "score";
    const ARGUMENTS: &'static [&'static str] = &["event", "lit", "size"];
    const ROWS: &'static [Entry] = &[entry(
        &["score(event=…)", "score(event=…, lit=[…])", "score(event=…, size=\"cover\")"],
        "table or null",
        "the programme of an event drawn: `{svg, ink, rows, sessions, lit, rooms, tracks, days}`; null where there is no session; `lit` has ids of talks that stand out; `size` is `whole`, `cover` for less than 200 px, or `days`, for which each of `days` has an `svg` whose sessions are links: `{date, svg, hours}`, `hours` being `{hour, at}` with `at` in percent of the width",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let size = match arguments.optional("size")?.as_deref() {
            None | Some("whole") => Shown::Whole,
            Some("cover") => Shown::Cover,
            Some("days") => Shown::Days,
            Some(other) => {
                return Err(Error::message(format!("`size` is `{other}`: there are whole, cover and days")));
            }
        };
        Ok(Self {
            event: arguments.text("event")?,
            lit: arguments.texts("lit")?,
            size,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let drawn = event_of(reads, &self.event).and_then(|event| self.draw(reads, event));
        Ok(Answer::Value(drawn.unwrap_or_else(Value::none)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the score of `{}`", self.event)
    }
}

/// Sessions of a drawing in which some stand out: of a larger programme those around the first of these, so that the
/// drawings on the pages of all its talks take no more together than its size asks for.
const MOST_AROUND: usize = 150;

/// Names in the order in which they occurred.
#[derive(Default)]
struct Names<'n> {
    all: Vec<&'n str>,
    numbers: HashMap<&'n str, usize>,
}

impl<'n> Names<'n> {
    /// A name's place among those that occurred before it.
    fn number(&mut self, name: Option<&'n str>) -> Option<usize> {
        let Self { all, numbers } = self;
        let name = name?;
        Some(*numbers.entry(name).or_insert_with(|| {
            all.push(name);
            all.len() - 1
        }))
    }
}

/// At most [`MOST_AROUND`] of these, around the first for which `is_lit` holds.
fn around<T>(all: &[T], is_lit: impl Fn(&T) -> bool) -> &[T] {
    let first = all.iter().position(is_lit).unwrap_or(0);
    let start = first.saturating_sub(MOST_AROUND / 2).min(all.len().saturating_sub(MOST_AROUND));
    all.get(start..).and_then(|rest| rest.get(..MOST_AROUND.min(rest.len()))).unwrap_or(all)
}

impl Score {
    fn draw(&self, reads: &Reads, event: PageKey) -> Option<Value> {
        let schedule = reads.get::<Schedule>(&event)?;
        if !schedule.0.iter().any(|slot| is_drawn(slot.drawn)) {
            return self.without_schedule(reads, event);
        }
        let slots: Vec<&Slot> = schedule.0.iter().filter(|slot| is_drawn(slot.drawn)).collect();
        let lit = self.lit_talks(reads);
        let is_lit =
            |slot: &Slot| lit.as_ref().is_none_or(|lit| slot.talk.is_some_and(|talk| lit.contains(&talk)));
        let slots = if lit.is_some() { around(&slots, |slot| is_lit(slot)) } else { &slots };
        let mut days: Vec<Date> =
            slots.iter().filter(|slot| !slot.is_day).filter_map(|slot| slot.day).collect();
        days.sort_unstable();
        days.dedup();
        let (mut rooms, mut tracks) = (Names::default(), Names::default());
        let sessions: Vec<Session> = slots
            .iter()
            .map(|slot| Session {
                day: slot.day.and_then(|day| days.binary_search(&day).ok()).unwrap_or(0),
                starts: slot.starts.as_ref().filter(|_| !slot.is_day).and_then(|at| minutes(at, slot.day)),
                ends: slot.ends.as_ref().filter(|_| !slot.is_day).and_then(|at| minutes(at, slot.day)),
                room: rooms.number(slot.room.as_deref()),
                track: tracks.number(slot.track.as_deref()),
                kind: slot.drawn,
                people: slot.speakers.len(),
                lit: is_lit(slot),
                cancelled: slot.cancelled,
                link: (self.size == Shown::Days).then(|| self.link(reads, slot)).flatten(),
            })
            .collect();
        let is_off = reads.event(&event).is_some_and(|event| event.cancelled);
        let draw = |size| score(&sessions, rooms.all.len(), days.len(), size, lit.is_some(), is_off);
        let whole = draw(if self.size == Shown::Cover { Size::Cover } else { Size::Whole })?;
        let of_days: Vec<Value> = days
            .iter()
            .enumerate()
            .filter(|_| self.size == Shown::Days)
            .filter_map(|(number, day)| {
                let drawn = draw(Size::Day(number))?;
                let hour = |(hour, at): &(i64, f64)| {
                    Table::new().set("hour", format!("{hour:02}")).set("at", *at).done()
                };
                let hours: Vec<Value> = drawn.hours.iter().map(hour).collect();
                Some(
                    Table::new()
                        .set("date", day.to_string())
                        .set("svg", html(&drawn.svg))
                        .set("hours", hours)
                        .done(),
                )
            })
            .collect();
        let is_talk = |session: &&Session| session.kind != "open-space";
        let count = sessions.iter().filter(is_talk).count();
        let bright = sessions.iter().filter(is_talk).filter(|session| session.lit).count();
        Some(
            Table::new()
                .set("svg", if self.size == Shown::Days { Value::none() } else { html(&whole.svg) })
                .set("ink", ink_of(reads, event))
                .set("rows", whole.rows)
                .set("sessions", count)
                .set("lit", bright)
                .set("rooms", rooms.all)
                .set("tracks", tracks.all)
                .set("days", of_days)
                .done(),
        )
    }

    /// The talks that stand out.
    fn lit_talks(&self, reads: &Reads) -> Option<Vec<PageKey>> {
        let key = |id: &String| Some(reads.get::<TalkById>(&id.as_str().into())?.0);
        self.lit.as_ref().map(|ids| ids.iter().filter_map(key).collect())
    }

    /// An event of which only the talks are known: in their order, equally long, with tracks as rows.
    fn without_schedule(&self, reads: &Reads, event: PageKey) -> Option<Value> {
        let talks = reads.get::<EventTalks>(&event)?;
        let lit = self.lit_talks(reads);
        let is_lit = |talk: &PageKey| lit.as_ref().is_none_or(|lit| lit.contains(talk));
        let talks = if lit.is_some() { around(&talks.0, is_lit) } else { &talks.0 };
        let cards: Vec<_> = talks.iter().filter_map(|key| Some((key, reads.card(key)?))).collect();
        let mut tracks = Names::default();
        let sessions: Vec<Session> = cards
            .iter()
            .filter_map(|(key, card)| {
                let talk = card.talk.as_ref().filter(|talk| is_drawn(talk.drawn))?;
                Some(Session {
                    day: 0,
                    starts: None,
                    ends: None,
                    room: None,
                    track: tracks.number(talk.track.as_deref()),
                    kind: talk.drawn,
                    people: 0,
                    lit: is_lit(key),
                    cancelled: talk.cancelled,
                    link: None,
                })
            })
            .collect();
        let is_off = reads.event(&event).is_some_and(|event| event.cancelled);
        let size = if self.size == Shown::Cover { Size::Cover } else { Size::Whole };
        let drawn = score(&sessions, 1, 1, size, self.lit.is_some(), is_off)?;
        Some(
            Table::new()
                .set("svg", html(&drawn.svg))
                .set("ink", ink_of(reads, event))
                .set("rows", drawn.rows)
                .set("sessions", sessions.len())
                .set("lit", sessions.iter().filter(|session| session.lit).count())
                .set("rooms", Vec::<String>::new())
                .set("tracks", tracks.all)
                .set("days", Vec::<Value>::new())
                .done(),
        )
    }

    /// Where a session leads, with its title.
    fn link(&self, reads: &Reads, slot: &Slot) -> Option<(String, String)> {
        let card = reads.card(&reads.nearest(slot.talk?, self.language))?;
        Some((href(reads, &card.path), card.title.clone()))
    }
}

/// Minutes from the midnight that a day begins with, by the clock on the wall.
fn minutes(at: &Zoned, day: Option<Date>) -> Option<i64> {
    let days = i64::from(at.date().since(day?).ok()?.get_days());
    Some(days * 24 * 60 + i64::from(at.hour()) * 60 + i64::from(at.minute()))
}
