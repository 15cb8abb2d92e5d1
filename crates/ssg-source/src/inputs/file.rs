//! A file on disk as it was found, and opening it as nothing else.
//!
//! Between the moment at which somebody decides to hand a file out and the one at which it is opened, a
//! link may take its place, or that of a folder above it, and lead anywhere; a pipe would be waited for
//! without end. Whoever has looked at a file therefore keeps a [`DiskFile`] and opens that.

use super::Stamp;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// A regular file as it was found, by its place without links and by what tells it from all others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DiskFile {
    path: PathBuf,
    /// Number of the file system; 0 where the system has none.
    device: u64,
    stamp: Stamp,
}

impl DiskFile {
    /// The file at `path`, of which no part may be a link, as `metadata` describes it.
    #[must_use]
    pub fn new(path: PathBuf, metadata: &Metadata) -> Self {
        Self { path, device: device(metadata), stamp: Stamp::of(metadata) }
    }

    /// The file that is found at `path` now; links in the path are resolved.
    ///
    /// # Errors
    /// When there is no regular file.
    pub fn find(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let file = open_without_links(&path)?;
        Ok(Self::new(path, &file.metadata()?))
    }

    /// A file of which only this is said; where the system numbers its files, it can be opened as
    /// [whatever is there](Self::open_changed) alone.
    #[must_use]
    pub fn said(path: PathBuf, stamp: Option<Stamp>) -> Self {
        let nothing = Stamp { size: 0, mtime: 0, ctime: 0, inode: 0 };
        Self { path, device: 0, stamp: stamp.unwrap_or(nothing) }
    }

    /// Where it was found.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How it looked.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Opens the file that was found: the same one, with the same size and times.
    ///
    /// # Errors
    /// When there is none any more, or another one, or it has changed since.
    pub fn open(&self) -> io::Result<File> {
        let file = open_without_links(&self.path)?;
        if Self::new(self.path.clone(), &file.metadata()?) == *self {
            return Ok(file);
        }
        Err(io::Error::new(io::ErrorKind::NotFound, "it is no longer the file that was found"))
    }

    /// Opens the file at this place, which may have been edited since: a regular file to which no link leads.
    ///
    /// # Errors
    /// When there is none.
    pub fn open_changed(&self) -> io::Result<File> {
        open_without_links(&self.path)
    }
}

impl Stamp {
    /// What tells, by its metadata, that a file is the same as before.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        let mtime = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |time| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX));
        #[cfg(unix)]
        let (ctime, inode) = {
            use std::os::unix::fs::MetadataExt;
            let nanoseconds =
                i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
            (nanoseconds, metadata.ino())
        };
        #[cfg(not(unix))]
        let (ctime, inode) = (0, 0);
        Self { size: metadata.len(), mtime, ctime, inode }
    }
}

#[cfg(unix)]
fn device(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

#[cfg(not(unix))]
fn device(_: &Metadata) -> u64 {
    0
}

/// Opens a regular file for reading. A link at the last part of the path is an error, and so is a pipe or
/// a device, which is not waited for.
///
/// # Errors
/// When there is no such file.
pub fn open_file(path: &Path) -> io::Result<File> {
    // Opening a device may do something; what stands there in between is met with by the flags.
    if !path.symlink_metadata()?.is_file() {
        return Err(not_a_file());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
}

/// As [`open_file`], and no other part of the path may be a link.
///
/// # Errors
/// When there is no such file.
pub fn open_without_links(path: &Path) -> io::Result<File> {
    #[cfg(target_os = "linux")]
    if let Some(opened) = in_one_step(path) {
        return opened;
    }
    in_several_steps(path)
}

/// By what every system has: the path is looked at once the file is open.
fn in_several_steps(path: &Path) -> io::Result<File> {
    let file = open_file(path)?;
    if path.canonicalize()? == path { Ok(file) } else { Err(not_a_file()) }
}

/// By the one call that sees the whole path; `None` where the system does not know or permit it.
#[cfg(target_os = "linux")]
fn in_one_step(path: &Path) -> Option<io::Result<File>> {
    use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
    use rustix::io::Errno;
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Some(Err(not_a_file()));
    }
    match openat2(CWD, path, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        Ok(file) => {
            let file = File::from(file);
            let is_file = file.metadata().map(|found| found.is_file());
            Some(is_file.and_then(|is_file| if is_file { Ok(file) } else { Err(not_a_file()) }))
        }
        Err(Errno::NOSYS | Errno::PERM | Errno::INVAL | Errno::AGAIN) => None,
        Err(Errno::LOOP) => Some(Err(not_a_file())),
        Err(error) => Some(Err(error.into())),
    }
}

fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "it is not a regular file any more")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    /// A folder `in` with a file in a folder, and a file outside of it.
    fn site() -> (tempfile::TempDir, PathBuf, DiskFile) {
        let keep = tempfile::tempdir().expect("a folder");
        let folder = keep.path().canonicalize().expect("it exists");
        fs::create_dir_all(folder.join("in/img")).expect("made");
        fs::create_dir_all(folder.join("out/img")).expect("made");
        fs::write(folder.join("in/img/x"), "good").expect("written");
        fs::write(folder.join("out/img/x"), "secret").expect("written");
        let file = DiskFile::find(&folder.join("in/img/x")).expect("a file");
        (keep, folder, file)
    }

    #[test]
    fn what_was_found_is_opened_and_nothing_else() {
        type Swap = fn(&Path);
        let swaps: &[(&str, Swap)] = &[
            ("a link", |folder| {
                fs::remove_file(folder.join("in/img/x")).expect("removed");
                symlink(folder.join("out/img/x"), folder.join("in/img/x")).expect("linked");
            }),
            ("a folder above that is a link", |folder| {
                fs::rename(folder.join("in/img"), folder.join("old")).expect("renamed");
                symlink(folder.join("out/img"), folder.join("in/img")).expect("linked");
            }),
            ("a pipe", |folder| {
                fs::remove_file(folder.join("in/img/x")).expect("removed");
                let made = std::process::Command::new("mkfifo").arg(folder.join("in/img/x")).status();
                assert!(made.is_ok_and(|status| status.success()));
            }),
            ("a folder", |folder| {
                fs::remove_file(folder.join("in/img/x")).expect("removed");
                fs::create_dir(folder.join("in/img/x")).expect("made");
            }),
            ("a socket", |folder| {
                fs::remove_file(folder.join("in/img/x")).expect("removed");
                std::os::unix::net::UnixListener::bind(folder.join("in/img/x")).expect("bound");
            }),
            ("nothing", |folder| fs::remove_file(folder.join("in/img/x")).expect("removed")),
        ];
        for (what, swap) in swaps {
            let (_keep, folder, file) = site();
            assert!(
                file.open().is_ok() && file.open_changed().is_ok() && in_several_steps(&file.path).is_ok()
            );
            swap(&folder);
            assert!(file.open().is_err(), "{what}");
            assert!(file.open_changed().is_err() && in_several_steps(&file.path).is_err(), "{what}");
        }
    }

    #[test]
    fn a_device_is_not_opened() {
        for device in ["/dev/zero", "/dev/null", "/dev/tty"] {
            assert!(open_file(Path::new(device)).is_err() && DiskFile::find(Path::new(device)).is_err());
        }
    }

    #[test]
    fn another_name_of_a_file_outside_is_not_what_was_found() {
        let (_keep, folder, file) = site();
        fs::remove_file(folder.join("in/img/x")).expect("removed");
        fs::hard_link(folder.join("out/img/x"), folder.join("in/img/x")).expect("linked");
        assert!(file.open().is_err());
    }

    #[test]
    fn an_edit_is_another_file_unless_that_is_wanted() {
        let (_keep, folder, file) = site();
        fs::write(folder.join("in/img/x"), "longer than before").expect("written");
        assert!(file.open().is_err() && file.open_changed().is_ok());
        assert_eq!(file.stamp().size, 4);
        let elsewhere = DiskFile::said(folder.join("in/img/x"), None);
        assert!(elsewhere.open().is_err() && elsewhere.open_changed().is_ok());
    }
}
