//! The only door to the outside: files, their stamps, and the instant of the build.
//!
//! Content and themes are read through [`Inputs`]. On disk it refuses what could hang or leave
//! the site: links out of the root, loops, pipes and devices. In tests it is a map.

mod disk;
mod file;
mod memory;
mod overlay;
#[cfg(test)]
mod tests;

pub use disk::{DOTTED, DiskInputs};
pub use file::{DiskFile, open_file, open_without_links};
pub use memory::MemoryInputs;
pub use overlay::{Overlay, Texts};

use crate::codes;
use crate::{Class, Diagnostic, Diagnostics, SitePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

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

    /// The file as it lies on disk now, for copying it later: what is opened then is that file.
    ///
    /// # Errors
    /// As for [`read`](Self::read), but no file is too large; in memory there is none.
    fn find(&self, path: &SitePath) -> Result<DiskFile, ReadError> {
        let place = self.on_disk(path).ok_or(ReadError::Missing)?;
        Ok(DiskFile::said(place, self.stamp(path)))
    }

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
        Diagnostic::error(codes::UNREADABLE_FILE, format!("cannot read `{path}`: {self}"))
            .class(class)
            .in_file(path)
    }
}

/// Names that version control and programs keep for themselves.
const SECRETS: &[&str] = &[
    ".git",
    ".gitmodules",
    ".gitconfig",
    ".git-credentials",
    ".hg",
    ".svn",
    ".bzr",
    ".env",
    ".envrc",
    ".npmrc",
    ".yarnrc",
    ".pypirc",
    ".netrc",
    "_netrc",
    ".pgpass",
    ".my.cnf",
    ".htpasswd",
    ".dockercfg",
    ".dockerconfigjson",
    ".vault-token",
    ".terraform",
    ".terraformrc",
    ".bash_history",
    ".zsh_history",
    ".psql_history",
    ".mysql_history",
    ".ssg-cache",
    ".docker",
    ".kube",
    ".aws",
    ".azure",
    ".gnupg",
    ".ssh",
    ".vscode",
    ".idea",
    "kubeconfig",
    "credentials.json",
    "client_secret.json",
    "service-account.json",
    "secrets.yml",
    "secrets.yaml",
    "wp-config.php",
    "rclone.conf",
    ".vault_pass",
    ".yarnrc.yml",
    ".dev.vars",
    ".s3cfg",
    ".boto",
    ".python_history",
    ".jj",
    ".pijul",
    "_darcs",
    "cvs",
];

/// Ends of names that hold secrets.
const SECRET_ENDS: &[&str] =
    &[".env", ".kdbx", ".p12", ".pfx", ".ppk", ".jks", ".keystore", ".tfstate", ".tfstate.backup", ".tfvars"];

/// Whether a folder is one of drafts, of which nothing goes out, under another name either: `_drafts`, as Jekyll calls it, or `_private` and the like.
#[must_use]
pub fn is_drafts(name: &str) -> bool {
    ["_drafts", "_draft", "_private", "_hidden", "_unpublished", "_wip"]
        .iter()
        .any(|drafts| name.eq_ignore_ascii_case(drafts))
}

/// Whether a file or folder is version control's own or holds secrets: such a name is told when it is left out.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_key =
        |stem: &str| ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"].iter().any(|key| stem.starts_with(key));
    SECRETS.contains(&lower.as_str())
        || SECRET_ENDS.iter().any(|end| lower.ends_with(end))
        || lower.starts_with(".env.")
        || is_key(&lower)
}

/// Whether a file or folder is what editors and file managers leave behind, what a version control keeps
/// for itself, or a file of secrets: a part of no site.
#[must_use]
pub fn is_leftover(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.ends_with('~')
        || is_secret(name)
        || name.starts_with("._")
        || name.starts_with("~$")
        || name.starts_with(".~lock.")
        || [".ds_store", ".spotlight-v100", ".trashes", ".fseventsd", ".directory", ".dropbox", ".stfolder"]
            .contains(&lower.as_str())
        || name.contains(".sync-conflict-")
        || name == "Thumbs.db"
        || name == "desktop.ini"
        || name == "4913"
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx", ".tmp~", ".kate-swp", ".orig", ".rej"]
            .iter()
            .any(|end| name.ends_with(end))
        || is_copy_of_text(&lower)
}

/// What may stand behind `.md` without the file's being a copy: other forms of it, for readers.
const FORMS: &[&str] = &[
    "gz", "br", "zst", "zip", "txt", "html", "pdf", "asc", "sig", "sha256", "diff", "patch", "j2", "tmpl",
    "tera", "example", "sample",
];

/// What people and programs put behind the name of data that they keep: `talks.yaml.bak`.
const KEPT: &[&str] =
    &["bak", "backup", "copy", "disabled", "draft", "mine", "off", "old", "orig", "save", "tmp"];

/// Whether a file is what is left of an earlier text, or one that is put aside: `post.md.bak`, `post.md.1`, `post.md_`,
/// `post.md.mine`. It may have been public or not.
fn is_copy_of_text(lower: &str) -> bool {
    let behind = |end: &str| {
        let rest = &lower[lower.rfind(end)? + end.len()..];
        let word = rest.trim_start_matches(['.', '_', '-', '~', ' ']);
        (word.len() < rest.len() && !word.contains('.')).then_some(word)
    };
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    [".md", ".markdown"]
        .iter()
        .filter_map(|end| behind(end))
        .any(|word| word.len() <= 12 && !FORMS.contains(&word))
        || [".toml", ".yaml", ".yml"]
            .iter()
            .filter_map(|end| behind(end))
            .any(|word| is_number(word) || KEPT.contains(&word))
}
