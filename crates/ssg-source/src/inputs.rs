//! The only door to the outside: files, their stamps, and the instant of the build.
//!
//! Content and themes are read through [`Inputs`]. On disk it refuses what could hang or leave
//! the site: links out of the root, loops, pipes and devices. In tests it is a map.

use crate::{Class, Diagnostic, Diagnostics, SitePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Largest file that is read whole, in bytes. Larger ones can only be copied.
const LARGEST: u64 = 1 << 30;

/// What a build reads. Every method gives the same answer however often it is asked during one
/// build, as far as the file system allows.
pub trait Inputs: Sync {
    /// Reads a whole file.
    ///
    /// # Errors
    /// When there is no such file, it cannot be read, it lies outside the site, or is over 1 GiB.
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError>;

    /// Reads the beginning of a file, at most `most` bytes, and tells the length of the whole.
    ///
    /// # Errors
    /// As for [`read`](Self::read), but no file is too large.
    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        let bytes = self.read(path)?;
        let start = &bytes[..bytes.len().min(most)];
        Ok((start.into(), bytes.len() as u64))
    }

    /// Whether there is a file of this name.
    fn exists(&self, path: &SitePath) -> bool;

    /// Every file below `dir`, sorted by path, so that builds do not depend on the disk's order.
    ///
    /// Editors' leftovers are left out ([`is_leftover`]). What cannot be listed (a link out of the
    /// site, a pipe, an unreadable folder) is left out with a diagnostic. A missing folder is empty.
    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry>;

    /// What tells, without reading it, that a file is the same as before; `None` where there is no
    /// such file, or no such thing.
    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        let _ = path;
        None
    }

    /// Where the file lies on disk, for copying without reading it; `None` in memory.
    fn on_disk(&self, path: &SitePath) -> Option<PathBuf>;

    /// The instant of the build: it decides drafts, states of events and dates of expiry.
    fn instant(&self) -> Timestamp;

    /// Version of the program, as templates may print it.
    fn version(&self) -> &str;
}

/// A file in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub path: SitePath,
    /// When its content was last known to change; `None` where there are no such times.
    pub stamp: Option<Stamp>,
}

/// What tells, without reading it, that a file is the same as before.
///
/// `ctime` catches an edit whose size and modification time were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub mtime: i128,
    /// Change of status in nanoseconds since 1970; 0 where the system has none.
    pub ctime: i128,
    /// Number of the file; 0 where the system has none.
    pub inode: u64,
}

/// An edit this soon after another may carry the same times, in nanoseconds: the clocks of file
/// systems are coarse (4 ms and more).
const COARSE: i128 = 50_000_000;

impl Stamp {
    /// Whether the file changed long enough before `now`, in nanoseconds since 1970 by the file
    /// system's clock, for any later edit to give it another stamp.
    #[must_use]
    pub fn is_settled(&self, now: i128) -> bool {
        self.mtime.max(self.ctime) + COARSE < now
    }
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// A link leads out of the site.
    Outside,
    /// Too large to be read whole: its size in bytes.
    TooLarge(u64),
    /// Not a regular file.
    NotAFile,
    /// The system says no.
    Io(io::ErrorKind, String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such file"),
            Self::Outside => write!(f, "a link leads out of the site"),
            Self::TooLarge(size) => write!(f, "the file is too large to be read ({size} bytes)"),
            Self::NotAFile => write!(f, "not a regular file"),
            Self::Io(_, message) => write!(f, "{message}"),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            kind => Self::Io(kind, error.to_string()),
        }
    }
}

impl ReadError {
    /// The diagnostic for a file that the build needs.
    #[must_use]
    pub fn diagnostic(&self, path: &SitePath) -> Diagnostic {
        let class = match self {
            Self::Missing | Self::TooLarge(_) | Self::NotAFile => Class::Content,
            Self::Outside => Class::Policy,
            Self::Io(..) => Class::Machine,
        };
        Diagnostic::error("unreadable-file", format!("cannot read `{path}`: {self}"))
            .class(class)
            .in_file(path)
    }
}

/// Whether a file or folder is what editors and file managers leave behind.
#[must_use]
pub fn is_leftover(name: &str) -> bool {
    name.ends_with('~')
        || name == ".DS_Store"
        || name == "Thumbs.db"
        || name == "desktop.ini"
        || name == "4913"
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx", ".tmp~", ".kate-swp"].iter().any(|end| name.ends_with(end))
}

/// Reads from a folder, with other folders mounted at names below it.
#[derive(Debug)]
pub struct DiskInputs {
    root: PathBuf,
    mounts: Vec<(SitePath, PathBuf)>,
    instant: Timestamp,
    version: String,
    /// Where folders really are: they are few, and files many.
    folders: RwLock<HashMap<PathBuf, PathBuf>>,
}

impl DiskInputs {
    /// Inputs of the site in `root`, which is made absolute.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be entered.
    pub fn new(root: &Path, instant: Timestamp, version: &str) -> io::Result<Self> {
        Ok(Self {
            root: root.canonicalize()?,
            mounts: Vec::new(),
            instant,
            version: version.to_owned(),
            folders: RwLock::default(),
        })
    }

    /// Shows the folder `dir` as `at`: a theme that lies outside the site is a root of its own.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be entered.
    pub fn mount(&mut self, at: SitePath, dir: &Path) -> io::Result<()> {
        self.mounts.push((at, dir.canonicalize()?));
        Ok(())
    }

    /// Sets the instant of the build.
    pub fn set_instant(&mut self, instant: Timestamp) {
        self.instant = instant;
    }

    /// The site's folder, absolute.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that a path lies in, with the rest of the path.
    fn locate<'p>(&self, path: &'p SitePath) -> (&Path, &'p str) {
        self.mounts
            .iter()
            .find_map(|(at, dir)| {
                let rest = if path == at { "" } else { path.below(at.as_str())? };
                Some((dir.as_path(), rest))
            })
            .unwrap_or((&self.root, path.as_str()))
    }

    /// The real place of a regular file inside its root.
    fn real(&self, path: &SitePath) -> Result<(PathBuf, std::fs::Metadata), ReadError> {
        let (root, rest) = self.locate(path);
        let named = root.join(rest);
        let (Some(folder), Some(name)) = (named.parent(), named.file_name()) else {
            return Err(ReadError::NotAFile);
        };
        let mut real = self.real_folder(folder)?.join(name);
        let mut metadata = real.symlink_metadata()?;
        if metadata.is_symlink() {
            real = real.canonicalize()?;
            metadata = real.metadata()?;
        }
        if !real.starts_with(root) {
            return Err(ReadError::Outside);
        }
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        Ok((real, metadata))
    }

    /// Where a folder really is. Asked once: whoever wants to see later changes of links makes new
    /// inputs.
    fn real_folder(&self, folder: &Path) -> io::Result<PathBuf> {
        if let Some(real) = self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder) {
            return Ok(real.clone());
        }
        let real = folder.canonicalize()?;
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        Ok(folders.entry(folder.to_owned()).or_insert(real).clone())
    }
}

impl Inputs for DiskInputs {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        let (real, metadata) = self.real(path)?;
        if metadata.len() > LARGEST {
            return Err(ReadError::TooLarge(metadata.len()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        std::fs::File::open(real)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        let (real, metadata) = self.real(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).map_or(most, |len| len.min(most)));
        std::fs::File::open(real)?.take(most as u64).read_to_end(&mut bytes)?;
        // A file that grew or shrank meanwhile: what was read is never longer than the whole.
        let length = metadata.len().max(bytes.len() as u64);
        Ok((bytes.into(), length))
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.real(path).is_ok()
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let (root, rest) = self.locate(dir);
        let top = root.join(rest);
        if !top.exists() {
            return Vec::new();
        }
        let mut entries = Vec::new();
        // Whether the folder of the last file is a link out of the root, or below one.
        let mut folder: Option<(PathBuf, bool)> = None;
        let walk = walkdir::WalkDir::new(&top)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_leftover));
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found.add(walk_problem(&error, root, dir));
                    continue;
                }
            };
            if entry.file_type().is_dir() && !entry.path_is_symlink() {
                continue;
            }
            let path = match site_path(entry.path(), &top, dir) {
                Ok(path) => path,
                Err(problem) => {
                    found.add(problem);
                    continue;
                }
            };
            // A linked folder is checked where it is met; what is below it is inside with it.
            let inside = !entry.path_is_symlink()
                || entry.path().canonicalize().is_ok_and(|real| real.starts_with(root));
            let parent = entry.path().parent().unwrap_or(&top);
            let out = match &folder {
                Some((known, out)) if known == parent => *out,
                _ => {
                    let out = linked_out(entry.path(), &top, root);
                    folder = Some((parent.to_owned(), out));
                    out
                }
            };
            if !inside || out {
                found.add(skipped(&path, "the link leads out of the site"));
                continue;
            }
            if entry.file_type().is_dir() {
                continue;
            }
            if !entry.file_type().is_file() {
                found.add(skipped(&path, "it is neither a file nor a folder"));
                continue;
            }
            let stamp = entry.metadata().ok().map(|metadata| stamp(&metadata));
            entries.push(Entry { path, stamp });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        self.real(path).ok().map(|(_, metadata)| stamp(&metadata))
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.real(path).ok().map(|(real, _)| real)
    }

    fn instant(&self) -> Timestamp {
        self.instant
    }

    fn version(&self) -> &str {
        &self.version
    }
}

/// Whether a folder between `top` and this file is a link out of the root.
fn linked_out(path: &Path, top: &Path, root: &Path) -> bool {
    path.ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(top))
        .filter(|folder| folder.is_symlink())
        .any(|folder| !folder.canonicalize().is_ok_and(|real| real.starts_with(root)))
}

fn site_path(path: &Path, top: &Path, dir: &SitePath) -> Result<SitePath, Diagnostic> {
    let unusable = || {
        Diagnostic::warning(
            "skipped-file",
            format!("skipped {}: its name is not valid UTF-8 or holds a control character", path.display()),
        )
        .in_file(dir)
    };
    let rest = path.strip_prefix(top).map_err(|_| unusable())?;
    let rest = rest.to_str().ok_or_else(unusable)?;
    #[cfg(windows)]
    let rest = &rest.replace('\\', "/");
    dir.join(rest).map_err(|_| unusable())
}

fn skipped(path: &SitePath, why: &str) -> Diagnostic {
    Diagnostic::warning("skipped-file", format!("skipped `{path}`: {why}")).in_file(path)
}

fn walk_problem(error: &walkdir::Error, root: &Path, dir: &SitePath) -> Diagnostic {
    let path = error
        .path()
        .and_then(|path| path.strip_prefix(root).ok())
        .and_then(|path| path.to_str())
        .and_then(|path| SitePath::new(path).ok())
        .unwrap_or_else(|| dir.clone());
    if error.loop_ancestor().is_some() {
        return skipped(&path, "the link leads back into a folder that holds it");
    }
    match error.io_error().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => skipped(&path, "the link leads nowhere"),
        _ => Diagnostic::error("unreadable-folder", format!("cannot list `{path}`: {error}"))
            .class(Class::Machine)
            .in_file(&path),
    }
}

fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    let mtime = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |time| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX));
    #[cfg(unix)]
    let (ctime, inode) = {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
        (nanoseconds, metadata.ino())
    };
    #[cfg(not(unix))]
    let (ctime, inode) = (0, 0);
    Stamp { size: metadata.len(), mtime, ctime, inode }
}

/// A site held in memory, for tests.
#[derive(Clone, Debug)]
pub struct MemoryInputs {
    files: BTreeMap<SitePath, Arc<[u8]>>,
    instant: Timestamp,
}

impl MemoryInputs {
    /// An empty site, built at `instant`.
    #[must_use]
    pub fn new(instant: Timestamp) -> Self {
        Self { files: BTreeMap::new(), instant }
    }

    /// Adds or replaces a file.
    pub fn write(&mut self, path: SitePath, bytes: impl AsRef<[u8]>) {
        self.files.insert(path, bytes.as_ref().into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &SitePath) {
        self.files.remove(path);
    }

    /// Sets the instant of the build.
    pub fn set_instant(&mut self, instant: Timestamp) {
        self.instant = instant;
    }

    /// The files, by path.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        &self.files
    }
}

impl Inputs for MemoryInputs {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.files.contains_key(path)
    }

    fn list(&self, dir: &SitePath, _: &mut Diagnostics) -> Vec<Entry> {
        self.files
            .keys()
            .filter(|path| path.below(dir.as_str()).is_some())
            .filter(|path| !path.parts().any(is_leftover))
            .map(|path| Entry { path: path.clone(), stamp: None })
            .collect()
    }

    fn on_disk(&self, _: &SitePath) -> Option<PathBuf> {
        None
    }

    fn instant(&self) -> Timestamp {
        self.instant
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk(root: &Path) -> DiskInputs {
        DiskInputs::new(root, Timestamp::UNIX_EPOCH, "0.0.0").expect("folder exists")
    }

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("valid")
    }

    #[cfg(unix)]
    #[test]
    fn links_out_loops_and_pipes_are_left_out_with_a_warning() {
        let outside = tempfile::tempdir().expect("temporary folder");
        std::fs::write(outside.path().join("secret"), "x").expect("written");
        let site = tempfile::tempdir().expect("temporary folder");
        let content = site.path().join("content");
        std::fs::create_dir(&content).expect("made");
        std::fs::write(content.join("a.md"), "a").expect("written");
        std::fs::write(content.join("a.md~"), "a").expect("written");
        std::os::unix::fs::symlink(outside.path(), content.join("out")).expect("linked");
        std::os::unix::fs::symlink(outside.path().join("secret"), content.join("s.md")).expect("linked");
        std::os::unix::fs::symlink(&content, content.join("loop")).expect("linked");
        std::os::unix::fs::symlink("nowhere", content.join("dangling.md")).expect("linked");
        // Reading a pipe would wait for ever.
        let piped = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status();
        assert!(piped.is_ok_and(|status| status.success()));
        let inputs = disk(site.path());
        let mut found = Diagnostics::new();
        let listed = inputs.list(&path("content"), &mut found);
        let names: Vec<_> = listed.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(names, ["content/a.md"]);
        assert!(found.len() >= 5, "{found:?}");
        assert_eq!(inputs.read(&path("content/pipe.md")), Err(ReadError::NotAFile));
        assert!(!found.has_errors());
        assert_eq!(inputs.read(&path("content/s.md")), Err(ReadError::Outside));
    }

    #[test]
    fn the_beginning_of_a_file_comes_with_the_length_of_the_whole() {
        let site = tempfile::tempdir().expect("temporary folder");
        std::fs::write(site.path().join("a.png"), "0123456789").expect("written");
        let mut memory = MemoryInputs::new(Timestamp::UNIX_EPOCH);
        memory.write(path("a.png"), "0123456789");
        for inputs in [&disk(site.path()) as &dyn Inputs, &memory] {
            let (start, length) = inputs.read_start(&path("a.png"), 4).expect("readable");
            assert_eq!((&*start, length), (b"0123".as_slice(), 10));
            let (all, length) = inputs.read_start(&path("a.png"), 40).expect("readable");
            assert_eq!((all.len(), length), (10, 10));
            assert_eq!(inputs.read_start(&path("b.png"), 4), Err(ReadError::Missing));
        }
    }

    #[test]
    fn a_mounted_theme_is_a_root_of_its_own() {
        let theme = tempfile::tempdir().expect("temporary folder");
        std::fs::write(theme.path().join("theme.toml"), "name = 'x'").expect("written");
        let site = tempfile::tempdir().expect("temporary folder");
        let mut inputs = disk(site.path());
        inputs.mount(path("theme@x"), theme.path()).expect("mounted");
        assert!(inputs.exists(&path("theme@x/theme.toml")));
        let listed = inputs.list(&path("theme@x"), &mut Diagnostics::new());
        assert_eq!(listed[0].path, path("theme@x/theme.toml"));
    }
}
