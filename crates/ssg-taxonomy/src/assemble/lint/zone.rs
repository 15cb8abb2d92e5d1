//! Hours of events and talks where neither they nor the site say in which time zone they are meant.
//!
//! UTC is taken then, so a talk at ten in Tokyo would be at seven in the evening. One warning for the site, at
//! the first of them, shows the line to write.

use crate::page::{Kind, Page};
use crate::site::Site;
use ssg_parse::{Config, EventTable, Spanned, When, Window};
use ssg_source::{Diagnostic, Diagnostics, Span, codes};

/// Warns where hours are meant in no time zone.
pub(super) fn check(config: &Config, site: &Site, found: &mut Diagnostics) {
    if config.has_timezone {
        return;
    }
    let places = site.pages.iter().filter(|page| page.row.is_none()).filter_map(|page| {
        let span = first_hour(site, page)?;
        Some((page, span))
    });
    let mut places: Vec<(&Page, Span)> = places.collect();
    places.sort_by(|(a, _), (b, _)| a.source.cmp(&b.source));
    let Some((first, span)) = places.first() else { return };
    let others = places.len() - 1;
    let more = match others {
        0 => String::new(),
        1 => " and of another file".to_owned(),
        others => format!(" and of {others} other files"),
    };
    let message = format!("the hours of this file{more} are meant in no time zone; UTC is taken");
    found.add(
        Diagnostic::warning(codes::NO_TIMEZONE, message)
            .in_file(&first.source)
            .at(*span)
            .hint("write it in ssg.toml: `timezone = \"Europe/Brussels\"`")
            .hint("or for one event, under `[event]`: `timezone = \"Asia/Tokyo\"`"),
    );
}

/// The place of the first hour on a page that has no zone.
fn first_hour(site: &Site, page: &Page) -> Option<Span> {
    let event_of_talk = || site.events.get(page.talk.as_ref()?.event?);
    let event_page = match page.kind {
        Kind::Event => Some(page),
        Kind::Talk => event_of_talk().map(|event| site.page(event.page)),
        _ => return None,
    };
    let table = event_page.and_then(|page| page.document.front.event.as_deref());
    if table.is_some_and(|table| table.timezone.is_some()) {
        return None;
    }
    let is_hour = |when: &&Spanned<When>| matches!(when.value, When::Local(_));
    let mut times: Vec<&Spanned<When>> = Vec::new();
    if page.kind == Kind::Event {
        times.extend(table.into_iter().flat_map(of_event));
    } else {
        let talk = page.document.front.talk.as_deref();
        times.extend(talk.into_iter().flat_map(|talk| [&talk.starts, &talk.ends]).flatten());
    }
    times.into_iter().find(is_hour).map(|when| when.span)
}

fn of_event(table: &EventTable) -> Vec<&Spanned<When>> {
    let windows = [&table.cfp, &table.registration].into_iter().flatten();
    let windows = windows.flat_map(|window: &Window| [&window.opens, &window.closes, &window.announced]);
    let rows = table.schedule.iter().flat_map(|row| [&row.starts, &row.ends]);
    [&table.start, &table.end, &table.previous_start]
        .into_iter()
        .chain(windows)
        .chain(rows)
        .flatten()
        .collect()
}
