//! Facets of taxonomies and terms.

use super::page::{Content, held_document};
use super::{Facets, SiteFacet};
use crate::ids::TermId;
use crate::keys::{PageKey, TermKey};
use crate::page::Kind;
use crate::page::Standing;
use crate::reorder::Reordered;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::LangId;
use ssg_source::SitePath;
use std::sync::Arc;

/// What is shown of a term wherever it is mentioned.
#[derive(Clone, Debug, Serialize)]
pub struct TermCard {
    /// Its own key.
    pub key: TermKey,
    /// Name of its taxonomy.
    pub taxonomy: Arc<str>,
    /// Last part of its path.
    pub slug: Arc<str>,
    /// Name in the main language.
    pub name: String,
    /// Path in the main language.
    pub path: String,
    /// The path of its page in the first language that has one.
    pub first_path: String,
    /// By number of the language; one for a site in one language.
    languages: Vec<TermName>,
}

/// A term as readers of a language see it. Where the language has no page of the term, name and path are
/// those of the first language that has one.
#[derive(Clone, Debug, Serialize)]
pub struct TermName {
    /// Name as shown.
    pub name: String,
    /// Site-relative path.
    pub path: String,
    /// Its own content file.
    pub page: Option<PageKey>,
    /// Whether it has a page in this language.
    pub exists: bool,
    /// Whether search engines are to pass its page over.
    pub noindex: bool,
    /// Whether its page is in no list.
    pub unlisted: bool,
}

impl TermCard {
    /// The term as a language has it.
    #[must_use]
    pub fn in_language(&self, language: LangId) -> &TermName {
        &self.languages[language.index().min(self.languages.len() - 1)]
    }
}

impl SiteFacet for TermCard {
    type Key = TermKey;

    fn make(facets: &Facets, key: &TermKey) -> Option<Held<Self>> {
        let id = facets.term_id(key)?;
        let (site, term) = (&facets.site, facets.site.term(id));
        let name = |language: LangId| {
            let term = site.term_in(id, language);
            TermName {
                name: term.name.to_owned(),
                path: term.path.to_owned(),
                page: term.page.map(|page| facets.page_key(page)),
                exists: term.exists,
                noindex: site.is_noindex_term(id, language),
                unlisted: site.is_unlisted_term(id, language),
            }
        };
        let count = term.languages.len().max(1);
        let languages = (0..count).filter_map(|number| Some(name(LangId(u16::try_from(number).ok()?))));
        Some(Held::new(Self {
            key: *key,
            taxonomy: site.taxonomies[usize::from(id.taxonomy)].name.as_str().into(),
            slug: term.slug.as_str().into(),
            name: term.name.clone(),
            path: term.path.clone(),
            first_path: term.first_path().to_owned(),
            languages: languages.collect(),
        }))
    }
}

/// Other spellings of a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermAliases(pub Vec<String>);

impl SiteFacet for TermAliases {
    type Key = TermKey;

    fn make(facets: &Facets, key: &TermKey) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.site.term(facets.term_id(key)?).aliases.clone())))
    }
}

/// The pages that carry a term, in the site's order, as a language lists them.
#[derive(Clone, Debug, Serialize)]
pub struct Members(pub Vec<Member>);

/// A page that carries a term, with what lists choose by.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "as in `Card`")]
pub struct Member {
    pub page: PageKey,
    pub kind: Kind,
    pub year: Option<i16>,
}

impl Members {
    /// How many of the pages are talks.
    #[must_use]
    pub fn talks(&self) -> usize {
        self.0.iter().filter(|member| member.kind == Kind::Talk).count()
    }
}

fn members(facets: &Facets, pages: &[crate::ids::PageId]) -> Members {
    let member = |id: &crate::ids::PageId| {
        let page = facets.site.page(*id);
        Member { page: facets.page_key(*id), kind: page.kind, year: page.year }
    };
    Members(pages.iter().map(member).collect())
}

impl SiteFacet for Members {
    type Key = (TermKey, LangId);

    fn make(facets: &Facets, (key, language): &(TermKey, LangId)) -> Option<Held<Self>> {
        let id = facets.term_id(key)?;
        Some(Held::new(members(facets, facets.site.term_in(id, *language).pages)))
    }

    fn is_reordered((key, _): &Self::Key, lists: &Reordered) -> bool {
        lists.terms.contains(key)
    }
}

/// The pages that carry a term, in the site's order, without translations of others.
#[derive(Clone, Debug, Serialize)]
pub struct Originals(pub Members);

impl SiteFacet for Originals {
    type Key = TermKey;

    fn make(facets: &Facets, key: &TermKey) -> Option<Held<Self>> {
        let id = facets.term_id(key)?;
        Some(Held::new(Self(members(facets, &facets.site.term(id).pages))))
    }

    fn is_reordered(key: &TermKey, lists: &Reordered) -> bool {
        lists.terms.contains(key)
    }
}

/// A taxonomy.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyCard {
    /// Name.
    pub name: Arc<str>,
    /// Heading of the index.
    pub title: String,
    /// What it is called where somebody wrote that, by number of the language.
    pub written: Vec<Option<String>>,
    /// Path of the index, by number of the language.
    paths: Vec<String>,
    /// Whether there is an index, by number of the language.
    exists: Vec<bool>,
    /// How far the index is shown, by number of the language.
    standings: Vec<Standing>,
}

impl TaxonomyCard {
    /// The path of the index in a language.
    #[must_use]
    pub fn path(&self, language: LangId) -> &str {
        self.paths.get(language.index()).or(self.paths.first()).map_or("/", String::as_str)
    }

    /// How far the index is shown in a language.
    #[must_use]
    pub fn standing(&self, language: LangId) -> Standing {
        self.standings.get(language.index()).copied().unwrap_or_default()
    }

    /// Whether a language has an index.
    #[must_use]
    pub fn exists(&self, language: LangId) -> bool {
        self.exists.get(language.index()).copied().unwrap_or(false)
    }
}

impl SiteFacet for TaxonomyCard {
    type Key = Arc<str>;

    fn make(facets: &Facets, name: &Arc<str>) -> Option<Held<Self>> {
        let site = &facets.site;
        let index = site.taxonomy(name)?;
        let languages: Vec<LangId> = facets.language_ids().collect();
        let written = |language: &LangId| {
            site.taxonomy_text(index, *language)?.front.title.as_ref().map(|title| title.value.clone())
        };
        Some(Held::new(Self {
            name: name.clone(),
            title: site.taxonomies[index].title.clone(),
            written: languages.iter().map(written).collect(),
            paths: languages.iter().map(|language| site.taxonomy_path(index, *language)).collect(),
            exists: languages.iter().map(|language| site.has_taxonomy(index, *language)).collect(),
            standings: languages.iter().map(|language| site.taxonomy_standing(index, *language)).collect(),
        }))
    }
}

/// Names of the taxonomies, in the order of the configuration.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyNames(pub Vec<Arc<str>>);

impl SiteFacet for TaxonomyNames {
    type Key = ();

    fn make(facets: &Facets, (): &()) -> Option<Held<Self>> {
        let names = facets.site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str().into());
        Some(Held::new(Self(names.collect())))
    }
}

/// The `_index.md` of a taxonomy in a language.
#[derive(Clone, Debug)]
pub struct TaxonomyText {
    /// The file.
    pub source: SitePath,
    /// Header and body.
    pub content: Content,
}

impl SiteFacet for TaxonomyText {
    type Key = (Arc<str>, LangId);

    fn make(facets: &Facets, (name, language): &(Arc<str>, LangId)) -> Option<Held<Self>> {
        let index = facets.site.taxonomy(name)?;
        let document = facets.site.taxonomy_text(index, *language)?;
        let source = facets.site.taxonomy_source(index, *language)?.clone();
        let digest = held_document(facets, document).digest()?;
        let digest = ssg_source::Digester::new().digest(digest).text(source.as_str()).done();
        Some(Held::made_of(digest, Arc::new(Self { source, content: Content(document.clone()) })))
    }
}

/// The terms of a taxonomy that have a page in a language and are listed, by name.
#[derive(Clone, Debug, Serialize)]
pub struct Terms(pub Vec<TermKey>);

impl SiteFacet for Terms {
    type Key = (Arc<str>, LangId);

    fn make(facets: &Facets, (name, language): &(Arc<str>, LangId)) -> Option<Held<Self>> {
        let index = facets.site.taxonomy(name)?;
        let site = &facets.site;
        let terms = site.terms_in(index, *language).into_iter();
        let listed = terms.filter(|id| !site.is_unlisted_term(*id, *language));
        Some(Held::new(Self(listed.map(|id| facets.term_key(id)).collect())))
    }
}

/// All terms of a taxonomy that are listed, by name in the main language.
#[derive(Clone, Debug, Serialize)]
pub struct AllTerms(pub Vec<TermKey>);

impl SiteFacet for AllTerms {
    type Key = Arc<str>;

    fn make(facets: &Facets, name: &Arc<str>) -> Option<Held<Self>> {
        let index = facets.site.taxonomy(name)?;
        let taxonomy = u16::try_from(index).ok()?;
        let terms = (0u32..).zip(&facets.site.taxonomies[index].terms);
        let ids = terms.map(|(term, _)| TermId { taxonomy, term });
        let listed = ids.filter(|id| !facets.site.is_unlisted_term(*id, LangId::MAIN));
        Some(Held::new(Self(listed.map(|id| facets.term_key(id)).collect())))
    }
}

/// The term of a spelling.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Spelling(pub TermKey);

impl Spelling {
    /// The key of a spelling, as it is written.
    #[must_use]
    pub fn key(taxonomy: &str, name: &str) -> (Arc<str>, Arc<str>) {
        (taxonomy.into(), name.into())
    }
}

impl SiteFacet for Spelling {
    type Key = (Arc<str>, Arc<str>);

    fn make(facets: &Facets, (taxonomy, name): &(Arc<str>, Arc<str>)) -> Option<Held<Self>> {
        let term = facets.site.find_term(taxonomy, name)?;
        Some(Held::new(Self(facets.term_key(term))))
    }
}

/// What somebody wrote, and the events that they organized, in the site's order.
#[derive(Clone, Debug, Serialize)]
pub struct Works {
    /// Pages.
    pub written: Vec<PageKey>,
    /// Events.
    pub organized: Vec<PageKey>,
}

impl SiteFacet for Works {
    type Key = TermKey;

    fn make(facets: &Facets, key: &TermKey) -> Option<Held<Self>> {
        let id = facets.term_id(key)?;
        Some(Held::new(Self {
            written: facets.page_keys(facets.site.written_by(id).iter().copied()),
            organized: facets.page_keys(facets.site.organized_by(id).iter().copied()),
        }))
    }

    fn is_reordered(key: &TermKey, lists: &Reordered) -> bool {
        lists.terms.contains(key)
    }
}
