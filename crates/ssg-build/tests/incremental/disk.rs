//! A disk in memory: files, and where it is wanted the times of their changes.

use jiff::Timestamp;
use ssg_source::{Diagnostics, Entry, Inputs, MemoryInputs, ReadError, SitePath, Stamp};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// A site's files. With stamps it answers as a real disk does: files lie at a place from which they
/// can be copied, and whatever looks unchanged is not read again.
#[derive(Clone)]
pub struct Disk {
    files: MemoryInputs,
    stamps: Option<BTreeMap<SitePath, Stamp>>,
    /// What the last change touched.
    pub touched: BTreeSet<SitePath>,
    /// The file system's clock in nanoseconds.
    pub clock: i128,
}

const HERE: &str = "/in-memory/";

impl Disk {
    pub fn new(instant: Timestamp, stamped: bool) -> Self {
        Self {
            files: MemoryInputs::new(instant),
            stamps: stamped.then(BTreeMap::new),
            touched: BTreeSet::new(),
            clock: 1_000_000_000_000,
        }
    }

    /// Makes the files be exactly these; only those that differ count as written.
    pub fn become_files(&mut self, files: &BTreeMap<String, Vec<u8>>) {
        let gone: Vec<SitePath> =
            self.files.files().keys().filter(|path| !files.contains_key(path.as_str())).cloned().collect();
        self.touched = gone.iter().cloned().collect();
        for path in gone {
            self.files.remove(&path);
            if let Some(stamps) = &mut self.stamps {
                stamps.remove(&path);
            }
        }
        for (path, bytes) in files {
            let path = SitePath::new(path).expect("valid path");
            if self.files.files().get(&path).is_some_and(|known| **known == **bytes) {
                continue;
            }
            if let Some(stamps) = &mut self.stamps {
                let stamp =
                    Stamp { size: bytes.len() as u64, mtime: self.clock, ctime: self.clock, inode: 1 };
                stamps.insert(path.clone(), stamp);
            }
            self.touched.insert(path.clone());
            self.files.write(path, bytes);
        }
    }

    pub fn set_instant(&mut self, instant: Timestamp) {
        self.files.set_instant(instant);
    }

    /// The bytes at a place that [`Inputs::on_disk`] named.
    pub fn copy(&self, from: &std::path::Path) -> Arc<[u8]> {
        let path = from.to_str().and_then(|path| path.strip_prefix(HERE)).expect("a place of this disk");
        self.files.read(&SitePath::new(path).expect("valid path")).expect("a file that is copied exists")
    }
}

impl Inputs for Disk {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        self.files.read(path)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.files.exists(path)
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let mut entries = self.files.list(dir, found);
        for entry in &mut entries {
            entry.stamp = self.stamp(&entry.path);
        }
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        self.stamps.as_ref()?.get(path).copied()
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.stamps.as_ref()?.get(path)?;
        Some(PathBuf::from(format!("{HERE}{path}")))
    }

    fn instant(&self) -> Timestamp {
        self.files.instant()
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
