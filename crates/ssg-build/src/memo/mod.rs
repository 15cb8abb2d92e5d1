//! What is remembered from one build to the next, so that the next does only what has changed.
//!
//! This is kept. `Documents`: header and outline of every content file, with the digest of
//! its bytes. [`Records`]: for every output the questions that its render asked, with the digests of
//! their answers, the digest of what it gave, and what was wrong with it. `Copies`: digests of
//! files that are copied, and `Compressed` those of their compressed forms.
//!
//! Nothing here decides what an output looks like. A memo can be dropped at any time at the cost of
//! speed alone: what it says of a file is believed only while the file's stamp or digest is the same,
//! and what it says of an output only while every answer is. Files may be written while a build runs:
//! what was made of bytes that no digest here belongs to is not remembered, so the next build makes it
//! again.

mod compressed;
mod copies;
mod documents;
mod folder;
mod needs;
mod records;
mod shared;
mod store;
mod whole;

pub use folder::check_cache_folder;
pub use records::Cause;
pub use shared::{Fetched, FolderStore, OutputsAt, RemoteCache, Restoring, SharedCache, SharedOutputs};
pub use store::{Cache, CacheState};

pub(crate) use compressed::{Compressed, Form, Forms};
pub(crate) use copies::Copies;
pub(crate) use documents::Documents;
pub(crate) use documents::Seen;
pub(crate) use needs::AllNeeds;
pub use records::Records;
pub(crate) use records::{Changes, Fresh, look_up};
pub(crate) use whole::Whole;

use crate::standing::Standing;
use crate::write::OutputPath;
use serde::{Deserialize, Serialize};
use ssg_highlight::Highlighter;
use ssg_render::Look;
use ssg_source::{Diagnostics, Digest, SitePath};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is remembered from one build to the next.
#[derive(Default)]
pub struct Memo {
    pub(crate) documents: Documents,
    pub(crate) records: Records,
    pub(crate) copies: Copies,
    pub(crate) compressed: Compressed,
    /// The last build, if it went well.
    pub(crate) whole: Option<Whole>,
    /// Documents, records and copies as the cache holds them, until they are needed.
    folded: Option<Vec<u8>>,
    /// The look of the last build in this process, with what it was made of.
    pub(crate) look: Option<(Digest, Arc<Look>, Diagnostics)>,
    pub(crate) highlighter: Option<Arc<Highlighter>>,
    /// The site of the last build in this process.
    pub(crate) standing: Option<Standing>,
    /// Files of which alone something is known to have happened since.
    pub(crate) hint: Option<BTreeSet<SitePath>>,
    /// The file system's clock at the start of the build, in nanoseconds since 1970.
    clock: i128,
    /// Something in it differs from what the cache holds.
    pub(crate) changed: bool,
}

/// The part of a memo that outlives the process.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    documents: Documents,
    records: Records,
    copies: Copies,
    compressed: Compressed,
}

impl Memo {
    /// An empty memo.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells the file system's clock at the start of a build ([`Cache::now`]). Files that changed
    /// shortly before are read again; without a clock all are.
    pub fn set_clock(&mut self, now: i128) {
        self.clock = now;
    }

    /// Tells which files alone may have changed, come or gone since the last build, for the next one;
    /// without this, it looks at all.
    pub fn look_at_only(&mut self, files: BTreeSet<SitePath>) {
        self.hint = Some(files);
    }

    /// Lets the next build look at all files after all.
    pub fn look_at_all(&mut self) {
        self.hint = None;
    }

    /// Forgets the outputs, for whoever does not have those that the cache tells of.
    pub fn forget_outputs(&mut self) {
        self.unfold();
        self.records = Records::default();
        self.whole = None;
    }

    /// Forgets how files looked, for whoever takes over what another machine remembers: all are read
    /// once, and those that have the bytes they had are known again.
    pub(crate) fn forget_stamps(&mut self) {
        self.unfold();
        self.whole = None;
        self.standing = None;
        self.documents.forget_stamps();
        self.records.forget_bases();
        self.copies.forget_stamps();
    }

    /// The files that the outputs consist of, with their digests, as far as they are known.
    pub(crate) fn given(&mut self) -> Vec<(OutputPath, [u8; 32])> {
        match &self.whole {
            Some(whole) => whole.outputs.clone(),
            None => self.records().given().cloned().collect(),
        }
    }

    pub(crate) fn clock(&self) -> i128 {
        self.clock
    }

    /// An empty memo that shares what is costly to make: the highlighter, and the look where that is
    /// wanted. For tests.
    #[doc(hidden)]
    #[must_use]
    pub fn emptied(&self, with_look: bool) -> Self {
        let look = self.look.as_ref().filter(|_| with_look);
        Self { highlighter: self.highlighter.clone(), look: look.cloned(), ..Self::default() }
    }

    /// Takes over what another remembers of a site. For tests.
    #[doc(hidden)]
    pub fn replace_by(&mut self, other: Self) {
        let (highlighter, look) = (self.highlighter.take(), self.look.take());
        *self = Self { look, highlighter, ..other };
    }

    /// Has the next [`Cache::save`] write, whether anything is new or not. For tests.
    #[doc(hidden)]
    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// Forgets that outputs asked these questions. For tests, which see whether that is missed.
    #[doc(hidden)]
    pub fn forget_questions(&mut self, which: impl Fn(&ssg_render::Question) -> bool) {
        self.unfold();
        self.whole = None;
        self.standing = None;
        self.records.forget_questions(which);
    }

    /// The records of the outputs, for people who ask why.
    #[must_use]
    pub fn records(&mut self) -> &Records {
        self.unfold();
        &self.records
    }

    /// Takes out the part that outlives the process.
    fn take_kept(&mut self) -> Kept {
        Kept {
            documents: std::mem::take(&mut self.documents),
            records: std::mem::take(&mut self.records),
            copies: std::mem::take(&mut self.copies),
            compressed: std::mem::take(&mut self.compressed),
        }
    }

    /// Reads what the cache holds and no build has needed yet.
    pub(crate) fn unfold(&mut self) {
        let Some(bytes) = self.folded.take() else { return };
        match postcard::from_bytes(&bytes) {
            Ok(Kept { documents, records, copies, compressed }) => {
                (self.documents, self.records) = (documents, records);
                (self.copies, self.compressed) = (copies, compressed);
            }
            // Its digest was right, so this is no accident; without a memo the build is right all the
            // same.
            Err(_) => self.whole = None,
        }
    }
}
