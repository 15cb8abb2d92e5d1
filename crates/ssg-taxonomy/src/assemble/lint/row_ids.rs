//! Rows of a schedule that are talks and have no `id`: their addresses and identities follow their titles.
//!
//! A programme to come is corrected often, so one message for the site shows the line to write; of what is over
//! titles stay.

use crate::page::Page;
use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::Format;
use ssg_source::{Diagnostic, Diagnostics, Span, codes};

/// Tells of rows of events to come whose addresses a new title would change.
pub(super) fn check(site: &Site, instant: Timestamp, found: &mut Diagnostics) {
    let events = site.events.iter().filter(|event| event.end.timestamp() > instant);
    let talks = events.flat_map(|event| event.talks.iter().map(|id| site.page(*id)));
    let mut rows: Vec<(&Page, Span)> =
        talks.filter_map(|talk| Some((talk, without_id(site, talk)?))).collect();
    rows.sort_by(|(a, at), (b, other)| (&a.source, at.start).cmp(&(&b.source, other.start)));
    let Some((first, span)) = rows.first() else { return };
    let more = match rows.len() - 1 {
        0 => String::new(),
        1 => " and of 1 other row".to_owned(),
        others => format!(" and of {others} other rows"),
    };
    let message = format!("the address of `{}`{more} follows the title, for there is no `id`", first.title);
    let sign = if first.document.front.format == Some(Format::Yaml) { ": " } else { " = " };
    found.add(
        Diagnostic::warning(codes::ROW_WITHOUT_ID, message)
            .in_file(&first.source)
            .at(*span)
            .hint(format!("write `id{sign}\"{}\"` in the row, and a new title keeps the address", first.slug))
            .hint("where the title has changed already, name the old address in `aliases` of the row"),
    );
}

/// The place of the row that a talk is, where that has no id.
fn without_id(site: &Site, talk: &Page) -> Option<Span> {
    let span = talk.row?;
    let event = site.events.get(talk.talk.as_ref()?.event?)?;
    let table = site.page(event.page).document.front.event.as_deref()?;
    table.schedule.iter().find(|row| row.span == span && row.id.is_none()).map(|row| row.span)
}
