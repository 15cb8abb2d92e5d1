//! Inputs of files in memory, laid over the themes of a site and nothing else of it.
//!
//! A theme is tried on a site that is not there: the fixture of `ssg theme check`, or nothing at all. The site's own
//! content must not show through.

use ssg_source::{Diagnostics, Entry, Inputs, ReadError, SitePath, is_leftover};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Files in memory over the themes of a site.
pub(crate) struct OverlaidInputs {
    files: BTreeMap<SitePath, Arc<[u8]>>,
    themes: Arc<dyn Inputs + Send + Sync>,
    /// A folder of the themes that is covered: nothing of it shows through.
    covered: Option<SitePath>,
    instant: jiff::Timestamp,
}

impl OverlaidInputs {
    pub(crate) fn new(themes: Arc<dyn Inputs + Send + Sync>) -> Self {
        let instant = themes.instant();
        Self { files: BTreeMap::new(), themes, covered: None, instant }
    }

    /// With another instant of the build.
    pub(crate) fn at(mut self, instant: jiff::Timestamp) -> Self {
        self.instant = instant;
        self
    }

    /// Adds a file; names that no path can have are passed over.
    pub(crate) fn write(&mut self, path: &str, bytes: &[u8]) {
        if let Ok(path) = SitePath::new(path) {
            self.files.insert(path, bytes.into());
        }
    }

    /// A file in memory.
    pub(crate) fn own(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.files.get(path).cloned()
    }

    /// Puts the files of a theme in the place of those that the site has of it.
    pub(crate) fn cover<'f>(&mut self, dir: &SitePath, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) {
        for (name, bytes) in files {
            self.write(&format!("{dir}/{name}"), bytes);
        }
        self.covered = Some(dir.clone());
    }

    /// Whether a path of the site shows through: those of themes do, wherever they lie.
    fn shows(&self, path: &SitePath) -> bool {
        let is_theme = path.parts().next().is_some_and(|top| top == "themes" || top.starts_with("theme@"));
        let is_covered = |dir: &SitePath| path == dir || path.below(dir.as_str()).is_some();
        is_theme && !self.covered.as_ref().is_some_and(is_covered)
    }
}

impl Inputs for OverlaidInputs {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None if self.shows(path) => self.themes.read(path),
            None => Err(ReadError::Missing),
        }
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.files.contains_key(path) || (self.shows(path) && self.themes.exists(path))
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let own = self.files.keys().filter(|path| path.below(dir.as_str()).is_some());
        let own = own.filter(|path| !path.parts().any(is_leftover));
        let mut entries: Vec<Entry> = own.map(|path| Entry { path: path.clone(), stamp: None }).collect();
        if self.shows(dir) {
            let below = self.themes.list(dir, found).into_iter();
            entries.extend(
                below
                    .filter(|entry| self.shows(&entry.path) && !self.files.contains_key(&entry.path))
                    // Everything is read: a stamp would let it be copied unseen.
                    .map(|entry| Entry { stamp: None, ..entry }),
            );
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    fn on_disk(&self, _: &SitePath) -> Option<PathBuf> {
        None
    }

    fn instant(&self) -> jiff::Timestamp {
        self.instant
    }

    fn version(&self) -> &str {
        self.themes.version()
    }
}
