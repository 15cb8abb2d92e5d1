//! The output as a map, and a sink that builds the next one from it.

use super::disk::Disk;
use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Onlooker, Sink};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files of an output, with their digests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, (Arc<[u8]>, [u8; 32])>);

impl Tree {
    /// In what it differs from another; `None` where it does not.
    pub fn difference(&self, clean: &Self) -> Option<String> {
        for (file, (bytes, _)) in &self.0 {
            match clean.0.get(file) {
                None => return Some(format!("{file} should be gone")),
                Some((other, _)) if other != bytes => {
                    return Some(format!("{file} is stale:\n{}", first_difference(bytes, other)));
                }
                Some(_) => {}
            }
        }
        let missing = clean.0.keys().find(|file| !self.0.contains_key(*file))?;
        Some(format!("{missing} is missing"))
    }
}

impl Tree {
    /// Writes the files into a folder.
    pub fn write(&self, dir: &std::path::Path) {
        for (file, (bytes, _)) in &self.0 {
            let path = dir.join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, bytes).expect("it is written");
        }
    }
}

/// Where two texts part, with some of what follows.
fn first_difference(got: &[u8], clean: &[u8]) -> String {
    let at = got.iter().zip(clean).take_while(|(a, b)| a == b).count();
    let part = |bytes: &[u8]| {
        let end = bytes.len().min(at + 160);
        String::from_utf8_lossy(&bytes[at.saturating_sub(80).min(bytes.len())..end]).into_owned()
    };
    format!("  incremental: …{}…\n  clean:       …{}…", part(got), part(clean))
}

/// Takes what is rendered and keeps what the tree before holds already; all else is dropped.
pub struct Staging<'a> {
    before: &'a Tree,
    disk: &'a Disk,
    next: Mutex<Next>,
    /// The tree before is all that the last compilation gave.
    complete: bool,
    /// How many outputs are taken before it is full.
    room: usize,
}

#[derive(Default)]
struct Next {
    tree: Tree,
    taken: BTreeSet<String>,
    wanted: Vec<String>,
}

impl<'a> Staging<'a> {
    pub fn new(before: &'a Tree, disk: &'a Disk, complete: bool, room: usize) -> Self {
        // Somebody waits for what there was, and for what there never will be.
        let wanted = before.0.keys().rev().take(3).cloned().chain(["nowhere".to_owned()]).collect();
        let next = Mutex::new(Next { wanted, ..Next::default() });
        Self { before, disk, next, complete, room }
    }

    /// The tree. When not all outputs were rendered, those of the tree before are still among them, as
    /// under a server.
    pub fn done(self, cut: bool) -> Tree {
        let next = self.next.into_inner().unwrap_or_else(PoisonError::into_inner).tree;
        if !cut {
            return next;
        }
        let mut tree = self.before.clone();
        tree.0.extend(next.0);
        tree
    }

    fn next(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Staging<'_> {
    fn planned(&self, _: usize) {}

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        let held: Vec<_> = files
            .iter()
            .filter_map(|(path, hash)| {
                let held = self.before.0.get(path.as_str()).filter(|(_, known)| known == hash)?;
                Some((path.as_str().to_owned(), held.clone()))
            })
            .collect();
        let all = held.len() == files.len();
        if all {
            self.next().tree.0.extend(held);
        }
        all
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        let bytes = match &file.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Copy(from) => self.disk.copy(from.path()),
        };
        let hash = *blake3::hash(&bytes).as_bytes();
        assert!(file.hash.is_none_or(|claimed| claimed == hash), "{:?} is said to be what it was", file.path);
        let path = file.path.as_str().to_owned();
        let mut next = self.next();
        assert!(next.taken.insert(path.clone()), "{path:?} was handed over twice");
        next.tree.0.insert(path, (bytes, hash));
        Some(hash)
    }

    fn onlooker(&self) -> Option<&dyn Onlooker> {
        Some(self)
    }
}

impl Onlooker for Staging<'_> {
    fn stays(&self) -> bool {
        if self.complete {
            self.next().tree = self.before.clone();
        }
        self.complete
    }

    fn wanted(&self) -> Option<String> {
        self.next().wanted.pop()
    }

    fn is_full(&self) -> bool {
        self.next().taken.len() >= self.room
    }
}

/// Takes nothing, as when a site is checked: what is remembered counts as there.
pub struct Nowhere;

impl Sink for Nowhere {
    fn planned(&self, _: usize) {}

    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        true
    }

    fn take(&self, _: OutputFile) -> Option<[u8; 32]> {
        None
    }
}
