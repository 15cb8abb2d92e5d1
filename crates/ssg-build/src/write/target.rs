//! Which folders may be written: the checks that come before any work.

use super::disk;
use super::manifest::{MANIFEST, read_manifest};
use super::path::is_reserved;
use super::{machine, problem};
use ssg_source::{Class, Diagnostic, codes};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Folders of a site that hold sources; nothing is ever written into them.
const SOURCES: [&str; 7] = ["content", "templates", "themes", "data", "static", "assets", ".git"];

/// Where a site is to be written, and what must not be hit.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The output's folder, relative to the working directory or absolute.
    pub dir: &'a Path,
    /// The site's folder.
    pub site_root: &'a Path,
    /// Further folders that hold sources or a cache, relative to the site's folder or absolute.
    pub protected: &'a [PathBuf],
}

/// A target that passed the checks.
#[derive(Clone, Debug)]
pub(super) struct CheckedTarget {
    /// The output's folder: absolute, without links or `..`.
    pub dir: PathBuf,
    /// The folder that holds it.
    pub parent: PathBuf,
    /// Its name there.
    pub name: OsString,
    /// What stands there.
    pub state: TargetState,
}

/// What stands at the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetState {
    Absent,
    /// An empty folder, or one that only leftovers of ours are in.
    Empty,
    /// A folder with our manifest.
    Ours,
}

/// Checks, without changing anything, that a folder may be written.
///
/// # Errors
/// `Class::Usage` when it is the file system's root, the home folder, the site's folder, a parent of
/// one of these, a folder of sources or inside one, a link, a file, or a folder that holds something
/// but no manifest of ours. `Class::Machine` when that cannot be found out.
pub fn check_target(target: &Target) -> Result<(), Diagnostic> {
    let place = CheckedTarget::check(target)?;
    read_manifest(&place.dir).map(drop)
}

/// Checks, without changing anything, that a folder is none that holds sources or much else: all checks
/// of [`check_target`] but those of what stands there. Gives the folder without links or `..` above it.
///
/// # Errors
/// As [`check_target`].
pub fn check_apart(target: &Target) -> Result<PathBuf, Diagnostic> {
    Ok(CheckedTarget::apart(target)?.0)
}

fn refuse(target: &Target, why: &str) -> Diagnostic {
    problem(
        Class::Usage,
        codes::OUTPUT_TARGET,
        format!("the output cannot be written to `{}`: {why}", ssg_source::shown(target.dir)),
    )
    .hint("choose a folder of its own, such as `public`")
}

impl CheckedTarget {
    /// The folder, the one that holds it and its name there; an error where it holds sources or is
    /// much more than an output.
    fn apart(target: &Target) -> Result<(PathBuf, PathBuf, OsString), Diagnostic> {
        let refuse = |why: &str| refuse(target, why);
        let resolve = |path: &Path| resolve(path).map_err(|error| machine("resolve", path, &error));
        let dir = resolve(target.dir)?;
        let (Some(parent), Some(name)) = (dir.parent(), dir.file_name()) else {
            return Err(refuse("it is the root of the file system"));
        };
        let root =
            resolve_all(target.site_root).map_err(|error| machine("resolve", target.site_root, &error))?;
        if dir == root {
            return Err(refuse("it is the site's own folder"));
        }
        if root.starts_with(&dir) {
            return Err(refuse("it holds the site's own folder"));
        }
        if let Some(home) = std::env::home_dir().filter(|home| home.is_absolute())
            && resolve_all(&home).is_ok_and(|home| home.starts_with(&dir))
        {
            return Err(refuse("it is or holds the home folder"));
        }
        for source in SOURCES.iter().map(Path::new).chain(target.protected.iter().map(PathBuf::as_path)) {
            let path = root.join(source);
            let path = resolve_all(&path).map_err(|error| machine("resolve", &path, &error))?;
            if dir.starts_with(&path) {
                return Err(refuse(&format!(
                    "it lies in `{}`, which holds sources",
                    ssg_source::shown(source)
                )));
            }
            if path.starts_with(&dir) {
                return Err(refuse(&format!(
                    "it holds `{}`, which is not output",
                    ssg_source::shown(source)
                )));
            }
        }
        let above = dir.ancestors().skip(1).find_map(|above| fs::metadata(above).ok());
        if above.is_some_and(|above| !above.is_dir()) {
            return Err(refuse("it lies below a file"));
        }
        let (parent, name) = (parent.to_owned(), name.to_owned());
        Ok((dir, parent, name))
    }

    /// All checks but whether the manifest can be read.
    pub(super) fn check(target: &Target) -> Result<Self, Diagnostic> {
        let refuse = |why: &str| refuse(target, why);
        let (dir, parent, name) = Self::apart(target)?;
        let state = match disk::look(&dir).map_err(|error| machine("examine", &dir, &error))? {
            None => TargetState::Absent,
            Some(data) if data.is_symlink() => return Err(refuse("it is a symbolic link")),
            Some(data) if !data.is_dir() => return Err(refuse("it is not a folder")),
            Some(_) if has_manifest(&dir)? => TargetState::Ours,
            Some(_) => match foreign(&dir)? {
                None if holds_any(&dir, OF_BRANCHES)? => TargetState::Ours,
                None => TargetState::Empty,
                Some(name) => {
                    let name = ssg_source::shown(name.as_ref());
                    return Err(refuse(&format!(
                        "it holds `{name}` but no `{MANIFEST}`, so it is not ssg's"
                    ))
                    .hint("empty the folder if nothing in it is needed"));
                }
            },
        };
        Ok(Self { dir, parent, name, state })
    }

    /// A path beside the output, of a name that is reserved for it: `.<name>.ssg-<suffix>`.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".ssg-");
        name.push(suffix);
        self.parent.join(name)
    }

    /// Removes what runs that died left behind. Only for the holder of the lock.
    pub(super) fn sweep(&self) -> Result<(), Diagnostic> {
        let beside = self.beside("tmp-");
        if let Some(prefix) = beside.file_name() {
            sweep(&self.parent, |name| name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()))?;
        }
        match self.state {
            TargetState::Absent => Ok(()),
            TargetState::Ours => sweep(&self.dir, |name| name.as_encoded_bytes().starts_with(b".ssg-tmp-")),
            TargetState::Empty => sweep(&self.dir, |name| name != ".ssg-lock"),
        }
    }
}

fn has_manifest(dir: &Path) -> Result<bool, Diagnostic> {
    let path = dir.join(MANIFEST);
    Ok(disk::look(&path).map_err(|error| machine("examine", &path, &error))?.is_some())
}

fn sweep(dir: &Path, ours: impl Fn(&OsStr) -> bool) -> Result<(), Diagnostic> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        // A folder that may be written but not listed hides its leftovers; they do no harm.
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return Ok(()),
        Err(error) => return Err(machine("list", dir, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| machine("list", dir, &error))?;
        if ours(&entry.file_name()) {
            let path = entry.path();
            disk::remove_all(&path).map_err(|error| machine("remove", &path, &error))?;
        }
    }
    Ok(())
}

/// What stands in a folder that is the work tree of a branch which a host serves: not ours, never touched, and no
/// sign that the rest is somebody's.
const OF_BRANCHES: &[&str] = &[".git", ".nojekyll", "CNAME"];

fn holds_any(dir: &Path, names: &[&str]) -> Result<bool, Diagnostic> {
    for name in names {
        let path = dir.join(name);
        if disk::look(&path).map_err(|error| machine("examine", &path, &error))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The name of something in the folder that is not ours.
fn foreign(dir: &Path) -> Result<Option<OsString>, Diagnostic> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| machine("list", dir, &error))? {
        let name = entry.map_err(|error| machine("list", dir, &error))?.file_name();
        if !name.to_str().is_some_and(|name| is_reserved(name) || OF_BRANCHES.contains(&name)) {
            names.push(name);
        }
    }
    Ok(names.into_iter().min())
}

/// An absolute path without `.`, `..` and links, except that its last part may be a link. What does
/// not exist is taken as it is written.
fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut parts = path.components().peekable();
    let mut resolved = PathBuf::new();
    while let Some(part) = parts.next() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            // A drive of Windows without its root is no folder.
            Component::Prefix(drive) => {
                resolved.push(drive.as_os_str());
                continue;
            }
            other => resolved.push(other),
        }
        if parts.peek().is_some() {
            match fs::canonicalize(&resolved) {
                Ok(real) => resolved = real,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(resolved)
}

fn resolve_all(path: &Path) -> std::io::Result<PathBuf> {
    let resolved = resolve(path)?;
    Ok(fs::canonicalize(&resolved).unwrap_or(resolved))
}
