//! Names of talks that are withheld, by which a row of a schedule may mean one.

use ssg_parse::slugify;
use ssg_source::Suggestions;
use ssg_source::hash::HashSet;
use std::cell::OnceCell;

/// Names of the withheld talks of one event.
pub(super) struct WithheldNames<'n> {
    names: HashSet<&'n str>,
    near: OnceCell<Suggestions>,
}

impl<'n> WithheldNames<'n> {
    pub fn new(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { names: names.into_iter().collect(), near: OnceCell::new() }
    }

    /// Whether one has this very name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a name that is no published talk's means one of them: as its path, by its title, or but for a slip. Who names
    /// a talk that may not be told by a wrong name has not meant to tell it.
    pub fn may_mean(&self, written: &str) -> bool {
        if self.names.is_empty() || self.has(written) {
            return self.has(written);
        }
        let slug = slug_of(written);
        self.has(&slug) || self.near().closest(&slug).is_some()
    }

    /// The hint that names the one which may have been meant.
    pub fn did_you_mean(&self, written: &str) -> Option<String> {
        self.near().did_you_mean(written)
    }

    fn near(&self) -> &Suggestions {
        self.near.get_or_init(|| Suggestions::new(self.names.iter().copied()))
    }
}

/// A path, or a title, as the name of a talk.
fn slug_of(written: &str) -> String {
    let last = written.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    slugify(last.strip_suffix(".md").unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_talks_as_paths_titles_and_with_slips() {
        let names = WithheldNames::new(["secret-announcement", "t-1"]);
        for name in [
            "secret-announcement",
            "talks/secret-announcement.md",
            "Secret Announcement",
            "secret-anouncement",
        ] {
            assert!(names.may_mean(name), "{name}");
        }
        assert!(!names.may_mean("opening-words"));
        assert!(!WithheldNames::new([]).may_mean("secret-announcement"));
    }
}
