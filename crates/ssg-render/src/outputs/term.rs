//! A pager of a term in a language: its text, and the pages that carry it.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::exports::calendars::CalendarOf;
use crate::lists::{List, on_a_pager_of_a_term, pager_count, pager_path, pagers_of_years, term_pager};
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::{LangId, TermKey};
use tera::Value;

#[derive(Clone, Debug, Serialize)]
pub(super) struct TermPager {
    key: TermKey,
    language: LangId,
    /// From 1.
    number: usize,
}

impl TermPager {
    pub(super) fn first(key: TermKey, language: LangId) -> Self {
        Self { key, language, number: 1 }
    }
}

impl Kind for TermPager {
    const WORDS: &'static str = "page of a term";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let (config, facets) = (planner.snapshot.config(), planner.snapshot.facets());
        let site = planner.snapshot.site();
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            let size = config.taxonomy(&taxonomy.name).and_then(|options| options.paginate_by);
            for language in site.languages() {
                for id in site.terms_in(index, language) {
                    let (key, term) = (facets.term_key(id), site.term_in(id, language));
                    let source = term.page.map(|page| &site.page(page).source);
                    let size = on_a_pager_of_a_term(size, term.pages.len());
                    for number in 1..=pager_count(term.pages.len(), size) {
                        let path = pager_path(term.path, number);
                        planner.planned.add(&path, Self { key, language, number }, source);
                    }
                }
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("term");
        let term = reads.term(&self.key).ok_or_else(gone)?;
        let named = term.in_language(self.language);
        let pager = term_pager(reads, self.key, self.language, self.number);
        let view = page_views::term_view(reads, self.key, self.language, &pager.pages);
        let name = &*term.taxonomy;
        let names = [format!("{name}-term.html"), "term.html".to_owned(), "page.html".to_owned()];
        let path = pager_path(&named.path, self.number);
        let lang = reads.tag(self.language);
        let page = named.page.and_then(|page| reads.card(&page));
        let frame = Frame {
            list: Some(List::Term(self.key, self.language)),
            source: page.as_ref().map(|page| &page.source),
            calendar: ["speakers", "tools"].contains(&name).then_some(CalendarOf::Term(self.key)),
            first_pager: &named.path,
            ..Frame::new("term", About::Term(self.key), &path, (&lang, self.language))
        };
        let paginator = if pager.is_paginated {
            let years = pagers_of_years(reads, self.key, self.language);
            page_views::paginator_of_years(&named.path, self.number, pager.total, &years)
        } else {
            Value::none()
        };
        template(reads, &names, &frame, "term", view, &[("paginator", paginator)]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let site = snapshot.site();
        let term = site.term(snapshot.facets().term_id(&self.key)?);
        let path = first(term.pages.iter().map(|page| site.page(*page)))?;
        let words = format!("a page that names `{}`, whose page is at that path", term.name);
        Some(Origin { path, words, distance: 2 })
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("set `slug` in a page of the term, or write the term otherwise in `{path}`"))
    }
}
