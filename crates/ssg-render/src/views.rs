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

#[cfg(feature = "cards")]
pub(crate) use card::open_label;
pub(crate) use card::{body_html, event_reference, person_name, summary_html, term_reference};
pub(crate) use feeds::{feed_path, feed_view, feeds_view, formats};
pub(crate) use languages::{
    alternates, archive_path, languages_view, section_title, taxonomy_title, translations_view,
};
pub(crate) use menu::menu_view;
pub(crate) use schedule::schedule_view;
pub(crate) use sponsor::sponsor_levels;

use crate::table::Table;
use ssg_parse::{Media, MediaLink};
use tera::Value;

/// All slides or recordings of a talk for templates, without what is no address.
pub(crate) fn media_views(links: &[MediaLink]) -> Vec<Value> {
    let view = |link: &MediaLink| {
        let media = Media::recognise(&link.url)?;
        let view = Table::new()
            .set("url", media.url.as_str())
            .set("provider", media.provider)
            .set("id", media.id)
            .set("name", media.name)
            .set("language", link.language.clone())
            .set("title", link.title.clone())
            .done();
        Some(view)
    };
    links.iter().filter_map(view).collect()
}

/// The first of them; null where there is none.
pub(crate) fn media_view(links: &[MediaLink]) -> Value {
    media_views(links).into_iter().next().unwrap_or_else(Value::none)
}

/// A date for templates: RFC 3339 in its own zone.
pub(crate) fn date_value(date: Option<&jiff::Zoned>) -> Value {
    Value::from(date.map(crate::dates::rfc3339))
}
