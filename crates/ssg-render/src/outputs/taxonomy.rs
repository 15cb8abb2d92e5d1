//! The index of a taxonomy in a language: all its terms.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::lists::List;
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::TaxonomyText;
use std::sync::Arc;

#[derive(Clone, Debug, Serialize)]
pub(super) struct TaxonomyIndex {
    name: Arc<str>,
    language: LangId,
}

impl Kind for TaxonomyIndex {
    const WORDS: &'static str = "index of a taxonomy";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let site = planner.snapshot.site();
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            for language in site.languages().filter(|language| site.has_taxonomy(index, *language)) {
                let kind = Self { name: taxonomy.name.as_str().into(), language };
                planner.planned.add(&site.taxonomy_path(index, language), kind, None);
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("taxonomy");
        let taxonomy = reads.taxonomy(&self.name).ok_or_else(gone)?;
        let view = page_views::taxonomy_view(reads, &self.name, self.language);
        let names =
            [format!("{}-index.html", self.name), "taxonomy.html".to_owned(), "section.html".to_owned()];
        let lang = reads.tag(self.language);
        let text = reads.get::<TaxonomyText>(&(self.name.clone(), self.language));
        let frame = Frame {
            source: text.as_ref().map(|text| &text.source),
            list: Some(List::Site(self.language)),
            noindex: taxonomy.standing(self.language).noindex,
            ..Frame::new("taxonomy", About::Taxonomy, taxonomy.path(self.language), (&lang, self.language))
        };
        template(reads, &names, &frame, "taxonomy", view, &[]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let site = snapshot.site();
        let index = site.taxonomies.iter().position(|taxonomy| taxonomy.name == *self.name)?;
        let is_naming =
            |page: &&ssg_taxonomy::Page| page.terms.get(index).is_some_and(|terms| !terms.is_empty());
        let words = format!("a page with `{}`, whose list is at that path", self.name);
        Some(Origin { path: first(site.pages.iter().filter(is_naming))?, words, distance: 2 })
    }

    fn advice(&self, _: &SiteSnapshot, _: &SitePath) -> Option<String> {
        Some("give the folder of pages another name than the taxonomy".to_owned())
    }
}
