//! Terms: spellings merged by slug and by alias, names chosen, pages attached.

use super::paths::Draft;
use crate::ids::{PageId, TermId};
use crate::page::{Kind, Person};
use crate::site::{Site, Target};
use crate::term::{LocalTerm, Taxonomy, Term, term_slug};
use ssg_parse::{Config, LangId, Spanned, is_placeholder_name};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::{BTreeMap, HashMap, HashSet};

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
            terms: Vec::new(),
            spellings: HashMap::new(),
        });
    }
    let mut taken: HashMap<(String, LangId, String), SitePath> = HashMap::new();
    let slugs = translated_slugs(&drafts);
    for (draft, translated) in drafts.iter_mut().zip(slugs).filter(|(draft, _)| draft.kind == Kind::Term) {
        let dir = draft.source.parts().nth(1).unwrap_or_default().to_owned();
        let slug =
            draft.document.front.slug.as_ref().map_or(draft.title.as_str(), |slug| slug.value.as_str());
        draft.slug = translated.unwrap_or_else(|| term_slug(slug));
        draft.path = format!("{}{dir}/{}/", config.home_of(draft.language), draft.slug);
        draft.event = Some(dir.clone());
        if let Some(first) = taken.insert((dir, draft.language, draft.slug.clone()), draft.source.clone()) {
            found.add(
                Diagnostic::error(
                    codes::OUTPUT_COLLISION,
                    format!("two pages for the term `{}`", draft.title),
                )
                .in_file(&draft.source)
                .label(&first, None, "the other one")
                .hint("terms with equal slugs are one term: keep one page"),
            );
        }
    }
    drafts
}

/// The slug of the original, for each draft that is the translation of a term's page.
fn translated_slugs(drafts: &[Draft]) -> Vec<Option<String>> {
    let mut slugs: HashMap<&str, String> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::Term && !draft.is_translation) {
        let front = &draft.document.front;
        let slug = front.slug.as_ref().map_or(draft.title.as_str(), |slug| slug.value.as_str());
        slugs.extend(draft.key.as_deref().map(|key| (key, term_slug(slug))));
    }
    let slug = |draft: &Draft| slugs.get(draft.key.as_deref().filter(|_| draft.is_translation)?).cloned();
    drafts.iter().map(slug).collect()
}

/// How a term was written, and how often.
#[derive(Default)]
struct Gathered {
    spellings: BTreeMap<String, usize>,
    pages: Vec<PageId>,
    page: Option<PageId>,
    /// Its pages in all languages.
    texts: Vec<PageId>,
    aliases: Vec<String>,
    /// Slugs of names that a person does not go by any more.
    former: HashSet<String>,
}

/// Gathers the terms of every taxonomy from the pages.
pub(super) fn add_terms(config: &Config, site: &mut Site, found: &mut Diagnostics) {
    for index in 0..site.taxonomies.len() {
        let name = site.taxonomies[index].name.clone();
        let mut terms: BTreeMap<String, Gathered> = BTreeMap::new();
        let alias_of = gather_pages(site, index, &mut terms, found);
        gather_uses(site, &name, &alias_of, &mut terms);
        let filled = fill(site, index, terms);
        let taxonomy = &mut site.taxonomies[index];
        taxonomy.take(filled, &alias_of);
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

/// Enters the terms that have a page of their own; gives which spelling means which of them.
fn gather_pages(
    site: &Site,
    index: usize,
    terms: &mut BTreeMap<String, Gathered>,
    found: &mut Diagnostics,
) -> HashMap<String, String> {
    let name = &site.taxonomies[index].name;
    let mut alias_of: HashMap<String, String> = HashMap::new();
    let own: Vec<(PageId, _)> = site
        .numbered_pages()
        .filter(|(_, page)| page.kind == Kind::Term && page.event_id.as_deref() == Some(name))
        .collect();
    for (id, page) in &own {
        let term = terms.entry(page.slug.clone()).or_default();
        term.texts.push(*id);
        if site.is_original(*id) {
            term.page.get_or_insert(*id);
        }
    }
    for (_, page) in &own {
        let front = &page.document.front;
        let aliases = front.aliases.iter().filter(|alias| !alias.value.starts_with('/'));
        let spellings: Vec<(&Spanned<String>, bool)> = aliases
            .map(|alias| (alias, false))
            .chain(front.former_names.iter().map(|name| (name, true)))
            .collect();
        // A page whose file or slug is spelled otherwise than its title answers to both.
        let title_slug = term_slug(&page.title);
        if title_slug != page.slug && !terms.contains_key(&title_slug) {
            alias_of.insert(title_slug, page.slug.clone());
        }
        for (spelling, is_former) in spellings {
            let slug = term_slug(&spelling.value);
            if slug == page.slug {
                continue;
            }
            if terms.contains_key(&slug) || alias_of.get(&slug).is_some_and(|other| *other != page.slug) {
                found.add(
                    Diagnostic::error(
                        codes::ALIAS_COLLISION,
                        format!("`{}` is the name of another term", spelling.value),
                    )
                    .in_file(&page.source)
                    .at(spelling.span)
                    .hint("a spelling can mean one term only"),
                );
                continue;
            }
            alias_of.insert(slug.clone(), page.slug.clone());
            if let Some(term) = terms.get_mut(&page.slug) {
                // A former name leads to the person, and is shown nowhere.
                if is_former {
                    term.former.insert(slug);
                } else {
                    term.aliases.push(spelling.value.clone());
                }
            }
        }
    }
    alias_of
}

/// The terms that a page names; where a translation names none, those of its original.
fn named<'s>(site: &'s Site, id: PageId, taxonomy: &str) -> &'s [Spanned<String>] {
    let own = site.page(id).document.front.terms(taxonomy);
    if own.is_empty() { site.page(site.original(id)).document.front.terms(taxonomy) } else { own }
}

fn gather_uses(
    site: &Site,
    taxonomy: &str,
    alias_of: &HashMap<String, String>,
    terms: &mut BTreeMap<String, Gathered>,
) {
    let people = taxonomy == "speakers";
    // Few spellings are used over and over.
    let mut slugs: HashMap<&str, String> = HashMap::new();
    for (id, page) in site.numbered_pages() {
        if page.kind == Kind::Term || page.is_unlisted() {
            continue;
        }
        for written in named(site, id, taxonomy) {
            if (people && is_placeholder_name(&written.value)) || site.hidden.has(taxonomy, &written.value) {
                continue;
            }
            let slug = slugs.entry(&written.value).or_insert_with(|| {
                let slug = term_slug(&written.value);
                alias_of.get(&slug).cloned().unwrap_or(slug)
            });
            if !terms.contains_key(slug) {
                terms.insert(slug.clone(), Gathered::default());
            }
            let Some(term) = terms.get_mut(slug) else { continue };
            match term.spellings.get_mut(&written.value) {
                Some(count) => *count += 1,
                None => {
                    term.spellings.insert(written.value.clone(), 1);
                }
            }
            if term.pages.last() != Some(&id) {
                term.pages.push(id);
            }
        }
    }
}

/// Turns what was gathered into the terms of a taxonomy, by name.
fn fill(site: &Site, index: usize, gathered: BTreeMap<String, Gathered>) -> Vec<Term> {
    let (taxonomy, pages) = (&site.taxonomies[index], &site.pages);
    let mut terms: Vec<Term> = gathered
        .into_iter()
        .map(|(slug, one)| {
            // The commonest spelling; of equally common ones the first by code point.
            let commonest = one
                .spellings
                .iter()
                .fold(None::<(&String, usize)>, |best, (name, count)| match best {
                    Some((_, most)) if most >= *count => best,
                    _ => Some((name, *count)),
                })
                .map(|(name, _)| name.clone());
            let name = one
                .page
                .map(|page| pages[page.index()].title.clone())
                .or(commonest)
                .unwrap_or_else(|| slug.clone());
            let languages = local_terms(site, &taxonomy.name, &slug, &name, &one);
            let mut aliases = one.aliases;
            let is_name = |spelling: &String| {
                *spelling == name || languages.iter().any(|local| local.name == *spelling)
            };
            let shown = |spelling: &String| !is_name(spelling) && !one.former.contains(&term_slug(spelling));
            aliases.extend(one.spellings.into_keys().filter(shown));
            let mut seen = HashSet::new();
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
        })
        .collect();
    terms.sort_by_cached_key(|term| (term.name.to_lowercase(), term.name.clone()));
    terms
}

impl Taxonomy {
    /// Enters the terms, and which spelling means which of them.
    fn take(&mut self, terms: Vec<Term>, alias_of: &HashMap<String, String>) {
        for (number, term) in terms.iter().enumerate() {
            self.spellings.insert(term.slug.clone(), u32::try_from(number).unwrap_or(u32::MAX));
        }
        for (alias, slug) in alias_of {
            if let Some(number) = self.spellings.get(slug).copied() {
                self.spellings.insert(alias.clone(), number);
            }
        }
        self.terms = terms;
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
    let mut found: Vec<HashMap<&str, Option<u32>>> = vec![HashMap::new(); site.taxonomies.len()];
    for (id, page) in site.numbered_pages() {
        let mut terms = Vec::with_capacity(site.taxonomies.len());
        for ((index, taxonomy), found) in site.taxonomies.iter().enumerate().zip(&mut found) {
            let mut of_page: Vec<TermId> = Vec::new();
            let mut known: HashSet<u32> = HashSet::new();
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
            .map(|author| Person {
                name: author.value.clone(),
                term: site.find_term("speakers", &author.value),
            })
            .collect();
        all.push((terms, authors));
    }
    for (page, (terms, authors)) in site.pages.iter_mut().zip(all) {
        page.terms = terms;
        page.authors = authors;
    }
}
