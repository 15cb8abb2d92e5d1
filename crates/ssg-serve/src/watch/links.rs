//! Links below what is watched: what they lead to changes elsewhere, where nobody looks.

use super::real_path::real;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The roots, and the links below them that lead to somewhere else within `site`, as a build reads them. A link's
/// own name is what is watched: hints are to name files as the site does.
pub(crate) fn with_links(mut roots: Vec<PathBuf>, site: &Path) -> Vec<PathBuf> {
    let site = site.canonicalize().unwrap_or_else(|_| site.to_owned());
    let mut links = BTreeSet::new();
    for root in &roots {
        let mut walk = WalkDir::new(root).min_depth(1).follow_links(true).into_iter();
        while let Some(found) = walk.next() {
            let is_folder = found.as_ref().is_ok_and(|found| found.file_type().is_dir());
            let (path, is_link) = match found {
                Ok(found) => (found.path().to_owned(), found.path_is_symlink()),
                // What it leads to may be there later; a circle never ends, which whoever reads the files tells.
                Err(error) => match error.path().filter(|_| error.loop_ancestor().is_none()) {
                    Some(path) => (path.to_owned(), path.is_symlink()),
                    None => continue,
                },
            };
            if !is_link {
                continue;
            }
            if real(&path).starts_with(&site) {
                links.insert(path);
            } else if is_folder {
                // Nobody reads what lies there, which may be the whole disk.
                walk.skip_current_dir();
            }
        }
    }
    roots.extend(links.into_iter().filter(|link| !roots.contains(link)).collect::<Vec<_>>());
    roots
}
