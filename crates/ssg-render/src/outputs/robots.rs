//! `robots.txt`

use super::{Kind, Planner, Rendered, Result};
use crate::formats::render_robots;
use crate::reads::{ReadSite, Reads};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Robots;

impl Kind for Robots {
    const WORDS: &'static str = "file for hosts";

    fn plan(planner: &mut Planner<'_>) {
        let has_own = planner.snapshot.theme().theme.statics.contains_key("robots.txt");
        if planner.snapshot.config().outputs.robots && !has_own {
            planner.planned.add("/robots.txt", Self, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let has_sitemap = reads.outputs().sitemap && !reads.is_preview();
        let addressing = reads.addressing();
        Ok(Rendered::text(render_robots(has_sitemap.then(|| addressing.base_url()))))
    }
}
