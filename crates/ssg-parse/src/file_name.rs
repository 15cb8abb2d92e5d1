//! What a content file's name says: a date, a slug, a language.

use crate::languages::{LangId, Language};
use jiff::civil::Date;

/// The parts of a name such as `2013-05-06-austin.de.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The date in front, if it exists in the calendar.
    pub date: Option<Date>,
    /// The name without date, language and extension.
    pub stem: String,
    /// The name with its date, without language and extension.
    pub dated_stem: String,
    /// The language, when the name ends in one of the site's.
    pub lang: Option<LangId>,
}

/// Whether a file is a page in Markdown.
#[must_use]
pub fn is_page(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".markdn"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// Whether a file may be a page that is written in HTML: it is one where it begins with a header.
#[must_use]
pub fn is_html(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".html") || lower.ends_with(".htm")
}

/// Whether a file is written in a markup that is not read here.
#[must_use]
pub fn is_other_markup(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    [
        "rst",
        "rest",
        "adoc",
        "asciidoc",
        "asc",
        "org",
        "textile",
        "mdx",
        "rmd",
        "qmd",
        "creole",
        "mediawiki",
        "wiki",
        "djot",
        "dj",
        "typ",
        "markdoc",
        "svx",
        "njk",
        "liquid",
        "haml",
        "erb",
        "astro",
    ]
    .contains(&end.as_str())
}

/// Why a file below `content` is no part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotContent {
    /// It, or a folder above it, has a name that begins with a dot.
    Hidden,
    /// It lies in a folder of drafts ([`ssg_source::is_drafts`]).
    Drafts,
}

/// Whether a file is kept out of the site by its name or that of a folder above it; `below` is its path below
/// `content`. What hosts look for stays: `.well-known/`, `.htaccess`, `.nojekyll`.
#[must_use]
pub fn not_content(below: &str) -> Option<NotContent> {
    let stays = |part: &str| ssg_source::DOTTED.contains(&part);
    for part in below.split('/') {
        if part.starts_with('.') && !stays(part) {
            return Some(NotContent::Hidden);
        }
        if ssg_source::is_drafts(part) {
            return Some(NotContent::Drafts);
        }
    }
    None
}

/// Reads a file name; `languages` are the site's, in the order of their numbers.
#[must_use]
pub fn read_file_name(name: &str, languages: &[Language]) -> FileName {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (stem, lang) = match stem.rsplit_once('.').map(|(rest, tag)| (rest, position(tag, languages))) {
        Some((rest, Some(lang))) if !rest.is_empty() => (rest, Some(lang)),
        _ => (stem, None),
    };
    let (date, rest) = split_date(stem);
    FileName { date, stem: rest.to_owned(), dated_stem: stem.to_owned(), lang }
}

fn position(tag: &str, languages: &[Language]) -> Option<LangId> {
    let at = languages.iter().position(|known| known.tag.eq_ignore_ascii_case(tag))?;
    u16::try_from(at).ok().map(LangId)
}

/// `2018-05-21-x`, and as others write it: `2018-05-21_x`, `2018-05-21 - X`.
fn split_date(stem: &str) -> (Option<Date>, &str) {
    let mut rest = stem;
    let mut number = |longest: usize, sign: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = (1..=longest).contains(&digits).then(|| rest[..digits].parse::<i16>().ok()).flatten()?;
        rest = rest[digits..].strip_prefix(sign)?;
        Some(value)
    };
    let (Some(year), Some(month), Some(day)) = (number(4, "-"), number(2, "-"), number(2, "")) else {
        return (None, stem);
    };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return (None, stem) };
    let Some(date) = Date::new(year, month, day).ok().filter(|_| year >= 1000) else { return (None, stem) };
    if rest.is_empty() {
        return (Some(date), stem);
    }
    let name = match rest.strip_prefix('-') {
        Some(name) => name,
        None if rest.starts_with([' ', '_']) => rest.trim_start_matches([' ', '_', '-']),
        None => return (None, stem),
    };
    if name.is_empty() { (None, stem) } else { (Some(date), name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let name = read_file_name("2013-05-06-austin.de.md", &["en", "de"].map(Language::of_tag));
        assert_eq!((name.stem.as_str(), name.lang), ("austin", Some(LangId(1))));
        assert_eq!(name.date, Date::new(2013, 5, 6).ok());
        assert_eq!(read_file_name("2016-toronto.md", &[]).stem, "2016-toronto");
        assert_eq!(read_file_name("2013-02-31-x.md", &[]).date, None);
        for (written, stem) in [
            ("2018-05-21 - A Name.md", "A Name"),
            ("2018-05-21_x.md", "x"),
            ("2018-05-21 x.md", "x"),
            ("2018-05-21.md", "2018-05-21"),
        ] {
            let name = read_file_name(written, &[]);
            assert_eq!((name.stem.as_str(), name.date), (stem, Date::new(2018, 5, 21).ok()), "{written}");
        }
        for none in ["2018-05-21x.md", "2018-05-21-.md", "2018-05-211-x.md", "18-05-21-x.md"] {
            assert_eq!(read_file_name(none, &[]).date, None, "{none}");
        }
    }
}
