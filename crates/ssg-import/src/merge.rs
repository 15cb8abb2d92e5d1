//! Decides what an import may do to each file of the site.
//!
//! Shared by all importers. A file that is there is replaced only where the
//! [record](crate::ImportRecord) shows that nobody has touched it since an import wrote it, from
//! the same source. Importing again therefore changes nothing, and never what a person edited.

use crate::file::{digest, parts, unix};
use crate::record::Recorded;
use crate::step::{Planned, Step};
use crate::{Import, ImportRecord, ImportedFile};
use ssg_source::SitePath;
use std::collections::BTreeSet;

/// What stands at a path of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Nothing.
    Absent,
    /// A file with these bytes.
    File(Vec<u8>),
    /// Something that cannot be read, for this reason.
    Unreadable(String),
}

/// What an import does, and the records before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The files, in the order of the import; what is gone comes last.
    pub steps: Vec<Planned>,
    /// To be written before the first file: where an import is cut short, the next one goes on.
    pub begin: ImportRecord,
    /// To be written after the last file.
    pub done: ImportRecord,
}

/// Plans the writing of an import; `existing` tells what is there already.
///
/// Never fails and writes nothing itself. Where two files have one path, the first wins.
pub fn plan(import: &Import, record: &ImportRecord, existing: &dyn Fn(&SitePath) -> Existing) -> Plan {
    let mut taken: BTreeSet<&SitePath> = BTreeSet::new();
    let mut steps = Vec::new();
    let (mut begin, mut done) = (ImportRecord::of(record), ImportRecord::of(record));
    for file in &import.files {
        if !taken.insert(&file.path) {
            let step = Step::Kept("another file of this import has the same path".to_owned());
            steps.push(Planned { path: file.path.clone(), step, before: Vec::new() });
            continue;
        }
        let (step, before) = decide(file, record, existing(&file.path));
        if !matches!(step, Step::Kept(_)) {
            let fresh = Recorded {
                source: file.source.clone(),
                digest: digest(&file.bytes),
                was: None,
                parts: parts(&file.path, &file.bytes),
            };
            let was = (step != Step::Same).then(|| digest(&before)).filter(|_| !before.is_empty());
            begin.files.insert(file.path.clone(), Recorded { was, ..fresh.clone() });
            done.files.insert(file.path.clone(), fresh);
        }
        steps.push(Planned { path: file.path.clone(), step, before });
    }
    for (path, recorded) in record.files.iter().filter(|(path, _)| !taken.contains(path)) {
        let withheld = import.withheld.contains(path);
        if !withheld && !import.covers.contains(&recorded.source) {
            continue;
        }
        let Some((step, before)) = leave(recorded, withheld, existing(path)) else {
            begin.files.remove(path);
            done.files.remove(path);
            continue;
        };
        if step == Step::Remove {
            done.files.remove(path);
        }
        steps.push(Planned { path: path.clone(), step, before });
    }
    // A record is not written for nothing.
    if done.files == record.files && !record.unfinished {
        done = record.clone();
    }
    begin.unfinished = done != *record;
    Plan { steps, begin, done }
}

impl ImportRecord {
    fn of(record: &Self) -> Self {
        let mut copy = record.clone();
        copy.set_version();
        copy.unfinished = false;
        copy
    }
}

/// The step for a file that the source has, and what stands there.
fn decide(file: &ImportedFile, record: &ImportRecord, existing: Existing) -> (Step, Vec<u8>) {
    let recorded = record.files.get(&file.path);
    let bytes = match existing {
        Existing::File(bytes) => bytes,
        Existing::Unreadable(why) => return (Step::Kept(format!("it cannot be read: {why}")), Vec::new()),
        Existing::Absent if recorded.is_some() && !record.unfinished => {
            let path = ImportRecord::PATH;
            let why = format!("a person removed it; remove its line from {path} to have it again");
            return (Step::Kept(why), Vec::new());
        }
        Existing::Absent => return (Step::New(file.bytes.clone()), Vec::new()),
    };
    if unix(&bytes) == unix(&file.bytes) {
        return (Step::Same, bytes);
    }
    let Some(recorded) = recorded else {
        return (Step::Kept("a person wrote it".to_owned()), Vec::new());
    };
    if !is_untouched(recorded, &bytes) {
        return (Step::Kept(format!("a person edited it; {}", changes(recorded, file))), Vec::new());
    }
    if recorded.source != file.source {
        let why = format!("it was imported from another source, {}", recorded.source);
        return (Step::Kept(why), Vec::new());
    }
    (Step::Update(file.bytes.clone()), bytes)
}

/// The step for a file that the source no longer has; `None` when the file is gone as well.
fn leave(recorded: &Recorded, withheld: bool, existing: Existing) -> Option<(Step, Vec<u8>)> {
    match existing {
        Existing::Absent => None,
        Existing::File(bytes) if withheld && is_untouched(recorded, &bytes) => Some((Step::Remove, bytes)),
        _ if withheld => {
            let why = "its publication has been objected to, and a person edited it: remove it by hand";
            Some((Step::Kept(why.to_owned()), Vec::new()))
        }
        _ => Some((Step::Gone, Vec::new())),
    }
}

fn is_untouched(recorded: &Recorded, bytes: &[u8]) -> bool {
    let now = digest(bytes);
    now == recorded.digest || recorded.was.as_ref() == Some(&now)
}

/// What the source has changed since the file was written, for the report.
fn changes(recorded: &Recorded, file: &ImportedFile) -> String {
    let new = parts(&file.path, &file.bytes);
    let names: BTreeSet<&String> = recorded
        .parts
        .keys()
        .chain(new.keys())
        .filter(|name| recorded.parts.get(*name) != new.get(*name))
        .collect();
    if names.is_empty() {
        return "the source has not changed".to_owned();
    }
    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
    format!("the source has changed: {}", names.join(", "))
}

#[cfg(test)]
mod tests;
