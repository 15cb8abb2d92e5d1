//! What templates see: the site's values as tables. The template reference in the book lists every
//! field; this is where they are made.

mod card;
mod event;
mod languages;
mod list;
mod page;
mod schedule;
mod sponsor;

pub(crate) use card::{bare_card, body_html, event_reference, person_name, summary_html, term_reference};
pub(crate) use languages::{alternates, archive_path, languages_view, section_title, translations_view};
pub(crate) use list::{
    feed_path, feeds_view, formats, menu_view, paginator_view, section_view, series_view, taxonomy_view,
    term_view,
};
pub(crate) use page::page_view;
pub(crate) use schedule::schedule_view;

use crate::table::Table;
use ssg_parse::{Address, Config, LangId, Media};
use tera::Value;

/// `config` in templates.
pub(crate) fn config_view(config: &Config, language: LangId) -> Value {
    let feeds =
        Table::new().set("formats", config.feeds.formats.clone()).set("limit", config.feeds.limit).done();
    // What pages may lead to.
    let outputs = Table::new()
        .set("archive", config.outputs.archive)
        .set("sitemap", config.outputs.sitemap)
        .set("api", config.outputs.api)
        .set("schedule_json", config.outputs.schedule_json)
        .done();
    let table = Table::new()
        .set("title", config.title_in(language))
        .set("description", config.description_in(language))
        .set("base_url", config.base_url.as_str())
        .set("lang", config.lang.as_str())
        .set("timezone", config.timezone.as_str())
        .set("author", config.author.clone())
        .set("feeds", feeds)
        .set("outputs", outputs)
        .set("extra", config.extra.as_ref().map_or_else(|| Table::new().done(), data_value));
    if config.languages.is_empty() {
        return table.done();
    }
    let tags: Vec<&str> = config.languages.iter().map(|language| language.tag.as_str()).collect();
    table.set("languages", tags).done()
}

/// A value of front matter or data for templates.
pub(crate) fn data_value(value: &ssg_parse::Value) -> Value {
    Value::from_serializable(&value.to_json())
}

/// The author's own values for templates; an empty table where there are none.
pub(crate) fn extra_value(extra: Option<&serde_json::Value>) -> Value {
    extra.map_or_else(|| Table::new().done(), Value::from_serializable)
}

/// Slides or a video for templates; null for what is no address.
pub(crate) fn media_view(url: Option<&Address>) -> Value {
    let Some(media) = url.and_then(Media::recognise) else { return Value::none() };
    Table::new()
        .set("url", media.url.as_str())
        .set("provider", media.provider)
        .set("id", media.id)
        .set("name", media.name)
        .done()
}

/// A date for templates: RFC 3339 in its own zone.
pub(crate) fn date_value(date: Option<&jiff::Zoned>) -> Value {
    Value::from(date.map(crate::dates::rfc3339))
}
