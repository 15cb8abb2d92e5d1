//! Names of things that mean the same in every build.
//!
//! A number in a list changes when something comes before it; a key does not. Keys are digests of names,
//! so they are small and can be compared, hashed and written down.

use crate::page::Page;
use crate::site::Section;
use serde::{Deserialize, Serialize};
use ssg_source::{Digest, Digester};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            pub struct $name(Digest);
        )*
    };
}

keys!(
    /// A page, by its file; a talk that only a schedule's row names, by its event's file and its id.
    PageKey,
    /// A section, by its language and its directory.
    SectionKey,
    /// A term, by its taxonomy and its slug.
    TermKey
);

impl PageKey {
    pub(crate) fn of(page: &Page) -> Self {
        let row = page.row.and(page.talk.as_ref()).map(|talk| talk.id.as_str());
        Self(
            Digester::new()
                .text(page.source.as_str())
                .maybe(row)
                .flag(page.row.is_some())
                .text(
                    // Rows that name nothing else are told apart by where they lead.
                    if page.row.is_some() && row.is_none() { &page.path } else { "" },
                )
                .done(),
        )
    }
}

impl SectionKey {
    pub(crate) fn of(section: &Section) -> Self {
        Self(Digester::new().number(section.language.0).text(&section.dir).done())
    }
}

impl TermKey {
    /// The key of the term of a slug.
    #[must_use]
    pub fn of(taxonomy: &str, slug: &str) -> Self {
        Self(Digester::new().text(taxonomy).text(slug).done())
    }
}
