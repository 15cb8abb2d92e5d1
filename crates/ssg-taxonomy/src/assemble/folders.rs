//! Folders that the configuration names, or that a site needs, and that hold no page.

use super::classify::{ClassifiedFiles, Role};
use ssg_parse::Config;
use ssg_source::{Diagnostic, Diagnostics, SitePath, Suggestions, codes};
use std::collections::BTreeSet;

/// Warns of a site without a page, and of patterns of addresses for folders without one. What is withheld counts.
pub(super) fn check(config: &Config, placed: &ClassifiedFiles, found: &mut Diagnostics) {
    if placed.pages.is_empty() {
        found.add(
            Diagnostic::warning(codes::NO_PAGES, "there is no page below `content`")
                .hint("`ssg new post \"A title\"` writes one")
                .hint("or name the site's folder: `ssg -r FOLDER …`"),
        );
        return;
    }
    if config.permalinks.is_empty() {
        return;
    }
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for one in &placed.pages {
        let mut dir = match &one.role {
            Role::Page(location) => location.dir.as_str(),
            Role::Section { dir, .. } => dir.as_str(),
            Role::Taxonomy { .. } => continue,
        };
        while !dir.is_empty() && folders.insert(dir) {
            dir = dir.rfind('/').map_or("", |slash| dir.get(..slash).unwrap_or_default());
        }
    }
    let settings = SitePath::new("ssg.toml").unwrap_or_default();
    for permalink in config.permalinks.iter().filter(|one| !folders.contains(one.folder.as_str())) {
        let near = Suggestions::new(folders.iter().copied()).did_you_mean(&permalink.folder);
        let message = format!("there is no page in `content/{}`", permalink.folder);
        found.add(
            Diagnostic::warning(codes::PERMALINK, message)
                .in_file(&settings)
                .at(permalink.span)
                .hint_if(near)
                .hint("`[permalinks]` names folders below `content`"),
        );
    }
}
