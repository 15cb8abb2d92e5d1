//! Moments of a calendar, and the zones in which they are written.
//!
//! A zone is described by the rule that it has today: one `STANDARD` and, where clocks change, one
//! `DAYLIGHT`, each every year on the same weekday of the same month. Programs read no more than that; of
//! several descriptions some take the last one only (MS-OXCICAL 2.1.3.1.1.19). A moment at which the rule says
//! another time than clocks showed, and every moment in a zone without such a rule, is written in UTC.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{Offset, TimeZone, TimeZoneTransition};
use jiff::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

use super::line::Lines;

/// The first year that a description is for.
const FIRST: i16 = 1970;
/// In this many years every day of a year falls on every weekday, in leap years too.
const CYCLE: i16 = 28;
/// Years whose changes of clocks a zone's rule is read from; what is decided for single years is before.
const READ_FROM: i16 = 2040;

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

/// A change of clocks that comes every year.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    month: i8,
    weekday: Weekday,
    /// Which of the month's weekdays: from 1, or -1 for the last.
    nth: i8,
    /// What clocks show at that moment, before they are changed.
    time: Time,
    from: Offset,
    to: Offset,
    name: String,
}

/// What clocks of a zone do each year.
#[derive(Debug)]
struct Rule {
    standard: Change,
    daylight: Option<Change>,
}

/// Zones by name, as far as they have a rule.
#[derive(Default)]
pub(super) struct Zones {
    rules: BTreeMap<String, Option<Rule>>,
    /// Zones in which a moment is written.
    used: BTreeSet<String>,
}

impl Zones {
    /// Adds what is needed to read an instant.
    pub(super) fn add(&mut self, zone: &TimeZone, at: Timestamp) {
        let Some(name) = zone.iana_name().filter(|name| !is_utc(name)) else { return };
        self.rules.entry(name.to_owned()).or_insert_with(|| Rule::of(zone));
        if self.local(zone, at).is_some() {
            self.used.insert(name.to_owned());
        }
    }

    /// Adds UTC, for a calendar that has nothing else.
    pub(super) fn add_utc(&mut self) {
        self.rules.insert("UTC".to_owned(), Rule::of(&TimeZone::UTC));
        self.used.insert("UTC".to_owned());
    }

    /// Parameters and value of a property that is an instant: as the clocks of the zone show it, where
    /// that says which instant is meant, else in UTC.
    pub(super) fn moment(&self, zone: &TimeZone, at: Timestamp) -> String {
        match (zone.iana_name(), self.local(zone, at)) {
            (Some(name), Some(shown)) => format!(";TZID={name}:{}", clock(shown)),
            _ => format!(":{}", utc(at)),
        }
    }

    /// What the clocks of a zone show, where every reader takes that for the same instant: not where they go
    /// back and an hour is shown twice.
    fn local(&self, zone: &TimeZone, at: Timestamp) -> Option<DateTime> {
        let rule = self.rules.get(zone.iana_name()?)?.as_ref()?;
        let shown = zone.to_datetime(at);
        let is_one = !zone.to_ambiguous_timestamp(shown).is_ambiguous();
        (is_one && rule.offset_at(at) == Some(zone.to_offset(at))).then_some(shown)
    }

    pub(super) fn write(&self, lines: &mut Lines) {
        for (name, rule) in &self.rules {
            let Some(rule) = rule.as_ref().filter(|_| self.used.contains(name)) else { continue };
            lines.add("BEGIN:VTIMEZONE");
            lines.add(&format!("TZID:{name}"));
            rule.standard.write("STANDARD", rule.daylight.is_some(), lines);
            if let Some(daylight) = &rule.daylight {
                daylight.write("DAYLIGHT", true, lines);
            }
            lines.add("END:VTIMEZONE");
        }
    }
}

fn is_utc(name: &str) -> bool {
    ["UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/UCT", "Zulu", "Etc/Zulu"].contains(&name)
}

impl Rule {
    /// The rule of a zone; `None` where it has none that comes every year on a weekday of a month.
    fn of(zone: &TimeZone) -> Option<Self> {
        let new_year = |year: i16| {
            let day = Date::new(year, 1, 1).ok()?.at(0, 0, 0, 0);
            Offset::UTC.to_timestamp(day).ok()
        };
        let (from, until) = (new_year(READ_FROM)?, new_year(READ_FROM + CYCLE)?);
        let most = usize::try_from(CYCLE).ok()? * 2;
        let changes: Vec<Seen> = zone
            .following(from)
            .take_while(|change| change.timestamp() < until)
            .take(most + 1)
            .map(|change| Seen::of(zone, &change))
            .collect();
        if changes.is_empty() {
            let info = zone.to_offset_info(from);
            let standard = Change {
                month: 1,
                weekday: Weekday::Thursday,
                nth: 1,
                time: Time::midnight(),
                from: info.offset(),
                to: info.offset(),
                name: info.abbreviation().to_owned(),
            };
            return Some(Self { standard, daylight: None });
        }
        let (forward, back): (Vec<Seen>, Vec<Seen>) =
            changes.into_iter().partition(|change| change.to > change.from);
        if forward.len() * 2 != most || back.len() * 2 != most {
            return None;
        }
        Some(Self { standard: Change::of(&back)?, daylight: Some(Change::of(&forward)?) })
    }

    /// The offset that somebody who knows the rule alone takes to hold at an instant.
    fn offset_at(&self, at: Timestamp) -> Option<Offset> {
        let year = self.standard.to.to_datetime(at).year();
        if year <= FIRST {
            return None;
        }
        let Some(daylight) = &self.daylight else { return Some(self.standard.to) };
        [year - 1, year, year.saturating_add(1)]
            .into_iter()
            .flat_map(|year| [&self.standard, daylight].map(|change| (change.begins(year), change.to)))
            .filter_map(|(begins, to)| Some((begins?, to)))
            .filter(|(begins, _)| *begins <= at)
            .max_by_key(|(begins, _)| *begins)
            .map(|(_, to)| to)
    }
}

/// A change of clocks of one year.
struct Seen {
    /// What clocks show at that moment, before they are changed.
    shown: DateTime,
    from: Offset,
    to: Offset,
    name: String,
}

impl Seen {
    fn of(zone: &TimeZone, change: &TimeZoneTransition<'_>) -> Self {
        let before = change.timestamp().checked_sub(Span::new().nanoseconds(1));
        let from = before.map_or_else(|_| change.offset(), |before| zone.to_offset(before));
        Self {
            shown: from.to_datetime(change.timestamp()),
            from,
            to: change.offset(),
            name: change.abbreviation().to_owned(),
        }
    }
}

impl Change {
    /// What all of many years have in common; `None` where the day cannot be said by its weekday.
    fn of(seen: &[Seen]) -> Option<Self> {
        let first = seen.first()?;
        let day = first.shown.date();
        let is_last = |date: Date| date.day() + 7 > date.days_in_month();
        let nth = |date: Date| (date.day() - 1) / 7 + 1;
        let alike = seen.iter().all(|one| {
            let date = one.shown.date();
            (date.month(), date.weekday(), one.shown.time())
                == (day.month(), day.weekday(), first.shown.time())
                && (one.from, one.to) == (first.from, first.to)
        });
        let nth = if seen.iter().all(|one| is_last(one.shown.date())) {
            -1
        } else {
            Some(nth(day)).filter(|first| seen.iter().all(|one| nth(one.shown.date()) == *first))?
        };
        alike.then(|| Self {
            month: day.month(),
            weekday: day.weekday(),
            nth,
            time: first.shown.time(),
            from: first.from,
            to: first.to,
            name: first.name.clone(),
        })
    }

    /// What clocks show in a year when they are changed.
    fn shown(&self, year: i16) -> Option<DateTime> {
        let month = Date::new(year, self.month, 1).ok()?;
        Some(month.nth_weekday_of_month(self.nth, self.weekday).ok()?.to_datetime(self.time))
    }

    fn begins(&self, year: i16) -> Option<Timestamp> {
        self.from.to_timestamp(self.shown(year)?).ok()
    }

    fn write(&self, kind: &str, recurs: bool, lines: &mut Lines) {
        let shown = if recurs { self.shown(FIRST) } else { None };
        let shown = shown.unwrap_or_else(|| jiff::civil::date(FIRST, 1, 1).at(0, 0, 0, 0));
        lines.add(&format!("BEGIN:{kind}"));
        lines.add(&format!("DTSTART:{}", clock(shown)));
        if recurs {
            let weekday = match self.weekday {
                Weekday::Monday => "MO",
                Weekday::Tuesday => "TU",
                Weekday::Wednesday => "WE",
                Weekday::Thursday => "TH",
                Weekday::Friday => "FR",
                Weekday::Saturday => "SA",
                Weekday::Sunday => "SU",
            };
            lines.add(&format!("RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={}{weekday}", self.month, self.nth));
        }
        lines.add(&format!("TZOFFSETFROM:{}", offset(self.from)));
        lines.add(&format!("TZOFFSETTO:{}", offset(self.to)));
        lines.text("TZNAME", &self.name);
        lines.add(&format!("END:{kind}"));
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
