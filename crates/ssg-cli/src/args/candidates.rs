//! What shells offer for values: words that the program knows, and names of the site in the current folder.
//!
//! The site is not compiled for it: names are those of files and of tables in `ssg.toml`.

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use std::collections::BTreeSet;
use std::path::Path;

/// Most names of a folder that are looked at.
const MOST: usize = 10_000;

/// Words that never change.
pub fn words(words: &'static [&'static str]) -> ArgValueCandidates {
    ArgValueCandidates::new(move || words.iter().map(CompletionCandidate::new).collect())
}

/// Formats of `ssg import`, with what they are.
pub fn importers() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let formats = ssg_import::FORMATS.iter();
        formats.map(|format| CompletionCandidate::new(format.name).help(Some(format.about.into()))).collect()
    })
}

/// Ids of events: the names of their files and folders.
pub fn events() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(names_in("content/events")))
}

/// Lists of `ssg list`: those that every site has, and the taxonomies of the site.
pub fn lists() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let always = [
            "pages",
            "posts",
            "events",
            "series",
            "talks",
            "speakers",
            "tools",
            "categories",
            "sections",
            "languages",
        ];
        let mut all: BTreeSet<String> = always.iter().map(|name| (*name).to_owned()).collect();
        all.extend(tables_of("taxonomies"));
        candidates(all)
    })
}

/// Targets of `ssg publish`: tables of `[publish]`.
pub fn targets() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(tables_of("publish")))
}

/// Themes: those of the program and those in `themes/`.
pub fn themes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let mut all = names_in("themes");
        all.extend(ssg_render::builtin_theme_names().iter().map(ToString::to_string));
        candidates(all)
    })
}

fn candidates(names: BTreeSet<String>) -> Vec<CompletionCandidate> {
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// The names in a folder of the site, without the ending of Markdown; `_index.md` and hidden files are none.
fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(Path::new(folder)).into_iter().flatten().take(MOST);
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .filter(|name| !name.starts_with(['.', '_']))
        .map(|name| name.strip_suffix(".md").map(str::to_owned).unwrap_or(name))
        .collect()
}

/// The tables below one of `ssg.toml`.
fn tables_of(table: &str) -> BTreeSet<String> {
    let Ok(text) = std::fs::read_to_string("ssg.toml") else { return BTreeSet::new() };
    let read = ssg_parse::read_toml(&text, 0, &mut ssg_source::Diagnostics::new());
    let Some(ssg_parse::Value::Table(fields)) = read.value.get(table).map(|node| &node.value) else {
        return BTreeSet::new();
    };
    fields
        .iter()
        .filter(|field| matches!(field.node.value, ssg_parse::Value::Table(_)))
        .map(|field| field.key.clone())
        .collect()
}
