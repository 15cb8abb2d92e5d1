//! Moments of a calendar, and the zones in which they are written.
//!
//! A zone is described by the changes of its clocks that count for the moments in the file, and by no
//! others: a reader takes the last change before a moment, which is always there.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneTransition};
use jiff::{Span, Timestamp};
use std::collections::BTreeMap;

use super::line::Lines;

/// A day.
pub(super) fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn clock(at: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", day(at.date()), at.hour(), at.minute(), at.second())
}

/// An instant in UTC.
pub(super) fn utc(at: Timestamp) -> String {
    format!("{}Z", clock(Offset::UTC.to_datetime(at)))
}

/// Parameters and value of a property that is an instant: as the clocks of the zone show it, where
/// that says which instant is meant, else in UTC.
pub(super) fn moment(zone: &TimeZone, at: Timestamp) -> String {
    match local(zone, at) {
        Some((name, shown)) => format!(";TZID={name}:{}", clock(shown)),
        None => format!(":{}", utc(at)),
    }
}

/// Name of the zone and what its clocks show. Where the clocks go back, an hour is shown twice; the
/// format takes it for the first one.
fn local(zone: &TimeZone, at: Timestamp) -> Option<(&str, DateTime)> {
    let name = zone.iana_name().filter(|name| !["UTC", "Etc/UTC", "Etc/GMT", "GMT"].contains(name))?;
    let shown = zone.to_datetime(at);
    let meant = zone.to_ambiguous_timestamp(shown).compatible().ok()?;
    (meant.as_second() == at.as_second()).then_some((name, shown))
}

/// A change of clocks.
#[derive(PartialEq, Eq)]
struct Change {
    summer: bool,
    /// What clocks show at that moment, before they are changed.
    shown: DateTime,
    from: Offset,
    to: Offset,
    name: String,
}

/// Zones by name, each with the changes that count, by their instant; `None` is before all others.
#[derive(Default)]
pub(super) struct Zones(BTreeMap<String, BTreeMap<Option<Timestamp>, Change>>);

impl Zones {
    /// Adds what is needed to read an instant.
    pub(super) fn add(&mut self, zone: &TimeZone, at: Timestamp) {
        let Some((name, _)) = local(zone, at) else { return };
        let changes = self.0.entry(name.to_owned()).or_default();
        let just_after = at.checked_add(Span::new().nanoseconds(1)).unwrap_or(at);
        match zone.preceding(just_after).next() {
            Some(change) => {
                changes.entry(Some(change.timestamp())).or_insert_with(|| changed(zone, &change));
            }
            None => {
                changes.entry(None).or_insert_with(|| always(zone, at));
            }
        }
    }

    /// Adds UTC, for a calendar that has nothing else.
    pub(super) fn add_utc(&mut self) {
        let changes = BTreeMap::from([(None, always(&TimeZone::UTC, Timestamp::UNIX_EPOCH))]);
        self.0.insert("UTC".to_owned(), changes);
    }

    pub(super) fn write(&self, lines: &mut Lines) {
        for (name, changes) in &self.0 {
            lines.add("BEGIN:VTIMEZONE");
            lines.add(&format!("TZID:{name}"));
            for change in changes.values() {
                let kind = if change.summer { "DAYLIGHT" } else { "STANDARD" };
                lines.add(&format!("BEGIN:{kind}"));
                lines.add(&format!("DTSTART:{}", clock(change.shown)));
                lines.add(&format!("TZOFFSETFROM:{}", offset(change.from)));
                lines.add(&format!("TZOFFSETTO:{}", offset(change.to)));
                lines.text("TZNAME", &change.name);
                lines.add(&format!("END:{kind}"));
            }
            lines.add("END:VTIMEZONE");
        }
    }
}

fn changed(zone: &TimeZone, change: &TimeZoneTransition<'_>) -> Change {
    let before = change.timestamp().checked_sub(Span::new().nanoseconds(1));
    let from = before.map_or_else(|_| change.offset(), |before| zone.to_offset(before));
    Change {
        summer: change.dst().is_dst(),
        shown: from.to_datetime(change.timestamp()),
        from,
        to: change.offset(),
        name: change.abbreviation().to_owned(),
    }
}

/// The offset at an instant, for what is before every change that is known.
fn always(zone: &TimeZone, at: Timestamp) -> Change {
    let info = zone.to_offset_info(at);
    Change {
        summer: false,
        shown: jiff::civil::date(1601, 1, 1).at(0, 0, 0, 0),
        from: info.offset(),
        to: info.offset(),
        name: info.abbreviation().to_owned(),
    }
}

/// `+0200`, with seconds only where there are some.
fn offset(offset: Offset) -> String {
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    let seconds = offset.seconds().unsigned_abs();
    let mut text = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if !seconds.is_multiple_of(60) {
        text.push_str(&format!("{:02}", seconds % 60));
    }
    text
}
