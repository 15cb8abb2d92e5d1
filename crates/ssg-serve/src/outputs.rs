//! The output of the latest good compilation, in memory: what a build would have written.

use crate::shelf::{Body, Served, Shelf};
use ssg_build::Sink;
use ssg_build::write::{self, OutputFile, OutputPath};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];
type Files = HashMap<String, Served>;

/// The files of the output. Cloning shares them.
#[derive(Clone, Default)]
pub struct Outputs(Arc<RwLock<Files>>);

impl Outputs {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins to take the outputs of a compilation. Nothing is served anew before
    /// [`Draft::publish`].
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft { outputs: self.clone(), files: Mutex::default() }
    }
}

impl Shelf for Outputs {
    fn file(&self, path: &str) -> Option<Served> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }
}

/// The outputs of a compilation that is under way.
pub struct Draft {
    outputs: Outputs,
    files: Mutex<Files>,
}

impl Draft {
    /// Serves these files and no others. Gives the paths of those that are different, new or gone,
    /// sorted. `badges` are marks that pages get, by file; `None` to keep those that they have.
    pub fn publish(self, badges: Option<&[(String, &'static str)]>) -> Vec<String> {
        let mut files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(badges) = badges {
            for served in files.values_mut() {
                served.badge = None;
            }
            for (file, badge) in badges {
                if let Some(served) = files.get_mut(file) {
                    served.badge = Some(badge);
                }
            }
        }
        let mut current = self.outputs.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_same = |path: &str, new: &Served| {
            current.get(path).is_some_and(|old| old.hash == new.hash && old.badge == new.badge)
        };
        let mut changed: Vec<String> =
            files.iter().filter(|(path, new)| !is_same(path, new)).map(|(path, _)| path.clone()).collect();
        changed.extend(current.keys().filter(|path| !files.contains_key(*path)).cloned());
        *current = files;
        changed.sort_unstable();
        changed
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Draft {
    fn planned(&self, _: usize) {}

    fn keep(&self, wanted: &[(OutputPath, Hash)]) -> bool {
        let current = self.outputs.0.read().unwrap_or_else(PoisonError::into_inner);
        let found: Option<Vec<(&OutputPath, Served)>> = wanted
            .iter()
            .map(|(path, hash)| {
                let served = current.get(path.as_str()).filter(|served| served.hash == *hash)?;
                Some((path, served.clone()))
            })
            .collect();
        let Some(found) = found else { return false };
        let mut files = self.files();
        for (path, served) in found {
            files.insert(path.as_str().to_owned(), served);
        }
        true
    }

    fn take(&self, file: OutputFile) -> Option<Hash> {
        let (bytes, hash) = match file.body {
            write::Body::Bytes(bytes) => {
                let hash = file.hash.unwrap_or_else(|| *blake3::hash(&bytes).as_bytes());
                (Body::Memory(bytes), hash)
            }
            write::Body::Copy(from) => {
                // The digest from before, else that of the file: two versions must differ in it.
                let hash = file.hash.or_else(|| digest_of(&from))?;
                (Body::Disk(from), hash)
            }
        };
        self.files().insert(file.path.as_str().to_owned(), Served { bytes, hash, badge: None });
        Some(hash)
    }
}

fn digest_of(path: &std::path::Path) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path).ok()?).ok()?;
    Some(*hasher.finalize().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        let body = write::Body::Bytes(text.as_bytes().into());
        OutputFile { path: OutputPath::new(path).expect("valid"), body, hash: None }
    }

    #[test]
    fn nothing_is_served_before_it_is_published() {
        let outputs = Outputs::new();
        let draft = outputs.draft();
        let hash = draft.take(file("a", "1")).expect("its digest");
        draft.take(file("b", "1"));
        assert!(outputs.file("a").is_none());
        assert_eq!(draft.publish(None), ["a", "b"]);
        let next = outputs.draft();
        assert!(next.keep(&[(OutputPath::new("a").expect("valid"), hash)]));
        assert!(!next.keep(&[(OutputPath::new("b").expect("valid"), [0; 32])]));
        next.take(file("c", "1"));
        assert!(outputs.file("b").is_some());
        assert_eq!(next.publish(None), ["b", "c"]);
        assert!(outputs.file("a").is_some() && outputs.file("b").is_none());
    }

    #[test]
    fn a_badge_is_a_change() {
        let outputs = Outputs::new();
        for (badges, changed) in
            [(&[][..], 1), (&[("a".to_owned(), "draft")][..], 1), (&[][..], 1), (&[][..], 0)]
        {
            let draft = outputs.draft();
            draft.take(file("a", "1"));
            assert_eq!(draft.publish(Some(badges)).len(), changed);
        }
    }
}
