//! Languages: what an output is called in the others, and what sections and taxonomies are called
//! where nobody gave them a title in a language.

use crate::plan::{archive_path, has_archive};
use crate::question::Question;
use crate::reader::looked_up;
use crate::table::Table;
use crate::world::World;
use ssg_parse::{TaxonomyOptions, direction, locale};
use ssg_taxonomy::{LangId, SectionId, Target};
use tera::Value;

/// An output of one language among those that say the same.
struct Translation {
    language: LangId,
    path: String,
    title: String,
}

/// The outputs that say the same as the one at a path, itself among them, in the order of languages.
/// Empty where there is no other. Of a list the first sheet counts.
fn translations(world: &World, path: &str) -> Vec<Translation> {
    let site = &world.site;
    if !site.is_multilingual() {
        return Vec::new();
    }
    let languages = site.languages();
    let all: Vec<Translation> = match site.at_path(path) {
        Some(Target::Page(id)) => {
            let pages = site.translations(id).iter().map(|id| site.page(*id));
            let one = |page: &ssg_taxonomy::Page| Translation {
                language: page.language,
                path: page.path.clone(),
                title: page.title.clone(),
            };
            pages.map(one).collect()
        }
        Some(Target::Section(id)) => languages
            .filter_map(|language| site.section_in(id, language))
            .map(|id| Translation {
                language: site.section(id).language,
                path: site.section(id).path.clone(),
                title: section_title(world, id),
            })
            .collect(),
        Some(Target::Term(id, _)) => languages
            .map(|language| site.term_in(id, language))
            .filter(|term| term.exists)
            .map(|term| Translation {
                language: term.language,
                path: term.path.to_owned(),
                title: term.name.to_owned(),
            })
            .collect(),
        Some(Target::Taxonomy(index, _)) => languages
            .filter(|language| site.has_taxonomy(index, *language))
            .map(|language| Translation {
                language,
                path: site.taxonomy_path(index, language),
                title: taxonomy_title(world, index, language),
            })
            .collect(),
        _ if path == archive_path(world, site.language_of_path(path)) => languages
            .filter(|language| has_archive(world, *language))
            .map(|language| Translation {
                language,
                path: archive_path(world, language),
                title: world.look.theme.string(world.config.tag(language), "archive", "Archive"),
            })
            .collect(),
        _ => Vec::new(),
    };
    if all.len() > 1 { all } else { Vec::new() }
}

/// `translations` in templates.
pub(crate) fn translations_view(world: &World, path: &str) -> Value {
    let all = translations(world, path).into_iter().map(|one| {
        language_fields(world, one.language)
            .set("permalink", world.config.permalink(&one.path))
            .set("current", one.path == path)
            .set("path", one.path)
            .set("title", one.title)
            .done()
    });
    Value::from(all.collect::<Vec<_>>())
}

/// The languages of the site with their home pages; empty for a site in one language.
pub(crate) fn languages_view(world: &World, current: LangId) -> Value {
    let languages = world.site.languages().filter(|_| world.site.languages().count() > 1);
    let all = languages.map(|language| {
        let path = world.site.home_path(language);
        language_fields(world, language)
            .set("permalink", world.config.permalink(path))
            .set("current", language == current)
            .set("path", path)
            .set("title", world.config.title_in(language))
            .done()
    });
    Value::from(all.collect::<Vec<_>>())
}

fn language_fields(world: &World, language: LangId) -> Table {
    let tag = world.config.tag(language);
    let name = world.config.languages.get(language.index()).map_or(tag, |language| &language.name);
    Table::new()
        .set("lang", tag)
        .set("name", name)
        .set("dir", direction(tag))
        .set("locale", locale(tag))
        .set("main", language.is_main())
}

/// Tags and permalinks of the outputs that say the same as the one at a path, and those for readers
/// of no language of the site.
pub(crate) fn alternates(world: &World, path: &str) -> Vec<(String, String)> {
    let all = translations(world, path);
    let main = all.iter().find(|one| one.language.is_main()).map(|one| ("x-default", &one.path));
    let all = all.iter().map(|one| (world.config.tag(one.language), &one.path)).chain(main);
    all.map(|(tag, path)| (tag.to_owned(), world.config.permalink(path))).collect()
}

/// What a section is called. Where nobody gave it a title, in another language than the main one, the
/// theme may have a text for it under the name of its directory.
pub(crate) fn section_title(world: &World, id: SectionId) -> String {
    let section = world.site.section(id);
    match section_word(world, id) {
        Some(key) => world.look.theme.string(world.config.tag(section.language), key, &section.title),
        None => section.title.clone(),
    }
}

/// Names of directories for which themes have a text.
const WORDS: [&str; 6] = ["categories", "events", "posts", "speakers", "talks", "tools"];

/// The key of the text that a section is called by.
fn section_word(world: &World, id: SectionId) -> Option<&str> {
    let section = world.site.section(id);
    let is_called_by_it = !section.is_titled && !section.language.is_main();
    section.dir.rsplit('/').next().filter(|name| is_called_by_it && WORDS.contains(name))
}

/// What a section is called, written down as asked.
pub(crate) fn shown_section_title(world: &World, id: SectionId) -> String {
    if let Some(key) = section_word(world, id) {
        asked_for_word(world, world.site.section(id).language, key);
    }
    section_title(world, id)
}

fn asked_for_word(world: &World, language: LangId, key: &str) {
    looked_up(Question::Text { lang: world.config.tag(language).to_owned(), key: key.to_owned() });
}

/// What a taxonomy is called: as its text says, as the configuration says, else as the theme calls it
/// in another language than the main one.
pub(crate) fn taxonomy_title(world: &World, index: usize, language: LangId) -> String {
    let Some(taxonomy) = world.site.taxonomies.get(index) else { return String::new() };
    let written = |language| world.site.taxonomy_text(index, language)?.front.title.as_ref();
    if let Some(title) = written(language) {
        return title.value.clone();
    }
    match taxonomy_word(world, index, language) {
        Some(key) => world.look.theme.string(world.config.tag(language), key, &taxonomy.title),
        None if language.is_main() => taxonomy.title.clone(),
        None => written(LangId::MAIN).map_or(&taxonomy.title, |title| &title.value).clone(),
    }
}

fn taxonomy_word(world: &World, index: usize, language: LangId) -> Option<&str> {
    let taxonomy = world.site.taxonomies.get(index)?;
    let is_usual = taxonomy.title == TaxonomyOptions::named(&taxonomy.name).title;
    let written =
        world.site.taxonomy_text(index, LangId::MAIN).is_some_and(|text| text.front.title.is_some());
    let is_called_by_it = is_usual && !written && !language.is_main();
    Some(taxonomy.name.as_str()).filter(|name| is_called_by_it && WORDS.contains(name))
}

/// What a taxonomy is called, written down as asked.
pub(crate) fn shown_taxonomy_title(world: &World, index: usize, language: LangId) -> String {
    if let Some(key) = taxonomy_word(world, index, language) {
        asked_for_word(world, language, key);
    }
    taxonomy_title(world, index, language)
}
