//! Names of months and days in every language, and how each writes a date in words.
//!
//! They are facts of Unicode CLDR and stand in `names.txt`, a line a language, which `names.mjs` writes. A file of
//! 125 kB costs no time to compile and is read once, when a date is first written; a crate that knows calendars
//! would bring megabytes of them. Months have two forms where a language has them: one within a date (`6 maja
//! 2020`) and one that stands alone (`Maj 2020`).

use std::collections::BTreeMap;
use std::sync::LazyLock;
use tera::Value;

/// Names of one language: months from January, days from Sunday.
pub(super) struct Names {
    pub months: Vec<&'static str>,
    /// Without a day of the month.
    pub months_alone: Vec<&'static str>,
    pub short_months: Vec<&'static str>,
    pub days: Vec<&'static str>,
    pub short_days: Vec<&'static str>,
    /// By the keys of texts of a theme.
    forms: BTreeMap<&'static str, Value>,
}

static NAMES: LazyLock<BTreeMap<String, Names>> = LazyLock::new(|| {
    let lines = include_str!("names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(read).collect()
});

/// The names of a language by its tag, the nearest that is known: `de` for `de-CH`. `None` for English, whose names
/// are those of the directives themselves, and for a language that is not known.
pub(super) fn names(lang: &str) -> Option<&'static Names> {
    let tag = lang.replace('_', "-").to_ascii_lowercase();
    let mut rest = tag.as_str();
    loop {
        if let Some(names) = NAMES.get(rest) {
            return Some(names);
        }
        rest = &rest[..rest.rfind('-')?];
    }
}

/// How a language writes a date, by the key of the text of a theme that says it: for languages in which the theme
/// has no texts.
pub(crate) fn usual_form(lang: &str, key: &str) -> Option<&'static Value> {
    key.starts_with("date-").then(|| names(lang)?.forms.get(key)).flatten()
}

/// Reads a line.
fn read(line: &'static str) -> Option<(String, Names)> {
    let mut fields = line.split('\t');
    let tag = fields.next()?.to_ascii_lowercase();
    let mut list = || Some(fields.next()?.split('|').collect::<Vec<_>>());
    let months = list()?;
    let months_alone = list().filter(|list| list.len() == months.len()).unwrap_or_else(|| months.clone());
    let (short_months, days, short_days) = (list()?, list()?, list()?);
    let (long, full) = (fields.next()?, fields.next()?);
    let forms = BTreeMap::from([
        ("date-long", Value::from(long)),
        ("date-medium", Value::from(long.replace("%B", "%b"))),
        ("date-moment", Value::from(format!("{long}, %H:%M"))),
        ("date-day", Value::from(full)),
    ]);
    Some((tag, Names { months, months_alone, short_months, days, short_days, forms }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_all_names() {
        let lines = include_str!("names.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(NAMES.len(), lines);
        for (tag, names) in &*NAMES {
            for months in [&names.months, &names.months_alone, &names.short_months] {
                assert_eq!(months.len(), 12, "{tag}");
            }
            assert_eq!((names.days.len(), names.short_days.len()), (7, 7), "{tag}");
            let all = [&names.months, &names.months_alone, &names.days].into_iter().flatten();
            assert!(all.into_iter().all(|name| !name.is_empty() && !name.contains('%')), "{tag}");
        }
    }

    #[test]
    fn the_nearest_tag_counts() {
        let january = |lang: &str| names(lang).map(|names| names.months[0]);
        assert_eq!(january("de-AT"), Some("Jänner"));
        assert_eq!(january("de-CH"), Some("Januar"));
        assert_eq!(january("sr-Latn-RS"), Some("januar"));
        assert_eq!(january("sr"), Some("јануар"));
        assert_eq!((january("en-GB"), january("tlh"), january("")), (None, None, None));
    }
}
