//! Writes the output to disk, so that it is always either the old site or the new one.
//!
//! A [`SiteWriter`] takes files from any number of threads while they are rendered and puts them on
//! disk at once, aside; nothing of the old output is touched before [`SiteWriter::finish`]. A first
//! build fills a folder beside the output and renames it once. A later one stages only what differs
//! from the disk, records its intent in the manifest and renames each file into its place; should
//! one of these steps fail, those before it are undone. After `kill -9` at any instant each file is
//! an old or a new one, and the next run makes the output exact again.
//!
//! Files are not synced one by one, which would cost seconds; the manifest is. After a loss of power
//! (not of the process) a file may thus be empty on file systems that do not order data before
//! names; the next build compares stamps and restores it.

mod clean;
mod commit;
mod disk;
mod exchange;
mod fresh;
mod lock;
mod manifest;
mod path;
mod stamps;
mod target;
#[cfg(test)]
mod tests;
mod update;

pub use clean::clean;
pub use exchange::exchange;
pub use manifest::{MANIFEST, Manifest, read_manifest};
pub use path::{OutputPath, OutputPathError, is_reserved};
pub use target::{Target, check_apart, check_target};

use fresh::Fresh;
use lock::Lock;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use ssg_source::{Class, Code, Diagnostic, DiskFile, codes};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use target::{CheckedTarget, TargetState};
use update::Update;

/// What a file of the output consists of.
#[derive(Clone, Debug)]
pub enum Body {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// The bytes of a file on disk, copied when it is written; its permissions are not. It may be edited
    /// until then, but nothing else is copied that takes its place.
    Copy(DiskFile),
}

/// A file of the output.
#[derive(Clone, Debug)]
pub struct OutputFile {
    /// Where it goes.
    pub path: OutputPath,
    /// What it consists of.
    pub body: Body,
    /// The digest (BLAKE3) of its bytes, where the caller knows it. It is believed for
    /// [`Body::Bytes`]; for [`Body::Copy`] it only decides whether there is anything to do.
    pub hash: Option<[u8; 32]>,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Files that are new or whose bytes changed.
    pub written: usize,
    /// Files that were left alone.
    pub unchanged: usize,
    /// Files of ours that were removed.
    pub removed: usize,
    /// Size of the written files, in bytes.
    pub bytes: u64,
}

/// Takes the files of a site and makes the output consist of exactly them.
///
/// Dropping it without [`SiteWriter::finish`] leaves the output as it was.
#[derive(Debug)]
pub struct SiteWriter {
    mode: Mode,
    problems: Mutex<Vec<Diagnostic>>,
    /// Files that the output will have; one may be named twice.
    expected: Mutex<Vec<String>>,
    machine_failed: AtomicBool,
    committed: bool,
    // Last, so that it is freed last.
    lock: Option<Lock>,
}

/// Keeps other builds of an output waiting until it is dropped.
#[derive(Debug)]
pub struct Held {
    _lock: Option<Lock>,
}

#[derive(Debug)]
enum Mode {
    Fresh(Fresh),
    Update(Update),
}

/// Writes a whole site whose files are known beforehand, in parallel.
///
/// # Errors
/// As [`SiteWriter::begin`] and [`SiteWriter::finish`].
pub fn write_site<'a>(
    files: impl IntoParallelIterator<Item = &'a OutputFile>,
    target: &Target,
) -> Result<WriteReport, Diagnostic> {
    let writer = SiteWriter::begin(target)?;
    files.into_par_iter().for_each(|file| {
        writer.add(file);
    });
    writer.finish()
}

impl SiteWriter {
    /// Starts to write; waits while another process writes the same output.
    ///
    /// Never begin twice for one output in one thread: the second waits for the first.
    ///
    /// # Errors
    /// As [`check_target`]; `Class::Machine` when no temporary can be made.
    pub fn begin(target: &Target) -> Result<Self, Diagnostic> {
        Self::begin_or_wait(target, || {})
    }

    /// As [`SiteWriter::begin`]; `on_wait` is called when it has to wait, so that someone can say so.
    ///
    /// # Errors
    /// As [`SiteWriter::begin`].
    pub fn begin_or_wait(target: &Target, on_wait: impl FnOnce()) -> Result<Self, Diagnostic> {
        let place = CheckedTarget::check(target)?;
        std::fs::create_dir_all(&place.parent).map_err(|error| machine("make", &place.parent, &error))?;
        let lock = Lock::take(&place, on_wait)?;
        // The run that held the lock may have changed what stands there.
        let place = CheckedTarget::check(target)?;
        let mode = Mode::choose(&place)?;
        Ok(Self {
            mode,
            problems: Mutex::default(),
            expected: Mutex::default(),
            machine_failed: AtomicBool::new(false),
            committed: false,
            lock: Some(lock),
        })
    }

    /// Names files that the output will have. Should one of them not be added or kept,
    /// [`SiteWriter::finish`] fails: whoever forgot it must not have it removed.
    pub fn expect<'f>(&self, files: impl IntoIterator<Item = &'f str>) {
        lock_data(&self.expected).extend(files.into_iter().map(str::to_owned));
    }

    /// Takes a file. Its bytes are on disk, aside, when this returns, unless the output has them
    /// already. A problem is kept for [`SiteWriter::finish`]; once the machine failed, further files
    /// are ignored.
    /// The digest of its bytes is given back where it is known now.
    pub fn add(&self, file: &OutputFile) -> Option<[u8; 32]> {
        if self.machine_failed.load(Ordering::Relaxed) {
            return None;
        }
        let added = match &self.mode {
            Mode::Fresh(fresh) => fresh.add(file),
            Mode::Update(update) => update.add(file),
        };
        added
            .map_err(|problem| {
                if problem.class == Class::Machine {
                    self.machine_failed.store(true, Ordering::Relaxed);
                }
                lock_data(&self.problems).push(problem);
            })
            .ok()
    }

    /// Keeps files of which the caller knows the digests but does not hold the bytes: `true` when the
    /// output has all of them and nobody touched them. On `false` all must be rendered and added.
    pub fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        match &self.mode {
            Mode::Fresh(_) => false,
            Mode::Update(update) => update.keep(files),
        }
    }

    /// Puts everything in its place and removes what is ours and was not added.
    ///
    /// # Errors
    /// The output is then as it was, byte for byte. `Class::Usage` when a file or folder that is not
    /// ours stands in the way, `Class::Content` when a path was added twice or is also a folder,
    /// `Class::Machine` when the disk fails, or a file is missing that was to be there
    /// ([`SiteWriter::expect`]).
    pub fn finish(self) -> Result<WriteReport, Diagnostic> {
        Ok(self.finish_and_hold()?.0)
    }

    /// As [`SiteWriter::finish`]; no other build changes the output before the second value is dropped.
    ///
    /// # Errors
    /// As [`SiteWriter::finish`].
    pub fn finish_and_hold(mut self) -> Result<(WriteReport, Held), Diagnostic> {
        let problems = std::mem::take(&mut *lock_data(&self.problems));
        let more = problems.len().saturating_sub(1);
        let gravest = |one: &Diagnostic| (one.class != Class::Machine, one.message.clone());
        if let Some(problem) = problems.into_iter().min_by_key(gravest) {
            return Err(problem.hint_if((more > 0).then(|| format!("{more} more like this"))));
        }
        let has = |file: &str| match &self.mode {
            Mode::Fresh(fresh) => fresh.has(file),
            Mode::Update(update) => update.has(file),
        };
        let mut lost = std::mem::take(&mut *lock_data(&self.expected));
        lost.retain(|file| !has(file));
        lost.sort_unstable();
        lost.dedup();
        if let Some(first) = lost.first() {
            let message = format!("{} planned outputs were not written, such as `{first}`", lost.len());
            return Err(problem(Class::Machine, codes::OUTPUT_LOST, message)
                .hint("this is a fault of ssg, please report it; the output is as it was")
                .hint("`ssg build --no-cache` builds without what is remembered"));
        }
        let report = match &self.mode {
            Mode::Fresh(fresh) => fresh.finish(),
            Mode::Update(update) => update.finish(),
        }?;
        // A tree that was renamed is no longer there to be removed.
        self.committed = matches!(self.mode, Mode::Fresh(_));
        Ok((report, Held { _lock: self.lock.take() }))
    }

    /// Gives up: the output stays as it was and the temporaries are removed.
    pub fn abandon(self) {
        drop(self);
    }
}

impl Drop for SiteWriter {
    fn drop(&mut self) {
        match &self.mode {
            Mode::Fresh(fresh) if !self.committed => fresh.sweep(),
            Mode::Fresh(_) => {}
            Mode::Update(update) => update.sweep(),
        }
    }
}

impl Mode {
    fn choose(place: &CheckedTarget) -> Result<Self, Diagnostic> {
        if place.state == TargetState::Ours {
            let update = Update::begin(&place.dir)?;
            place.sweep()?;
            return Ok(Self::Update(update));
        }
        place.sweep()?;
        if place.state == TargetState::Empty && is_mount_point(place) {
            return Update::begin(&place.dir).map(Self::Update);
        }
        match Fresh::begin(place) {
            Ok(fresh) => Ok(Self::Fresh(fresh)),
            Err(error) if lock::refused(&error) && place.state == TargetState::Empty => {
                Update::begin(&place.dir).map(Self::Update)
            }
            Err(error) => Err(machine("make a folder in", &place.parent, &error)),
        }
    }
}

fn is_mount_point(place: &CheckedTarget) -> bool {
    let device = |path: &Path| disk::look(path).ok().flatten().map(|data| disk::device(&data));
    device(&place.dir) != device(&place.parent)
}

fn problem(class: Class, code: Code, message: String) -> Diagnostic {
    Diagnostic::error(code, message).class(class)
}

/// An operation that the system refused.
fn machine(action: &str, path: &Path, error: &io::Error) -> Diagnostic {
    problem(
        Class::Machine,
        codes::OUTPUT_IO,
        format!("cannot {action} `{}`: {error}", ssg_source::shown(path)),
    )
}

fn machine_copy(from: &DiskFile, to: &OutputPath, error: &io::Error) -> Diagnostic {
    let message = format!("cannot copy `{}` to the output's `{to}`: {error}", ssg_source::shown(from.path()));
    problem(Class::Machine, codes::OUTPUT_IO, message)
}

fn twice(path: &OutputPath) -> Diagnostic {
    problem(Class::Content, codes::OUTPUT_COLLISION, format!("the output `{path}` is made twice"))
}

/// Locks data that a panic in another thread cannot leave half changed.
fn lock_data<T>(data: &Mutex<T>) -> MutexGuard<'_, T> {
    data.lock().unwrap_or_else(PoisonError::into_inner)
}
