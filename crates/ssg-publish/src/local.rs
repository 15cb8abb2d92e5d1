//! What a run leaves on this machine: a lock while it lasts, and its name.
//!
//! Two publishes of one target from one folder wait for each other here. The name of the last run
//! tells the next one that an unfinished record at the target is of a run that has ended, so that
//! it need not wait for signs of life. All of it lies in `.ssg-cache/`, where nothing is followed:
//! a cloned site may bring such a folder along.

use crate::failure::{Failure, Reason};
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
    _lock: File,
}

impl LocalRun {
    /// Begins a run of a target; `on_wait` is called where another one must end first.
    ///
    /// # Errors
    /// When `.ssg-cache/` cannot be written.
    pub fn begin(root: &Path, target: &str, on_wait: impl FnOnce()) -> Result<Self, Failure> {
        let dir = root.join(".ssg-cache");
        let failed = |error: io::Error| {
            Failure::new(Reason::Machine, format!("cannot write to `{}`: {error}", dir.display()))
        };
        make(&dir).map_err(failed)?;
        let at = dir.join(format!("publish-{target}"));
        let (lock, last) = take(&at, on_wait).map_err(failed)?;
        let id = name_of_run(root);
        write_name(&lock, &id).map_err(failed)?;
        let scratch = dir.join(format!("publish-{target}.tmp"));
        match fs::remove_dir_all(&scratch) {
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => fs::remove_file(&scratch),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
        .and_then(|()| fs::create_dir(&scratch))
        .map_err(failed)?;
        Ok(Self { id, last, scratch, _lock: lock })
    }
}

impl Drop for LocalRun {
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

fn make(dir: &Path) -> io::Result<()> {
    match fs::symlink_metadata(dir) {
        Ok(data) if data.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is no folder")),
        Err(_) => {
            fs::create_dir(dir)?;
            fs::write(dir.join(".gitignore"), "*\n")
        }
    }
}

/// Locks the file of a target and reads the name in it.
fn take(at: &Path, on_wait: impl FnOnce()) -> io::Result<(File, Option<String>)> {
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
        Err(TryLockError::Error(_)) => return Ok((file, None)),
    }
    let mut name = String::new();
    let _ = (&mut file).take(100).read_to_string(&mut name);
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Ok((file, is_name.then(|| name.to_owned())))
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
