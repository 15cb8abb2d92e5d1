//! The page of a series: what it is called, and its events.
//!
//! A series whose editions have pages in another language has one there as well.

use super::frame::{Frame, template};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::body::escape_into;
use crate::exports::calendars::CalendarOf;
use crate::lists::List;
use crate::page_views;
use crate::queries::series_reference::SeriesReference;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::table::{Table, html};
use crate::views::section_title;
use serde::Serialize;
use ssg_taxonomy::facets::{Destination, SeriesOfSlug};
use ssg_taxonomy::{LangId, PageKey};
use std::sync::Arc;
use tera::Value;

#[derive(Clone, Debug, Serialize)]
pub(super) struct SeriesPage {
    slug: Arc<str>,
    language: LangId,
}

impl Kind for SeriesPage {
    const WORDS: &'static str = "page of a series";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        if !planner.snapshot.config().outputs.series {
            return;
        }
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        for (slug, events) in facets.series() {
            for language in site.languages() {
                let path = SeriesOfSlug::path(site.home_path(language), slug);
                let mut events = events.iter().filter_map(|number| site.events.get(*number));
                let has_one = events.any(|event| site.in_language(event.page, language).is_some());
                if has_one && site.at_path(&path).is_none() {
                    planner.planned.add(&path, Self { slug: slug.as_str().into(), language }, None);
                }
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let (language, lang) = (self.language, reads.tag(self.language));
        let editions = reads.get::<SeriesOfSlug>(&self.slug).ok_or_else(|| super::gone("series"))?;
        let path = SeriesOfSlug::path(reads.languages().path(language), &self.slug);
        let series = reads.ask(&SeriesReference(self.slug.clone(), language)).0.clone();
        let text = |key: &'static str| series.get_from_path(key).and_then(Value::as_str);
        let content = text("description").map_or_else(String::new, |text| {
            let mut content = String::from("<p>");
            escape_into(text, &mut content);
            content.push_str("</p>\n");
            content
        });
        let pages: Vec<PageKey> = editions.0.iter().rev().map(|key| reads.nearest(*key, language)).collect();
        let title = text("title").unwrap_or(&self.slug);
        let view = page_views::list_view(reads, "series", title, &path, &pages)
            .set("content", html(&content))
            .set("description", text("description").unwrap_or(""))
            .set("lede", text("description"))
            .set("breadcrumbs", crumbs(reads, language))
            .set("series", series.clone())
            .done();
        let frame = Frame {
            list: Some(List::Site(language)),
            calendar: Some(CalendarOf::Series(self.slug.clone())),
            ..Frame::new("series", About::Archive, &path, (&lang, language))
        };
        let names = ["series.html".to_owned(), "section.html".to_owned()];
        template(reads, &names, &frame, "section", view, &[("paginator", Value::none())]).map(Rendered::text)
    }
}

/// The section of events as a step to what lies below it.
fn crumbs(reads: &Reads, language: LangId) -> Vec<Value> {
    let events = reads.at_path(&format!("{}events/", reads.languages().path(language)));
    let Some(Destination::Section(key)) = events else { return Vec::new() };
    let section = reads.section(&key);
    let crumb = section.map(|section| {
        Table::new().set("title", section_title(reads, &section)).set("path", &*section.path).done()
    });
    crumb.into_iter().collect()
}
