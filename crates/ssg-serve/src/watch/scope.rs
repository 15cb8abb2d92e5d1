//! What is watched and what is not, and which paths of the system belong to which root.

use super::real_path::real;
use notify::RecursiveMode;
use ssg_source::is_leftover;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The roots and what is ignored below them.
#[derive(Debug)]
pub(super) struct Scope {
    roots: Vec<Root>,
    ignore: Vec<PathBuf>,
}

#[derive(Debug)]
struct Root {
    /// As the caller names it.
    given: PathBuf,
    /// Absolute.
    path: PathBuf,
    /// Absolute without links, by which the system reports; the same as `path` while there is none.
    real: PathBuf,
}

impl Scope {
    pub(super) fn new(roots: &[PathBuf], ignore: Vec<PathBuf>) -> Self {
        let mut all = Vec::new();
        for path in ignore {
            let path = std::path::absolute(&path).unwrap_or(path);
            all.push(real(&path));
            all.push(path);
        }
        let mut scope = Self { roots: Vec::new(), ignore: all };
        scope.replace(roots);
        scope
    }

    pub(super) fn replace(&mut self, roots: &[PathBuf]) {
        let root = |given: &PathBuf| {
            let path = std::path::absolute(given).unwrap_or_else(|_| given.clone());
            Root { given: given.clone(), real: real(&path), path }
        };
        self.roots = roots.iter().map(root).collect();
    }

    /// The roots, as they were given.
    pub(super) fn roots(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().map(|root| root.given.as_path())
    }

    /// The roots as absolute paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().map(|root| root.path.as_path())
    }

    /// The path as the caller names it, by every name that it has below the roots; none where it is none of the
    /// caller's business.
    pub(super) fn places<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
        let place = move |root: &Root| {
            let below = path.strip_prefix(&root.path).or_else(|_| path.strip_prefix(&root.real)).ok()?;
            // Joining nothing would add a slash to the path of a file.
            Some(if below.as_os_str().is_empty() { root.given.clone() } else { root.given.join(below) })
        };
        let known = !self.is_ignored(path);
        self.roots.iter().filter(move |_| known).filter_map(place)
    }

    /// Whether the path is ignored, or is an editor's leftover.
    pub(super) fn is_ignored(&self, path: &Path) -> bool {
        path.file_name().and_then(|name| name.to_str()).is_some_and(is_leftover)
            || self.ignore.iter().any(|ignored| path.starts_with(ignored))
    }

    /// The roots that come or go with this path: itself, or those below it.
    pub(super) fn moved_with<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
        let moves = move |root: &&Root| root.path.starts_with(path) || root.real.starts_with(path);
        self.roots.iter().filter(moves).map(|root| root.given.clone())
    }

    /// What has to be watched now. Every root has the folder around it watched too, or the nearest
    /// that exists, so that it is noticed when it comes, goes or is replaced.
    pub(super) fn watches(&mut self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut watches = BTreeMap::new();
        let mut around = Vec::new();
        for root in &mut self.roots {
            root.real = real(&root.path);
            // A watched file would be lost when an editor renames another over it.
            if root.real.is_dir() {
                watches.insert(root.real.clone(), RecursiveMode::Recursive);
            }
            for path in [&root.path, &root.real] {
                around.extend(path.ancestors().skip(1).find(|folder| folder.is_dir()).map(real));
            }
        }
        let folders: Vec<PathBuf> = watches.keys().cloned().collect();
        let inside = |path: &Path| folders.iter().any(|folder| path != folder && path.starts_with(folder));
        watches.retain(|path, _| !inside(path));
        for folder in around {
            // A second, flat watch on a folder would make the first one flat.
            if !inside(&folder) {
                watches.entry(folder).or_insert(RecursiveMode::NonRecursive);
            }
        }
        watches
    }
}
