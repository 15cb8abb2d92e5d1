//! Feeds of a list: which there are, where they lie, and what their templates see.

use super::languages::section_title;
use crate::facets::config::{FeedSettings, TaxonomySettings, Titles};
use crate::formats::{Feed, FeedEntry, FeedFormat, last_change, xml_text};
use crate::lists::{List, folder};
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::SectionSize;
use tera::Value;

/// The formats of the configuration.
pub(crate) fn formats(feeds: &ssg_parse::FeedOptions) -> Vec<FeedFormat> {
    feeds.formats.iter().filter_map(|name| FeedFormat::parse(name)).collect()
}

/// The path of a feed of the list at a path.
pub(crate) fn feed_path(list: &str, format: FeedFormat) -> String {
    format!("{}{}", folder(list), format.file_name())
}

/// Feeds that belong to the outputs of a list: the site's, and its own.
pub(crate) fn feeds_view(reads: &Reads, list: List) -> Value {
    let mut feeds = Vec::new();
    let language = match list {
        List::Site(language) | List::Term(_, language) => language,
        List::Section(key) => reads.section(&key).map_or(LangId::MAIN, |section| section.language),
    };
    let site = List::Site(language);
    let formats = reads.get::<FeedSettings>(&()).map_or_else(Vec::new, |feeds| formats(&feeds));
    for of in std::iter::once(site).chain((list != site).then_some(list)) {
        let Some((title, path)) = feed_of(reads, of) else { continue };
        for format in &formats {
            feeds.push(
                Table::new()
                    .set("title", format!("{title} ({})", format.name()))
                    .set("path", feed_path(&path, *format))
                    .set("mime", format.mime())
                    .done(),
            );
        }
    }
    Value::from(feeds)
}

/// What a list is called and where it lies, if it has feeds.
fn feed_of(reads: &Reads, list: List) -> Option<(String, String)> {
    match list {
        List::Site(language) => {
            let title = reads.get::<Titles>(&())?.title(language).to_owned();
            Some((title, reads.languages().path(language).to_owned()))
        }
        List::Section(key) => {
            let section = reads.section(&key)?;
            let is_empty =
                section.standing.unlisted || reads.get::<SectionSize>(&key).is_none_or(|size| size.0 == 0);
            (!is_empty).then(|| (section_title(reads, &section), section.path.to_string()))
        }
        List::Term(key, language) => {
            let term = reads.term(&key)?;
            let settings = reads.get::<TaxonomySettings>(&())?;
            let named = term.in_language(language);
            let has_feed = settings.of(&term.taxonomy).is_some_and(|options| options.feed);
            has_feed.then(|| (named.name.clone(), named.path.clone()))
        }
    }
}

/// A feed for its template: texts without what XML cannot hold, HTML to be escaped as any text.
pub(crate) fn feed_view(feed: &Feed) -> Value {
    Table::new()
        .set("title", xml_text(&feed.title))
        .set("description", xml_text(&feed.description))
        .set("permalink", feed.permalink.as_str())
        .set("self_permalink", feed.self_permalink.as_str())
        .set("lang", feed.lang.as_str())
        .set("author", feed.author.as_deref().map(xml_text))
        .set("updated", last_change(feed))
        .set("generator", feed.generator_version.as_str())
        .set("entries", feed.entries.iter().map(entry_view).collect::<Vec<_>>())
        .done()
}

fn entry_view(entry: &FeedEntry) -> Value {
    let texts = |all: &[String]| all.iter().map(|text| xml_text(text)).collect::<Vec<_>>();
    let enclosure = entry.enclosure.as_ref().map(|file| {
        Table::new()
            .set("url", file.url.as_str())
            .set("length", file.length)
            .set("type", file.media_type.as_str())
            .done()
    });
    let (id, is_other) = entry.identity();
    Table::new()
        .set("id", id)
        .set("is_permalink", !is_other)
        .set("title", xml_text(&entry.title))
        .set("permalink", entry.permalink.as_str())
        .set("published", entry.published.clone())
        .set("updated", entry.changed())
        .set("summary", xml_text(&entry.summary))
        .set("content", entry.content.as_deref().map(xml_text))
        .set("authors", texts(&entry.authors))
        .set("categories", texts(&entry.categories))
        .set("image", entry.image.clone())
        .set("enclosure", enclosure.unwrap_or_else(Value::none))
        .done()
}
