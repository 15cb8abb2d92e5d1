//! What is told of a plan when a build ends: how many outputs there are of which class, which of them are
//! there in any case, and when the site changes next.

use serde::{Deserialize, Serialize};
use ssg_render::{Class, Output};
use ssg_taxonomy::Site;

/// Numbers for the line at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pages, talks and events among them.
    pub pages: usize,
    /// Lists: sections, taxonomies, terms, the archive.
    pub lists: usize,
    /// Everything else.
    pub files: usize,
    /// How many of all these are rendered; the others are copied as they are.
    pub rendered: usize,
}

/// The files of outputs that a build never lacks.
pub(crate) fn always_there(outputs: &[Output]) -> impl Iterator<Item = &str> {
    outputs.iter().filter(|output| !output.kind.is_optional()).map(|output| output.file.as_str())
}

/// When the site changes next though no file does, and why.
pub(crate) fn next_change_of(site: &Site) -> Option<(String, String)> {
    site.next_change().map(|next| (ssg_render::rfc3339(&next.at), next.reason.clone()))
}

pub(crate) fn count(outputs: &[Output]) -> Counts {
    let mut counts = Counts::default();
    for output in outputs {
        counts.rendered += usize::from(output.kind.is_rendered());
        match output.kind.class() {
            Class::Page => counts.pages += 1,
            Class::List => counts.lists += 1,
            Class::File => counts.files += 1,
            Class::Part => {}
        }
    }
    counts
}
