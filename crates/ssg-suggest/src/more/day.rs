//! The day on which a text was written.

use crate::text::{Text, words};
use ssg_parse::FrontMatter;
use ssg_source::SitePath;

/// Blocks at the top in which a day is looked for.
const TOP: usize = 4;

/// The day of a text: of its header, its file's name, or a line at its top; with the place and how sure it is. A day
/// that the site knows already has no confidence.
pub(super) fn of(text: &Text, front: &FrontMatter, path: &SitePath) -> Option<(String, usize, f64)> {
    if let Some(date) = &front.date {
        return Some((date.value.day(&jiff::tz::TimeZone::UTC).to_string(), 0, f64::NAN));
    }
    let name = path.file_name();
    if let Some(day) = name.get(..10).filter(|day| is_day(day)) {
        return Some((day.to_owned(), 0, f64::NAN));
    }
    for block in text.blocks.iter().filter(|block| !block.is_code()).take(TOP) {
        if block.text.len() > 80 {
            continue;
        }
        if let Some(day) = in_words(&block.text) {
            return Some((day, block.source(0), 0.85));
        }
    }
    None
}

fn is_day(text: &str) -> bool {
    text.parse::<toml_edit::Datetime>().is_ok_and(|day| day.date.is_some() && day.time.is_none())
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `Thursday, June 02, 2016`, `2 June 2016`, `2016-06-02`.
fn in_words(line: &str) -> Option<String> {
    let words = words(line);
    for (index, word) in words.iter().enumerate() {
        if is_day(word.text) {
            return Some(word.text.to_owned());
        }
        let lower = word.text.to_lowercase();
        let Some(month) = MONTHS.iter().position(|month| lower.starts_with(month) && lower.len() <= 9) else {
            continue;
        };
        let number = |at: Option<usize>| -> Option<u16> {
            let text = words.get(at?)?.text.trim_end_matches(|letter: char| letter.is_alphabetic());
            text.parse().ok()
        };
        let day = number(index.checked_sub(1))
            .or_else(|| number(Some(index + 1)))
            .filter(|day| (1..=31).contains(day))?;
        let year =
            number(Some(index + 1)).filter(|year| *year > 1_900).or_else(|| number(Some(index + 2)))?;
        let text = format!("{year:04}-{:02}-{day:02}", month + 1);
        return ((1_990..2_100).contains(&year) && is_day(&text)).then_some(text);
    }
    None
}

/// Days since some day long ago, near enough to compare.
fn count(day: &str) -> Option<i64> {
    let mut parts = day.get(..10)?.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(year * 365 + month * 30 + day)
}

/// Whether a day is one of an event, or within some days after it.
pub(super) fn is_after(days: &(String, String), day: &str, most: i64) -> bool {
    let (Some(start), Some(end), Some(day)) = (count(&days.0), count(&days.1), count(day)) else {
        return false;
    };
    day >= start && day <= end + most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_words() {
        assert_eq!(in_words(">> Thursday, June 02, 2016").as_deref(), Some("2016-06-02"));
        assert_eq!(in_words("2nd June 2016").as_deref(), Some("2016-06-02"));
        assert_eq!(in_words("Posted 2016-06-02").as_deref(), Some("2016-06-02"));
        assert_eq!(in_words("May the force be with you"), None);
        assert_eq!(in_words("30 February 2016"), None);
        assert!(is_after(&("2016-05-26".into(), "2016-05-27".into()), "2016-06-02", 60));
        assert!(!is_after(&("2016-05-26".into(), "2016-05-27".into()), "2016-05-02", 60));
    }
}
