//! Dates as people wrote them in headers, and the day they fall on.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

/// A day, perhaps with a time, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub day: Date,
    pub time: Option<Time>,
    pub offset: Option<Offset>,
}

impl Moment {
    /// A day and no more.
    pub fn day(day: Date) -> Self {
        Self { day, time: None, offset: None }
    }

    /// Reads `2012-1-5`, `2012-01-05 09:23`, `2012-01-05T09:23:00.000+02:00`, `… EST`, `… -0700`, and
    /// seconds since 1970.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let at = Timestamp::from_second(text.parse().ok()?).ok()?.to_zoned(TimeZone::UTC);
            return Some(Self { day: at.date(), time: Some(at.time()), offset: Some(Offset::UTC) });
        }
        let end = text.find([' ', 'T', 't']).unwrap_or(text.len());
        let (day, rest) = text.split_at(end);
        let mut numbers = day.split(['-', '/', '.']).map(str::parse::<i16>);
        let (year, month, of_month) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
        if numbers.next().is_some() || year < 1000 {
            return None;
        }
        let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?).ok()?;
        let rest = rest.trim_start_matches([' ', 'T', 't']).trim();
        let clock_end =
            rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(clock_end);
        let Some(time) = time_of(clock) else { return Some(Self::day(day)) };
        Some(Self { day, time: Some(time), offset: offset_of(zone.trim()) })
    }

    /// The day in a time zone, by which old addresses were made.
    pub fn day_in(self, zone: &TimeZone) -> Date {
        let (Some(time), Some(offset)) = (self.time, self.offset) else { return self.day };
        let civil = civil::DateTime::from_parts(self.day, time);
        offset.to_timestamp(civil).map_or(self.day, |at| at.to_zoned(zone.clone()).date())
    }

    /// As a TOML date.
    pub fn toml(self) -> String {
        let Some(time) = self.time else { return self.day.to_string() };
        let clock = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        match self.offset {
            None => format!("{}T{clock}", self.day),
            Some(offset) if offset.is_zero() => format!("{}T{clock}Z", self.day),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{}T{clock}{sign}{:02}:{:02}", self.day, minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

fn time_of(clock: &str) -> Option<Time> {
    let mut parts = clock.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().and_then(|text| text.split('.').next()).and_then(|text| text.parse().ok());
    Time::new(hour, minute, second.unwrap_or(0), 0).ok()
}

fn offset_of(zone: &str) -> Option<Offset> {
    let hours = match zone.to_ascii_uppercase().as_str() {
        "" => return None,
        "Z" | "UTC" | "GMT" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" | "BST" => 1,
        "CEST" => 2,
        _ => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let digits: String = zone.chars().filter(char::is_ascii_digit).take(4).collect();
            let (hours, minutes) = match digits.len() {
                4 => (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
                1 | 2 => (digits.parse::<i32>().ok()?, 0),
                _ => return None,
            };
            return Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok();
        }
    };
    Offset::from_seconds(hours * 3600).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (text, toml) in [
            ("2012-1-5", "2012-01-05"),
            ("2012-01-05 09:23", "2012-01-05T09:23:00"),
            ("2012-01-11T09:23:00.000+02:00", "2012-01-11T09:23:00+02:00"),
            ("2012-01-05 09:23:11 -0700", "2012-01-05T09:23:11-07:00"),
            ("2012-01-05 09:23 EST", "2012-01-05T09:23:00-05:00"),
            ("2012-01-05T09:23:00Z", "2012-01-05T09:23:00Z"),
            ("2012-01-05 late", "2012-01-05"),
            ("1371081600", "2013-06-13T00:00:00Z"),
        ] {
            assert_eq!(Moment::read(text).map(Moment::toml).as_deref(), Some(toml), "{text}");
        }
        for text in ["", "soon", "2018-04-31", "5", "2012-01"] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
        let late = Moment::read("2012-02-01T00:30:00+02:00").expect("reads");
        assert_eq!(late.day_in(&TimeZone::UTC).to_string(), "2012-01-31");
    }
}
