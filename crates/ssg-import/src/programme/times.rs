//! Days, hours and lengths as programmes write them.

use super::model::Moment;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use ssg_parse::{When, read_when};

/// Which comes first in `03/04/2027`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DayOrder {
    #[default]
    DayFirst,
    MonthFirst,
}

/// Longest session, in minutes: what lasts longer is a slip.
const LONGEST: i64 = 14 * 24 * 60;

/// Reads a day, or a day with an hour.
pub(super) fn moment(text: &str, order: DayOrder) -> Option<Moment> {
    let text = text.trim();
    // So many digits without a sign between them are no seconds here.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let when = if is_number { None } else { read_when(text).ok() };
    if let Some(when) = when {
        return Some(match when {
            When::Day(day) | When::Anywhere(day) => Moment::Day(day),
            When::Local(local) => Moment::Local(local),
            When::Instant(instant, seconds) => {
                let says_clock = !text.ends_with(['Z', 'z', 'C', 'T']);
                let offset = Offset::from_seconds(seconds).ok().filter(|_| says_clock);
                offset.map_or(Moment::Instant(instant), |offset| {
                    Moment::At(instant.to_zoned(TimeZone::fixed(offset)).datetime(), offset)
                })
            }
        });
    }
    if text.contains(':') || text.contains(' ') {
        let (day, hour) = text.split_once([' ', 'T', ','])?;
        let (day, hour) = (self::day(day, order)?, time(hour.trim_start_matches([',', ' ', '-', '–']))?);
        return Some(Moment::Local(DateTime::from_parts(day, hour)));
    }
    day(text, order).map(Moment::Day)
}

/// Reads a day: `2027-03-18`, `18.3.2027`, `18/3/2027`, `18 March 2027`, with or without the day of the week.
pub(super) fn day(text: &str, order: DayOrder) -> Option<Date> {
    let text = text.trim();
    if let Some((first, rest)) = text.split_once([',', ' '])
        && !first.is_empty()
        && first.chars().all(|c| c.is_alphabetic() || c == '.')
        && rest.contains(|c: char| c.is_ascii_digit())
        && let Some(day) = self::day(rest, order)
    {
        return Some(day);
    }
    if let Some([one, two, three]) = numbers(text) {
        if one > 31 {
            return date(one, two, three);
        }
        let year = if three < 100 { three + 2000 } else { three };
        let month_first = order == DayOrder::MonthFirst && text.contains('/');
        return if month_first { date(year, one, two) } else { date(year, two, one) };
    }
    match read_when(text) {
        Ok(When::Day(day)) if !text.bytes().all(|byte| byte.is_ascii_digit()) => Some(day),
        _ => None,
    }
}

/// Which comes first in the days of a column; `None` where all of them may be read either way.
pub(super) fn order_of<'t>(days: impl Iterator<Item = &'t str>) -> Option<DayOrder> {
    for text in days {
        let first = text.split([' ', 'T']).next().unwrap_or(text);
        if !first.contains('/') {
            continue;
        }
        match numbers(first) {
            Some([one, ..]) if one > 31 => {}
            Some([one, _, _]) if one > 12 => return Some(DayOrder::DayFirst),
            Some([_, two, _]) if two > 12 => return Some(DayOrder::MonthFirst),
            _ => {}
        }
    }
    None
}

/// Whether a text is a day that may be read in two ways.
pub(super) fn is_ambiguous(text: &str) -> bool {
    let first = text.split([' ', 'T']).next().unwrap_or(text);
    first.contains('/')
        && matches!(numbers(first), Some([one, two, _]) if one <= 12 && two <= 12 && one != two)
}

/// Three numbers with one sign between them.
fn numbers(text: &str) -> Option<[i16; 3]> {
    let sign = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "./-".contains(*c))?;
    let mut parts = text.split(sign).map(|part| {
        let part = part.trim();
        (!part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    });
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads an hour: `9:00`, `09:00:00`, `9.30`, `9h30`, `9 am`, `9:30 Uhr`.
pub(super) fn time(text: &str) -> Option<Time> {
    let lower = text.trim().to_lowercase();
    let lower = lower.trim_end_matches("uhr").trim_end_matches("hrs").trim();
    let plain = lower.replace("a.m.", "am").replace("p.m.", "pm");
    let (clock, half) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim(), Some(0)),
        (_, Some(clock)) => (clock.trim(), Some(12)),
        _ => (plain.as_str(), None),
    };
    let mut parts = clock.trim_end_matches('h').split([':', '.', 'h']);
    let mut number = |most: i8| -> Option<Option<i8>> {
        match parts.next() {
            None => Some(None),
            Some(part) => {
                let is_number =
                    (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
                part.parse::<i8>().ok().filter(|value| is_number && *value <= most).map(Some)
            }
        }
    };
    let (hour, minute, second) = (number(24)??, number(59)?, number(59)?);
    if half.is_none() && minute.is_none() && !clock.ends_with('h') && lower == text.trim() {
        // A number alone is no hour.
        return None;
    }
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    // Midnight as the end of a day.
    let hour = if hour == 24 && minute.unwrap_or(0) == 0 { 0 } else { hour };
    Time::new(hour, minute.unwrap_or(0), second.unwrap_or(0), 0).ok()
}

/// Reads two hours in one text: `09:00-09:30`, `9:00 – 9:30`, `9 to 10 am`.
pub(super) fn times(text: &str) -> Option<(Time, Option<Time>)> {
    if let Some(time) = time(text) {
        return Some((time, None));
    }
    let text = text.replace(['–', '—', '−', '‑'], "-").replace(" to ", "-").replace(" bis ", "-");
    let (first, second) = text.split_once('-')?;
    let ends = time(second)?;
    let half = ["am", "pm"].into_iter().find(|half| second.trim().to_lowercase().ends_with(half));
    let starts = time(first).or_else(|| time(&format!("{}{}", first.trim(), half?)))?;
    Some((starts, Some(ends)))
}

/// Reads a length in minutes: `30`, `0:30`, `00:30:00`, `45 min`, `1h30`, `1.5 h`, `PT35M`.
pub(super) fn minutes(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let minutes = if lower.bytes().all(|byte| byte.is_ascii_digit()) && lower.len() <= 5 {
        lower.parse().ok()?
    } else if let Some(number) = lower.strip_suffix(".0").or(lower.strip_suffix(",0")) {
        number.parse().ok()?
    } else if lower.contains(':') {
        let mut parts =
            lower.split(':').map(|part| part.trim().parse::<i64>().ok().filter(|n| (0..1000).contains(n)));
        let (first, second) = (parts.next()??, parts.next()??);
        match parts.next() {
            None => first * 60 + second,
            Some(_) if parts.next().is_some() => return None,
            Some(seconds) => {
                seconds?;
                first * 60 + second
            }
        }
    } else {
        in_units(lower.trim_start_matches('p').trim_start_matches('t'))?
    };
    (1..=LONGEST).contains(&minutes).then_some(minutes)
}

/// `1h30`, `1 h 30 min`, `45 minutes`, `1.5 h`, `1dt2h`.
fn in_units(text: &str) -> Option<i64> {
    let mut minutes = 0_i64;
    let mut rest = text.trim();
    let mut last = 0_i32;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let number: f64 = rest.get(..end)?.replace(',', ".").parse().ok().filter(|n: &f64| *n < 100_000.0)?;
        rest = rest.get(end..)?.trim_start();
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = rest.get(..end)?.trim().trim_end_matches(['.', 't']);
        rest = rest.get(end..)?;
        let factor = match unit {
            "d" | "day" | "days" | "tag" | "tage" => 1440,
            "h" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" | "hr" | "hrs" => 60,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" | "'" | "′" => 1,
            "s" | "sec" | "second" | "seconds" => 0,
            // What follows an hour are its minutes.
            "" if last == 60 => 1,
            _ => return None,
        };
        last = factor;
        #[expect(clippy::cast_possible_truncation, reason = "it is below a hundred thousand days of minutes")]
        let more = (number * f64::from(factor)).round() as i64;
        minutes = minutes.checked_add(more)?;
    }
    Some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime, time as at};

    #[test]
    fn days() {
        for text in [
            "2027-03-18",
            "18.3.2027",
            "18.03.27",
            "18/03/2027",
            "Thu, 18 March 2027",
            "Donnerstag, 18.03.2027",
            "2027/3/18",
        ] {
            assert_eq!(day(text, DayOrder::DayFirst), Some(date(2027, 3, 18)), "{text}");
        }
        assert_eq!(day("03/18/2027", DayOrder::MonthFirst), Some(date(2027, 3, 18)));
        assert_eq!(order_of(["01/02/2027", "01/13/2027"].into_iter()), Some(DayOrder::MonthFirst));
        assert_eq!(order_of(["2027-01-02", "1.13.2027"].into_iter()), None);
        assert!(is_ambiguous("3/4/2027") && !is_ambiguous("3/3/2027") && !is_ambiguous("3.4.2027"));
        for text in ["", "late", "31.02.2027", "2027", "1/2"] {
            assert_eq!(day(text, DayOrder::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn moments() {
        let local = Moment::Local(datetime(2027, 3, 18, 9, 30, 0, 0));
        for text in ["2027-03-18T09:30", "2027-03-18 09:30:00", "18.03.2027 09:30", "18.3.2027, 9:30 Uhr"] {
            assert_eq!(moment(text, DayOrder::DayFirst), Some(local), "{text}");
        }
        let at = Moment::At(datetime(2027, 3, 18, 9, 30, 0, 0), Offset::constant(1));
        assert_eq!(moment("2027-03-18T09:30:00+01:00", DayOrder::DayFirst), Some(at));
        assert!(matches!(moment("2027-03-18T08:30:00Z", DayOrder::DayFirst), Some(Moment::Instant(_))));
        assert_eq!(moment("12345678901", DayOrder::DayFirst), None);
    }

    #[test]
    fn hours_and_lengths() {
        for text in ["9:30", "09:30:00", "9.30 Uhr", "9h30", "9:30 am", "9:30 A.M."] {
            assert_eq!(time(text), Some(at(9, 30, 0, 0)), "{text}");
        }
        assert_eq!((time("12 am"), time("12:15pm")), (Some(at(0, 0, 0, 0)), Some(at(12, 15, 0, 0))));
        assert_eq!(times("9:30 – 10:00"), Some((at(9, 30, 0, 0), Some(at(10, 0, 0, 0)))));
        assert_eq!(times("1-2 pm"), Some((at(13, 0, 0, 0), Some(at(14, 0, 0, 0)))));
        for text in ["", "25:00", "late", "17:345", "9"] {
            assert_eq!(time(text), None, "{text}");
        }
        for (text, length) in [
            ("30", 30),
            ("0:30", 30),
            ("01:30:00", 90),
            ("45 min", 45),
            ("30.0", 30),
            ("1h30", 90),
            ("1.5 h", 90),
            ("PT35M", 35),
            ("PT1H5M", 65),
            ("P1DT1H", 1500),
        ] {
            assert_eq!(minutes(text), Some(length), "{text}");
        }
        for text in ["", "0", "-5", "long", "9999999999", "1e9 h"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
