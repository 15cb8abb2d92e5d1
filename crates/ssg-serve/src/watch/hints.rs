//! Hints on their way from the watcher to whoever acts on them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Paths that are named one by one; with more, everything is worth a look.
const NAMED: usize = 10_000;

/// Something may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// Files that may have changed, come or gone, and folders in which something may have. A path
    /// that is no longer there may have been a folder.
    pub paths: BTreeSet<PathBuf>,
    /// Whether names do not tell all: compare every file with what is known of it.
    pub rescan: bool,
    /// What the user should know of the watching itself; said once.
    pub warning: Option<String>,
}

impl Hint {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.rescan && self.warning.is_none()
    }

    /// Adds what another hint says.
    pub fn merge(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.rescan |= other.rescan;
        if self.paths.len() > NAMED {
            self.paths.clear();
            self.rescan = true;
        }
        self.warning = self.warning.take().or(other.warning);
    }
}

/// The receiving end: at most one hint waits here, and later ones are merged into it.
///
/// Clones share the same hint; whoever takes it first has it.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    hint: Hint,
    closed: bool,
}

impl Hints {
    /// Waits for the next hint; `None` once they are closed and all have been taken.
    pub fn wait(&self) -> Option<Hint> {
        let waiting = self.lock();
        let nothing = |waiting: &mut Waiting| waiting.hint.is_empty() && !waiting.closed;
        let waiting =
            self.shared.arrived.wait_while(waiting, nothing).unwrap_or_else(PoisonError::into_inner);
        take(waiting)
    }

    /// Waits until the deadline; `None` when it passes, and once they are closed.
    pub fn wait_until(&self, deadline: Instant) -> Option<Hint> {
        let time = deadline.saturating_duration_since(Instant::now());
        let nothing = |waiting: &mut Waiting| waiting.hint.is_empty() && !waiting.closed;
        let waited = self.shared.arrived.wait_timeout_while(self.lock(), time, nothing);
        take(waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// The hint that waits, if one does.
    pub fn take(&self) -> Option<Hint> {
        take(self.lock())
    }

    /// Whether a hint waits.
    pub fn is_waiting(&self) -> bool {
        !self.lock().hint.is_empty()
    }

    /// Adds a hint, as if something had changed.
    pub fn give(&self, hint: Hint) {
        if hint.is_empty() {
            return;
        }
        self.lock().hint.merge(hint);
        self.shared.arrived.notify_one();
    }

    /// Ends the waiting: nothing will come any more.
    pub fn close(&self) {
        self.lock().closed = true;
        self.shared.arrived.notify_all();
    }

    /// Whether nothing will come any more.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take(mut waiting: MutexGuard<'_, Waiting>) -> Option<Hint> {
    let hint = std::mem::take(&mut waiting.hint);
    (!hint.is_empty()).then_some(hint)
}
