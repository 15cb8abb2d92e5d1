//! Dates for templates: reading RFC 3339 back, and writing dates in words.

mod names;

use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime::BrokenDownTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
pub(crate) use names::UsualForms;
use names::{Names, names, nth};
use std::borrow::Cow;

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

/// Formats by strftime directives, with the names of months and days in a language; `iso` stands for
/// RFC 3339, and `rfc2822` for the form of mail and RSS, which is in English.
///
/// # Errors
/// When a directive is unknown.
pub(crate) fn format(date: &Zoned, format: &str, lang: &str) -> Result<String, String> {
    if format == "iso" {
        return Ok(rfc3339(date));
    }
    if format == "rfc2822" {
        return rfc2822::to_string(date).map_err(|error| error.to_string());
    }
    let names = if has_names(format) { names(lang) } else { None };
    let format = names.map_or(Cow::Borrowed(format), |names| with_names(date.date(), format, &names));
    BrokenDownTime::from(date)
        .to_string(&*format)
        .map_err(|error| format!("`{format}` is no date format: {error}"))
}

/// Whether a format may have directives that stand for names.
fn has_names(format: &str) -> bool {
    format.contains(['B', 'b', 'h', 'A', 'a'])
}

/// Puts the names of a language in the place of the directives that stand for names.
fn with_names<'f>(date: Date, format: &'f str, names: &Names) -> Cow<'f, str> {
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    let day = usize::from(date.weekday().to_sunday_zero_offset().unsigned_abs());
    let months = if has_day(format) { names.months } else { names.months_alone };
    let mut filled = String::with_capacity(format.len() + 8);
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        filled.push_str(&rest[..at]);
        let directive = &rest[at..];
        let end = directive[1..].find(|c: char| !"-_0^#".contains(c) && !c.is_ascii_digit());
        let Some(letter) = end.and_then(|end| directive[1 + end..].chars().next()) else {
            rest = directive;
            break;
        };
        let length = 1 + end.unwrap_or(0) + letter.len_utf8();
        let name = match letter {
            'B' => nth(months, month),
            'b' | 'h' => nth(names.short_months, month),
            'A' => nth(names.days, day),
            'a' => nth(names.short_days, day),
            _ => None,
        };
        match name {
            Some(name) if directive[..length].contains('^') => filled.push_str(&name.to_uppercase()),
            Some(name) => filled.push_str(name),
            None => filled.push_str(&directive[..length]),
        }
        rest = &directive[length..];
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// Whether a format writes a day of the month, beside which a name of a month has another form in some languages.
fn has_day(format: &str) -> bool {
    let mut letters = format.chars();
    while letters.any(|letter| letter == '%') {
        let letter = letters.find(|c| !"-_0^#".contains(*c) && !c.is_ascii_digit());
        if letter.is_some_and(|letter| "deDFxcv".contains(letter)) {
            return true;
        }
    }
    false
}

/// How a language writes a range of days: for each case a form of the first day and one of the last.
pub(crate) struct RangeForms<'f> {
    /// Two days of one month: `26–27 May 2016`.
    pub month: (&'f str, &'f str),
    /// Two months of one year.
    pub year: (&'f str, &'f str),
    /// Two years.
    pub years: (&'f str, &'f str),
    /// One day.
    pub day: &'f str,
}

/// A range of days in words: `26–27 May 2016`.
pub(crate) fn range(from: &Zoned, to: &Zoned, forms: &RangeForms<'_>, lang: &str) -> Result<String, String> {
    let (a, b) = (from.date(), to.date());
    let (first, last) = if a == b || b < a {
        return format(from, forms.day, lang);
    } else if (a.year(), a.month()) == (b.year(), b.month()) {
        forms.month
    } else if a.year() == b.year() {
        forms.year
    } else {
        forms.years
    };
    Ok(format(from, first, lang)? + &format(to, last, lang)?)
}

/// A day of a schedule in words.
pub(crate) fn day_label(day: Date, form: &str, lang: &str) -> String {
    let at = day.to_zoned(TimeZone::UTC).ok();
    at.and_then(|at| format(&at, form, lang).ok()).unwrap_or_else(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: RangeForms<'_> = RangeForms {
        month: ("%-d–", "%-d %B %Y"),
        year: ("%-d %B – ", "%-d %B %Y"),
        years: ("%-d %B %Y – ", "%-d %B %Y"),
        day: "%-d %B %Y",
    };

    #[test]
    fn ranges_in_words() {
        let date = |text: &str| read(text).expect("date");
        let range = |from: &str, to: &str, lang: &str| range(&date(from), &date(to), &ENGLISH, lang);
        assert_eq!(range("2016-05-26", "2016-05-27T18:00:00-04:00", "en").as_deref(), Ok("26–27 May 2016"));
        assert_eq!(range("2016-05-31", "2016-06-01", "en").as_deref(), Ok("31 May – 1 June 2016"));
        assert_eq!(range("2016-05-31", "2016-05-31", "fr").as_deref(), Ok("31 mai 2016"));
    }

    #[test]
    fn names_are_those_of_the_language() {
        let date = read("2013-05-06").expect("date");
        let format = |form: &str, lang: &str| format(&date, form, lang).expect("a form");
        assert_eq!(format("%A, %-d. %B %Y", "de-AT"), "Montag, 6. Mai 2013");
        assert_eq!(format("%Y年%-m月%-d日（%a）", "ja"), "2013年5月6日（月）");
        assert_eq!(format("%^a %b %%B %Y", "fr"), "LUN. mai %B 2013");
        assert_eq!(format("%A", "tlh"), "Monday");
        // Within a date and alone.
        assert_eq!(format("%-d %B %Y", "pl"), "6 maja 2013");
        assert_eq!(format("%B %Y", "pl"), "maj 2013");
        assert_eq!(format("%A %-d. %B %Y", "cs"), "pondělí 6. května 2013");
        assert_eq!(format("%B %%d", "uk"), "травень %d");
    }

    #[test]
    fn dates_keep_their_own_offset() {
        let date = read("2016-05-26T09:30:00-04:00").expect("date");
        for lang in ["en", "de"] {
            assert_eq!(format(&date, "%H:%M %:z", lang).as_deref(), Ok("09:30 -04:00"));
            assert!(format(&date, "%!", lang).is_err() && format(&date, "a %", lang).is_err());
        }
    }
}
