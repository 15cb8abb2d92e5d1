//! Terms: spellings that mean the same are one, names are chosen, pages attached.
//!
//! Which terms there are is decided in `gather`, what their paths end in in `slugs`.

mod gather;
mod slugs;

use super::paths::Draft;
use crate::identity::identity;
use crate::ids::{PageId, TermId};
use crate::page::{Kind, Person};
use crate::site::{Site, Target};
use crate::term::{LocalTerm, Taxonomy, Term, term_slug};
use gather::{Gathered, Names};

pub(super) use gather::file_name;
use ssg_parse::{Config, LangId, Spanned};
use ssg_source::Diagnostics;
use ssg_source::hash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// Gives the term pages their paths, and makes a taxonomy of each configured one.
pub(super) fn term_paths(
    config: &Config,
    mut drafts: Vec<Draft>,
    site: &mut Site,
    found: &mut Diagnostics,
) -> Vec<Draft> {
    for options in &config.taxonomies {
        site.taxonomies.push(Taxonomy {
            name: options.name.clone(),
            title: options.title.clone(),
            path: format!("/{}/", options.name),
            part_above: options.part_above,
            terms: Vec::new(),
            spellings: HashMap::default(),
            files: HashMap::default(),
            other_slugs: BTreeMap::new(),
        });
    }
    slugs::of_pages(config, &mut drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Term) {
        let taxonomy = draft.source.parts().nth(1).unwrap_or_default().to_owned();
        draft.path = format!("{}{taxonomy}/{}/", config.home_of(draft.language), draft.slug);
        draft.event = Some(taxonomy);
    }
    slugs::check(&drafts, found);
    drafts
}

/// Gathers the terms of every taxonomy from the pages.
pub(super) fn add_terms(config: &Config, site: &mut Site, found: &mut Diagnostics) {
    for index in 0..site.taxonomies.len() {
        let name = site.taxonomies[index].name.clone();
        let names = Names::gather(config, site, &name, found);
        let slugs = slugs::of_terms(site, &names.terms);
        let filled = fill(site, index, names, slugs);
        let taxonomy = &mut site.taxonomies[index];
        taxonomy.take(filled);
        for (number, term) in taxonomy.terms.iter().enumerate() {
            let id = TermId {
                taxonomy: u16::try_from(index).unwrap_or(u16::MAX),
                term: u32::try_from(number).unwrap_or(u32::MAX),
            };
            let mut enter = |page: Option<PageId>, path: &str, language: LangId| {
                if let Some(page) = page {
                    let source = site.pages[page.index()].source.clone();
                    site.targets.insert(source, Target::Term(id, language));
                }
                site.paths.insert(path.to_owned(), Target::Term(id, language));
            };
            if term.languages.is_empty() {
                enter(term.page, &term.path, LangId::MAIN);
            }
            for (number, local) in (0u16..).zip(&term.languages).filter(|(_, local)| local.exists) {
                enter(local.page, &local.path, LangId(number));
            }
        }
        site.paths.insert(taxonomy.path.clone(), Target::Taxonomy(index, LangId::MAIN));
        for language in config.language_ids().skip(1) {
            if site.has_taxonomy(index, language) {
                let path = site.taxonomy_path(index, language);
                site.paths.insert(path, Target::Taxonomy(index, language));
            }
        }
    }
    attach(site);
}

/// The terms that a page names; where a translation names none, those of its original.
fn named<'s>(site: &'s Site, id: PageId, taxonomy: &str) -> &'s [Spanned<String>] {
    let own = site.page(id).document.front.terms(taxonomy);
    if own.is_empty() { site.page(site.original(id)).document.front.terms(taxonomy) } else { own }
}

/// The name to show of an entry of a page's lists that is an id.
fn shown_name<'s>(site: &'s Site, id: PageId, written: &Spanned<String>) -> Option<&'s str> {
    let name_in =
        |id: PageId| site.page(id).document.front.named_by(written).map(|named| named.name.as_str());
    name_in(id).or_else(|| name_in(site.original(id)))
}

/// The terms of a taxonomy by name, and which name means which of them.
struct Filled {
    terms: Vec<Term>,
    spellings: HashMap<String, u32>,
    files: HashMap<String, u32>,
    leading: Vec<(String, u32)>,
}

/// The commonest spelling; of equally common ones the first by code point.
fn commonest(spellings: &BTreeMap<String, usize>) -> Option<&String> {
    let mut best: Option<(&String, usize)> = None;
    for (name, count) in spellings {
        if best.is_none_or(|(_, most)| *count > most) {
            best = Some((name, *count));
        }
    }
    best.map(|(name, _)| name)
}

/// Turns what was gathered into the terms of a taxonomy, by name.
fn fill(site: &Site, index: usize, names: Names, slugs: Vec<String>) -> Filled {
    let taxonomy = &site.taxonomies[index];
    let term = |(slug, one): (String, Gathered)| {
        let name = one
            .page
            .map(|page| site.page(page).title.clone())
            .or_else(|| commonest(&one.spellings).cloned())
            .unwrap_or_else(|| slug.clone());
        let languages = local_terms(site, &taxonomy.name, &slug, &name, &one);
        let mut aliases = one.aliases;
        let is_name =
            |spelling: &String| *spelling == name || languages.iter().any(|local| local.name == *spelling);
        let shown = |spelling: &String| !is_name(spelling) && !one.former.contains(&identity(spelling));
        aliases.extend(one.spellings.into_keys().filter(shown));
        let mut seen = HashSet::default();
        aliases.retain(|alias| seen.insert(alias.clone()));
        Term {
            path: format!("{}{slug}/", taxonomy.path),
            name,
            slug,
            aliases,
            pages: one.pages.into_iter().filter(|id| site.is_original(*id)).collect(),
            page: one.page,
            languages,
        }
    };
    let mut terms: Vec<(usize, Term)> = slugs.into_iter().zip(names.terms).map(term).enumerate().collect();
    terms.sort_by_cached_key(|(_, term)| (term.name.to_lowercase(), term.name.clone(), term.slug.clone()));
    let mut numbers = vec![0_u32; terms.len()];
    for (number, (gathered, _)) in (0_u32..).zip(&terms) {
        numbers[*gathered] = number;
    }
    let renumber = |all: HashMap<String, usize>| {
        all.into_iter().map(|(name, gathered)| (name, numbers[gathered])).collect()
    };
    Filled {
        spellings: renumber(names.spellings),
        files: renumber(names.files),
        leading: names.leading.into_iter().map(|(name, gathered)| (name, numbers[gathered])).collect(),
        terms: terms.into_iter().map(|(_, term)| term).collect(),
    }
}

impl Taxonomy {
    /// Enters the terms, and which names and paths mean which of them.
    fn take(&mut self, filled: Filled) {
        let Filled { terms, spellings, files, leading } = filled;
        (self.terms, self.spellings, self.files) = (terms, spellings, files);
        let numbered = || (0_u32..).zip(&self.terms);
        // Templates and addresses name terms by their slugs as well.
        for (number, term) in numbered() {
            self.spellings.entry(identity(&term.slug)).or_insert(number);
        }
        let taken: HashSet<&str> = self.terms.iter().map(|term| term.slug.as_str()).collect();
        let mut others: BTreeMap<String, u32> = BTreeMap::new();
        for (name, number) in &leading {
            let slug = term_slug(name);
            if !taken.contains(slug.as_str()) {
                // Of several that would have one slug, the first by number.
                let first = others.entry(slug).or_insert(*number);
                *first = (*first).min(*number);
            }
        }
        self.other_slugs = others;
    }
}

/// A term in each language of a site that has several.
fn local_terms(site: &Site, taxonomy: &str, slug: &str, name: &str, gathered: &Gathered) -> Vec<LocalTerm> {
    if !site.is_multilingual() {
        return Vec::new();
    }
    let languages = (0u16..).zip(&site.language_homes).map(|(number, home)| (LangId(number), home));
    languages
        .map(|(language, home)| {
            let of_language = |id: &&PageId| site.page(**id).language == language;
            let page = gathered.texts.iter().find(of_language).copied();
            let pages = gathered.pages.iter().copied().filter(|id| site.is_listed(*id, language)).collect();
            LocalTerm {
                name: page.map_or(name, |page| &site.page(page).title).to_owned(),
                path: format!("{home}{taxonomy}/{slug}/"),
                page,
                pages,
                exists: page.is_some() || gathered.pages.iter().any(|id| of_language(&id)),
            }
        })
        .collect()
}

/// Gives every page its terms, in the order in which it names them, and its authors.
fn attach(site: &mut Site) {
    let mut all = Vec::with_capacity(site.pages.len());
    let mut found: Vec<HashMap<&str, Option<u32>>> = vec![HashMap::default(); site.taxonomies.len()];
    for (id, page) in site.numbered_pages() {
        let mut terms = Vec::with_capacity(site.taxonomies.len());
        for ((index, taxonomy), found) in site.taxonomies.iter().enumerate().zip(&mut found) {
            let mut of_page: Vec<TermId> = Vec::new();
            let mut known: HashSet<u32> = HashSet::default();
            if page.kind != Kind::Term {
                for written in named(site, id, &taxonomy.name) {
                    let term = *found.entry(&written.value).or_insert_with(|| taxonomy.find(&written.value));
                    let Some(term) = term else { continue };
                    if known.insert(term) {
                        of_page.push(TermId { taxonomy: u16::try_from(index).unwrap_or(u16::MAX), term });
                    }
                }
            }
            terms.push(of_page);
        }
        let own = &page.document.front.authors;
        let authors = if own.is_empty() { &site.page(site.original(id)).document.front.authors } else { own };
        let authors: Vec<Person> = authors
            .iter()
            .filter(|author| site.is_shown_person(&author.value))
            .filter_map(|author| {
                let term = site.find_term("speakers", &author.value);
                let named = shown_name(site, id, author);
                if term.is_none() && named.is_some_and(|name| site.is_hidden_person(name)) {
                    return None;
                }
                Some(Person { name: named.unwrap_or(&author.value).to_owned(), term })
            })
            .collect();
        all.push((terms, authors));
    }
    for (page, (terms, authors)) in site.pages.iter_mut().zip(all) {
        page.terms = terms;
        page.authors = authors;
    }
}
