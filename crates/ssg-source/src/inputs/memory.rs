//! Inputs in memory.

use super::{Entry, Inputs, ReadError, is_leftover};
use crate::{Diagnostics, SitePath};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A site held in memory, for tests.
#[derive(Clone, Debug)]
pub struct MemoryInputs {
    files: BTreeMap<SitePath, Arc<[u8]>>,
    instant: Timestamp,
}

impl MemoryInputs {
    /// An empty site, built at `instant`.
    #[must_use]
    pub fn new(instant: Timestamp) -> Self {
        Self { files: BTreeMap::new(), instant }
    }

    /// Adds or replaces a file.
    pub fn write(&mut self, path: SitePath, bytes: impl AsRef<[u8]>) {
        self.files.insert(path, bytes.as_ref().into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &SitePath) {
        self.files.remove(path);
    }

    /// Sets the instant of the build.
    pub fn set_instant(&mut self, instant: Timestamp) {
        self.instant = instant;
    }

    /// The files, by path.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        &self.files
    }
}

impl Inputs for MemoryInputs {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.files.contains_key(path)
    }

    fn list(&self, dir: &SitePath, _: &mut Diagnostics) -> Vec<Entry> {
        self.files
            .keys()
            .filter(|path| path.below(dir.as_str()).is_some())
            .filter(|path| !path.parts().any(is_leftover))
            .map(|path| Entry { path: path.clone(), stamp: None })
            .collect()
    }

    fn on_disk(&self, _: &SitePath) -> Option<PathBuf> {
        None
    }

    fn instant(&self) -> Timestamp {
        self.instant
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
