//! Names of months and days in every language, and how each writes a date in words.
//!
//! They are facts of Unicode CLDR and stand in `names.txt`, a line a language in the order of their tags, which
//! `names.mjs` writes. A file of 125 kB costs no time to compile, and a line is found without reading the others; a
//! crate that knows calendars would bring megabytes of them. Months have two forms where a language has them: one
//! within a date (`6 maja 2020`) and one that stands alone (`maj 2020`).

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::Value;

const LINES: &str = include_str!("names.txt");

/// Names of one language: lists of months from January and of days from Sunday, with `|` between.
pub(super) struct Names {
    pub months: &'static str,
    /// Without a day of the month.
    pub months_alone: &'static str,
    pub short_months: &'static str,
    pub days: &'static str,
    pub short_days: &'static str,
    /// A date in words, by the directives of strftime.
    long: &'static str,
    /// With the day of the week.
    full: &'static str,
}

/// A name of a list.
pub(super) fn nth(list: &'static str, number: usize) -> Option<&'static str> {
    list.split('|').nth(number)
}

/// The names of a language by its tag, the nearest that is known: `de` for `de-CH`. `None` for English, whose names
/// are those of the directives themselves, and for a language that is not known.
pub(super) fn names(lang: &str) -> Option<Names> {
    let known =
        LAST.with_borrow(|last| last.as_ref().filter(|(known, _)| known == lang).map(|(_, line)| *line));
    let line = known.unwrap_or_else(|| {
        let line = nearest(lang, line_of);
        LAST.set(Some((lang.to_owned(), line)));
        line
    });
    Names::read(line?).map(|(_, names)| names)
}

thread_local! {
    /// The language that was asked for last and its line: most dates of a site are in one language.
    static LAST: RefCell<Option<(String, Option<&'static str>)>> = const { RefCell::new(None) };
}

/// What is known of a tag, or else of the nearest: of `de` for `de-CH`.
fn nearest<T>(lang: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let tag = lang.replace('_', "-").to_ascii_lowercase();
    let mut rest = tag.as_str();
    loop {
        if let Some(found) = known(rest) {
            return Some(found);
        }
        rest = &rest[..rest.rfind('-')?];
    }
}

/// The line of a tag. Lines are in the order of their tags, so half of what is left goes with each look.
fn line_of(tag: &str) -> Option<&'static str> {
    let (mut from, mut to) = (0, LINES.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = LINES.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = LINES.get(start..)?.lines().next()?;
        match order(line, tag) {
            Ordering::Equal => return Some(line),
            Ordering::Less => from = start + line.len() + 1,
            Ordering::Greater => to = start,
        }
    }
    None
}

/// How a line stands to a tag.
fn order(line: &str, tag: &str) -> Ordering {
    let own = line.split('\t').next().unwrap_or(line).bytes();
    own.map(|byte| byte.to_ascii_lowercase()).cmp(tag.bytes().map(|byte| byte.to_ascii_lowercase()))
}

impl Names {
    /// The tag and the names of a line.
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let mut fields = line.split('\t');
        let (tag, months, alone) = (fields.next()?, fields.next()?, fields.next()?);
        let (short_months, days, short_days) = (fields.next()?, fields.next()?, fields.next()?);
        let (long, full) = (fields.next()?, fields.next()?);
        let months_alone = if alone.is_empty() { months } else { alone };
        Some((tag, Self { months, months_alone, short_months, days, short_days, long, full }))
    }
}

/// How languages write dates, by the keys of the texts of a theme that say it: for those in which it has no texts.
pub(crate) struct UsualForms(BTreeMap<String, BTreeMap<&'static str, Value>>);

impl Default for UsualForms {
    fn default() -> Self {
        let of = |line| {
            let (tag, Names { long, full, .. }) = Names::read(line)?;
            let forms = BTreeMap::from([
                ("date-long", Value::from(long)),
                ("date-medium", Value::from(long.replace("%B", "%b"))),
                ("date-moment", Value::from(format!("{long}, %H:%M"))),
                ("date-day", Value::from(full)),
            ]);
            Some((tag.to_ascii_lowercase(), forms))
        };
        Self(LINES.lines().filter_map(of).collect())
    }
}

impl UsualForms {
    /// The form of a language, or of the nearest that is known.
    pub fn get(&self, lang: &str, key: &str) -> Option<&Value> {
        if !key.starts_with("date-") {
            return None;
        }
        nearest(lang, |tag| self.0.get(tag))?.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_has_all_names() {
        let mut count = 0;
        for line in LINES.lines().filter(|line| !line.starts_with('#')) {
            count += 1;
            let (tag, names) = Names::read(line).expect(line);
            assert_eq!(line_of(tag), Some(line));
            assert_eq!(line_of(&tag.to_uppercase()), Some(line));
            let months = [names.months, names.months_alone, names.short_months].map(|list| (list, 12));
            let days = [names.days, names.short_days].map(|list| (list, 7));
            for (list, length) in months.into_iter().chain(days) {
                assert_eq!(list.split('|').count(), length, "{tag}");
                assert!(list.split('|').all(|name| !name.is_empty() && !name.contains('%')), "{tag}");
            }
            assert!(names.long.contains('%') && names.full.contains('%'), "{tag}");
        }
        assert!(count > 200);
    }

    #[test]
    fn the_nearest_tag_counts() {
        let january = |lang: &str| names(lang).and_then(|names| nth(names.months, 0));
        assert_eq!(january("de-AT"), Some("Jänner"));
        assert_eq!(january("de_CH"), Some("Januar"));
        assert_eq!(january("sr-Latn-RS"), Some("januar"));
        assert_eq!(january("sr"), Some("јануар"));
        for none in ["en-GB", "tlh", "", "zzz", "#"] {
            assert_eq!(january(none), None, "{none}");
        }
        let forms = UsualForms::default();
        assert_eq!(forms.get("hu-HU", "date-long").and_then(Value::as_str), Some("%Y. %B %-d."));
        assert!(forms.get("hu", "date-unknown").is_none() && forms.get("en", "date-long").is_none());
    }
}
