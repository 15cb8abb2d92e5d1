//! Which calendars a site has, and what is in them.
//!
//! An entry is the same in every calendar that has it, so who subscribes to two sees it once. The
//! calendar of an event holds the event and its talks; that of a series, of what is to come and of
//! calls for papers one entry for each event.

mod links;

pub(crate) use links::{Link, links};

use super::{companion_path, event_of_talk, last_change, place, slot_title, stream};
use crate::facets::config::Titles;
use crate::facets::{page, term};
use crate::formats::{Calendar, CalendarEntry, CalendarTime, render_calendar};
use crate::reads::{ReadSite, Reads};
use crate::series::series_reference;
use crate::snapshot::SiteSnapshot;
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ssg_parse::{Attendance, Online, Venue, zone_word};
use ssg_taxonomy::facets::{
    Card, EventCard, EventMoment, EventTable, EventTalks, Events, Originals, Schedule, SeriesOfSlug, Slot,
    TermCard, closing,
};
use ssg_taxonomy::{Kind, LangId, PageKey, TalkTime, TermKey, term_slug};
use std::sync::Arc;

/// Which calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalendarOf {
    /// That of an event or a talk, by its page.
    Page(PageKey),
    /// That of the series of a slug.
    Series(Arc<str>),
    /// That of a term's talks.
    Term(TermKey),
    /// All events: the one to subscribe to, for what is over stays in it.
    All,
    /// What is still to come, and what was in the last year.
    Upcoming,
    /// When calls for papers close.
    Calls,
}

impl CalendarOf {
    /// In words.
    pub(crate) fn words(&self, snapshot: &SiteSnapshot) -> String {
        match self {
            Self::Page(key) => page(snapshot, key),
            Self::Series(slug) => format!("the series {slug}"),
            Self::Term(key) => term(snapshot, key),
            Self::All => "all events".to_owned(),
            Self::Upcoming => "upcoming events".to_owned(),
            Self::Calls => "calls for papers".to_owned(),
        }
    }
}

/// The slug of an event's series.
fn series_of(event: &EventCard) -> Option<String> {
    event.series.as_deref().map(term_slug).filter(|slug| !slug.is_empty())
}

fn events_of_series(reads: &Reads, slug: &Arc<str>) -> Vec<Arc<EventCard>> {
    let events = reads.get::<SeriesOfSlug>(slug).map_or_else(Vec::new, |events| events.0.clone());
    events.iter().filter_map(|key| reads.event(key)).collect()
}

fn all_events(reads: &Reads) -> Vec<Arc<EventCard>> {
    let events = reads.get::<Events>(&()).map_or_else(Vec::new, |events| events.0.clone());
    events.iter().filter_map(|key| reads.event(key)).collect()
}

/// The talks of a term that have a time.
fn talks_of_term(reads: &Reads, key: TermKey) -> Vec<Arc<Card>> {
    let members = reads.get::<Originals>(&key).map_or_else(Vec::new, |members| members.0.0.clone());
    let talks = members.iter().filter(|member| member.kind == Kind::Talk);
    talks.filter_map(|member| reads.card(&member.page)).filter(|card| is_timed(card)).collect()
}

fn is_timed(card: &Card) -> bool {
    card.talk.as_ref().is_some_and(|talk| talk.times.iter().any(|time| time.starts.is_some()))
}

/// Whether the configuration wants the calendar, and there is something to be in it at some time.
pub(crate) fn is_wanted(reads: &Reads, of: &CalendarOf) -> bool {
    let outputs = reads.outputs();
    match of {
        CalendarOf::Page(key) => reads.card(key).is_some_and(|card| match card.event {
            Some(event) => outputs.calendars && has_entries(reads, &event),
            None => outputs.talk_calendars && is_timed(&card),
        }),
        CalendarOf::Series(slug) => outputs.calendars && !events_of_series(reads, slug).is_empty(),
        CalendarOf::Term(key) => reads.term(key).is_some_and(|term| {
            let switch = match &*term.taxonomy {
                "speakers" => outputs.speaker_calendars,
                _ => outputs.tool_calendars,
            };
            switch && !talks_of_term(reads, *key).is_empty()
        }),
        CalendarOf::All | CalendarOf::Upcoming => {
            outputs.calendars && reads.get::<Events>(&()).is_some_and(|events| !events.0.is_empty())
        }
        CalendarOf::Calls => {
            outputs.calendars && all_events(reads).iter().any(|event| has_call(reads, &event.page))
        }
    }
}

/// Whether there is something for the calendar of an event: its days are known, or times of its talks.
fn has_entries(reads: &Reads, event: &PageKey) -> bool {
    reads.event(event).is_some_and(|event| event.open.is_none())
        || reads.get::<Schedule>(event).is_some_and(|all| all.0.iter().any(|slot| slot.starts.is_some()))
}

fn has_call(reads: &Reads, event: &PageKey) -> bool {
    let header = reads.get::<EventTable>(event);
    header.is_some_and(|header| {
        let cfp = header.table.cfp.as_ref().filter(|_| !header.table.cancelled);
        cfp.is_some_and(|cfp| cfp.closes.is_some())
    })
}

/// Where a calendar lies. A series has no page; its calendar lies by those of all events.
pub(crate) fn path(reads: &Reads, of: &CalendarOf) -> String {
    match of {
        CalendarOf::Page(key) => {
            reads.card(key).map_or_else(String::new, |card| companion_path(&card.path, "calendar.ics"))
        }
        CalendarOf::Series(slug) => format!("/events/series/{slug}.ics"),
        CalendarOf::Term(key) => {
            reads.term(key).map_or_else(String::new, |term| companion_path(&term.path, "calendar.ics"))
        }
        CalendarOf::All => "/events/calendar.ics".to_owned(),
        CalendarOf::Upcoming => "/events/upcoming.ics".to_owned(),
        CalendarOf::Calls => "/events/cfp.ics".to_owned(),
    }
}

/// The same, as the snapshot tells it.
pub(crate) fn path_in(snapshot: &SiteSnapshot, of: &CalendarOf) -> String {
    let companion = |path: &str| companion_path(path, "calendar.ics");
    let facets = snapshot.facets();
    match of {
        CalendarOf::Page(key) => {
            facets.get::<Card>(key).into_value().map_or_else(String::new, |card| companion(&card.path))
        }
        CalendarOf::Term(key) => {
            facets.get::<TermCard>(key).into_value().map_or_else(String::new, |term| companion(&term.path))
        }
        CalendarOf::Series(slug) => format!("/events/series/{slug}.ics"),
        CalendarOf::All => "/events/calendar.ics".to_owned(),
        CalendarOf::Upcoming => "/events/upcoming.ics".to_owned(),
        CalendarOf::Calls => "/events/cfp.ics".to_owned(),
    }
}

fn title(reads: &Reads, of: &CalendarOf) -> String {
    let of_the_site = |key: &str, english: &str| {
        let words = reads.word(reads.addressing().main_tag(), key, english);
        let title =
            reads.get::<Titles>(&()).map_or_else(String::new, |titles| titles.main_title().to_owned());
        format!("{words} · {title}")
    };
    match of {
        CalendarOf::Page(key) => reads.card(key).map_or_else(String::new, |card| card.title.clone()),
        CalendarOf::Series(slug) => {
            let series = series_reference(reads, slug, LangId::MAIN);
            let title = series.get_from_path("title").and_then(tera::Value::as_str);
            title.map_or_else(|| slug.to_string(), str::to_owned)
        }
        CalendarOf::Term(key) => reads.term(key).map_or_else(String::new, |term| term.name.clone()),
        CalendarOf::All => of_the_site("calendar-events", "Events"),
        CalendarOf::Upcoming => of_the_site("calendar-upcoming", "Upcoming events"),
        CalendarOf::Calls => of_the_site("calendar-cfp", "Calls for papers"),
    }
}

/// The text of a calendar; `None` where there is none.
pub(crate) fn text(reads: &Reads, of: &CalendarOf) -> Option<String> {
    let entries: Vec<CalendarEntry> = match of {
        CalendarOf::Page(key) => {
            let card = reads.card(key)?;
            match card.event.and_then(|event| reads.event(&event)) {
                Some(event) => {
                    let talks =
                        reads.get::<EventTalks>(&event.page).map_or_else(Vec::new, |all| all.0.clone());
                    let talks = talks.iter().filter_map(|key| reads.card(key));
                    let talks = talks.flat_map(|card| talk_entries(reads, &card));
                    let to_come = unannounced_entries(reads, &event);
                    event_entry(reads, &event).into_iter().chain(talks).chain(to_come).collect()
                }
                None => talk_entries(reads, &card),
            }
        }
        CalendarOf::Series(slug) => {
            events_of_series(reads, slug).iter().filter_map(|event| event_entry(reads, event)).collect()
        }
        CalendarOf::Term(key) => {
            talks_of_term(reads, *key).iter().flat_map(|card| talk_entries(reads, card)).collect()
        }
        CalendarOf::All => all_events(reads).iter().filter_map(|event| event_entry(reads, event)).collect(),
        CalendarOf::Upcoming => {
            // Who has subscribed to it fetches it whole: what was yesterday does not vanish today.
            let is_recent = |event: &EventCard| {
                reads.get::<EventMoment>(&event.page).is_some_and(|moment| !moment.is_long_over)
            };
            let events = all_events(reads);
            events
                .iter()
                .filter(|event| is_recent(event))
                .filter_map(|event| event_entry(reads, event))
                .collect()
        }
        CalendarOf::Calls => all_events(reads).iter().filter_map(|event| call_entry(reads, event)).collect(),
    };
    let grows = !matches!(of, CalendarOf::Page(_));
    Some(render_calendar(&Calendar { title: title(reads, of), entries, grows }))
}

/// An identity that is the site's own, for two sites may write about the same event; it stays when the site moves,
/// where `uid_domain` does.
fn uid(reads: &Reads, what: &str, id: &str) -> String {
    let addressing = reads.addressing();
    format!("{what}-{id}@{}", addressing.uid_domain())
}

/// Entries of an event or talk as far as its page tells; `pages` are those whose changes count.
fn entry(
    reads: &Reads,
    page: &Card,
    pages: &[&Card],
    is_cancelled: bool,
    time: CalendarTime,
) -> CalendarEntry {
    let changed = last_change(pages);
    let minutes = changed.map_or(0, |changed| changed.as_second().max(0) / 60);
    CalendarEntry {
        uid: String::new(),
        time,
        title: page.title.clone(),
        description: String::new(),
        location: String::new(),
        coordinates: None,
        url: reads.permalink(&page.path),
        changed,
        announced: page.announced.as_ref().map(Zoned::timestamp),
        revision: u32::try_from(minutes).unwrap_or(u32::MAX).saturating_add(u32::from(is_cancelled)),
        cancelled: is_cancelled,
        free: false,
    }
}

/// Paragraphs that are not empty.
fn paragraphs(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn coordinates(reads: &Reads, event: &PageKey) -> Option<(f64, f64)> {
    reads.get::<EventTable>(event)?.table.venue.as_ref()?.coordinates
}

fn event_entry(reads: &Reads, event: &EventCard) -> Option<CalendarEntry> {
    // A calendar has days, and no months in which a day will be.
    if event.open.is_some() {
        return None;
    }
    let page = reads.card(&event.page)?;
    let time = if event.starts_as_day && event.ends_as_day {
        CalendarTime::Days(event.start.date(), event.last_day)
    } else {
        let zone = event.start.time_zone().clone();
        let end = if event.ends_as_day || event.last <= event.start { &event.end } else { &event.last };
        CalendarTime::Span(zone, event.start.timestamp(), Some(end.timestamp()))
    };
    let mut entry = entry(reads, &page, &[&page], event.cancelled, time);
    entry.uid = uid(reads, "event", &event.lasting_id);
    entry.description = paragraphs(&[page.description.as_deref().unwrap_or(""), &entry.url]);
    set_place(&mut entry, reads, Some(event), Spot::default());
    Some(entry)
}

/// Where something is at an event.
#[derive(Clone, Copy, Default)]
struct Spot<'a> {
    room: Option<&'a str>,
    venue: Option<&'a Venue>,
    online: Option<&'a Online>,
}

/// Where it is: the room first, and for those who are not there the stream.
fn set_place(entry: &mut CalendarEntry, reads: &Reads, event: Option<&EventCard>, spot: Spot<'_>) {
    let Spot { room, venue, online } = spot;
    entry.location = match event {
        Some(event) => place(reads, event, room, venue),
        None => room.unwrap_or_default().to_owned(),
    };
    let own = venue.map(|venue| venue.coordinates);
    entry.coordinates = own.unwrap_or_else(|| event.and_then(|event| coordinates(reads, &event.page)));
    let Some(stream) = stream(event, online) else { return };
    let nobody_is_there = match event {
        Some(event) => event.attendance == Attendance::Online,
        None => room.is_none(),
    };
    if nobody_is_there {
        let comma = if entry.location.is_empty() { "" } else { ", " };
        entry.location.push_str(comma);
        entry.location.push_str(stream);
    }
    if stream.starts_with("http") {
        entry.url = stream.to_string();
    }
}

/// The entries of a talk, one for each of its times.
fn talk_entries(reads: &Reads, page: &Card) -> Vec<CalendarEntry> {
    let Some(talk) = page.talk.as_ref() else { return Vec::new() };
    let event = event_of_talk(reads, page);
    let of_event = event.as_ref().and_then(|event| reads.card(&event.page));
    let pages: Vec<&Card> = std::iter::once(page).chain(of_event.as_deref()).collect();
    let speakers = page.terms_of("speakers").iter().filter_map(|key| reads.term(key));
    let speakers: Vec<String> = speakers.map(|term| term.name.clone()).collect();
    let description = page.description.as_deref().unwrap_or("");
    let entry_of = |(number, time): (usize, &TalkTime)| {
        let event = event.as_deref();
        let is_cancelled = time.cancelled || event.is_some_and(|event| event.cancelled);
        let when = calendar_time(time.starts.as_ref()?, time.ends.as_ref(), time.is_day);
        let mut entry = entry(reads, page, &pages, is_cancelled, when);
        // The first keeps what it was known by before there were others.
        let id = if number > 1 { format!("{}-{number}", talk.lasting_id) } else { talk.lasting_id.clone() };
        entry.uid = uid(reads, "talk", &id);
        entry.description = paragraphs(&[&speakers.join(", "), description, &entry.url]);
        let (room, venue) = (time.room.as_deref(), time.venue.as_ref());
        set_place(&mut entry, reads, event, Spot { room, venue, online: time.online.as_ref() });
        Some(entry)
    };
    let timed = talk.times.iter().filter(|time| time.starts.is_some());
    (1..).zip(timed).filter_map(entry_of).collect()
}

/// When something takes place: as long as the schedule says, or all of its day.
fn calendar_time(starts: &Zoned, ends: Option<&Zoned>, is_day: bool) -> CalendarTime {
    if is_day {
        return CalendarTime::Days(starts.date(), starts.date());
    }
    let zone = starts.time_zone().clone();
    CalendarTime::Span(zone, starts.timestamp(), ends.map(Zoned::timestamp))
}

/// Talks of an event that are to be announced: they are known by their slots.
fn unannounced_entries(reads: &Reads, event: &EventCard) -> Vec<CalendarEntry> {
    let (Some(page), Some(schedule)) = (reads.card(&event.page), reads.get::<Schedule>(&event.page)) else {
        return Vec::new();
    };
    let lang = reads.tag(page.language);
    let slots = schedule.0.iter().filter(|slot| slot.is_unannounced);
    let entry_of = |slot: &Slot| {
        let when = calendar_time(slot.starts.as_ref()?, slot.ends.as_ref(), slot.is_day);
        let mut entry = entry(reads, &page, &[&page], event.cancelled || slot.cancelled, when);
        entry.uid = uid(reads, "slot", &format!("{}/{}", event.lasting_id, slot.id));
        entry.title = slot_title(reads, slot, &lang);
        entry.description.clone_from(&entry.url);
        let (room, venue) = (slot.room.as_deref(), slot.venue.as_ref());
        set_place(&mut entry, reads, Some(event), Spot { room, venue, online: slot.online.as_ref() });
        Some(entry)
    };
    slots.filter_map(entry_of).collect()
}

/// The last moment, or the last day, at which talks can be proposed, until it has passed.
fn call_entry(reads: &Reads, event: &EventCard) -> Option<CalendarEntry> {
    let page = reads.card(&event.page)?;
    let header = reads.get::<EventTable>(&event.page)?;
    let cfp = header.table.cfp.as_ref()?;
    let closes = cfp.closes.as_ref()?.value;
    // Nobody proposes talks to what does not take place.
    if header.cfp_is_over || event.cancelled {
        return None;
    }
    let zone = event.start.time_zone();
    let last = closing(cfp, &event.start).filter(|last| zone_word(last) == "AoE");
    let time = if let Some(last) = &last {
        CalendarTime::Span(zone.clone(), last.timestamp(), None)
    } else if closes.is_day() {
        let day = closes.day(zone);
        CalendarTime::Days(day, day)
    } else {
        CalendarTime::Span(zone.clone(), closes.start(zone).timestamp(), None)
    };
    let words =
        reads.word(reads.addressing().main_tag(), "calendar-cfp-closes", "{event}: call for papers closes");
    let mut entry = entry(reads, &page, &[&page], event.cancelled, time);
    entry.uid = uid(reads, "cfp", &event.lasting_id);
    entry.title = words.replace("{event}", &page.title);
    let last = last.map_or_else(String::new, |last| last.strftime("%Y-%m-%d %H:%M AoE").to_string());
    entry.description = paragraphs(&[&last, cfp.url.as_deref().unwrap_or(""), &entry.url]);
    entry.free = true;
    Some(entry)
}
