//! The site map.

use super::{Kind, Planner, Rendered, Result};
use crate::dates::rfc3339;
use crate::formats::{SitemapEntry, render_sitemap};
use crate::reads::{ReadSite, Reads};
use crate::views;
use serde::Serialize;
use ssg_taxonomy::facets::Addresses;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Sitemap;

impl Kind for Sitemap {
    const WORDS: &'static str = "site map";

    fn plan(planner: &mut Planner<'_>) {
        let config = planner.snapshot.config();
        if config.outputs.sitemap && !config.preview {
            planner.planned.add("/sitemap.xml", Self, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let addresses = reads.get::<Addresses>(&());
        let addressing = reads.addressing();
        let mut entries: Vec<SitemapEntry> = addresses
            .iter()
            .flat_map(|all| &all.0)
            .map(|(path, lastmod)| SitemapEntry {
                permalink: addressing.permalink(path),
                alternates: views::alternates(reads, path),
                lastmod: lastmod.as_ref().map(rfc3339),
            })
            .collect();
        entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
        let files = render_sitemap(&entries, addressing.base_url());
        let files = files.into_iter().map(|(name, text)| (name, text.into_bytes().into()));
        Ok(Rendered::Several(files.collect()))
    }
}
