//! What became of everything an importer met; every item has one fate.
//!
//! Shared by all importers. An importer says what it made of an item; what the merge did with the
//! file decides whether that is new, updated, unchanged or kept. The text is for people; it holds
//! no control characters, whatever the source held.

use crate::step::{Planned, Step};
use serde_json::{Value, json};
use ssg_source::SitePath;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

/// The outcome of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Name of what was read.
    pub source: String,
    /// One outcome for each item met, in the order of the source.
    pub outcomes: Vec<Outcome>,
    /// Fields of the source that have no place in a site: how often, and where first.
    pub unplaced: BTreeMap<String, (usize, String)>,
    /// What the merge did with each file; empty before it.
    fates: BTreeMap<SitePath, Fate>,
}

/// What became of one item: a post, a talk, a file of the source, a run of lines that is none.
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

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Line of the source, from 1; 0 where it is no matter of a line.
    pub line: usize,
    /// What was guessed.
    pub what: String,
}

impl Guess {
    pub(crate) fn new(line: usize, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }
}

/// What an importer did with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It became this file, or a part of it.
    Imported(SitePath),
    /// It was left out on purpose, for this reason.
    Skipped(String),
    /// It could not be read, for this reason.
    Failed(String),
}

/// What became of an item in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its file is new.
    Imported,
    /// Its file was written again: the source has changed.
    Updated,
    /// Its file is as it was.
    Unchanged,
    /// Its file stays as it is, for this reason.
    Kept(String),
    /// Its file was removed.
    Removed,
    /// It was left out, for this reason.
    Skipped(String),
    /// It could not be read, for this reason.
    Failed(String),
}

/// How many items met each fate; together they are all items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New.
    pub imported: usize,
    /// Written again.
    pub updated: usize,
    /// As before.
    pub unchanged: usize,
    /// A person's, or no longer in the source.
    pub kept: usize,
    /// Taken out of the site.
    pub removed: usize,
    /// Left out on purpose.
    pub skipped: usize,
    /// Not readable.
    pub failed: usize,
}

impl Fate {
    /// Its name in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Kept(_) => "kept",
            Self::Removed => "removed",
            Self::Skipped(_) => "skipped",
            Self::Failed(_) => "failed",
        }
    }

    /// Why, where there is something to say.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Kept(why) | Self::Skipped(why) | Self::Failed(why) => Some(why),
            _ => None,
        }
    }
}

impl Report {
    /// A report with nothing in it yet.
    pub fn new(source: &str) -> Self {
        Self { source: printable(source), ..Self::default() }
    }

    /// How many items were met.
    pub fn items(&self) -> usize {
        self.outcomes.len()
    }

    /// Adds an item.
    pub(crate) fn add(&mut self, what: &str, verdict: Verdict, notes: Vec<Guess>) {
        self.outcomes.push(Outcome { what: what.to_owned(), lines: None, verdict, notes });
    }

    /// Counts a field that has no place in a site.
    pub(crate) fn unplaced(&mut self, field: &str, at: &str) {
        let field: String = printable(field);
        // A hostile source may have any number of fields.
        if self.unplaced.len() < 1000 || self.unplaced.contains_key(&field) {
            self.unplaced.entry(field).or_insert_with(|| (0, printable(at))).0 += 1;
        }
    }

    /// Takes over what the merge does with each file. A file that the source no longer has, or that
    /// is removed, becomes an item of its own.
    pub fn settle(&mut self, steps: &[Planned]) {
        let mut known: BTreeMap<SitePath, usize> = BTreeMap::new();
        for (at, one) in self.outcomes.iter().enumerate() {
            if let Verdict::Imported(path) = &one.verdict {
                known.entry(path.clone()).or_insert(at);
            }
        }
        for planned in steps {
            let fate = match &planned.step {
                Step::New(_) => Fate::Imported,
                Step::Update(_) => Fate::Updated,
                Step::Same => Fate::Unchanged,
                Step::Kept(why) => Fate::Kept(why.clone()),
                Step::Remove => Fate::Removed,
                Step::Gone => Fate::Kept("it is no longer in the source".to_owned()),
            };
            let notes = planned.notes.iter().map(|note| Guess::new(0, note.as_str()));
            match known.get(&planned.path).and_then(|at| self.outcomes.get_mut(*at)) {
                Some(one) => one.notes.extend(notes),
                None => {
                    let verdict = Verdict::Imported(planned.path.clone());
                    self.add(planned.path.file_name(), verdict, notes.collect());
                }
            }
            self.fates.entry(planned.path.clone()).or_insert(fate);
        }
    }

    /// What became of an item.
    pub fn fate(&self, outcome: &Outcome) -> Fate {
        match &outcome.verdict {
            Verdict::Imported(path) => self.fates.get(path).cloned().unwrap_or(Fate::Imported),
            Verdict::Skipped(why) => Fate::Skipped(why.clone()),
            Verdict::Failed(why) => Fate::Failed(why.clone()),
        }
    }

    /// How many items met each fate.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for one in &self.outcomes {
            *match self.fate(one) {
                Fate::Imported => &mut counts.imported,
                Fate::Updated => &mut counts.updated,
                Fate::Unchanged => &mut counts.unchanged,
                Fate::Kept(_) => &mut counts.kept,
                Fate::Removed => &mut counts.removed,
                Fate::Skipped(_) => &mut counts.skipped,
                Fate::Failed(_) => &mut counts.failed,
            } += 1;
        }
        counts
    }

    /// The report with at most `most` items of the same fate and reason; the others are counted.
    pub fn to_text(&self, most: usize) -> String {
        let mut out = format!("{}: {} items: {}\n", self.source, self.items(), self.counts());
        let mut met: BTreeMap<(&'static str, String), (usize, usize)> = BTreeMap::new();
        for one in &self.outcomes {
            let fate = self.fate(one);
            let why = fate.reason().unwrap_or_default().to_owned();
            let (shown, folded) = met.entry((fate.name(), why)).or_default();
            // What a person should look at is never folded, unless it was there to see before.
            if *shown < most || (!one.notes.is_empty() && fate != Fate::Unchanged) {
                *shown += 1;
                out.push_str(&line(one, &fate));
            } else {
                *folded += 1;
            }
        }
        for ((name, why), (_, more)) in met.into_iter().filter(|(_, (_, folded))| *folded > 0) {
            let why = if why.is_empty() { why } else { format!(": {}", printable(&why)) };
            out.push_str(&format!("  … {more} more {name}{why}\n"));
        }
        if !self.unplaced.is_empty() {
            out.push_str("  these fields of the source have no place in a site:\n");
        }
        for (field, (count, at)) in &self.unplaced {
            out.push_str(&format!("    {count} × {field} (first in {at})\n"));
        }
        out
    }

    /// The report for programs: an object for each item, and one for the whole at the end.
    pub fn to_json(&self) -> Vec<Value> {
        let mut lines: Vec<Value> = self
            .outcomes
            .iter()
            .map(|one| {
                let fate = self.fate(one);
                let path = match &one.verdict {
                    Verdict::Imported(path) => Some(path.as_str()),
                    _ => None,
                };
                let notes: Vec<Value> = one
                    .notes
                    .iter()
                    .map(|note| json!({ "line": (note.line > 0).then_some(note.line), "note": note.what }))
                    .collect();
                json!({
                    "import": self.source, "item": one.what, "fate": fate.name(), "file": path,
                    "reason": fate.reason(), "first_line": one.lines.as_ref().map(RangeInclusive::start),
                    "last_line": one.lines.as_ref().map(RangeInclusive::end), "notes": notes,
                })
            })
            .collect();
        let counts = self.counts();
        let unplaced: Vec<Value> = self
            .unplaced
            .iter()
            .map(|(field, (count, at))| json!({ "field": field, "count": count, "first": at }))
            .collect();
        lines.push(json!({
            "import": self.source, "items": self.items(), "imported": counts.imported,
            "updated": counts.updated, "unchanged": counts.unchanged, "kept": counts.kept,
            "removed": counts.removed, "skipped": counts.skipped, "failed": counts.failed,
            "unplaced": unplaced,
        }));
        lines
    }
}

/// An item with its fate, and what a person should look at.
fn line(one: &Outcome, fate: &Fate) -> String {
    let lines = match &one.lines {
        Some(lines) if lines.start() == lines.end() => format!("line {}: ", lines.start()),
        Some(lines) => format!("lines {}-{}: ", lines.start(), lines.end()),
        None => String::new(),
    };
    let what = printable(&one.what);
    let name = match fate {
        Fate::Imported => String::new(),
        other => format!("{} ", other.name()),
    };
    let path = match &one.verdict {
        Verdict::Imported(path) => format!(" -> {path}"),
        _ => String::new(),
    };
    let why = fate.reason().map_or_else(String::new, |why| format!(": {}", printable(why)));
    let mut out = format!("  {lines}{name}“{what}”{path}{why}\n");
    for note in &one.notes {
        let line = if note.line == 0 { String::new() } else { format!("line {}: ", note.line) };
        out.push_str(&format!("    {line}{}\n", printable(&note.what)));
    }
    out
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} imported", self.imported)?;
        for (count, name) in [
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
            (self.kept, "kept"),
            (self.removed, "removed"),
        ] {
            if count > 0 {
                write!(f, ", {count} {name}")?;
            }
        }
        write!(f, ", {} skipped, {} failed", self.skipped, self.failed)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(usize::MAX))
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

    fn report() -> Report {
        let mut report = Report::new("notes\u{1b}.txt");
        let path = SitePath::new("content/posts/a.md").expect("valid");
        for verdict in
            [Verdict::Imported(path), Verdict::Skipped("furniture".into()), Verdict::Failed("NUL".into())]
        {
            report.outcomes.push(Outcome { what: "a".into(), lines: Some(1..=2), verdict, notes: vec![] });
        }
        report
    }

    #[test]
    fn every_item_has_one_verdict_and_a_reason() {
        assert_eq!(
            report().to_string(),
            "notes .txt: 3 items: 1 imported, 1 skipped, 1 failed\n  \
             lines 1-2: “a” -> content/posts/a.md\n  \
             lines 1-2: skipped “a”: furniture\n  \
             lines 1-2: failed “a”: NUL\n"
        );
    }

    #[test]
    fn the_merge_decides_the_fate_of_files() {
        let mut report = report();
        let planned = |path: &str, step| Planned {
            path: SitePath::new(path).expect("valid"),
            step,
            before: Vec::new(),
            notes: Vec::new(),
        };
        report.settle(&[
            planned("content/posts/a.md", Step::Kept("mine".to_owned())),
            planned("content/posts/b.md", Step::Gone),
        ]);
        report.unplaced("colour", "a.yml");
        report.unplaced("colour", "b.yml");
        let counts = report.counts();
        assert_eq!((counts.kept, counts.skipped, counts.failed, report.items()), (2, 1, 1, 4));
        let text = report.to_string();
        assert!(text.contains("kept “a” -> content/posts/a.md: mine"), "{text}");
        assert!(text.contains("2 × colour (first in a.yml)"), "{text}");
        assert_eq!(report.to_json().len(), 5);
    }

    #[test]
    fn many_alike_are_counted() {
        let mut report = Report::new("s");
        for number in 0..5 {
            report.add(&number.to_string(), Verdict::Skipped("no".to_owned()), Vec::new());
        }
        let text = report.to_text(2);
        assert_eq!(text.lines().count(), 4);
        assert!(text.ends_with("  … 3 more skipped: no\n"), "{text}");
    }
}
