//! Old addresses, and the spellings of terms.

use crate::world::World;
use ssg_source::SitePath;
use ssg_taxonomy::{Kind, LangId, PageId, TermId};

/// Every redirect: from, to, and the file that asks for it.
pub(crate) fn aliases(world: &World) -> Vec<(String, String, SitePath)> {
    let mut aliases = Vec::new();
    for page in world.site.pages.iter().filter(|page| page.kind != Kind::Term) {
        for alias in page.aliases.iter().filter(|alias| **alias != page.path) {
            aliases.push((alias.clone(), page.path.clone(), page.source.clone()));
        }
    }
    for section in &world.site.sections {
        for alias in section.aliases.iter().filter(|alias| **alias != section.path) {
            aliases.push((alias.clone(), section.path.clone(), section.source.clone().unwrap_or_default()));
        }
    }
    for index in 0..world.site.taxonomies.len() {
        for language in world.site.languages() {
            term_aliases(world, index, language, &mut aliases);
        }
    }
    aliases.sort();
    aliases.dedup();
    aliases
}

/// Redirects to the terms of a taxonomy in a language.
fn term_aliases(
    world: &World,
    index: usize,
    language: LangId,
    aliases: &mut Vec<(String, String, SitePath)>,
) {
    let site = &world.site;
    let taxonomy = &site.taxonomies[index];
    let above = site.taxonomy_path(index, language);
    let source = |page: Option<PageId>| page.map(|page| site.page(page).source.clone()).unwrap_or_default();
    // Spellings with a slug of their own redirect to the term that they mean.
    for (slug, number) in &taxonomy.spellings {
        let id = TermId { taxonomy: u16::try_from(index).unwrap_or(u16::MAX), term: *number };
        let term = site.term_in(id, language);
        if *slug != site.term(id).slug && term.exists {
            aliases.push((format!("{above}{slug}/"), term.path.to_owned(), source(term.page)));
        }
    }
    for term in site.terms_in(index, language).into_iter().map(|id| site.term_in(id, language)) {
        let Some(page) = term.page.map(|page| site.page(page)) else { continue };
        for alias in page.document.front.aliases.iter().filter(|alias| alias.value.starts_with('/')) {
            let path = format!("/{}/", alias.value.trim_matches('/'));
            if !alias.value.contains("..") && path != term.path {
                aliases.push((path, term.path.to_owned(), page.source.clone()));
            }
        }
    }
}
