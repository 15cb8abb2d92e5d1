//! What became of everything an importer met: imported + skipped + failed = items.
//!
//! Shared by all importers. The text is for people; it holds no control characters, whatever
//! the source held.

use crate::Guess;
use ssg_source::SitePath;
use std::fmt;
use std::ops::RangeInclusive;

/// The outcome of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Name of what was read.
    pub source: String,
    /// One outcome for each item met, in the order of the source.
    pub outcomes: Vec<Outcome>,
}

/// What became of one item: a post, or a run of lines that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Title, id or first words.
    pub what: String,
    /// The lines of the source, from 1, where the format has lines.
    pub lines: Option<RangeInclusive<usize>>,
    /// What was done with it.
    pub verdict: Verdict,
    /// What was guessed, and why the source was cut here.
    pub notes: Vec<Guess>,
}

/// What was done with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It became this file.
    Imported(SitePath),
    /// It was left out on purpose, for this reason.
    Skipped(String),
    /// It could not be read, for this reason.
    Failed(String),
}

impl Report {
    /// A report with nothing in it yet.
    pub fn new(source: &str) -> Self {
        Self { source: printable(source), outcomes: Vec::new() }
    }

    /// How many items were met.
    pub fn items(&self) -> usize {
        self.outcomes.len()
    }

    /// How many were imported, skipped, and failed; together they are all items.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.outcomes.iter().fold((0, 0, 0), |(imported, skipped, failed), one| match one.verdict {
            Verdict::Imported(_) => (imported + 1, skipped, failed),
            Verdict::Skipped(_) => (imported, skipped + 1, failed),
            Verdict::Failed(_) => (imported, skipped, failed + 1),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (imported, skipped, failed) = self.counts();
        let items = self.items();
        writeln!(
            f,
            "{}: {items} items: {imported} imported, {skipped} skipped, {failed} failed",
            self.source
        )?;
        for one in &self.outcomes {
            match &one.lines {
                Some(lines) if lines.start() == lines.end() => write!(f, "  line {}: ", lines.start())?,
                Some(lines) => write!(f, "  lines {}-{}: ", lines.start(), lines.end())?,
                None => write!(f, "  ")?,
            }
            let what = printable(&one.what);
            match &one.verdict {
                Verdict::Imported(path) => writeln!(f, "“{what}” -> {path}")?,
                Verdict::Skipped(why) => writeln!(f, "skipped “{what}”: {}", printable(why))?,
                Verdict::Failed(why) => writeln!(f, "failed “{what}”: {}", printable(why))?,
            }
            for note in &one.notes {
                writeln!(f, "    line {}: {}", note.line, printable(&note.what))?;
            }
        }
        Ok(())
    }
}

/// At most 300 characters, with control characters as spaces.
fn printable(text: &str) -> String {
    let mut short: String = text.chars().take(300).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_one_verdict_and_a_reason() {
        let mut report = Report::new("notes\u{1b}.txt");
        let path = SitePath::new("content/posts/a.md").expect("valid");
        for verdict in
            [Verdict::Imported(path), Verdict::Skipped("furniture".into()), Verdict::Failed("NUL".into())]
        {
            report.outcomes.push(Outcome { what: "a".into(), lines: Some(1..=2), verdict, notes: vec![] });
        }
        assert_eq!(report.counts(), (1, 1, 1));
        assert_eq!(
            report.to_string(),
            "notes .txt: 3 items: 1 imported, 1 skipped, 1 failed\n  \
             lines 1-2: “a” -> content/posts/a.md\n  \
             lines 1-2: skipped “a”: furniture\n  \
             lines 1-2: failed “a”: NUL\n"
        );
    }
}
