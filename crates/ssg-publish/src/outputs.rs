//! The built site, as its manifest lists it.

mod reader;

pub use reader::Reader;

use crate::failure::{Failure, Reason};
use crate::hash::Hash;
use crate::stage::{Stage, is_redirect};
use ssg_build::write::{OutputPath, read_manifest};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of the built site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Where it lies in the site.
    pub path: OutputPath,
    /// Digest of its bytes.
    pub hash: Hash,
    /// Size in bytes.
    pub size: u64,
}

/// The files of the built site. Their bytes stay on disk until they are sent.
#[derive(Clone, Debug)]
pub struct Outputs {
    dir: PathBuf,
    files: BTreeMap<OutputPath, (Hash, u64)>,
}

impl Outputs {
    /// Reads the manifest of an output folder, and the size of each file. The folder must not be
    /// written meanwhile.
    ///
    /// # Errors
    /// When there is no complete manifest, or a file is missing.
    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let machine = |message: String| Failure::new(Reason::Machine, message).hint("build again");
        let manifest = read_manifest(dir)
            .map_err(|problem| machine(problem.message))?
            .filter(|manifest| manifest.complete)
            .ok_or_else(|| machine(format!("`{}` holds no complete build", ssg_source::shown(dir))))?;
        let mut files = BTreeMap::new();
        for (path, hash) in manifest.files {
            let at = path.below(dir);
            let data = fs::symlink_metadata(&at).ok().filter(fs::Metadata::is_file).ok_or_else(|| {
                machine(format!("`{}` was removed since it was built", ssg_source::shown(&at)))
            })?;
            files.insert(path, (hash, data.len()));
        }
        Ok(Self { dir: dir.to_owned(), files })
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &OutputPath) -> Option<Built> {
        let (hash, size) = *self.files.get(path)?;
        Some(Built { path: path.clone(), hash, size })
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = Built> + '_ {
        self.files.iter().map(|(path, (hash, size))| Built { path: path.clone(), hash: *hash, size: *size })
    }

    /// Reads a file, whose bytes turn out at its end to be those that were built.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(&self, file: &Built) -> Result<Reader, Failure> {
        Reader::new(file.path.below(&self.dir), file)
    }

    /// The bytes of a file, which are those that were built.
    ///
    /// # Errors
    /// When it cannot be read, or somebody has changed it.
    pub fn bytes(&self, file: &Built) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let mut reader = self.open(file)?;
        reader.read_to_end(&mut bytes).map_err(|error| reader.failure(&error))?;
        Ok(bytes)
    }

    /// When a file is sent; pages that only lead elsewhere go with the listings.
    pub(crate) fn stage(&self, file: &Built) -> Stage {
        let stage = Stage::of(file.path.as_str());
        let leads_elsewhere = || file.size <= 4096 && self.bytes(file).is_ok_and(|bytes| is_redirect(&bytes));
        if stage == Stage::Pages && leads_elsewhere() { Stage::Listings } else { stage }
    }
}
