//! Loads and assembles a site: from inputs to a snapshot that can be rendered.
//!
//! Everything is done here from the beginning, with the documents and the theme that the memo still knows. The
//! shorter way, from the site of the last compilation, is in `resume`.

use crate::listed_inputs::ListedInputs;
use crate::load::{Listing, is_whole, theme_digest};
use crate::memo::{Derived, MadeOf, Memo};
use crate::sass;
use crate::settings::{Settings, config_digest};
use ssg_render::{
    Differences, LoadedTheme, Output, SharedInputs, SiteSnapshot, parse_options, theme_folders,
};
use ssg_source::{Diagnostics, Digest, Inputs, SitePath};
use ssg_taxonomy::{AssembleOptions, Site, Source, assemble};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A site that is loaded and assembled, and what was found on the way.
pub(crate) struct Begun {
    pub snapshot: SiteSnapshot,
    pub listing: Listing,
    pub made_of: MadeOf,
    /// All that was found so far.
    pub found: Diagnostics,
    /// What was found while the site was assembled: it stays while the site does.
    pub assembled: Diagnostics,
    /// Where the site was kept from the last compilation.
    pub kept: Option<KeptParts>,
}

/// What of a kept site is as it was.
pub(crate) struct KeptParts {
    /// What is different.
    pub differences: Differences,
    /// The plan, where it is what it was.
    pub plan: Option<KeptPlan>,
    pub derived: Derived,
}

/// A plan that is what it was.
pub(crate) struct KeptPlan {
    pub outputs: Vec<Output>,
    pub found: Diagnostics,
    /// No file that is copied may be another one either.
    pub is_same: bool,
}

/// Loads, parses and assembles a site; `left_out` are content files to pass over. `found` is what was found
/// while its files were listed.
pub(crate) fn assemble_anew(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: Listing,
    mut found: Diagnostics,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
) -> Begun {
    memo.assembled += 1;
    let is_listed = is_whole(&found);
    let (site, assembled) = load_site(&**inputs, settings, &listing, left_out, memo, &mut found);
    found.extend(assembled.clone());
    let digest = theme_digest(&**inputs, settings, &listing);
    let theme = load_theme(inputs, settings, &listing, memo, &mut found);
    let is_certain_theme = memo.theme.as_ref().is_some_and(|(known, ..)| *known == digest);
    let is_certain = is_listed && is_certain_theme && memo.documents.len() == listing.pages.len();
    let theme_made_of = if is_certain_theme { digest } else { Digest::default() };
    let snapshot = SiteSnapshot::new(
        &settings.config,
        site,
        theme,
        inputs.clone(),
        (memo.code_blocks.clone(), memo.kept_answers.clone(), memo.pictures.clone()),
        memo.clock(),
        std::mem::take(&mut memo.file_stamps),
    );
    let made_of = MadeOf { config: config_digest(settings), theme: theme_made_of, is_certain };
    Begun { snapshot, listing, made_of, found, assembled, kept: None }
}

/// Loads, parses and assembles, and renders nothing.
#[must_use]
pub fn assemble_site(inputs: &dyn Inputs, settings: &Settings, found: &mut Diagnostics) -> Site {
    let mut memo = Memo::new();
    let listing = Listing::new(inputs, settings, memo.clock(), found);
    let (site, assembled) = load_site(inputs, settings, &listing, &BTreeSet::new(), &mut memo, found);
    found.extend(assembled);
    site
}

/// The site, and what was found while it was assembled. What is wrong with files on their own goes to
/// `found`.
fn load_site(
    inputs: &dyn Inputs,
    settings: &Settings,
    listing: &Listing,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> (Site, Diagnostics) {
    let options = parse_options(&settings.config);
    let loaded = memo.documents.load(inputs, &listing.pages, &options, memo.clock());
    memo.changed |= loaded.changed;
    found.extend(loaded.found);
    let mut sources = loaded.sources;
    for source in sources.iter_mut().filter(|source| left_out.contains(&source.path)) {
        source.document = Arc::new(ssg_parse::Document { broken: true, ..(*source.document).clone() });
    }
    assemble_sources(inputs, settings, listing, sources)
}

/// The site of content files that are parsed.
pub(crate) fn assemble_sources(
    inputs: &dyn Inputs,
    settings: &Settings,
    listing: &Listing,
    sources: Vec<Source>,
) -> (Site, Diagnostics) {
    let options = AssembleOptions {
        instant: inputs.instant(),
        drafts: settings.overrides.drafts,
        future: settings.overrides.future,
        expired: settings.overrides.expired,
        skip_broken: settings.overrides.skip_broken,
    };
    let mut assembled = Diagnostics::new();
    let site = assemble(&settings.config, &options, sources, listing.assets(), &mut assembled);
    (site, assembled)
}

/// The theme, from the last build in this process where nothing that it is made of has changed. Made of
/// files that were being written, it is used once: `memo.theme` then bears a digest that no theme has.
pub(crate) fn load_theme(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: &Listing,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> Arc<LoadedTheme> {
    let digest = theme_digest(&**inputs, settings, listing);
    if let Some((known, theme, problems)) = &memo.theme
        && *known == digest
    {
        found.extend(problems.clone());
        return theme.clone();
    }
    let mut problems = Diagnostics::new();
    let (config, source) = (&settings.config, &settings.theme);
    let listed = ListedInputs::new(&**inputs, theme_folders(&**inputs, source), &listing.theme);
    let theme = Arc::new(LoadedTheme::load(&listed, config, source, sass::compile, &mut problems));
    found.extend(problems.clone());
    let is_certain = listed.is_certain() && listing.is_still_theme(&**inputs, settings);
    memo.theme = Some((if is_certain { digest } else { Digest::default() }, theme.clone(), problems));
    theme
}
