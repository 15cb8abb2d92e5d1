//! Single changes of the whole site: one value of one key, one file, one move. They are walked one by one.

use super::files::{RAW, bytes_of};
use super::keys::{self, CONFIG, FOREIGN};
use super::moves::{FOLDERS, file_or_bundle, in_language};
use super::page::{BODY, PLACES, Page, role};
use super::site::{INSTANTS, Site};
use super::template::{NAMES, Template};
use std::borrow::Cow;

/// A change of a site.
#[derive(Clone, Debug)]
pub enum Change {
    /// A key of the header of a page has this value; without one it has none.
    Key(&'static str, &'static str, Option<&'static str>),
    /// A key of the configuration has this value; without one it has none.
    Config(&'static str, Option<&'static str>),
    /// A page ends in one more piece.
    More(&'static str, &'static str),
    /// A page ends in more words than are read in a minute.
    Long(&'static str),
    /// A page lacks the piece of this number.
    Less(&'static str, usize),
    /// A page is gone.
    NoPage(&'static str),
    /// There is a page that has something of everything.
    Page(&'static str),
    /// A page has another name.
    Move(&'static str, Cow<'static, str>),
    /// A folder of content has another name.
    Folder(&'static str, &'static str),
    /// A file that is no page has this content; without one it is gone.
    File(&'static str, Option<&'static str>),
    /// There is no such template.
    NoTemplate(&'static str),
    /// There is such a template, which shows its view.
    Template(&'static str),
    /// It is another time.
    Instant(usize),
    /// `--drafts`, `--future` and `--expired`.
    Flags(bool, bool, bool),
}

impl Change {
    /// Changes a site.
    pub fn apply(&self, site: &mut Site) {
        match self {
            Self::Key(place, key, value) => {
                let Some(page) = site.pages.get_mut(*place) else { return };
                match value {
                    Some(value) => drop(page.keys.insert(key, (*value).to_owned())),
                    None => drop(page.keys.remove(key)),
                }
            }
            Self::Config(key, value) => match value {
                Some(value) => drop(site.config.insert(key, (*value).to_owned())),
                None => drop(site.config.remove(key)),
            },
            Self::More(place, piece) => {
                site.pages.entry((*place).to_owned()).or_default().body.push((*piece).to_owned());
            }
            Self::Long(place) => {
                site.pages.entry((*place).to_owned()).or_default().body.push("word ".repeat(600));
            }
            Self::Less(place, at) => {
                if let Some(page) = site.pages.get_mut(*place).filter(|page| *at < page.body.len()) {
                    page.body.remove(*at);
                }
            }
            Self::NoPage(place) => drop(site.pages.remove(*place)),
            Self::Page(place) => {
                site.pages.entry((*place).to_owned()).or_insert_with(|| Page::whole(place, 1));
            }
            Self::Move(from, to) => {
                if let Some(page) = site.pages.remove(*from) {
                    site.pages.insert(to.to_string(), page);
                }
            }
            Self::Folder(from, to) => site.rename_folder(from, to),
            Self::File(path, content) => match content {
                Some(content) => drop(site.raw.insert((*path).to_owned(), bytes_of(content, (2, 2)))),
                None => drop(site.raw.remove(*path)),
            },
            Self::NoTemplate(name) => drop(site.templates.remove(&format!("templates/{name}"))),
            Self::Template(name) => {
                site.templates.insert(format!("templates/{name}"), Template::dump(name));
            }
            Self::Instant(number) => site.instant = *number,
            Self::Flags(drafts, future, expired) => {
                let flags = &mut site.overrides;
                (flags.drafts, flags.future, flags.expired) = (*drafts, *future, *expired);
            }
        }
    }
}

/// Pages whose headers are changed key by key: one of each role, in the languages.
const HEADERS: &[&str] = &[
    "about.md",
    "posts/2016-01-03-beta.md",
    "notes/_index.md",
    "events/2016-ghent/index.md",
    "events/2016-ghent/talks/opening.md",
    "speakers/ann-bell.md",
    "tools/chef.md",
    "posts/gamma.de.md",
];

/// All single changes.
pub fn all() -> Vec<Change> {
    let mut changes = Vec::new();
    for place in HEADERS {
        let is_page = *place == "about.md";
        let foreign = FOREIGN.iter().filter(|_| is_page);
        for (key, values) in keys::header_keys(role(place)).chain(foreign) {
            changes.extend(values.iter().map(|value| Change::Key(place, key, Some(value))));
            changes.push(Change::Key(place, key, None));
        }
    }
    for (key, values) in CONFIG {
        changes.extend(values.iter().map(|value| Change::Config(key, Some(value))));
        changes.push(Change::Config(key, None));
    }
    for place in PLACES {
        changes.extend([Change::NoPage(place), Change::Page(place)]);
        changes.extend(file_or_bundle(place).map(|to| Change::Move(place, to.into())));
        let others = ["", "de", "fr"].into_iter().filter_map(|tag| in_language(place, tag));
        changes.extend(others.filter(|to| to != place).map(|to| Change::Move(place, to.into())));
    }
    for row in FOLDERS {
        changes.extend(row[1..].iter().map(|to| Change::Folder(row[0], to)));
    }
    for (path, values) in RAW {
        changes.extend(values.iter().map(|value| Change::File(path, Some(value))));
        changes.push(Change::File(path, None));
    }
    for name in NAMES {
        changes.extend([Change::NoTemplate(name), Change::Template(name)]);
    }
    for place in HEADERS.iter().chain(&["posts/delta/index.md", "_index.md", "tools/_index.md"]) {
        changes.extend(BODY.iter().map(|piece| Change::More(place, piece)));
        changes.extend((0..4).map(|at| Change::Less(place, at)));
    }
    changes.extend((0..INSTANTS.len()).map(Change::Instant));
    changes.extend(
        [(true, false, false), (false, true, false), (false, false, true)]
            .map(|(a, b, c)| Change::Flags(a, b, c)),
    );
    changes
}
