//! The table of `ssg suggest --all`: what every file lacks, and what is lacking most.

use ssg_suggest::{Finding, Subject};
use std::collections::BTreeMap;

/// Names that are listed at the end.
const MOST: usize = 20;

/// A row for each file that lacks something, and below what is lacking in most.
pub fn of<'f>(files: impl Iterator<Item = (&'f str, &'f [Finding])>) -> String {
    let subjects =
        [Subject::Tool, Subject::Speaker, Subject::Event, Subject::Talk, Subject::Category, Subject::Date];
    let mut rows: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut names: BTreeMap<(Subject, &str), usize> = BTreeMap::new();
    let mut read = 0;
    for (file, found) in files {
        read += 1;
        if found.is_empty() {
            continue;
        }
        let count = |subject: &Subject| found.iter().filter(|finding| finding.subject == *subject).count();
        rows.push((file, subjects.iter().map(count).collect()));
        for finding in found {
            *names.entry((finding.subject, finding.name.as_str())).or_default() += 1;
        }
    }
    let width = rows.iter().map(|(file, _)| file.chars().count()).max().unwrap_or(4).max(4);
    let mut text = format!("{:<width$}", "file");
    for subject in subjects {
        text.push_str(&format!("  {:>10}", subject.key()));
    }
    text.push('\n');
    for (file, counts) in &rows {
        text.push_str(&format!("{file:<width$}"));
        for count in counts {
            let shown = if *count == 0 { "-".to_owned() } else { count.to_string() };
            text.push_str(&format!("  {shown:>10}"));
        }
        text.push('\n');
    }
    let mut names: Vec<((Subject, &str), usize)> = names.into_iter().collect();
    names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    text.push_str(&format!("\n{} of {read} files lack something\n", rows.len()));
    for ((subject, name), count) in names.into_iter().take(MOST) {
        text.push_str(&format!("{count:>6}  {:<8}  {name}\n", subject.name()));
    }
    text
}
