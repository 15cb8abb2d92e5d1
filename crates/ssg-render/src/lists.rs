//! Lists of pages that have pagers and feeds: the site's newest posts, sections, terms. A pager is one of the pages that
//! a long list is parted into.

use crate::facets::config::{PagerSize, TaxonomySettings};
use crate::facets::{section, term};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Members, SectionPages, TalkFilter, TalkList};
use ssg_taxonomy::{LangId, PageKey, SectionKey, TermKey};
use std::collections::BTreeMap;

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

/// The path of a pager of a list.
pub(crate) fn pager_path(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{}page/{number}/", folder(path)) }
}

/// A path up to its last slash.
pub(crate) fn folder(path: &str) -> &str {
    &path[..=path.rfind('/').unwrap_or(0)]
}

/// How many pagers so many pages take.
pub(crate) fn pager_count(pages: usize, size: Option<usize>) -> usize {
    size.map_or(1, |size| pages.div_ceil(size.max(1)).max(1))
}

/// A pager of a list, with where it stands.
pub(crate) struct Pager {
    /// The pages on it.
    pub pages: Vec<PageKey>,
    /// How many pages all pagers have.
    pub all: usize,
    /// How many pagers there are.
    pub total: usize,
    /// Whether the list has pagers, be it only one.
    pub is_paginated: bool,
}

fn pager(pages: Vec<PageKey>, size: Option<usize>, number: usize) -> Pager {
    let (all, total) = (pages.len(), pager_count(pages.len(), size));
    let pages = match size {
        Some(size) => {
            let size = size.max(1);
            pages.into_iter().skip(number.saturating_sub(1).saturating_mul(size)).take(size).collect()
        }
        None => pages,
    };
    Pager { pages, all, total, is_paginated: size.is_some() }
}

/// A pager of a section, from 1.
pub(crate) fn section_pager(reads: &Reads, key: SectionKey, number: usize) -> Pager {
    let own = reads.section(&key).and_then(|section| section.paginate_by);
    let size = own.or_else(|| reads.get::<PagerSize>(&()).and_then(|size| **size));
    let pages = reads.get::<SectionPages>(&key).map_or_else(Vec::new, |pages| pages.0.clone());
    pager(pages, size, number)
}

/// How many talks stand on a pager where nobody says how many pages do.
const TALKS: usize = 100;

/// How many talks a pager of them has.
pub(crate) fn talks_on_a_pager(paginate_by: Option<usize>) -> usize {
    paginate_by.unwrap_or(TALKS)
}

/// A pager of a list of talks, from 1; `None` where there is no such list.
pub(crate) fn talk_pager(
    reads: &Reads,
    filter: &TalkFilter,
    language: LangId,
    number: usize,
) -> Option<Pager> {
    let talks = reads.get::<TalkList>(&(filter.clone(), language))?;
    let size = reads.get::<PagerSize>(&()).and_then(|size| **size);
    Some(pager(talks.0.clone(), Some(talks_on_a_pager(size)), number))
}

/// A term with more pages has pagers even where nobody says how many pages stand on one.
const LARGE_TERM: usize = 300;
/// How many pages a pager of such a term has.
const OF_LARGE_TERM: usize = 200;

/// How many pages a pager of a term with `count` pages has; `None` where all stand on one.
pub(crate) fn on_a_pager_of_a_term(paginate_by: Option<usize>, count: usize) -> Option<usize> {
    paginate_by.or_else(|| (count > LARGE_TERM).then_some(OF_LARGE_TERM))
}

/// The number of the first pager of a term on which each year stands, the newest first.
pub(crate) fn pagers_of_years(reads: &Reads, key: TermKey, language: LangId) -> Vec<(i16, usize)> {
    let members = reads.get::<Members>(&(key, language));
    let members = members.as_ref().map_or(&[][..], |members| &members.0);
    let Some(size) = term_pager_size(reads, key, members.len()) else { return Vec::new() };
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if let Some(year) = member.year {
            years.entry(year).or_insert(at / size.max(1) + 1);
        }
    }
    years.into_iter().rev().collect()
}

fn term_pager_size(reads: &Reads, key: TermKey, count: usize) -> Option<usize> {
    let taxonomy = reads.term(&key).map(|term| term.taxonomy.clone());
    let settings = reads.get::<TaxonomySettings>(&());
    let size = settings.zip(taxonomy).and_then(|(settings, name)| settings.of(&name)?.paginate_by);
    on_a_pager_of_a_term(size, count)
}

/// A pager of a term, from 1.
pub(crate) fn term_pager(reads: &Reads, key: TermKey, language: LangId, number: usize) -> Pager {
    let members = reads.get::<Members>(&(key, language));
    let pages: Vec<PageKey> =
        members.iter().flat_map(|members| &members.0).map(|member| member.page).collect();
    let size = term_pager_size(reads, key, pages.len());
    pager(pages, size, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_terms_have_pagers_and_small_ones_none() {
        assert_eq!(on_a_pager_of_a_term(None, LARGE_TERM), None);
        assert_eq!(on_a_pager_of_a_term(None, LARGE_TERM + 1), Some(OF_LARGE_TERM));
        assert_eq!(on_a_pager_of_a_term(Some(1_000), LARGE_TERM + 1), Some(1_000));
    }
}
