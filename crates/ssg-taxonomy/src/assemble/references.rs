//! Numbers the pages in the site's order, and resolves what they say of each other.

use super::paths::Draft;
use super::translations;
use crate::event::moment;
use crate::ids::PageId;
use crate::page::{Kind, Page, Rank};
use crate::site::{Site, Target};
use jiff::tz::TimeZone;
use ssg_parse::{Config, When};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, Suggestions, codes};
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Turns drafts into the site's pages: by date, newest first, then weight, title and path; those
/// without a date last.
pub(super) fn add_pages(config: &Config, mut drafts: Vec<Draft>, site: &mut Site, found: &mut Diagnostics) {
    let zone = config.zone();
    date_by_event(&mut drafts, &zone, found);
    translations::inherit_dates(&mut drafts);
    drafts.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let mut keys = Vec::new();
    // Pages are large, and moving them to where there is room takes longer than making them.
    site.pages.reserve_exact(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        // Of a header with mistakes it is not known whether it lacks one.
        let is_read = !draft.document.broken;
        if draft.kind == Kind::Post && draft.date.is_none() && !draft.is_translation && is_read {
            found.add(
                Diagnostic::warning(codes::UNDATED_POST, "a post without a date is in no feed")
                    .in_file(&draft.source)
                    .hint("give it one: `date`, or a file name such as `2027-03-18-name.md`"),
            );
        }
        let id = PageId(u32::try_from(index).unwrap_or(u32::MAX));
        let front = &draft.document.front;
        if draft.row.is_none() {
            site.targets.insert(draft.source.clone(), Target::Page(id));
        }
        site.paths.entry(draft.path.clone()).or_insert(Target::Page(id));
        site.by_kind.entry(draft.kind).or_default().push(id);
        site.pages.push(Page {
            year: draft.date.as_ref().map(jiff::Zoned::year),
            updated: moment(front.updated.as_ref(), &zone),
            video_added: moment(front.video_added.as_ref(), &zone),
            lang: front
                .lang
                .as_ref()
                .map_or_else(|| config.tag(draft.language), |lang| &lang.value)
                .to_owned(),
            language: draft.language,
            standing: draft.standing,
            is_beside_event: draft.is_beside_event,
            weight: draft.weight,
            source: draft.source,
            row: draft.row,
            kind: draft.kind,
            path: draft.path,
            slug: draft.slug,
            title: draft.title,
            date: draft.date,
            section: draft.section,
            terms: Vec::new(),
            authors: Vec::new(),
            events: Vec::new(),
            talks: Vec::new(),
            talk: None,
            aliases: draft.aliases,
            assets: draft.assets,
            event_id: draft.event,
            document: draft.document,
        });
        keys.extend(draft.key.map(|key| (key, id)));
    }
    translations::tie(keys, site);
}

/// What the order of drafts goes by; that of pages ([`Page::rank`]) is the same.
fn rank(draft: &Draft) -> Rank<'_> {
    (
        Reverse(draft.date.as_ref().map(jiff::Zoned::timestamp)),
        draft.weight,
        &draft.title,
        &draft.path,
        &draft.source,
    )
}

/// An event is dated by its start, else by its page's date in the event's own zone; a talk by its own
/// start or by its event's; an event without any date becomes a plain page.
fn date_by_event(drafts: &mut [Draft], zone: &TimeZone, found: &mut Diagnostics) {
    let mut starts: HashMap<String, jiff::Zoned> = HashMap::default();
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Event && !draft.is_translation) {
        let table = draft.document.front.event.as_deref();
        let own_zone = table
            .and_then(|table| table.timezone.as_ref())
            .and_then(|name| TimeZone::get(&name.value).ok())
            .unwrap_or_else(|| zone.clone());
        let written = table.and_then(|table| table.start.as_ref()).or(draft.document.front.date.as_ref());
        // Else the name of the file or the folder bears a day.
        let named = || Some(When::Day(draft.date.as_ref()?.date()).start(&own_zone));
        // What is open is not dated by the day on which it was announced.
        if let Some(open) = table.and_then(|table| table.open_start) {
            draft.date = open.first().map(|day| When::Day(day).start(&own_zone));
            if let Some(start) = &draft.date {
                starts.insert(draft.event.clone().unwrap_or_default(), start.clone());
            }
            continue;
        }
        match moment(written, &own_zone).or_else(named) {
            Some(start) => {
                starts.insert(draft.event.clone().unwrap_or_default(), start.clone());
                draft.date = Some(start);
            }
            // Its call for papers may be open before there is a day.
            None if table.is_some_and(|table| table.cfp.is_some() || table.registration.is_some()) => {}
            None if draft.document.broken => draft.kind = Kind::Page,
            None => {
                found.add(
                    Diagnostic::warning(
                        codes::EVENT_WITHOUT_DATE,
                        "an event without a date is shown as a plain page",
                    )
                    .in_file(&draft.source)
                    .hint("give it one: `[event]` with `start = 2027-03-18`, or `start = \"2027-06\"`, `\"2027\"` or `\"TBA\"`"),
                );
                draft.kind = Kind::Page;
            }
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Talk && !draft.is_translation) {
        let event = draft.event.as_ref().and_then(|id| starts.get(id));
        let own_zone = event.map_or(zone, jiff::Zoned::time_zone);
        let starts = draft.document.front.talk.as_deref().and_then(|talk| talk.starts.as_ref());
        let starts = moment(starts, own_zone);
        draft.date = starts.or_else(|| draft.date.clone()).or_else(|| event.cloned());
    }
}

/// Whether a talk, named as event and slug, is there and does not go out.
fn is_withheld(site: &Site, name: &str) -> bool {
    name.split_once('/').is_some_and(|(event, talk)| {
        site.withheld_talks.get(&format!("events/{event}")).is_some_and(|talks| talks.contains(talk))
    })
}

/// That a page names something that does not go out.
pub(super) fn not_published(what: &str, source: &SitePath, span: Span) -> Diagnostic {
    Diagnostic::warning(codes::UNPUBLISHED_LINK, format!("{what} is not published: it is not listed here"))
        .in_file(source)
        .at(span)
        .hint("`ssg list --withheld`, with the flags of this build, says why, and when it will be")
}

/// The talk of an event that had another name.
fn talk_of_renamed(site: &Site, id: &str) -> Option<PageId> {
    let (event, talk) = id.split_once('/')?;
    site.talk(&format!("{}/{talk}", site.event(event)?.id))
}

/// Resolves `events` and `talks` of every page, and enters recaps on the other side.
pub(super) fn resolve(site: &mut Site, found: &mut Diagnostics) {
    let mut resolved: BTreeMap<PageId, (Vec<PageId>, Vec<PageId>)> = BTreeMap::new();
    let events_near = LazyCell::new(|| Suggestions::new(site.event_ids.keys().map(String::as_str)));
    let talks_near = LazyCell::new(|| Suggestions::new(site.talk_ids.keys().map(String::as_str)));
    for (id, page) in site.numbered_pages() {
        let front = &page.document.front;
        let (mut events, mut talks) = (Vec::new(), Vec::new());
        for named in &front.events {
            let slug = ssg_parse::slugify(&named.value);
            match site.event(&named.value).or_else(|| site.event(&slug)) {
                Some(event) => events.push(event.page),
                None if site.withheld_events.contains(&slug) => {
                    let what = format!("the event `{}`", named.value);
                    found.add(not_published(&what, &page.source, named.span));
                }
                None => found.add(
                    Diagnostic::warning(codes::DANGLING_EVENT, format!("unknown event `{}`", named.value))
                        .in_file(&page.source)
                        .at(named.span)
                        .hint_if(events_near.did_you_mean(&named.value))
                        .hint("events are folders in content/events/"),
                ),
            }
        }
        for named in &front.talks {
            match site.talk(&named.value).or_else(|| talk_of_renamed(site, &named.value)) {
                Some(talk) => talks.push(talk),
                None if is_withheld(site, &named.value) => {
                    let what = format!("the talk `{}`", named.value);
                    found.add(not_published(&what, &page.source, named.span));
                }
                None => found.add(
                    Diagnostic::warning(codes::DANGLING_TALK, format!("unknown talk `{}`", named.value))
                        .in_file(&page.source)
                        .at(named.span)
                        .hint_if(talks_near.did_you_mean(&named.value))
                        .hint("talks are named as event and slug: `2016-toronto/scaling-delivery`"),
                ),
            }
        }
        events.dedup();
        talks.dedup();
        if !events.is_empty() || !talks.is_empty() {
            resolved.insert(id, (events, talks));
        }
    }
    // What a translation leaves out, its original says.
    for id in site.translations.keys().filter(|id| !site.is_original(**id)) {
        if let Some((events, talks)) = resolved.get(&site.original(*id)).cloned() {
            let own = resolved.entry(*id).or_default();
            if own.0.is_empty() {
                own.0 = events;
            }
            if own.1.is_empty() {
                own.1 = talks;
            }
        }
    }
    for (id, (events, talks)) in resolved {
        let is_post = site.page(id).kind == Kind::Post && !site.page(id).is_unlisted();
        for page in events.iter().filter(|_| is_post) {
            if let Some(index) = site.event_of_page.get(page).copied() {
                site.events[index].recaps.push(id);
            }
        }
        for talk in talks.iter().filter(|_| is_post) {
            if let Some(info) = &mut site.pages[talk.index()].talk {
                info.recaps.push(id);
            }
        }
        let page = &mut site.pages[id.index()];
        page.events = events;
        page.talks = talks;
    }
}
