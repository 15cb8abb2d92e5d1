//! A later build: compares each file with the disk and stages those that differ.

use super::commit::Commit;
use super::disk::{self, Hash};
use super::manifest::{Manifest, read_manifest};
use super::path::folders;
use super::stamps::Stamps;
use super::{Body, OutputFile, OutputPath, WriteReport, lock_data, machine, machine_copy, problem, twice};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Class, Diagnostic, Stamp, codes};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// An output that is being brought up to date.
#[derive(Debug)]
pub(super) struct Update {
    /// The output's folder.
    pub dir: PathBuf,
    /// Holds the staged files under numbers; made when first needed, so that a build without
    /// changes leaves the output's own times alone.
    stage: PathBuf,
    stage_made: Mutex<bool>,
    next: AtomicU64,
    device: u64,
    /// What was ours before; `None` for a folder without a manifest.
    pub old: Option<Manifest>,
    /// The files in it, to be looked up: of tens of thousands of paths that begin alike, maps by order compare many.
    ours: HashSet<OutputPath>,
    pub stamps: Stamps,
    folders: Mutex<HashMap<String, Folder>>,
    entries: Mutex<HashMap<OutputPath, Entry>>,
}

/// A file that the output will have.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// It stands there already; `asked` when only its digest is known.
    Kept { hash: Hash, stamp: Stamp, asked: bool },
    /// It waits in the staging folder.
    Staged { hash: Hash, size: u64, at: PathBuf },
}

/// What stands where a folder is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    Present,
    Absent,
    /// A file of ours, to be removed first.
    OurFile,
}

enum Found {
    Nothing,
    File(Stamp),
    /// Looked into by [`Commit`], once it is known what is stale.
    Folder,
    /// A link, a pipe or the like.
    Other,
}

impl Entry {
    /// Whether it is kept because its digest was asked for, not because its bytes were added.
    fn is_asked(&self) -> bool {
        matches!(self, Self::Kept { asked: true, .. })
    }

    pub(super) fn hash(&self) -> Hash {
        match self {
            Self::Kept { hash, .. } | Self::Staged { hash, .. } => *hash,
        }
    }
}

impl Update {
    pub(super) fn begin(dir: &Path) -> Result<Self, Diagnostic> {
        let data = disk::look(dir).map_err(|error| machine("examine", dir, &error))?;
        let old = read_manifest(dir)?;
        Ok(Self {
            stage: dir.join(format!(".ssg-tmp-{}", std::process::id())),
            stage_made: Mutex::new(false),
            next: AtomicU64::new(0),
            device: data.as_ref().map_or(0, disk::device),
            ours: old.iter().flat_map(|old| old.files.keys().cloned()).collect(),
            old,
            stamps: Stamps::load(dir),
            folders: Mutex::default(),
            entries: Mutex::default(),
            dir: dir.to_owned(),
        })
    }

    pub(super) fn add(&self, file: &OutputFile) -> Result<Hash, Diagnostic> {
        let entry = match self.standing(&file.path)? {
            Some((stamp, hash)) if wanted_hash(file)? == hash => Entry::Kept { hash, stamp, asked: false },
            _ => self.stage(file)?,
        };
        let hash = entry.hash();
        match lock_data(&self.entries).insert(file.path.clone(), entry) {
            // Who asked for it to be kept may still have to render it, with others that are missing.
            None | Some(Entry::Kept { asked: true, .. }) => Ok(hash),
            Some(_) => Err(twice(&file.path)),
        }
    }

    pub(super) fn keep(&self, files: &[(OutputPath, Hash)]) -> bool {
        let stamps: Option<Vec<Stamp>> = files
            .iter()
            .map(|(path, hash)| match self.standing(path) {
                Ok(Some((stamp, found))) => (found == *hash).then_some(stamp),
                _ => None,
            })
            .collect();
        let Some(stamps) = stamps else { return false };
        let mut entries = lock_data(&self.entries);
        let is_taken = |path| entries.get(path).is_some_and(|entry| !entry.is_asked());
        if files.iter().any(|(path, _)| is_taken(path)) {
            return false;
        }
        for ((path, hash), stamp) in files.iter().zip(stamps) {
            entries.insert(path.clone(), Entry::Kept { hash: *hash, stamp, asked: true });
        }
        true
    }

    /// Whether the output will have a file.
    pub(super) fn has(&self, file: &str) -> bool {
        lock_data(&self.entries).contains_key(file)
    }

    pub(super) fn finish(&self) -> Result<WriteReport, Diagnostic> {
        Commit::new(self, &self.in_order())?.run()
    }

    /// The files that the output will have, by path. Most are those of the last time, whose order is known.
    fn in_order(&self) -> BTreeMap<OutputPath, Entry> {
        let mut entries = std::mem::take(&mut *lock_data(&self.entries));
        let known = self.old.iter().flat_map(|old| old.files.keys());
        let mut all: Vec<(OutputPath, Entry)> = known.filter_map(|path| entries.remove_entry(path)).collect();
        all.extend(entries);
        all.into_iter().collect()
    }

    /// Removes the temporaries, as far as possible.
    pub(super) fn sweep(&self) {
        if *lock_data(&self.stage_made) {
            let _ = disk::remove_all(&self.stage);
        }
    }

    pub(super) fn is_ours(&self, path: &str) -> bool {
        self.ours.contains(path)
    }

    /// A path in the staging folder that nobody has used.
    pub(super) fn temporary(&self) -> io::Result<PathBuf> {
        let mut made = lock_data(&self.stage_made);
        if !*made {
            *made = disk::create_dir(&self.stage)?;
        }
        Ok(self.stage.join(self.next.fetch_add(1, Ordering::Relaxed).to_string()))
    }

    /// The regular file of ours that stands at a path, with its digest. An error where something
    /// that is not ours is in the way.
    fn standing(&self, path: &OutputPath) -> Result<Option<(Stamp, Hash)>, Diagnostic> {
        let at = path.below(&self.dir);
        let found = self.look(path, &at)?;
        let ours = self.is_ours(path.as_str());
        match found {
            Found::File(_) | Found::Other if !ours => Err(in_the_way(&at, "a file that is not ssg's")),
            Found::File(stamp) => {
                // One that cannot be read is replaced.
                let hash = self.stamps.digest(path, &stamp).or_else(|| disk::hash_file(&at).ok());
                Ok(hash.map(|hash| (stamp, hash)))
            }
            Found::Nothing | Found::Folder | Found::Other => Ok(None),
        }
    }

    fn look(&self, path: &OutputPath, at: &Path) -> Result<Found, Diagnostic> {
        if let Some(folder) = path.folders().next()
            && self.folder(folder)? != Folder::Present
        {
            return Ok(Found::Nothing);
        }
        Ok(match disk::look(at).map_err(|error| machine("examine", at, &error))? {
            None => Found::Nothing,
            Some(data) if data.is_file() => Found::File(disk::stamp(&data)),
            Some(data) if data.is_dir() => Found::Folder,
            Some(_) => Found::Other,
        })
    }

    /// What stands where a folder is needed; asked of the disk once. Links are not followed: they
    /// are an error, and so are other file systems, into which nothing can be renamed.
    pub(super) fn folder(&self, folder: &str) -> Result<Folder, Diagnostic> {
        if let Some(known) = lock_data(&self.folders).get(folder) {
            return Ok(*known);
        }
        let above = folders(folder).next().map_or(Ok(Folder::Present), |above| self.folder(above))?;
        let at = self.dir.join(folder);
        let found = if above == Folder::Present {
            match disk::look(&at).map_err(|error| machine("examine", &at, &error))? {
                None => Folder::Absent,
                Some(data) if data.is_dir() && disk::device(&data) == self.device => Folder::Present,
                Some(data) if data.is_dir() => return Err(in_the_way(&at, "another file system")),
                Some(data) if data.is_symlink() => return Err(in_the_way(&at, "a symbolic link")),
                Some(_) if self.is_ours(folder) => Folder::OurFile,
                Some(_) => return Err(in_the_way(&at, "a file that is not ssg's")),
            }
        } else {
            Folder::Absent
        };
        lock_data(&self.folders).insert(folder.to_owned(), found);
        Ok(found)
    }

    fn stage(&self, file: &OutputFile) -> Result<Entry, Diagnostic> {
        let staged = self.temporary().and_then(|at| match &file.body {
            Body::Bytes(bytes) => {
                disk::write_new(&at, bytes)?;
                let hash = file.hash.unwrap_or_else(|| *blake3::hash(bytes).as_bytes());
                Ok(Entry::Staged { hash, size: bytes.len() as u64, at })
            }
            Body::Copy(from) => {
                let (hash, size, _) = disk::copy_new(from, &at)?;
                Ok(Entry::Staged { hash, size, at })
            }
        });
        staged.map_err(|error| match &file.body {
            Body::Bytes(_) => machine("write", &file.path.below(&self.dir), &error),
            Body::Copy(from) => machine_copy(from, &file.path, &error),
        })
    }
}

/// The digest of the bytes that are to be written; a source of unknown digest is read for it.
fn wanted_hash(file: &OutputFile) -> Result<Hash, Diagnostic> {
    match (&file.body, file.hash) {
        (_, Some(hash)) => Ok(hash),
        (Body::Bytes(bytes), None) => Ok(*blake3::hash(bytes).as_bytes()),
        (Body::Copy(from), None) => {
            disk::hash_source(from).map_err(|error| machine_copy(from, &file.path, &error))
        }
    }
}

/// Something that is not ours stands where a file or folder must go.
pub(super) fn in_the_way(at: &Path, what: &str) -> Diagnostic {
    problem(Class::Usage, codes::OUTPUT_FOREIGN, format!("{what} is in the way: `{}`", ssg_source::shown(at)))
        .hint("move it elsewhere, or give the page another path")
}
