//! Answers of queries that are kept for later processes, by their digests ([`ssg_engine::Query::KEPT`]).

use crate::remembered::{Bytes, ReadRemembered, Remembered, Store};
use ssg_source::Digest;
use std::sync::Arc;

/// So many new answers are worth being written: one that is not there is made again, in a few hundredths of a second.
const WORTH: usize = 4;

/// Answers that are kept.
#[derive(Default)]
pub struct KeptAnswers(Store);

impl KeptAnswers {
    /// Answers of a site whose earlier builds are remembered somewhere.
    #[must_use]
    pub fn remembering(read: ReadRemembered) -> Self {
        Self(Store::remembering(read, 0, WORTH))
    }

    pub(crate) fn keep(&self, digest: Digest, write: &mut dyn FnMut() -> Option<Vec<u8>>) {
        if !self.0.is_remembering() {
            return;
        }
        if let Some(bytes) = write() {
            self.0.count_one();
            self.0.keep(digest, Bytes(bytes.into()));
        }
    }

    pub(crate) fn find(&self, digest: Digest) -> Option<Arc<[u8]>> {
        self.0.find(digest).map(|(bytes, _)| bytes.0)
    }

    /// What the next build is to remember, where that is worth being written.
    #[must_use]
    pub fn to_remember(&self) -> Option<Remembered> {
        self.0.to_remember()
    }
}
