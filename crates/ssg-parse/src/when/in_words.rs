//! Dates with names in them, as people and mail write them: `4 March 2019`, `Mon, 04 Mar 2019 09:30:00 EST`.

use jiff::civil::{Date, Time};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Hours east of UTC of the zones that RFC 5322 gives a meaning.
const ZONES: [(&str, i32); 9] = [
    ("UT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// A day, or the year, the month and the day of one that does not exist.
type Day = Result<Date, (i16, i8, i8)>;

/// A day in words, and what follows it; a day that does not exist comes in its parts.
pub(super) fn split_day(text: &str) -> Option<(Day, &str)> {
    let mut rest = text;
    let (mut word, mut after) = next(rest)?;
    if named(word, &DAYS).is_some() {
        rest = after;
        (word, after) = next(rest)?;
    }
    let (second, after_second) = next(after)?;
    let (year, after_year) = next(after_second)?;
    let (day, month) = match named(word, &MONTHS) {
        Some(month) => (number(second)?, month),
        None => (number(word)?, named(second, &MONTHS)?),
    };
    if year.len() != 4 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let month = i8::try_from(month + 1).ok()?;
    Some((Date::new(year, month, day).map_err(|_| (year, month, day)), without_at(after_year)))
}

/// What follows a day, without the word before a time: `4 March 2019 at 10:30`.
fn without_at(text: &str) -> &str {
    let (word, rest) = next(text).unwrap_or(("", text));
    if word.eq_ignore_ascii_case("at") || word == "@" { rest } else { text }
}

/// The next word, without the signs about it, and what follows.
fn next(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '\t', ',']);
    let end = text.find([' ', '\t', ',']).unwrap_or(text.len());
    (end > 0).then(|| (&text[..end], &text[end..]))
}

/// The number of a name, or of its first three letters and more.
fn named(word: &str, names: &[&str]) -> Option<usize> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    names.iter().position(|name| word.len() >= 3 && name.starts_with(&word))
}

/// `4`, `04`, `4th`, `4.`
fn number(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = word[digits..].to_ascii_lowercase();
    let is_day = (1..=2).contains(&digits) && ["", ".", "st", "nd", "rd", "th"].contains(&ending.as_str());
    is_day.then(|| word[..digits].parse().ok()).flatten()
}

/// Whether a zone is "anywhere on Earth", in which deadlines are told.
pub(super) fn is_anywhere(name: &str) -> bool {
    let name = name.trim();
    let name = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    ["aoe", "anywhere on earth"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Seconds east of UTC of a zone that has one meaning.
pub(super) fn zone(name: &str) -> Option<i32> {
    ZONES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, hours)| hours * 3600)
}

/// A half of a day on a clock of twelve hours.
#[derive(Clone, Copy)]
pub(super) enum Half {
    Am,
    Pm,
}

impl Half {
    /// The time of day.
    pub(super) fn of(self, time: Time) -> Option<Time> {
        let hour = match (self, time.hour()) {
            (Self::Am, 12) => 0,
            (Self::Pm, 12) => 12,
            (Self::Am, hour @ 1..=11) => hour,
            (Self::Pm, hour @ 1..=11) => hour + 12,
            _ => return None,
        };
        Time::new(hour, time.minute(), time.second(), time.subsec_nanosecond()).ok()
    }
}

/// What follows a time, without the half of the day.
pub(super) fn half_of_day(text: &str) -> (&str, Option<Half>) {
    let trimmed = text.trim_start();
    for (name, half) in [("am", Half::Am), ("pm", Half::Pm)] {
        let Some(rest) = trimmed.get(2..) else { break };
        if trimmed[..2].eq_ignore_ascii_case(name) && !rest.starts_with(|c: char| c.is_alphanumeric()) {
            return (rest, Some(half));
        }
    }
    (text, None)
}
