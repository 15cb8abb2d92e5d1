//! A page that has moved to another address for good: `redirect_to` in its header.

use super::{Kind, Planner, Rendered, Result};
use crate::formats::render_redirect_page;
use crate::links::{Where, resolve};
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_parse::{decode_path, path_on_own_host};
use ssg_source::{Diagnostic, SitePath, codes};
use ssg_taxonomy::facets::{Content, Destination};
use ssg_taxonomy::{Kind as PageKind, PageKey};

#[derive(Clone, Debug, Serialize)]
pub(super) struct MovedPage(pub PageKey);

/// So many pages that lead on to each other are followed.
const MOST_STEPS: usize = 32;

/// Where a page leads on to: an absolute address. That it leads nowhere, or back, is reported at its place.
pub(super) fn destination(reads: &Reads, page: PageKey) -> Option<String> {
    let card = reads.card(&page)?;
    let content = reads.get::<Content>(&page)?;
    let to = content.0.front.redirect_to.as_ref()?;
    let owner = Owner::of_page(&card);
    if let Some(problem) = resolve(reads, &owner, &to.value, Where::Own, to.span).problem {
        reads.report(problem);
    }
    if leads_back(reads, page) {
        let message = format!("the address `{}` leads back to this page", to.value);
        let problem = Diagnostic::warning(codes::ADDRESS, message).in_file(&card.source).at(to.span);
        reads.report(problem.hint("readers would be led in a circle: name the page that is there now"));
    }
    next(reads, page)
}

/// Where a page leads on to, without a word of what is wrong with it.
fn next(reads: &Reads, page: PageKey) -> Option<String> {
    let card = reads.card(&page)?;
    let content = reads.get::<Content>(&page)?;
    let to = content.0.front.redirect_to.as_ref()?;
    Some(resolve(reads, &Owner::of_page(&card), &to.value, Where::Feed, to.span).href)
}

/// Whether whoever is led on from a page comes back to it, by way of its old addresses too.
fn leads_back(reads: &Reads, page: PageKey) -> bool {
    let addressing = reads.addressing();
    let old = reads.get::<Content>(&page);
    let old = old.iter().flat_map(|content| &content.0.front.aliases);
    let old: Vec<&str> = old.map(|alias| alias.value.trim_matches('/')).collect();
    let mut at = page;
    for _ in 0..MOST_STEPS {
        let path = next(reads, at).and_then(|to| path_on_own_host(addressing.base_url(), &to));
        let Some(path) = path else { return false };
        let path = decode_path(path.split(['?', '#']).next().unwrap_or_default());
        match reads.at_path(&path).or_else(|| reads.at_path(&format!("{path}/"))) {
            Some(Destination::Page(there)) if there == page => return true,
            Some(Destination::Page(there)) => at = there,
            _ => return old.contains(&path.trim_matches('/')),
        }
    }
    false
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
