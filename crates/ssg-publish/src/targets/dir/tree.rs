//! Files below a folder, written and removed without following a link.

use crate::record::RECORD;
use ssg_build::write::OutputPath;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How the names of temporaries begin.
pub(super) const TEMPORARY: &str = ".ssg-tmp-";

/// What stands where a file is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Nothing.
    None,
    /// A file, or something else that is no folder.
    File,
    /// A folder with something in it.
    Folder,
    /// Something that is no folder, where one above the file must be.
    Above,
}

/// Looks at what stands at a path.
pub(super) fn obstacle(dir: &Path, path: &OutputPath) -> io::Result<Obstacle> {
    let mut folders: Vec<&str> = path.folders().collect();
    folders.reverse();
    for folder in folders {
        match look(&dir.join(folder))? {
            None => return Ok(Obstacle::None),
            Some(data) if data.is_dir() => {}
            Some(_) => return Ok(Obstacle::Above),
        }
    }
    let at = path.below(dir);
    Ok(match look(&at)? {
        None => Obstacle::None,
        Some(data) if data.is_dir() && fs::read_dir(&at)?.next().is_none() => Obstacle::None,
        Some(data) if data.is_dir() => Obstacle::Folder,
        Some(_) => Obstacle::File,
    })
}

/// Whether a folder holds none but these files.
pub(super) fn holds_only(dir: &Path, folder: &str, files: &BTreeSet<&str>) -> bool {
    let Ok(entries) = fs::read_dir(dir.join(folder)) else { return false };
    entries.flatten().all(|entry| {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => holds_only(dir, &path, files),
            _ => files.contains(path.as_str()),
        }
    })
}

/// Puts a file in its place, whole or not at all, with the folders above it.
pub(super) fn put(dir: &Path, path: &OutputPath, bytes: &mut dyn Read) -> io::Result<()> {
    let mut folders: Vec<&str> = path.folders().collect();
    folders.reverse();
    for folder in folders {
        let folder = dir.join(folder);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(&folder)?.is_dir() {
                    return Err(io::ErrorKind::NotADirectory.into());
                }
            }
            other => other?,
        }
    }
    let at = path.below(dir);
    let temporary = temporary(dir);
    let written = File::create_new(&temporary).and_then(|mut file| io::copy(bytes, &mut file));
    let placed = written.and_then(|_| match fs::rename(&temporary, &at) {
        // An empty folder that a removal left.
        Err(_) if at.is_dir() => fs::remove_dir(&at).and_then(|()| fs::rename(&temporary, &at)),
        other => other,
    });
    if placed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    placed
}

/// Removes a file and the folders above it that are empty then. One that is not there, or lies behind
/// a link, is not ours any more.
pub(super) fn remove(dir: &Path, path: &OutputPath) -> io::Result<()> {
    if obstacle(dir, path)? != Obstacle::File {
        return Ok(());
    }
    match fs::remove_file(path.below(dir)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for folder in path.folders() {
        // Refused where something else is in it.
        if fs::remove_dir(dir.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Writes the record, which survives a loss of power once this returns.
pub(super) fn write_record(dir: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary(dir);
    let mut file = File::create_new(&temporary)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(temporary, dir.join(RECORD))
}

/// What stands at a path itself; `None` for nothing.
pub(super) fn look(at: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(at) {
        Ok(data) => Ok(Some(data)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A path in the folder that nobody has used.
fn temporary(dir: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    dir.join(format!("{TEMPORARY}{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)))
}
