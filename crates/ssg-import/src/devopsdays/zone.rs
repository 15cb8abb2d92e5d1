//! The time zone of an event, and its dates in it.
//!
//! The source tells at most an offset from UTC. Where the city is a known one, or names a zone
//! itself, and the offset is one that its zone has in that year, the zone is known and times are
//! written as local ones. Else they keep their offset.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use ssg_parse::{When, read_when};

/// Cities of devopsdays that do not bear the name of their zone.
const CITIES: &[(&str, &str)] = &[
    ("Aarhus", "Europe/Copenhagen"),
    ("Atlanta", "America/New_York"),
    ("Austin", "America/Chicago"),
    ("Baltimore", "America/New_York"),
    ("Bangalore", "Asia/Kolkata"),
    ("Barcelona", "Europe/Madrid"),
    ("Belo Horizonte", "America/Sao_Paulo"),
    ("Bengaluru", "Asia/Kolkata"),
    ("Birmingham", "America/Chicago"),
    ("Boise", "America/Boise"),
    ("Boston", "America/New_York"),
    ("Brasília", "America/Sao_Paulo"),
    ("Buffalo", "America/New_York"),
    ("Cape Town", "Africa/Johannesburg"),
    ("Cardiff", "Europe/London"),
    ("Charlotte", "America/New_York"),
    ("Columbus", "America/New_York"),
    ("Cuba", "America/Havana"),
    ("Curitiba", "America/Sao_Paulo"),
    ("Dallas", "America/Chicago"),
    ("DC", "America/New_York"),
    ("Des Moines", "America/Chicago"),
    ("Eindhoven", "Europe/Amsterdam"),
    ("Geneva", "Europe/Zurich"),
    ("Ghent", "Europe/Brussels"),
    ("Goteborg", "Europe/Stockholm"),
    ("Hamburg", "Europe/Berlin"),
    ("Hartford", "America/New_York"),
    ("Houston", "America/Chicago"),
    ("India", "Asia/Kolkata"),
    ("Kansas City", "America/Chicago"),
    ("Kiel", "Europe/Berlin"),
    ("Lausanne", "Europe/Zurich"),
    ("Manchester", "Europe/London"),
    ("Medellín", "America/Bogota"),
    ("Melbourne", "Australia/Melbourne"),
    ("Milano", "Europe/Rome"),
    ("Minneapolis", "America/Chicago"),
    ("Montréal", "America/Toronto"),
    ("Montreal", "America/Toronto"),
    ("Mountain View", "America/Los_Angeles"),
    ("Mountainview", "America/Los_Angeles"),
    ("Munich", "Europe/Berlin"),
    ("Nashville", "America/Chicago"),
    ("New York", "America/New_York"),
    ("New York City", "America/New_York"),
    ("NYC", "America/New_York"),
    ("Ottawa", "America/Toronto"),
    ("Philadelphia", "America/New_York"),
    ("Pittsburgh", "America/New_York"),
    ("Portland", "America/Los_Angeles"),
    ("Portugal", "Europe/Lisbon"),
    ("Porto Alegre", "America/Sao_Paulo"),
    ("Québec", "America/Toronto"),
    ("Raleigh", "America/New_York"),
    ("Rio de Janeiro", "America/Sao_Paulo"),
    ("Rockies", "America/Denver"),
    ("Salt Lake City", "America/Denver"),
    ("San Francisco", "America/Los_Angeles"),
    ("Santiago", "America/Santiago"),
    ("São Paulo", "America/Sao_Paulo"),
    ("Seattle", "America/Los_Angeles"),
    ("Silicon Valley", "America/Los_Angeles"),
    ("Tampa Bay", "America/New_York"),
    ("Tel Aviv", "Asia/Jerusalem"),
    ("Tulsa", "America/Chicago"),
    ("Ukraine", "Europe/Kyiv"),
    ("Washington DC", "America/New_York"),
    ("Washington, D.C.", "America/New_York"),
    ("Wellington", "Pacific/Auckland"),
];

/// Which end of a time a moment is: midnight means another day at either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// It begins.
    Start,
    /// The last day of an event.
    LastDay,
    /// A window closes.
    Close,
}

/// What is known of an event's zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Zone {
    /// Its IANA name.
    pub name: Option<String>,
    zone: Option<TimeZone>,
    /// Seconds east of UTC, where the source tells.
    offset: Option<i32>,
}

impl Zone {
    /// The zone of a city, unless the event's own dates belie it; `dates` are as written.
    pub fn of(city: &str, dates: &[String]) -> Self {
        let moments: Vec<When> = dates.iter().filter_map(|text| read(text)).collect();
        let offset = moments.iter().find_map(|when| match when {
            When::Instant(_, offset) => Some(*offset),
            _ => None,
        });
        let zone = zone_of(city).filter(|(_, zone)| {
            moments.iter().all(|when| match when {
                When::Instant(instant, offset) => offsets_of_year(zone, *instant).contains(offset),
                _ => true,
            })
        });
        match zone {
            Some((name, zone)) => Self { name: Some(name), zone: Some(zone), offset },
            None => Self { name: None, zone: None, offset },
        }
    }

    /// A date of the source as front matter writes it; `None` for what is no date.
    pub fn moment(&self, text: &str, edge: Edge) -> Option<String> {
        let mut own = self.offset;
        let local = match read(text)? {
            When::Day(day) => return Some(day.to_string()),
            When::Anywhere(day) => return Some(format!("{day} AoE")),
            When::Local(local) => local,
            // The clock's time counts: an offset of the other half of the year is a slip.
            When::Instant(instant, offset) => {
                own = Some(offset);
                civil(instant, offset)?
            }
        };
        let written = self.zone.is_some() || self.offset.is_none();
        let (day, time) = (local.date(), local.time());
        let last = time >= Time::constant(23, 59, 0, 0);
        if written && (time == Time::midnight() && edge != Edge::Close || last && edge != Edge::Start) {
            return Some(day.to_string());
        }
        let local = if edge == Edge::LastDay && time == Time::midnight() {
            day.to_datetime(Time::constant(23, 59, 59, 0))
        } else {
            local
        };
        Some(self.written(local, own))
    }

    /// A time of a day of the event.
    pub fn clock(&self, day: Date, time: Time) -> String {
        self.written(day.to_datetime(time), self.offset)
    }

    fn written(&self, local: DateTime, offset: Option<i32>) -> String {
        let local_text = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        match offset.filter(|_| self.zone.is_none()) {
            Some(offset) => format!("{local_text}{}", offset_text(offset)),
            None => local_text,
        }
    }
}

/// The day of a date of the source.
pub(super) fn day_of(text: &str) -> Option<Date> {
    match read(text)? {
        When::Day(day) | When::Anywhere(day) => Some(day),
        When::Local(local) => Some(local.date()),
        When::Instant(instant, offset) => civil(instant, offset).map(DateTime::date),
    }
}

/// A time of day as programmes write it: `9:15`, `08:00`.
pub(super) fn time_of(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |text: &str, most: usize| {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<i8>().ok())
            .flatten()
    };
    let minute = minute.strip_suffix(":00").unwrap_or(minute);
    if minute.len() != 2 {
        return None;
    }
    Time::new(digits(hour, 2)?, digits(minute, 2)?, 0, 0).ok()
}

/// Reads a date; an offset of `-00:00` says that it is not known.
fn read(text: &str) -> Option<When> {
    read_when(text.strip_suffix("-00:00").unwrap_or(text)).ok()
}

fn civil(instant: jiff::Timestamp, offset: i32) -> Option<DateTime> {
    let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
    Some(instant.to_zoned(zone).datetime())
}

fn offsets_of_year(zone: &TimeZone, instant: jiff::Timestamp) -> Vec<i32> {
    let at = |days: i64| {
        let moved = instant.checked_add(jiff::SignedDuration::from_hours(days * 24)).unwrap_or(instant);
        zone.to_offset(moved).seconds()
    };
    vec![at(0), at(91), at(182), at(273)]
}

fn zone_of(city: &str) -> Option<(String, TimeZone)> {
    let known = CITIES.iter().find(|(name, _)| name.eq_ignore_ascii_case(city.trim()));
    if let Some((_, zone)) = known {
        return Some(((*zone).to_owned(), TimeZone::get(zone).ok()?));
    }
    let last = city.trim().replace(' ', "_");
    if last.is_empty() {
        return None;
    }
    jiff::tz::db().available().find_map(|name| {
        let name = name.as_str();
        let (area, place) = name.rsplit_once('/')?;
        let usual =
            ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Pacific"].contains(&area);
        (usual && place.eq_ignore_ascii_case(&last))
            .then(|| Some((name.to_owned(), TimeZone::get(name).ok()?)))
            .flatten()
    })
}

fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_tells_its_zone_where_the_offset_agrees() {
        let zone = |city: &str, date: &str| Zone::of(city, &[date.to_owned()]).name;
        assert_eq!(zone("Chicago", "2018-08-28T00:00:00-05:00").as_deref(), Some("America/Chicago"));
        assert_eq!(zone("taipei", "2025-06-05T00:00:00+08:00").as_deref(), Some("Asia/Taipei"));
        assert_eq!(zone("Boston", "2014-08-18").as_deref(), Some("America/New_York"));
        // The offset of winter in summer is a slip; that of another continent is not.
        assert_eq!(zone("Boston", "2022-09-12T08:00:00-05:00").as_deref(), Some("America/New_York"));
        assert_eq!(zone("Birmingham", "2019-05-01T00:00:00+01:00"), None);
        assert_eq!(zone("Nowhere", "2019-05-01"), None);
        assert!(CITIES.iter().all(|(_, zone)| TimeZone::get(zone).is_ok()));
    }

    #[test]
    fn dates_are_local_where_the_zone_is_known() {
        let zone = Zone::of("Chicago", &["2018-08-28T00:00:00-05:00".to_owned()]);
        let moment = |text: &str, edge| zone.moment(text, edge);
        assert_eq!(moment("2018-08-28T00:00:00-05:00", Edge::Start).as_deref(), Some("2018-08-28"));
        assert_eq!(moment("2018-08-29T23:59:59-05:00", Edge::LastDay).as_deref(), Some("2018-08-29"));
        assert_eq!(moment("2018-08-29T00:00:00-05:00", Edge::Close).as_deref(), Some("2018-08-29T00:00:00"));
        assert_eq!(moment("2018-08-29T08:30:00-00:00", Edge::Start).as_deref(), Some("2018-08-29T08:30:00"));
        assert_eq!(moment("soon", Edge::Start), None);
        // Winter and summer have offsets of their own.
        let zone = Zone::of("Nowhere", &["2018-08-28T00:00:00-05:00".to_owned()]);
        let winter = zone.moment("2018-01-28T09:00:00-06:00", Edge::Start);
        assert_eq!(winter.as_deref(), Some("2018-01-28T09:00:00-06:00"));
        let zone = Zone::of("Nowhere", &["2018-08-28T00:00:00-05:00".to_owned()]);
        assert_eq!(
            zone.moment("2018-08-29T00:00:00-05:00", Edge::LastDay).as_deref(),
            Some("2018-08-29T23:59:59-05:00")
        );
    }

    #[test]
    fn times_of_day() {
        for text in ["9:15", "09:15", " 09:15 "] {
            assert_eq!(time_of(text).map(|time| time.to_string()).as_deref(), Some("09:15:00"));
        }
        for text in ["17:345", "late", "", "25:00", "9", "9:5", "-1:00", "+9:15"] {
            assert_eq!(time_of(text), None, "{text}");
        }
    }
}
