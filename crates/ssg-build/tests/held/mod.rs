//! An output in memory, of which the digests alone are held, for tests that compare outputs.

use ssg_build::Sink;
use ssg_build::write::{OutputFile, OutputPath};
use ssg_source::SitePath;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A path that is valid.
pub fn path(path: &str) -> SitePath {
    SitePath::new(path).expect("valid path")
}

/// Digests of the files that were handed over.
#[derive(Default)]
pub struct Held(pub Mutex<BTreeMap<String, [u8; 32]>>);

impl Sink for Held {
    fn planned(&self, _: usize) {}

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        let held = self.0.lock().expect("no panic");
        files.iter().all(|(path, hash)| held.get(path.as_str()) == Some(hash))
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        let hash = file.hash?;
        self.0.lock().expect("no panic").insert(file.path.as_str().to_owned(), hash);
        Some(hash)
    }
}
