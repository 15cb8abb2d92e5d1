//! Events: their times, talks and schedules; and pages for rows that have no talk file.

use super::paths::{Draft, safe_slug};
use crate::event::{Event, Slot, TalkInfo, moment};
use crate::ids::PageId;
use crate::kinds::{self, OTHER_KINDS, drawn_as};
use crate::page::{Kind, Page};
use crate::site::Site;
use jiff::tz::TimeZone;
use ssg_parse::{Config, Document, EventTable, FrontMatter, Row, TalkTable, When};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, Suggestions, codes};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Whether a row of a schedule is a talk that gets a page though it has no file.
pub(super) fn is_row_talk(row: &Row) -> bool {
    let talk_kind = row.kind.as_ref().is_none_or(|kind| !OTHER_KINDS.contains(&kind.value.as_str()));
    row.talk.is_none() && row.title.is_some() && talk_kind && !row.speakers.is_empty()
}

/// Adds a talk for every row with title and speakers but no file.
pub(super) fn add_row_talks(config: &Config, mut drafts: Vec<Draft>, found: &mut Diagnostics) -> Vec<Draft> {
    let mut slugs: HashSet<String> = drafts.iter().map(|draft| draft.path.clone()).collect();
    let mut added = Vec::new();
    for event in drafts.iter_mut().filter(|draft| draft.kind == Kind::Event && !draft.is_translation) {
        let Some(table) = event.document.front.event.clone() else { continue };
        for row in table.schedule.iter().filter(|row| is_row_talk(row)) {
            let Some(title) = &row.title else { continue };
            let base = safe_slug(&title.value, "talk");
            let mut slug = base.clone();
            let mut number = 2;
            while !slugs.insert(format!("{}talks/{slug}/", event.path)) {
                slug = format!("{base}-{number}");
                number += 1;
            }
            added.push(row_draft(event, row, title, slug));
        }
        let named = table.schedule.iter().filter_map(|row| row.kind.as_ref());
        found.extend(named.filter_map(|kind| kinds::check(config, kind, OTHER_KINDS, &event.source)));
    }
    drafts.extend(added);
    drafts
}

fn row_draft(event: &Draft, row: &Row, title: &ssg_parse::Spanned<String>, slug: String) -> Draft {
    let front = FrontMatter {
        format: event.document.front.format,
        title: Some(title.clone()),
        taxonomies: vec![("speakers".to_owned(), row.speakers.clone())],
        talk: Some(TalkTable {
            kind: row.kind.clone(),
            starts: row.starts.clone(),
            ends: row.ends.clone(),
            room: row.room.clone(),
            track: row.track.clone(),
            ..TalkTable::default()
        }),
        ..FrontMatter::default()
    };
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
        aliases: Vec::new(),
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

/// Makes the events, attaches their talks, and lays out the rows of their schedules.
pub(super) fn add_events(config: &Config, site: &mut Site, found: &mut Diagnostics) {
    let site_zone = config.zone();
    let mut events = Vec::new();
    for (id, page) in site.numbered_pages().filter(|(_, page)| page.kind == Kind::Event) {
        if !site.is_original(id) {
            continue;
        }
        let table = page.document.front.event.clone().unwrap_or_default();
        let zone = event_zone(&table, &page.source, &site_zone, found);
        let Some(start) = page.date.clone() else { continue };
        let (last, end) = match &table.end {
            Some(when) => (when.value.start(&zone), when.value.end(&zone)),
            None => (start.clone(), When::Day(start.date()).end(start.time_zone())),
        };
        events.push(Event {
            id: page.event_id.clone().unwrap_or_default(),
            page: id,
            start,
            last,
            end,
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
            if let Some(name) = alias.trim_matches('/').rsplit('/').next().filter(|name| !name.is_empty()) {
                site.event_ids.entry(name.to_owned()).or_insert(index);
            }
        }
    }
    site.events = events;
    attach_talks(config, &site_zone, site, found);
    for index in 0..site.events.len() {
        let slots = slots_of(config, site, index, found);
        site.events[index].slots = slots;
    }
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
        if let (None, Some(named)) = (event, &table.event) {
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
        let info = TalkInfo {
            event,
            id: format!("{prefix}{}", page.slug),
            drawn: drawn_as(config, &kind, has_people(page)),
            kind,
            starts: moment(table.starts.as_ref().or(row.and_then(|row| row.starts.as_ref())), &zone),
            ends: moment(table.ends.as_ref().or(row.and_then(|row| row.ends.as_ref())), &zone),
            room: table.room.or_else(|| row.and_then(|row| row.room.clone())),
            track: table.track.or_else(|| row.and_then(|row| row.track.clone())),
            level: table.level,
            language: table.language,
            slides: front.slides.clone().or(table.slides).map(|slides| slides.value),
            video: front.video.clone().or(table.video).map(|video| video.value),
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
    for index in 0..site.events.len() {
        let mut talks = std::mem::take(&mut site.events[index].talks);
        talks.sort_by_cached_key(|id| {
            let page = site.page(*id);
            let starts = page.talk.as_ref().and_then(|talk| talk.starts.as_ref()).map(jiff::Zoned::timestamp);
            (starts.is_none(), starts, page.title.clone(), *id)
        });
        site.events[index].talks = talks;
    }
}

/// The rows of an event's schedule by the talk that they name; of several the first.
fn rows_by_talk(header: &Document) -> HashMap<&str, &Row> {
    let mut rows = HashMap::new();
    for row in header.front.event.iter().flat_map(|event| &event.schedule) {
        if let Some(talk) = &row.talk {
            rows.entry(talk.value.as_str()).or_insert(row);
        }
    }
    rows
}

/// The schedule in order of time: the rows of the event's file, else the talks that have times.
fn slots_of(config: &Config, site: &Site, index: usize, found: &mut Diagnostics) -> Vec<Slot> {
    let event = &site.events[index];
    let page = site.page(event.page);
    let by_slug: HashMap<&str, PageId> = event
        .talks
        .iter()
        .flat_map(|id| {
            let talk = site.page(*id);
            [(talk.slug.as_str(), *id), (talk.source.stem(), *id)]
        })
        .collect();
    let by_row: HashMap<_, PageId> =
        event.talks.iter().filter_map(|id| Some((site.page(*id).row?, *id))).collect();
    let rows = page.document.front.event.as_ref().map_or(&[] as &[Row], |table| &table.schedule);
    // Of a talk that is not shown, its time and its kind are.
    let dir = page.source.parent().unwrap_or_default();
    let withheld = dir.below("content").and_then(|dir| site.withheld_talks.get(dir));
    let unlisted: HashSet<&str> = unlisted_talks(site, index).collect();
    let is_kept_back =
        |name: &str| withheld.is_some_and(|names| names.contains(name)) || unlisted.contains(name);
    let near = LazyCell::new(|| Suggestions::new(by_slug.keys().copied()));
    let mut slots = Vec::with_capacity(rows.len());
    for (number, row) in rows.iter().enumerate() {
        let talk = match &row.talk {
            Some(named) => {
                let talk = by_slug.get(named.value.as_str()).copied();
                if talk.is_none() && is_kept_back(&named.value) {
                    let slot = slot(config, site, event, row, None);
                    let title = row.title.as_ref().map_or_else(|| slot.kind.clone(), |_| slot.title.clone());
                    slots.push(Slot { row: Some(number), title, ..slot });
                    continue;
                }
                if talk.is_none() {
                    let hint = near.did_you_mean(&named.value);
                    found.add(
                        Diagnostic::warning(codes::DANGLING_TALK, format!("unknown talk `{}`", named.value))
                            .in_file(&page.source)
                            .at(named.span)
                            .hint_if(hint)
                            .hint("talks are files in the event's folder `talks/`"),
                    );
                }
                talk
            }
            None => by_row.get(&row.span).copied(),
        };
        slots.push(Slot { row: Some(number), ..slot(config, site, event, row, talk) });
    }
    if rows.is_empty() {
        let none = Row {
            span: Span::default(),
            starts: None,
            ends: None,
            room: None,
            track: None,
            kind: None,
            title: None,
            talk: None,
            speakers: Vec::new(),
        };
        let timed = event
            .talks
            .iter()
            .filter(|id| site.page(**id).talk.as_ref().is_some_and(|talk| talk.starts.is_some()));
        slots.extend(timed.map(|id| slot(config, site, event, &none, Some(*id))));
    }
    slots.sort_by(|a, b| {
        let key = |slot: &Slot| (slot.starts.is_none(), slot.starts.as_ref().map(jiff::Zoned::timestamp));
        key(a).cmp(&key(b))
    });
    slots
}

/// Names of the talks of an event that are in no list.
fn unlisted_talks(site: &Site, event: usize) -> impl Iterator<Item = &str> {
    let of_event = move |page: &&Page| page.talk.as_ref().is_some_and(|talk| talk.event == Some(event));
    let talks = site.pages_of(Kind::Talk).map(|id| site.page(id)).filter(|page| page.is_unlisted());
    talks.filter(of_event).flat_map(|page| [page.slug.as_str(), page.source.stem()])
}

fn slot(config: &Config, site: &Site, event: &Event, row: &Row, talk: Option<PageId>) -> Slot {
    let page = talk.map(|id| site.page(id));
    let info = page.and_then(|page| page.talk.as_ref());
    let speakers = match page {
        Some(page) => site.taxonomy("speakers").map_or_else(Vec::new, |index| page.terms[index].clone()),
        None => row.speakers.iter().filter_map(|name| site.find_term("speakers", &name.value)).collect(),
    };
    let named = row.kind.as_ref().map(|kind| kind.value.clone());
    let kind = named.or_else(|| info.map(|info| info.kind.clone())).unwrap_or_else(|| "other".to_owned());
    let has_people = !row.speakers.is_empty() || page.is_some_and(has_people);
    Slot {
        starts: moment(row.starts.as_ref(), &event.zone)
            .or_else(|| info.and_then(|info| info.starts.clone())),
        ends: moment(row.ends.as_ref(), &event.zone).or_else(|| info.and_then(|info| info.ends.clone())),
        room: row.room.clone().or_else(|| info.and_then(|info| info.room.clone())),
        track: row.track.clone().or_else(|| info.and_then(|info| info.track.clone())),
        drawn: drawn_as(config, &kind, has_people),
        kind,
        title: row
            .title
            .as_ref()
            .map(|title| title.value.clone())
            .or_else(|| page.map(|page| page.title.clone()))
            .or_else(|| row.talk.as_ref().map(|talk| talk.value.clone()))
            .unwrap_or_default(),
        talk,
        speakers,
        row: None,
    }
}

/// Whether a talk names who gives it.
fn has_people(page: &Page) -> bool {
    !page.document.front.terms("speakers").is_empty()
}
