//! A first build: fills a folder beside the output, which is then renamed once.

use super::disk::{self, Hash};
use super::manifest::{MANIFEST, Manifest};
use super::target::{CheckedTarget, TargetState};
use super::{Body, OutputFile, OutputPath, WriteReport, lock_data, machine, stamps, twice};
use ssg_source::hash::HashSet;
use ssg_source::{Diagnostic, DiskFile, Stamp};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A tree that is being filled.
#[derive(Debug)]
pub(super) struct Fresh {
    place: CheckedTarget,
    tree: PathBuf,
    folders: Mutex<HashSet<String>>,
    files: Mutex<BTreeMap<OutputPath, Written>>,
}

#[derive(Clone, Copy, Debug)]
struct Written {
    hash: Hash,
    stamp: Stamp,
}

impl Fresh {
    /// Makes the folder to be filled.
    pub(super) fn begin(place: &CheckedTarget) -> io::Result<Self> {
        let tree = place.beside(&format!("tmp-{}", std::process::id()));
        disk::create_dir(&tree)?;
        if place.state == TargetState::Empty {
            // Whoever made the folder may have chosen its permissions.
            fs::set_permissions(&tree, fs::metadata(&place.dir)?.permissions())?;
        }
        Ok(Self { place: place.clone(), tree, folders: Mutex::default(), files: Mutex::default() })
    }

    pub(super) fn add(&self, file: &OutputFile) -> Result<Hash, Diagnostic> {
        let path = file.path.below(&self.tree);
        let write = || {
            if let Some(folder) = file.path.folders().next() {
                self.make_folder(folder)?;
            }
            match &file.body {
                Body::Bytes(bytes) => {
                    let hash = file.hash.unwrap_or_else(|| *blake3::hash(bytes).as_bytes());
                    Ok(Written { hash, stamp: disk::write_new(&path, bytes)? })
                }
                Body::Copy(from) => {
                    let (hash, _, stamp) = disk::copy_new(from, &path)?;
                    Ok(Written { hash, stamp })
                }
            }
        };
        let written = write().map_err(|error: io::Error| match &file.body {
            _ if error.kind() == io::ErrorKind::AlreadyExists => twice(&file.path),
            Body::Copy(from) => super::machine_copy(from, &file.path, &error),
            Body::Bytes(_) => machine("write", &file.path.below(&self.place.dir), &error),
        })?;
        match lock_data(&self.files).insert(file.path.clone(), written) {
            None => Ok(written.hash),
            Some(_) => Err(twice(&file.path)),
        }
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        if lock_data(&self.folders).contains(folder) {
            return Ok(());
        }
        if let Some(above) = super::path::folders(folder).next() {
            self.make_folder(above)?;
        }
        disk::create_dir(&self.tree.join(folder))?;
        lock_data(&self.folders).insert(folder.to_owned());
        Ok(())
    }

    /// Whether the output will have a file.
    pub(super) fn has(&self, file: &str) -> bool {
        lock_data(&self.files).contains_key(file)
    }

    /// Puts the tree in the output's place.
    pub(super) fn finish(&self) -> Result<WriteReport, Diagnostic> {
        let files = lock_data(&self.files);
        let manifest = Manifest {
            complete: true,
            files: files.iter().map(|(path, file)| (path.clone(), file.hash)).collect(),
        };
        let path = self.tree.join(MANIFEST);
        disk::write_durably(&path, manifest.to_text().as_bytes())
            .map_err(|error| machine("write", &path, &error))?;
        // Only a cache.
        let _ = stamps::save(&self.tree, files.iter().map(|(path, file)| (path, file.stamp, file.hash)));
        if self.swap().is_err() {
            return self.refill(&files);
        }
        Ok(WriteReport {
            written: files.len(),
            bytes: files.values().map(|file| file.stamp.size).sum(),
            ..WriteReport::default()
        })
    }

    fn swap(&self) -> io::Result<()> {
        let into = &self.place.dir;
        match disk::rename(&self.tree, into) {
            Ok(()) => Ok(()),
            // Not every system replaces an empty folder by a rename.
            Err(error) if self.place.state == TargetState::Absent => Err(error),
            Err(_) => {
                disk::remove_dir(into)?;
                disk::rename(&self.tree, into)
            }
        }
    }

    /// The tree cannot be renamed (the output is a mount point): copies it file by file.
    fn refill(&self, files: &BTreeMap<OutputPath, Written>) -> Result<WriteReport, Diagnostic> {
        let into = &self.place.dir;
        disk::create_dir(into).map_err(|error| machine("make", into, &error))?;
        let update = super::update::Update::begin(into)?;
        let copy = |(path, file): (&OutputPath, &Written)| {
            let from = path.below(&self.tree);
            let from = DiskFile::find(&from).map_err(|error| machine("read", &from, &error))?;
            let body = Body::Copy(from);
            update.add(&OutputFile { path: path.clone(), body, hash: Some(file.hash) }).map(|_| ())
        };
        let report = files.iter().try_for_each(copy).and_then(|()| update.finish());
        update.sweep();
        self.sweep();
        if report.is_err() && self.place.state == TargetState::Absent {
            let _ = disk::remove_dir(into);
        }
        report
    }

    /// Removes the tree, as far as possible.
    pub(super) fn sweep(&self) {
        let tree: &Path = &self.tree;
        let _ = disk::remove_all(tree);
    }
}
