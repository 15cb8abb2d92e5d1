//! Puts staged files in their places, in an order that can be cut or undone anywhere.
//!
//! All that may need much space is written before the first change; from then on there are only
//! renames, links and folders. Each step is logged with its reverse, so a step that fails leaves
//! the output as it was. What is replaced or removed is kept in the staging folder until the end.

use super::disk;
use super::manifest::{MANIFEST, Manifest};
use super::update::{Entry, Folder, Update, in_the_way};
use super::{OutputPath, WriteReport, machine, problem, stamps};
use ssg_source::hash::HashSet;
use ssg_source::{Class, Diagnostic, codes};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

type Entries = BTreeMap<OutputPath, Entry>;

/// What is to be done.
pub(super) struct Commit<'a> {
    update: &'a Update,
    entries: &'a Entries,
    /// Ours, and no longer wanted.
    stale: BTreeSet<&'a OutputPath>,
    /// Folders of ours that stand where a file must go, each after those that it holds.
    folders_in_way: Vec<PathBuf>,
    undo: Vec<Undo>,
    removed: usize,
}

/// The reverse of a step.
enum Undo {
    Rename { from: PathBuf, to: PathBuf },
    RemoveFile(PathBuf),
    RemoveFolder(PathBuf),
    MakeFolder(PathBuf),
}

/// A step that the system refused, with the path it was about.
type Step<T = ()> = Result<T, (PathBuf, io::Error)>;

fn at<T>(path: &Path, result: io::Result<T>) -> Step<T> {
    result.map_err(|error| (path.to_owned(), error))
}

impl<'a> Commit<'a> {
    /// Checks that it can be done, without changing anything.
    pub(super) fn new(update: &'a Update, entries: &'a Entries) -> Result<Self, Diagnostic> {
        let files: HashSet<&str> = entries.keys().map(OutputPath::as_str).collect();
        for path in entries.keys() {
            if let Some(folder) = path.folders().find(|folder| files.contains(folder)) {
                let message = format!("the output `{folder}` is a file, and a folder for `{path}`");
                return Err(problem(Class::Content, codes::OUTPUT_COLLISION, message));
            }
        }
        let old = update.old.iter().flat_map(|old| old.files.keys());
        let mut commit = Self {
            update,
            entries,
            stale: old.filter(|path| !files.contains(path.as_str())).collect(),
            folders_in_way: Vec::new(),
            undo: Vec::new(),
            removed: 0,
        };
        for (path, entry) in entries {
            if matches!(entry, Entry::Staged { .. }) {
                commit.check_folder_in_way(path)?;
            }
        }
        Ok(commit)
    }

    /// A folder may make room for a file when all that it holds is ours and stale.
    fn check_folder_in_way(&mut self, path: &OutputPath) -> Result<(), Diagnostic> {
        if let Some(folder) = path.folders().next()
            && self.update.folder(folder)? != Folder::Present
        {
            return Ok(());
        }
        let at = path.below(&self.update.dir);
        let data = disk::look(&at).map_err(|error| machine("examine", &at, &error))?;
        if !data.is_some_and(|data| data.is_dir()) {
            return Ok(());
        }
        let of_ours: BTreeSet<&str> = self.stale.iter().flat_map(|stale| stale.folders()).collect();
        let mut open = vec![path.as_str().to_owned()];
        let mut closed = Vec::new();
        while let Some(folder) = open.pop() {
            let at = self.update.dir.join(&folder);
            if !of_ours.contains(folder.as_str()) {
                return Err(in_the_way(&at, "a folder that is not ssg's"));
            }
            let failed = |error: &io::Error| machine("list", &at, error);
            for entry in fs::read_dir(&at).map_err(|error| failed(&error))? {
                let entry = entry.map_err(|error| failed(&error))?;
                let is_folder = entry.file_type().map_err(|error| failed(&error))?.is_dir();
                let name = entry.file_name().into_string().ok().map(|name| format!("{folder}/{name}"));
                match name {
                    Some(name) if is_folder => open.push(name),
                    Some(name) if self.update.is_ours(&name) => {}
                    _ => return Err(in_the_way(&entry.path(), "a file that is not ssg's")),
                }
            }
            closed.push(at);
        }
        self.folders_in_way.extend(closed.into_iter().rev());
        Ok(())
    }

    /// Does it, or leaves the output as it was.
    pub(super) fn run(mut self) -> Result<WriteReport, Diagnostic> {
        let manifest = Manifest {
            complete: true,
            files: self.entries.iter().map(|(path, entry)| (path.clone(), entry.hash())).collect(),
        };
        let mut report = WriteReport::default();
        for entry in self.entries.values() {
            match entry {
                Entry::Kept { .. } => report.unchanged += 1,
                Entry::Staged { size, .. } => {
                    report.written += 1;
                    report.bytes += size;
                }
            }
        }
        if (report.written > 0 || self.update.old.as_ref() != Some(&manifest))
            && let Err((path, error)) = self.replace(&manifest)
        {
            let failed = machine("replace", &path, &error);
            let undone = self.undo();
            return Err(failed
                .hint_if((!undone).then(|| {
                    "some files are already new; the next build makes the output whole".to_owned()
                })));
        }
        report.removed = self.removed;
        self.save_stamps();
        Ok(report)
    }

    fn replace(&mut self, manifest: &Manifest) -> Step {
        let into = &self.update.dir.join(MANIFEST);
        let last = self.write_manifest(manifest)?;
        let mut files = manifest.files.clone();
        files.extend(self.stale.iter().map(|path| ((*path).clone(), [0; 32])));
        let intent = self.write_manifest(&Manifest { complete: false, files })?;
        self.put(&intent, into)?;

        let needed = self.needed_folders();
        let (in_way, rest): (Vec<_>, Vec<_>) = self.stale.iter().copied().partition(|path| {
            needed.contains(path.as_str()) || path.folders().any(|folder| self.entries.contains_key(folder))
        });
        for path in in_way {
            self.discard(path)?;
        }
        for folder in std::mem::take(&mut self.folders_in_way) {
            at(&folder, disk::remove_dir(&folder))?;
            self.undo.push(Undo::MakeFolder(folder));
        }
        self.make_folders()?;
        for (path, entry) in self.entries {
            if let Entry::Staged { at, .. } = entry {
                self.put(at, &path.below(&self.update.dir))?;
            }
        }
        for path in rest {
            self.discard(path)?;
        }
        self.remove_empty_folders()?;
        // Only a rename, with which all is done.
        at(into, disk::rename(&last, into))
    }

    fn write_manifest(&self, manifest: &Manifest) -> Step<PathBuf> {
        let path = at(&self.update.dir, self.update.temporary())?;
        at(&path, disk::write_durably(&path, manifest.to_text().as_bytes()))?;
        Ok(path)
    }

    /// The folders that staged files need, each before those that it holds.
    fn needed_folders(&self) -> BTreeSet<&'a str> {
        let staged = self.entries.iter().filter(|(_, entry)| matches!(entry, Entry::Staged { .. }));
        staged.flat_map(|(path, _)| path.folders()).collect()
    }

    /// Renames a staged file into its place. What stood there stays reachable in the meantime.
    fn put(&mut self, from: &Path, to: &Path) -> Step {
        let before = at(to, disk::look(to))?;
        let Some(before) = before else {
            at(to, disk::rename(from, to))?;
            self.undo.push(Undo::RemoveFile(to.to_owned()));
            return Ok(());
        };
        if disk::exchange(from, to).is_ok() {
            self.undo.push(Undo::Rename { from: from.to_owned(), to: to.to_owned() });
            return Ok(());
        }
        let saved = at(to, self.update.temporary())?;
        if before.is_file() {
            at(to, disk::second_name(to, &saved))?;
            at(to, disk::rename(from, to))?;
            self.undo.push(Undo::Rename { from: saved, to: to.to_owned() });
        } else {
            self.set_aside(to, saved)?;
            at(to, disk::rename(from, to))?;
            self.undo.push(Undo::RemoveFile(to.to_owned()));
        }
        Ok(())
    }

    fn set_aside(&mut self, path: &Path, saved: PathBuf) -> Step {
        at(path, disk::rename(path, &saved))?;
        self.undo.push(Undo::Rename { from: saved, to: path.to_owned() });
        Ok(())
    }

    /// Takes away a stale file, unless someone put a folder there or a link above it.
    fn discard(&mut self, path: &OutputPath) -> Step {
        if let Some(folder) = path.folders().next()
            && !matches!(self.update.folder(folder), Ok(Folder::Present))
        {
            return Ok(());
        }
        let file = path.below(&self.update.dir);
        if at(&file, disk::look(&file))?.is_some_and(|data| !data.is_dir()) {
            let saved = at(&file, self.update.temporary())?;
            self.set_aside(&file, saved)?;
            self.removed += 1;
        }
        Ok(())
    }

    fn make_folders(&mut self) -> Step {
        for folder in self.needed_folders() {
            if !matches!(self.update.folder(folder), Ok(Folder::Present)) {
                let folder = self.update.dir.join(folder);
                if at(&folder, disk::create_dir(&folder))? {
                    self.undo.push(Undo::RemoveFolder(folder));
                }
            }
        }
        Ok(())
    }

    /// Removes folders in which stale files lay, where nothing else is in them.
    fn remove_empty_folders(&mut self) -> Step {
        let left: BTreeSet<&str> = self.stale.iter().flat_map(|path| path.folders()).collect();
        // In reverse order a folder comes after those that it holds.
        for folder in left.into_iter().rev() {
            if !matches!(self.update.folder(folder), Ok(Folder::Present)) {
                continue;
            }
            let path = self.update.dir.join(folder);
            match disk::remove_dir(&path) {
                Ok(()) => self.undo.push(Undo::MakeFolder(path)),
                Err(error) if is_in_use(&error) => {}
                Err(error) => return Err((path, error)),
            }
        }
        Ok(())
    }

    /// Reverses the steps that were done; `false` when that failed somewhere.
    fn undo(&mut self) -> bool {
        let mut whole = true;
        while let Some(undo) = self.undo.pop() {
            // The first step replaced the manifest by the intent, which stays true of a mixture.
            if self.undo.is_empty() && !whole {
                break;
            }
            let undone = match undo {
                Undo::Rename { from, to } => disk::rename(&from, &to),
                Undo::RemoveFile(path) => disk::remove_file(&path),
                Undo::RemoveFolder(path) => disk::remove_dir(&path),
                Undo::MakeFolder(path) => disk::create_dir(&path).map(drop),
            };
            whole &= undone.is_ok();
        }
        whole
    }

    /// Records what the files look like now. Only a cache: a failure costs time in the next build.
    fn save_stamps(&self) {
        let dir = &self.update.dir;
        let stamped = self.entries.iter().filter_map(|(path, entry)| match entry {
            Entry::Kept { hash, stamp, .. } => Some((path, *stamp, *hash)),
            Entry::Staged { hash, .. } => {
                let data = disk::look(&path.below(dir)).ok().flatten()?;
                Some((path, disk::stamp(&data), *hash))
            }
        });
        let stamped: Vec<_> = stamped.collect();
        if !self.update.stamps.cover(stamped.iter().copied()) {
            let _ = stamps::save(dir, stamped.into_iter());
        }
    }
}

/// Whether a folder could not be removed because it is not ours alone.
pub(super) fn is_in_use(error: &io::Error) -> bool {
    use io::ErrorKind::{DirectoryNotEmpty, NotADirectory, NotFound, ResourceBusy};
    matches!(error.kind(), DirectoryNotEmpty | NotADirectory | NotFound | ResourceBusy)
}
