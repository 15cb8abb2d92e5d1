//! The difference between the built site and what the target holds.
//!
//! Only digests and names are compared: of the record on one side, of the output's manifest on the other. In which order
//! files go is told by their stage, what must be confirmed in `safety`.

use crate::outputs::{Built, Outputs};
use crate::record::{Record, State};
use crate::stage::{Stage, stem};
use ssg_build::write::OutputPath;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done at a target, in its order.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files of ours that stand where a folder must be, or the other way round: removed first.
    pub clear: Vec<OutputPath>,
    /// What is sent in each stage of [`Stage::ALL`].
    pub put: [Vec<Built>; 3],
    /// What is removed at the end.
    pub remove: Vec<OutputPath>,
    /// Files that the target has not had so far.
    pub new: BTreeSet<OutputPath>,
    /// How many files stay as they are.
    pub kept: usize,
    /// The last run was cut, so that the record is to be completed even if no file differs.
    pub resumes: bool,
}

impl Plan {
    /// The difference. `held` are files of which a cut run left the state unknown and which have the
    /// right bytes; `changed` are files that somebody else changed. With `all`, everything is sent.
    #[must_use]
    pub fn new(
        outputs: &Outputs,
        record: &Record,
        held: &BTreeSet<OutputPath>,
        changed: &[OutputPath],
        all: bool,
    ) -> Self {
        let changed: BTreeSet<&OutputPath> = changed.iter().collect();
        let mut plan = Self { resumes: record.run.is_some(), ..Self::default() };
        for file in outputs.iter() {
            let is_there = record.there(&file.path).is_some_and(|(hash, _)| hash == file.hash)
                && !changed.contains(&file.path);
            if !all && (is_there || held.contains(&file.path)) {
                plan.kept += 1;
                continue;
            }
            if !record.files.contains_key(&file.path) {
                plan.new.insert(file.path.clone());
            }
            let stage = outputs.stage(&file);
            if let Some(files) = plan.put.get_mut(stage as usize) {
                files.push(file);
            }
        }
        // Inner pages first: a list comes after what it lists.
        if let Some(pages) = plan.put.get_mut(Stage::Pages as usize) {
            pages.sort_by_key(|file| (Reverse(file.path.folders().count()), file.path.clone()));
        }
        plan.removals(outputs, record);
        plan
    }

    fn removals(&mut self, outputs: &Outputs, record: &Record) {
        let folders: BTreeSet<String> =
            self.puts().flat_map(|file| file.path.folders().map(str::to_owned).collect::<Vec<_>>()).collect();
        let files: BTreeSet<String> = self.puts().map(|file| file.path.as_str().to_owned()).collect();
        for path in record.files.keys().filter(|path| outputs.get(path).is_none()) {
            let in_the_way =
                folders.contains(path.as_str()) || path.folders().any(|folder| files.contains(folder));
            if in_the_way { self.clear.push(path.clone()) } else { self.remove.push(path.clone()) }
        }
        // What refers to others goes before what it refers to.
        self.remove.sort_by_key(|path| (Reverse(Stage::of(path.as_str())), path.clone()));
    }

    /// Everything that is sent, in order.
    pub fn puts(&self) -> impl Iterator<Item = &Built> {
        self.put.iter().flatten()
    }

    /// Size of what is sent, in bytes, as it was built.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.puts().map(|file| file.size).sum()
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.resumes
            && self.clear.is_empty()
            && self.remove.is_empty()
            && self.put.iter().all(std::vec::Vec::is_empty)
    }

    /// How many files go that have no successor: an asset whose new version has another fingerprint
    /// is replaced, not lost.
    #[must_use]
    pub fn losses(&self, outputs: &Outputs) -> usize {
        let successors: BTreeSet<(String, String)> = outputs
            .iter()
            .filter_map(|file| stem(file.path.as_str()).map(|(stem, end)| (stem.to_owned(), end.to_owned())))
            .collect();
        let is_replaced = |path: &OutputPath| {
            stem(path.as_str())
                .is_some_and(|(stem, end)| successors.contains(&(stem.to_owned(), end.to_owned())))
        };
        self.remove.iter().chain(&self.clear).filter(|path| !is_replaced(path)).count()
    }

    /// The record while files change: what is certain, and the intents.
    pub(crate) fn pending(&self, outputs: &Outputs, before: &Record, after: &Record) -> Record {
        let mut files: BTreeMap<OutputPath, State> = after.files.clone();
        for file in self.puts() {
            files.insert(file.path.clone(), State::Sending(file.hash, file.size));
        }
        for path in before.files.keys().filter(|path| outputs.get(path).is_none()) {
            files.insert(path.clone(), State::Removing);
        }
        Record { files, ..after.clone() }
    }
}
