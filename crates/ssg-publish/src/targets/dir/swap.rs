//! Changes a folder in one step: a copy beside it, made of links, is changed and then takes its place.
//!
//! The copy holds everything, foreign files too, and costs no bytes. What others put into the folder
//! while the copy is changed is carried over after the swap. A copy bears a mark for as long as it has
//! not been swapped: one that a killed run left is then no more than that, and without the mark it is
//! what was the folder before.

use super::locked_folder::{LockedFolder, is_refused};
use super::tree::look;
use crate::failure::Failure;
use crate::record::{RECORD, Record};
use ssg_build::write::exchange;
use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A copy of the folder that will take its place.
#[derive(Debug)]
pub(super) struct Swap {
    /// Where it is.
    pub beside: PathBuf,
    is_first: bool,
    /// It has taken the folder's place, and what was the folder may hold files of others.
    is_done: Cell<bool>,
}

impl Swap {
    /// Makes the copy; `None` where this file system, or what lies in the folder, does not allow it.
    pub(super) fn begin(place: &LockedFolder) -> Result<Option<Self>, Failure> {
        let beside = place.beside();
        let found = look(&place.dir).map_err(|error| Failure::io("examine", &place.dir, &error))?;
        let is_first = found.is_none();
        if !is_first && holds_mounts(&place.dir) {
            return Ok(None);
        }
        let made = if is_first {
            fs::create_dir(&beside).and_then(|()| fs::write(beside.join(MARK), ""))
        } else {
            copy(&place.dir, &beside)
        };
        let usable = made.and_then(|()| if is_first { Ok(()) } else { probe(&beside) });
        match usable {
            Ok(()) => Ok(Some(Self { beside, is_first, is_done: Cell::new(false) })),
            Err(error) => {
                let _ = fs::remove_dir_all(&beside);
                let is_full =
                    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
                if is_full || (is_first && !is_refused(&error)) {
                    return Err(Failure::io("make", &beside, &error));
                }
                Ok(None)
            }
        }
    }

    /// Lets the copy take the folder's place; `false` where the system refuses that, and nothing is
    /// changed.
    pub(super) fn finish(&self, place: &LockedFolder) -> Result<bool, Failure> {
        if self.is_first {
            fs::rename(&self.beside, &place.dir).map_err(|error| Failure::io("make", &place.dir, &error))?;
            self.is_done.set(true);
            return unmark(place).map(|()| true).map_err(Failure::after_a_change);
        }
        if exchange(&self.beside, &place.dir).is_err() {
            return Ok(false);
        }
        self.is_done.set(true);
        let carried = unmark(place).and_then(|()| discard(&self.beside, &place.dir, Newer::Always));
        carried.map(|()| true).map_err(Failure::after_a_change)
    }
}

impl Drop for Swap {
    fn drop(&mut self) {
        // After the swap it is gone, or holds what is yet to be carried over.
        if !self.is_done.get() {
            let _ = fs::remove_dir_all(&self.beside);
        }
    }
}

/// The mark of a copy that has not been swapped; a temporary by its name.
const MARK: &str = ".ssg-tmp-copy";

/// Takes the mark away: the copy is the folder now.
fn unmark(place: &LockedFolder) -> Result<(), Failure> {
    let at = place.dir.join(MARK);
    fs::remove_file(&at).map_err(|error| Failure::io("remove", &at, &error))
}

/// Which of two versions of somebody else's file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newer {
    /// That of the old folder: it came while the copy was changed.
    Always,
    /// That of the old folder where it was changed later: the swap was a while ago.
    ByTime,
}

/// Removes a copy, or what was the folder before the swap, after what others put there meanwhile was
/// carried over.
pub(super) fn discard(beside: &Path, dir: &Path, newer: Newer) -> Result<(), Failure> {
    let is_copy = fs::symlink_metadata(beside.join(MARK)).is_ok();
    if !is_copy && dir.is_dir() {
        // What was ours before and what is ours now: neither comes along.
        let read = |dir: &Path| fs::read(dir.join(RECORD)).ok().and_then(|bytes| Record::parse(&bytes));
        let records: Vec<Record> = [beside, dir].into_iter().filter_map(read).collect();
        let ours = |path: &str| {
            records.iter().any(|record| record.files.contains_key(path))
                || ssg_build::write::is_reserved(path)
        };
        carry_over(beside, dir, &ours, newer)
            .map_err(|error| Failure::io("carry files over to", dir, &error))?;
    }
    // Half removed it would have no record, and all in it would look like somebody else's: so it is given
    // up in one step.
    let mut gone = beside.as_os_str().to_owned();
    gone.push(GONE);
    let gone = PathBuf::from(gone);
    let _ = fs::remove_dir_all(&gone);
    fs::rename(beside, &gone)
        .and_then(|()| fs::remove_dir_all(&gone))
        .map_err(|error| Failure::io("remove", beside, &error))
}

/// How the name of a folder ends that only waits to be removed.
pub(super) const GONE: &str = "-gone";

/// Moves what is not ours and not there.
fn carry_over(from: &Path, to: &Path, is_ours: &dyn Fn(&str) -> bool, newer: Newer) -> io::Result<()> {
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.file_type()?.is_dir() {
                folders.push(path);
                continue;
            }
            let at = to.join(&path);
            if is_ours(&path) || is_same_file(&entry.path(), &at) {
                continue;
            }
            let changed = |at: &Path| look(at).ok().flatten().and_then(|data| data.modified().ok());
            let stands = changed(&at);
            if newer == Newer::ByTime && stands.is_some() && stands >= changed(&entry.path()) {
                continue;
            }
            if let Some(above) = at.parent() {
                fs::create_dir_all(above)?;
            }
            fs::rename(entry.path(), at)?;
        }
    }
    Ok(())
}

/// Whether two names are of one file.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| fs::symlink_metadata(path).ok().map(|data| (data.dev(), data.ino()));
    number(one) == number(other)
}

/// Whether two names are of one file.
#[cfg(not(unix))]
fn is_same_file(_: &Path, other: &Path) -> bool {
    other.exists()
}

/// Whether the folder is where another file system is mounted, or holds such a place: a swap would tear
/// it off. Where that cannot be told, the swap itself is refused.
fn holds_mounts(dir: &Path) -> bool {
    let Ok(mounts) = fs::read_to_string("/proc/self/mountinfo") else { return false };
    mounts.lines().filter_map(|line| line.split(' ').nth(4)).any(|at| {
        let at = at.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
        Path::new(&at).starts_with(dir)
    })
}

/// A copy of a folder whose files are further names of the same ones.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    make_alike(from, to)?;
    fs::write(to.join(MARK), "")?;
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                make_alike(&from.join(&path), &to.join(&path))?;
                folders.push(path);
            } else {
                fs::hard_link(entry.path(), to.join(&path))?;
            }
        }
    }
    Ok(())
}

/// Makes a folder with the owner and the permissions of another.
fn make_alike(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    let data = fs::metadata(from)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let made = fs::metadata(to)?;
        if (made.uid(), made.gid()) != (data.uid(), data.gid()) {
            chown(to, Some(data.uid()), Some(data.gid()))?;
        }
    }
    fs::set_permissions(to, data.permissions())
}

/// Whether two folders can be exchanged here: tried on two empty ones in the copy.
fn probe(beside: &Path) -> io::Result<()> {
    let [one, other] = [".ssg-tmp-one", ".ssg-tmp-other"].map(|name| beside.join(name));
    fs::create_dir(&one)?;
    fs::create_dir(&other)?;
    exchange(&one, &other)?;
    fs::remove_dir(one)?;
    fs::remove_dir(other)
}
