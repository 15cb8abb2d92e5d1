//! Hours of a calendar: with a zone by its name, with one that the calendar defines, in UTC, or by the clock of
//! wherever it is.

use super::lines::{Component, Property};
use crate::programme::model::Moment;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{Offset, TimeZone};
use std::collections::{BTreeMap, HashMap};

/// Names that Windows has for zones, and zones that have the same hours.
const WINDOWS: &[(&str, &str)] = &[
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Romance Standard Time", "Europe/Paris"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Argentina Standard Time", "America/Argentina/Buenos_Aires"),
    ("UTC", "UTC"),
];

/// The zones of a calendar.
#[derive(Default)]
pub(super) struct Zones {
    defined: HashMap<String, Vec<Observance>>,
    /// How often each zone that has a name was used.
    used: BTreeMap<String, usize>,
}

/// Half of a year in a zone: since when its clock has this offset.
struct Observance {
    onset: DateTime,
    from: Offset,
    to: Offset,
    /// It comes back every year: in a month, on the n-th day of the week, from the end where n is negative.
    yearly: Option<(i8, Option<(i8, Weekday)>)>,
    until: Option<Date>,
}

impl Zones {
    /// The zones that a calendar defines.
    pub fn of(calendar: &Component) -> Self {
        let mut zones = Self::default();
        for zone in calendar.inner.iter().filter(|one| one.name == "VTIMEZONE") {
            let observances = zone.inner.iter().filter_map(Observance::read).collect();
            zones.defined.insert(zone.text("TZID"), observances);
        }
        zones
    }

    /// The zone that was used most.
    pub fn usual(&self) -> Option<String> {
        let most = self.used.values().max()?;
        self.used.iter().find(|(_, count)| *count == most).map(|(name, _)| name.clone())
    }

    /// Reads `DTSTART` and the like; `None` for what is no time.
    pub fn moment(&mut self, property: &Property, notes: &mut Vec<String>) -> Option<Moment> {
        let value = property.value.trim();
        let day = day_of(value.get(..8)?)?;
        let Some(clock) = value.get(8..).and_then(|rest| rest.strip_prefix(['T', 't'])) else {
            return (value.len() == 8).then_some(Moment::Day(day));
        };
        let local = DateTime::from_parts(day, time_of(clock.trim_end_matches(['Z', 'z']))?);
        if clock.ends_with(['Z', 'z']) {
            return Offset::UTC.to_timestamp(local).ok().map(Moment::Instant);
        }
        let Some(id) = property.parameter("TZID") else { return Some(Moment::Local(local)) };
        if let Some((name, zone)) = named(id) {
            *self.used.entry(name).or_default() += 1;
            let offset = zone.to_ambiguous_zoned(local).compatible().ok()?.offset();
            return Some(Moment::At(local, offset));
        }
        match self.defined.get(id).and_then(|all| offset_at(all, local)) {
            Some(offset) => Some(Moment::At(local, offset)),
            None => {
                notes.push(format!(
                    "the zone `{id}` is not known; its hours were taken for those of the event"
                ));
                Some(Moment::Local(local))
            }
        }
    }
}

/// A zone by the name that a calendar has for it: an IANA name, maybe behind a prefix, or one of Windows'.
pub(super) fn named(id: &str) -> Option<(String, TimeZone)> {
    let id = id.trim();
    if let Some((_, name)) = WINDOWS.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)) {
        return Some(((*name).to_owned(), TimeZone::get(name).ok()?));
    }
    let parts: Vec<&str> = id.trim_matches('/').split('/').collect();
    for count in [parts.len(), 3, 2, 1] {
        if count == 1 && parts.len() > 1 {
            continue;
        }
        let Some(name) = parts.len().checked_sub(count).and_then(|from| parts.get(from..)) else { continue };
        let name = name.join("/");
        if let Ok(zone) = TimeZone::get(&name) {
            return Some((zone.iana_name().unwrap_or(&name).to_owned(), zone));
        }
    }
    None
}

impl Observance {
    fn read(component: &Component) -> Option<Self> {
        if !["STANDARD", "DAYLIGHT"].contains(&component.name.as_str()) {
            return None;
        }
        let start = component.text("DTSTART");
        let onset = DateTime::from_parts(day_of(start.get(..8)?)?, time_of(start.get(9..)?)?);
        let rule = component.text("RRULE").to_ascii_uppercase();
        let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let yearly = (part("FREQ") == Some("YEARLY")).then(|| {
            let month = part("BYMONTH").and_then(|month| month.parse().ok()).unwrap_or(onset.month());
            (month, part("BYDAY").and_then(weekday))
        });
        Some(Self {
            onset,
            from: offset_of(&component.text("TZOFFSETFROM"))?,
            to: offset_of(&component.text("TZOFFSETTO"))?,
            yearly,
            until: part("UNTIL").and_then(|until| day_of(until.get(..8)?)),
        })
    }

    /// Its last onset before a moment.
    fn last_before(&self, local: DateTime) -> Option<DateTime> {
        if self.onset > local {
            return None;
        }
        let Some((month, day)) = self.yearly else { return Some(self.onset) };
        let in_year = |year: i16| -> Option<DateTime> {
            let first = Date::new(year, month, 1).ok()?;
            let date = match day {
                Some((nth, weekday)) => first.nth_weekday_of_month(nth, weekday).ok()?,
                None => Date::new(year, month, self.onset.day()).ok()?,
            };
            let date = self.until.map_or(date, |until| date.min(until));
            Some(DateTime::from_parts(date, self.onset.time()))
        };
        let years = [Some(local.year()), local.year().checked_sub(1)];
        let onset = years.into_iter().flatten().filter_map(in_year).find(|onset| *onset <= local);
        Some(onset.map_or(self.onset, |onset| onset.max(self.onset)))
    }
}

fn offset_at(all: &[Observance], local: DateTime) -> Option<Offset> {
    let last =
        all.iter().filter_map(|one| Some((one.last_before(local)?, one.to))).max_by_key(|(onset, _)| *onset);
    let first = || all.iter().min_by_key(|one| one.onset).map(|one| one.from);
    last.map(|(_, offset)| offset).or_else(first)
}

fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let at = text.len().checked_sub(2)?;
    let (nth, day) = (text.get(..at)?, text.get(at..)?);
    let day = match day {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    Some((nth.trim_start_matches('+').parse().ok().filter(|nth| (-5..=5).contains(nth) && *nth != 0)?, day))
}

fn number<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

fn day_of(text: &str) -> Option<Date> {
    Date::new(number(text.get(..4))?, number(text.get(4..6))?, number(text.get(6..8))?).ok()
}

fn time_of(text: &str) -> Option<Time> {
    let second = text.get(4..6).map_or(Some(0), |second| number(Some(second)))?;
    Time::new(number(text.get(..2))?, number(text.get(2..4))?, i8::min(second, 59), 0).ok()
}

/// `+0100`, `-023000`
fn offset_of(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.trim_start_matches(['+', '-']);
    let hours: i32 = number(digits.get(..2))?;
    let minutes: i32 = number(digits.get(2..4))?;
    let seconds: i32 = digits.get(4..6).map_or(Some(0), |seconds| number(Some(seconds)))?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60 + seconds)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::ics::lines::read;
    use jiff::civil::datetime;

    #[test]
    fn zones_by_name() {
        for (id, name) in [
            ("Europe/Brussels", "Europe/Brussels"),
            ("/freeassociation.sourceforge.net/Europe/Brussels", "Europe/Brussels"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("/x.example/20110101_1/America/Argentina/Salta", "America/Argentina/Salta"),
        ] {
            assert_eq!(named(id).map(|(name, _)| name).as_deref(), Some(name), "{id}");
        }
        assert!(named("Harbour Time").is_none());
    }

    #[test]
    fn zones_that_a_calendar_defines() {
        let calendar = read(
            "BEGIN:VTIMEZONE\nTZID:Harbour\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\nDTSTART;TZID=Harbour:20270318T093000\nDTEND;TZID=Harbour:20270718T093000\nX;TZID=Nowhere:20270718T093000\nY;VALUE=DATE:20270718\nZ:20270718T0930",
        );
        let mut zones = Zones::of(&calendar);
        let mut notes = Vec::new();
        let mut at = |name: &str| calendar.get(name).and_then(|property| zones.moment(property, &mut notes));
        assert_eq!(at("DTSTART"), Some(Moment::At(datetime(2027, 3, 18, 9, 30, 0, 0), Offset::constant(1))));
        assert_eq!(at("DTEND"), Some(Moment::At(datetime(2027, 7, 18, 9, 30, 0, 0), Offset::constant(2))));
        assert_eq!(at("X"), Some(Moment::Local(datetime(2027, 7, 18, 9, 30, 0, 0))));
        assert!(matches!(at("Y"), Some(Moment::Day(_))) && matches!(at("Z"), Some(Moment::Local(_))));
        assert_eq!(notes.len(), 1);
    }
}
