//! The cache on disk: a file in `.ssg-cache/` that holds the whole memo.
//!
//! It begins with a line that names the format and the identity of the program, and ends with a digest of the rest.
//! Between them are the documents, the last build as a whole, what is known of files and what of outputs; the module `writing`
//! says in what form.
//! It is written beside and renamed, so a reader sees an old or a new one and needs no lock; of two
//! builds that end together the later wins. A file that is damaged in any way or was written by
//! another program fails the identity or the digest, is not used, and costs time alone.
//!
//! What is *not* promised: the digest is no signature. Who can write the cache can put a right one
//! over anything, and what it then says of a file's header or of an output may be believed: pages may
//! show a wrong title, or stay as they are. So whoever can write it can change the site, as
//! with `content/`, and a cache is to be fetched from where the content is fetched from. Beyond that a
//! forged cache gets nowhere: it is data and runs nothing, its paths are checked when they are read
//! and lead neither out of the site nor out of the output, and only files that the manifest of the
//! output lists are replaced or removed. It may make a build fail or use up memory. `ssg clean`, or
//! `--no-cache`, is the way out.

use super::folder::Folder;
use super::slice::Slice;
use super::writing::{self, write};
use super::{Folded, LastBuild, Memo, pictures, remembered};
use ssg_source::{Digest, Digester};
use std::io;
use std::path::Path;
use std::sync::Arc;

const HEADER: &[u8] = b"ssg-cache 7\n";
/// Larger files are not read: nothing that `ssg` writes comes near.
const LARGEST: u64 = 1 << 31;

/// What can be said of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// There was none.
    Absent,
    /// It was read.
    Read,
    /// It is damaged or of another program, and was not used.
    Discarded,
    /// The disk refused, in its own words.
    Failed(String),
}

/// Tells apart programs of one version that are compiled with other crates beneath: a type's name to the compiler holds
/// the version and the features of each. In the repository the build script reads `Cargo.lock`, which packages lack.
#[cfg(packaged)]
fn compiled_with() -> String {
    format!("{:?}", std::any::TypeId::of::<Cache>())
}

/// The cache of a site.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Folder,
    name: String,
    identity: Digest,
}

impl Cache {
    /// The cache of the site in `root`; each `purpose` has its own, since a build and a server render
    /// with other options. `version` is the program's.
    #[must_use]
    pub fn new(root: &Path, purpose: &str, version: &str) -> Self {
        let mut identity = Digester::new();
        identity.text(version).text(option_env!("SSG_BUILD_DIGEST").unwrap_or(""));
        #[cfg(packaged)]
        identity.text(&compiled_with());
        for feature in [
            cfg!(feature = "onig"),
            cfg!(feature = "fancy-regex"),
            cfg!(feature = "sass"),
            cfg!(feature = "brotli"),
            cfg!(feature = "cards"),
            cfg!(feature = "pictures"),
        ] {
            identity.flag(feature);
        }
        Self { folder: Folder::new(root), name: format!("{purpose}.memo"), identity: identity.done() }
    }

    /// Reads the memo; an empty one where there is none to be had.
    #[must_use]
    pub fn load(&self) -> (Memo, CacheState) {
        let code_blocks = Arc::new(remembered::code_blocks(&self.folder));
        let kept_answers = Arc::new(remembered::kept_answers(&self.folder));
        let pictures = Arc::new(pictures::remembered(&self.folder));
        let nothing = || Memo {
            code_blocks: code_blocks.clone(),
            kept_answers: kept_answers.clone(),
            pictures: pictures.clone(),
            ..Memo::default()
        };
        let bytes = match self.read() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (nothing(), CacheState::Absent),
            Err(error) => return (nothing(), CacheState::Failed(error.to_string())),
        };
        match self.parse(bytes) {
            Some((last_build, folded)) => {
                (Memo { last_build, folded: Some(folded), may_be_wrong: true, ..nothing() }, CacheState::Read)
            }
            None => (Memo { changed: true, ..nothing() }, CacheState::Discarded),
        }
    }

    /// Writes the memo, if anything in it is new.
    ///
    /// # Errors
    /// When the disk refuses; the old cache is then as it was.
    pub fn save(&self, memo: &mut Memo) -> io::Result<()> {
        remembered::save(&self.folder, memo)?;
        pictures::save(&self.folder, memo)?;
        if !std::mem::take(&mut memo.changed) {
            self.folder.sweep();
            return Ok(());
        }
        memo.unfold();
        self.folder.replace(&self.name, |file| write(&self.head(), memo, writing::Parts::All, file))
    }

    /// Writes what the memo knows of content files and of files that are copied, if anything in it is
    /// new, and nothing of the outputs: for whoever keeps these in memory alone.
    ///
    /// # Errors
    /// When the disk refuses; the old cache is then as it was.
    pub fn save_sources(&self, memo: &mut Memo) -> io::Result<()> {
        remembered::save(&self.folder, memo)?;
        pictures::save(&self.folder, memo)?;
        if !std::mem::take(&mut memo.changed) {
            return Ok(());
        }
        memo.unfold();
        let written =
            self.folder.replace(&self.name, |file| write(&self.head(), memo, writing::Parts::Sources, file));
        memo.documents.forget_bytes();
        written
    }

    /// The memo in bytes, without what means something on this machine only.
    pub(super) fn export(&self, memo: &mut Memo) -> io::Result<Vec<u8>> {
        memo.forget_stamps();
        let mut bytes = Vec::new();
        write(&self.head(), memo, writing::Parts::All, &mut bytes)?;
        Ok(bytes)
    }

    /// A memo from another machine; `None` where it is damaged or of another program.
    pub(super) fn import(&self, bytes: Vec<u8>) -> Option<Memo> {
        let (_, folded) = self.parse(bytes)?;
        let mut memo = Memo { folded: Some(folded), changed: true, may_be_wrong: true, ..Memo::default() };
        memo.forget_stamps();
        Some(memo)
    }

    /// What tells this program from those whose caches it cannot use.
    pub(super) fn identity(&self) -> String {
        self.identity.to_string()
    }

    /// Removes the caches of the site in `root`, and nothing that `ssg` did not put there.
    ///
    /// # Errors
    /// When the disk refuses, or the folder is a link.
    pub fn remove(root: &Path) -> io::Result<()> {
        Folder::new(root).remove()
    }

    /// The file system's clock in nanoseconds since 1970, to compare the times of files with. It is 0
    /// where it cannot be told: then no time is trusted. (The machine's clock is no substitute: it
    /// may be ahead of that of the file system, and finer.)
    #[must_use]
    pub fn now(&self) -> i128 {
        self.folder.clock().unwrap_or(0)
    }

    fn read(&self) -> io::Result<Vec<u8>> {
        self.folder.read(&self.name, &self.head(), LARGEST)
    }

    /// What the file begins with.
    fn head(&self) -> Vec<u8> {
        [HEADER, self.identity.to_string().as_bytes()].concat()
    }

    /// The last build as a whole, and the rest, which is not looked into before it is needed.
    fn parse(&self, bytes: Vec<u8>) -> Option<(Option<LastBuild>, Folded)> {
        let head = self.head();
        if !bytes.starts_with(&head) {
            return None;
        }
        let (_, rest) = Slice::new(bytes).split(head.len())?;
        writing::parse(&rest)
    }
}
