//! Inputs on disk.

use super::{
    DiskFile, Entry, Inputs, LARGEST, ReadError, Stamp, is_drafts, is_leftover, is_secret, open_without_links,
};
use crate::codes;
use crate::{Class, Diagnostic, Diagnostics, SitePath, shown};
use jiff::Timestamp;
use memchr::memmem;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use unicode_normalization::UnicodeNormalization;

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
        let named = named_on_disk(root, rest);
        let (Some(folder), Some(name)) = (named.parent(), named.file_name()) else {
            return Err(ReadError::NotAFile);
        };
        let mut real = self.real_folder(folder)?.join(name);
        let mut metadata = real.symlink_metadata()?;
        if metadata.is_symlink() {
            real = real.canonicalize()?;
            metadata = real.metadata()?;
        }
        if real != named && !is_part(&real, root) {
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
        open_without_links(&real)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    fn read_start(&self, path: &SitePath, most: usize) -> Result<(Arc<[u8]>, u64), ReadError> {
        let (real, metadata) = self.real(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).map_or(most, |len| len.min(most)));
        open_without_links(&real)?.take(most as u64).read_to_end(&mut bytes)?;
        // A file that grew or shrank meanwhile: what was read is never longer than the whole.
        let length = metadata.len().max(bytes.len() as u64);
        Ok((bytes.into(), length))
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.real(path).is_ok()
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let (root, rest) = self.locate(dir);
        let top = named_on_disk(root, rest);
        if !top.exists() {
            // A disk that is not there for once is no reason to build a site without it.
            if top.is_symlink() {
                let message = format!("`{dir}` is a link that leads nowhere");
                found.add(Diagnostic::error(codes::UNREADABLE_FOLDER, message).in_file(dir));
            }
            return Vec::new();
        }
        if !top.is_dir() && dir.parts().count() == 1 {
            let message = format!("`{dir}` is a file, and should be a folder");
            found.add(Diagnostic::error(codes::UNREADABLE_FOLDER, message).in_file(dir));
            return Vec::new();
        }
        let mut entries = Vec::new();
        let secrets = RefCell::new(Vec::new());
        let mut walk = walkdir::WalkDir::new(&top).follow_links(true).into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_str().filter(|_| entry.depth() > 0);
            if name.is_some_and(is_secret) {
                // In a theme's own folder version control is at home; in what is copied it is not.
                secrets.borrow_mut().extend(site_path(entry.path(), &top, dir).ok().filter(is_copied));
            }
            !name.is_some_and(is_leftover)
        });
        // The linked folder that was met last.
        let mut linked: Option<PathBuf> = None;
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found.add(walk_problem(&error, root, dir));
                    continue;
                }
            };
            // What lies below a link is judged by where it lies, as the link is.
            let is_in_link = linked.as_ref().is_some_and(|link| entry.path().starts_with(link));
            let is_judged = entry.path_is_symlink() || is_in_link;
            if entry.file_type().is_dir() && !is_judged {
                continue;
            }
            let path = if entry.depth() == 0 { Ok(dir.clone()) } else { site_path(entry.path(), &top, dir) };
            let path = match path {
                Ok(path) => path,
                Err(problem) => {
                    found.add(problem);
                    continue;
                }
            };
            let is_followed =
                !is_judged || entry.path().canonicalize().is_ok_and(|real| is_part(&real, root));
            if !is_followed {
                found.add(skipped(&path, "the link leads out of the site, or to what is no part of it"));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_dir() {
                if !is_in_link {
                    linked = Some(entry.into_path());
                }
                continue;
            }
            if !entry.file_type().is_file() {
                found.add(skipped(&path, "it is neither a file nor a folder"));
                continue;
            }
            if is_copied(&path) && holds_private_key(&entry) {
                secrets.borrow_mut().push(path);
                continue;
            }
            let stamp = entry.metadata().ok().map(|metadata| Stamp::of(&metadata));
            entries.push(Entry { path, stamp });
        }
        report_twins(&mut entries, found);
        let mut secrets = secrets.into_inner();
        secrets.sort();
        found.extend(secrets.into_iter().map(|path| kept_out(&path)));
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        self.real(path).ok().map(|(_, metadata)| Stamp::of(&metadata))
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.real(path).ok().map(|(real, _)| real)
    }

    fn find(&self, path: &SitePath) -> Result<DiskFile, ReadError> {
        self.real(path).map(|(real, metadata)| DiskFile::new(real, &metadata))
    }

    fn instant(&self) -> Timestamp {
        self.instant
    }

    fn version(&self) -> &str {
        &self.version
    }
}

/// Whether a file lies in a folder of which files are copied.
fn is_copied(path: &SitePath) -> bool {
    path.parts().any(|part| ["content", "static", "assets"].contains(&part))
}

/// Whether a file that is called like a key begins as a private one does (PEM, RFC 7468). Slides may be called so too.
fn holds_private_key(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
    if ![".key", ".pem", "_key", "-key", ".priv", ".asc"].iter().any(|end| name.ends_with(end)) {
        return false;
    }
    let mut start = Vec::new();
    let read = std::fs::File::open(entry.path()).and_then(|file| file.take(4096).read_to_end(&mut start));
    let is_begin =
        |line: &[u8]| line.starts_with(b"-----BEGIN") && memmem::find(line, b"PRIVATE KEY").is_some();
    read.is_ok() && start.split(|byte| *byte == b'\n').any(is_begin)
}

/// Names that begin with a dot and are parts of sites.
pub const DOTTED: &[&str] = &[".well-known", ".htaccess", ".nojekyll"];

/// Whether what a link leads to is inside the root, and neither hidden, nor version control, nor a secret, nor among drafts:
/// it is judged by its own name.
fn is_part(real: &Path, root: &Path) -> bool {
    real.strip_prefix(root).is_ok_and(|below| {
        let is_content = below.starts_with("content");
        let is_hidden = |name: &str| is_content && name.starts_with('.') && !DOTTED.contains(&name);
        let is_none = |name: &str| is_drafts(name) || is_leftover(name) || is_hidden(name);
        below.iter().all(|part| !part.to_str().is_some_and(is_none))
    })
}

/// Where a path lies on disk: names in it may be written decomposed there.
fn named_on_disk(root: &Path, rest: &str) -> PathBuf {
    let whole = root.join(rest);
    if rest.is_ascii() || whole.symlink_metadata().is_ok() {
        return whole;
    }
    rest.split('/').fold(root.to_owned(), |folder, name| {
        let composed = folder.join(name);
        if name.is_ascii() || composed.symlink_metadata().is_ok() {
            return composed;
        }
        let decomposed = folder.join(name.nfd().collect::<String>());
        if decomposed.symlink_metadata().is_ok() { decomposed } else { composed }
    })
}

/// Reports files whose names look the same, and keeps the first of each.
fn report_twins(entries: &mut Vec<Entry>, found: &mut Diagnostics) {
    let mut known: HashSet<SitePath> = HashSet::new();
    entries.retain(|entry| {
        if entry.path.as_str().is_ascii() || known.insert(entry.path.clone()) {
            return true;
        }
        found.add(
            Diagnostic::error(codes::TWIN_NAMES, "two files have names that look the same")
                .class(Class::Content)
                .in_file(&entry.path)
                .hint("their letters with accents are composed in one and decomposed in the other: keep one"),
        );
        false
    });
}

fn site_path(path: &Path, top: &Path, dir: &SitePath) -> Result<SitePath, Diagnostic> {
    let unusable = || {
        Diagnostic::warning(
            codes::SKIPPED_FILE,
            format!("skipped `{}`: its name is not valid UTF-8 or holds a control character", shown(path)),
        )
        .in_file(dir)
    };
    let rest = path.strip_prefix(top).map_err(|_| unusable())?;
    let rest = rest.to_str().ok_or_else(unusable)?;
    #[cfg(windows)]
    let rest = &rest.replace('\\', "/");
    dir.join(rest).map_err(|_| unusable())
}

fn kept_out(path: &SitePath) -> Diagnostic {
    Diagnostic::warning(
        codes::KEPT_OUT,
        "version control and secrets are no part of a site: this is left out",
    )
    .in_file(path)
    .hint("what is to be online has another name; keep the rest out of the site's folders")
}

fn skipped(path: &SitePath, why: &str) -> Diagnostic {
    Diagnostic::warning(codes::SKIPPED_FILE, format!("skipped `{path}`: {why}")).in_file(path)
}

fn walk_problem(error: &walkdir::Error, root: &Path, dir: &SitePath) -> Diagnostic {
    let path = error
        .path()
        .and_then(|path| path.strip_prefix(root).ok())
        .and_then(SitePath::of_file)
        .unwrap_or_else(|| dir.clone());
    if error.loop_ancestor().is_some() {
        return skipped(&path, "the link leads back into a folder that holds it");
    }
    match error.io_error().map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => skipped(&path, "the link leads nowhere"),
        // Not by its number, which differs from system to system: to itself, or over others.
        Some(kind)
            if kind != io::ErrorKind::PermissionDenied && error.path().is_some_and(Path::is_symlink) =>
        {
            skipped(&path, "the link leads round in a circle, or cannot be followed")
        }
        _ => Diagnostic::error(codes::UNREADABLE_FOLDER, format!("cannot list `{path}`: {error}"))
            .class(Class::Machine)
            .in_file(&path),
    }
}
