//! A pager of the terms of a large taxonomy that begin with one letter.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::lists::{List, pager_count, pager_path};
use crate::page_views::{self, part_path};
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{TermParts, TermsOfPart};
use std::sync::Arc;

/// How many terms a pager has.
const SIZE: usize = 400;

#[derive(Clone, Debug, Serialize)]
pub(super) struct TermsPager {
    name: Arc<str>,
    language: LangId,
    part: Arc<str>,
    /// From 1.
    number: usize,
}

impl Kind for TermsPager {
    const WORDS: &'static str = "list of terms";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            let name: Arc<str> = taxonomy.name.as_str().into();
            for language in site.languages().filter(|language| site.has_taxonomy(index, *language)) {
                let parts = facets.get::<TermParts>(&(name.clone(), language)).into_value();
                for part in parts.iter().flat_map(|parts| &parts.0) {
                    let path = part_path(&site.taxonomy_path(index, language), &part.slug);
                    let key = (name.clone(), language, part.slug.clone());
                    let count = facets.get::<TermsOfPart>(&key).into_value().map_or(0, |terms| terms.0.len());
                    for number in 1..=pager_count(count, Some(SIZE)) {
                        let pager = Self { name: name.clone(), language, part: part.slug.clone(), number };
                        planner.planned.add(&pager_path(&path, number), pager, None);
                    }
                }
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("list of terms");
        let taxonomy = reads.taxonomy(&self.name).ok_or_else(gone)?;
        let key = (self.name.clone(), self.language, self.part.clone());
        let all = reads.get::<TermsOfPart>(&key).ok_or_else(gone)?;
        let first_path = part_path(taxonomy.path(self.language), &self.part);
        let path = pager_path(&first_path, self.number);
        let start = self.number.saturating_sub(1).saturating_mul(SIZE).min(all.0.len());
        let end = start.saturating_add(SIZE).min(all.0.len());
        let terms = all.0.get(start..end).unwrap_or_default();
        let place = (&*self.part, path.as_str());
        let view = page_views::taxonomy_part_view(reads, &self.name, self.language, place, terms);
        let names =
            [format!("{}-index.html", self.name), "taxonomy.html".to_owned(), "section.html".to_owned()];
        let lang = reads.tag(self.language);
        let frame = Frame {
            list: Some(List::Site(self.language)),
            first_pager: &first_path,
            noindex: taxonomy.standing(self.language).noindex,
            ..Frame::new("taxonomy", About::Taxonomy, &path, (&lang, self.language))
        };
        let total = pager_count(all.0.len(), Some(SIZE));
        let paginator = page_views::paginator_view(&first_path, self.number, total);
        template(reads, &names, &frame, "taxonomy", view, &[("paginator", paginator)]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let site = snapshot.site();
        let index = site.taxonomies.iter().position(|taxonomy| taxonomy.name == *self.name)?;
        let is_naming =
            |page: &&ssg_taxonomy::Page| page.terms.get(index).is_some_and(|terms| !terms.is_empty());
        let words =
            format!("a page with `{}`, of which there are so many that they have lists by letter", self.name);
        Some(Origin { path: first(site.pages.iter().filter(is_naming))?, words, distance: 3 })
    }
}
