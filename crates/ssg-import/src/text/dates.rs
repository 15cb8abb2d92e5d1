//! Lines that say when a post was written.
//!
//! Only a line that is a date and little else counts: `>> Thursday, June 02, 2016`, `Posted by
//! Kim on 2 June 2016`. A date inside a sentence is as often the date of an event; it is
//! reported, never taken.

use jiff::civil::{Date, Weekday};

/// A line that holds a post's date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateLine {
    pub date: Date,
    /// Who wrote it, when the line says so.
    pub author: Option<String>,
    /// Whether the weekday that the line names is another than the date's.
    pub wrong_weekday: bool,
    /// Whether it begins with words such as `Posted`, which make it sure anywhere in a post.
    pub labelled: bool,
}

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
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const LABELS: [&str; 9] =
    ["posted on", "posted", "published on", "published", "written on", "written", "date", "updated on", "on"];

/// Reads a line that is a date line; `None` for every other line.
pub(crate) fn date_line(text: &str) -> Option<DateLine> {
    if text.len() > 160 {
        return None;
    }
    let mut rest = text.trim_start_matches(|c: char| ">»|•·–—-* ".contains(c));
    let mut author = None;
    let mut labelled = false;
    if let Some(after) = strip_words(rest, "posted by").or_else(|| strip_words(rest, "written by")) {
        let (name, date) = after.split_once(" on ")?;
        author = Some(name.trim().to_owned());
        labelled = true;
        rest = date;
    } else if let Some(after) = LABELS.iter().find_map(|label| strip_words(rest, label)) {
        labelled = true;
        rest = after;
    }
    let tokens: Vec<&str> = rest.split([' ', ',']).filter(|token| !token.is_empty()).collect();
    let (weekday, first) = match tokens.first().and_then(|token| weekday(token)) {
        Some(day) => (Some(day), 1),
        None => (None, 0),
    };
    let (date, used) = date_at(&tokens[first..])?;
    let tail = &tokens[first + used..];
    match tail.first().map(|token| token.to_lowercase()).as_deref() {
        None | Some("at" | "|" | "·" | "-" | "–" | "—") => {}
        Some("by") => author = Some(tail[1..].split(|token| *token == "|").next()?.join(" ")),
        Some(token) if is_time(token) => {}
        Some(_) => return None,
    }
    let author = author.filter(|name| !name.is_empty());
    Some(DateLine { date, author, wrong_weekday: weekday.is_some_and(|day| day != date.weekday()), labelled })
}

/// The first full date that a text names, wherever it stands.
pub(crate) fn mentioned(text: &str) -> Option<Date> {
    let tokens: Vec<&str> =
        text.split([' ', ',', '(', ')']).filter(|token| !token.is_empty()).take(5_000).collect();
    (0..tokens.len()).find_map(|at| date_at(&tokens[at..]).map(|(date, _)| date))
}

/// Strips whole words, whatever their case, and a colon after them.
fn strip_words<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let start = text.get(..words.len()).filter(|start| start.eq_ignore_ascii_case(words))?;
    let rest = &text[start.len()..];
    rest.strip_prefix(':').or_else(|| rest.starts_with(' ').then_some(rest)).map(str::trim_start)
}

/// A date at the start of the tokens, and how many of them it takes.
fn date_at(tokens: &[&str]) -> Option<(Date, usize)> {
    let first = tokens.first()?;
    if let Some(date) = numeric(first) {
        return Some((date, 1));
    }
    if let (Some(month), Some(day), Some(year)) = (
        month(first),
        tokens.get(1).and_then(|token| day(token)),
        tokens.get(2).and_then(|token| year(token)),
    ) {
        return Some((Date::new(year, month, day).ok()?, 3));
    }
    let day = day(first)?;
    let of = usize::from(tokens.get(1).is_some_and(|token| token.eq_ignore_ascii_case("of")));
    let date = Date::new(year(tokens.get(2 + of)?)?, month(tokens.get(1 + of)?)?, day).ok()?;
    Some((date, 3 + of))
}

/// `2016-06-02`, `2016/06/02T10:00`, and `25/12/2016` where only one reading is possible.
fn numeric(token: &str) -> Option<Date> {
    let token = token.split('T').next()?.trim_end_matches(['.', ':', ';']);
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    if a.len() == 4 {
        return Date::new(year(a)?, b.parse().ok()?, c.parse().ok()?).ok();
    }
    let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    match (a, b) {
        (13.., 1..=12) => Date::new(year(c)?, b, a).ok(),
        (1..=12, 13..) => Date::new(year(c)?, a, b).ok(),
        (a, b) if a == b => Date::new(year(c)?, a, b).ok(),
        _ => None,
    }
}

fn year(token: &str) -> Option<i16> {
    let token = token.trim_end_matches(['.', ':', ';', '!', '?']);
    token.parse().ok().filter(|year| token.len() == 4 && (1970..=2100).contains(year))
}

fn day(token: &str) -> Option<i8> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let suffix = &token[digits.len()..];
    let known = ["", ".", "st", "nd", "rd", "th"].contains(&suffix.to_ascii_lowercase().as_str());
    digits.parse().ok().filter(|day| known && (1..=31).contains(day))
}

fn month(token: &str) -> Option<i8> {
    position(&MONTHS, token).and_then(|at| i8::try_from(at + 1).ok())
}

fn weekday(token: &str) -> Option<Weekday> {
    position(&WEEKDAYS, token)
        .and_then(|at| i8::try_from(at + 1).ok())
        .and_then(|day| Weekday::from_monday_one_offset(day).ok())
}

/// Finds a name or its abbreviation of three letters or more.
fn position(names: &[&str], token: &str) -> Option<usize> {
    let token = token.trim_end_matches('.').to_lowercase();
    if token.len() < 3 {
        return None;
    }
    names.iter().position(|name| *name == token || (token.len() <= 4 && name.starts_with(&token)))
}

fn is_time(token: &str) -> bool {
    token.split_once(':').is_some_and(|(hour, rest)| {
        !hour.is_empty()
            && hour.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn date_lines() {
        let all = [
            ">> Saturday, March 04, 2017",
            "Posted by Kim Example on March 4th, 2017",
            "4 March 2017 at 10:15",
            "Sat, 4 Mar 2017 10:15 PM",
            "2017-03-04",
            "Published: 2017/03/04",
            "March 4, 2017 by Kim Example | 3 comments",
            "the 4th of March 2017".trim_start_matches("the "),
        ];
        for line in all {
            let read = date_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(read.date, date(2017, 3, 4), "{line}");
            assert!(!read.wrong_weekday, "{line}");
        }
        let by = |line| date_line(line).and_then(|read| read.author);
        assert_eq!(by("Posted by Kim Example on March 4th, 2017").as_deref(), Some("Kim Example"));
        assert_eq!(by("March 4, 2017 by Kim Example | 3 comments").as_deref(), Some("Kim Example"));
        assert!(date_line("Monday, March 4, 2017").expect("read").wrong_weekday);
        assert_eq!(date_line("25/12/2016").map(|read| read.date), Some(date(2016, 12, 25)));
    }

    #[test]
    fn sentences_and_doubtful_dates_are_no_date_lines() {
        let none = [
            "See you on Saturday, March 4th, 2017.",
            "March 4, 2017 was the day of the great outage",
            "02/03/2017",
            "April 31, 2017",
            "Saturday, March 4th",
            "2017",
            "Posted by Kim",
            "",
        ];
        for line in none {
            assert_eq!(date_line(line), None, "{line}");
        }
        assert_eq!(mentioned("Join us – Saturday, March 4th, 2017, from 6pm."), Some(date(2017, 3, 4)));
        assert_eq!(mentioned("Join us in March."), None);
    }
}
