//! The assembled site and the questions about it.
//!
//! A value that is built by [`crate::assemble`] and never changes but by `update`, which puts another document in the
//! place of one. It knows numbers, not keys, and nothing of how it is shown.

use crate::change::NextChange;
use crate::event::Event;
use crate::identity::identity;
use crate::ids::{PageId, SectionId, TermId};
use crate::page::{Kind, Page, Standing, Withheld};
use crate::term::{Taxonomy, Term};
use ssg_parse::{Document, LangId, is_placeholder_name};
use ssg_source::SitePath;
use ssg_source::hash::{HashMap, HashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A directory that lists pages.
#[derive(Clone, Debug)]
pub struct Section {
    /// Language of the pages that it lists.
    pub language: LangId,
    /// Directory below `content`, empty for the home page.
    pub dir: String,
    /// Its `_index.md`.
    pub source: Option<SitePath>,
    /// Site-relative path.
    pub path: String,
    /// Title, plain text.
    pub title: String,
    /// Somebody wrote the title; else it follows from the directory's name.
    pub is_titled: bool,
    /// The section above; `None` for the home page.
    pub parent: Option<SectionId>,
    /// Sections below, by title.
    pub sections: Vec<SectionId>,
    /// Pages listed, in the site's order.
    pub pages: Vec<PageId>,
    /// Header and body of `_index.md`.
    pub document: Arc<Document>,
    /// Files in the directory that are copied.
    pub assets: Vec<SitePath>,
    /// Paths that redirect here.
    pub aliases: Vec<String>,
    /// How far it is shown.
    pub standing: Standing,
    /// Whether it has a list of its own; else its pages are all that there is of it.
    pub has_list: bool,
}

/// A file that does not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBack {
    /// Why.
    pub why: Withheld,
    /// The file that takes it along, where it says nothing itself.
    pub with: Option<SitePath>,
}

/// What a source file became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page(PageId),
    /// A section.
    Section(SectionId),
    /// A term, in a language.
    Term(TermId, LangId),
    /// The index of a taxonomy, in a language.
    Taxonomy(usize, LangId),
    /// Nothing: it is not published.
    Withheld(Withheld),
}

/// Names that the configuration says to show nowhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hidden {
    /// What all their spellings are equal to, by taxonomy.
    pub spellings: HashMap<String, HashSet<String>>,
    /// Names of people, by what all spellings of each are equal to.
    pub people: BTreeMap<String, String>,
    /// What the spellings of pages that are hidden are equal to, with their taxonomies.
    pub of_pages: HashSet<(String, String)>,
}

impl Hidden {
    /// Whether a name is one of them in any spelling.
    pub fn has(&self, taxonomy: &str, name: &str) -> bool {
        self.spellings.get(taxonomy).is_some_and(|spellings| spellings.contains(&identity(name)))
    }
}

/// The whole site. Built once by [`crate::assemble`], never changed.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Every published page, terms' pages among them, newest first.
    pub pages: Vec<Page>,
    /// Sections; the home page is the first.
    pub sections: Vec<Section>,
    /// Taxonomies in the order of the configuration.
    pub taxonomies: Vec<Taxonomy>,
    /// Events, earliest first.
    pub events: Vec<Event>,
    pub(crate) taxonomy_texts: HashMap<(usize, LangId), (SitePath, Arc<Document>)>,
    /// Where the pages of each language lie.
    pub(crate) language_homes: Vec<String>,
    /// The home page of each language that has one.
    pub(crate) homes: Vec<Option<SectionId>>,
    /// Pages that have translations.
    pub(crate) translations: HashMap<PageId, Arc<[PageId]>>,
    pub(crate) targets: HashMap<SitePath, Target>,
    pub(crate) paths: HashMap<String, Target>,
    pub(crate) event_ids: HashMap<String, usize>,
    pub(crate) talk_ids: HashMap<String, PageId>,
    pub(crate) event_of_page: HashMap<PageId, usize>,
    /// Pages by kind, in the site's order.
    pub(crate) by_kind: HashMap<Kind, Vec<PageId>>,
    /// Editions of each series, earliest first.
    pub(crate) series: BTreeMap<String, Vec<PageId>>,
    /// What people wrote, and the events that they organized, in the site's order.
    pub(crate) written: HashMap<TermId, Vec<PageId>>,
    pub(crate) organized: HashMap<TermId, Vec<PageId>>,
    pub(crate) hidden: Hidden,
    /// What does not go out, files beside content too.
    pub(crate) kept_back: BTreeMap<SitePath, KeptBack>,
    /// Names of withheld talks, by the folder of their event: a row of its schedule may name them.
    pub(crate) withheld_talks: HashMap<String, HashSet<String>>,
    /// What withheld events are called.
    pub(crate) withheld_events: HashSet<String>,
    /// Sections without a list of their own.
    pub(crate) without_list: HashSet<(LangId, String)>,
    /// How far sections are shown, where it is not all the way.
    pub(crate) standings: HashMap<(LangId, String), Standing>,
    /// The same of the indexes of taxonomies and the terms below, by the taxonomy's number.
    pub(crate) taxonomy_standings: HashMap<(usize, LangId), Standing>,
    /// Whether files are named by withheld pages: then it matters which ones published pages name.
    pub(crate) is_sensitive_to_mentions: bool,
    pub(crate) next_change: Option<NextChange>,
}

impl Site {
    /// A page.
    ///
    /// # Panics
    /// For a number of another site.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// A section.
    ///
    /// # Panics
    /// For a number of another site.
    #[must_use]
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// A term.
    ///
    /// # Panics
    /// For a number of another site.
    #[must_use]
    pub fn term(&self, id: TermId) -> &Term {
        &self.taxonomies[id.taxonomy as usize].terms[id.term as usize]
    }

    /// Pages with their numbers.
    pub fn numbered_pages(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.pages
            .iter()
            .enumerate()
            .map(|(index, page)| (PageId(u32::try_from(index).unwrap_or(u32::MAX)), page))
    }

    /// Pages of a kind, in the site's order.
    pub fn pages_of(&self, kind: Kind) -> impl Iterator<Item = PageId> {
        self.by_kind.get(&kind).map_or(&[] as &[PageId], Vec::as_slice).iter().copied()
    }

    /// Series with their editions, earliest first, by name.
    pub fn series(&self) -> impl Iterator<Item = (&str, &[PageId])> {
        self.series.iter().map(|(name, editions)| (name.as_str(), editions.as_slice()))
    }

    /// Events of a series, earliest first.
    #[must_use]
    pub fn editions(&self, series: &str) -> &[PageId] {
        self.series.get(series).map_or(&[], Vec::as_slice)
    }

    /// Pages that somebody wrote, in the site's order.
    #[must_use]
    pub fn written_by(&self, person: TermId) -> &[PageId] {
        self.written.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Events that somebody organized, latest first.
    #[must_use]
    pub fn organized_by(&self, person: TermId) -> &[PageId] {
        self.organized.get(&person).map_or(&[], Vec::as_slice)
    }

    /// What a source file became.
    #[must_use]
    pub fn target(&self, source: &SitePath) -> Option<Target> {
        self.targets.get(source).copied()
    }

    /// What does not go out and why, by file.
    pub fn kept_back(&self) -> impl ExactSizeIterator<Item = (&SitePath, &KeptBack)> {
        self.kept_back.iter()
    }

    /// Why a file does not go out.
    #[must_use]
    pub fn why_kept_back(&self, source: &SitePath) -> Option<&KeptBack> {
        self.kept_back.get(source)
    }

    /// Enters a file that does not go out.
    pub(crate) fn keep_back(&mut self, source: SitePath, why: Withheld, with: Option<SitePath>) {
        self.targets.insert(source.clone(), Target::Withheld(why));
        let with = with.filter(|with| *with != source);
        self.kept_back.insert(source, KeptBack { why, with });
    }

    /// Every source file that became something.
    pub fn sources(&self) -> impl Iterator<Item = &SitePath> {
        self.targets.keys()
    }

    /// What lies at a site-relative path.
    #[must_use]
    pub fn at_path(&self, path: &str) -> Option<Target> {
        self.paths.get(path).copied()
    }

    /// Header and body of a taxonomy's `_index.md`.
    #[must_use]
    pub fn taxonomy_text(&self, index: usize, language: LangId) -> Option<&Arc<Document>> {
        self.taxonomy_texts.get(&(index, language)).map(|(_, document)| document)
    }

    /// How far the index of a taxonomy is shown.
    #[must_use]
    pub fn taxonomy_standing(&self, index: usize, language: LangId) -> Standing {
        self.taxonomy_standings.get(&(index, language)).copied().unwrap_or_default()
    }

    /// Whether search engines are to pass the page of a term over.
    #[must_use]
    pub fn is_noindex_term(&self, id: TermId, language: LangId) -> bool {
        let page = self.term_in(id, language).page.or(self.term(id).page);
        page.is_some_and(|page| self.page(page).standing.noindex)
            || self.taxonomy_standing(usize::from(id.taxonomy), language).noindex
    }

    /// Whether the page of a term is in no list. The index of a taxonomy that is in no list itself has all of its terms.
    #[must_use]
    pub fn is_unlisted_term(&self, id: TermId, language: LangId) -> bool {
        let page = self.term_in(id, language).page.or(self.term(id).page);
        page.is_some_and(|page| self.page(page).is_unlisted())
            && !self.taxonomy_standing(usize::from(id.taxonomy), language).unlisted
    }

    /// The `_index.md` of a taxonomy.
    #[must_use]
    pub fn taxonomy_source(&self, index: usize, language: LangId) -> Option<&SitePath> {
        self.taxonomy_texts.get(&(index, language)).map(|(source, _)| source)
    }

    /// Number of the taxonomy of a name.
    #[must_use]
    pub fn taxonomy(&self, name: &str) -> Option<usize> {
        self.taxonomies.iter().position(|taxonomy| taxonomy.name == name)
    }

    /// The term of any spelling.
    #[must_use]
    pub fn find_term(&self, taxonomy: &str, name: &str) -> Option<TermId> {
        let index = self.taxonomy(taxonomy)?;
        let term = self.taxonomies[index].find(name)?;
        Some(TermId { taxonomy: u16::try_from(index).ok()?, term })
    }

    /// Whether a name is that of somebody who may be shown: not a placeholder, not unpublished.
    #[must_use]
    pub fn is_shown_person(&self, name: &str) -> bool {
        !is_placeholder_name(name) && !self.hidden.has("speakers", name)
    }

    /// Whether a name is one of somebody who is to be shown nowhere.
    #[must_use]
    pub fn is_hidden_person(&self, name: &str) -> bool {
        self.hidden.has("speakers", name)
    }

    /// Every known name of the people who are to be shown nowhere, in alphabetical order.
    pub fn hidden_people(&self) -> impl ExactSizeIterator<Item = &str> {
        self.hidden.people.values().map(String::as_str)
    }

    /// When a build gives something else though no file has changed; `None` for never.
    #[must_use]
    pub fn next_change(&self) -> Option<&NextChange> {
        self.next_change.as_ref()
    }

    /// The event of an id.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.event_ids.get(id).map(|index| &self.events[*index])
    }

    /// What calendars and apps know an event or a talk by, as long as it lasts: the id in its header, else what it was
    /// called first, which its first alias beside it tells, else what it is called.
    #[must_use]
    pub fn lasting_id(&self, id: PageId) -> String {
        let page = self.page(id);
        if let Some(own) = &page.document.front.id {
            return own.value.trim().to_owned();
        }
        let folder = |path: &str| path.trim_end_matches('/').rfind('/').map(|slash| path[..slash].to_owned());
        let beside = |alias: &&String| folder(alias) == folder(&page.path) && alias.ends_with('/');
        let first = page.aliases.iter().find(beside);
        let first = first.and_then(|alias| alias.trim_end_matches('/').rsplit('/').next());
        match (page.talk.as_ref().and_then(|talk| talk.event), self.event_of(id)) {
            (Some(event), _) if page.kind == Kind::Talk => {
                let event = self.lasting_id(self.events[event].page);
                format!("{event}/{}", first.unwrap_or(&page.slug))
            }
            (_, Some(event)) => first.unwrap_or(&event.id).to_owned(),
            _ => page.talk.as_ref().map_or_else(|| page.slug.clone(), |talk| talk.id.clone()),
        }
    }

    /// The event that a page is the page of.
    #[must_use]
    pub fn event_of(&self, page: PageId) -> Option<&Event> {
        self.event_of_page.get(&page).map(|index| &self.events[*index])
    }

    /// The section of a directory below `content`, in a language; of the empty one the home page.
    #[must_use]
    pub fn section_of_dir(&self, dir: &str, language: LangId) -> Option<SectionId> {
        // Sections are in the order of their languages, then of their directories.
        let key = (language, dir);
        let index = self
            .sections
            .binary_search_by(|section| (section.language, section.dir.as_str()).cmp(&key))
            .ok()?;
        u32::try_from(index).ok().map(SectionId)
    }

    /// The talk of an id (`event/slug`).
    #[must_use]
    pub fn talk(&self, id: &str) -> Option<PageId> {
        self.talk_ids.get(id).copied()
    }

    /// The pages before and after a page in its section's order: older, newer.
    #[must_use]
    pub fn neighbours(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        let pages = &self.section(self.page(id).section).pages;
        // The section's pages are in the site's order, which is that of the numbers.
        let Ok(at) = pages.binary_search(&id) else { return (None, None) };
        (pages.get(at + 1).copied(), at.checked_sub(1).map(|newer| pages[newer]))
    }

    /// Sections from the home page down to the one that lists `section`'s pages, itself included.
    #[must_use]
    pub fn ancestors(&self, section: SectionId) -> Vec<SectionId> {
        let mut chain = vec![section];
        let mut at = section;
        while let Some(parent) = self.section(at).parent {
            chain.push(parent);
            at = parent;
        }
        chain.reverse();
        chain
    }
}
