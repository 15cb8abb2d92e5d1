//! `next-build.json`: when a build gives something else though no file has changed.

use super::{Kind, Planner, Rendered, Result};
use crate::formats::render_next_build;
use crate::reads::Reads;
use serde::Serialize;
use ssg_taxonomy::facets::NextMoment;

#[derive(Clone, Debug, Serialize)]
pub(super) struct NextBuild;

impl Kind for NextBuild {
    const WORDS: &'static str = "file for hosts";

    fn plan(planner: &mut Planner<'_>) {
        if planner.snapshot.site().next_change().is_some() {
            planner.planned.add("/next-build.json", Self, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let next = reads.get::<NextMoment>(&());
        Ok(Rendered::text(render_next_build(next.as_ref().map(|next| &next.0))))
    }
}
