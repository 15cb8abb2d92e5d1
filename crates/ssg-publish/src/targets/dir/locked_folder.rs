//! The folder of a target: checked, locked, and free of what runs that died left behind.

use super::swap::{self, Newer};
use super::tree::TEMPORARY;
use crate::failure::{Failure, Reason};
use crate::targets::local_folder::check_local_folder;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A locked folder.
#[derive(Debug)]
pub(super) struct LockedFolder {
    /// Where it is, without links; it need not exist.
    pub dir: PathBuf,
    /// The folder that holds it.
    pub parent: PathBuf,
    name: OsString,
    _lock: File,
}

impl LockedFolder {
    /// Checks that a folder may be published to, and waits until no one else does.
    pub(super) fn open(path: &Path, site: &Path) -> Result<Self, Failure> {
        let dir = check_local_folder(path, site)?;
        let (Some(parent), Some(name)) = (dir.parent(), dir.file_name()) else {
            let message = format!("`{}` is the root of the file system", ssg_source::shown(&dir));
            return Err(Failure::new(Reason::Usage, message));
        };
        if fs::symlink_metadata(&dir).is_ok_and(|data| !data.is_dir()) {
            return Err(Failure::new(Reason::Usage, format!("`{}` is no folder", ssg_source::shown(&dir))));
        }
        let (parent, name) = (parent.to_owned(), name.to_owned());
        fs::create_dir_all(&parent).map_err(|error| Failure::io("make", &parent, &error))?;
        let mut lock_name = OsString::from(".");
        lock_name.push(&name);
        lock_name.push(".ssg-publish-lock");
        let lock = match lock(&parent.join(lock_name)) {
            Err(error) if is_refused(&error) => lock(&dir.join(".ssg-publish-lock")),
            other => other,
        };
        let lock = lock.map_err(|error| Failure::io("lock", &dir, &error))?;
        Ok(Self { dir, parent, name, _lock: lock })
    }

    /// A path beside the folder, of a name that is reserved for it.
    pub(super) fn beside(&self) -> PathBuf {
        let mut name = self.prefix();
        name.push(std::process::id().to_string());
        self.parent.join(name)
    }

    fn prefix(&self) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".ssg-publish-");
        name
    }

    /// Removes what runs that died left behind.
    pub(super) fn sweep(&self) -> Result<(), Failure> {
        let prefix = self.prefix();
        for (path, name) in entries(&self.parent)? {
            let is_beside = name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
                && !name.as_encoded_bytes().ends_with(b"-lock");
            let is_folder = is_beside && fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir());
            if is_folder && name.as_encoded_bytes().ends_with(swap::GONE.as_bytes()) {
                fs::remove_dir_all(&path).map_err(|error| Failure::io("remove", &path, &error))?;
            } else if is_folder {
                swap::discard(&path, &self.dir, Newer::ByTime)?;
            }
        }
        for (path, name) in entries(&self.dir)? {
            if name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
                fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
            }
        }
        Ok(())
    }
}

/// What a folder holds; nothing where it may not be listed or is not there.
fn entries(dir: &Path) -> Result<Vec<(PathBuf, OsString)>, Failure> {
    match fs::read_dir(dir) {
        Ok(entries) => Ok(entries.flatten().map(|entry| (entry.path(), entry.file_name())).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound || is_refused(&error) => Ok(Vec::new()),
        Err(error) => Err(Failure::io("list", dir, &error)),
    }
}

/// Whether the folder around the target cannot be written, though the target perhaps can.
pub(super) fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// The file stays: who removes a lock's file takes the lock from those who wait for it.
fn lock(at: &Path) -> io::Result<File> {
    if fs::symlink_metadata(at).is_ok_and(|data| !data.is_file()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the name of the lock is taken"));
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(at)?;
    match file.lock() {
        // A file system without locks: better to publish without than not at all.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        other => other?,
    }
    Ok(file)
}
