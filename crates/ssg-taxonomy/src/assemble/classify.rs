//! Decides what each file below `content` is: a section, a page of some kind, or an asset.

mod layout;

use super::Source;
use crate::page::{Kind, Standing, Withheld};
use ssg_parse::{
    Config, FileName, LangId, NotContent, is_page, is_usual_language, not_content, own_name, read_file_name,
};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::{BTreeMap, BTreeSet};

/// A content file and what it is.
pub(super) struct Classified {
    pub source: Source,
    pub role: Role,
}

impl Classified {
    /// Where it belongs, for a page.
    pub(super) fn location(&self) -> Option<&Location> {
        match &self.role {
            Role::Page(location) => Some(location),
            _ => None,
        }
    }

    /// The language that its file's name tells.
    pub(super) fn language(&self) -> LangId {
        match &self.role {
            Role::Section { language, .. } | Role::Taxonomy { language, .. } => *language,
            Role::Page(location) => location.language,
        }
    }
}

/// What a content file is.
pub(super) enum Role {
    /// `_index.md` of a directory below `content`.
    Section { dir: String, language: LangId },
    /// `_index.md` of a taxonomy.
    Taxonomy { index: usize, language: LangId },
    /// A page.
    Page(Location),
}

/// Where a page belongs.
#[derive(Clone)]
pub(super) struct Location {
    pub kind: Kind,
    /// Directory of the section that lists it, below `content`.
    pub dir: String,
    /// What its name says; for a bundle the name of the directory.
    pub name: FileName,
    /// Directory of the bundle, for `index.md`.
    pub bundle: Option<String>,
    /// Directory of the event's bundle, for its talks and its other pages.
    pub event_dir: Option<String>,
    /// Where in that directory it lies, for what is no talk: empty or with a slash at its end.
    pub below_event: String,
    /// The language that its file's name tells.
    pub language: LangId,
    /// What it shares with its translations; `None` in a site of one language.
    pub key: Option<String>,
    /// Another file has the facts.
    pub is_translation: bool,
    /// How far it is shown; decided in `publish`.
    pub standing: Standing,
}

/// All content files, placed, and the assets by the directory that they go with.
pub(super) struct ClassifiedFiles {
    pub pages: Vec<Classified>,
    /// Directory of a bundle or a section → files.
    pub assets: BTreeMap<String, Vec<SitePath>>,
    /// Files that are kept out by their names.
    pub hidden: Vec<(SitePath, Withheld)>,
}

const CONTENT: &str = "content";

pub(super) fn classify(
    config: &Config,
    sources: Vec<Source>,
    assets: Vec<SitePath>,
    found: &mut Diagnostics,
) -> ClassifiedFiles {
    let (files, sources): (Vec<Source>, Vec<Source>) =
        sources.into_iter().partition(|source| source.document.is_file);
    layout::check_language_folders(config, &sources, found);
    let bundles: BTreeSet<String> = sources
        .iter()
        .filter(|source| read_file_name(source.path.file_name(), &config.languages).dated_stem == "index")
        .map(|source| dir_of(&source.path))
        .filter(|dir| !dir.is_empty())
        .collect();
    let events: BTreeSet<String> = sources
        .iter()
        .filter(|source| is_index(config, source))
        .map(|source| (dir_of(&source.path), &source.document.front))
        .filter(|(dir, front)| bundles.contains(dir) && kind_of(config, front, parent_of(dir)) == Kind::Event)
        .map(|(dir, _)| dir)
        .collect();
    let bundles = Bundles { all: bundles, events };
    let mut swallowed: BTreeMap<String, Vec<SitePath>> = BTreeMap::new();
    let mut pages = Vec::with_capacity(sources.len());
    for source in sources {
        match role(config, &source, &bundles) {
            Some(role) => {
                check_suffix(config, &source, found);
                pages.push(Classified { source, role });
            }
            None => {
                let dir = dir_of(&source.path);
                let within = if is_index(config, &source) { parent_of(&dir) } else { dir.as_str() };
                let bundle = bundles.of(within).unwrap_or_default().to_owned();
                swallowed.entry(bundle).or_default().push(source.path);
            }
        }
    }
    layout::report_swallowed(&pages, &swallowed, found);
    one_kind(&mut pages);
    let mut by_dir: BTreeMap<String, Vec<SitePath>> = BTreeMap::new();
    let (mut hidden, mut beside) = (Vec::new(), Vec::new());
    for asset in assets.into_iter().chain(files.into_iter().map(|file| file.path)) {
        match not_content(asset.below(CONTENT).unwrap_or_default()) {
            Some(NotContent::Hidden) => hidden.push((asset, Withheld::Hidden)),
            Some(NotContent::Drafts) => hidden.push((asset, Withheld::DraftsFolder)),
            None => beside.push(asset),
        }
    }
    for asset in beside.into_iter().filter(|asset| !is_page(asset.file_name())) {
        let dir = dir_of(&asset);
        let owner = bundles.of(&dir).unwrap_or(&dir).to_owned();
        by_dir.entry(owner).or_default().push(asset);
    }
    ClassifiedFiles { pages, assets: by_dir, hidden }
}

/// Directory of a file, below `content`.
pub(super) fn dir_of(path: &SitePath) -> String {
    let below = path.below(CONTENT).unwrap_or(path.as_str());
    below.rfind('/').map_or_else(String::new, |slash| below[..slash].to_owned())
}

/// Directory above a directory.
fn parent_of(dir: &str) -> &str {
    dir.rfind('/').map_or("", |slash| &dir[..slash])
}

/// Whether a file is the `index.md` of its folder, in whatever language.
fn is_index(config: &Config, source: &Source) -> bool {
    read_file_name(source.path.file_name(), &config.languages).dated_stem == "index"
}

/// The directories that are one page each.
struct Bundles {
    all: BTreeSet<String>,
    /// Those of events, in which there may be other pages.
    events: BTreeSet<String>,
}

impl Bundles {
    /// The outermost bundle of an event that a directory is or lies in, else the nearest bundle.
    fn of<'a>(&self, dir: &'a str) -> Option<&'a str> {
        let above = std::iter::successors(Some(dir), |dir| dir.rfind('/').map(|slash| &dir[..slash]));
        above.into_iter().find(|dir| self.all.contains(*dir))
    }

    /// The directory of the event that a directory is or lies in, and where in it that is.
    fn event_of<'a>(&self, dir: &'a str) -> Option<(&'a str, &'a str)> {
        let mut above = std::iter::successors(Some(dir), |dir| dir.rfind('/').map(|slash| &dir[..slash]));
        let event = above.find(|dir| self.events.contains(*dir))?;
        Some((event, dir[event.len()..].trim_start_matches('/')))
    }
}

fn role(config: &Config, source: &Source, bundles: &Bundles) -> Option<Role> {
    let dir = dir_of(&source.path);
    let file = read_file_name(source.path.file_name(), &config.languages);
    let stem = file.dated_stem.as_str();
    let language = file.lang.unwrap_or_default();
    if stem == "_index" || (stem == "index" && dir.is_empty()) {
        let taxonomy = config.taxonomies.iter().position(|options| options.name == dir);
        return Some(match taxonomy {
            Some(index) => Role::Taxonomy { index, language },
            None => Role::Section { dir, language },
        });
    }
    let parent = |dir: &str| parent_of(dir).to_owned();
    let last = |dir: &str| dir.rsplit('/').next().unwrap_or(dir).to_owned();
    let front = &source.document.front;
    if stem == "index" {
        let section = parent(&dir);
        let name = read_file_name(&format!("{}.md", last(&dir)), &[]);
        let key = key_of(config, source, dir.clone());
        if let Some((event, within)) = bundles.event_of(&section) {
            let of_event = OfEvent { config, front, event, within };
            return Some(Role::Page(of_event.location(name, Some(dir.clone()), language, key)));
        }
        if bundles.of(&section).is_some() {
            return None;
        }
        let kind = kind_of(config, front, &section);
        let bundle = Some(dir);
        return Some(Role::Page(Location {
            kind,
            dir: section,
            name,
            bundle,
            event_dir: None,
            below_event: String::new(),
            language,
            key,
            is_translation: false,
            standing: Standing::default(),
        }));
    }
    let key = key_of(config, source, if dir.is_empty() { stem.to_owned() } else { format!("{dir}/{stem}") });
    let name = file;
    if let Some((event, within)) = bundles.event_of(&dir) {
        let of_event = OfEvent { config, front, event, within };
        return Some(Role::Page(of_event.location(name, None, language, key)));
    }
    if let Some(bundle) = bundles.of(&dir) {
        let is_talk = dir.strip_prefix(bundle) == Some("/talks");
        return is_talk.then(|| {
            let event_dir = Some(bundle.to_owned());
            Role::Page(Location {
                kind: Kind::Talk,
                dir: parent(bundle),
                name,
                bundle: None,
                event_dir,
                below_event: String::new(),
                language,
                key,
                is_translation: false,
                standing: Standing::default(),
            })
        });
    }
    let kind = kind_of(config, front, &dir);
    Some(Role::Page(Location {
        kind,
        dir,
        name,
        bundle: None,
        event_dir: None,
        below_event: String::new(),
        language,
        key,
        is_translation: false,
        standing: Standing::default(),
    }))
}

/// A page in the folder of an event.
struct OfEvent<'a> {
    config: &'a Config,
    front: &'a ssg_parse::FrontMatter,
    /// The folder of the event.
    event: &'a str,
    /// Where in it the page lies.
    within: &'a str,
}

impl OfEvent<'_> {
    fn location(
        &self,
        name: FileName,
        bundle: Option<String>,
        language: LangId,
        key: Option<String>,
    ) -> Location {
        let is_talk = self.within == "talks" || self.front.talk.is_some();
        let below_event = if is_talk || self.within.is_empty() {
            String::new()
        } else {
            let parts = self.within.split('/').map(|part| super::paths::safe_slug(part, part) + "/");
            parts.collect()
        };
        Location {
            kind: if is_talk { Kind::Talk } else { kind_within(self.config, self.front) },
            dir: parent_of(self.event).to_owned(),
            name,
            bundle,
            event_dir: Some(self.event.to_owned()),
            below_event,
            language,
            key,
            is_translation: false,
            standing: Standing::default(),
        }
    }
}

/// The kind of a page in an event's folder that is no talk.
fn kind_within(config: &Config, front: &ssg_parse::FrontMatter) -> Kind {
    match kind_of(config, front, "") {
        Kind::Event => Kind::Page,
        kind => kind,
    }
}

/// What a page shares with its translations: what its header names, else its path below `content`
/// without language and extension.
fn key_of(config: &Config, source: &Source, path: String) -> Option<String> {
    if config.languages.is_empty() {
        return None;
    }
    let own = source.document.front.translation_key.as_ref();
    let own = own.map(|key| key.value.trim().trim_matches('/').to_owned()).filter(|key| !key.is_empty());
    Some(own.unwrap_or(path))
}

/// Translations are what their original is: that in the first language.
fn one_kind(pages: &mut [Classified]) {
    let mut kinds: BTreeMap<String, (LangId, Kind)> = BTreeMap::new();
    for location in pages.iter().filter_map(Classified::location) {
        let Some(key) = &location.key else { continue };
        match kinds.get_mut(key) {
            Some(known) if known.0 <= location.language => {}
            Some(known) => *known = (location.language, location.kind),
            None => {
                kinds.insert(key.clone(), (location.language, location.kind));
            }
        }
    }
    for one in pages {
        if let Role::Page(location) = &mut one.role
            && let Some((language, kind)) = location.key.as_ref().and_then(|key| kinds.get(key))
        {
            location.kind = *kind;
            location.is_translation = location.language != *language;
        }
    }
}

/// Warns of a name that ends in a language which the site has not declared.
fn check_suffix(config: &Config, source: &Source, found: &mut Diagnostics) {
    if config.languages.is_empty() {
        return;
    }
    let name = read_file_name(source.path.file_name(), &config.languages);
    let Some((_, tag)) = name.dated_stem.rsplit_once('.').filter(|(_, tag)| is_usual_language(tag)) else {
        return;
    };
    let language = own_name(tag).unwrap_or(tag);
    found.add(
        Diagnostic::warning(codes::UNDECLARED_LANGUAGE, format!("`{tag}` is none of the site's languages"))
            .in_file(&source.path)
            .hint(format!("if this is the page in {language}, add to ssg.toml: [languages.{tag}]"))
            .hint("else give the file a name without the dot"),
    );
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
