//! A page that has moved to another address for good: `redirect_to` in its header.

use super::{Kind, Planner, Rendered, Result};
use crate::formats::render_redirect_page;
use crate::links::{Where, resolve};
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::facets::Content;
use ssg_taxonomy::{Kind as PageKind, PageKey};

#[derive(Clone, Debug, Serialize)]
pub(super) struct MovedPage(pub PageKey);

/// Where a page leads on to: an absolute address. That it leads nowhere is reported at its place.
pub(super) fn destination(reads: &Reads, page: PageKey) -> Option<String> {
    let card = reads.card(&page)?;
    let content = reads.get::<Content>(&page)?;
    let to = content.0.front.redirect_to.as_ref()?;
    let owner = Owner::of_page(&card);
    if let Some(problem) = resolve(reads, &owner, &to.value, Where::Own, to.span).problem {
        reads.report(problem);
    }
    Some(resolve(reads, &owner, &to.value, Where::Feed, to.span).href)
}

impl Kind for MovedPage {
    const WORDS: &'static str = "redirect";

    fn plan(planner: &mut Planner<'_>) {
        let facets = planner.snapshot.facets();
        for (id, page) in planner.snapshot.site().numbered_pages() {
            if page.kind != PageKind::Term && page.document.front.redirect_to.is_some() {
                planner.planned.add(&page.path, Self(facets.page_key(id)), Some(&page.source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let page = reads.card(&self.0).ok_or_else(|| super::gone("page"))?;
        let to = destination(reads, self.0).ok_or_else(|| super::gone("address"))?;
        Ok(Rendered::text(render_redirect_page(&to, &page.lang)))
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("set `slug` or `path` in `{path}`, or rename it"))
    }
}
