//! The folder `.ssg-cache/`: how files get into it, what else lies in it, and how it is removed.
//!
//! A cloned site may bring such a folder along, so nothing in it is followed or waited for: files
//! are made anew under names of their own and renamed into their place, and a link, a pipe or a
//! device that stands there is replaced and never written through.

use ssg_source::{Class, Diagnostic, codes};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Temporaries of a killed run are removed when they are this old, where there are no locks to tell.
const ABANDONED: Duration = Duration::from_secs(3600);
/// How often the lock is tried, 20 ms apart.
const PATIENCE: usize = 100;
/// The folder of the caches, in a site's own.
const NAME: &str = ".ssg-cache";
/// How the names of temporaries go on after that of the file they will be.
const TEMPORARY: &str = ".tmp-";
/// The file whose time tells the file system's clock.
const CLOCK: &str = "clock";
/// For git and for backup programs: none of this need be kept.
const NOTES: [(&str, &str); 2] = [
    (".gitignore", "*\n"),
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of ssg; it can be removed at any time.\n",
    ),
];

/// Whether a folder for caches is a link, and what it leads to is no cache of ours: to write there
/// could replace what others have written.
fn leads_elsewhere(dir: &Path) -> bool {
    let is_link = fs::symlink_metadata(dir).is_ok_and(|data| data.is_symlink());
    let [_, (name, note)] = NOTES;
    let tag = || fs::symlink_metadata(dir.join(name)).is_ok_and(|data| data.is_file() && data.len() < 4096);
    is_link && !(tag() && fs::read_to_string(dir.join(name)).is_ok_and(|text| text == note))
}

/// Refuses a `.ssg-cache` that is a link, unless it leads to a cache of `ssg`.
///
/// # Errors
/// With what to do about it.
pub fn check_cache_folder(root: &Path) -> Result<(), Diagnostic> {
    if !leads_elsewhere(&root.join(NAME)) {
        return Ok(());
    }
    let message = format!("`{NAME}` is a link, and what it leads to is no cache of ssg");
    Err(Diagnostic::error(codes::CACHE_LINK, message)
        .class(Class::Usage)
        .hint("remove the link; the cache may be removed at any time")
        .hint(format!("to have it elsewhere, move a `{NAME}` that `ssg build` made there, and link to that")))
}

/// The folder of a site's caches.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    pub(super) fn new(root: &Path) -> Self {
        Self { dir: root.join(NAME) }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The bytes of a file that begins with `head` and has at most so many; none where it is anything else.
    pub(super) fn read(&self, name: &str, head: &[u8], largest: u64) -> io::Result<Vec<u8>> {
        let path = self.path(name);
        let data = fs::metadata(&path)?;
        let mut bytes = Vec::new();
        if data.is_file() && data.len() <= largest {
            let mut file = File::open(&path)?;
            (&mut file).take(head.len() as u64).read_to_end(&mut bytes)?;
            if bytes == head {
                bytes.reserve_exact(usize::try_from(data.len()).unwrap_or(0).saturating_sub(bytes.len()));
                file.take(largest).read_to_end(&mut bytes)?;
            }
        }
        Ok(bytes)
    }

    /// Puts a file in place of the one of that name, whole or not at all.
    pub(super) fn replace(
        &self,
        name: &str,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        self.make()?;
        let lock = self.wait_for_lock()?;
        self.sweep_for(lock.as_ref());
        let temporary = self.temporary(name);
        let written = create(&temporary)
            .and_then(|mut file| write(&mut file))
            .and_then(|()| fs::rename(&temporary, self.path(name)));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }

    /// Puts a file in place of the one of that name, whole or not at all, without a lock: for the results of single
    /// outputs, of which many are written at one time. A run that sweeps meanwhile may take it away, which costs time alone.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.make()?;
        let temporary = self.temporary(name);
        let written = create(&temporary)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&temporary, self.path(name)));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }

    /// Names, lengths and times of the files here whose names begin so.
    pub(super) fn list(&self, prefix: &str) -> Vec<(SystemTime, u64, String)> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let file = |entry: fs::DirEntry| {
            let name = entry.file_name().into_string().ok().filter(|name| name.starts_with(prefix))?;
            let data = fs::symlink_metadata(entry.path()).ok().filter(fs::Metadata::is_file)?;
            Some((data.modified().ok()?, data.len(), name))
        };
        entries.filter_map(file).collect()
    }

    /// Removes a file, if that can be done.
    pub(super) fn forget(&self, name: &str) {
        let _ = fs::remove_file(self.path(name));
    }

    /// Removes what killed runs left behind, as far as possible.
    pub(super) fn sweep(&self) {
        if let Ok(lock) = self.lock() {
            self.sweep_for(lock.as_ref());
        }
    }

    /// The file system's clock in nanoseconds since 1970; `None` where no file can be made to tell.
    pub(super) fn clock(&self) -> Option<i128> {
        self.make().ok()?;
        let path = self.temporary(CLOCK);
        let made = create(&path).and_then(|file| file.metadata()?.modified());
        let _ = fs::remove_file(path);
        let since = made.ok()?.duration_since(UNIX_EPOCH).ok()?;
        i128::try_from(since.as_nanos()).ok()
    }

    /// Removes the files that `ssg` put there, and the folder if nothing else is in it.
    pub(super) fn remove(&self) -> io::Result<()> {
        match fs::symlink_metadata(&self.dir) {
            Ok(data) if data.is_dir() => {}
            Ok(data) if data.is_symlink() => {
                return Err(io::Error::other("it is a link; remove what it leads to yourself"));
            }
            // A file of that name is not ours.
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().unwrap_or("");
            let is_ours = name.ends_with(".memo")
                || name.starts_with("publish-")
                || is_temporary(name)
                || NOTES.iter().any(|note| note.0 == name);
            if is_ours && !entry.file_type()?.is_dir() {
                fs::remove_file(entry.path())?;
            }
        }
        match fs::remove_dir(&self.dir) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err(error),
            _ => Ok(()),
        }
    }

    fn make(&self) -> io::Result<()> {
        if leads_elsewhere(&self.dir) {
            return Err(io::Error::other("it is a link to what is no cache of ssg"));
        }
        match fs::create_dir(&self.dir) {
            Ok(()) => {
                for (name, text) in NOTES {
                    fs::write(self.path(name), text)?;
                }
                Ok(())
            }
            Err(_) if self.dir.is_dir() => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Held while a file is written, so that a temporary that stands there without it is abandoned.
    /// `None` on systems that cannot lock a folder.
    fn lock(&self) -> io::Result<Option<File>> {
        let Ok(folder) = File::open(&self.dir) else { return Ok(None) };
        match folder.try_lock() {
            Ok(()) => Ok(Some(folder)),
            Err(TryLockError::WouldBlock) => {
                Err(io::Error::new(io::ErrorKind::WouldBlock, "another run of ssg is writing it"))
            }
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// As [`lock`](Self::lock), after another run has had time to write. One that was stopped while it
    /// wrote must not hold up a build, which is done but for this.
    fn wait_for_lock(&self) -> io::Result<Option<File>> {
        for _ in 1..PATIENCE {
            match self.lock() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                other => return other,
            }
        }
        self.lock()
    }

    fn sweep_for(&self, lock: Option<&File>) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            let is_old = || {
                let changed = entry.metadata().and_then(|data| data.modified()).ok();
                changed.and_then(|time| time.elapsed().ok()).is_some_and(|age| age > ABANDONED)
            };
            if entry.file_name().to_str().is_some_and(is_temporary) && (lock.is_some() || is_old()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn temporary(&self, name: &str) -> PathBuf {
        self.path(&format!("{name}{TEMPORARY}{}", std::process::id()))
    }
}

/// Makes a file under a name that only this process uses; what stands there is of one that died.
fn create(path: &Path) -> io::Result<File> {
    let _ = fs::remove_file(path);
    File::create_new(path)
}

fn is_temporary(name: &str) -> bool {
    name.split_once(TEMPORARY).is_some_and(|(of, _)| of == CLOCK || of.ends_with(".memo"))
}
