//! Links below what is watched: what they lead to changes elsewhere, where nobody looks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The roots, and the links below them that lead to somewhere else within `site`, as a build reads them. A link's
/// own name is what is watched: hints are to name files as the site does.
pub(crate) fn with_links(mut roots: Vec<PathBuf>, site: &Path) -> Vec<PathBuf> {
    let site = site.canonicalize().unwrap_or_else(|_| site.to_owned());
    let mut links = BTreeSet::new();
    for root in &roots {
        // Circles, and links to nowhere, are errors here, and told by whoever reads the files.
        for found in WalkDir::new(root).min_depth(1).follow_links(true).into_iter().filter_map(Result::ok) {
            let leads_inside = || found.path().canonicalize().is_ok_and(|real| real.starts_with(&site));
            if found.path_is_symlink() && leads_inside() {
                links.insert(found.into_path());
            }
        }
    }
    roots.extend(links.into_iter().filter(|link| !roots.contains(link)).collect::<Vec<_>>());
    roots
}
