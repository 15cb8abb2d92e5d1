//! Questions about languages: which page says the same in another one, and what a list of a language
//! holds.
//!
//! Posts and plain pages are listed in their own language alone. Events and talks are things: where a
//! language has no page of one, its lists show the original.

use crate::ids::{PageId, SectionId, TermId};
use crate::page::Kind;
use crate::site::Site;
use crate::term::TermIn;
use ssg_parse::LangId;

impl Site {
    /// Whether the site has more than one language.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.language_homes.len() > 1
    }

    /// The languages that have a page, the main one first.
    pub fn languages(&self) -> impl Iterator<Item = LangId> {
        (0u16..).zip(&self.homes).filter(|(_, home)| home.is_some()).map(|(number, _)| LangId(number))
    }

    /// The home page of a language; that of the site where the language has none.
    #[must_use]
    pub fn home(&self, language: LangId) -> SectionId {
        self.homes.get(language.index()).copied().flatten().unwrap_or(SectionId(0))
    }

    /// The path below which the pages of a language lie.
    #[must_use]
    pub fn home_path(&self, language: LangId) -> &str {
        self.language_homes.get(language.index()).map_or("/", String::as_str)
    }

    /// The pages that say the same as this one, itself among them, in the order of languages. Empty
    /// for a page without translations.
    #[must_use]
    pub fn translations(&self, id: PageId) -> &[PageId] {
        self.translations.get(&id).map_or(&[], |pages| pages)
    }

    /// The page that this one is a translation of, or itself.
    #[must_use]
    pub fn original(&self, id: PageId) -> PageId {
        self.translations(id).first().copied().unwrap_or(id)
    }

    /// Whether a page is no translation of another.
    #[must_use]
    pub fn is_original(&self, id: PageId) -> bool {
        self.original(id) == id
    }

    /// What a page is in a language, if there is one.
    #[must_use]
    pub fn in_language(&self, id: PageId, language: LangId) -> Option<PageId> {
        if self.page(id).language == language {
            return Some(id);
        }
        self.translations(id).iter().copied().find(|id| self.page(*id).language == language)
    }

    /// Whether lists of a language show a page.
    #[must_use]
    pub fn is_listed(&self, id: PageId, language: LangId) -> bool {
        let page = self.page(id);
        page.language == language
            || matches!(page.kind, Kind::Event | Kind::Talk)
                && self.is_original(id)
                && self.in_language(id, language).is_none()
    }

    /// Pages of a kind that lists of a language show, in the site's order.
    pub fn listed(&self, kind: Kind, language: LangId) -> impl Iterator<Item = PageId> {
        let all = !self.is_multilingual();
        let listed = self.pages_of(kind).filter(|id| !self.page(*id).is_unlisted());
        listed.filter(move |id| all || self.is_listed(*id, language))
    }

    /// Posts about a thing, as its page in a language lists them: those in that language, and, on the
    /// original, those in a language in which the thing has no page.
    #[must_use]
    pub fn recaps_in(&self, recaps: &[PageId], of: PageId, language: LangId) -> Vec<PageId> {
        if !self.is_multilingual() {
            return recaps.to_vec();
        }
        let is_shown = |post: &PageId| {
            let own = self.page(*post).language;
            own == language
                || self.page(self.original(of)).language == language
                    && self.in_language(of, own).is_none()
                    && self.is_original(*post)
                    && self.in_language(*post, language).is_none()
        };
        recaps.iter().copied().filter(is_shown).collect()
    }

    /// A term as a language has it. Where the language has no page of the term, name and path are
    /// those of the first language that has one.
    ///
    /// # Panics
    /// For a number of another site.
    #[must_use]
    pub fn term_in(&self, id: TermId, language: LangId) -> TermIn<'_> {
        let term = self.term(id);
        match term.languages.get(language.index()) {
            None => TermIn {
                language,
                name: &term.name,
                path: &term.path,
                page: term.page,
                pages: &term.pages,
                exists: true,
            },
            Some(local) => {
                let shown =
                    if local.exists { Some(local) } else { term.languages.iter().find(|one| one.exists) };
                let shown = shown.unwrap_or(local);
                TermIn {
                    language,
                    name: &shown.name,
                    path: &shown.path,
                    page: shown.page,
                    pages: &local.pages,
                    exists: local.exists,
                }
            }
        }
    }

    /// Numbers of all terms of a taxonomy, by name in the main language.
    #[must_use]
    pub fn term_ids(&self, taxonomy: usize) -> Vec<TermId> {
        let Some(all) = self.taxonomies.get(taxonomy) else { return Vec::new() };
        let taxonomy = u16::try_from(taxonomy).unwrap_or(u16::MAX);
        (0u32..).zip(&all.terms).map(|(term, _)| TermId { taxonomy, term }).collect()
    }

    /// Numbers of the terms of a taxonomy that have a page in a language, by name.
    #[must_use]
    pub fn terms_in(&self, taxonomy: usize, language: LangId) -> Vec<TermId> {
        let mut ids = self.term_ids(taxonomy);
        if !self.is_multilingual() {
            return ids;
        }
        ids.retain(|id| self.term_in(*id, language).exists);
        ids.sort_by_cached_key(|id| {
            let name = self.term_in(*id, language).name;
            (name.to_lowercase(), name.to_owned())
        });
        ids
    }

    /// The path of a taxonomy's index in a language.
    #[must_use]
    pub fn taxonomy_path(&self, taxonomy: usize, language: LangId) -> String {
        let name = self.taxonomies.get(taxonomy).map_or("", |taxonomy| &taxonomy.name);
        format!("{}{name}/", self.home_path(language))
    }

    /// Whether a taxonomy has an index in a language: a term or a text of its own.
    #[must_use]
    pub fn has_taxonomy(&self, taxonomy: usize, language: LangId) -> bool {
        let Some(all) = self.taxonomies.get(taxonomy) else { return false };
        let term =
            |term: &crate::term::Term| term.languages.get(language.index()).is_none_or(|local| local.exists);
        self.taxonomy_text(taxonomy, language).is_some() || all.terms.iter().any(term)
    }

    /// What a section is in a language, if there is one.
    #[must_use]
    pub fn section_in(&self, id: SectionId, language: LangId) -> Option<SectionId> {
        if self.section(id).language == language {
            return Some(id);
        }
        self.section_of_dir(&self.section(id).dir, language)
    }
}
