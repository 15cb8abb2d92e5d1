//! Digests of a content file, each of one thing that others depend on.

use serde::{Deserialize, Serialize};
use ssg_source::{Digest, Digester};

/// What tells whether a content file says the same as before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// Every byte of the file.
    pub content: Digest,
    /// All that assembling the site looks at, the header above all: while it stays, the site stays.
    pub meta: Digest,
}

impl Digests {
    /// Of a file with these bytes, this header and this first heading. A `broken` one is left out of the site.
    pub(crate) fn new(content: Digest, header: &str, heading: Option<&str>, broken: bool) -> Self {
        Self { content, meta: Digester::new().text(header).maybe(heading).flag(broken).done() }
    }

    /// Of what stands in another file.
    pub(crate) fn of_front(origin: Digest) -> Self {
        Self { content: origin, meta: origin }
    }
}
