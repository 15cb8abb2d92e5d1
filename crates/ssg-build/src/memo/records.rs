//! What each output gave when it was rendered last, beside what it read, which the engine remembers.

use super::needs::AllNeeds;
use crate::write::OutputPath;
use serde::{Deserialize, Serialize};
use ssg_render::Needs;
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostics, Digest};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// Every output's record.
#[derive(Default, Serialize, Deserialize)]
pub struct Records {
    outputs: HashMap<Arc<str>, Record>,
    pub(crate) needs: AllNeeds,
    /// Outputs that have something wrong with them.
    found_in: BTreeSet<Arc<str>>,
}

/// What is known of an output.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    identity: Digest,
    pub files: Vec<(OutputPath, Hash)>,
    pub found: Diagnostics,
    cause: Cause,
    /// Number of what it needs of a content security policy.
    needs: u32,
}

/// Why an output was last rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// It was not known before.
    New,
    /// Something else lay at its path.
    Replaced,
    /// The file was missing in the output, or somebody had changed it.
    Restored,
    /// Something that it read changed.
    Changed {
        /// What it was, in words.
        what: String,
        /// It was the content of its own file.
        is_own: bool,
    },
}

/// An output that was rendered now.
pub(crate) struct Fresh {
    pub files: Vec<(OutputPath, Hash)>,
    pub found: Diagnostics,
    pub cause: Cause,
    pub identity: Digest,
    pub needs: Needs,
}

impl Records {
    /// The record of an output, where it is of the same one; `identity` is `None` where it is known to be.
    pub(crate) fn get(&self, file: &str, identity: Option<Digest>) -> Result<&Record, Cause> {
        let record = self.outputs.get(file).ok_or(Cause::New)?;
        if identity.is_some_and(|identity| record.identity != identity) {
            return Err(Cause::Replaced);
        }
        Ok(record)
    }

    /// What is wrong with the outputs that are known.
    pub(crate) fn found(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for record in self.found_in.iter().filter_map(|file| self.outputs.get(file)) {
            found.extend(record.found.iter().cloned());
        }
        found
    }

    /// Remembers an output that was rendered now.
    pub(crate) fn remember(&mut self, file: &str, fresh: Fresh) {
        let file: Arc<str> = file.into();
        if fresh.found.is_empty() {
            self.found_in.remove(&file);
        } else {
            self.found_in.insert(file.clone());
        }
        let needs = self.needs.number(fresh.needs);
        let Fresh { files, found, cause, identity, .. } = fresh;
        self.outputs.insert(file, Record { identity, files, found, cause, needs });
    }

    /// Forgets an output.
    pub(crate) fn forget(&mut self, file: &str) {
        self.outputs.remove(file);
        self.found_in.remove(file);
    }

    /// Forgets the outputs that are not planned any more; gives them.
    pub(crate) fn retain(&mut self, is_planned: impl Fn(&str) -> bool) -> Vec<Arc<str>> {
        let gone: Vec<Arc<str>> = self.outputs.keys().filter(|file| !is_planned(file)).cloned().collect();
        for file in &gone {
            self.forget(file);
        }
        self.needs.retain(self.outputs.values_mut().map(|record| &mut record.needs));
        gone
    }

    /// What all outputs together need of a content security policy.
    pub(crate) fn all_needs(&self) -> Needs {
        self.needs.union(self.outputs.values().map(|record| record.needs))
    }

    /// Why an output was last rendered.
    #[must_use]
    pub fn cause_of(&self, file: &str) -> Option<&Cause> {
        self.outputs.get(file).map(|record| &record.cause)
    }

    /// The files that all outputs gave, with their digests.
    pub(crate) fn given(&self) -> impl Iterator<Item = &(OutputPath, Hash)> {
        self.outputs.values().flat_map(|record| &record.files)
    }

    /// How many outputs are known.
    pub(crate) fn count(&self) -> usize {
        self.outputs.len()
    }

    /// The files of all outputs, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<&str> = self.outputs.keys().map(|file| &**file).collect();
        files.sort_unstable();
        files
    }
}
