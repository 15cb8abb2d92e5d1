//! Paths of files relative to the site's root, with forward slashes on every system.
//!
//! A [`SitePath`] cannot lead out of the site by its text: no `..`, no root, no backslash, no control characters. Whether
//! a link on disk leads out is seen when the file is opened.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::path::{Component, Path};
use std::sync::Arc;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Path of a source file relative to the site's root: forward slashes, no `.` or `..`, no leading
/// or trailing slash. The empty path is the root itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SitePath(Arc<str>);

/// Why a text is not a [`SitePath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// It leads out of the site with `..`, or is absolute.
    Escapes,
    /// It holds a NUL, a backslash or another control character.
    Character(char),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escapes => write!(f, "the path leads out of the site"),
            Self::Character(c) => write!(f, "the path holds the character {c:?}"),
        }
    }
}

impl std::error::Error for PathError {}

impl<'de> Deserialize<'de> for SitePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What comes from a file is checked like any other text: it must not lead out of the site.
        Self::new(<&str>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl SitePath {
    /// Reads a relative path; `a//b` and `./a` are cleaned up.
    ///
    /// # Errors
    /// For absolute paths, for `..`, and for control characters or backslashes.
    pub fn new(path: &str) -> Result<Self, PathError> {
        if path.starts_with('/') {
            return Err(PathError::Escapes);
        }
        Self::join_parts("", path)
    }

    /// The path of a file by its path below the site's root, as the system writes it: Windows parts it by backslashes.
    /// `None` where no [`SitePath`] can be of it.
    #[must_use]
    pub fn of_file(below: &Path) -> Option<Self> {
        let mut parts = Vec::new();
        for part in below.components() {
            match part {
                Component::Normal(part) => parts.push(part.to_str()?),
                Component::CurDir => {}
                Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
            }
        }
        Self::new(&parts.join("/")).ok()
    }

    /// The site's root.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// This path with `below` added.
    ///
    /// # Errors
    /// As [`SitePath::new`]; `..` is an error even where it would stay inside.
    pub fn join(&self, below: &str) -> Result<Self, PathError> {
        if below.starts_with('/') {
            return Err(PathError::Escapes);
        }
        Self::join_parts(&self.0, below)
    }

    /// Resolves `reference` against the folder of this file; `..` may climb as far as the root.
    ///
    /// # Errors
    /// When it climbs out of the site, or holds a character that no path may hold.
    pub fn resolve(&self, reference: &str) -> Result<Self, PathError> {
        let mut parts: Vec<&str> = match self.0.rfind('/') {
            Some(slash) => self.0[..slash].split('/').collect(),
            None => Vec::new(),
        };
        check_characters(reference)?;
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathError::Escapes)?;
                }
                other => parts.push(other),
            }
        }
        Ok(Self::composed(parts.join("/")))
    }

    /// Names that look the same are the same: a path is in the composed form (NFC), in which people type, though some systems
    /// and archives write the names of files decomposed.
    fn composed(path: String) -> Self {
        if path.is_ascii() || is_nfc_quick(path.chars()) == IsNormalized::Yes {
            return Self(path.into());
        }
        Self(path.nfc().collect::<String>().into())
    }

    fn join_parts(base: &str, below: &str) -> Result<Self, PathError> {
        check_characters(below)?;
        let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
        for part in below.split('/') {
            match part {
                "" | "." => {}
                ".." => return Err(PathError::Escapes),
                other => parts.push(other),
            }
        }
        Ok(Self::composed(parts.join("/")))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last part; empty for the root.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Its last part without the extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The extension, without the dot, as it is written.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        let name = self.file_name();
        let dot = name.rfind('.').filter(|dot| *dot > 0)?;
        Some(&name[dot + 1..])
    }

    /// The folder that holds it; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        let folder = self.0.rfind('/').map_or("", |slash| &self.0[..slash]);
        Some(Self(folder.into()))
    }

    /// The rest of the path below `folder`; `None` when it lies elsewhere.
    #[must_use]
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Its parts in order; none for the root.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }
}

/// How every name begins that the program uses for itself inside the output.
const RESERVED: &str = ".ssg-";

/// Whether a file or folder of the output is the program's own: its manifest, its stamps, a
/// temporary. Such a name is never served and never published, and no output may have it.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    name.get(..RESERVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESERVED))
}

/// A path of the disk for messages: on one line, whatever its name holds.
#[must_use]
pub fn shown(path: &Path) -> String {
    escaped(&path.to_string_lossy(), is_unseen).into_owned()
}

/// A text in which some characters are written as what they are, such as `\u{202e}`.
pub(crate) fn escaped(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown.into()
}

/// Whether a character would change how a line looks, and not be seen itself: control characters, and
/// those that turn the direction of writing.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn check_characters(path: &str) -> Result<(), PathError> {
    match path.chars().find(|c| c.is_control() || *c == '\\') {
        Some(c) => Err(PathError::Character(c)),
        None => Ok(()),
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_slashes_on_every_system() {
        let file: std::path::PathBuf = ["content", ".", "posts", "a.md"].iter().collect();
        assert_eq!(SitePath::of_file(&file).expect("inside").as_str(), "content/posts/a.md");
        assert_eq!(SitePath::of_file(Path::new("")), Some(SitePath::root()));
        let elsewhere: std::path::PathBuf = ["..", "a.md"].iter().collect();
        assert_eq!(SitePath::of_file(&elsewhere), None);
        assert_eq!(SitePath::of_file(Path::new("/etc/passwd")), None);
    }

    #[test]
    fn climbing_out_is_refused() {
        assert_eq!(SitePath::new("../x"), Err(PathError::Escapes));
        assert_eq!(SitePath::new("/etc/passwd"), Err(PathError::Escapes));
        let page = SitePath::new("content/posts/a.md").expect("valid");
        assert_eq!(page.resolve("../b.md").expect("inside").as_str(), "content/b.md");
        assert_eq!(page.resolve("../../../b.md"), Err(PathError::Escapes));
    }

    #[test]
    fn parts_of_a_path() {
        let page = SitePath::new("./content//posts/a.b.md").expect("valid");
        assert_eq!(page.as_str(), "content/posts/a.b.md");
        assert_eq!((page.file_name(), page.stem()), ("a.b.md", "a.b"));
        assert_eq!(page.extension(), Some("md"));
        assert_eq!(page.below("content"), Some("posts/a.b.md"));
        assert_eq!(page.below("cont"), None);
        assert_eq!(SitePath::root().parent(), None);
    }
}
