//! The files of the site with the texts of open documents laid over them.
//!
//! A build reads through [`Inputs`] alone, so what an editor has not saved is laid over that door and nothing else. A
//! text that is laid over has a stamp of its own, made of its bytes: the memo tells by it that a file is another one,
//! and that it is the same again.

use jiff::Timestamp;
use ssg_parse::{is_html, is_page};
use ssg_source::{
    Diagnostics, Digest, DiskFile, DiskInputs, Entry, Inputs, ReadError, SitePath, Stamp, is_leftover,
};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Texts of open documents, by file.
pub type Texts = BTreeMap<SitePath, Arc<str>>;

/// Files on disk below texts.
#[derive(Debug)]
pub struct Overlay {
    /// The files.
    pub disk: DiskInputs,
    texts: Texts,
}

impl Overlay {
    /// Lays texts over files. What is copied as it lies on disk - static files, images beside pages - stays as it is.
    #[must_use]
    pub fn new(disk: DiskInputs, texts: &Texts) -> Self {
        let is_read = |path: &SitePath| {
            let name = path.file_name();
            let is_content = path.below("content").is_some();
            !path.parts().any(|part| part == "static" || is_leftover(part))
                && (!is_content || is_page(name) || is_html(name))
        };
        let texts = texts.iter().filter(|(path, _)| is_read(path));
        Self { disk, texts: texts.map(|(path, text)| (path.clone(), text.clone())).collect() }
    }
}

/// A stamp that only this text has. Its times lie before 1970, so it counts as settled at any time.
fn stamp(text: &str) -> Stamp {
    let digest = Digest::of_bytes(text.as_bytes()).to_string();
    let part = |range: std::ops::Range<usize>| {
        digest.get(range).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(1)
    };
    let (time, inode) = (i128::from(part(0..16)), part(16..32));
    Stamp { size: text.len() as u64, mtime: -1 - time, ctime: -1 - time, inode }
}

impl Inputs for Overlay {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok(text.as_bytes().into()),
            None => self.disk.read(path),
        }
    }

    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok((text.as_bytes()[..text.len().min(most)].into(), text.len() as u64)),
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
        for name in ["a.md", "b.md", "photo.csv"] {
            std::fs::write(site.path().join("content").join(name), "disk").expect("written");
        }
        let texts: Texts =
            ["content/b.md", "content/c.md", "content/photo.csv", "static/x.md", "content/d.md~"]
                .into_iter()
                .map(|name| (path(name), Arc::from("open")))
                .collect();
        let disk = || DiskInputs::new(site.path(), Timestamp::UNIX_EPOCH, "0").expect("a folder");
        let overlay = Overlay::new(disk(), &texts);
        let mut found = Diagnostics::new();
        let listed = overlay.list(&path("content"), &mut found);
        let names: Vec<&str> = listed.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(names, ["content/a.md", "content/b.md", "content/c.md", "content/photo.csv"]);
        let read = |name: &str| overlay.read(&path(name)).map(|bytes| bytes.to_vec());
        assert_eq!(read("content/a.md").as_deref(), Ok(b"disk".as_slice()));
        assert_eq!(read("content/b.md").as_deref(), Ok(b"open".as_slice()));
        assert_eq!(read("content/photo.csv").as_deref(), Ok(b"disk".as_slice()));
        assert!(overlay.exists(&path("content/c.md")) && !overlay.exists(&path("static/x.md")));
        let stamp = |overlay: &Overlay| overlay.stamp(&path("content/b.md")).expect("there");
        assert!(stamp(&overlay).is_settled(0));
        let other: Texts = [(path("content/b.md"), Arc::from("opEn"))].into();
        let other = Overlay::new(disk(), &other);
        assert_ne!(stamp(&overlay), stamp(&other));
        assert_eq!(stamp(&overlay), stamp(&Overlay::new(disk(), &texts)));
        assert_eq!(overlay.list(&path("content"), &mut found)[1].stamp, Some(stamp(&overlay)));
    }
}
