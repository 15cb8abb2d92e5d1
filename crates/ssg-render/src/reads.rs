//! The door through which outputs and queries read, with the questions that many of them ask.

use crate::facets::config::{Addressing, OutputSettings};
use crate::facets::near::{Names, Near};
use crate::facets::theme::{Text, Word};
use crate::snapshot::SiteSnapshot;
use ssg_taxonomy::facets::{
    AtPath, Card, Destination, EventCard, HasListed, HiddenPeople, Languages, Lead, SectionCard,
    SectionOfDir, SeriesOfSlug, Spelling, TalkFilter, TaxonomyCard, TaxonomyNames, TermCard, Translations,
};
use ssg_taxonomy::{Kind, LangId, PageKey, SectionKey, TermKey};
use std::sync::Arc;

/// Reads facets and asks queries, and notes each.
pub type Reads = ssg_engine::Reads<SiteSnapshot>;

/// What many ask.
pub(crate) trait ReadSite {
    fn card(&self, key: &PageKey) -> Option<Arc<Card>>;
    /// How a page's text begins; empty where there is no such page.
    fn lead(&self, key: &PageKey) -> Arc<Lead>;
    /// What may have been meant by a wrong name.
    fn did_you_mean(&self, names: Names, wrong: &str) -> Option<String>;
    fn event(&self, key: &PageKey) -> Option<Arc<EventCard>>;
    fn term(&self, key: &TermKey) -> Option<Arc<TermCard>>;
    fn section(&self, key: &SectionKey) -> Option<Arc<SectionCard>>;
    fn taxonomy(&self, name: &str) -> Option<Arc<TaxonomyCard>>;
    fn taxonomy_names(&self) -> Vec<Arc<str>>;
    fn languages(&self) -> Arc<Languages>;
    fn addressing(&self) -> Arc<Addressing>;
    fn outputs(&self) -> Arc<OutputSettings>;
    fn hidden_people(&self) -> Arc<HiddenPeople>;

    /// What lies at a path.
    fn at_path(&self, path: &str) -> Option<Destination>;

    /// The term of any spelling.
    fn find_term(&self, taxonomy: &str, name: &str) -> Option<TermKey>;

    /// Absolute URL of a path.
    fn permalink(&self, path: &str) -> String {
        self.addressing().permalink(path)
    }

    /// Tag of a language.
    fn tag(&self, language: LangId) -> String {
        self.addressing().tag(language).to_owned()
    }

    /// A text that the program itself needs, or its English form.
    fn word(&self, lang: &str, key: &str, english: &str) -> String;

    /// A text of the theme.
    fn text(&self, lang: &str, key: &str) -> Option<Arc<Text>>;

    /// What a page is in a language, if there is one.
    fn in_language(&self, key: PageKey, language: LangId) -> Option<PageKey>;

    /// What readers of a language get for a page: its translation, else the original. A translation that is in no list is
    /// none for them, unless the original is in none as well.
    fn nearest(&self, key: PageKey, language: LangId) -> PageKey;

    /// Whether lists of a language show a page.
    fn is_listed(&self, key: PageKey, language: LangId) -> bool;

    /// Posts about a thing, as its page in a language lists them: those in that language, and, on the
    /// original, those in a language in which the thing has no page.
    fn recaps_in(&self, recaps: &[PageKey], of: PageKey, language: LangId) -> Vec<PageKey>;

    /// What a section is in a language, if there is one.
    fn section_in(&self, key: SectionKey, language: LangId) -> Option<SectionKey>;

    /// Sections from the home page down to this one, itself included.
    fn ancestors(&self, key: SectionKey) -> Vec<Arc<SectionCard>>;

    /// Whether a language has an archive.
    fn has_archive(&self, language: LangId) -> bool;
    /// Where the list of all talks of a language lies; `None` where there is none, for it has no talks, the
    /// configuration wants none, or the site has something else there.
    fn talk_library(&self, language: LangId) -> Option<String>;
    /// Where the page of the series of a slug lies in a language: in the main one where none of its editions is in that
    /// language. `None` where the configuration wants none, or the site has something else there.
    fn series_page(&self, slug: &Arc<str>, language: LangId) -> Option<String>;
    /// Whether nothing is for search engines.
    fn is_preview(&self) -> bool;
}

impl ReadSite for Reads {
    fn card(&self, key: &PageKey) -> Option<Arc<Card>> {
        self.get::<Card>(key)
    }

    fn lead(&self, key: &PageKey) -> Arc<Lead> {
        self.get::<Lead>(key).unwrap_or_default()
    }

    fn did_you_mean(&self, names: Names, wrong: &str) -> Option<String> {
        self.get::<Near>(&names)?.0.did_you_mean(wrong)
    }

    fn event(&self, key: &PageKey) -> Option<Arc<EventCard>> {
        self.get::<EventCard>(key)
    }

    fn term(&self, key: &TermKey) -> Option<Arc<TermCard>> {
        self.get::<TermCard>(key)
    }

    fn section(&self, key: &SectionKey) -> Option<Arc<SectionCard>> {
        self.get::<SectionCard>(key)
    }

    fn taxonomy(&self, name: &str) -> Option<Arc<TaxonomyCard>> {
        self.get::<TaxonomyCard>(&name.into())
    }

    fn taxonomy_names(&self) -> Vec<Arc<str>> {
        self.get::<TaxonomyNames>(&()).map_or_else(Vec::new, |names| names.0.clone())
    }

    fn languages(&self) -> Arc<Languages> {
        every(self.get::<Languages>(&()))
    }

    fn addressing(&self) -> Arc<Addressing> {
        every(self.get::<Addressing>(&()))
    }

    fn outputs(&self) -> Arc<OutputSettings> {
        every(self.get::<OutputSettings>(&()))
    }

    fn hidden_people(&self) -> Arc<HiddenPeople> {
        every(self.get::<HiddenPeople>(&()))
    }

    fn at_path(&self, path: &str) -> Option<Destination> {
        self.get::<AtPath>(&path.into()).map(|at| at.0.clone())
    }

    fn find_term(&self, taxonomy: &str, name: &str) -> Option<TermKey> {
        self.get::<Spelling>(&Spelling::key(taxonomy, name)).map(|term| term.0)
    }

    fn word(&self, lang: &str, key: &str, english: &str) -> String {
        let word = self.get::<Word>(&(lang.into(), key.into()));
        word.map_or_else(|| english.to_owned(), |word| word.0.clone())
    }

    fn text(&self, lang: &str, key: &str) -> Option<Arc<Text>> {
        self.get::<Text>(&(lang.into(), key.into()))
    }

    fn in_language(&self, key: PageKey, language: LangId) -> Option<PageKey> {
        if !self.languages().is_multilingual() {
            return language.is_main().then_some(key);
        }
        if self.card(&key)?.language == language {
            return Some(key);
        }
        let all = self.get::<Translations>(&key)?;
        all.0.iter().find(|(of, _)| *of == language).map(|(_, key)| *key)
    }

    fn nearest(&self, key: PageKey, language: LangId) -> PageKey {
        let original = || self.card(&key).map_or(key, |card| card.original);
        let is_unlisted = |key: &PageKey| self.card(key).is_some_and(|card| card.standing.unlisted);
        match self.in_language(key, language) {
            Some(there) if there == key || !is_unlisted(&there) || is_unlisted(&original()) => there,
            _ => original(),
        }
    }

    fn is_listed(&self, key: PageKey, language: LangId) -> bool {
        let Some(card) = self.card(&key) else { return false };
        card.language == language
            || matches!(card.kind, Kind::Event | Kind::Talk)
                && card.is_original()
                && self.in_language(key, language).is_none()
    }

    fn recaps_in(&self, recaps: &[PageKey], of: PageKey, language: LangId) -> Vec<PageKey> {
        if !self.languages().is_multilingual() {
            return recaps.to_vec();
        }
        let origin = self.card(&of).and_then(|card| self.card(&card.original));
        let is_shown = |post: &PageKey| {
            let Some(card) = self.card(post) else { return false };
            card.language == language
                || origin.as_ref().is_some_and(|origin| origin.language == language)
                    && self.in_language(of, card.language).is_none()
                    && card.is_original()
                    && self.in_language(*post, language).is_none()
        };
        recaps.iter().copied().filter(is_shown).collect()
    }

    fn section_in(&self, key: SectionKey, language: LangId) -> Option<SectionKey> {
        let card = self.section(&key)?;
        if card.language == language {
            return Some(key);
        }
        self.get::<SectionOfDir>(&(card.dir.clone(), language)).map(|section| section.0)
    }

    fn ancestors(&self, key: SectionKey) -> Vec<Arc<SectionCard>> {
        let mut chain = Vec::new();
        let mut at = self.section(&key);
        // A section is below its parent in the tree of folders, so this ends.
        while let Some(card) = at {
            at = card.parent.and_then(|parent| self.section(&parent));
            chain.push(card);
        }
        chain.reverse();
        chain
    }

    fn is_preview(&self) -> bool {
        self.addressing().is_preview()
    }

    fn has_archive(&self, language: LangId) -> bool {
        self.outputs().archive
            && self.get::<HasListed>(&(Kind::Post, language)).is_some_and(|listed| listed.0)
    }

    fn talk_library(&self, language: LangId) -> Option<String> {
        let is_wanted = self.outputs().talks
            && self.get::<HasListed>(&(Kind::Talk, language)).is_some_and(|listed| listed.0);
        let path = TalkFilter::All.path(self.languages().path(language));
        (is_wanted && self.at_path(&path).is_none()).then_some(path)
    }

    fn series_page(&self, slug: &Arc<str>, language: LangId) -> Option<String> {
        if !self.outputs().series {
            return None;
        }
        let editions = self.get::<SeriesOfSlug>(slug)?;
        let is_in = |language: LangId| {
            let page = |key: &PageKey| self.card(&self.nearest(*key, language));
            editions.0.iter().filter_map(page).any(|page| page.language == language)
        };
        let language = [language, LangId::MAIN].into_iter().find(|language| is_in(*language))?;
        let path = SeriesOfSlug::path(self.languages().path(language), slug);
        self.at_path(&path).is_none().then_some(path)
    }
}

/// A facet that every snapshot has.
///
/// # Panics
/// Never: the facets that are read so are made of the configuration or of the site as a whole.
fn every<T>(facet: Option<Arc<T>>) -> Arc<T> {
    facet.expect("every snapshot has this facet")
}
