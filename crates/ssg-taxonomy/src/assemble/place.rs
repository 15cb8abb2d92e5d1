//! Decides what each file below `content` is: a section, a page of some kind, or an asset.

use super::Source;
use crate::page::Kind;
use ssg_parse::{Config, FileName, is_page, read_file_name};
use ssg_source::{Diagnostic, Diagnostics, SitePath};
use std::collections::{BTreeMap, BTreeSet};

/// A content file and what it is.
pub(super) struct Placed {
    pub source: Source,
    pub role: Role,
}

/// What a content file is.
pub(super) enum Role {
    /// `_index.md` of a directory below `content`.
    Section { dir: String },
    /// `_index.md` of a taxonomy.
    Taxonomy { index: usize },
    /// A page.
    Page(Place),
}

/// Where a page belongs.
#[derive(Clone)]
pub(super) struct Place {
    pub kind: Kind,
    /// Directory of the section that lists it, below `content`.
    pub dir: String,
    /// What its name says; for a bundle the name of the directory.
    pub name: FileName,
    /// Directory of the bundle, for `index.md`.
    pub bundle: Option<String>,
    /// Directory of the event's bundle, for its talks.
    pub event_dir: Option<String>,
}

/// All content files, placed, and the assets by the directory that they go with.
pub(super) struct PlacedFiles {
    pub pages: Vec<Placed>,
    /// Directory of a bundle or a section → files.
    pub assets: BTreeMap<String, Vec<SitePath>>,
}

const CONTENT: &str = "content";

pub(super) fn place(
    config: &Config,
    sources: Vec<Source>,
    assets: Vec<SitePath>,
    found: &mut Diagnostics,
) -> PlacedFiles {
    let bundles: BTreeSet<String> = sources
        .iter()
        .filter(|source| source.path.stem() == "index")
        .map(|source| dir_of(&source.path))
        .filter(|dir| !dir.is_empty())
        .collect();
    let mut pages = Vec::with_capacity(sources.len());
    for source in sources {
        match role(config, &source, &bundles) {
            Some(role) => pages.push(Placed { source, role }),
            None => found.add(
                Diagnostic::warning("not-a-page", "a Markdown file inside a bundle is not a page")
                    .in_file(&source.path)
                    .hint("pages inside a bundle are `talks/*.md` of an event; move it out of the folder"),
            ),
        }
    }
    let mut by_dir: BTreeMap<String, Vec<SitePath>> = BTreeMap::new();
    for asset in assets.into_iter().filter(|asset| !is_page(asset.file_name())) {
        let dir = dir_of(&asset);
        let owner = bundle_of(&dir, &bundles).unwrap_or(&dir).to_owned();
        by_dir.entry(owner).or_default().push(asset);
    }
    PlacedFiles { pages, assets: by_dir }
}

/// Directory of a file, below `content`.
fn dir_of(path: &SitePath) -> String {
    let below = path.below(CONTENT).unwrap_or(path.as_str());
    below.rfind('/').map_or_else(String::new, |slash| below[..slash].to_owned())
}

/// The bundle that a directory is, or lies in.
fn bundle_of<'a>(dir: &'a str, bundles: &BTreeSet<String>) -> Option<&'a str> {
    let mut at = dir;
    loop {
        if bundles.contains(at) {
            return Some(at);
        }
        at = &at[..at.rfind('/')?];
    }
}

fn role(config: &Config, source: &Source, bundles: &BTreeSet<String>) -> Option<Role> {
    let dir = dir_of(&source.path);
    let stem = source.path.stem();
    if stem == "_index" || (stem == "index" && dir.is_empty()) {
        let taxonomy = config.taxonomies.iter().position(|options| options.name == dir);
        return Some(match taxonomy {
            Some(index) => Role::Taxonomy { index },
            None => Role::Section { dir },
        });
    }
    let parent = |dir: &str| dir.rfind('/').map_or("", |slash| &dir[..slash]).to_owned();
    let last = |dir: &str| dir.rsplit('/').next().unwrap_or(dir).to_owned();
    let front = &source.document.front;
    if stem == "index" {
        let section = parent(&dir);
        let outer = bundle_of(&section, bundles);
        if outer.is_some() {
            return None;
        }
        let name = read_file_name(&format!("{}.md", last(&dir)), &[]);
        let kind = kind_of(config, front, &section);
        return Some(Role::Page(Place { kind, dir: section, name, bundle: Some(dir), event_dir: None }));
    }
    let name = read_file_name(source.path.file_name(), &[]);
    if let Some(bundle) = bundle_of(&dir, bundles) {
        let is_talk = dir.strip_prefix(bundle) == Some("/talks");
        return is_talk.then(|| {
            let event_dir = Some(bundle.to_owned());
            Role::Page(Place { kind: Kind::Talk, dir: parent(bundle), name, bundle: None, event_dir })
        });
    }
    let kind = kind_of(config, front, &dir);
    Some(Role::Page(Place { kind, dir, name, bundle: None, event_dir: None }))
}

/// The kind that folder and tables tell.
fn kind_of(config: &Config, front: &ssg_parse::FrontMatter, dir: &str) -> Kind {
    let top = dir.split('/').next().unwrap_or("");
    if front.talk.is_some() {
        Kind::Talk
    } else if front.event.is_some() {
        Kind::Event
    } else if config.taxonomies.iter().any(|options| options.name == dir) {
        Kind::Term
    } else if top == "posts" {
        Kind::Post
    } else if dir == "events" {
        Kind::Event
    } else {
        Kind::Page
    }
}
