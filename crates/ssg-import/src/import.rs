//! What an importer makes of a source: files, and a report on every item.

use crate::{ImportedFile, Report};
use ssg_source::SitePath;
use std::collections::BTreeSet;

/// What an importer made of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The files, in the order of the source.
    pub files: Vec<ImportedFile>,
    /// The parts of the source that were read to their end ([`ImportedFile::source`]): what an
    /// earlier import has of them and this one has not is gone from the source.
    pub covers: BTreeSet<String>,
    /// Files of things whose publication has been objected to: an earlier import may have made them.
    pub withheld: BTreeSet<SitePath>,
    /// What became of every item.
    pub report: Report,
}
