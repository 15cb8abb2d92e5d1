//! The site map.

use super::{Kind, Planner, Rendered, Result};
use crate::dates::rfc3339;
use crate::formats::{SitemapEntry, render_sitemap};
use crate::page_views::part_path;
use crate::reads::{ReadSite, Reads};
use crate::views;
use serde::Serialize;
use ssg_taxonomy::facets::{Addresses, SeriesNames, TalkGroups, TaxonomyNames, TermParts};
use ssg_taxonomy::{LangId, term_slug};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Sitemap;

/// Pages that no file of their own stands for: lists of talks, series, and parts of large taxonomies.
fn made_of_many(reads: &Reads) -> BTreeSet<String> {
    let languages = reads.languages();
    let names = reads.get::<SeriesNames>(&());
    let mut paths = BTreeSet::new();
    for language in std::iter::once(LangId::MAIN).chain(languages.all.iter().copied()) {
        let home = languages.path(language);
        let groups = reads.talk_library(language).and_then(|_| reads.get::<TalkGroups>(&language));
        paths.extend(groups.iter().flat_map(|groups| groups.lists()).map(|(filter, _)| filter.path(home)));
        let series = names.iter().flat_map(|names| &names.0);
        paths.extend(series.filter_map(|name| reads.series_page(&term_slug(name).into(), language)));
    }
    for (name, language) in taxonomies(reads) {
        let (Some(taxonomy), Some(parts)) =
            (reads.taxonomy(&name), reads.get::<TermParts>(&(name.clone(), language)))
        else {
            continue;
        };
        let index = taxonomy.path(language);
        paths.extend(parts.0.iter().map(|part| part_path(index, &part.slug)));
    }
    paths
}

/// Every taxonomy with every language that has it.
fn taxonomies(reads: &Reads) -> Vec<(Arc<str>, LangId)> {
    let languages = reads.languages();
    let languages: BTreeSet<LangId> =
        std::iter::once(LangId::MAIN).chain(languages.all.iter().copied()).collect();
    let names = reads.get::<TaxonomyNames>(&());
    let names = names.iter().flat_map(|names| &names.0).cloned();
    names
        .flat_map(|name| languages.iter().map(move |language| (name.clone(), *language)).collect::<Vec<_>>())
        .filter(|(name, language)| reads.taxonomy(name).is_some_and(|taxonomy| taxonomy.exists(*language)))
        .collect()
}

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
        let listed: BTreeSet<String> =
            addresses.iter().flat_map(|all| &all.0).map(|(path, _)| addressing.permalink(path)).collect();
        // What is in no site map is not named there as a translation either.
        let alternates = |path: &str| {
            let mut all = views::alternates(reads, path);
            all.retain(|(_, permalink)| listed.contains(permalink));
            let is_alone = all.iter().all(|(_, permalink)| *permalink == all[0].1);
            if is_alone { Vec::new() } else { all }
        };
        let mut entries: Vec<SitemapEntry> = addresses
            .iter()
            .flat_map(|all| &all.0)
            .map(|(path, lastmod)| SitemapEntry {
                permalink: addressing.permalink(path),
                alternates: alternates(path),
                lastmod: lastmod.as_ref().map(rfc3339),
            })
            .collect();
        entries.extend(made_of_many(reads).into_iter().map(|path| SitemapEntry {
            permalink: addressing.permalink(&path),
            alternates: Vec::new(),
            lastmod: None,
        }));
        entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
        let files = render_sitemap(&entries, addressing.base_url());
        let files = files.into_iter().map(|(name, text)| (name, text.into_bytes().into()));
        Ok(Rendered::Several(files.collect()))
    }
}
