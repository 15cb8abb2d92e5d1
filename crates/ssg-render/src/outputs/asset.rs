//! An asset of the theme, processed.

use super::{Kind, Planner, Rendered, Result};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use std::sync::Arc;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Asset(pub Arc<[u8]>);

impl Kind for Asset {
    const WORDS: &'static str = "asset";
    const IS_RENDERED: bool = false;

    fn plan(planner: &mut Planner<'_>) {
        for asset in planner.snapshot.theme().assets.iter() {
            planner.planned.add(&asset.path, Self(asset.bytes.clone()), Some(&asset.source));
        }
    }

    fn render(&self, _: &Reads) -> Result<Rendered> {
        Ok(Rendered::Bytes(self.0.clone()))
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("rename `{path}`"))
    }
}
