//! Atom, after RFC 4287.
//!
//! Ids are permalinks. Titles are of type `text`, summaries and contents of
//! type `html`. An entry's image is a `media:content` of Media RSS, because an
//! Atom enclosure should carry a length, which nobody knows here.

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, Generator, Link, Person, Text};
use chrono::DateTime;

use super::{Feed, FeedEntry, Instant, filled};
use crate::formats::escape::{markup, names, one_line, uri};

pub(super) fn render(feed: &Feed) -> String {
    let has_image = feed.entries.iter().any(|entry| entry.image().is_some());
    let document = atom_syndication::Feed {
        title: Text::plain(one_line(&feed.title)),
        id: uri(&feed.permalink),
        updated: feed.latest().unwrap_or_else(epoch),
        authors: vec![person(author(feed))],
        generator: Some(Generator {
            value: "ssg".to_owned(),
            uri: None,
            version: Some(one_line(&feed.generator_version)).filter(|version| !version.is_empty()),
        }),
        links: vec![
            link("self", &feed.self_permalink, "application/atom+xml"),
            link("alternate", &feed.permalink, "text/html"),
        ],
        subtitle: Some(one_line(&feed.description)).filter(|text| !text.is_empty()).map(Text::plain),
        entries: feed.entries.iter().map(entry).collect(),
        namespaces: has_image
            .then(|| ("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned()))
            .into_iter()
            .collect(),
        lang: Some(one_line(&feed.lang)).filter(|lang| !lang.is_empty()),
        ..atom_syndication::Feed::default()
    };
    document.to_string() + "\n"
}

fn entry(entry: &FeedEntry) -> Entry {
    let mut atom = Entry {
        title: Text::plain(one_line(&entry.title)),
        id: entry.identity().0,
        updated: entry.latest().unwrap_or_else(epoch),
        authors: names(&entry.authors).into_iter().map(person).collect(),
        categories: names(&entry.categories)
            .into_iter()
            .map(|term| Category { term, ..Category::default() })
            .collect(),
        links: vec![link("alternate", &entry.permalink, "text/html")],
        published: entry.published(),
        summary: filled(&entry.summary).map(Text::html),
        content: entry.content.as_deref().and_then(filled).map(|value| Content {
            value: Some(value),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    };
    if let Some(file) = &entry.enclosure {
        let length = (file.length > 0).then(|| file.length.to_string());
        atom.links.push(Link { length, ..link("enclosure", &file.url, &one_line(&file.media_type)) });
    }
    if let Some(url) = entry.image() {
        // atom_syndication 0.12 writes the attributes of extensions as they are (rss escapes them).
        let attrs =
            BTreeMap::from([("medium".to_owned(), "image".to_owned()), ("url".to_owned(), markup(&url))]);
        let image = Extension { name: "media:content".to_owned(), attrs, ..Extension::default() };
        atom.extensions.entry("media".to_owned()).or_default().insert("content".to_owned(), vec![image]);
    }
    atom
}

/// The date where Atom demands one and there is none: fixed, so that builds agree.
fn epoch() -> Instant {
    DateTime::UNIX_EPOCH.fixed_offset()
}

/// The feed's author. RFC 4287 demands one unless every entry has its own; the
/// title stands in, and the permalink for an empty title.
fn author(feed: &Feed) -> String {
    feed.author()
        .or_else(|| Some(one_line(&feed.title)).filter(|title| !title.is_empty()))
        .unwrap_or_else(|| uri(&feed.permalink))
}

fn person(name: String) -> Person {
    Person { name, ..Person::default() }
}

fn link(rel: &str, permalink: &str, mime: &str) -> Link {
    Link { href: uri(permalink), rel: rel.to_owned(), mime_type: Some(mime.to_owned()), ..Link::default() }
}
