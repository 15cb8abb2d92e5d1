//! Numbers of pages, sections and terms: positions in one assembled site.
//!
//! They mean nothing in another build. What must mean the same there goes by keys ([`crate::PageKey`]).

use serde::{Deserialize, Serialize};

/// Number of a page in [`crate::Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageId(pub u32);

impl PageId {
    /// The index into the list of pages.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Number of a section in [`crate::Site::sections`]; 0 is the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SectionId(pub u32);

impl SectionId {
    /// The index into the list of sections.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Number of a term in its taxonomy, and the taxonomy's number in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TermId {
    /// Index into [`crate::Site::taxonomies`].
    pub taxonomy: u16,
    /// Index into [`crate::Taxonomy::terms`].
    pub term: u32,
}
