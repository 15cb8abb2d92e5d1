//! A post made by an importer, and its front matter.
//!
//! The front matter is TOML and ends in `[extra.import]`: where the post came from.

use crate::{Guess, Import, ImportedFile, Report};
use jiff::civil::Date;
use ssg_parse::toml_text;
use ssg_source::SitePath;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// What was made of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextImport {
    /// The posts, in the order of the source.
    pub posts: Vec<ImportedPost>,
    /// What became of every item.
    pub report: Report,
}

impl From<TextImport> for Import {
    fn from(text: TextImport) -> Self {
        let source = format!("text/{}", text.report.source);
        let files = text
            .posts
            .into_iter()
            .map(|post| ImportedFile::whole(post.path, post.text.into_bytes(), &source));
        // A text that is imported a second time may be another text of the same name.
        Self { files: files.collect(), report: text.report, ..Self::default() }
    }
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
        let mut head = format!("+++\ntitle = {}\n", toml_text(self.title));
        match (self.date, &self.date_note) {
            (Some(date), Some(note)) => writeln!(head, "date = {date} # import: {note}"),
            (Some(date), None) => writeln!(head, "date = {date}"),
            (None, Some(note)) => writeln!(head, "# import: {note}"),
            (None, None) => Ok(()),
        }
        .expect("a String takes everything");
        for (key, names) in [("authors", self.authors), ("speakers", self.speakers)] {
            if !names.is_empty() {
                let names: Vec<_> = names.iter().map(|name| toml_text(name)).collect();
                let _ = writeln!(head, "{key} = [{}]", names.join(", "));
            }
        }
        head.push_str("categories = []\ndraft = false\n\n[extra.import]\n");
        let _ = writeln!(head, "source = {}", toml_text(self.source));
        if let Some(chapter) = self.chapter {
            let _ = writeln!(head, "chapter = {chapter}");
        }
        format!("{head}+++\n\n{body}")
    }
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
