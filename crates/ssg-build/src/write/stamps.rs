//! What the files of the output looked like when their bytes were last known: `.ssg-stamps`.
//!
//! A cache apart from the manifest, because times and inode numbers would make that differ between
//! equal outputs. It lies in the output, since it is worth nothing without it, and spares the next
//! build from reading every file to learn that nobody edited it. Losing or damaging it costs that
//! reading alone.

use super::disk::{self, Hash};
use super::path::OutputPath;
use ssg_source::Stamp;
use ssg_source::hash::HashMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// Name of the stamps' file in the output.
pub(super) const STAMPS: &str = ".ssg-stamps";
const TEMPORARY: &str = ".ssg-tmp-stamps";
const VERSION: &str = "ssg-stamps 1";

/// Stamps of the files, with the digest that each file had.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    known: HashMap<OutputPath, (Stamp, Hash)>,
    /// When they were written, by the file system's clock.
    written: i128,
}

impl Stamps {
    /// Reads them; none where the file is missing or damaged.
    pub(super) fn load(dir: &Path) -> Self {
        Self::read(&dir.join(STAMPS)).unwrap_or_default()
    }

    fn read(path: &Path) -> Option<Self> {
        let data = disk::look(path).ok()?.filter(fs::Metadata::is_file)?;
        let text = fs::read_to_string(path).ok()?;
        let (sum, body) = text.split_once('\n')?;
        if sum != headline(body) {
            return None;
        }
        let mut known = HashMap::default();
        for line in body.lines() {
            let mut fields = line.splitn(6, ' ');
            let mut next = || fields.next();
            let stamp = Stamp {
                size: next()?.parse().ok()?,
                mtime: next()?.parse().ok()?,
                ctime: next()?.parse().ok()?,
                inode: next()?.parse().ok()?,
            };
            let hash = *blake3::Hash::from_hex(next()?).ok()?.as_bytes();
            known.insert(OutputPath::new(next()?).ok()?, (stamp, hash));
        }
        Some(Self { known, written: disk::stamp(&data).mtime })
    }

    /// The digest of the file that looks like this, when that is certain.
    pub(super) fn digest(&self, path: &OutputPath, stamp: &Stamp) -> Option<Hash> {
        let (known, hash) = self.known.get(path)?;
        (known.is_settled(self.written) && known == stamp).then_some(*hash)
    }

    /// Whether the stamps of these files are known, and no others.
    pub(super) fn cover<'a>(
        &self,
        files: impl ExactSizeIterator<Item = (&'a OutputPath, Stamp, Hash)>,
    ) -> bool {
        files.len() == self.known.len()
            && files.into_iter().all(|(path, stamp, hash)| self.digest(path, &stamp) == Some(hash))
    }
}

/// Writes the stamps of files, in order of path.
pub(super) fn save<'a>(
    dir: &Path,
    files: impl Iterator<Item = (&'a OutputPath, Stamp, Hash)>,
) -> io::Result<()> {
    let mut body = String::new();
    for (path, Stamp { size, mtime, ctime, inode }, hash) in files {
        let hash = blake3::Hash::from_bytes(hash).to_hex();
        // Writing to a `String` never fails.
        let _ = writeln!(body, "{size} {mtime} {ctime} {inode} {hash} {path}");
    }
    let temporary = dir.join(TEMPORARY);
    disk::write_new(&temporary, format!("{}\n{body}", headline(&body)).as_bytes())?;
    disk::rename(&temporary, &dir.join(STAMPS))
}

fn headline(body: &str) -> String {
    format!("{VERSION} {}", blake3::hash(body.as_bytes()).to_hex())
}
