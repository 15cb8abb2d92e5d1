//! Sections: every directory that lists pages, with or without an `_index.md`.

use super::paths::{alias_paths, own_path, safe_slug, title_of};
use super::place::{PlacedFiles, Role};
use crate::page::{Kind, PageId};
use crate::site::{Section, SectionId, Site, Target};
use ssg_parse::{Config, Document};
use ssg_source::Diagnostics;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Adds the sections, the home page first, then by directory.
pub(super) fn add_sections(config: &Config, placed: &PlacedFiles, site: &mut Site, found: &mut Diagnostics) {
    let mut dirs: BTreeMap<String, Option<&super::Source>> = BTreeMap::new();
    dirs.insert(String::new(), None);
    for one in &placed.pages {
        let dir = match &one.role {
            Role::Section { dir } => {
                dirs.insert(dir.clone(), Some(&one.source));
                dir
            }
            Role::Page(place) if place.kind != Kind::Term => &place.dir,
            _ => continue,
        };
        let mut at = dir.as_str();
        while !at.is_empty() {
            dirs.entry(at.to_owned()).or_default();
            at = at.rfind('/').map_or("", |slash| &at[..slash]);
        }
    }
    let empty: Arc<Document> = Arc::default();
    let mut numbers: BTreeMap<String, SectionId> = BTreeMap::new();
    for (dir, source) in dirs {
        let id = SectionId(u32::try_from(site.sections.len()).unwrap_or(u32::MAX));
        let parent_dir = dir.rfind('/').map_or("", |slash| &dir[..slash]);
        let parent = (!dir.is_empty()).then(|| numbers[parent_dir]);
        let name = dir.rsplit('/').next().unwrap_or("");
        let document = source.map_or_else(|| empty.clone(), |source| source.document.clone());
        let above = parent.map_or("/", |parent| site.sections[parent.index()].path.as_str());
        let path = if dir.is_empty() {
            "/".to_owned()
        } else {
            let own = source.and_then(|source| own_path(&source.path, &document.front, found));
            let slug = document.front.slug.as_ref().map_or(name, |slug| slug.value.as_str());
            own.unwrap_or_else(|| format!("{above}{}/", safe_slug(slug, name)))
        };
        let title = if dir.is_empty() && document.front.title.is_none() {
            config.title.clone()
        } else {
            title_of(&document, name)
        };
        if let Some(source) = source {
            site.targets.insert(source.path.clone(), Target::Section(id));
        }
        site.paths.entry(path.clone()).or_insert(Target::Section(id));
        let aliases =
            source.map_or_else(Vec::new, |source| alias_paths(&source.path, &document.front, found));
        numbers.insert(dir.clone(), id);
        site.sections.push(Section {
            assets: placed.assets.get(&dir).cloned().unwrap_or_default(),
            source: source.map(|source| source.path.clone()),
            dir,
            path,
            title,
            parent,
            sections: Vec::new(),
            pages: Vec::new(),
            document,
            aliases,
        });
    }
    for index in 1..site.sections.len() {
        if let Some(parent) = site.sections[index].parent {
            let id = SectionId(u32::try_from(index).unwrap_or(u32::MAX));
            site.sections[parent.index()].sections.push(id);
        }
    }
    add_taxonomy_texts(placed, site);
}

/// Puts `content/<taxonomy>/_index.md` where the taxonomy's index finds it.
fn add_taxonomy_texts(placed: &PlacedFiles, site: &mut Site) {
    for one in &placed.pages {
        if let Role::Taxonomy { index } = one.role {
            site.targets.insert(one.source.path.clone(), Target::Taxonomy(index));
            site.taxonomy_texts.insert(index, one.source.document.clone());
        }
    }
}

/// Fills in which pages each section lists: not talks, which their event lists, and not terms.
pub(super) fn list_pages(site: &mut Site) {
    let listed: Vec<(PageId, SectionId)> = site
        .numbered_pages()
        .filter(|(_, page)| !matches!(page.kind, Kind::Talk | Kind::Term))
        .map(|(id, page)| (id, page.section))
        .collect();
    for (id, section) in listed {
        site.sections[section.index()].pages.push(id);
    }
}
