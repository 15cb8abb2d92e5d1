//! What a target must be able to do. A new one is a file in `targets/` and its line in
//! `targets::KINDS`.
//!
//! The order of what is sent, the intents, and every decision about what may be removed are made in
//! `run.rs`. A target does as it is told: it has no opinion on what is ours.

use crate::failure::Failure;
use crate::outputs::{Built, Outputs};
use ssg_build::write::OutputPath;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Names a state of the record at the target, so that it can be told whether it is still the same:
/// an entity tag, a commit, a digest. `None` where there is no record.
pub type Version = Option<String>;

/// The site that is published, as far as targets need to know it.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its folder.
    pub root: PathBuf,
    /// Where it is online.
    pub base_url: String,
    /// Folder for what one run needs besides: made and removed by the caller.
    pub scratch: PathBuf,
}

/// What stands at a target.
#[derive(Clone, Debug, Default)]
pub struct TargetState {
    /// The bytes of the record.
    pub record: Option<Vec<u8>>,
    /// Its version.
    pub version: Version,
    /// The target keeps other publishers out until it is dropped, or takes all in one step: a
    /// pending record is of a run that died.
    pub exclusive: bool,
}

/// How much is sent between two looks at whether this is still the only publisher.
#[derive(Clone, Copy, Debug)]
pub struct Portion {
    /// Most files.
    pub files: usize,
    /// Most bytes, but for a single file that is larger.
    pub bytes: u64,
}

/// A place where a site is online.
pub trait Target {
    /// Where it is, for people: without secrets.
    fn place(&self) -> String;

    /// How files are kept there, where that depends on more than their bytes. When it changes,
    /// everything is sent again.
    fn recipe(&self) -> String {
        String::new()
    }

    /// See [`Portion`].
    fn portion(&self) -> Portion {
        Portion { files: 256, bytes: 32 << 20 }
    }

    /// Reads the record; changes nothing that a reader of the site could see. May be called again
    /// after a conflict.
    ///
    /// # Errors
    /// When the target cannot be reached or must not be used.
    fn state(&mut self) -> Result<TargetState, Failure>;

    /// Some file at the target, where there is one. Asked where there is no record.
    ///
    /// # Errors
    /// When the target fails.
    fn foreign(&mut self) -> Result<Option<String>, Failure>;

    /// Which of these files, not ours so far, cannot be put there without taking the place of something
    /// that is not ours: a file with other bytes, a folder where a file must be, anything else where a
    /// folder must be. `cleared` are files of ours that go first.
    ///
    /// # Errors
    /// When the target fails.
    fn taken(
        &mut self,
        new: &[Built],
        cleared: &BTreeSet<&str>,
        outputs: &Outputs,
    ) -> Result<Vec<OutputPath>, Failure>;

    /// Which of these files have exactly these bytes. Asked of files of which a cut run left the
    /// state unknown; a target that cannot tell names none.
    ///
    /// # Errors
    /// When the target fails.
    fn held(&mut self, _files: &[Built]) -> Result<BTreeSet<OutputPath>, Failure> {
        Ok(BTreeSet::new())
    }

    /// Which of these files, that the record says are there, were changed or removed by somebody
    /// else, where that is cheap to tell.
    ///
    /// # Errors
    /// When the target fails.
    fn changed(&mut self, _files: &[Built], _outputs: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        Ok(Vec::new())
    }

    /// Begins to change the target. Gives `true` when nothing of it shows before the last
    /// [`record`](Self::record); then no intents are written.
    ///
    /// # Errors
    /// When the target fails.
    fn begin(&mut self) -> Result<bool, Failure>;

    /// Puts files in their places, each whole or not at all, in any order; tells `sent` of each.
    ///
    /// # Errors
    /// When the target fails; any number of the files may be there then.
    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure>;

    /// Removes files of ours; one that is not there is none to remove.
    ///
    /// # Errors
    /// When the target fails.
    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure>;

    /// Writes the record if it still has the version `expected`, and gives its new one.
    ///
    /// # Errors
    /// `Reason::Conflict` when it has another version.
    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure>;
}
