//! Puts the files of a theme under `themes/`, all of them or none.
//!
//! Files are written to a folder beside it first and renamed into their place, so a run that is killed leaves what
//! was there. Where the files come from is not asked here.

use crate::fetched::Files;
use ssg_build::write::exchange;
use ssg_source::{Class, Diagnostic, codes};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// How the names of temporary folders begin.
const TEMPORARY: &str = ".ssg-theme-";
/// A temporary folder of this age belongs to no run any more.
const STALE: Duration = Duration::from_secs(3_600);

/// A temporary folder in the site, on the same disk as `themes/`. It vanishes with the value.
pub(crate) struct Installer {
    folder: TempDir,
    themes: PathBuf,
}

impl Installer {
    /// Makes one, and removes those that killed runs left behind.
    ///
    /// # Errors
    /// When the site cannot be written to, or `themes` is a link.
    pub(crate) fn new(root: &Path) -> Result<Self, Diagnostic> {
        let themes = root.join("themes");
        if let Ok(data) = fs::symlink_metadata(&themes)
            && !data.is_dir()
        {
            return Err(Diagnostic::error(codes::THEME_IO, "`themes` is no folder of its own")
                .class(Class::Policy)
                .hint("a link might lead out of the site: make it a folder"));
        }
        sweep(root);
        let folder = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(root);
        Ok(Self { folder: folder.map_err(|error| failed(&error))?, themes })
    }

    /// An empty folder for git.
    pub(crate) fn scratch(&self) -> &Path {
        self.folder.path()
    }

    /// Puts files to `themes/NAME`, which must not be there yet.
    ///
    /// # Errors
    /// When something is there, or the disk fails; then nothing has changed.
    pub(crate) fn put(&self, name: &str, files: &Files) -> Result<(), Diagnostic> {
        let place = self.themes.join(name);
        if fs::symlink_metadata(&place).is_ok() {
            return Err(taken(name));
        }
        let new = self.write(files).map_err(|error| failed(&error))?;
        let made = match fs::create_dir(&self.themes) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) => return Err(failed(&error)),
        };
        fs::rename(&new, &place).map_err(|error| {
            if made {
                // Only where it is empty.
                let _ = fs::remove_dir(&self.themes);
            }
            failed(&error)
        })
    }

    /// Puts files in the place of those of `themes/NAME`.
    ///
    /// # Errors
    /// When the disk fails; then nothing has changed.
    pub(crate) fn swap(&self, name: &str, files: &Files) -> Result<(), Diagnostic> {
        let place = self.themes.join(name);
        if fs::symlink_metadata(&place).is_err() {
            return self.put(name, files);
        }
        let new = self.write(files).map_err(|error| failed(&error))?;
        if exchange(&new, &place).is_ok() {
            // The old files lie in the temporary folder now, and go with it.
            return Ok(());
        }
        let old = self.folder.path().join("old");
        fs::rename(&place, &old).map_err(|error| failed(&error))?;
        fs::rename(&new, &place).map_err(|error| {
            // Where this fails too, the files are in the temporary folder until it is removed.
            let _ = fs::rename(&old, &place);
            failed(&error)
        })
    }

    /// Takes back what [`put`](Self::put) did.
    pub(crate) fn take_back(&self, name: &str) {
        let _ = fs::remove_dir_all(self.themes.join(name));
        let _ = fs::remove_dir(&self.themes);
    }

    /// Takes back what [`swap`](Self::swap) did, where the old files are still at hand.
    pub(crate) fn swap_back(&self, name: &str) {
        let place = self.themes.join(name);
        let (new, old) = (self.folder.path().join("new"), self.folder.path().join("old"));
        let _ = if old.exists() {
            fs::rename(&place, &new).and_then(|()| fs::rename(&old, &place))
        } else {
            exchange(&new, &place)
        };
    }

    /// Writes files to a new folder within this one.
    fn write(&self, files: &Files) -> io::Result<PathBuf> {
        let new = self.folder.path().join("new");
        fs::create_dir(&new)?;
        for (path, bytes) in files {
            let file = new.join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::File::create_new(&file)?.write_all(bytes)?;
        }
        Ok(new)
    }
}

/// What is said where a theme's folder is there already.
pub(crate) fn taken(name: &str) -> Diagnostic {
    Diagnostic::error(codes::EXISTS, format!("`themes/{name}` is there already")).class(Class::Usage)
}

fn failed(error: &io::Error) -> Diagnostic {
    Diagnostic::error(codes::THEME_IO, format!("cannot write the theme: {error}")).class(Class::Machine)
}

/// Removes temporary folders that no run can still be using.
fn sweep(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY));
        let Ok(data) = entry.metadata() else { continue };
        let is_stale =
            data.modified().ok().and_then(|time| time.elapsed().ok()).is_some_and(|age| age > STALE);
        if is_ours && is_stale && data.is_dir() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes a file beside its place and renames it there; its permissions stay.
pub(crate) fn replace_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is kept, and what it points to is replaced.
    let file = file.canonicalize()?;
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let permissions = fs::metadata(&file)?.permissions();
    let mut new = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().set_permissions(permissions)?;
    new.persist(&file).map_err(|error| error.error)?;
    Ok(())
}
