//! Lists of pages that have sheets and feeds: the site's newest posts, sections, terms.

use crate::facets::config::{SheetSize, TaxonomySettings};
use crate::facets::{section, term};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Members, SectionPages};
use ssg_taxonomy::{LangId, PageKey, SectionKey, TermKey};

/// A list of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum List {
    /// The newest posts of the site, in a language.
    Site(LangId),
    /// A section.
    Section(SectionKey),
    /// A term, in a language.
    Term(TermKey, LangId),
}

impl List {
    /// In words.
    pub(crate) fn words(&self, snapshot: &SiteSnapshot) -> String {
        match self {
            Self::Site(_) => "the site".to_owned(),
            Self::Section(key) => section(snapshot, key),
            Self::Term(key, _) => term(snapshot, key),
        }
    }
}

/// The path of a sheet of a list.
pub(crate) fn sheet_path(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{}page/{number}/", folder(path)) }
}

/// A path up to its last slash.
pub(crate) fn folder(path: &str) -> &str {
    &path[..=path.rfind('/').unwrap_or(0)]
}

/// How many sheets so many pages take.
pub(crate) fn sheet_count(pages: usize, size: Option<usize>) -> usize {
    size.map_or(1, |size| pages.div_ceil(size.max(1)).max(1))
}

/// A sheet of a list, with where it stands.
pub(crate) struct Sheet {
    /// The pages on it.
    pub pages: Vec<PageKey>,
    /// How many sheets there are.
    pub total: usize,
    /// Whether the list has sheets, be it only one.
    pub is_paginated: bool,
}

fn sheet(pages: Vec<PageKey>, size: Option<usize>, number: usize) -> Sheet {
    let total = sheet_count(pages.len(), size);
    let pages = match size {
        Some(size) => {
            let size = size.max(1);
            pages.into_iter().skip(number.saturating_sub(1).saturating_mul(size)).take(size).collect()
        }
        None => pages,
    };
    Sheet { pages, total, is_paginated: size.is_some() }
}

/// A sheet of a section, from 1.
pub(crate) fn section_sheet(reads: &Reads, key: SectionKey, number: usize) -> Sheet {
    let own = reads.section(&key).and_then(|section| section.paginate_by);
    let size = own.or_else(|| reads.get::<SheetSize>(&()).and_then(|size| **size));
    let pages = reads.get::<SectionPages>(&key).map_or_else(Vec::new, |pages| pages.0.clone());
    sheet(pages, size, number)
}

/// A sheet of a term, from 1.
pub(crate) fn term_sheet(reads: &Reads, key: TermKey, language: LangId, number: usize) -> Sheet {
    let taxonomy = reads.term(&key).map(|term| term.taxonomy.clone());
    let settings = reads.get::<TaxonomySettings>(&());
    let size = settings.zip(taxonomy).and_then(|(settings, name)| settings.of(&name)?.paginate_by);
    let members = reads.get::<Members>(&(key, language));
    let pages = members.iter().flat_map(|members| &members.0).map(|member| member.page).collect();
    sheet(pages, size, number)
}
