//! The picture of a page, where there are glyphs for it.

use super::{Kind, Planner, Rendered, Result};
use crate::cards;
use crate::queries::card_tools::CardTools;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::PageKey;

#[derive(Clone, Debug, Serialize)]
pub(super) struct SocialCard(PageKey);

impl Kind for SocialCard {
    const WORDS: &'static str = "social card";
    const IS_OPTIONAL: bool = true;

    fn plan(planner: &mut Planner<'_>) {
        let (config, facets) = (planner.snapshot.config(), planner.snapshot.facets());
        for (id, page) in planner.snapshot.site().numbered_pages() {
            if cards::has(config, page.kind) {
                let path = cards::path(&page.path);
                planner.planned.add(&path, Self(facets.page_key(id)), Some(&page.source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        Ok(match cards::picture(reads, self.0, || reads.ask(&CardTools))? {
            Some(picture) => Rendered::Bytes(picture),
            None => Rendered::Several(Vec::new()),
        })
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("set `slug` or `path` in `{path}`, or rename it"))
    }
}
