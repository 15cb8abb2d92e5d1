//! Inputs that tell whether what is listed and read of a theme is what was listed of it.
//!
//! A theme is believed by a digest of what was listed of it before. Somebody may put another file in the place of one, and
//! the first one back, while it is loaded: then the list looks the same before and after, and the theme was made of
//! something else. So each answer is held against that list.

use jiff::Timestamp;
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostics, DiskFile, Entry, Inputs, ReadError, SitePath, Stamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Inputs that are held against what was listed of a theme.
pub(crate) struct ListedInputs<'a> {
    inputs: &'a dyn Inputs,
    folders: Vec<SitePath>,
    listed: HashMap<&'a SitePath, Option<Stamp>>,
    differs: AtomicBool,
}

impl<'a> ListedInputs<'a> {
    /// `folders` are those that were listed, whole, and `theme` what was found in them.
    pub(crate) fn new(inputs: &'a dyn Inputs, folders: Vec<SitePath>, theme: &'a [Entry]) -> Self {
        let listed = theme.iter().map(|entry| (&entry.path, entry.stamp)).collect();
        Self { inputs, folders, listed, differs: AtomicBool::new(false) }
    }

    /// Whether all that was listed and read was what had been listed before.
    pub(crate) fn is_certain(&self) -> bool {
        !self.differs.load(Ordering::Relaxed)
    }

    fn hold(&self, is_same: bool) {
        if !is_same {
            self.differs.store(true, Ordering::Relaxed);
        }
    }

    /// Whether a file looks as it was listed; one that was not is none of the theme's.
    fn is_as_listed(&self, path: &SitePath) -> bool {
        self.listed.get(path).is_none_or(|stamp| self.inputs.stamp(path) == *stamp)
    }

    /// An answer about a file that looked as it was listed before and after.
    fn of_file<T>(&self, path: &SitePath, ask: impl FnOnce() -> T) -> T {
        self.hold(self.is_as_listed(path));
        let answer = ask();
        self.hold(self.is_as_listed(path));
        answer
    }
}

impl Inputs for ListedInputs<'_> {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        self.of_file(path, || self.inputs.read(path))
    }

    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        self.of_file(path, || self.inputs.read_start(path, most))
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.inputs.exists(path)
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let entries = self.inputs.list(dir, found);
        if self.folders.contains(dir) {
            let known = self.listed.keys().filter(|path| path.below(dir.as_str()).is_some()).count();
            let is_known = |entry: &Entry| self.listed.get(&entry.path) == Some(&entry.stamp);
            self.hold(entries.len() == known && entries.iter().all(is_known));
        }
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        self.inputs.stamp(path)
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.inputs.on_disk(path)
    }

    fn find(&self, path: &SitePath) -> Result<DiskFile, ReadError> {
        self.inputs.find(path)
    }

    fn instant(&self) -> Timestamp {
        self.inputs.instant()
    }

    fn version(&self) -> &str {
        self.inputs.version()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// One file, whose stamp changes with each look at it.
    struct Changing(Mutex<Vec<u64>>);

    impl Changing {
        fn next(&self) -> Option<Stamp> {
            let mut inodes = self.0.lock().expect("no panic");
            let inode = if inodes.len() > 1 { inodes.remove(0) } else { *inodes.first()? };
            Some(Stamp { size: 1, mtime: 1, ctime: 1, inode })
        }
    }

    impl Inputs for Changing {
        fn read(&self, _: &SitePath) -> Result<Arc<[u8]>, ReadError> {
            Ok(Arc::from(*b"x"))
        }

        fn exists(&self, _: &SitePath) -> bool {
            true
        }

        fn list(&self, dir: &SitePath, _: &mut Diagnostics) -> Vec<Entry> {
            let path = dir.join("a.html").expect("valid");
            self.next().map(|stamp| Entry { path, stamp: Some(stamp) }).into_iter().collect()
        }

        fn stamp(&self, _: &SitePath) -> Option<Stamp> {
            self.next()
        }

        fn on_disk(&self, _: &SitePath) -> Option<PathBuf> {
            None
        }

        fn instant(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        fn version(&self) -> &'static str {
            "0"
        }
    }

    #[test]
    fn another_file_that_was_there_for_a_moment_is_noticed() {
        let dir = SitePath::new("templates").expect("valid");
        let path = dir.join("a.html").expect("valid");
        for (looks, is_certain) in [(vec![7], true), (vec![7, 8, 7], false), (vec![7, 7, 8, 7], false)] {
            let inputs = Changing(Mutex::new(looks));
            let stamp = Some(Stamp { size: 1, mtime: 1, ctime: 1, inode: 7 });
            let theme = [Entry { path: path.clone(), stamp }];
            let listed = ListedInputs::new(&inputs, vec![dir.clone()], &theme);
            listed.list(&dir, &mut Diagnostics::new());
            assert!(listed.read(&path).is_ok());
            assert_eq!(listed.is_certain(), is_certain);
        }
    }
}
