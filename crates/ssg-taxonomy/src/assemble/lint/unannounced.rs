//! Events and talks to come that are in no feed, for nothing says when they were announced.
//!
//! One message for the site names the line to write; what is in the middle of being planned may well stay unsaid.

use crate::announced::{Announced, announced, is_dated};
use crate::page::{Kind, Page};
use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::{Config, Format};
use ssg_source::{Diagnostic, Diagnostics, codes};

/// Tells of events and talks that feeds do not have yet.
pub(super) fn check(config: &Config, site: &Site, instant: Timestamp, found: &mut Diagnostics) {
    if config.feeds.formats.is_empty() {
        return;
    }
    let to_come = site.numbered_pages().filter(|(id, page)| {
        matches!(page.kind, Kind::Event | Kind::Talk)
            && page.row.is_none()
            && !is_dated(page)
            && site.is_original(*id)
            && announced(site, *id, instant) == Announced::NotYet
    });
    let mut pages: Vec<&Page> = to_come.map(|(_, page)| page).collect();
    pages.sort_by(|a, b| a.source.cmp(&b.source));
    let Some(first) = pages.first() else { return };
    let more = match pages.len() - 1 {
        0 => String::new(),
        1 => " and 1 other event or talk".to_owned(),
        others => format!(" and {others} other events and talks"),
    };
    // Nothing of today: the message would be another one tomorrow, for a site in which nothing has changed.
    let is_yaml = first.document.front.format == Some(Format::Yaml);
    let line = if is_yaml { "date: 2027-01-15" } else { "date = 2027-01-15" };
    let message =
        format!("`{}`{more} to come are in no feed: nothing says when they were announced", first.title);
    let message = if more.is_empty() {
        format!("`{}` is to come and in no feed: nothing says when it was announced", first.title)
    } else {
        message
    };
    found.add(
        Diagnostic::warning(codes::NOT_ANNOUNCED, message)
            .in_file(&first.source)
            .hint(format!("write the day of the announcement, such as `{line}`")),
    );
}
