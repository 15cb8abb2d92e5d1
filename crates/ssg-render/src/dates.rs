//! Dates for templates: reading RFC 3339 back, and writing dates in words.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// RFC 3339 with the offset, without the name of the zone.
#[must_use]
pub fn rfc3339(date: &Zoned) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Reads RFC 3339, or a day.
pub(crate) fn read(text: &str) -> Option<Zoned> {
    if let Ok(day) = text.parse::<Date>()
        && text.len() == 10
    {
        return day.to_zoned(TimeZone::UTC).ok();
    }
    let instant: Timestamp = text.parse().ok()?;
    let at = text.len().checked_sub(6)?;
    let offset = match text.get(at..)?.as_bytes() {
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let digit = |byte: &u8| i32::from(byte.wrapping_sub(b'0'));
            let seconds = (digit(h1) * 10 + digit(h2)) * 3600 + (digit(m1) * 10 + digit(m2)) * 60;
            Offset::from_seconds(if *sign == b'-' { -seconds } else { seconds }).ok()?
        }
        _ => Offset::UTC,
    };
    Some(instant.to_zoned(TimeZone::fixed(offset)))
}

/// Formats by strftime directives; `iso` stands for RFC 3339.
///
/// # Errors
/// When a directive is unknown.
pub(crate) fn format(date: &Zoned, format: &str) -> Result<String, String> {
    if format == "iso" {
        return Ok(rfc3339(date));
    }
    jiff::fmt::strtime::BrokenDownTime::from(date)
        .to_string(format)
        .map_err(|error| format!("`{format}` is no date format: {error}"))
}

/// A range of days in words: `26–27 May 2016`.
pub(crate) fn range(from: &Zoned, to: &Zoned) -> String {
    let (a, b) = (from.date(), to.date());
    let end = b.strftime("%-d %B %Y");
    if a == b || b < a {
        return a.strftime("%-d %B %Y").to_string();
    }
    if (a.year(), a.month()) == (b.year(), b.month()) {
        format!("{}–{end}", a.day())
    } else if a.year() == b.year() {
        format!("{} – {end}", a.strftime("%-d %B"))
    } else {
        format!("{} – {end}", a.strftime("%-d %B %Y"))
    }
}

/// A day of a schedule in words.
pub(crate) fn day_label(day: Date) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_in_words() {
        let date = |text: &str| read(text).expect("date");
        assert_eq!(range(&date("2016-05-26"), &date("2016-05-27T18:00:00-04:00")), "26–27 May 2016");
        assert_eq!(range(&date("2016-05-31"), &date("2016-06-01")), "31 May – 1 June 2016");
        assert_eq!(range(&date("2016-05-31"), &date("2016-05-31")), "31 May 2016");
    }

    #[test]
    fn dates_keep_their_own_offset() {
        let date = read("2016-05-26T09:30:00-04:00").expect("date");
        assert_eq!(format(&date, "%H:%M %:z").as_deref(), Ok("09:30 -04:00"));
        assert!(format(&date, "%!").is_err());
    }
}
