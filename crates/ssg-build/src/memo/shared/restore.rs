//! A sink that has outputs of another machine to hand, and so can keep what is not there yet.

use super::SharedOutputs;
use crate::onlooker::Onlooker;
use crate::sink::Sink;
use crate::write::{Body, OutputFile, OutputPath};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Hands everything on to a sink. What that one should keep and does not have comes from elsewhere.
pub struct Restoring<'a> {
    sink: &'a dyn Sink,
    outputs: Option<&'a SharedOutputs>,
    restored: AtomicUsize,
}

impl<'a> Restoring<'a> {
    /// A sink before another; without `outputs` it does nothing.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, outputs: Option<&'a SharedOutputs>) -> Self {
        Self { sink, outputs, restored: AtomicUsize::new(0) }
    }

    /// How many files came from elsewhere.
    #[must_use]
    pub fn restored(&self) -> usize {
        self.restored.load(Ordering::Relaxed)
    }
}

impl Sink for Restoring<'_> {
    fn planned(&self, count: usize) {
        self.sink.planned(count);
    }

    fn expect(&self, files: &mut dyn Iterator<Item = &str>) {
        self.sink.expect(files);
    }

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        if self.sink.keep(files) {
            return true;
        }
        let Some(outputs) = self.outputs.filter(|_| !files.is_empty()) else { return false };
        // All or none: what was handed over must not be handed over again.
        let all: Option<Vec<Arc<[u8]>>> = files.iter().map(|(_, hash)| outputs.get(hash)).collect();
        let Some(all) = all else { return false };
        for ((path, hash), bytes) in files.iter().zip(all) {
            self.sink.take(OutputFile { path: path.clone(), body: Body::Bytes(bytes), hash: Some(*hash) });
        }
        self.restored.fetch_add(files.len(), Ordering::Relaxed);
        true
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        self.sink.take(file)
    }

    fn fails(&self) {
        self.sink.fails();
    }

    fn onlooker(&self) -> Option<&dyn Onlooker> {
        self.sink.onlooker()
    }
}
