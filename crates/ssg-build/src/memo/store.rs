//! The cache on disk: `.ssg-cache/` in the site's folder.
//!
//! One file holds the whole memo: a line that names the format, the identity of the program, a
//! digest of the rest, the rest. It is written beside and renamed, so a reader sees an old or a new
//! one and no lock is needed; of two builds that end together the later wins. Whatever is damaged,
//! of another program or forged fails the digest or the identity, and is not used.

use super::{Kept, Memo};
use ssg_source::{Digest, Digester};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const HEADER: &[u8] = b"ssg-cache 1\n";
/// Temporaries of a killed run are removed when they are this old.
const ABANDONED: Duration = Duration::from_secs(3600);
/// Larger files are not read: nothing that `ssg` writes comes near.
const LARGEST: u64 = 1 << 32;

/// What can be said of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// There was none.
    Absent,
    /// It was read.
    Read,
    /// It is damaged or of another program, and was not used.
    Discarded,
    /// The disk refused, in its own words.
    Failed(String),
}

/// The cache of a site.
#[derive(Clone, Debug)]
pub struct Cache {
    dir: PathBuf,
    name: String,
    identity: Digest,
}

impl Cache {
    /// The cache of the site in `root`; each `purpose` has its own, since a build and a server render
    /// with other options. `version` is the program's.
    #[must_use]
    pub fn new(root: &Path, purpose: &str, version: &str) -> Self {
        let mut identity = Digester::new();
        identity.text(version).text(option_env!("SSG_BUILD_DIGEST").unwrap_or(""));
        for feature in [cfg!(feature = "onig"), cfg!(feature = "fancy-regex"), cfg!(feature = "sass")] {
            identity.flag(feature);
        }
        Self { dir: root.join(".ssg-cache"), name: format!("{purpose}.memo"), identity: identity.done() }
    }

    /// Reads the memo; an empty one where there is none to be had.
    #[must_use]
    pub fn load(&self) -> (Memo, CacheState) {
        let path = self.dir.join(&self.name);
        let bytes = match fs::metadata(&path).and_then(|data| {
            if data.is_file() && data.len() <= LARGEST { fs::read(&path) } else { Ok(Vec::new()) }
        }) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return (Memo::new(), CacheState::Absent);
            }
            Err(error) => return (Memo::new(), CacheState::Failed(error.to_string())),
        };
        match self.parse(&bytes) {
            Some(Kept { documents, records, copies }) => {
                (Memo { documents, records, copies, ..Memo::default() }, CacheState::Read)
            }
            None => (Memo { changed: true, ..Memo::default() }, CacheState::Discarded),
        }
    }

    /// Writes the memo, if anything in it is new.
    ///
    /// # Errors
    /// When the disk refuses; the old cache is then as it was.
    pub fn save(&self, memo: &mut Memo) -> io::Result<()> {
        if !std::mem::take(&mut memo.changed) {
            return Ok(());
        }
        let kept = Kept {
            documents: std::mem::take(&mut memo.documents),
            records: std::mem::take(&mut memo.records),
            copies: std::mem::take(&mut memo.copies),
        };
        let body = postcard::to_stdvec(&kept).map_err(io::Error::other);
        memo.documents = kept.documents;
        memo.records = kept.records;
        memo.copies = kept.copies;
        let body = body?;
        self.make_dir()?;
        let temporary = self.dir.join(format!("{}.tmp-{}", self.name, std::process::id()));
        let write = || {
            let mut file = fs::File::create(&temporary)?;
            file.write_all(HEADER)?;
            file.write_all(self.identity.to_string().as_bytes())?;
            file.write_all(blake3::hash(&body).as_bytes())?;
            file.write_all(&body)?;
            fs::rename(&temporary, self.dir.join(&self.name))
        };
        let written = write();
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        self.sweep();
        written
    }

    /// Removes the caches of the site in `root`, and nothing that `ssg` did not put there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove(root: &Path) -> io::Result<()> {
        let dir = root.join(".ssg-cache");
        let Ok(entries) = fs::read_dir(&dir) else { return Ok(()) };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().unwrap_or("");
            if name.contains(".memo") || [".gitignore", "CACHEDIR.TAG", "clock"].contains(&name) {
                fs::remove_file(entry.path())?;
            }
        }
        match fs::remove_dir(&dir) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err(error),
            _ => Ok(()),
        }
    }

    /// The file system's clock in nanoseconds since 1970, to compare the times of files with.
    #[must_use]
    pub fn now(&self) -> i128 {
        let touch = || {
            self.make_dir()?;
            let path = self.dir.join("clock");
            fs::write(&path, "")?;
            fs::metadata(path)?.modified()
        };
        let now = touch().unwrap_or_else(|_| SystemTime::now());
        now.duration_since(UNIX_EPOCH).map_or(0, |time| i128::try_from(time.as_nanos()).unwrap_or(0))
    }

    fn parse(&self, bytes: &[u8]) -> Option<Kept> {
        let rest = bytes.strip_prefix(HEADER)?.strip_prefix(self.identity.to_string().as_bytes())?;
        let (digest, body) = rest.split_at_checked(32)?;
        if blake3::hash(body).as_bytes() != digest {
            return None;
        }
        postcard::from_bytes(body).ok()
    }

    /// Makes the folder, with a note for backup programs and for git that it need not be kept.
    fn make_dir(&self) -> io::Result<()> {
        if self.dir.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.dir)?;
        fs::write(self.dir.join(".gitignore"), "*\n")?;
        fs::write(
            self.dir.join("CACHEDIR.TAG"),
            "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of ssg; it can be removed at any time.\n",
        )
    }

    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            let is_temporary = entry.file_name().to_str().is_some_and(|name| name.contains(".memo.tmp-"));
            let age = entry.metadata().and_then(|data| data.modified()).map(|time| time.elapsed());
            if is_temporary && age.is_ok_and(|age| age.is_ok_and(|age| age > ABANDONED)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
