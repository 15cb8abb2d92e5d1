//! The menu, which every page may show.

use super::languages::{archive_path, section_title, taxonomy_title};
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use ssg_taxonomy::facets::{Card, SectionPages, SectionSize, Subsections, Terms};
use ssg_taxonomy::{LangId, SectionKey};
use std::sync::Arc;
use tera::Value;

/// How many sections a menu has that nobody wrote: each page shows all of it.
const MOST_SECTIONS: usize = 20;

/// What a menu lists when the site names nothing: sections with pages, the library of talks, taxonomies with
/// terms, the archive, plain pages of the top level. No counts, so that it changes only when a list does.
pub(crate) fn menu_view(reads: &Reads, language: LangId) -> Value {
    let entry = |title: &str, path: &str| Table::new().set("title", title).set("path", path).done();
    let home = reads.languages().home(language);
    let subsections = reads.get::<Subsections>(&home);
    let has_pages = |key: &&SectionKey| reads.get::<SectionSize>(key).is_some_and(|size| size.0 > 0);
    let mut menu: Vec<Value> = subsections
        .iter()
        .flat_map(|all| &all.0)
        .filter(has_pages)
        .filter_map(|key| reads.section(key))
        .map(|section| entry(&section_title(reads, &section), &section.path))
        .take(MOST_SECTIONS)
        .collect();
    if let Some(path) = reads.talk_library(language) {
        menu.push(entry(&reads.word(&reads.tag(language), "talks", "Talks"), &path));
    }
    for name in reads.taxonomy_names() {
        let has_terms =
            reads.get::<Terms>(&(name.clone(), language)).is_some_and(|terms| !terms.0.is_empty());
        let taxonomy = reads.taxonomy(&name).filter(|_| has_terms);
        if let Some(taxonomy) = taxonomy.filter(|taxonomy| !taxonomy.standing(language).unlisted) {
            menu.push(entry(&taxonomy_title(reads, &taxonomy, language), taxonomy.path(language)));
        }
    }
    if reads.has_archive(language) {
        let title = reads.word(&reads.tag(language), "archive", "Archive");
        menu.push(entry(&title, &archive_path(reads, language)));
    }
    let pages = reads.get::<SectionPages>(&home).map_or_else(Vec::new, |pages| pages.0.clone());
    let mut plain: Vec<Arc<Card>> = pages.iter().filter_map(|key| reads.card(key)).collect();
    plain.sort_by(|a, b| (a.weight, &a.title).cmp(&(b.weight, &b.title)));
    menu.extend(plain.iter().take(2).map(|page| entry(&page.title, &page.path)));
    Value::from(menu)
}
