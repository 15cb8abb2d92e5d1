//! Since when a page is known to readers of feeds.

use crate::event::{Event, moment};
use crate::ids::PageId;
use crate::page::{Kind, Page};
use crate::site::Site;
use jiff::{Timestamp, Zoned};

/// Whether and when readers of feeds were told of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Announced {
    /// No feed has it yet.
    NotYet,
    /// Nothing ties it to a day.
    Undated,
    /// Then.
    On(Zoned),
}

impl Announced {
    /// On a day that has passed.
    fn by(day: Option<Zoned>, instant: Timestamp) -> Self {
        match day {
            Some(day) if day.timestamp() <= instant => Self::On(day),
            _ => Self::NotYet,
        }
    }

    fn of(date: Option<&Zoned>) -> Self {
        date.map_or(Self::Undated, |date| Self::On(date.clone()))
    }
}

/// Whether and when a page was announced.
///
/// Of an event or a talk the day is its `date`. An event without one was announced when its call for papers or its
/// registration opened last, a talk when the programme was; all of them are known once the event is over.
pub(crate) fn announced(site: &Site, id: PageId, instant: Timestamp) -> Announced {
    let page = site.page(id);
    // What is said of an event is said of its translations.
    let original = site.page(site.original(id));
    match page.kind {
        Kind::Event => {
            let Some(event) = site.event_of(id) else { return Announced::of(page.date.as_ref()) };
            let own = written(page, event).or_else(|| written(original, event));
            let day = own.or_else(|| opened(original, event, instant)).or_else(|| over(event, instant));
            Announced::by(day, instant)
        }
        Kind::Talk => {
            let event = page.talk.as_ref().and_then(|talk| site.events.get(talk.event?));
            let own = [page, original].into_iter().find_map(|page| front_date(page, &site_zone(page, event)));
            let Some(event) = event else {
                let day = own.or_else(|| page.date.clone());
                return if day.is_none() { Announced::Undated } else { Announced::by(day, instant) };
            };
            let programme = || programme(site.page(event.page), event);
            let passed = |at: &Zoned| at.timestamp() <= instant;
            let day = own.or_else(|| programme().filter(passed));
            // A talk that is said to come after its event is known when that is over.
            let held = |start: Zoned| page.date.clone().filter(|date| *date <= event.end).unwrap_or(start);
            Announced::by(day.or_else(|| over(event, instant).map(held)), instant)
        }
        Kind::Page | Kind::Post | Kind::Term => Announced::of(page.date.as_ref()),
    }
}

/// The day that somebody wrote as that of the announcement of an event or a talk.
#[must_use]
pub(crate) fn announced_on(site: &Site, id: PageId) -> Option<Zoned> {
    let page = site.page(id);
    match page.kind {
        Kind::Event => written(page, site.event_of(id)?),
        Kind::Talk => {
            let event = page.talk.as_ref().and_then(|talk| site.events.get(talk.event?));
            front_date(page, &site_zone(page, event))
        }
        Kind::Page | Kind::Post | Kind::Term => None,
    }
}

impl Site {
    /// The days from which on events and talks are known, as far as they do not follow from when their event ends or
    /// from its windows.
    pub fn announcements(&self) -> impl Iterator<Item = (PageId, Zoned)> {
        let timed = self.numbered_pages().filter(|(_, page)| matches!(page.kind, Kind::Event | Kind::Talk));
        timed.filter_map(|(id, page)| {
            let is_alone = page.talk.as_ref().is_none_or(|talk| talk.event.is_none());
            let own = announced_on(self, id);
            Some((id, own.or_else(|| page.date.clone().filter(|_| is_alone))?))
        })
    }
}

/// Whether a day of its own, written by somebody, says when an event or a talk was announced.
#[must_use]
pub(crate) fn is_dated(page: &Page) -> bool {
    page.document.front.date.is_some()
}

fn site_zone(page: &Page, event: Option<&Event>) -> jiff::tz::TimeZone {
    event.map_or_else(
        || page.date.as_ref().map_or(jiff::tz::TimeZone::UTC, |date| date.time_zone().clone()),
        |event| event.zone.clone(),
    )
}

fn front_date(page: &Page, zone: &jiff::tz::TimeZone) -> Option<Zoned> {
    moment(page.document.front.date.as_ref(), zone)
}

/// The `date` of an event, where that is not the day on which it takes place.
fn written(page: &Page, event: &Event) -> Option<Zoned> {
    let table = page.document.front.event.as_deref()?;
    let has_start = table.start.is_some() || table.open_start.is_some();
    front_date(page, &event.zone).filter(|_| has_start)
}

/// The last opening that has passed, of the call for papers or of the registration.
fn opened(page: &Page, event: &Event, instant: Timestamp) -> Option<Zoned> {
    let table = page.document.front.event.as_deref()?;
    let windows = [&table.cfp, &table.registration].into_iter().flatten();
    let opened = windows.filter_map(|window| moment(window.opens.as_ref(), &event.zone));
    opened.filter(|at| at.timestamp() <= instant).max_by_key(Zoned::timestamp)
}

/// When the programme of an event was announced.
fn programme(page: &Page, event: &Event) -> Option<Zoned> {
    let cfp = page.document.front.event.as_deref()?.cfp.as_ref()?;
    moment(cfp.announced.as_ref(), &event.zone)
}

/// The start of an event that is over.
fn over(event: &Event, instant: Timestamp) -> Option<Zoned> {
    (event.end.timestamp() <= instant).then(|| event.start.clone())
}
