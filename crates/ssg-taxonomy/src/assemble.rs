//! From parsed files to a [`Site`]: places, paths, terms, events and references, in that order.
//!
//! Each step is one file; this one tells the story. Whatever cannot be resolved is a diagnostic at
//! its place and breaks nothing else.

mod change;
mod classify;
mod events;
mod folders;
mod lint;
mod no_posts;
mod paths;
mod people;
mod publish;
mod references;
mod schedule_times;
mod sections;
mod slots;
mod terms;
mod translations;
mod withheld_names;

pub(crate) use paths::title_of;

use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::{Config, Document};
use ssg_source::{Diagnostics, SitePath};
use std::sync::Arc;

/// A parsed content file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub path: SitePath,
    /// Header and body.
    pub document: Arc<Document>,
}

/// What decides which pages are published.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct AssembleOptions {
    /// Instant of the build.
    pub instant: Timestamp,
    /// Drafts too.
    pub drafts: bool,
    /// Pages dated later than the instant too.
    pub future: bool,
    /// Expired pages too.
    pub expired: bool,
    /// Leave out pages that have errors of their own.
    pub skip_broken: bool,
}

/// Assembles the site from its content files and from the other files below `content`.
#[must_use]
pub fn assemble(
    config: &Config,
    options: &AssembleOptions,
    sources: Vec<Source>,
    assets: Vec<SitePath>,
    found: &mut Diagnostics,
) -> Site {
    let mut site = Site {
        language_homes: config.language_ids().map(|id| config.home_of(id)).collect(),
        ..Site::default()
    };
    let placed = classify::classify(config, sources, assets, found);
    folders::check(config, &placed, found);
    let talks = slots::talk_files(&placed);
    let (placed, mentioned) = publish::withhold(config, options, placed, &mut site, found);
    let unannounced = slots::unannounced(talks, &site);
    sections::add_sections(config, &placed, &mut site, found);
    let mut drafts = paths::draft_pages(config, placed, &site, found);
    translations::mark(&mut drafts, found);
    let mut drafts = events::add_row_talks(config, drafts, found);
    translations::settle(config, &mut drafts, found);
    let mut drafts = people::hide(config, terms::term_paths(config, drafts, &mut site, found), &mut site);
    mentioned.keep_files_back(&config.base_url, &mut drafts, &mut site, found);
    references::add_pages(config, drafts, &mut site, found);
    terms::add_terms(config, &mut site, found);
    people::link(&mut site);
    people::check(&site, found);
    people::check_author(config, &site, found);
    people::check_unpublished(config, &site, found);
    events::add_events(config, &unannounced, &mut site, found);
    let changes = [site.next_change.take(), change::next_of_site(config, options, &site)];
    site.next_change = changes.into_iter().flatten().min_by_key(|change| change.at.timestamp());
    references::resolve(&mut site, found);
    translations::share_talks(&mut site);
    lint::lint(config, options.instant, &site, found);
    no_posts::check(&site, found);
    sections::list_pages(&mut site);
    site
}
