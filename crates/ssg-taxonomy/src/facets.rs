//! The site in parts that can be told apart: what a computation reads of it, and no more.
//!
//! A facet is a part of one thing: what lists show of a page, which pages carry a term, the schedule of an
//! event. It is made of the assembled site when it is first asked for, and handed out with the digest of
//! all of it ([`Held`]). Facets name other things by their keys and repeat nothing of them; so a new title
//! changes one facet, and a query that shows it reads that one.
//!
//! [`Facets::get`] is for the door of the engine: what renders cannot reach a [`Facets`], nor a
//! [`Site`].

mod event;
mod feed;
mod page;
mod section;
mod site;
mod talks;
mod term;
mod term_parts;

pub use event::{
    EventCard, EventMoment, EventTable, EventTalks, EventVenue, OpenCall, Schedule, Slot, closing,
};
pub use feed::{FeedDates, SectionFeed, TermFeed};
pub use page::{
    Anchors, Audio, Author, Card, Content, Lead, Neighbours, Recaps, References, Summary, Talk, Translations,
};
pub use section::{SectionCard, SectionOfDir, SectionPages, SectionSize, SectionText, Subsections};
pub use site::{
    Addresses, AtPath, CoLocatedNames, CoLocatedPath, Destination, Editions, EventById, Events, HasListed,
    HiddenPeople, Languages, Listed, LooseTalks, NextMoment, OfSource, Redirects, SeriesNames, SeriesOfSlug,
    Sources, TalkById,
};
pub use talks::{TalkFilter, TalkGroups, TalkList, tool_key};
pub use term::{
    AllTerms, Member, Members, Originals, Spelling, TaxonomyCard, TaxonomyNames, TaxonomyText, TermAliases,
    TermCard, TermName, Terms, Works,
};
pub use term_parts::{TermPart, TermParts, TermsOfPart};

use crate::ids::{PageId, SectionId, TermId};
use crate::keys::{PageKey, SectionKey, TermKey};
use crate::reorder::{Move, Reordered, ReorderedLists};
use crate::site::{Site, Target};
use crate::term::term_slug;
use crate::update::UpdatedDocument;
use jiff::Timestamp;
use ssg_engine::{Held, Store};
use ssg_parse::{Document, LangId};
use ssg_source::hash::HashMap;
use ssg_source::{Digest, SitePath};
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};
use talks::TalkLists;
use term_parts::AllTermParts;

/// A part of the site.
pub trait SiteFacet: Send + Sync + Sized + 'static {
    /// What tells facets of the kind apart.
    type Key: Clone + Eq + Hash + Send + Sync;

    /// Makes it of the assembled site; `None` where the site has no such part.
    fn make(facets: &Facets, key: &Self::Key) -> Option<Held<Self>>;

    /// Whether it is another one since a page stands elsewhere in lists: of what does not follow from the order of
    /// pages it never is.
    fn is_reordered(_key: &Self::Key, _lists: &Reordered) -> bool {
        false
    }
}

/// Where files beside pages and sections go, by their sources.
#[derive(Debug, Default)]
pub struct CoLocatedFiles(BTreeMap<SitePath, String>);

impl CoLocatedFiles {
    /// Where a file goes.
    #[must_use]
    pub fn get(&self, source: &SitePath) -> Option<&String> {
        self.0.get(source)
    }

    /// All of them, sorted by source.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &String)> {
        self.0.iter()
    }

    /// Names of those below a folder, relative to it.
    fn range_below(&self, folder: &str) -> Vec<String> {
        let Ok(start) = SitePath::new(folder) else { return Vec::new() };
        let from = self.0.range(start..);
        let is_near = |path: &&SitePath| path.as_str().starts_with(folder);
        from.map(|(path, _)| path)
            .take_while(is_near)
            .filter_map(|path| path.below(folder))
            .map(str::to_owned)
            .collect()
    }

    fn of(site: &Site) -> Self {
        let mut beside = BTreeMap::new();
        let mut add = |assets: &[SitePath], source_dir: &str, path: &str| {
            let folder = &path[..=path.rfind('/').unwrap_or(0)];
            for asset in assets {
                if let Some(rest) = asset.below(source_dir) {
                    beside.insert(asset.clone(), format!("{folder}{rest}"));
                }
            }
        };
        for page in site.pages.iter().filter(|page| !page.assets.is_empty()) {
            let dir = page.source.parent().unwrap_or_default();
            add(&page.assets, dir.as_str(), &page.path);
        }
        for section in &site.sections {
            let dir = if section.dir.is_empty() {
                "content".to_owned()
            } else {
                format!("content/{}", section.dir)
            };
            add(&section.assets, &dir, &section.path);
        }
        Self(beside)
    }
}

macro_rules! stores {
    ($($field:ident: $facet:ident),* $(,)?) => {
        /// The facets that were asked for, by kind.
        #[derive(Default)]
        struct Stores {
            $($field: Store<<$facet as SiteFacet>::Key, $facet>,)*
        }

        impl Stores {
            /// Forgets what is another one since a page stands elsewhere in lists.
            fn forget_reordered(&mut self, lists: &Reordered) {
                $(self.$field.forget_where(|key| $facet::is_reordered(key, lists));)*
            }
        }

        $(impl Stored for $facet {
            fn store(facets: &Facets) -> &Store<Self::Key, Self> {
                &facets.stores.$field
            }
        })*
    };
}

/// A facet that has a store.
trait Stored: SiteFacet {
    fn store(facets: &Facets) -> &Store<Self::Key, Self>;
}

stores! {
    cards: Card,
    leads: Lead,
    summaries: Summary,
    contents: Content,
    references: References,
    recaps: Recaps,
    translations: Translations,
    neighbours: Neighbours,
    anchors: Anchors,
    event_cards: EventCard,
    event_moments: EventMoment,
    event_tables: EventTable,
    event_venues: EventVenue,
    event_talks: EventTalks,
    schedules: Schedule,
    term_cards: TermCard,
    term_aliases: TermAliases,
    members: Members,
    originals: Originals,
    feed_dates: FeedDates,
    section_feeds: SectionFeed,
    term_feeds: TermFeed,
    taxonomy_cards: TaxonomyCard,
    taxonomy_names: TaxonomyNames,
    taxonomy_texts: TaxonomyText,
    terms: Terms,
    all_terms: AllTerms,
    spellings: Spelling,
    works: Works,
    section_cards: SectionCard,
    section_texts: SectionText,
    section_pages: SectionPages,
    section_sizes: SectionSize,
    subsections: Subsections,
    sections_of_dirs: SectionOfDir,
    at_paths: AtPath,
    of_sources: OfSource,
    sources: Sources,
    co_located_paths: CoLocatedPath,
    co_located_names: CoLocatedNames,
    listed: Listed,
    has_listed: HasListed,
    events: Events,
    loose_talks: LooseTalks,
    events_by_id: EventById,
    talks_by_id: TalkById,
    editions: Editions,
    series_names: SeriesNames,
    series_of_slugs: SeriesOfSlug,
    languages: Languages,
    hidden_people: HiddenPeople,
    next_moment: NextMoment,
    addresses: Addresses,
    redirects: Redirects,
    talk_lists: TalkList,
    talk_groups: TalkGroups,
    term_parts: TermParts,
    terms_of_parts: TermsOfPart,
}

/// The assembled site, and its facets as they are asked for.
pub struct Facets {
    site: Site,
    instant: Timestamp,
    /// Digest of the options that content was parsed with.
    parsed_with: Digest,
    co_located_files: CoLocatedFiles,
    /// Slug of a series → numbers of its events.
    series: BTreeMap<String, Vec<usize>>,
    page_keys: Vec<PageKey>,
    pages: HashMap<PageKey, PageId>,
    sections: HashMap<SectionKey, SectionId>,
    terms: HashMap<TermKey, TermId>,
    term_keys: Vec<Vec<TermKey>>,
    talk_lists: OnceLock<TalkLists>,
    term_parts: OnceLock<AllTermParts>,
    stores: Stores,
}

impl Facets {
    /// The facets of a site at an instant; `parsed_with` is a digest of the options that its content was
    /// parsed with.
    #[must_use]
    pub fn new(site: Site, instant: Timestamp, parsed_with: Digest) -> Self {
        let page_keys: Vec<PageKey> = site.pages.iter().map(PageKey::of).collect();
        let pages = page_keys.iter().copied().zip(site.numbered_pages().map(|(id, _)| id)).collect();
        let sections = (0u32..).zip(&site.sections);
        let sections =
            sections.map(|(number, section)| (SectionKey::of(section), SectionId(number))).collect();
        let term_keys: Vec<Vec<TermKey>> = site
            .taxonomies
            .iter()
            .map(|taxonomy| {
                taxonomy.terms.iter().map(|term| TermKey::of(&taxonomy.name, &term.slug)).collect()
            })
            .collect();
        let terms = (0u16..)
            .zip(&term_keys)
            .flat_map(|(taxonomy, keys)| {
                (0u32..).zip(keys).map(move |(term, key)| (*key, TermId { taxonomy, term }))
            })
            .collect();
        let mut series: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let is_listed = |event: &crate::event::Event| !site.page(event.page).is_unlisted();
        for (number, event) in site.events.iter().enumerate().filter(|(_, event)| is_listed(event)) {
            if let Some(slug) = event.series.as_deref().map(term_slug).filter(|slug| !slug.is_empty()) {
                series.entry(slug).or_default().push(number);
            }
        }
        Self {
            co_located_files: CoLocatedFiles::of(&site),
            site,
            instant,
            parsed_with,
            series,
            page_keys,
            pages,
            sections,
            terms,
            term_keys,
            talk_lists: OnceLock::new(),
            term_parts: OnceLock::new(),
            stores: Stores::default(),
        }
    }

    /// A facet with its digest.
    #[must_use]
    #[expect(private_bounds, reason = "facets of the site are those of this crate")]
    pub fn get<F: Stored>(&self, key: &F::Key) -> Held<F> {
        F::store(self).get_or_make(key, || F::make(self, key).unwrap_or_else(Held::absent))
    }

    /// The digest of a facet.
    #[must_use]
    #[expect(private_bounds, reason = "facets of the site are those of this crate")]
    pub fn digest<F: Stored>(&self, key: &F::Key) -> Option<Digest> {
        F::store(self).digest(key, || F::make(self, key).unwrap_or_else(Held::absent))
    }

    /// The site that the facets are of. For whoever plans; what renders cannot reach it.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Where files beside content go.
    #[must_use]
    pub fn co_located_files(&self) -> &CoLocatedFiles {
        &self.co_located_files
    }

    /// Slugs of all series, sorted, with the numbers of their events.
    #[must_use]
    pub fn series(&self) -> &BTreeMap<String, Vec<usize>> {
        &self.series
    }

    /// The key of a page.
    #[must_use]
    pub fn page_key(&self, id: PageId) -> PageKey {
        self.page_keys[id.index()]
    }

    fn page_keys(&self, ids: impl IntoIterator<Item = PageId>) -> Vec<PageKey> {
        ids.into_iter().map(|id| self.page_key(id)).collect()
    }

    /// The key of a section.
    #[must_use]
    pub fn section_key(&self, id: SectionId) -> SectionKey {
        SectionKey::of(self.site.section(id))
    }

    /// The key of a term.
    #[must_use]
    pub fn term_key(&self, id: TermId) -> TermKey {
        self.term_keys[usize::from(id.taxonomy)][id.term as usize]
    }

    /// The page of a key.
    #[must_use]
    pub fn page_id(&self, key: &PageKey) -> Option<PageId> {
        self.pages.get(key).copied()
    }

    /// The section of a key.
    #[must_use]
    pub fn section_id(&self, key: &SectionKey) -> Option<SectionId> {
        self.sections.get(key).copied()
    }

    /// The term of a key.
    #[must_use]
    pub fn term_id(&self, key: &TermKey) -> Option<TermId> {
        self.terms.get(key).copied()
    }

    /// Lists of talks.
    fn talk_lists(&self) -> &TalkLists {
        self.talk_lists.get_or_init(|| TalkLists::of(self))
    }

    /// Parts of large taxonomies. No title of a page changes them: terms are named and counted anew with the site.
    fn term_parts(&self) -> &AllTermParts {
        self.term_parts.get_or_init(|| AllTermParts::of(self))
    }

    /// All languages that the configuration has, by number.
    fn language_ids(&self) -> impl Iterator<Item = LangId> {
        let count = self.site.language_homes.len().max(1);
        (0..count).filter_map(|number| u16::try_from(number).ok()).map(LangId)
    }

    /// Puts another document in the place of the one that a content file had, where nothing but that file
    /// says anything else for it, and makes its facets anew. `None` where more than that depends on what is
    /// different: then the site must be assembled anew.
    pub fn update(&mut self, source: &SitePath, document: Arc<Document>) -> Option<Updated> {
        let mut lists = ReorderedLists::default();
        let before = self.site.target(source);
        let updated = match self.site.update(source, document, &mut lists)? {
            UpdatedDocument::Page(id) => {
                if let Some(Target::Page(before)) = before {
                    self.move_page(Move { from: before.index(), to: id.index() });
                }
                let key = self.page_key(id);
                self.stores.cards.forget(&key);
                self.stores.leads.forget(&key);
                self.stores.summaries.forget(&key);
                self.stores.contents.forget(&key);
                self.stores.feed_dates.forget(&key);
                self.stores.event_cards.forget(&key);
                self.stores.event_moments.forget(&key);
                self.stores.event_tables.forget(&key);
                self.stores.event_venues.forget(&key);
                self.stores.addresses.forget(&());
                let lists = self.reordered(&lists);
                if lists.is_any() {
                    self.talk_lists = OnceLock::new();
                    self.stores.forget_reordered(&lists);
                }
                Updated::Page(key, lists)
            }
            UpdatedDocument::List => {
                self.stores.section_cards = Store::default();
                self.stores.section_texts = Store::default();
                self.stores.taxonomy_cards = Store::default();
                self.stores.taxonomy_texts = Store::default();
                Updated::List
            }
        };
        self.stores.anchors.forget(source);
        Some(updated)
    }

    /// Gives keys the numbers that pages have after one of them has moved.
    fn move_page(&mut self, moved: Move) {
        moved.apply(&mut self.page_keys);
        let (first, last) = (moved.from.min(moved.to), moved.from.max(moved.to));
        if first == last {
            return;
        }
        for (number, key) in (0u32..).zip(&self.page_keys).take(last + 1).skip(first) {
            self.pages.insert(*key, PageId(number));
        }
    }

    /// The keys of whose lists have a page that stands elsewhere in them now.
    fn reordered(&self, lists: &ReorderedLists) -> Reordered {
        let pages = lists.pages.iter().flat_map(|id| self.site.translations(*id).iter().chain([id]));
        Reordered {
            sections: lists.sections.iter().map(|id| self.section_key(*id)).collect(),
            terms: lists.terms.iter().map(|id| self.term_key(*id)).collect(),
            pages: pages.map(|id| self.page_key(*id)).collect(),
            kind: lists.kind,
        }
    }

    /// Another instant, at which no state is another one.
    pub fn set_instant(&mut self, instant: Timestamp) {
        self.instant = instant;
    }
}

/// Whose facets were made anew.
#[derive(Clone, Debug)]
pub enum Updated {
    /// Those of a page, and those of lists in which it stands elsewhere now.
    Page(PageKey, Reordered),
    /// Those of sections and taxonomies, as far as their texts go.
    List,
}
