//! Paths without links, of what is there and of what is still to come.

use std::path::{Component, Path, PathBuf};

/// Links that lead to links are followed so often.
const MOST_LINKS: usize = 40;

/// The path without links. Of what is not there it is where it would be: a link to nowhere may lead somewhere later.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| meant(path, MOST_LINKS))
}

fn meant(path: &Path, links: usize) -> PathBuf {
    let (Some(parent), Some(name)) = (path.parent(), path.components().next_back()) else {
        return path.to_owned();
    };
    let folder = parent.canonicalize().unwrap_or_else(|_| meant(parent, links));
    let path = match name {
        Component::ParentDir => return folder.parent().map_or_else(|| folder.clone(), Path::to_owned),
        Component::CurDir => return folder,
        name => folder.join(name),
    };
    match path.read_link() {
        Ok(target) if links > 0 => {
            let target = folder.join(target);
            target.canonicalize().unwrap_or_else(|_| meant(&target, links - 1))
        }
        _ => path,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs::create_dir;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_to_nowhere_lead_to_where_it_would_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there");
        create_dir(root.join("content")).expect("made");
        let link = |target: &str, name: &str| symlink(target, root.join(name)).expect("a link");
        link("../late/deep", "content/a");
        link("a", "content/b");
        link("round", "content/round");
        link("../content", "content/here");
        assert_eq!(real(&root.join("content/a")), root.join("late/deep"));
        assert_eq!(real(&root.join("content/b/x.md")), root.join("late/deep/x.md"));
        assert_eq!(real(&root.join("content/here/none")), root.join("content/none"));
        assert!(real(&root.join("content/round")).starts_with(&root), "a circle ends");
        assert_eq!(real(&root.join("content/a/../x")), root.join("late/x"));
    }
}
