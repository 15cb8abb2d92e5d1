//! The watcher: says that something on disk may have changed, and never what it means.
//!
//! An event of the file system is a hint. Some changes come as several events, some as one about the
//! folder alone, and some get lost when much happens at once; so a [`Hint`] names files that are worth
//! a look, and asks for a look at everything where names would not do. Nothing waits for events to
//! settle: a hint is there at once, and what comes while its reader is busy is one hint more.

mod events;
mod hints;
mod links;
mod mounts;
mod poll;
mod real_path;
mod scope;

pub use hints::{Hint, Hints};
pub(crate) use links::with_links;

use events::{Events, Open, Signal};
use poll::Poll;
use scope::Scope;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

/// How changes are noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WatchMode {
    /// By events of the file system; by polling where there are none, with one warning.
    #[default]
    Events,
    /// By looking at all files about three times a second.
    Poll,
}

/// A watcher at work. It ends, and closes its [`Hints`], when it is dropped.
pub struct Watcher {
    signals: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Watches files and folders, the latter with all that is in them. When it returns, no later
    /// change is missed.
    ///
    /// A root need not exist yet; links below a root are not followed, and are roots of their
    /// own where what they lead to matters. What lies at or
    /// below a path in `ignore` (the output, the cache) is never reported, and neither are editors'
    /// leftovers. Relative paths are taken from the current folder, and hints begin with the roots as
    /// they were given.
    ///
    /// Does not fail: where events cannot be had it polls, and the first hint says why.
    pub fn start(roots: &[PathBuf], ignore: Vec<PathBuf>, mode: WatchMode) -> (Self, Hints) {
        Self::start_with(roots, ignore, mode, &events::open)
    }

    fn start_with(roots: &[PathBuf], ignore: Vec<PathBuf>, mode: WatchMode, open: &Open) -> (Self, Hints) {
        let hints = Hints::default();
        let (signals, received) = channel();
        let scope = Scope::new(roots, ignore);
        let work = Work::start(scope, mode, open, &signals, &hints);
        let inside = hints.clone();
        // Without a thread there are no hints at all; the reader sees them closed.
        let thread = Builder::new()
            .name("ssg-watch".to_owned())
            .spawn(move || {
                work.run(&received, &inside);
                inside.close();
            })
            .inspect_err(|_| hints.close())
            .ok();
        (Self { signals, thread }, hints)
    }

    /// Watches these roots instead; a hint to look at all of them follows.
    pub fn replace_roots(&self, roots: &[PathBuf]) {
        let _ = self.signals.send(Signal::Roots(roots.to_vec()));
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.signals.send(Signal::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread does: it takes events until it cannot, then polls.
enum Work {
    Events(Events),
    Poll(Poll),
}

impl Work {
    fn start(scope: Scope, mode: WatchMode, open: &Open, signals: &Sender<Signal>, hints: &Hints) -> Self {
        if mode == WatchMode::Poll {
            return Self::Poll(Poll::new(scope));
        }
        let silent = scope.roots().find_map(|root| Some((root.to_owned(), mounts::silent(root)?)));
        if let Some((root, kind)) = silent {
            let root = ssg_source::shown(&root);
            let reason = format!("{root} lies on {kind}, which does not tell of changes made elsewhere");
            return Self::fall_back(scope, &reason, hints);
        }
        match Events::start(scope, open, signals) {
            Ok(events) => Self::Events(events),
            Err((scope, reason)) => Self::fall_back(scope, &reason, hints),
        }
    }

    fn fall_back(scope: Scope, reason: &str, hints: &Hints) -> Self {
        let paths = scope.roots().map(ToOwned::to_owned).collect();
        let poll = Poll::new(scope);
        let warning = format!("{reason}; looking at the files again and again instead");
        hints.give(Hint { paths, rescan: true, warning: Some(warning) });
        Self::Poll(poll)
    }

    fn run(self, received: &Receiver<Signal>, hints: &Hints) {
        match self {
            Self::Poll(mut poll) => poll.run(received, hints),
            Self::Events(events) => {
                if let Some((scope, reason)) = events.run(received, hints) {
                    Self::fall_back(scope, &reason, hints).run(received, hints);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
