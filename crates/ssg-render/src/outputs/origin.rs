//! The file that an output comes from, for those that have none of their own: the page that makes a
//! folder a section, or that names a term.

use super::Output;
use crate::snapshot::SiteSnapshot;
use ssg_source::SitePath;
use ssg_taxonomy::Page;

/// Where an output comes from.
pub(super) struct Origin {
    /// The file to change.
    pub path: SitePath,
    /// What the file has to do with the output.
    pub words: String,
    /// How far the file is from the output: 0 where it is its source, 3 where nobody wrote it.
    pub distance: u8,
}

/// The origin of an output. What the site makes of no page in particular comes from `ssg.toml`.
pub(super) fn origin(snapshot: &SiteSnapshot, output: &Output) -> Origin {
    let named = output.source.as_ref().filter(|source| !source.as_str().is_empty());
    if let Some(source) = named {
        let distance = if source.as_str().starts_with("theme:") { 3 } else { 0 };
        return Origin { path: source.clone(), words: output.kind.source_words(), distance };
    }
    output.kind.made_for(snapshot).unwrap_or_else(|| Origin {
        path: SitePath::new("ssg.toml").unwrap_or_default(),
        words: format!("the site's own {}", output.kind.words()),
        distance: 3,
    })
}

/// The first file by its name, so that every build names the same.
pub(super) fn first<'p>(pages: impl Iterator<Item = &'p Page>) -> Option<SitePath> {
    pages.map(|page| &page.source).min().cloned()
}
