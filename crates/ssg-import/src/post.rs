//! A post made by an importer, and its front matter.
//!
//! The front matter is TOML and ends in `[extra.import]`: where the post came from, and a hash of
//! all that was written but the hash itself. With it a later import can tell whether a person
//! has edited the file.

use crate::Report;
use jiff::civil::Date;
use ssg_source::SitePath;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// What an importer made of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The posts, in the order of the source.
    pub posts: Vec<ImportedPost>,
    /// What became of every item.
    pub report: Report,
}

/// A post, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPost {
    /// Where it goes, such as `content/posts/2016-06-02-a-recap.md`; no date when none is known.
    pub path: SitePath,
    /// Front matter and Markdown.
    pub text: String,
    /// The title.
    pub title: String,
    /// The date, when the source says so or the user gave one.
    pub date: Option<Date>,
    /// The lines of the source that it was made from, counted from 1.
    pub source_lines: RangeInclusive<usize>,
    /// What was not sure.
    pub guesses: Vec<Guess>,
}

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Line of the source, from 1.
    pub line: usize,
    /// What was guessed.
    pub what: String,
}

impl Guess {
    pub(crate) fn new(line: usize, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }
}

/// The front matter of an imported post.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter<'a> {
    pub title: &'a str,
    pub date: Option<Date>,
    /// A remark on the date, printed as a TOML comment: one line, without control characters.
    pub date_note: Option<String>,
    pub authors: &'a [String],
    pub speakers: &'a [String],
    pub chapter: Option<u32>,
    pub source: &'a str,
}

impl FrontMatter<'_> {
    /// The whole file: front matter, then the body.
    pub(crate) fn compose(&self, body: &str) -> String {
        let mut head = format!("+++\ntitle = {}\n", quoted(self.title));
        match (self.date, &self.date_note) {
            (Some(date), Some(note)) => writeln!(head, "date = {date} # import: {note}"),
            (Some(date), None) => writeln!(head, "date = {date}"),
            (None, Some(note)) => writeln!(head, "# import: {note}"),
            (None, None) => Ok(()),
        }
        .expect("a String takes everything");
        for (key, names) in [("authors", self.authors), ("speakers", self.speakers)] {
            if !names.is_empty() {
                let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
                let _ = writeln!(head, "{key} = [{}]", names.join(", "));
            }
        }
        head.push_str("categories = []\ndraft = false\n\n[extra.import]\n");
        let _ = writeln!(head, "source = {}", quoted(self.source));
        if let Some(chapter) = self.chapter {
            let _ = writeln!(head, "chapter = {chapter}");
        }
        let rest = format!("+++\n\n{body}");
        let hash = hash(&head, &rest);
        format!("{head}hash = \"{hash}\"\n{rest}")
    }
}

/// The hash of a post, given what stands before and after its line `hash = "…"`.
pub(crate) fn hash(before: &str, after: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before.as_bytes());
    hasher.update(after.as_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_titles_stay_values() {
        for title in ["+++", "a\"b", "a\\", "\u{7}bell\u{85}", "a\n+++\nx = 1", "'''", "=#[x]"] {
            let text = FrontMatter { title, source: title, ..FrontMatter::default() }.compose("body\n");
            let head = text.strip_prefix("+++\n").expect("opens").split("\n+++\n").next().expect("closes");
            let table: toml::Table = head.parse().expect("valid TOML");
            assert_eq!(table["title"].as_str(), Some(title));
            assert_eq!(table["extra"]["import"]["source"].as_str(), Some(title));
        }
    }
}
