//! What templates see of the parts of a site: cards, events, schedules, languages, feeds, the menu.
//!
//! The template reference in the book lists every field; this and `page_views` are where they are made. Queries
//! answer with these, so nothing here asks one.

mod card;
mod feeds;
mod languages;
mod menu;
mod schedule;
mod sponsor;

pub(crate) use card::{body_html, event_reference, person_name, summary_html, term_reference};
pub(crate) use feeds::{feed_path, feeds_view, formats};
pub(crate) use languages::{
    alternates, archive_path, languages_view, section_title, taxonomy_title, translations_view,
};
pub(crate) use menu::menu_view;
pub(crate) use schedule::schedule_view;
pub(crate) use sponsor::sponsor_levels;

use crate::table::Table;
use ssg_parse::{Address, Media};
use tera::Value;

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
