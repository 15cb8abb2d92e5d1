//! The output of the latest good compilation, in memory: what a build would have written.
//!
//! While a compilation is under way, its files come in one by one. Those that somebody looks at are
//! asked for first and served at once, unless an error stands; all others when everything is there, so that nobody
//! sees the half of a change. What a compilation has made that was called away waits for the next one. Only before the first compilation has ended whatever there is is served, and a
//! request for what is not there yet waits for it.

use crate::file_store::{Body, FileStore, Served};
use ssg_build::write::{self, OutputFile, OutputPath};
use ssg_build::{Onlooker, Sink};
use ssg_source::DiskFile;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];
type Files = HashMap<String, Served>;

/// How many of the pages that were asked for last count as looked at.
const RECENT: usize = 8;
/// How long a request waits for a file that may come.
const PATIENCE: Duration = Duration::from_secs(60);

/// The files of the output. Cloning shares them.
#[derive(Clone, Default)]
pub struct Outputs(Arc<Shared>);

#[derive(Default)]
struct Shared {
    files: RwLock<Files>,
    part: Mutex<Part>,
    state: Mutex<State>,
    arrived: Condvar,
}

#[derive(Default)]
struct State {
    /// Whether a compilation is under way.
    compiles: bool,
    /// Whether one has ended, so that what is not there does not exist.
    begun: bool,
    /// Whether the files are all those of the last compilation.
    complete: bool,
    /// Pages that were asked for last, the latest in front.
    recent: VecDeque<String>,
    /// What is to be rendered before all else.
    wanted: VecDeque<String>,
    /// What somebody waits for in this compilation, rendered or not.
    early: HashSet<String>,
}

/// What compilations have left that were called away, until one ends.
#[derive(Default)]
struct Part {
    /// What they made and nobody was shown.
    files: Files,
    /// What was served before the files that are served early, in order; `None` where nothing was.
    before: Vec<(String, Option<Served>)>,
}

/// What a compilation needs to know of those who look on.
pub struct Audience<'a> {
    /// Files that browsers show now.
    pub open: Vec<String>,
    /// Told of a file that is served anew before the compilation has ended.
    pub tell: &'a (dyn Fn(&str) + Sync),
    /// Whether files are served anew before the compilation has ended: while an error stands, most likely nothing will come
    /// of it.
    pub is_early: bool,
    /// Whether to render no more than what is looked at, since there is news to see to.
    pub is_called_away: &'a (dyn Fn() -> bool + Sync),
}

impl Outputs {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins to take the outputs of a compilation. All but what is looked at is served anew only
    /// after [`Draft::publish`].
    #[must_use]
    pub fn draft<'a>(&self, audience: Audience<'a>) -> Draft<'a> {
        let mut state = self.state();
        state.compiles = true;
        state.wanted = audience.open.iter().chain(&state.recent).cloned().collect();
        state.early = state.wanted.iter().cloned().collect();
        drop(state);
        Draft {
            outputs: self.clone(),
            files: Mutex::default(),
            stays: AtomicBool::new(false),
            fails: AtomicBool::new(!audience.is_early),
            audience,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn part(&self) -> MutexGuard<'_, Part> {
        self.0.part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> RwLockReadGuard<'_, Files> {
        self.0.files.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn files(&self) -> RwLockWriteGuard<'_, Files> {
        self.0.files.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, path: &str) -> Option<Served> {
        self.read().get(path).cloned()
    }

    /// Ends a compilation, however it went.
    fn end(&self, complete: bool) {
        let mut state = self.state();
        state.compiles = false;
        state.begun = true;
        state.complete = complete;
        state.wanted.clear();
        self.0.arrived.notify_all();
    }
}

impl FileStore for Outputs {
    fn file(&self, path: &str) -> Option<Served> {
        let found = self.get(path);
        let mut state = self.state();
        if path.ends_with(".html") && (found.is_some() || state.compiles) {
            state.recent.retain(|known| known != path);
            state.recent.push_front(path.to_owned());
            state.recent.truncate(RECENT);
            if state.compiles && state.early.insert(path.to_owned()) {
                state.wanted.push_back(path.to_owned());
            }
        }
        if found.is_some() || state.begun {
            return found;
        }
        // The first compilation may still give it.
        let is_out = |state: &mut State| !state.begun && self.get(path).is_none();
        let waited = self.0.arrived.wait_timeout_while(state, PATIENCE, is_out);
        drop(waited);
        self.get(path)
    }
}

/// The outputs of a compilation that is under way. Dropped without [`Self::publish`], it leaves what
/// is served as it is.
pub struct Draft<'a> {
    outputs: Outputs,
    files: Mutex<Files>,
    /// What is served stays, but for these files.
    stays: AtomicBool,
    /// Nothing will come of it.
    fails: AtomicBool,
    audience: Audience<'a>,
}

impl Draft<'_> {
    /// Serves these files and no others. Gives the paths of those that are different, new or gone,
    /// sorted, but for those that were served before. `badges` are marks that pages get, by file;
    /// `None` to keep those that they have.
    #[must_use]
    pub fn publish(self, badges: Option<&[(String, &'static str)]>) -> Vec<String> {
        let stays = self.stays.load(Ordering::Relaxed);
        let files = std::mem::take(&mut *self.taken());
        let mut current = self.outputs.files();
        let mut changed = replace(&mut current, files, stays);
        if let Some(badges) = badges {
            let badges: HashMap<&str, &'static str> =
                badges.iter().map(|(file, badge)| (file.as_str(), *badge)).collect();
            for (path, served) in current.iter_mut() {
                let badge = badges.get(path.as_str()).copied();
                if served.badge != badge {
                    served.badge = badge;
                    changed.push(path.clone());
                }
            }
        }
        drop(current);
        *self.outputs.part() = Part::default();
        self.outputs.end(true);
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Leaves what has come so far to the next compilation, as the rest is.
    pub fn leave(self) {
        let files = std::mem::take(&mut *self.taken());
        self.outputs.part().files.extend(files);
        self.outputs.end(false);
    }

    fn taken(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves a file at once where somebody waits for it.
    fn serve_early(&self, path: &str, served: &Served) {
        if self.fails.load(Ordering::Relaxed) {
            return;
        }
        let state = self.outputs.state();
        if !state.begun {
            self.outputs.files().insert(path.to_owned(), served.clone());
            self.outputs.0.arrived.notify_all();
        } else if state.early.contains(path) {
            drop(state);
            let mut files = self.outputs.files();
            let badge = files.get(path).and_then(|old| old.badge);
            let same = files.get(path).is_some_and(|old| old.hash == served.hash);
            if !same {
                let before = files.insert(path.to_owned(), Served { badge, ..served.clone() });
                drop(files);
                self.outputs.part().before.push((path.to_owned(), before));
                (self.audience.tell)(path);
            }
        }
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.outputs.state().compiles {
            return;
        }
        // Nothing came of it, so what was served early is taken back: by those before that were called away, too.
        let before = std::mem::take(&mut self.outputs.part().before);
        for (path, served) in before.into_iter().rev() {
            match served {
                Some(served) => _ = self.outputs.files().insert(path.clone(), served),
                None => _ = self.outputs.files().remove(&path),
            }
            (self.audience.tell)(&path);
        }
        self.outputs.end(false);
    }
}

/// Puts files in the place of those that are served, or of all of them. Gives the paths of those that
/// are different; badges stay.
fn replace(current: &mut Files, mut files: Files, stays: bool) -> Vec<String> {
    let mut changed: Vec<String> = files
        .iter()
        .filter(|(path, new)| current.get(*path).is_none_or(|old| old.hash != new.hash))
        .map(|(path, _)| path.clone())
        .collect();
    for (path, new) in &mut files {
        new.badge = current.get(path).and_then(|old| old.badge);
    }
    if stays {
        current.extend(files);
    } else {
        changed.extend(current.keys().filter(|path| !files.contains_key(*path)).cloned());
        *current = files;
    }
    changed
}

impl Sink for Draft<'_> {
    fn planned(&self, _: usize) {}

    fn keep(&self, wanted: &[(OutputPath, Hash)]) -> bool {
        let current = self.outputs.read();
        let found: Option<Vec<(&OutputPath, Served)>> = wanted
            .iter()
            .map(|(path, hash)| {
                let is_it = |served: &&Served| served.hash == *hash;
                let current = current.get(path.as_str()).filter(is_it).cloned();
                let in_part = || self.outputs.part().files.get(path.as_str()).filter(is_it).cloned();
                let served = current.or_else(in_part)?;
                let is_there = match &served.bytes {
                    Body::Memory(_) => true,
                    // It may have moved with a folder above it, which its own stamp does not tell.
                    Body::Disk(found) => found.open().is_ok(),
                };
                is_there.then_some((path, served))
            })
            .collect();
        let Some(found) = found else { return false };
        let mut files = self.taken();
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
                // The digest from before, else that of the file. Where the file has changed since it was
                // found, what was served stays until the next compilation, which is about to come.
                let Some(hash) = file.hash.or_else(|| digest_of(&from)) else {
                    let current = self.outputs.get(file.path.as_str());
                    self.taken().extend(current.map(|served| (file.path.as_str().to_owned(), served)));
                    return None;
                };
                (Body::Disk(from), hash)
            }
        };
        let served = Served { bytes, hash, badge: None };
        self.serve_early(file.path.as_str(), &served);
        self.taken().insert(file.path.as_str().to_owned(), served);
        Some(hash)
    }

    fn fails(&self) {
        self.fails.store(true, Ordering::Relaxed);
    }

    fn onlooker(&self) -> Option<&dyn Onlooker> {
        Some(self)
    }
}

impl Onlooker for Draft<'_> {
    fn stays(&self) -> bool {
        let stays = self.outputs.state().complete;
        self.stays.store(stays, Ordering::Relaxed);
        stays
    }

    fn wanted(&self) -> Option<String> {
        self.outputs.state().wanted.pop_front()
    }

    fn is_full(&self) -> bool {
        self.outputs.state().begun && (self.audience.is_called_away)()
    }
}

fn digest_of(found: &DiskFile) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(found.open().ok()?).ok()?;
    Some(*hasher.finalize().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        let body = write::Body::Bytes(text.as_bytes().into());
        OutputFile { path: OutputPath::new(path).expect("valid"), body, hash: None }
    }

    fn nobody() -> Audience<'static> {
        Audience { open: Vec::new(), tell: &|_| {}, is_early: true, is_called_away: &|| false }
    }

    fn text(outputs: &Outputs, path: &str) -> Option<String> {
        match outputs.file(path)?.bytes {
            Body::Memory(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Body::Disk(_) => None,
        }
    }

    #[test]
    fn after_the_first_time_nothing_is_served_before_it_is_published() {
        let outputs = Outputs::new();
        let draft = outputs.draft(nobody());
        let hash = draft.take(file("a", "1")).expect("its digest");
        assert_eq!(text(&outputs, "a").as_deref(), Some("1"), "the first time all is served at once");
        draft.take(file("b", "1"));
        assert!(draft.publish(None).is_empty());
        let next = outputs.draft(nobody());
        assert!(next.keep(&[(OutputPath::new("a").expect("valid"), hash)]));
        assert!(!next.keep(&[(OutputPath::new("b").expect("valid"), [0; 32])]));
        next.take(file("c", "1"));
        assert!(outputs.file("b").is_some() && outputs.file("c").is_none());
        assert_eq!(next.publish(None), ["b", "c"]);
        assert!(outputs.file("a").is_some() && outputs.file("b").is_none());
    }

    #[test]
    fn a_request_waits_for_a_file_of_the_first_compilation() {
        let outputs = Outputs::new();
        let draft = outputs.draft(nobody());
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| text(&outputs, "late.html"));
            while draft.wanted().is_none() {
                std::thread::yield_now();
            }
            draft.take(file("late.html", "1"));
            assert_eq!(asked.join().expect("no panic").as_deref(), Some("1"));
            let asked = scope.spawn(|| outputs.file("never.html").is_none());
            while draft.wanted().is_none() {
                std::thread::yield_now();
            }
            let _ = draft.publish(None);
            assert!(asked.join().expect("no panic"));
        });
    }

    #[test]
    fn what_is_looked_at_is_served_at_once_and_told() {
        let outputs = Outputs::new();
        let draft = outputs.draft(nobody());
        for name in ["a.html", "b.html", "c.html"] {
            draft.take(file(name, "1"));
        }
        assert!(draft.publish(None).is_empty());
        outputs.file("a.html");
        let told = Mutex::new(Vec::new());
        let tell = |path: &str| told.lock().expect("no panic").push(path.to_owned());
        let open = vec!["b.html".to_owned()];
        let draft = outputs.draft(Audience { open, tell: &tell, is_early: true, is_called_away: &|| true });
        assert!(draft.stays());
        assert_eq!(draft.wanted().as_deref(), Some("b.html"));
        assert_eq!(draft.wanted().as_deref(), Some("a.html"));
        let mut hashes = Vec::new();
        for name in ["a.html", "b.html", "c.html", "d.html"] {
            let hash = draft.take(file(name, "2")).expect("its digest");
            hashes.push((OutputPath::new(name).expect("valid"), hash));
        }
        let both = |outputs: &Outputs| (text(outputs, "b.html"), text(outputs, "c.html"));
        assert_eq!(both(&outputs), (Some("2".to_owned()), Some("1".to_owned())));
        assert!(draft.is_full());
        draft.leave();
        assert_eq!(*told.lock().expect("no panic"), ["a.html", "b.html"]);
        assert_eq!(text(&outputs, "c.html").as_deref(), Some("1"), "nobody sees the half of a change");
        // Not all of a compilation is there, so all must be named.
        let next = outputs.draft(nobody());
        assert!(!next.stays());
        assert!(next.keep(&hashes), "what was made is not made again");
        assert_eq!(next.publish(None), ["c.html", "d.html"]);
        assert_eq!(text(&outputs, "d.html").as_deref(), Some("2"));
    }

    #[test]
    fn what_was_served_early_is_taken_back_where_nothing_comes_of_it() {
        let outputs = Outputs::new();
        let draft = outputs.draft(nobody());
        draft.take(file("a.html", "1"));
        let _ = draft.publish(None);
        let open = || vec!["a.html".to_owned(), "new.html".to_owned()];
        let seen = |is_early| Audience { open: open(), tell: &|_| {}, is_early, is_called_away: &|| true };
        let draft = outputs.draft(seen(true));
        draft.take(file("a.html", "2"));
        draft.take(file("new.html", "2"));
        draft.leave();
        let draft = outputs.draft(seen(true));
        draft.take(file("a.html", "3"));
        assert_eq!(text(&outputs, "a.html").as_deref(), Some("3"));
        drop(draft);
        assert_eq!((text(&outputs, "a.html").as_deref(), text(&outputs, "new.html")), (Some("1"), None));
        // While an error stands nothing is served before it is mended.
        let draft = outputs.draft(seen(false));
        draft.take(file("a.html", "4"));
        assert_eq!(text(&outputs, "a.html").as_deref(), Some("1"));
        let _ = draft.publish(None);
        assert_eq!(text(&outputs, "a.html").as_deref(), Some("4"));
    }

    #[test]
    fn a_badge_is_a_change_and_stays() {
        let outputs = Outputs::new();
        let steps = [(Some(&[][..]), 0), (Some(&[("a".to_owned(), "draft")][..]), 1), (None, 0)];
        for (badges, changed) in steps.into_iter().chain([(Some(&[][..]), 1), (Some(&[][..]), 0)]) {
            let draft = outputs.draft(nobody());
            draft.take(file("a", "1"));
            assert_eq!(draft.publish(badges).len(), changed);
        }
    }
}
