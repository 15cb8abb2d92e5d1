//! Events and their talks; and pages for rows that have no talk file.
//!
//! What is on when is decided once, in `slots.rs`: talks are told their times from there.

use super::paths::{Draft, alias_paths, safe_slug};
use super::schedule_times::{DAY_ENDS, settle_end, usual_end};
use super::slots::{self, UnannouncedTalk};
use crate::event::{Event, TalkInfo, TalkTime, moment};
use crate::ids::PageId;
use crate::kinds::{self, OTHER_KINDS, drawn_as};
use crate::page::{Kind, Page};
use crate::site::Site;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ssg_parse::{
    Config, Details, Document, EventTable, FrontMatter, MediaLink, OpenDate, Row, TalkTable, When,
};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Suggestions, codes};
use std::cell::LazyCell;
use std::sync::Arc;

/// Whether a row of a schedule is a talk that gets a page though it has no file.
pub(super) fn is_row_talk(row: &Row) -> bool {
    let talk_kind = row.kind.as_ref().is_none_or(|kind| !OTHER_KINDS.contains(&kind.value.as_str()));
    let is_announced = row.details.announced != Some(false);
    row.talk.is_none() && row.title.is_some() && talk_kind && is_announced && !row.speakers.is_empty()
}

/// Adds a talk for every row with title and speakers but no file.
pub(super) fn add_row_talks(config: &Config, mut drafts: Vec<Draft>, found: &mut Diagnostics) -> Vec<Draft> {
    let mut slugs: HashSet<String> = drafts.iter().map(|draft| draft.path.clone()).collect();
    let mut added = Vec::new();
    for event in drafts.iter_mut().filter(|draft| draft.kind == Kind::Event && !draft.is_translation) {
        let Some(table) = event.document.front.event.clone() else { continue };
        for row in table.schedule.iter().filter(|row| is_row_talk(row)) {
            let Some(title) = &row.title else { continue };
            // What it is known by stays when its title changes.
            let name = row.id.as_ref().unwrap_or(title);
            let base = safe_slug(&name.value, "talk");
            let mut slug = base.clone();
            let mut number = 2;
            while !slugs.insert(format!("{}talks/{slug}/", event.path)) {
                slug = format!("{base}-{number}");
                number += 1;
            }
            added.push(row_draft(event, row, title, slug, found));
        }
        let named = table.schedule.iter().filter_map(|row| row.kind.as_ref());
        found.extend(named.filter_map(|kind| kinds::check(config, kind, OTHER_KINDS, &event.source)));
    }
    drafts.extend(added);
    drafts
}

fn row_draft(
    event: &Draft,
    row: &Row,
    title: &ssg_parse::Spanned<String>,
    slug: String,
    found: &mut Diagnostics,
) -> Draft {
    let front = FrontMatter {
        format: event.document.front.format,
        title: Some(title.clone()),
        description: row.description.clone(),
        aliases: row.aliases.clone(),
        taxonomies: vec![("speakers".to_owned(), row.speakers.clone())],
        named_by_id: row
            .speakers
            .iter()
            .filter_map(|one| event.document.front.named_by(one).cloned())
            .collect(),
        talk: Some(Box::new(TalkTable {
            kind: row.kind.clone(),
            starts: row.starts.clone(),
            ends: row.ends.clone(),
            room: row.room.clone(),
            track: row.track.clone(),
            details: row.details.clone(),
            ..TalkTable::default()
        })),
        ..FrontMatter::default()
    };
    let aliases = alias_paths(&event.source, &front, found);
    let key = event.key.as_ref().map(|key| format!("{key}/talks/{slug}"));
    Draft {
        source: event.source.clone(),
        row: Some(row.span),
        kind: Kind::Talk,
        section: event.section,
        path: format!("{}talks/{slug}/", event.path),
        slug,
        title: title.value.clone(),
        date: None,
        aliases,
        assets: Vec::new(),
        // The body of the event's file does not matter to the row.
        document: Arc::new(Document::from_front(front, event.document.digests.meta)),
        event: event.event.clone(),
        language: event.language,
        key,
        is_translation: false,
        weight: 0,
        standing: event.standing,
        is_beside_event: false,
    }
}

/// Stands for a day of which nothing is known, after all others.
const SOME_DAY: Date = jiff::civil::date(9999, 1, 1);

/// Makes the events, attaches their talks, and lays out the rows of their schedules.
pub(super) fn add_events(
    config: &Config,
    unannounced: &[UnannouncedTalk],
    site: &mut Site,
    found: &mut Diagnostics,
) {
    let site_zone = config.zone();
    let mut events = Vec::new();
    for (id, page) in site.numbered_pages().filter(|(_, page)| page.kind == Kind::Event) {
        if !site.is_original(id) {
            continue;
        }
        let table = page.document.front.event.clone().unwrap_or_default();
        let zone = event_zone(&table, &page.source, &site_zone, found);
        let unknown = table.start.is_none() && page.date.is_none();
        let open = table.open_start.or(unknown.then_some(OpenDate::Unknown));
        let Some((start, last, end)) = edges_of(&table, open, page, &zone) else { continue };
        let day_ends = table.day_ends.unwrap_or(DAY_ENDS);
        events.push(Event {
            id: page.event_id.clone().unwrap_or_default(),
            page: id,
            last_day: last.date(),
            open,
            start,
            last,
            ends_as_day: true,
            ends_with_day: false,
            end,
            day_ends,
            timezone: zone.iana_name().unwrap_or("UTC").to_owned(),
            zone,
            series: table.series.map(|series| series.value),
            talks: Vec::new(),
            recaps: Vec::new(),
            slots: Vec::new(),
        });
    }
    events.sort_by(|a, b| (&a.start, &a.id).cmp(&(&b.start, &b.id)));
    for (index, event) in events.iter().enumerate() {
        site.event_of_page.insert(event.page, index);
        for page in site.translations.get(&event.page).iter().flat_map(|pages| pages.iter()) {
            site.event_of_page.insert(*page, index);
        }
        if let Some(series) = event.series.as_ref().filter(|_| !site.pages[event.page.index()].is_unlisted())
        {
            site.series.entry(series.clone()).or_default().push(event.page);
        }
    }
    for (index, event) in events.iter().enumerate() {
        site.event_ids.insert(event.id.clone(), index);
    }
    // An old name finds the event, unless another one has it now.
    for (index, event) in events.iter().enumerate() {
        for alias in &site.pages[event.page.index()].aliases {
            if let Some(name) = old_name(alias) {
                site.event_ids.entry(name.to_owned()).or_insert(index);
            }
        }
    }
    site.events = events;
    attach_talks(config, &site_zone, site, found);
    for index in 0..site.events.len() {
        let slots = slots::slots_of(config, unannounced, site, index, found);
        let event = &mut site.events[index];
        event.slots = slots;
        let front = &site.pages[event.page.index()].document.front;
        let table = front.event.as_deref();
        let start = table.and_then(|table| table.start.as_ref()).or(front.date.as_ref());
        let end = table.and_then(|table| table.end.as_ref()).map(|end| end.value.is_day());
        settle_end(event, start.is_none_or(|start| start.value.is_day()), end);
        tell_talks(site, index);
    }
    order_talks(site);
}

/// Tells the talks of an event when and where they are given.
fn tell_talks(site: &mut Site, event: usize) {
    let Site { events, pages, .. } = site;
    let Some(event) = events.get(event) else { return };
    let mut told: HashSet<PageId> = HashSet::default();
    for slot in &event.slots {
        let Some((id, info)) = slot.talk.and_then(|id| Some((id, pages.get_mut(id.index())?.talk.as_mut()?)))
        else {
            continue;
        };
        if told.insert(id) {
            info.times.clear();
            info.track.clone_from(&slot.track);
            info.cancelled = slot.cancelled;
            info.replaced_by = slot.replaced_by;
        }
        info.cancelled &= slot.cancelled;
        info.times.push(TalkTime {
            slot: slot.id.clone(),
            starts: slot.starts.clone(),
            ends: slot.ends.clone(),
            is_day: slot.is_day,
            day: slot.day,
            room: slot.room.clone(),
            venue: slot.venue.clone(),
            cancelled: slot.cancelled,
            online: slot.online.clone(),
        });
    }
}

/// Puts the talks of each event in order of time, then title.
fn order_talks(site: &mut Site) {
    for index in 0..site.events.len() {
        site.order_talks(index);
    }
}

/// When an event starts, the last moment of it as it is written, and the first one after it.
fn edges_of(
    table: &EventTable,
    open: Option<OpenDate>,
    page: &Page,
    zone: &TimeZone,
) -> Option<(Zoned, Zoned, Zoned)> {
    if let Some(open) = open {
        let first = open.first().unwrap_or(SOME_DAY);
        let last = table.open_end.and_then(OpenDate::last).or(open.last()).unwrap_or(SOME_DAY).max(first);
        let (first, last) = (When::Day(first), When::Day(last));
        let end = table.end.as_ref().map(|end| end.value).filter(|end| end.start(zone) > first.start(zone));
        let end = end.unwrap_or(last);
        return Some((first.start(zone), end.start(zone), end.end(zone)));
    }
    let start = page.date.clone()?;
    let (last, end) = match &table.end {
        Some(when) => (when.value.start(zone), when.value.end(zone)),
        None => (start.clone(), When::Day(start.date()).end(start.time_zone())),
    };
    Some((start, last, end))
}

fn event_zone(
    table: &EventTable,
    source: &SitePath,
    site_zone: &TimeZone,
    found: &mut Diagnostics,
) -> TimeZone {
    let Some(name) = &table.timezone else { return site_zone.clone() };
    TimeZone::get(&name.value).unwrap_or_else(|_| {
        found.add(
            Diagnostic::error(codes::TIMEZONE, format!("unknown time zone `{}`", name.value))
                .in_file(source)
                .at(name.span)
                .hint("use an IANA name such as Europe/Brussels"),
        );
        site_zone.clone()
    })
}

/// What an event was called when it had an address.
pub(super) fn old_name(alias: &str) -> Option<&str> {
    alias.trim_matches('/').rsplit('/').next().filter(|name| !name.is_empty())
}

fn attach_talks(config: &Config, site_zone: &TimeZone, site: &mut Site, found: &mut Diagnostics) {
    let headers: Vec<Arc<Document>> =
        site.events.iter().map(|event| site.page(event.page).document.clone()).collect();
    let rows: Vec<HashMap<&str, &Row>> = headers.iter().map(|header| rows_by_talk(header)).collect();
    let talks: Vec<PageId> = site.pages_of(Kind::Talk).filter(|id| site.is_original(*id)).collect();
    let ids: Vec<String> = site.events.iter().map(|event| event.id.clone()).collect();
    let known_events = LazyCell::new(|| Suggestions::new(ids.iter().map(String::as_str)));
    for id in talks {
        let page = site.page(id);
        let front = page.document.front.clone();
        let table = front.talk.clone().unwrap_or_default();
        let event = page.event_id.as_ref().and_then(|event| site.event_ids.get(event).copied());
        if let (None, Some(named)) = (event, &table.event)
            && site.withheld_events.contains(&ssg_parse::slugify(&named.value))
        {
            let what = format!("the event `{}`", named.value);
            found.add(super::references::not_published(&what, &page.source, named.span));
        } else if let (None, Some(named)) = (event, &table.event) {
            let hint = known_events.did_you_mean(&named.value);
            found.add(
                Diagnostic::warning(codes::DANGLING_EVENT, format!("unknown event `{}`", named.value))
                    .in_file(&page.source)
                    .at(named.span)
                    .hint_if(hint),
            );
        }
        let zone = event.map_or(site_zone, |event| &site.events[event].zone).clone();
        // What the talk's file leaves out, the schedule's row that names it may say.
        let row = event.and_then(|event| {
            let rows = rows.get(event)?;
            rows.get(page.slug.as_str()).or_else(|| rows.get(page.source.stem())).copied()
        });
        let prefix = event.map_or_else(String::new, |event| format!("{}/", site.events[event].id));
        let kind = table.kind.as_ref().or(row.and_then(|row| row.kind.as_ref()));
        // A row speaks of its own at the event's file, which is also that of a talk without one.
        let others = if page.row.is_some() { OTHER_KINDS } else { &[] };
        let own = table.kind.as_ref();
        found.extend(own.and_then(|kind| kinds::check(config, kind, others, &page.source)));
        let kind = kind.map_or_else(|| "talk".to_owned(), |kind| kind.value.clone());
        let drawn = drawn_as(config, &kind, has_people(page));
        let nothing = Details::default();
        let (own, in_row) = (&table.details, row.map_or(&nothing, |row| &row.details));
        let media = |first: &[MediaLink], of: fn(&Details) -> &Vec<MediaLink>| {
            [first, of(own), of(in_row)].into_iter().find(|all| !all.is_empty()).unwrap_or_default().to_vec()
        };
        let info = TalkInfo {
            event,
            id: format!("{prefix}{}", page.slug),
            times: own_time(&table, &zone, &kind, drawn, page).into_iter().collect(),
            drawn,
            kind,
            track: table.track.clone().or_else(|| row.and_then(|row| row.track.clone())),
            level: table.level.clone(),
            languages: [own, in_row]
                .into_iter()
                .map(|details| &details.languages)
                .find(|all| !all.is_empty())
                .cloned()
                .unwrap_or_default(),
            slides: media(&front.slides, |details| &details.slides),
            video: media(&front.video, |details| &details.video),
            cancelled: own.cancelled || in_row.cancelled,
            replaced_by: None,
            recaps: Vec::new(),
        };
        site.talk_ids.insert(info.id.clone(), id);
        site.pages[id.index()].talk = Some(info);
        // A talk that is in no list is in that of its event neither, unless the event is in none itself.
        let is_unlisted = |id: PageId| site.page(id).is_unlisted();
        if let Some(event) = event.filter(|event| !is_unlisted(id) || is_unlisted(site.events[*event].page)) {
            site.events[event].talks.push(id);
        }
    }
}

/// What a talk says itself of when and where it is given; `None` where it says nothing.
fn own_time(table: &TalkTable, zone: &TimeZone, kind: &str, drawn: &str, page: &Page) -> Option<TalkTime> {
    let local = |at: Zoned| at.with_time_zone(zone.clone());
    let starts = moment(table.starts.as_ref(), zone).map(local);
    if starts.is_none() && table.room.is_none() && table.details.online.is_none() {
        return None;
    }
    let is_day = table.starts.as_ref().is_some_and(|when| when.value.is_day());
    let written = moment(table.ends.as_ref(), zone).map(local);
    let hour = starts.as_ref().filter(|_| !is_day);
    Some(TalkTime {
        slot: page.slug.clone(),
        ends: hour.map(|starts| {
            written.filter(|ends| ends > starts).unwrap_or_else(|| usual_end(starts, kind, drawn))
        }),
        day: starts.as_ref().map(Zoned::date),
        starts,
        is_day,
        room: table.room.clone(),
        venue: None,
        cancelled: table.details.cancelled,
        online: table.details.online.clone(),
    })
}

/// The rows of an event's schedule by the talk that they name; of several the first.
fn rows_by_talk(header: &Document) -> HashMap<&str, &Row> {
    let mut rows = HashMap::default();
    for row in header.front.event.iter().flat_map(|event| &event.schedule) {
        if let Some(talk) = &row.talk {
            rows.entry(talk.value.as_str()).or_insert(row);
        }
    }
    rows
}

/// Whether a talk names who gives it.
pub(super) fn has_people(page: &Page) -> bool {
    !page.document.front.terms("speakers").is_empty()
}
