//! Facets of the site as a whole, and what lies where.

use super::{Facets, SiteFacet};
use crate::change::NextChange;
use crate::identity::identity;
use crate::ids::TermId;
use crate::keys::{PageKey, SectionKey, TermKey};
use crate::page::{Kind, Withheld};
use crate::reorder::Reordered;
use crate::site::{Hidden, Target};
use jiff::Zoned;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::{LangId, is_placeholder_name};
use ssg_source::SitePath;
use std::sync::Arc;

/// What a path leads to, or what a content file became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Destination {
    /// A page.
    Page(PageKey),
    /// A section.
    Section(SectionKey),
    /// A term, in a language.
    Term(TermKey, LangId),
    /// The index of a taxonomy, in a language.
    Taxonomy(Arc<str>, LangId),
    /// Nothing: it is not published.
    Withheld(Withheld),
}

fn destination(facets: &Facets, target: Target) -> Destination {
    match target {
        Target::Page(id) => Destination::Page(facets.page_key(id)),
        Target::Section(id) => Destination::Section(facets.section_key(id)),
        Target::Term(id, language) => Destination::Term(facets.term_key(id), language),
        Target::Taxonomy(index, language) => {
            Destination::Taxonomy(facets.site.taxonomies[index].name.as_str().into(), language)
        }
        Target::Withheld(why) => Destination::Withheld(why),
    }
}

/// What lies at a site-relative path.
#[derive(Clone, Debug, Serialize)]
pub struct AtPath(pub Destination);

impl SiteFacet for AtPath {
    type Key = Arc<str>;

    fn make(facets: &Facets, path: &Arc<str>) -> Option<Held<Self>> {
        facets.site.at_path(path).map(|target| Held::new(Self(destination(facets, target))))
    }
}

/// What a content file became.
#[derive(Clone, Debug, Serialize)]
pub struct OfSource(pub Destination);

impl SiteFacet for OfSource {
    type Key = SitePath;

    fn make(facets: &Facets, source: &SitePath) -> Option<Held<Self>> {
        facets.site.target(source).map(|target| Held::new(Self(destination(facets, target))))
    }
}

/// Every content file that became something, sorted.
#[derive(Clone, Debug, Serialize)]
pub struct Sources(pub Vec<SitePath>);

impl SiteFacet for Sources {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let mut sources: Vec<SitePath> = facets.site.sources().cloned().collect();
        sources.sort();
        Some(Held::new(Self(sources)))
    }
}

/// Where a file beside content goes.
#[derive(Clone, Debug, Serialize)]
pub struct CoLocatedPath(pub String);

impl SiteFacet for CoLocatedPath {
    type Key = SitePath;

    fn make(facets: &Facets, source: &SitePath) -> Option<Held<Self>> {
        facets.co_located_files.get(source).map(|path| Held::new(Self(path.clone())))
    }
}

/// Names of the files below a folder of the content that are copied, relative to it, sorted.
#[derive(Clone, Debug, Serialize)]
pub struct CoLocatedNames(pub Vec<String>);

impl SiteFacet for CoLocatedNames {
    type Key = Arc<str>;

    fn make(facets: &Facets, folder: &Arc<str>) -> Option<Held<Self>> {
        let names = facets.co_located_files.range_below(folder);
        Some(Held::new(Self(names)))
    }
}

/// Pages of a kind that lists of a language show, in the site's order.
#[derive(Clone, Debug, Serialize)]
pub struct Listed(pub Vec<PageKey>);

impl SiteFacet for Listed {
    type Key = (Kind, LangId);

    fn make(facets: &Facets, (kind, language): &(Kind, LangId)) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.page_keys(facets.site.listed(*kind, *language)))))
    }

    fn is_reordered((kind, _): &Self::Key, lists: &Reordered) -> bool {
        lists.kind == Some(*kind)
    }
}

/// Whether lists of a language have any page of a kind.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct HasListed(pub bool);

impl SiteFacet for HasListed {
    type Key = (Kind, LangId);

    fn make(facets: &Facets, (kind, language): &(Kind, LangId)) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.site.listed(*kind, *language).next().is_some())))
    }
}

/// The pages of all events, earliest first.
#[derive(Clone, Debug, Serialize)]
pub struct Events(pub Vec<PageKey>);

impl SiteFacet for Events {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let pages = facets.site.events.iter().map(|event| event.page);
        let listed = pages.filter(|page| !facets.site.page(*page).is_unlisted());
        Some(Held::new(Self(facets.page_keys(listed))))
    }
}

/// Talks that are no event's, in the site's order, without translations.
#[derive(Clone, Debug, Serialize)]
pub struct LooseTalks(pub Vec<PageKey>);

impl SiteFacet for LooseTalks {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let site = &facets.site;
        let is_alone = |talk: &crate::event::TalkInfo| talk.event.is_none();
        let listed = site.pages_of(Kind::Talk).filter(|id| !site.page(*id).is_unlisted());
        let originals = listed.filter(|id| site.is_original(*id));
        let alone = originals.filter(|id| site.page(*id).talk.as_ref().is_some_and(is_alone));
        Some(Held::new(Self(facets.page_keys(alone))))
    }

    fn is_reordered((): &(), lists: &Reordered) -> bool {
        lists.kind == Some(Kind::Talk)
    }
}

/// The page of the event of an id.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct EventById(pub PageKey);

impl SiteFacet for EventById {
    type Key = Arc<str>;

    fn make(facets: &Facets, id: &Arc<str>) -> Option<Held<Self>> {
        facets.site.event(id).map(|event| Held::new(Self(facets.page_key(event.page))))
    }
}

/// The page of the talk of an id (`event/slug`).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TalkById(pub PageKey);

impl SiteFacet for TalkById {
    type Key = Arc<str>;

    fn make(facets: &Facets, id: &Arc<str>) -> Option<Held<Self>> {
        facets.site.talk(id).map(|id| Held::new(Self(facets.page_key(id))))
    }
}

/// The pages of a series' events, earliest first, by the series' name.
#[derive(Clone, Debug, Serialize)]
pub struct Editions(pub Vec<PageKey>);

impl SiteFacet for Editions {
    type Key = Arc<str>;

    fn make(facets: &Facets, series: &Arc<str>) -> Option<Held<Self>> {
        let editions = facets.site.editions(series);
        (!editions.is_empty()).then(|| Held::new(Self(facets.page_keys(editions.iter().copied()))))
    }
}

/// Names of all series, sorted.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesNames(pub Vec<Arc<str>>);

impl SiteFacet for SeriesNames {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.site.series().map(|(name, _)| name.into()).collect())))
    }
}

/// The pages of the events of all series of a slug, earliest first.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesOfSlug(pub Vec<PageKey>);

impl SeriesOfSlug {
    /// Where the page of the series of a slug lies, below the home page of a language.
    #[must_use]
    pub fn path(home: &str, slug: &str) -> String {
        format!("{home}events/series/{slug}/")
    }
}

impl SiteFacet for SeriesOfSlug {
    type Key = Arc<str>;

    fn make(facets: &Facets, slug: &Arc<str>) -> Option<Held<Self>> {
        let numbers = facets.series.get(&**slug)?;
        let events = numbers.iter().filter_map(|number| facets.site.events.get(*number));
        Some(Held::new(Self(facets.page_keys(events.map(|event| event.page)))))
    }
}

/// The languages of the site.
#[derive(Clone, Debug, Serialize)]
pub struct Languages {
    /// Those that have a page, the main one first.
    pub all: Vec<LangId>,
    /// The path below which the pages of each lie, by number.
    paths: Vec<String>,
    /// The home page of each, by number.
    homes: Vec<SectionKey>,
}

impl Languages {
    /// Whether the site has more than one language.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.paths.len() > 1
    }

    /// The path below which the pages of a language lie.
    #[must_use]
    pub fn path(&self, language: LangId) -> &str {
        self.paths.get(language.index()).map_or("/", String::as_str)
    }

    /// The home page of a language; that of the site where the language has none.
    #[must_use]
    pub fn home(&self, language: LangId) -> SectionKey {
        self.homes[language.index().min(self.homes.len() - 1)]
    }

    /// The language below whose folder a path lies.
    #[must_use]
    pub fn of_path(&self, path: &str) -> LangId {
        let at = self.paths.iter().skip(1).position(|home| path.starts_with(home.as_str()));
        at.and_then(|at| u16::try_from(at + 1).ok()).map_or(LangId::MAIN, LangId)
    }
}

impl SiteFacet for Languages {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let site = &facets.site;
        let ids: Vec<LangId> = facets.language_ids().collect();
        Some(Held::new(Self {
            all: site.languages().collect(),
            paths: ids.iter().map(|language| site.home_path(*language).to_owned()).collect(),
            homes: ids.iter().map(|language| facets.section_key(site.home(*language))).collect(),
        }))
    }
}

/// Names that the configuration says to show nowhere.
#[derive(Clone, Debug, Serialize)]
pub struct HiddenPeople {
    /// Every known name of people, in alphabetical order.
    pub names: Vec<String>,
    spellings: Vec<String>,
}

impl HiddenPeople {
    /// Whether a name is that of somebody who may be shown: not a placeholder, not unpublished.
    #[must_use]
    pub fn may_show(&self, name: &str) -> bool {
        !is_placeholder_name(name) && self.spellings.binary_search(&identity(name)).is_err()
    }
}

impl SiteFacet for HiddenPeople {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let hidden: &Hidden = &facets.site.hidden;
        let mut spellings: Vec<String> =
            hidden.spellings.get("speakers").into_iter().flatten().cloned().collect();
        spellings.sort();
        Some(Held::new(Self { names: hidden.people.values().cloned().collect(), spellings }))
    }
}

/// When the site changes though no file does.
#[derive(Clone, Debug)]
pub struct NextMoment(pub NextChange);

impl SiteFacet for NextMoment {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let next = facets.site.next_change()?;
        let mut digester = ssg_source::Digester::new();
        digester.value(&next.at).text(&next.reason).text(&next.public);
        Some(Held::made_of(digester.done(), Arc::new(Self(next.clone()))))
    }
}

/// Every address of the site map, with the moment of the last change where one is known.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses(pub Vec<(Arc<str>, Option<Zoned>)>);

impl SiteFacet for Addresses {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let site = &facets.site;
        let sections = site.sections.iter().filter(|section| section.has_list && !section.standing.noindex);
        let mut all: Vec<(Arc<str>, Option<Zoned>)> =
            sections.map(|section| (section.path.as_str().into(), None)).collect();
        for page in site.pages.iter().filter(|page| page.kind != Kind::Term && !page.standing.noindex) {
            // The date of an event says when it takes place, not when its page changed.
            let dated = matches!(page.kind, Kind::Post | Kind::Page).then_some(page.date.as_ref()).flatten();
            all.push((page.path.as_str().into(), page.updated.as_ref().or(dated).cloned()));
        }
        for index in 0..site.taxonomies.len() {
            for language in site.languages().filter(|language| site.has_taxonomy(index, *language)) {
                if !site.taxonomy_standing(index, language).noindex {
                    all.push((site.taxonomy_path(index, language).into(), None));
                }
                let terms = site.terms_in(index, language).into_iter();
                let terms = terms.filter(|id| !site.is_noindex_term(*id, language));
                all.extend(terms.map(|id| (site.term_in(id, language).path.into(), None)));
            }
        }
        Some(Held::new(Self(all)))
    }
}

/// Every redirect: from, to, and the file that asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct Redirects(pub Vec<(String, String, SitePath)>);

impl SiteFacet for Redirects {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let site = &facets.site;
        let mut all = Vec::new();
        for page in site.pages.iter().filter(|page| page.kind != Kind::Term) {
            for alias in page.aliases.iter().filter(|alias| **alias != page.path) {
                all.push((alias.clone(), page.path.clone(), page.source.clone()));
            }
        }
        for section in &site.sections {
            for alias in section.aliases.iter().filter(|alias| **alias != section.path) {
                all.push((alias.clone(), section.path.clone(), section.source.clone().unwrap_or_default()));
            }
        }
        for index in 0..site.taxonomies.len() {
            for language in site.languages() {
                term_redirects(facets, index, language, &mut all);
            }
        }
        all.sort();
        all.dedup();
        Some(Held::new(Self(all)))
    }
}

/// Redirects to the terms of a taxonomy in a language.
fn term_redirects(
    facets: &Facets,
    index: usize,
    language: LangId,
    all: &mut Vec<(String, String, SitePath)>,
) {
    let site = &facets.site;
    let taxonomy = &site.taxonomies[index];
    let above = site.taxonomy_path(index, language);
    let source = |page: Option<crate::ids::PageId>| {
        page.map(|page| site.page(page).source.clone()).unwrap_or_default()
    };
    // Spellings with a slug of their own redirect to the term that they mean.
    for (slug, number) in &taxonomy.other_slugs {
        let id = TermId { taxonomy: u16::try_from(index).unwrap_or(u16::MAX), term: *number };
        let term = site.term_in(id, language);
        if term.exists {
            all.push((format!("{above}{slug}/"), term.path.to_owned(), source(term.page)));
        }
    }
    for term in site.terms_in(index, language).into_iter().map(|id| site.term_in(id, language)) {
        let Some(page) = term.page.map(|page| site.page(page)) else { continue };
        for alias in page.document.front.aliases.iter().filter(|alias| alias.value.starts_with('/')) {
            let path = format!("/{}/", alias.value.trim_matches('/'));
            if !alias.value.contains("..") && path != term.path {
                all.push((path, term.path.to_owned(), page.source.clone()));
            }
        }
    }
}
