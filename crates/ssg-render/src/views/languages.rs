//! Languages: what an output is called in the others, and what sections and taxonomies are called
//! where nobody gave them a title in a language.

use crate::facets::config::Titles;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use ssg_parse::{TaxonomyOptions, direction, locale};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{Destination, SectionCard, TaxonomyCard, Translations};
use tera::Value;

/// An output of one language among those that say the same.
struct Translation {
    language: LangId,
    path: String,
    title: String,
}

/// The path of the archive of a language.
pub(crate) fn archive_path(reads: &Reads, language: LangId) -> String {
    format!("{}archive/", reads.languages().path(language))
}

/// The outputs that say the same as the one at a path, itself among them, in the order of languages, but for those that
/// are in no list. Empty where there is no other. Of a list the first pager counts.
fn translations(reads: &Reads, path: &str) -> Vec<Translation> {
    let languages = reads.languages();
    if !languages.is_multilingual() {
        return Vec::new();
    }
    let each = languages.all.iter().copied();
    let all: Vec<Translation> = match reads.at_path(path) {
        Some(Destination::Page(key)) => {
            let pages = reads.get::<Translations>(&key).map_or_else(Vec::new, |all| all.0.clone());
            let one = |(language, key): (LangId, _)| {
                let page = reads.card(&key).filter(|page| *page.path == *path || !page.standing.unlisted)?;
                Some(Translation { language, path: page.path.to_string(), title: page.title.clone() })
            };
            pages.into_iter().filter_map(one).collect()
        }
        Some(Destination::Section(key)) => each
            .filter_map(|language| reads.section(&reads.section_in(key, language)?))
            .filter(|section| *section.path == *path || !section.standing.unlisted)
            .map(|section| Translation {
                language: section.language,
                path: section.path.to_string(),
                title: section_title(reads, &section),
            })
            .collect(),
        Some(Destination::Term(key, _)) => {
            let term = reads.term(&key);
            let named = |language: LangId| Some((language, term.as_ref()?.in_language(language)));
            each.filter_map(named)
                .filter(|(_, term)| term.exists && (term.path == path || !term.unlisted))
                .map(|(language, term)| Translation {
                    language,
                    path: term.path.clone(),
                    title: term.name.clone(),
                })
                .collect()
        }
        Some(Destination::Taxonomy(name, _)) => {
            let taxonomy = reads.taxonomy(&name);
            let taxonomy = taxonomy.as_deref();
            each.filter_map(|language| Some((language, taxonomy?)))
                .filter(|(language, taxonomy)| taxonomy.exists(*language))
                .filter(|(language, taxonomy)| {
                    taxonomy.path(*language) == path || !taxonomy.standing(*language).unlisted
                })
                .map(|(language, taxonomy)| Translation {
                    language,
                    path: taxonomy.path(language).to_owned(),
                    title: taxonomy_title(reads, taxonomy, language),
                })
                .collect()
        }
        _ if path == archive_path(reads, languages.of_path(path)) => each
            .filter(|language| reads.has_archive(*language))
            .map(|language| Translation {
                language,
                path: archive_path(reads, language),
                title: reads.word(&reads.tag(language), "archive", "Archive"),
            })
            .collect(),
        _ if reads.talk_library(languages.of_path(path)).is_some_and(|own| own == path) => each
            .filter_map(|language| Some((language, reads.talk_library(language)?)))
            .map(|(language, path)| Translation {
                language,
                path,
                title: reads.word(&reads.tag(language), "all-talks", "All talks"),
            })
            .collect(),
        _ => Vec::new(),
    };
    if all.len() > 1 { all } else { Vec::new() }
}

/// `translations` in templates.
pub(crate) fn translations_view(reads: &Reads, path: &str) -> Value {
    let all = translations(reads, path).into_iter().map(|one| {
        language_fields(reads, one.language)
            .set("permalink", reads.permalink(&one.path))
            .set("current", one.path == path)
            .set("path", one.path)
            .set("title", one.title)
            .done()
    });
    Value::from(all.collect::<Vec<_>>())
}

/// The languages of the site with their home pages; empty for a site in one language.
pub(crate) fn languages_view(reads: &Reads, current: LangId) -> Value {
    let languages = reads.languages();
    let titles = reads.get::<Titles>(&());
    let several = languages.all.iter().copied().filter(|_| languages.all.len() > 1);
    let all = several.map(|language| {
        let path = languages.path(language);
        language_fields(reads, language)
            .set("permalink", reads.permalink(path))
            .set("current", language == current)
            .set("path", path)
            .set("title", titles.as_ref().map(|titles| titles.title(language).to_owned()))
            .done()
    });
    Value::from(all.collect::<Vec<_>>())
}

fn language_fields(reads: &Reads, language: LangId) -> Table {
    let addressing = reads.addressing();
    let tag = addressing.tag(language);
    Table::new()
        .set("lang", tag)
        .set("name", addressing.name_of(language))
        .set("dir", direction(tag))
        .set("locale", locale(tag))
        .set("main", language.is_main())
}

/// Tags and permalinks of the outputs that say the same as the one at a path, and those for readers
/// of no language of the site.
pub(crate) fn alternates(reads: &Reads, path: &str) -> Vec<(String, String)> {
    let all = translations(reads, path);
    let addressing = reads.addressing();
    let main = all.iter().find(|one| one.language.is_main()).map(|one| ("x-default", &one.path));
    let all = all.iter().map(|one| (addressing.tag(one.language), &one.path)).chain(main);
    all.map(|(tag, path)| (tag.to_owned(), addressing.permalink(path))).collect()
}

/// Names of directories for which themes have a text.
const WORDS: [&str; 6] = ["categories", "events", "posts", "speakers", "talks", "tools"];

/// What a section is called. Where nobody gave it a title, in another language than the main one, the
/// theme may have a text for it under the name of its directory.
pub(crate) fn section_title(reads: &Reads, section: &SectionCard) -> String {
    let is_called_by_it = !section.is_titled && !section.language.is_main();
    match section.dir.rsplit('/').next().filter(|name| is_called_by_it && WORDS.contains(name)) {
        Some(key) => reads.word(&reads.tag(section.language), key, &section.title),
        None => section.title.clone(),
    }
}

/// What a taxonomy is called: as its text says, as the configuration says, else as the theme calls it
/// in another language than the main one.
pub(crate) fn taxonomy_title(reads: &Reads, taxonomy: &TaxonomyCard, language: LangId) -> String {
    let written = |language: LangId| taxonomy.written.get(language.index()).cloned().flatten();
    if let Some(title) = written(language) {
        return title;
    }
    let main = written(LangId::MAIN);
    let is_usual = taxonomy.title == TaxonomyOptions::named(&taxonomy.name).title;
    let is_called_by_it = is_usual && main.is_none() && !language.is_main();
    if is_called_by_it && WORDS.contains(&&*taxonomy.name) {
        return reads.word(&reads.tag(language), &taxonomy.name, &taxonomy.title);
    }
    main.filter(|_| !language.is_main()).unwrap_or_else(|| taxonomy.title.clone())
}
