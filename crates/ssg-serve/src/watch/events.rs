//! Events of the file system, through `notify`, turned into hints.

use super::hints::{Hint, Hints};
use super::scope::Scope;
use notify::event::{EventKind, ModifyKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// When a new folder is looked at a second time. It is watched only some time after it was made, and
/// what is put into it in between has no event.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// How often in a row the watches are brought in line with what is there.
const PASSES: usize = 16;

/// What wakes the watching thread.
pub(super) enum Signal {
    /// The file system has something to tell.
    Event(notify::Result<Event>),
    /// Other roots.
    Roots(Vec<PathBuf>),
    /// The watcher is no longer wanted.
    End,
}

/// Makes the system's watcher, which sends its events as signals.
pub(super) type Open = dyn Fn(Sender<Signal>) -> notify::Result<Box<dyn Watcher + Send>> + Send;

/// The watcher of this system.
pub(super) fn open(signals: Sender<Signal>) -> notify::Result<Box<dyn Watcher + Send>> {
    let config = Config::default().with_follow_symlinks(false);
    let tell = move |event: notify::Result<Event>| {
        // Reading a file is an event too; passed on, it would start a circle.
        if !event.as_ref().is_ok_and(|event| event.kind.is_access() && !event.need_rescan()) {
            let _ = signals.send(Signal::Event(event));
        }
    };
    Ok(Box::new(RecommendedWatcher::new(tell, config)?))
}

/// Why there can be no more events.
struct Exhausted(String);

/// The watches there are, and what they are about.
pub(super) struct Events {
    scope: Scope,
    watcher: Box<dyn Watcher + Send>,
    watches: BTreeMap<PathBuf, RecursiveMode>,
    /// Folders that are known: of a path that has gone, nothing else tells what it was.
    folders: HashSet<PathBuf>,
    /// New folders, with the time of their second look.
    again: Vec<(Instant, PathBuf)>,
    /// Whether somebody may have looked at the files already.
    started: bool,
}

/// What a batch of signals comes to.
#[derive(Default)]
struct Batch {
    hint: Hint,
    /// Whether the watches may no longer be those that are wanted.
    arrange: bool,
    /// Paths that came or went at or above a root.
    moved: BTreeSet<PathBuf>,
    /// Whether every watch is in doubt.
    lost: bool,
    exhausted: Option<Exhausted>,
    ended: bool,
}

impl Events {
    /// Begins to watch; where that cannot be, gives back the scope with the reason.
    pub(super) fn start(
        scope: Scope,
        open: &Open,
        signals: &Sender<Signal>,
    ) -> Result<Self, (Scope, String)> {
        let watcher = match open(signals.clone()) {
            Ok(watcher) => watcher,
            Err(error) => return Err((scope, reason(&error))),
        };
        let mut events = Self {
            scope,
            watcher,
            watches: BTreeMap::new(),
            folders: HashSet::new(),
            again: Vec::new(),
            started: false,
        };
        match events.arrange(|_| false) {
            Ok(()) => Ok(Self { started: true, ..events }),
            Err(Exhausted(reason)) => Err((events.scope, reason)),
        }
    }

    /// Turns signals into hints until the end, `None`, or until the system gives no more events.
    pub(super) fn run(mut self, received: &Receiver<Signal>, hints: &Hints) -> Option<(Scope, String)> {
        loop {
            let first = match self.again.iter().map(|(due, _)| *due).min() {
                Some(due) => received.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => received.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut batch = Batch::default();
            match first {
                Ok(signal) => self.take(signal, &mut batch),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            // What waits already belongs to the same hint; what may come is not waited for.
            while let Ok(signal) = received.try_recv() {
                self.take(signal, &mut batch);
            }
            if batch.ended {
                return None;
            }
            if batch.arrange && batch.exhausted.is_none() {
                let (moved, lost) = (&batch.moved, batch.lost);
                batch.exhausted =
                    self.arrange(|path| lost || moved.iter().any(|m| path.starts_with(m))).err();
            }
            if batch.exhausted.is_none() {
                batch.exhausted = self.look_again(&mut batch.hint).err();
            }
            if let Some(Exhausted(reason)) = batch.exhausted {
                hints.give(batch.hint);
                return Some((self.scope, reason));
            }
            hints.give(batch.hint);
        }
    }

    fn take(&mut self, signal: Signal, batch: &mut Batch) {
        match signal {
            Signal::End => batch.ended = true,
            Signal::Roots(roots) => {
                self.scope.replace(&roots);
                batch.hint.rescan = true;
                batch.hint.paths.extend(roots);
                batch.arrange = true;
            }
            Signal::Event(Ok(event)) => self.take_event(&event, batch),
            Signal::Event(Err(error)) if is_exhausted(&error) => {
                batch.exhausted = Some(Exhausted(reason(&error)));
            }
            // Something went wrong with some path: what it was is worth a look.
            Signal::Event(Err(_)) => batch.hint.rescan = true,
        }
    }

    fn take_event(&mut self, event: &Event, batch: &mut Batch) {
        if event.need_rescan() {
            batch.hint.rescan = true;
            // New folders may be among what was lost.
            (batch.arrange, batch.lost) = (true, true);
        }
        let content = matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        for path in &event.paths {
            let found = fs::symlink_metadata(path).ok();
            // A root that is a file is not watched itself, so nothing ends or begins with it.
            let was_folder = self.folders.contains(path);
            let is_file = found.as_ref().is_some_and(fs::Metadata::is_file);
            if !content && (was_folder || !is_file) {
                let moved: Vec<PathBuf> = self.scope.moved_with(path).collect();
                if !moved.is_empty() {
                    batch.hint.rescan = true;
                    batch.hint.paths.extend(moved);
                    batch.moved.insert(path.clone());
                    batch.arrange = true;
                    continue;
                }
            }
            let places: Vec<PathBuf> = self.scope.places(path).collect();
            if places.is_empty() {
                continue;
            }
            if found.is_some_and(|found| found.is_dir()) {
                // A folder changes when something in it comes or goes, which has its own event.
                if !(content && was_folder) {
                    self.add_folder(path);
                    batch.hint.rescan = true;
                    batch.hint.paths.extend(places);
                }
            } else {
                batch.hint.rescan |= self.drop_folder(path);
                batch.hint.paths.extend(places);
            }
        }
    }

    /// Notes a folder with all in it, for its going and for a second look.
    fn add_folder(&mut self, path: &Path) {
        self.again.push((Instant::now() + SECOND_LOOK, path.to_owned()));
        self.folders.extend(folders(path));
    }

    /// Forgets a folder with all in it; false when there was none.
    fn drop_folder(&mut self, path: &Path) -> bool {
        let known = self.folders.remove(path);
        if known {
            self.folders.retain(|folder| !folder.starts_with(path));
        }
        known
    }

    /// Looks again at the folders whose time has come.
    fn look_again(&mut self, hint: &mut Hint) -> Result<(), Exhausted> {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) = self.again.drain(..).partition(|(due, _)| *due <= now);
        self.again = later;
        if due.is_empty() {
            return Ok(());
        }
        let mut due: Vec<PathBuf> = due.into_iter().map(|(_, path)| path).collect();
        due.sort();
        // A folder comes before what is in it.
        due.dedup_by(|later, first| later.starts_with(first));
        for path in due {
            // The system watches a new tree folder by folder and may have been disturbed in it.
            let watched = self.watches.iter().any(|(root, mode)| {
                *mode == RecursiveMode::Recursive && path.starts_with(root) && path != *root
            });
            if cfg!(target_os = "linux") && watched && path.is_dir() {
                self.watch(&path, RecursiveMode::Recursive)?;
            }
            self.folders.extend(folders(&path));
            hint.rescan = true;
            hint.paths.extend(self.scope.places(&path));
        }
        self.arrange(|_| false)
    }

    /// Brings the watches in line with the roots. Stale ones are made anew: the system may still watch
    /// what was there before.
    fn arrange(&mut self, stale: impl Fn(&Path) -> bool) -> Result<(), Exhausted> {
        let wanted = self.scope.watches();
        let gone: Vec<PathBuf> = self
            .watches
            .iter()
            .filter(|(path, mode)| stale(path) || wanted.get(*path) != Some(mode))
            .map(|(path, _)| path.clone())
            .collect();
        for path in gone {
            self.watches.remove(&path);
            // The watch may have ended together with its folder.
            let _ = self.watcher.unwatch(&path);
        }
        self.add(wanted)
    }

    /// Adds what is not watched yet. A folder may come between the look at what is there and the watch
    /// on the folder around it, without an event, so it looks again until nothing is new.
    fn add(&mut self, mut wanted: BTreeMap<PathBuf, RecursiveMode>) -> Result<(), Exhausted> {
        for _ in 0..PASSES {
            wanted.retain(|path, mode| self.watches.get(path) != Some(mode));
            if wanted.is_empty() {
                return Ok(());
            }
            for (path, mode) in wanted {
                if !self.watch(&path, mode)? {
                    continue;
                }
                if mode == RecursiveMode::Recursive {
                    if self.started {
                        self.again.push((Instant::now() + SECOND_LOOK, path.clone()));
                    }
                    self.folders.extend(folders(&path));
                }
                self.watches.insert(path, mode);
            }
            wanted = self.scope.watches();
        }
        // Something moves all the time; later is soon enough.
        self.again.extend(self.scope.paths().map(|path| (Instant::now() + SECOND_LOOK, path.to_owned())));
        Ok(())
    }

    /// Whether the path is watched now. When something in it has gone in this very moment, it will be
    /// tried again. Any other failure would leave a part unwatched, so it ends the watching.
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> Result<bool, Exhausted> {
        match self.watcher.watch(path, mode) {
            Ok(()) => Ok(true),
            Err(error) if !is_gone(&error) => Err(Exhausted(reason(&error))),
            Err(_) => {
                self.again.push((Instant::now() + SECOND_LOOK, path.to_owned()));
                Ok(false)
            }
        }
    }
}

/// The folder and all folders in it.
fn folders(path: &Path) -> impl Iterator<Item = PathBuf> {
    let found = WalkDir::new(path).into_iter().filter_map(Result::ok);
    found.filter(|found| found.file_type().is_dir()).map(walkdir::DirEntry::into_path)
}

/// Whether the error means that the path is not there.
fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether the error means that the system gives no more watches.
fn is_exhausted(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // ENOSPC is the quota of watches; EMFILE and ENFILE are those of files and instances.
        ErrorKind::Io(error) => {
            matches!(error.raw_os_error(), Some(23 | 24 | 28))
                || error.kind() == std::io::ErrorKind::Unsupported
        }
        _ => false,
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's quota of file watches is used up (fs.inotify.max_user_watches)".to_owned()
        }
        _ => format!("files cannot be watched: {error}"),
    }
}
