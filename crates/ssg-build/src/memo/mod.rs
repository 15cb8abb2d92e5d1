//! What is remembered from one build to the next, so that the next does only what has changed.
//!
//! `Documents`: header and outline of every content file, with the digest of its bytes. The engine's memory:
//! what each output and each query read, with digests. [`Records`]: what each output gave, and what was wrong
//! with it. `Copies`: digests of files that are copied, and `Compressed` those of their compressed forms.
//!
//! Nothing here decides what an output looks like. A memo can be dropped at any time at the cost of
//! speed alone: what it says of a file is believed only while the file's stamp or digest is the same,
//! and what it says of an output only while all that it read is. Files may be written while a build runs:
//! what was made of bytes that no digest here belongs to is not remembered, so the next build makes it
//! again.

mod compressed;
mod copies;
mod documents;
mod folder;
mod kept_site;
mod last_build;
mod needs;
mod pictures;
mod records;
mod remembered;
mod shared;
mod slice;
mod store;
mod writing;

pub use folder::check_cache_folder;
pub use records::{Cause, Records};
pub use shared::{Fetched, FolderStore, OutputsAt, RemoteCache, Restoring, SharedCache, SharedOutputs};
pub use store::{Cache, CacheState};

pub(crate) use compressed::{Compressed, Form, Forms};
pub(crate) use copies::Copies;
pub(crate) use documents::Documents;
pub(crate) use kept_site::{Derived, KeptSite, MadeOf};
pub(crate) use last_build::{HandedOver, LastBuild};
pub(crate) use needs::AllNeeds;
pub(crate) use records::Fresh;

use crate::write::OutputPath;
use serde::{Deserialize, Serialize};
use slice::Slice;
use ssg_engine::{Engine, Memory, ReadKind};
use ssg_render::{CodeBlocks, FacetName, FileStamps, KeptAnswers, LoadedTheme, Pictures, SiteSnapshot};
use ssg_source::{Diagnostics, Digest, SitePath};
use ssg_taxonomy::Site;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is remembered from one build to the next.
#[derive(Default)]
pub struct Memo {
    pub(crate) documents: Documents,
    pub(crate) records: Records,
    pub(crate) copies: Copies,
    pub(crate) compressed: Compressed,
    /// What outputs and queries read.
    pub(crate) engine: Memory<SiteSnapshot>,
    /// Digests of files that are read while outputs are rendered.
    pub(crate) file_stamps: FileStamps,
    /// The last build, if it went well.
    pub(crate) last_build: Option<LastBuild>,
    /// All but the last build as the cache holds it, until it is needed.
    folded: Option<Folded>,
    /// The theme of the last build in this process, with what it was made of.
    pub(crate) theme: Option<(Digest, Arc<LoadedTheme>, Diagnostics)>,
    /// The highlighter, and the code that it has highlighted.
    pub(crate) code_blocks: Arc<CodeBlocks>,
    /// Answers that later processes need.
    pub(crate) kept_answers: Arc<KeptAnswers>,
    /// How pictures look, and what was made of them.
    pub(crate) pictures: Arc<Pictures>,
    /// The site of the last build in this process.
    pub(crate) kept: Option<KeptSite>,
    /// How often a site was assembled in this process.
    pub(crate) assembled: usize,
    /// Files that may have changed since; no others have. `None` where any may.
    pub(crate) changed_files: Option<BTreeSet<SitePath>>,
    /// The file system's clock at the start of the build, in nanoseconds since 1970.
    clock: i128,
    /// Something in it differs from what the cache holds.
    pub(crate) changed: bool,
    /// It was read from a file, or leaves something out for a test, so that debug builds do not take what it
    /// says wrong for a fault of the program.
    pub(crate) may_be_wrong: bool,
}

/// What a memo knows of files that are read, but for the documents, as the cache has it.
#[derive(Default, Deserialize)]
struct OfFiles {
    documents: documents::Index,
    copies: Copies,
    file_stamps: FileStamps,
}

/// The same, as it is written.
#[derive(Serialize)]
struct OfFilesToWrite<'m> {
    documents: documents::Index,
    copies: &'m Copies,
    file_stamps: &'m FileStamps,
}

/// What a memo knows of outputs, as the cache has it.
#[derive(Default, Deserialize)]
pub(crate) struct OfOutputs {
    records: Records,
    compressed: Compressed,
    engine: Memory<SiteSnapshot>,
}

/// The same, as it is written.
#[derive(Serialize)]
struct OfOutputsToWrite<'m> {
    records: &'m Records,
    compressed: &'m Compressed,
    engine: &'m Memory<SiteSnapshot>,
}

/// A memo as the cache holds it.
struct Folded {
    documents: Slice,
    /// An [`OfFiles`].
    files: Slice,
    outputs: FoldedOutputs,
}

/// An [`OfOutputs`] as the cache holds it.
pub(crate) struct FoldedOutputs(Slice);

impl FoldedOutputs {
    /// Reads it. Its digest was right, so it is no accident where it cannot be read; without it the build is right all
    /// the same.
    pub(crate) fn unfold(&self) -> OfOutputs {
        postcard::from_bytes(self.0.get()).unwrap_or_default()
    }
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

    /// The site of the last compilation, as far as it was without errors.
    #[must_use]
    pub fn site(&self) -> Option<&Site> {
        self.kept.as_ref().map(|kept| kept.snapshot.site())
    }

    /// How often a site was assembled in this process: where it is what it was, pages have at most other bodies and titles.
    #[must_use]
    pub fn assembled(&self) -> usize {
        self.assembled
    }

    /// Tells which files alone may have changed, come or gone since the last build, for the next one;
    /// without this, it looks at all.
    pub fn look_at_only(&mut self, files: BTreeSet<SitePath>) {
        self.changed_files = Some(files);
    }

    /// Lets the next build look at all files after all.
    pub fn look_at_all(&mut self) {
        self.changed_files = None;
    }

    /// Forgets the outputs, for whoever does not have those that the cache tells of.
    pub fn forget_outputs(&mut self) {
        // What the cache says of them is not even read.
        let _ = self.unfold_files();
        self.records = Records::default();
        self.engine = Memory::default();
        self.last_build = None;
        self.kept = None;
    }

    /// Forgets all outputs while a build runs.
    pub(crate) fn forget_all_outputs(&mut self, engine: &Engine<SiteSnapshot>) {
        for file in std::mem::take(&mut self.records).files() {
            engine.forget(file);
        }
        self.changed = true;
    }

    /// Ends a build: keeps what the engine remembers, and gives the snapshot back.
    ///
    /// # Panics
    /// Where something that was rendered is rendered still.
    pub(crate) fn end(&mut self, engine: Arc<Engine<SiteSnapshot>>) -> SiteSnapshot {
        let engine = Arc::into_inner(engine).expect("all outputs are rendered");
        let (memory, snapshot) = engine.end();
        self.engine = memory;
        self.file_stamps = snapshot.stamps();
        snapshot
    }

    /// Forgets how files looked, for whoever takes over what another machine remembers: all are read
    /// once, and those that have the bytes they had are known again.
    pub(crate) fn forget_stamps(&mut self) {
        self.unfold();
        self.last_build = None;
        self.kept = None;
        self.documents.forget_stamps();
        self.file_stamps.clear();
        self.copies.forget_stamps();
    }

    /// The files that the outputs consist of, with their digests, as far as they are known.
    pub(crate) fn given(&mut self) -> Vec<(OutputPath, [u8; 32])> {
        match &self.last_build {
            Some(last) => last.outputs.clone(),
            None => self.records().given().cloned().collect(),
        }
    }

    /// Whether what is remembered is compared with what would be made anew: in debug builds, which tests are.
    pub(crate) fn is_checked(&self) -> bool {
        cfg!(debug_assertions) && !self.may_be_wrong
    }

    pub(crate) fn clock(&self) -> i128 {
        self.clock
    }

    /// An empty memo that shares what is costly to make: the highlighter, and the theme where that is
    /// wanted. For tests.
    #[doc(hidden)]
    #[must_use]
    pub fn emptied(&self, with_theme: bool) -> Self {
        let theme = self.theme.as_ref().filter(|_| with_theme);
        Self {
            code_blocks: self.code_blocks.clone(),
            kept_answers: self.kept_answers.clone(),
            pictures: self.pictures.clone(),
            theme: theme.cloned(),
            ..Self::default()
        }
    }

    /// Takes over what another remembers of a site, and takes it to be true. For tests.
    #[doc(hidden)]
    pub fn replace_by(&mut self, other: Self) {
        let (code_blocks, theme) = (self.code_blocks.clone(), self.theme.take());
        let (kept_answers, pictures) = (self.kept_answers.clone(), self.pictures.clone());
        *self = Self { theme, code_blocks, kept_answers, pictures, may_be_wrong: false, ..other };
    }

    /// Has the next [`Cache::save`] write, whether anything is new or not. For tests.
    #[doc(hidden)]
    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// Leaves out what outputs and queries read of one kind of facet or query, also what is noted already. For
    /// tests, which see whether that is missed.
    #[doc(hidden)]
    pub fn leave_out(&mut self, kind: ReadKind) {
        self.unfold();
        self.last_build = None;
        self.engine.leave_out(kind);
        self.may_be_wrong = true;
    }

    /// What outputs read, for people who ask why.
    #[must_use]
    pub fn engine(&mut self) -> &Memory<SiteSnapshot> {
        self.unfold();
        &self.engine
    }

    /// The records of the outputs, for people who ask why.
    #[must_use]
    pub fn records(&mut self) -> &Records {
        self.unfold();
        &self.records
    }

    /// Files that outputs rest on and that are no content, as paths from the site's root: data, texts, pictures.
    #[must_use]
    pub fn loaded_files(&mut self) -> Vec<SitePath> {
        let files = self.engine().facets().filter_map(|name| match name {
            FacetName::DataFile(path) | FacetName::Image(path) | FacetName::FileLength(path) => {
                Some(path.clone())
            }
            _ => None,
        });
        files.collect()
    }

    /// Reads what the cache holds and no build has needed yet.
    pub(crate) fn unfold(&mut self) {
        if let Some(outputs) = self.unfold_files() {
            self.take_outputs(outputs.unfold());
        }
    }

    /// Reads what the cache says of files that are read. Gives what it says of outputs, which has to be unfolded and
    /// [taken](Self::take_outputs) before anything is rendered, and may be meanwhile.
    pub(crate) fn unfold_files(&mut self) -> Option<FoldedOutputs> {
        let Folded { documents, files, outputs } = self.folded.take()?;
        let of_files: OfFiles = postcard::from_bytes(files.get()).unwrap_or_default();
        self.documents = Documents::unfold(of_files.documents, &documents).unwrap_or_default();
        (self.copies, self.file_stamps) = (of_files.copies, of_files.file_stamps);
        Some(outputs)
    }

    /// Takes what the cache says of outputs.
    pub(crate) fn take_outputs(&mut self, outputs: OfOutputs) {
        let OfOutputs { records, compressed, engine } = outputs;
        (self.records, self.compressed, self.engine) = (records, compressed, engine);
    }
}
