//! Parts of a file that was read as a whole, which share its bytes.
//!
//! The cache of a large site is tens of megabytes, most of which are documents that a build needs in the same
//! bytes again when it writes the next cache. Copies of them cost more time than all else that is done with it.

use std::sync::Arc;

/// A part of some bytes, which live as long as any part of them.
#[derive(Clone)]
pub(super) struct Slice {
    all: Arc<Vec<u8>>,
    from: usize,
    to: usize,
}

impl Slice {
    /// All of the bytes.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { from: 0, to: bytes.len(), all: Arc::new(bytes) }
    }

    /// The bytes.
    pub(super) fn get(&self) -> &[u8] {
        &self.all[self.from..self.to]
    }

    /// How many bytes it is.
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }

    /// So many bytes from a place on; `None` where there are not as many.
    pub(super) fn part(&self, from: usize, size: usize) -> Option<Self> {
        let from = self.from.checked_add(from)?;
        let to = from.checked_add(size).filter(|to| *to <= self.to)?;
        Some(Self { all: self.all.clone(), from, to })
    }

    /// The first bytes, and the rest; `None` where there are not as many.
    pub(super) fn split(&self, size: usize) -> Option<(Self, Self)> {
        Some((self.part(0, size)?, self.part(size, self.len().checked_sub(size)?)?))
    }
}
