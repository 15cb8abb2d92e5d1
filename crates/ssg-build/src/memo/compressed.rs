//! What came of compressing files that are copied, so that it is not done again while they stay.

use serde::{Deserialize, Serialize};
use ssg_parse::Encoding;
use ssg_source::hash::HashMap;

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// What came of compressing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// Bytes with this digest.
    File(Hash),
    /// Too little was saved.
    None,
}

/// The compressed forms of a file.
pub(crate) type Forms = Vec<(Encoding, Form)>;

/// The forms of files, which are known by their digests.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Compressed(HashMap<Hash, Forms>);

impl Compressed {
    /// A compressed form, where it is known.
    pub(crate) fn of(&self, plain: &Hash, encoding: Encoding) -> Option<Form> {
        self.0.get(plain)?.iter().find(|(known, _)| *known == encoding).map(|(_, form)| *form)
    }

    /// Remembers what was found out; all else is forgotten. Says whether anything is new.
    pub(crate) fn replace(&mut self, all: HashMap<Hash, Forms>) -> bool {
        let all = Self(all);
        let changed = *self != all;
        *self = all;
        changed
    }
}
