//! Takes outputs into memory.

use ssg_build::Sink;
use ssg_build::write::{Body, OutputFile, OutputPath};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Outputs in memory.
#[derive(Default)]
pub(super) struct CollectedOutputs(Mutex<BTreeMap<String, Arc<[u8]>>>);

impl CollectedOutputs {
    /// All of them, by file.
    pub(super) fn files(self) -> BTreeMap<String, Arc<[u8]>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for CollectedOutputs {
    fn planned(&self, _: usize) {}

    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        // Nothing is on disk, so nothing is copied from there.
        if let Body::Bytes(bytes) = file.body {
            let name = file.path.to_string();
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, bytes);
        }
        None
    }
}
