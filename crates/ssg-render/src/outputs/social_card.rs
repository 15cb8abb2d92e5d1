//! The picture of a page, where there are glyphs for it.

use super::{Kind, Planner, Rendered, Result};
use crate::cards;
use crate::queries::card_tools::CardTools;
use crate::queries::inks::ink_of;
use crate::queries::score::cover_bars;
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
        let tools = || reads.ask(&CardTools);
        let bars = |event, lit| cover_bars(reads, event, lit);
        Ok(match cards::picture(reads, self.0, tools, |event| ink_of(reads, event), bars)? {
            Some(picture) => Rendered::Bytes(picture),
            None => Rendered::Several(Vec::new()),
        })
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("set `slug` or `path` in `{path}`, or rename it"))
    }
}
