//! Decides what an import may do to each file of the site.
//!
//! Shared by all importers. A file that is there is replaced only where the
//! [record](crate::ImportRecord) shows that nobody has touched it since an import wrote it, from
//! the same source; or [key by key](by_key), where an importer asks for it. Importing again therefore changes
//! nothing, and never what a person edited.

mod by_key;

use crate::file::{ByKey, Merge, digest, parts, unix};
use crate::record::Recorded;
use crate::step::{Planned, Step};
use crate::{Import, ImportRecord, ImportedFile};
use ssg_source::SitePath;
use std::collections::{BTreeMap, BTreeSet};

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
    let by_id: BTreeMap<(&str, &str), &SitePath> = record
        .files
        .iter()
        .filter_map(|(path, one)| Some(((one.source.as_str(), one.id.as_deref()?), path)))
        .collect();
    let (mut begin, mut done) = (ImportRecord::of(record), ImportRecord::of(record));
    for file in &import.files {
        if !taken.insert(&file.path) {
            let step = Step::Kept("another file of this import has the same path".to_owned());
            steps.push(Planned { path: file.path.clone(), step, before: Vec::new(), notes: Vec::new() });
            continue;
        }
        if file.merge != Merge::Whole {
            let merged = match &file.merge {
                Merge::Keys(how) => merge_keys(file, how, record, &by_id, existing),
                Merge::Layer(layer) => lay(file, layer, record, existing(&file.path)),
                Merge::Whole => continue,
            };
            if let Some(recorded) = merged.recorded {
                // A file that is there is only told of when it has been written.
                if matches!(merged.step, Step::New(_)) {
                    begin.files.insert(file.path.clone(), recorded.clone());
                }
                done.files.insert(file.path.clone(), recorded);
            }
            if let Some(former) = merged.former {
                done.files.remove(&former);
            }
            let (step, before, notes) = (merged.step, merged.before, merged.notes);
            steps.push(Planned { path: file.path.clone(), step, before, notes });
            continue;
        }
        let (step, before) = decide(file, record, existing(&file.path));
        if !matches!(step, Step::Kept(_)) {
            let fresh = Recorded {
                source: file.source.clone(),
                digest: digest(&file.bytes),
                was: None,
                id: file.id.clone(),
                parts: parts(&file.path, &file.bytes),
            };
            let was = (step != Step::Same).then(|| digest(&before)).filter(|_| !before.is_empty());
            begin.files.insert(file.path.clone(), Recorded { was, ..fresh.clone() });
            done.files.insert(file.path.clone(), fresh);
        }
        steps.push(Planned { path: file.path.clone(), step, before, notes: Vec::new() });
    }
    for (path, recorded) in record.files.iter().filter(|(path, _)| !taken.contains(path)) {
        if !done.files.contains_key(path) {
            // It has moved.
            continue;
        }
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
        if step == Step::Gone && import.cancels.contains(&recorded.source) && is_talk(path) {
            let (step, before) = cancel(path, recorded, existing(path), &mut done);
            let notes = if step == Step::Gone {
                Vec::new()
            } else {
                vec!["it is no longer in the source: cancelled".to_owned()]
            };
            steps.push(Planned { path: path.clone(), step, before, notes });
            continue;
        }
        steps.push(Planned { path: path.clone(), step, before, notes: Vec::new() });
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
    if let (Some(own), Some(other)) = (&file.id, &recorded.id)
        && own != other
    {
        return (Step::Kept(format!("an import made it of another item: {other}")), Vec::new());
    }
    if !is_untouched(recorded, &bytes) {
        return (Step::Kept(format!("a person edited it; {}", changes(recorded, file))), Vec::new());
    }
    if recorded.source != file.source {
        let why = format!("it was imported from another source, {}", recorded.source);
        return (Step::Kept(why), Vec::new());
    }
    (Step::Update(file.bytes.clone()), bytes)
}

/// What becomes of a file that is merged key by key.
struct Outcome {
    step: Step,
    before: Vec<u8>,
    notes: Vec<String>,
    recorded: Option<Recorded>,
    /// Where the record had it before a person moved it.
    former: Option<SitePath>,
}

impl Outcome {
    fn kept(why: impl Into<String>) -> Self {
        let step = Step::Kept(why.into());
        Self { step, before: Vec::new(), notes: Vec::new(), recorded: None, former: None }
    }
}

/// The step for a file that is merged key by key.
fn merge_keys(
    file: &ImportedFile,
    how: &ByKey,
    record: &ImportRecord,
    by_id: &BTreeMap<(&str, &str), &SitePath>,
    existing: &dyn Fn(&SitePath) -> Existing,
) -> Outcome {
    let (recorded, former) = match (record.files.get(&file.path), &how.id) {
        (Some(recorded), _) => (Some(recorded), None),
        (None, Some(id)) => {
            // A person may have moved it: then it is not where it was.
            let path = by_id.get(&(file.source.as_str(), id.as_str())).copied();
            let moved = path.filter(|path| existing(path) == Existing::Absent);
            (moved.and_then(|path| record.files.get(path)), moved.cloned())
        }
        (None, None) => (None, None),
    };
    let fresh = Recorded {
        source: file.source.clone(),
        digest: digest(&file.bytes),
        was: None,
        id: how.id.clone(),
        parts: by_key::parts_of(&file.bytes),
    };
    let bytes = match existing(&file.path) {
        Existing::Unreadable(why) => return Outcome::kept(format!("it cannot be read: {why}")),
        Existing::Absent if recorded.is_some() && !record.unfinished => {
            let path = ImportRecord::PATH;
            return Outcome::kept(format!(
                "a person removed it; remove its line from {path} to have it again"
            ));
        }
        Existing::Absent => {
            let step = Step::New(file.bytes.clone());
            return Outcome { step, before: Vec::new(), notes: Vec::new(), recorded: Some(fresh), former };
        }
        Existing::File(bytes) => bytes,
    };
    let of_programme = |source: &str| source.split('/').next() == file.source.split('/').next();
    let own = recorded.filter(|one| one.source == file.source);
    let base = match recorded {
        None if !how.adopts => return Outcome::kept("a person wrote it"),
        Some(one) if own.is_none() && !how.adopts && !(how.shared && of_programme(&one.source)) => {
            return Outcome::kept(format!("it was imported from another source, {}", one.source));
        }
        // Another importer has its own names of parts.
        Some(one) if !of_programme(&one.source) => None,
        recorded => recorded.map(|one| &one.parts),
    };
    if unix(&bytes) == unix(&file.bytes) {
        let fresh = Recorded { parts: layered(fresh.parts, recorded), ..fresh };
        return Outcome { step: Step::Same, before: bytes, notes: Vec::new(), recorded: Some(fresh), former };
    }
    if !how.only_adds && own.is_some_and(|one| is_untouched(one, &bytes)) {
        let fresh = Recorded { parts: layered(fresh.parts, recorded), ..fresh };
        let step = Step::Update(file.bytes.clone());
        return Outcome { step, before: bytes, notes: Vec::new(), recorded: Some(fresh), former };
    }
    match by_key::merge(&bytes, &file.bytes, base, how.only_adds || own.is_none()) {
        Err(why) => Outcome::kept(format!("a person edited it, and {why}")),
        Ok(merged) => {
            let parts = layered(merged.parts, recorded);
            let told = "a person edited it; the source has changed";
            settle(bytes, merged.bytes, told, &merged.conflicts, Recorded { parts, ..fresh }, former)
        }
    }
}

/// The parts, with those that layers have put into the file.
fn layered(mut parts: by_key::Parts, recorded: Option<&Recorded>) -> by_key::Parts {
    let layers = recorded.into_iter().flat_map(|one| &one.parts).filter(|(name, _)| name.contains('!'));
    parts.extend(layers.map(|(name, digest)| (name.clone(), digest.clone())));
    parts
}

/// The step for keys that are put into a file of another source, or of a person.
fn lay(file: &ImportedFile, layer: &str, record: &ImportRecord, existing: Existing) -> Outcome {
    let bytes = match existing {
        Existing::File(bytes) => bytes,
        Existing::Absent => return Outcome::kept("there is no such file"),
        Existing::Unreadable(why) => return Outcome::kept(format!("it cannot be read: {why}")),
    };
    let recorded = record.files.get(&file.path).cloned();
    let recorded =
        recorded.unwrap_or_else(|| Recorded { source: file.source.clone(), ..Recorded::default() });
    match by_key::lay(&bytes, &file.bytes, layer, &recorded.parts) {
        Err(why) => Outcome::kept(why),
        Ok(merged) => {
            let recorded = Recorded { parts: merged.parts, ..recorded };
            let told = "a person wrote another one, which stays";
            settle(bytes, merged.bytes, told, &merged.conflicts, recorded, None)
        }
    }
}

/// The step for what came of a merge.
fn settle(
    before: Vec<u8>,
    bytes: Vec<u8>,
    told: &str,
    conflicts: &[String],
    recorded: Recorded,
    former: Option<SitePath>,
) -> Outcome {
    let told = (!conflicts.is_empty()).then(|| format!("{told}: {}", conflicts.join(", ")));
    let (step, notes) = match told {
        None if bytes == before => (Step::Same, Vec::new()),
        None => (Step::Update(bytes), Vec::new()),
        Some(told) if bytes == before => (Step::Kept(told), Vec::new()),
        Some(told) => (Step::Update(bytes), vec![told]),
    };
    Outcome { step, before, notes, recorded: Some(recorded), former }
}

/// The step for a talk that the source no longer has.
fn cancel(
    path: &SitePath,
    recorded: &Recorded,
    existing: Existing,
    done: &mut ImportRecord,
) -> (Step, Vec<u8>) {
    let Existing::File(bytes) = existing else { return (Step::Gone, Vec::new()) };
    let Some(merged) = by_key::cancel(&bytes, &recorded.parts) else { return (Step::Gone, Vec::new()) };
    let recorded = Recorded { parts: merged.parts, ..recorded.clone() };
    done.files.insert(path.clone(), recorded);
    (Step::Update(merged.bytes), bytes)
}

fn is_talk(path: &SitePath) -> bool {
    path.parent().is_some_and(|folder| folder.file_name() == "talks")
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
