//! RSS 2.0, after the specification and the profile of the RSS Advisory Board.
//!
//! RSS demands e-mail addresses for authors, so names go to `dc:creator`, and a
//! length for enclosures, so images go to `media:content`. Full text goes to
//! `content:encoded`. Dates are RFC 822, whose names of days and months are
//! English whatever the site's language is.

use std::collections::BTreeMap;

use rss::extension::Extension;
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Enclosure, Guid, Item};

use super::{Feed, FeedEntry, Instant, filled};
use crate::formats::escape::{names, one_line, uri};

pub(super) fn render(feed: &Feed) -> String {
    let title = one_line(&feed.title);
    let mut channel = Channel {
        description: Some(one_line(&feed.description))
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| title.clone()),
        title,
        link: uri(&feed.permalink),
        language: Some(one_line(&feed.lang)).filter(|lang| !lang.is_empty()),
        last_build_date: feed.latest().map(rfc_822),
        generator: Some(format!("ssg {}", one_line(&feed.generator_version)).trim_end().to_owned()),
        dublin_core_ext: creators(feed.author().into_iter().collect()),
        items: feed.entries.iter().map(item).collect(),
        ..Channel::default()
    };
    channel.namespaces.insert("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned());
    let own_address =
        [("href", uri(&feed.self_permalink).as_str()), ("rel", "self"), ("type", "application/rss+xml")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
    add_element(&mut channel.extensions, "atom", "link", own_address.into());
    if feed.entries.iter().any(|entry| entry.image().is_some()) {
        channel.namespaces.insert("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned());
    }
    channel.to_string()
        + "
"
}

fn item(entry: &FeedEntry) -> Item {
    let link = uri(&entry.permalink);
    let description = filled(&entry.summary);
    let title = Some(one_line(&entry.title))
        .filter(|title| !title.is_empty())
        .or_else(|| description.is_none().then(|| link.clone()));
    let (guid, is_other) = entry.identity();
    let mut item = Item {
        title,
        description,
        categories: names(&entry.categories)
            .into_iter()
            .map(|name| Category { name, domain: None })
            .collect(),
        guid: Some(Guid { value: guid, permalink: !is_other }),
        link: Some(link),
        pub_date: entry.published().or_else(|| entry.updated()).map(rfc_822),
        content: entry.content.as_deref().and_then(filled),
        dublin_core_ext: creators(names(&entry.authors)),
        ..Item::default()
    };
    item.enclosure = entry.enclosure.as_ref().map(|file| Enclosure {
        url: uri(&file.url),
        length: file.length.to_string(),
        mime_type: one_line(&file.media_type),
    });
    if let Some(url) = entry.image() {
        let attrs = [("medium".to_owned(), "image".to_owned()), ("url".to_owned(), url)];
        add_element(&mut item.extensions, "media", "content", attrs.into());
    }
    item
}

fn rfc_822(instant: Instant) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S %z").to_string()
}

fn creators(creators: Vec<String>) -> Option<DublinCoreExtension> {
    (!creators.is_empty()).then(|| DublinCoreExtension { creators, ..DublinCoreExtension::default() })
}

fn add_element(
    extensions: &mut rss::extension::ExtensionMap,
    prefix: &str,
    name: &str,
    attrs: BTreeMap<String, String>,
) {
    let element = Extension { name: format!("{prefix}:{name}"), attrs, ..Extension::default() };
    extensions.entry(prefix.to_owned()).or_default().entry(name.to_owned()).or_default().push(element);
}
