//! Sections: every directory that lists pages, with or without an `_index.md`.

use super::classify::{Classified, ClassifiedFiles, Role};
use super::paths::{alias_paths, own_path, safe_slug, title_of};
use crate::ids::{PageId, SectionId};
use crate::page::Kind;
use crate::site::{Section, Site, Target};
use ssg_parse::{Config, Document, LangId};
use ssg_source::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Adds the sections, the home page first, then by directory.
pub(super) fn add_sections(
    config: &Config,
    placed: &ClassifiedFiles,
    site: &mut Site,
    found: &mut Diagnostics,
) {
    let empty: Arc<Document> = Arc::default();
    site.homes = vec![None; site.language_homes.len()];
    let mut numbers: BTreeMap<(LangId, String), SectionId> = BTreeMap::new();
    for ((language, dir), source) in directories(config, placed) {
        let id = SectionId(u32::try_from(site.sections.len()).unwrap_or(u32::MAX));
        if let Some(home) = site.homes.get_mut(language.index()).filter(|_| dir.is_empty()) {
            *home = Some(id);
        }
        let parent_dir = dir.rfind('/').map_or("", |slash| &dir[..slash]);
        let parent =
            if dir.is_empty() { None } else { numbers.get(&(language, parent_dir.to_owned())).copied() };
        let main = numbers.get(&(LangId::MAIN, dir.clone())).filter(|main| **main != id);
        let main = main.and_then(|main| site.sections.get(main.index()));
        let name = dir.rsplit('/').next().unwrap_or("");
        let document = source.map_or_else(|| empty.clone(), |source| source.document.clone());
        let above = parent.map_or("/", |parent| site.sections[parent.index()].path.as_str());
        let is_placed = document.front.path.is_some() || document.front.slug.is_some();
        let path = if dir.is_empty() {
            config.home_of(language)
        } else if let Some(main) = main.filter(|_| !is_placed) {
            format!("{}{}", config.home_of(language), main.path.trim_start_matches('/'))
        } else {
            let own = source.and_then(|source| own_path(&source.path, &document.front, found));
            let slug = document.front.slug.as_ref().map_or(name, |slug| slug.value.as_str());
            own.unwrap_or_else(|| format!("{above}{}/", safe_slug(slug, name)))
        };
        let has_title = document.front.title.is_some();
        let title = if dir.is_empty() && !has_title {
            config.title_in(language).to_owned()
        } else {
            // A section that nobody wrote about in this language is called what it is in the main one.
            main.filter(|_| source.is_none())
                .map_or_else(|| title_of(&document, name), |main| main.title.clone())
        };
        let is_titled =
            dir.is_empty() || has_title || source.is_none() && main.is_some_and(|main| main.is_titled);
        if let Some(source) = source {
            site.targets.insert(source.path.clone(), Target::Section(id));
        }
        site.paths.entry(path.clone()).or_insert(Target::Section(id));
        let aliases =
            source.map_or_else(Vec::new, |source| alias_paths(&source.path, &document.front, found));
        numbers.insert((language, dir.clone()), id);
        let place = (language, dir.clone());
        site.sections.push(Section {
            standing: site.standings.get(&place).copied().unwrap_or_default(),
            has_list: !site.without_list.contains(&place),
            language,
            assets: placed.assets.get(&dir).filter(|_| main.is_none()).cloned().unwrap_or_default(),
            source: source.map(|source| source.path.clone()),
            dir,
            path,
            title,
            is_titled,
            parent,
            sections: Vec::new(),
            pages: Vec::new(),
            document,
            aliases,
        });
    }
    for index in 0..site.sections.len() {
        if let Some(parent) = site.sections[index].parent {
            let id = SectionId(u32::try_from(index).unwrap_or(u32::MAX));
            site.sections[parent.index()].sections.push(id);
        }
    }
    add_taxonomy_texts(placed, site);
}

/// The directories that are sections, by language: those that hold pages and those above them. Events
/// are listed in every language that has a page, translated or not.
pub(super) fn directories<'p>(
    config: &Config,
    placed: &'p ClassifiedFiles,
) -> BTreeMap<(LangId, String), Option<&'p super::Source>> {
    let mut dirs: BTreeMap<(LangId, String), Option<&super::Source>> = BTreeMap::new();
    let languages: BTreeSet<LangId> =
        placed.pages.iter().map(Classified::language).chain([LangId::MAIN]).collect();
    for language in &languages {
        dirs.insert((*language, String::new()), None);
    }
    for one in &placed.pages {
        let own = one.language();
        let (dir, is_event) = match &one.role {
            Role::Section { dir, .. } => {
                dirs.insert((own, dir.clone()), Some(&one.source));
                (dir, false)
            }
            Role::Page(location) if location.kind != Kind::Term => {
                (&location.dir, location.kind == Kind::Event)
            }
            _ => continue,
        };
        let others = languages.iter().filter(|_| is_event && !config.languages.is_empty());
        for language in others.copied().chain([own]) {
            let mut at = dir.as_str();
            while !at.is_empty() {
                dirs.entry((language, at.to_owned())).or_default();
                at = at.rfind('/').map_or("", |slash| &at[..slash]);
            }
        }
    }
    dirs
}

/// Puts `content/<taxonomy>/_index.md` where the taxonomy's index finds it.
fn add_taxonomy_texts(placed: &ClassifiedFiles, site: &mut Site) {
    for one in &placed.pages {
        if let Role::Taxonomy { index, language } = one.role {
            let (path, document) = (one.source.path.clone(), one.source.document.clone());
            site.targets.insert(path.clone(), Target::Taxonomy(index, language));
            site.taxonomy_texts.insert((index, language), (path, document));
        }
    }
}

/// Fills in which pages each section lists: not talks, which their event lists, and not terms.
pub(super) fn list_pages(site: &mut Site) {
    let listed: Vec<(PageId, SectionId)> = site
        .numbered_pages()
        .filter(|(_, page)| !matches!(page.kind, Kind::Talk | Kind::Term) && !page.is_beside_event)
        // Who has found a section that is in no list sees what is in it.
        .filter(|(_, page)| !page.is_unlisted() || site.section(page.section).standing.unlisted)
        .flat_map(|(id, page)| {
            let others = site.languages().filter(|language| *language != page.language);
            let others = others.filter(|language| site.is_multilingual() && site.is_listed(id, *language));
            let others = others.filter_map(|language| site.section_in(page.section, language));
            std::iter::once(page.section).chain(others).map(move |section| (id, section)).collect::<Vec<_>>()
        })
        .collect();
    for (id, section) in listed {
        site.sections[section.index()].pages.push(id);
    }
}
