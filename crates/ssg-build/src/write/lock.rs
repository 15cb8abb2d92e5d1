//! One writer per output at a time.
//!
//! The lock is a file beside the output (the output itself may be replaced as a whole), or inside it
//! where the folder around it cannot be written. It is removed at the end; one that a killed run
//! left behind is free, because the system drops the lock with the process.

use super::disk;
use super::machine;
use super::target::{CheckedTarget, TargetState};
use ssg_source::Diagnostic;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A held lock; dropping it frees it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of a target; `on_wait` is called once when another process holds it.
    pub(super) fn take(place: &CheckedTarget, on_wait: impl FnOnce()) -> Result<Self, Diagnostic> {
        let mut on_wait = Some(on_wait);
        let beside = place.beside("lock");
        let inside = place.dir.join(".ssg-lock");
        let mut wait = || {
            if let Some(call) = on_wait.take() {
                call();
            }
        };
        match hold(&beside, &mut wait) {
            Err(error) if refused(&error) && place.state != TargetState::Absent => {
                hold(&inside, &mut wait).map_err(|error| machine("lock", &inside, &error))
            }
            other => other.map_err(|error| machine("lock", &beside, &error)),
        }
    }
}

/// Whether the folder around the output cannot be written, though the output perhaps can.
pub(super) fn refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn hold(path: &Path, wait: &mut impl FnMut()) -> io::Result<Lock> {
    loop {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                wait();
                file.lock()?;
            }
            // A file system without locks: better to build without than not at all.
            Err(TryLockError::Error(_)) => return Ok(Lock { path: path.to_owned(), _file: file }),
        }
        // The holder before us may have removed the name meanwhile; then the lock is on nothing.
        let held = disk::stamp(&file.metadata()?);
        if disk::look(path)?.is_some_and(|data| disk::stamp(&data).inode == held.inode) {
            return Ok(Lock { path: path.to_owned(), _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is harmless: the next run takes it over.
        let _ = disk::remove_file(&self.path);
    }
}
