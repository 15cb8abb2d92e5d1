//! What the tables say is what readers read, and what the book and the published schemas say.

#![expect(clippy::disallowed_methods, reason = "tests read and write the book")]

use super::{BOOK, Key, Keys, KeysOf, Kind, SCHEMAS, with_parts};
use crate::fields::asked;
use crate::{ParseOptions, parse_document, read_config};
use ssg_source::{Diagnostics, SitePath, codes};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src")
}

/// Compares a file with what it is to be; `SSG_ACCEPT=1` writes it.
fn compare(file: &Path, made: &str) {
    if std::env::var_os("SSG_ACCEPT").is_some() {
        std::fs::create_dir_all(file.parent().expect("in a folder")).expect("made");
        std::fs::write(file, made).expect("written");
        return;
    }
    let there = std::fs::read_to_string(file).unwrap_or_default();
    assert!(there == made, "{} is stale; SSG_ACCEPT=1 rewrites it", file.display());
}

#[test]
fn the_book_has_the_tables_of_the_program() {
    for page in BOOK {
        let file = docs().join(page);
        let text = std::fs::read_to_string(&file).expect("the page is there");
        compare(&file, &with_parts(page, &text).expect("its marks are in order"));
    }
}

#[test]
fn the_published_schemas_are_those_of_the_program() {
    for schema in SCHEMAS {
        compare(&docs().join("schemas").join(schema.file), &schema.text());
    }
}

/// A value of a kind, in TOML on one line.
fn value(kind: Kind) -> String {
    let table = |keys: Keys| {
        let all = keys.iter().copied().flatten();
        let fields: Vec<String> = all
            .flat_map(|key| key.names.iter().map(|name| format!("{name} = {}", value(key.kind))))
            .collect();
        format!("{{ {} }}", fields.join(", "))
    };
    match kind {
        Kind::Flag | Kind::AddressOrTrue | Kind::ChoiceOrFlag(_) => "true".to_owned(),
        Kind::Number => "1".to_owned(),
        Kind::Numbers => "[480]".to_owned(),
        Kind::Date => "2016-05-26".to_owned(),
        Kind::Choice(words) | Kind::Choices(words) | Kind::Usual(words) => format!("{:?}", words[0]),
        Kind::Table(keys) => table(keys),
        Kind::Tables(keys) => format!("[{}]", table(keys)),
        Kind::Map(keys) => format!("{{ de = {} }}", table(keys)),
        Kind::TextsByName => "{ posts = \"/:slug/\" }".to_owned(),
        Kind::AnyTable => "{}".to_owned(),
        _ => "\"x.y\"".to_owned(),
    }
}

fn file(keys: Keys) -> String {
    let line = |key: &Key| {
        let lines = key.names.iter().map(|name| format!("{name} = {}\n", value(key.kind)));
        lines.collect::<String>()
    };
    keys.iter().copied().flatten().map(line).collect()
}

fn unknown(found: &Diagnostics) -> Vec<&str> {
    let wrong = [codes::UNKNOWN_KEY, codes::FOREIGN_KEY, codes::TOML];
    found.iter().filter(|one| wrong.contains(&one.code)).map(|one| one.message.as_str()).collect()
}

fn read(of: KeysOf) -> Diagnostics {
    let path = |name: &str| SitePath::new(name).expect("valid");
    match of {
        KeysOf::Config => {
            let mut found = Diagnostics::new();
            let _ = read_config(&path("ssg.toml"), file(of.top()).as_bytes(), &mut found);
            found
        }
        _ => {
            let text = format!("+++\n{}+++\n", file(of.top()));
            let taxonomies = ["categories", "tools", "speakers"].map(str::to_owned).into();
            let options = ParseOptions { taxonomies, ..ParseOptions::default() };
            parse_document(&path("content/x.md"), text.as_bytes(), &options).1
        }
    }
}

#[test]
fn every_key_of_the_tables_is_read() {
    for of in [KeysOf::Config, KeysOf::Header] {
        let found = read(of);
        assert_eq!(unknown(&found), [] as [&str; 0], "{of:?}\n{}", file(of.top()));
    }
}

fn names(keys: Keys, all: &mut BTreeSet<&'static str>) {
    for key in keys.iter().copied().flatten() {
        all.extend(key.names.iter().chain(key.also).flat_map(|name| name.split('.')));
        if let Kind::Table(inner) | Kind::Tables(inner) | Kind::Map(inner) | Kind::TextOrTable(inner) =
            key.kind
        {
            names(inner, all);
        }
    }
}

/// Asked for and not in the tables: words of others by which pages are withheld, which the book has on a page of
/// its own, and what means nothing here.
const WORDS_OF_OTHERS: &[&str] = &[
    "_build",
    "_draft",
    "build",
    "eleventyExcludeFromCollections",
    "headless",
    "hidden",
    "in_search_index",
    "isDraft",
    "is_draft",
    "layout",
    "listed",
    "members_only",
    "no_index",
    "password",
    "private",
    "publish",
    "published",
    "render",
    "robots",
    "robotsNoIndex",
    "sitemap",
    "sitemap_exclude",
    "state",
    "status",
    "target",
    "unpublished",
    "visibility",
];

#[test]
fn every_key_that_is_read_is_in_the_tables() {
    for of in [KeysOf::Config, KeysOf::Header] {
        let asked = asked::during(|| drop(read(of)));
        let mut known = BTreeSet::new();
        names(of.top(), &mut known);
        assert!(asked.len() > 40, "nothing is asked for");
        let missing: Vec<&str> = asked
            .iter()
            .copied()
            .filter(|name| !known.contains(name) && !WORDS_OF_OTHERS.contains(name))
            .collect();
        assert_eq!(missing, [] as [&str; 0], "{of:?}");
    }
}

#[test]
fn keys_are_found_by_their_place_and_in_any_spelling() {
    let key = KeysOf::Header.key(&["event", "cfp"], "Closes").expect("known");
    assert!(key.is_called("close") && key.plain_meaning().contains("AoE"));
    assert!(KeysOf::Config.key(&["taxonomies", "topics"], "part_above").is_some());
    assert!(KeysOf::Config.table(&["taxonomies"]).is_empty());
    assert!(KeysOf::Config.table(&["extra", "a", "b"]).is_empty());
    let meaning = KeysOf::Header.key(&[], "audio").expect("known").plain_meaning();
    assert!(meaning.contains("which feeds bring") && !meaning.contains("]("), "{meaning}");
}
