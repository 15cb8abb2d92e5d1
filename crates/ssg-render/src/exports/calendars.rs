//! Which calendars a site has, and what is in them.
//!
//! An entry is the same in every calendar that has it, so who subscribes to two sees it once. The
//! calendar of an event holds the event and its talks; that of a series, of what is to come and of
//! calls for papers one entry for each event.

use super::{beside, event_of_talk, in_days, last_change, page_at, place, settings, written_description};
use crate::outputs::{Calendar, CalendarEntry, CalendarTime, render_calendar};
use crate::question::CalendarOf;
use crate::world::World;
use jiff::Zoned;
use serde::Serialize;
use ssg_source::{Digest, SitePath};
use ssg_taxonomy::{Event, Kind, Page, PageId, Site, TermId, term_slug};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A calendar as pages link to it.
#[derive(Debug, Serialize)]
pub(crate) struct Link {
    /// `event series talk speaker tool upcoming cfp`
    pub kind: &'static str,
    pub title: String,
    pub path: String,
}

/// Every calendar that the configuration wants, with the file that it comes from.
pub(crate) fn all(world: &World) -> Vec<(CalendarOf, Option<&SitePath>)> {
    let site = &world.site;
    let mut all: Vec<(CalendarOf, Option<&SitePath>)> = Vec::new();
    let originals = site.numbered_pages().filter(|(id, _)| site.is_original(*id)).map(|(_, page)| page);
    for page in originals.filter(|page| matches!(page.kind, Kind::Event | Kind::Talk)) {
        all.push((CalendarOf::Page(page.path.as_str().into()), Some(&page.source)));
    }
    all.extend(world.series.keys().map(|slug| (CalendarOf::Series(slug.as_str().into()), None)));
    for name in ["speakers", "tools"] {
        let terms = site.taxonomy(name).map_or(&[][..], |index| &site.taxonomies[index].terms);
        for term in terms {
            let of = CalendarOf::Term { taxonomy: name.into(), slug: term.slug.as_str().into() };
            all.push((of, term.page.map(|page| &site.page(page).source)));
        }
    }
    all.extend([(CalendarOf::Upcoming, None), (CalendarOf::Calls, None)]);
    all.retain(|(of, _)| is_wanted(world, of));
    all
}

/// The slug of an event's series.
fn series_of(event: &Event) -> Option<String> {
    event.series.as_deref().map(term_slug).filter(|slug| !slug.is_empty())
}

/// The events of each series, by their numbers, earliest first.
pub(crate) fn by_series(site: &Site) -> BTreeMap<String, Vec<usize>> {
    let mut series: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, event) in site.events.iter().enumerate() {
        if let Some(slug) = series_of(event) {
            series.entry(slug).or_default().push(number);
        }
    }
    series
}

fn events_of_series<'w>(world: &'w World, slug: &str) -> impl Iterator<Item = &'w Event> {
    let numbers = world.series.get(slug).map_or(&[][..], Vec::as_slice);
    numbers.iter().filter_map(|number| world.site.events.get(*number))
}

fn term(world: &World, of: &CalendarOf) -> Option<TermId> {
    let CalendarOf::Term { taxonomy, slug } = of else { return None };
    world.site.term_of_slug(taxonomy, slug)
}

/// The talks of a term that have a time.
fn talks_of_term(world: &World, id: TermId) -> impl Iterator<Item = PageId> {
    world.site.term(id).pages.iter().copied().filter(|id| is_timed(world, *id))
}

fn is_timed(world: &World, id: PageId) -> bool {
    world.site.page(id).talk.as_ref().is_some_and(|talk| talk.starts.is_some())
}

/// Whether the configuration wants the calendar, and there is something to be in it at some time.
fn is_wanted(world: &World, of: &CalendarOf) -> bool {
    let outputs = &world.config.outputs;
    match of {
        CalendarOf::Page(path) => page_at(world, path).is_some_and(|id| match world.site.event_of(id) {
            Some(_) => outputs.calendars,
            None => outputs.talk_calendars && is_timed(world, id),
        }),
        CalendarOf::Series(slug) => outputs.calendars && events_of_series(world, slug).next().is_some(),
        CalendarOf::Term { taxonomy, .. } => {
            let switch = match &**taxonomy {
                "speakers" => outputs.speaker_calendars,
                _ => outputs.tool_calendars,
            };
            switch && term(world, of).is_some_and(|id| talks_of_term(world, id).next().is_some())
        }
        CalendarOf::Upcoming => outputs.calendars && !world.site.events.is_empty(),
        CalendarOf::Calls => {
            outputs.calendars && world.site.events.iter().any(|event| has_call(world, event))
        }
    }
}

fn has_call(world: &World, event: &Event) -> bool {
    let table = world.site.page(event.page).document.front.event.as_ref();
    table.and_then(|table| table.cfp.as_ref()).is_some_and(|cfp| cfp.closes.is_some())
}

/// Where a calendar lies. A series has no page; its calendar lies by those of all events.
pub(crate) fn path(world: &World, of: &CalendarOf) -> String {
    match of {
        CalendarOf::Page(path) => beside(path, "calendar.ics"),
        CalendarOf::Series(slug) => format!("/events/series/{slug}.ics"),
        CalendarOf::Term { .. } => {
            let path = term(world, of).map_or("/", |id| &world.site.term(id).path);
            beside(path, "calendar.ics")
        }
        CalendarOf::Upcoming => "/events/upcoming.ics".to_owned(),
        CalendarOf::Calls => "/events/cfp.ics".to_owned(),
    }
}

/// The calendars that a page links to: its own, and those that it belongs to.
pub(crate) fn links(world: &World, of: &CalendarOf) -> Vec<Link> {
    let mut all = vec![of.clone()];
    if let CalendarOf::Page(path) = of {
        let event = page_at(world, path).and_then(|id| world.site.event_of(id));
        all.extend(event.and_then(series_of).map(|slug| CalendarOf::Series(slug.into())));
    }
    if *of == CalendarOf::Upcoming {
        all.push(CalendarOf::Calls);
    }
    all.retain(|of| is_wanted(world, of));
    all.iter()
        .map(|of| Link { kind: kind(world, of), title: title(world, of), path: path(world, of) })
        .collect()
}

fn kind(world: &World, of: &CalendarOf) -> &'static str {
    match of {
        CalendarOf::Page(path) => {
            let event = page_at(world, path).and_then(|id| world.site.event_of(id));
            if event.is_some() { "event" } else { "talk" }
        }
        CalendarOf::Series(_) => "series",
        CalendarOf::Term { taxonomy, .. } if **taxonomy == *"speakers" => "speaker",
        CalendarOf::Term { .. } => "tool",
        CalendarOf::Upcoming => "upcoming",
        CalendarOf::Calls => "cfp",
    }
}

fn title(world: &World, of: &CalendarOf) -> String {
    let of_the_site = |key: &str, english: &str| {
        let words = world.look.theme.string(&world.config.lang, key, english);
        format!("{words} · {}", world.config.title)
    };
    match of {
        CalendarOf::Page(path) => {
            page_at(world, path).map_or_else(String::new, |id| world.site.page(id).title.clone())
        }
        CalendarOf::Series(slug) => {
            let name = events_of_series(world, slug).find_map(|event| event.series.clone());
            name.unwrap_or_default()
        }
        CalendarOf::Term { .. } => {
            term(world, of).map_or_else(String::new, |id| world.site.term(id).name.clone())
        }
        CalendarOf::Upcoming => of_the_site("calendar-upcoming", "Upcoming events"),
        CalendarOf::Calls => of_the_site("calendar-cfp", "Calls for papers"),
    }
}

/// The text of a calendar; `None` where there is none (any more).
pub(crate) fn text(world: &World, of: &CalendarOf) -> Option<String> {
    let site = &world.site;
    let entries: Vec<CalendarEntry> = match of {
        CalendarOf::Page(path) => {
            let id = page_at(world, path)?;
            match site.event_of(id) {
                Some(event) => {
                    let talks = event.talks.iter().filter_map(|id| talk_entry(world, site.page(*id)));
                    std::iter::once(event_entry(world, event)).chain(talks).collect()
                }
                None => talk_entry(world, site.page(id)).into_iter().collect(),
            }
        }
        CalendarOf::Series(slug) => {
            events_of_series(world, slug).map(|event| event_entry(world, event)).collect()
        }
        CalendarOf::Term { .. } => {
            let talks = talks_of_term(world, term(world, of)?);
            talks.filter_map(|id| talk_entry(world, site.page(id))).collect()
        }
        CalendarOf::Upcoming => {
            let ahead = site.events.iter().filter(|event| event.end.timestamp() > world.instant);
            ahead.map(|event| event_entry(world, event)).collect()
        }
        CalendarOf::Calls => site.events.iter().filter_map(|event| call_entry(world, event)).collect(),
    };
    let grows = !matches!(of, CalendarOf::Page(_));
    Some(render_calendar(&Calendar { title: title(world, of), entries, grows }))
}

/// What the text rests on, where that is quicker to tell: what the instant of the build decides, and
/// what has words of the theme in it, is not.
pub(crate) fn basis(world: &World, of: &CalendarOf) -> Option<Digest> {
    let site = &world.site;
    let mut digester = settings(world);
    let mut add_event = |event: &Event| {
        digester.digest(world.digests.card(event.page)).digest(site.page(event.page).document.digests.meta);
    };
    let talks: Vec<PageId> = match of {
        CalendarOf::Page(path) => {
            let id = page_at(world, path)?;
            match site.event_of(id) {
                Some(event) => {
                    add_event(event);
                    event.talks.clone()
                }
                None => vec![id],
            }
        }
        CalendarOf::Series(slug) => {
            events_of_series(world, slug).for_each(&mut add_event);
            Vec::new()
        }
        CalendarOf::Term { .. } => site.term(term(world, of)?).pages.clone(),
        CalendarOf::Upcoming | CalendarOf::Calls => return None,
    };
    for event in talks.iter().filter_map(|id| event_of_talk(world, site.page(*id))) {
        add_event(event);
    }
    if let CalendarOf::Term { .. } = of {
        digester.digest(world.digests.term(term(world, of)?));
    }
    for id in &talks {
        digester.text(&site.page(*id).path).digest(world.digests.card(*id));
    }
    Some(digester.done())
}

/// An identity that is the site's own: two sites may write about the same event.
fn uid(world: &World, what: &str, id: &str) -> String {
    let base = world.config.base_url.trim_end_matches('/');
    let base = base.split_once("://").map_or(base, |(_, rest)| rest);
    format!("{what}-{id}@{base}")
}

/// Entries of an event or talk as far as its page tells; `pages` are those whose changes count.
fn entry(
    world: &World,
    page: &Page,
    pages: &[&Page],
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
        permalink: world.config.permalink(&page.path),
        changed,
        revision: u32::try_from(minutes).unwrap_or(u32::MAX).saturating_add(u32::from(is_cancelled)),
        cancelled: is_cancelled,
        free: false,
    }
}

/// Paragraphs that are not empty.
fn paragraphs(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn event_entry(world: &World, event: &Event) -> CalendarEntry {
    let page = world.site.page(event.page);
    let table = page.document.front.event.as_ref();
    let time = if in_days(world, event) == (true, true) {
        CalendarTime::Days(event.start.date(), event.last.date())
    } else {
        CalendarTime::Span(event.zone.clone(), event.start.timestamp(), Some(event.end.timestamp()))
    };
    let mut entry = entry(world, page, &[page], table.is_some_and(|table| table.cancelled), time);
    entry.uid = uid(world, "event", &event.id);
    entry.description = paragraphs(&[written_description(page).unwrap_or(""), &entry.permalink]);
    entry.location = place(world, event, None);
    entry.coordinates = table.and_then(|table| table.venue.as_ref()?.coordinates);
    entry
}

/// The entry of a talk that has a time. One that names a day only lasts that day.
fn talk_entry(world: &World, page: &Page) -> Option<CalendarEntry> {
    let talk = page.talk.as_ref()?;
    let starts = talk.starts.as_ref()?;
    let event = event_of_talk(world, page);
    let zone = event.map_or_else(|| world.config.zone(), |event| event.zone.clone());
    let time = if talk.ends.is_none() && starts.time() == jiff::civil::Time::midnight() {
        CalendarTime::Days(starts.date(), starts.date())
    } else {
        CalendarTime::Span(zone, starts.timestamp(), talk.ends.as_ref().map(Zoned::timestamp))
    };
    let of_event = event.map(|event| world.site.page(event.page));
    let table = of_event.and_then(|page| page.document.front.event.as_ref());
    let pages: Vec<&Page> = std::iter::once(page).chain(of_event).collect();
    let mut entry = entry(world, page, &pages, table.is_some_and(|table| table.cancelled), time);
    entry.uid = uid(world, "talk", &talk.id);
    let speakers = world.site.taxonomy("speakers").and_then(|index| page.terms.get(index));
    let speakers: Vec<&str> =
        speakers.into_iter().flatten().map(|id| world.site.term(*id).name.as_str()).collect();
    let description = written_description(page).unwrap_or("");
    entry.description = paragraphs(&[&speakers.join(", "), description, &entry.permalink]);
    entry.location = match event {
        Some(event) => place(world, event, talk.room.as_deref()),
        None => talk.room.clone().unwrap_or_default(),
    };
    entry.coordinates = table.and_then(|table| table.venue.as_ref()?.coordinates);
    Some(entry)
}

/// The last moment, or the last day, at which talks can be proposed, until it has passed.
fn call_entry(world: &World, event: &Event) -> Option<CalendarEntry> {
    let page = world.site.page(event.page);
    let table = page.document.front.event.as_ref()?;
    let cfp = table.cfp.as_ref()?;
    let closes = cfp.closes.as_ref()?.value;
    if closes.end(&event.zone).timestamp() <= world.instant {
        return None;
    }
    let time = if closes.is_day() {
        let day = closes.day(&event.zone);
        CalendarTime::Days(day, day)
    } else {
        CalendarTime::Span(event.zone.clone(), closes.start(&event.zone).timestamp(), None)
    };
    let words =
        world.look.theme.string(&world.config.lang, "calendar-cfp-closes", "{event}: call for papers closes");
    let mut entry = entry(world, page, &[page], table.cancelled, time);
    entry.uid = uid(world, "cfp", &event.id);
    entry.title = words.replace("{event}", &page.title);
    entry.description = paragraphs(&[cfp.url.as_deref().unwrap_or(""), &entry.permalink]);
    entry.free = true;
    Some(entry)
}

/// The calendar whose links a page of a kind shows.
pub(crate) fn of_page(page: &Page) -> Option<CalendarOf> {
    matches!(page.kind, Kind::Event | Kind::Talk).then(|| CalendarOf::Page(Arc::from(page.path.as_str())))
}
