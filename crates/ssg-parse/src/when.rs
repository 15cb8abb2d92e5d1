//! Dates as people write them, without a zone where they gave none.
//!
//! A date keeps what was written: a day, a local time, or an instant. Which instant a local one is depends on the site's
//! or the event's zone, which only whoever asks for it knows.

mod in_words;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

/// A date of front matter. Which instant it is depends on the site's or the event's zone unless it
/// says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// A day.
    Day(Date),
    /// A local date and time.
    Local(DateTime),
    /// An instant, and the seconds east of UTC that it was written with.
    Instant(Timestamp, i32),
    /// A day that lasts as long as it is that day anywhere on Earth ("AoE"): as in UTC−12:00.
    Anywhere(Date),
}

/// Seconds east of UTC of "anywhere on Earth". Nobody lives in that zone, so its offset says that alone.
const ANYWHERE: i32 = -12 * 3600;

/// What a reader is told of the zone of a moment: `AoE` at UTC−12:00, else its abbreviation.
#[must_use]
pub fn zone_word(at: &Zoned) -> String {
    if at.offset().seconds() == ANYWHERE { "AoE".to_owned() } else { at.strftime("%Z").to_string() }
}

impl When {
    /// The moment it begins, in `zone` where it has none of its own. In a gap or a fold of a zone
    /// it is the compatible one of RFC 5545: later in a gap, earlier in a fold.
    #[must_use]
    pub fn start(self, zone: &TimeZone) -> Zoned {
        match self {
            Self::Day(day) => local(day.to_datetime(Time::midnight()), zone),
            Self::Local(time) => local(time, zone),
            Self::Instant(instant, offset) => {
                let own = Offset::from_seconds(offset).map_or(TimeZone::UTC, TimeZone::fixed);
                // An instant is shown in its own offset unless that is the zone's at that time.
                let shown = zone.to_offset(instant);
                if shown.seconds() == offset { instant.to_zoned(zone.clone()) } else { instant.to_zoned(own) }
            }
            Self::Anywhere(day) => local(day.to_datetime(Time::midnight()), &anywhere()),
        }
    }

    /// The moment it ends: for a day the first moment of the next one, else the moment itself.
    #[must_use]
    pub fn end(self, zone: &TimeZone) -> Zoned {
        match self {
            Self::Day(day) => Self::Day(day.tomorrow().unwrap_or(day)).start(zone),
            Self::Anywhere(day) => Self::Anywhere(day.tomorrow().unwrap_or(day)).start(zone),
            other => other.start(zone),
        }
    }

    /// The end of the day on which it begins: the first moment of the next one.
    #[must_use]
    pub fn end_of_day(self, zone: &TimeZone) -> Zoned {
        let start = self.start(zone);
        Self::Day(start.date()).end(start.time_zone())
    }

    /// The calendar day, in its own terms.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> Date {
        self.start(zone).date()
    }

    /// Whether it names a day only.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(self, Self::Day(_) | Self::Anywhere(_))
    }

    /// Whether it is a day anywhere on Earth.
    #[must_use]
    pub fn is_anywhere(self) -> bool {
        matches!(self, Self::Anywhere(_))
    }
}

fn anywhere() -> TimeZone {
    Offset::from_seconds(ANYWHERE).map_or(TimeZone::UTC, TimeZone::fixed)
}

/// A local time in a zone; what lies beyond all instants is the first or the last of these.
fn local(time: DateTime, zone: &TimeZone) -> Zoned {
    zone.to_ambiguous_zoned(time).compatible().unwrap_or_else(|_| {
        let nearest = if time.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        nearest.to_zoned(zone.clone())
    })
}

/// Reads a date: `2013-05-06`, `2013-5-6`, with a time after a space or `T`, with an offset
/// (`+02:00`, `-0700`, `Z`, `UTC`, `AoE`, the zones of mail such as `EST`), `4 March 2019`, the dates of mail, or Unix
/// seconds.
///
/// # Errors
/// What is wrong and what to try, when it is none of these.
pub fn read_when(text: &str) -> Result<When, (String, String)> {
    // Word processors make quotation marks curly, which are none for YAML.
    let text = text.trim().trim_matches(['“', '”', '„', '‘', '’']);
    let expected = || {
        (
            format!("`{text}` is not a date"),
            "write it as 2013-05-06, 2013-05-06 15:00, or 2013-05-06T15:00:00+02:00".to_owned(),
        )
    };
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_seconds(text.parse().map_err(|_| expected())?).ok_or_else(expected);
    }
    let (day, rest) = split_day(text).or_else(|| in_words::split_day(text)).ok_or_else(expected)?;
    let day = day.map_err(|(year, month, day)| {
        (
            format!("{year:04}-{month:02}-{day:02} does not exist"),
            format!("month {month} of {year} has no day {day}"),
        )
    })?;
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
    if rest.is_empty() {
        return Ok(When::Day(day));
    }
    if in_words::is_anywhere(rest) {
        return Ok(When::Anywhere(day));
    }
    let clock_end = rest.find(|c: char| !c.is_ascii_digit() && !":.".contains(c)).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(clock_end);
    let (zone, half) = in_words::half_of_day(zone);
    let time =
        read_time(clock).and_then(|time| half.map_or(Some(time), |half| half.of(time))).ok_or_else(|| {
            (format!("`{clock}` is not a time of day"), "write it as 15:00 or 15:00:00".to_owned())
        })?;
    let time = day.to_datetime(time);
    // A day without a time stands for whatever never ends.
    if day.year() == 9999 && day.month() == 12 && day.day() > 28 {
        return Err((format!("`{text}` is later than times go"), "write an earlier year".to_owned()));
    }
    match zone.trim() {
        "" => Ok(When::Local(time)),
        "Z" | "z" | "UTC" | "GMT" => instant(time, 0).ok_or_else(expected),
        name if in_words::is_anywhere(name) => instant(time, ANYWHERE).ok_or_else(expected),
        zone if zone.starts_with(['+', '-']) => {
            let seconds = read_offset(zone).ok_or_else(|| {
                (format!("`{zone}` is not an offset from UTC"), "write it as +02:00".to_owned())
            })?;
            instant(time, seconds).ok_or_else(expected)
        }
        name if in_words::zone(name).is_some() => {
            instant(time, in_words::zone(name).unwrap_or_default()).ok_or_else(expected)
        }
        name => Err((
            format!("`{name}` does not say which time it is"),
            "zone names such as CET or IST mean different times in different places or seasons: write the offset, \
             such as +01:00"
                .to_owned(),
        )),
    }
}

/// The instant `seconds` after 1970, or that many milliseconds where seconds would be absurd.
#[must_use]
pub fn from_seconds(seconds: i64) -> Option<When> {
    let instant = Timestamp::from_second(seconds).ok()?;
    Some(When::Instant(instant, 0))
}

fn instant(time: DateTime, offset: i32) -> Option<When> {
    let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
    Some(When::Instant(zone.to_timestamp(time).ok()?, offset))
}

type NoSuchDay = (i16, i8, i8);

/// The day at the start of the text and what follows; `None` when none stands there.
fn split_day(text: &str) -> Option<(Result<Date, NoSuchDay>, &str)> {
    let mut parts = [0i16; 3];
    let mut rest = text;
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(['-', '/'])?;
        }
        let longest = if index == 0 { 4 } else { 2 };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > longest || (index == 0 && digits != 4) {
            return None;
        }
        *part = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
    }
    if rest.starts_with(|c: char| !c.is_whitespace() && c != 'T' && c != 't') {
        return None;
    }
    let (year, month, day) = (parts[0], i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?);
    Some((Date::new(year, month, day).map_err(|_| (year, month, day)), rest))
}

fn read_time(clock: &str) -> Option<Time> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':').map(|part| {
        let valid = (1..=2).contains(&part.len());
        valid.then(|| part.parse::<i8>().ok()).flatten()
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    let nanoseconds = if fraction.is_empty() { 0 } else { format!("{fraction:0<9.9}").parse().ok()? };
    Time::new(hour, minute, second, nanoseconds).ok()
}

fn read_offset(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    (hours <= 25 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let utc = TimeZone::UTC;
        for (written, meant) in [
            ("2013-05-06", "2013-05-06T00:00:00+00:00"),
            ("2013-5-6", "2013-05-06T00:00:00+00:00"),
            ("2013-05-06 15:00", "2013-05-06T15:00:00+00:00"),
            ("2013-05-06 8:00", "2013-05-06T08:00:00+00:00"),
            ("2013-05-06T15:00:01.5", "2013-05-06T15:00:01+00:00"),
            ("2013-05-06 15:00:00 -0700", "2013-05-06T15:00:00-07:00"),
            ("2013-05-06T15:00:00+02:00", "2013-05-06T15:00:00+02:00"),
            ("2013-05-06 15:00 UTC", "2013-05-06T15:00:00+00:00"),
            ("2013-05-06 15:00 EST", "2013-05-06T15:00:00-05:00"),
            ("4 March 2019", "2019-03-04T00:00:00+00:00"),
            ("March 4th, 2019 3:05 pm", "2019-03-04T15:05:00+00:00"),
            ("March 4th, 2019 at 3:05 PM EST", "2019-03-04T15:05:00-05:00"),
            ("Mon, 04 Mar 2019 09:30:00 -0500", "2019-03-04T09:30:00-05:00"),
            ("Monday 4 Sept. 2023, 12:00 AM PDT", "2023-09-04T00:00:00-07:00"),
            ("1411466400", "2014-09-23T10:00:00+00:00"),
            ("2027-03-01 AoE", "2027-03-01T00:00:00-12:00"),
            ("2027-03-01 23:59 aoe", "2027-03-01T23:59:00-12:00"),
            ("1 March 2027, anywhere on earth", "2027-03-01T00:00:00-12:00"),
        ] {
            let when = read_when(written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
            let zoned = when.start(&utc);
            assert_eq!(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), meant, "{written}");
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert!(read_when("2018-04-31").expect_err("no such day").0.contains("does not exist"));
        assert!(read_when("2013-05-06 15:00 CEST").expect_err("zone").1.contains("offset"));
        assert!(read_when("late").expect_err("no date").0.contains("late"));
        assert!(read_when("9999-12-31T23:59").expect_err("too late").0.contains("later than times go"));
        let forever = read_when("9999-12-31").expect("a day").start(&TimeZone::UTC);
        assert_eq!(forever.timestamp(), Timestamp::MAX);
        assert!(read_when("2013-05-06 17:345").is_err());
        assert!(read_when("2013-05-0615:00").is_err());
        assert!(read_when("31 April 2018").expect_err("no such day").0.contains("does not exist"));
        for no_date in
            ["March 2019", "04/03/2019", "4 Marchy 2019", "4 March", "2013-05-06 13:00 pm", "4 March 19"]
        {
            assert!(read_when(no_date).is_err(), "{no_date}");
        }
    }

    #[test]
    fn the_day_of_a_moment_ends_at_midnight_where_it_is() {
        let zone = TimeZone::get("Europe/Brussels").expect("known zone");
        for (written, ends) in [
            ("2027-03-28", "2027-03-29T00:00+02:00"),
            ("2027-03-27 18:00", "2027-03-28T00:00+01:00"),
            ("2027-10-31 00:00", "2027-11-01T00:00+01:00"),
            ("2027-05-01T20:00:00-05:00", "2027-05-02T00:00-05:00"),
        ] {
            let when = read_when(written).expect("date");
            let end = when.end_of_day(&zone).strftime("%Y-%m-%dT%H:%M%:z").to_string();
            assert_eq!(end, ends, "{written}");
        }
    }

    #[test]
    fn a_gap_in_the_zone_is_passed_forward() {
        let zone = TimeZone::get("Europe/Brussels").expect("known zone");
        let when = read_when("2027-03-28 02:30").expect("date");
        assert_eq!(when.start(&zone).strftime("%H:%M%:z").to_string(), "03:30+02:00");
    }
}
