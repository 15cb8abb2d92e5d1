//! Paths of files in the output, and the names there that belong to the writer.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Path of a file in the output: relative, with forward slashes (`posts/x/index.html`).
///
/// Holds no empty part, no `.` or `..`, no control character or backslash and no reserved name, so
/// joining it to the output's folder never leads elsewhere. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutputPath(Arc<str>);

/// Why a text is not an [`OutputPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputPathError {
    /// It is absolute, or has an empty part, `.` or `..`.
    NotPlain,
    /// It holds a backslash or a control character.
    Character(char),
    /// A part of it begins with `.ssg-`: such names are the writer's own.
    Reserved,
}

impl fmt::Display for OutputPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPlain => write!(f, "the path is absolute, or has an empty part, `.` or `..`"),
            Self::Character(c) => write!(f, "the path holds the character {c:?}"),
            Self::Reserved => write!(f, "names that begin with `.ssg-` are reserved"),
        }
    }
}

impl std::error::Error for OutputPathError {}

pub use ssg_source::is_reserved;

impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OutputPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What comes from a file is checked like any other text.
        Self::new(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl OutputPath {
    /// Checks a path.
    ///
    /// # Errors
    /// When it is not plain, holds a character that no path may hold, or uses a reserved name.
    pub fn new(path: &str) -> Result<Self, OutputPathError> {
        if let Some(c) = path.chars().find(|c| c.is_control() || *c == '\\') {
            return Err(OutputPathError::Character(c));
        }
        for part in path.split('/') {
            if matches!(part, "" | "." | "..") || (cfg!(windows) && part.contains(':')) {
                return Err(OutputPathError::NotPlain);
            }
            if is_reserved(part) {
                return Err(OutputPathError::Reserved);
            }
        }
        Ok(Self(path.into()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders that hold it, innermost first, without the output's own (`a/b/c` gives `a/b`, `a`).
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        folders(&self.0)
    }

    /// Where it lies below `dir`.
    #[must_use]
    pub fn below(&self, dir: &Path) -> PathBuf {
        dir.join(&*self.0)
    }
}

/// The folders above a path, innermost first, without the root.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('/').map(|slash| &path[..slash])).skip(1)
}

/// Maps by path can be asked with a text; order and hash are those of the text.
impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
