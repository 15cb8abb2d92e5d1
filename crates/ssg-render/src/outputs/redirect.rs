//! A page that leads from an old address to another path.

use super::{Kind, Planner, Rendered, Result};
use crate::formats::render_redirect_page;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::Redirects;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Redirect {
    to: String,
}

impl Kind for Redirect {
    const WORDS: &'static str = "redirect";

    fn plan(planner: &mut Planner<'_>) {
        let all = planner.snapshot.facets().get::<Redirects>(&()).into_value();
        let all = all.map_or_else(Vec::new, |all| all.0.clone());
        for (from, to, source) in all {
            planner.planned.add(&from, Self { to }, Some(&source));
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let lang = reads.tag(LangId::MAIN);
        Ok(Rendered::text(render_redirect_page(&reads.permalink(&self.to), &lang)))
    }

    fn source_words(&self) -> String {
        format!("an alias of `{}`", self.to)
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("remove the alias from `{path}`"))
    }
}
