//! The calendars that pages link to, each with the addresses by which one subscribes to it.

use super::{CalendarOf, is_wanted, path, series_of, title};
use crate::reads::{ReadSite, Reads};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// A calendar as pages link to it.
#[derive(Debug, Serialize)]
pub(crate) struct Link {
    /// `event series talk speaker tool events cfp`
    pub kind: &'static str,
    pub title: String,
    pub path: String,
    /// For programs that subscribe to it by its scheme.
    pub webcal: String,
    /// Google Calendar, which subscribes to it there.
    pub google: String,
}

fn link(reads: &Reads, of: &CalendarOf) -> Link {
    let path = path(reads, of);
    let permalink = reads.permalink(&path);
    let webcal = match permalink.split_once("://") {
        Some((_, rest)) => format!("webcal://{rest}"),
        None => permalink,
    };
    let google =
        format!("https://calendar.google.com/calendar/r?cid={}", utf8_percent_encode(&webcal, IN_QUERY));
    Link { kind: kind(reads, of), title: title(reads, of), path, webcal, google }
}

/// What stands for itself in the value of a query.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The calendars that a page links to: its own, and those that it belongs to.
pub(crate) fn links(reads: &Reads, of: &CalendarOf) -> Vec<Link> {
    let mut all = vec![of.clone()];
    if let CalendarOf::Page(key) = of {
        let event = reads.card(key).and_then(|card| reads.event(&card.event?));
        all.extend(event.and_then(|event| series_of(&event)).map(|slug| CalendarOf::Series(slug.into())));
    }
    if *of == CalendarOf::All {
        all.push(CalendarOf::Calls);
    }
    all.retain(|of| is_wanted(reads, of));
    all.iter().map(|of| link(reads, of)).collect()
}

fn kind(reads: &Reads, of: &CalendarOf) -> &'static str {
    match of {
        CalendarOf::Page(key) => {
            let is_event = reads.card(key).is_some_and(|card| card.event.is_some());
            if is_event { "event" } else { "talk" }
        }
        CalendarOf::Series(_) => "series",
        CalendarOf::Term(key) => match reads.term(key) {
            Some(term) if *term.taxonomy == *"speakers" => "speaker",
            _ => "tool",
        },
        CalendarOf::All => "events",
        CalendarOf::Upcoming => "upcoming",
        CalendarOf::Calls => "cfp",
    }
}
