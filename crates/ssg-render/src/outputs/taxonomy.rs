//! The index of a taxonomy in a language: all its terms.

use super::frame::{Frame, template};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::lists::List;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::views;
use serde::Serialize;
use ssg_source::Diagnostic;
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
        let gone = || Box::new(Diagnostic::error("taxonomy", "the taxonomy is gone"));
        let taxonomy = reads.taxonomy(&self.name).ok_or_else(gone)?;
        let view = views::taxonomy_view(reads, &self.name, self.language);
        let names =
            [format!("{}-index.html", self.name), "taxonomy.html".to_owned(), "section.html".to_owned()];
        let lang = reads.tag(self.language);
        let text = reads.get::<TaxonomyText>(&(self.name.clone(), self.language));
        let frame = Frame {
            source: text.as_ref().map(|text| &text.source),
            list: Some(List::Site(self.language)),
            ..Frame::new("taxonomy", About::Taxonomy, taxonomy.path(self.language), (&lang, self.language))
        };
        template(reads, &names, &frame, "taxonomy", view, &[]).map(Rendered::text)
    }
}
