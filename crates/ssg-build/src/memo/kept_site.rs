//! The site of the last compilation in this process, with all that went into it. How it is kept and taken up
//! again is told in `resume.rs`.

use crate::load::Listing;
use ssg_render::{Output, SiteSnapshot};
use ssg_source::{Diagnostics, Digest, Digester, SitePath};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A site that was compiled, and all that went into it.
pub(crate) struct KeptSite {
    pub made_of: MadeOf,
    pub listing: Listing,
    pub snapshot: SiteSnapshot,
    pub outputs: Vec<Output>,
    /// What was found while the site was assembled and its outputs were planned.
    pub assembled: Diagnostics,
    pub planned: Diagnostics,
    pub derived: Derived,
}

/// What is made of content files when it is first needed, since most processes compile once.
#[derive(Default)]
pub(crate) struct Derived {
    /// What is wrong with content files by themselves, of those that have anything.
    pub found: OnceCell<BTreeMap<SitePath, Diagnostics>>,
    /// Moments, in seconds since 1970, at which something depends on the date: sorted.
    pub boundaries: OnceCell<Vec<i64>>,
}

/// What tells whether a site stands on the same configuration and theme.
#[derive(Clone, Copy)]
pub(crate) struct MadeOf {
    /// Configuration and flags.
    pub config: Digest,
    pub theme: Digest,
    /// Every file could be listed and read, and the theme was not being written.
    pub is_certain: bool,
}

impl MadeOf {
    /// Both together.
    pub(crate) fn digest(&self) -> Digest {
        Digester::new().digest(self.config).digest(self.theme).done()
    }
}
