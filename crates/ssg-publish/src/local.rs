//! What a run leaves on this machine: a lock while it lasts, and its name.
//!
//! Two publishes of one target from one folder wait for each other here. The name of the last run
//! tells the next one that an unfinished record at the target is of a run that has ended, so that
//! it need not wait for signs of life. All of it lies in `.ssg-cache/`, where nothing is followed:
//! a cloned site may bring such a folder along.

use crate::failure::{Failure, Reason};
use ssg_build::check_cache_folder;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A run that is under way here.
#[derive(Debug)]
pub struct LocalRun {
    /// Its name.
    pub id: String,
    /// The name of the last run, which has ended.
    pub last: Option<String>,
    /// A folder of its own for what it needs besides; removed when it is dropped.
    pub scratch: PathBuf,
    target: String,
    is_alone: bool,
    lock: File,
}

impl LocalRun {
    /// Begins a run of a target; `on_wait` is called where another one must end first.
    ///
    /// # Errors
    /// When `.ssg-cache/` cannot be written.
    pub fn begin(root: &Path, target: &str, on_wait: impl FnOnce()) -> Result<Self, Failure> {
        let dir = root.join(".ssg-cache");
        let failed = |error: io::Error| {
            Failure::new(Reason::Machine, format!("cannot write to `{}`: {error}", ssg_source::shown(&dir)))
        };
        make(&dir).map_err(failed)?;
        let at = dir.join(format!("publish-{target}"));
        let Taken { lock, is_alone, last } = take(&at, on_wait).map_err(failed)?;
        let id = name_of_run(root);
        if is_alone {
            sweep(&dir, target);
        }
        let scratch = dir.join(format!("{}{id}", scratch_of(target)));
        fs::create_dir(&scratch).map_err(failed)?;
        Ok(Self { id, last, scratch, target: target.to_owned(), is_alone, lock })
    }

    /// From now on the target may bear the name of this run, which the next one then knows. Before, it
    /// may bear that of the last.
    pub fn begins(&self) {
        // Without it the next run waits for signs of life.
        let _ = write_name(&self.lock, &self.id);
    }
}

/// How the names of the folders of a target's runs begin. Each run has one of its own: a program that a
/// killed run has started may write to the old one for a while yet.
fn scratch_of(target: &str) -> String {
    format!("publish-{target}.tmp-")
}

/// Removes what runs of this target have left, which the lock says are dead. What cannot be removed stays
/// for the next time.
fn sweep(dir: &Path, target: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(&scratch_of(target))) {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let path = entry.path();
            let _ = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
}

impl Drop for LocalRun {
    fn drop(&mut self) {
        match self.scratch.parent() {
            Some(dir) if self.is_alone => sweep(dir, &self.target),
            _ => drop(fs::remove_dir_all(&self.scratch)),
        }
    }
}

fn make(dir: &Path) -> io::Result<()> {
    match fs::symlink_metadata(dir) {
        Ok(data) if data.is_dir() => Ok(()),
        Ok(data)
            if data.is_symlink() && dir.parent().is_some_and(|root| check_cache_folder(root).is_ok()) =>
        {
            Ok(())
        }
        Ok(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is no folder")),
        Err(_) => {
            fs::create_dir(dir)?;
            fs::write(dir.join(".gitignore"), "*\n")
        }
    }
}

/// The file of a target.
struct Taken {
    lock: File,
    /// No other run of the target is under way here, as far as the file system has locks.
    is_alone: bool,
    last: Option<String>,
}

/// Locks the file of a target and reads the name in it.
fn take(at: &Path, on_wait: impl FnOnce()) -> io::Result<Taken> {
    if fs::symlink_metadata(at).is_ok_and(|data| !data.is_file()) {
        fs::remove_file(at)?;
    }
    let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(at)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            on_wait();
            file.lock()?;
        }
        // A file system without locks: the record at the target still tells.
        Err(TryLockError::Error(_)) => {
            return Ok(Taken { lock: file, is_alone: false, last: None });
        }
    }
    let mut name = String::new();
    let _ = (&mut file).take(100).read_to_string(&mut name);
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let last = is_name.then(|| name.to_owned());
    Ok(Taken { lock: file, is_alone: true, last })
}

fn write_name(mut file: &File, id: &str) -> io::Result<()> {
    use std::io::{Seek, SeekFrom};
    file.seek(SeekFrom::Start(0))?;
    file.set_len(0)?;
    writeln!(file, "{id}")
}

/// A name that no other run has.
fn name_of_run(root: &Path) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let text = format!("{now} {} {} {host}", std::process::id(), root.display());
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_run_that_sent_nothing_is_not_taken_for_the_one_that_was_cut() {
        let root = tempfile::tempdir().expect("a folder");
        let begin = || LocalRun::begin(root.path(), "live", || {}).expect("it begins");
        let cut = begin();
        cut.begins();
        let id = cut.id.clone();
        drop(cut);
        drop(begin());
        assert_eq!(begin().last, Some(id));
    }

    #[test]
    fn a_run_does_not_mind_what_a_dead_one_has_started() {
        let root = tempfile::tempdir().expect("a folder");
        let begin = || LocalRun::begin(root.path(), "live", || {}).expect("it begins");
        let dead = begin().scratch.clone();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            // A program that outlives the run which was killed.
            let (dead, is_over) = (&dead, &is_over);
            scope.spawn(move || {
                for number in 0_u64.. {
                    if is_over.load(Ordering::Relaxed) {
                        return;
                    }
                    let _ = fs::create_dir_all(dead);
                    let _ = fs::write(dead.join(number.to_string()), "late");
                }
            });
            for _ in 0..50 {
                let run = begin();
                assert_ne!(run.scratch, *dead);
                assert_eq!(fs::read_dir(&run.scratch).expect("it is there").count(), 0);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let last = begin();
        assert!(!dead.exists() && last.scratch.exists());
        drop(last);
        let left = fs::read_dir(root.path().join(".ssg-cache")).expect("it is there");
        assert_eq!(left.flatten().filter(|entry| entry.path().is_dir()).count(), 0);
    }
}
