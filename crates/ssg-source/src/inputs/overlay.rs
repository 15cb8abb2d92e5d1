//! The files of a site with texts laid over them: what an editor has not saved, or what is to be written.
//!
//! A build reads through [`Inputs`] alone, so texts are laid over that door and nothing else. A text that is laid over has
//! a stamp of its own, made of its bytes: the memo tells by it that a file is another one, and that it is the same again.

use super::{DiskFile, DiskInputs, Entry, Inputs, ReadError, Stamp};
use crate::{Diagnostics, Digest, SitePath};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of files, by their paths.
pub type Texts = BTreeMap<SitePath, Arc<[u8]>>;

/// Files on disk below texts.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The files.
    pub disk: Arc<DiskInputs>,
    texts: Texts,
}

impl Overlay {
    /// Lays texts over files. What is copied as it lies on disk must not be among them: it would be copied from there.
    #[must_use]
    pub fn new(disk: Arc<DiskInputs>, texts: Texts) -> Self {
        Self { disk, texts }
    }
}

/// A stamp that only this text has. Its times lie before 1970, so it counts as settled at any time.
fn stamp(text: &[u8]) -> Stamp {
    let digest = Digest::of_bytes(text).to_string();
    let part = |range: std::ops::Range<usize>| {
        digest.get(range).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(1)
    };
    let (time, inode) = (i128::from(part(0..16)), part(16..32));
    Stamp { size: text.len() as u64, mtime: -1 - time, ctime: -1 - time, inode }
}

impl Inputs for Overlay {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone()),
            None => self.disk.read(path),
        }
    }

    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok((text[..text.len().min(most)].into(), text.len() as u64)),
            None => self.disk.read_start(path, most),
        }
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.texts.contains_key(path) || self.disk.exists(path)
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let mut entries = self.disk.list(dir, found);
        let below = self.texts.iter().filter(|(path, _)| path.below(dir.as_str()).is_some());
        for (path, text) in below {
            let entry = Entry { path: path.clone(), stamp: Some(stamp(text)) };
            match entries.binary_search_by(|known| known.path.cmp(path)) {
                Ok(at) => entries[at] = entry,
                Err(at) => entries.insert(at, entry),
            }
        }
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        self.texts.get(path).map(|text| stamp(text)).or_else(|| self.disk.stamp(path))
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.disk.on_disk(path)
    }

    fn find(&self, path: &SitePath) -> Result<DiskFile, ReadError> {
        self.disk.find(path)
    }

    fn instant(&self) -> Timestamp {
        self.disk.instant()
    }

    fn version(&self) -> &str {
        self.disk.version()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("valid")
    }

    #[test]
    fn texts_are_read_in_the_place_of_files_and_listed_where_there_are_none() {
        let site = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(site.path().join("content")).expect("made");
        for name in ["a.md", "b.md"] {
            std::fs::write(site.path().join("content").join(name), "disk").expect("written");
        }
        let texts = |text: &str| -> Texts {
            let bytes: Arc<[u8]> = text.as_bytes().into();
            ["content/b.md", "content/c.md"].into_iter().map(|name| (path(name), bytes.clone())).collect()
        };
        let disk = || Arc::new(DiskInputs::new(site.path(), Timestamp::UNIX_EPOCH, "0").expect("a folder"));
        let overlay = Overlay::new(disk(), texts("open"));
        let mut found = Diagnostics::new();
        let listed = overlay.list(&path("content"), &mut found);
        let names: Vec<&str> = listed.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(names, ["content/a.md", "content/b.md", "content/c.md"]);
        let read = |name: &str| overlay.read(&path(name)).map(|bytes| bytes.to_vec());
        assert_eq!(read("content/a.md").as_deref(), Ok(b"disk".as_slice()));
        assert_eq!(read("content/b.md").as_deref(), Ok(b"open".as_slice()));
        assert!(overlay.exists(&path("content/c.md")) && !overlay.exists(&path("content/d.md")));
        let stamp = |overlay: &Overlay| overlay.stamp(&path("content/b.md")).expect("there");
        assert!(stamp(&overlay).is_settled(0));
        assert_ne!(stamp(&overlay), stamp(&Overlay::new(disk(), texts("opEn"))));
        assert_eq!(stamp(&overlay), stamp(&Overlay::new(disk(), texts("open"))));
        assert_eq!(overlay.list(&path("content"), &mut found)[1].stamp, Some(stamp(&overlay)));
    }
}
