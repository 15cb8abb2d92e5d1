//! What an import does to one file of the site: decided by the merge, told by the report.

use ssg_source::SitePath;

/// What is to be done with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The file.
    pub path: SitePath,
    /// What to do.
    pub step: Step,
    /// What stands there now, for a step that replaces or removes it.
    pub before: Vec<u8>,
    /// What a person should look at.
    pub notes: Vec<String>,
}

/// The step for one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is no such file: write this.
    New(Vec<u8>),
    /// Already imported, and nothing has changed: leave it.
    Same,
    /// Imported before and untouched since, but the import now says otherwise: write this.
    Update(Vec<u8>),
    /// The file is a person's, or was edited by one: leave it. The reason is for the report.
    Kept(String),
    /// Imported before and untouched since, and its publication has been objected to: remove it.
    Remove,
    /// Imported before, and no longer in the source: leave it, and say so.
    Gone,
}

impl Step {
    /// The bytes to write, if any.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::New(bytes) | Self::Update(bytes) => Some(bytes),
            _ => None,
        }
    }
}
