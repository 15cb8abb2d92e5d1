//! `score`: the programme of an event as a drawing.

use super::answer::{Answer, Found};
use super::drawn_programme::{DrawnProgramme, Part, Programme};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use super::inks::ink_of;
use crate::drawings::score::{Score as Drawing, Session, Size, score};
use crate::entry::{Entry, entry};
use crate::links::href;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::TalkById;
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

    /// Large drawings in which something stands out are those of one talk or person, whose page alone has them.
    fn is_shared(&self) -> bool {
        self.lit.is_none() || self.size == Shown::Cover
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

/// Sessions as they are drawn, with the names that they stand under.
struct Laid<'p> {
    sessions: Vec<Session>,
    rooms: Vec<&'p str>,
    tracks: Vec<&'p str>,
    days: Vec<Date>,
}

/// Those sessions of a programme that are drawn: all, or those around the first that is lit, where `chosen`.
fn laid(
    programme: &Programme,
    chosen: bool,
    is_lit: impl Fn(&Part) -> bool,
    link: impl Fn(&Part) -> Option<(String, String)>,
) -> Laid<'_> {
    let parts = if chosen { around(&programme.sessions, &is_lit) } else { &programme.sessions[..] };
    let mut days: Vec<Date> = parts.iter().filter_map(|part| part.day).collect();
    days.sort_unstable();
    days.dedup();
    let (mut rooms, mut tracks) = (Names::default(), Names::default());
    let sessions = parts.iter().map(|part| Session {
        day: part.on.and_then(|day| days.binary_search(&day).ok()).unwrap_or(0),
        starts: part.starts,
        ends: part.ends,
        room: rooms.number(part.room.as_deref()),
        track: tracks.number(part.track.as_deref()),
        kind: part.kind,
        people: part.people,
        lit: is_lit(part),
        cancelled: part.cancelled,
        link: link(part),
    });
    let sessions = sessions.collect();
    Laid { sessions, rooms: rooms.all, tracks: tracks.all, days }
}

/// The bars of the cover of the event of a page, as [`crate::drawings::score::cover`] has them; with `lit` that talk
/// stands out. `None` where there is no session.
pub(crate) fn cover_bars(
    reads: &Reads,
    event: PageKey,
    lit: Option<PageKey>,
) -> Option<Vec<(String, Vec<[i64; 4]>)>> {
    let programme = reads.ask(&DrawnProgramme(event));
    let is_lit = |part: &Part| lit.is_none() || part.talk == lit;
    let laid = laid(&programme, lit.is_some(), is_lit, |_| None);
    crate::drawings::score::cover(&laid.sessions, laid.rooms.len(), laid.days.len(), lit.is_some())
}

impl Score {
    fn draw(&self, reads: &Reads, event: PageKey) -> Option<Value> {
        let programme = reads.ask(&DrawnProgramme(event));
        let lit = self.lit_talks(reads);
        let is_lit =
            |part: &Part| lit.as_ref().is_none_or(|lit| part.talk.is_some_and(|talk| lit.contains(&talk)));
        let of_days = self.size == Shown::Days && programme.is_scheduled;
        let link = |part: &Part| of_days.then(|| self.link(reads, part.talk?)).flatten();
        let Laid { sessions, rooms, tracks, days } = laid(&programme, lit.is_some(), is_lit, link);
        let draw = |size| score(&sessions, rooms.len(), days.len(), size, lit.is_some(), programme.is_off);
        let whole = draw(if self.size == Shown::Cover { Size::Cover } else { Size::Whole })?;
        let by_day: Vec<Value> = days
            .iter()
            .enumerate()
            .filter(|_| of_days)
            .filter_map(|(number, day)| Some(shown_day(*day, &draw(Size::Day(number))?)))
            .collect();
        let is_counted = |session: &&Session| !programme.is_scheduled || session.kind != "open-space";
        let count = sessions.iter().filter(is_counted).count();
        let bright = sessions.iter().filter(is_counted).filter(|session| session.lit).count();
        Some(
            Table::new()
                .set("svg", if of_days { Value::none() } else { html(&whole.svg) })
                .set("ink", ink_of(reads, event))
                .set("rows", whole.rows)
                .set("sessions", count)
                .set("lit", bright)
                .set("rooms", rooms)
                .set("tracks", tracks)
                .set("days", by_day)
                .done(),
        )
    }

    /// The talks that stand out.
    fn lit_talks(&self, reads: &Reads) -> Option<Vec<PageKey>> {
        let key = |id: &String| Some(reads.get::<TalkById>(&id.as_str().into())?.0);
        self.lit.as_ref().map(|ids| ids.iter().filter_map(key).collect())
    }

    /// Where a session leads, with its title.
    fn link(&self, reads: &Reads, talk: PageKey) -> Option<(String, String)> {
        let card = reads.card(&reads.nearest(talk, self.language))?;
        Some((href(reads, &card.path), card.title.clone()))
    }
}

/// A day as templates see it.
fn shown_day(day: Date, drawn: &Drawing) -> Value {
    let hour = |(hour, at): &(i64, f64)| Table::new().set("hour", format!("{hour:02}")).set("at", *at).done();
    let hours: Vec<Value> = drawn.hours.iter().map(hour).collect();
    Table::new().set("date", day.to_string()).set("svg", html(&drawn.svg)).set("hours", hours).done()
}
