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
    /// Parts of the source of which a talk that is gone is cancelled, and not only told of.
    pub cancels: BTreeSet<String>,
    /// What is to be shown before anything is written.
    pub preview: Option<Preview>,
    /// What became of every item.
    pub report: Report,
}

/// What is to be shown before anything is written, such as what the columns of a table were taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Lines for a person.
    pub text: String,
    /// Something in it was guessed: whoever can be asked is to be asked.
    pub is_guessed: bool,
}
