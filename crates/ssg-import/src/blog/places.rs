//! Where the pages of a blog go: each has a file of its own, and has it again when the blog is imported again.
//!
//! Blogs have pages of one name: two in one export, or one in each of two exports that go into one site. Which page
//! a file was made of stands in the record of imports.

use crate::ImportRecord;
use ssg_source::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// The files that this import makes, and those that earlier ones made.
#[derive(Default)]
pub(super) struct Places {
    taken: BTreeSet<SitePath>,
    by_id: BTreeMap<String, SitePath>,
    ids: BTreeMap<SitePath, String>,
    /// The number from which on names of a page may be free.
    next_numbers: BTreeMap<SitePath, u32>,
}

impl Places {
    pub fn new(record: &ImportRecord, source: &str) -> Self {
        let mut places = Self::default();
        for (path, recorded) in record.of_source(source) {
            if let Some(id) = &recorded.id {
                places.by_id.insert(id.clone(), path.clone());
                places.ids.insert(path.clone(), id.clone());
            }
        }
        places
    }

    /// Takes a place; false where another file of this import has it.
    pub fn take(&mut self, target: &SitePath) -> bool {
        self.taken.insert(target.clone())
    }

    /// The place of a page: where it was, else `target`, else `target` with a number, `-2` and up.
    ///
    /// The page of a folder has the folder's name, and gives way to pages of this import only.
    pub fn page(&mut self, id: &str, target: &SitePath) -> SitePath {
        let (stem, end) = target.as_str().rsplit_once('.').unwrap_or((target.as_str(), "md"));
        let numbered = |number: u32| SitePath::new(&format!("{stem}-{number}.{end}")).ok();
        let is_variant = |path: &SitePath| {
            let rest =
                path.as_str().strip_prefix(stem).and_then(|rest| rest.strip_suffix(end)?.strip_suffix('.'));
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix('-').is_some_and(|rest| rest.parse::<u32>().is_ok())
            })
        };
        if let Some(former) = self.by_id.get(id).filter(|path| is_variant(path)).cloned()
            && self.take(&former)
        {
            return former;
        }
        let is_folder = matches!(target.stem(), "index" | "_index");
        let free = |path: &SitePath, places: &mut Self| {
            let is_others = !is_folder && places.ids.get(path).is_some_and(|other| other != id);
            !is_others && places.take(path)
        };
        if free(target, self) {
            return target.clone();
        }
        // Numbers that were not free stay so.
        let first = self.next_numbers.get(target).copied().unwrap_or(2);
        for number in first..u32::MAX {
            let Some(path) = numbered(number) else { break };
            if free(&path, self) {
                self.next_numbers.insert(target.clone(), number + 1);
                return path;
            }
        }
        target.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Recorded;

    fn path(name: &str) -> SitePath {
        SitePath::new(name).expect("valid")
    }

    #[test]
    fn pages_of_one_name_get_files_of_their_own_and_keep_them() {
        let mut record = ImportRecord::default();
        let place = |record: &mut ImportRecord, ids: &[&str]| -> Vec<String> {
            let mut places = Places::new(record, "blog");
            let found: Vec<SitePath> = ids.iter().map(|id| places.page(id, &path("content/a.md"))).collect();
            for (id, path) in ids.iter().zip(&found) {
                let id = Some((*id).to_owned());
                let one = Recorded { source: "blog".into(), id, ..Recorded::default() };
                record.files.insert(path.clone(), one);
            }
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(place(&mut record, &["x 1", "x 2"]), ["content/a.md", "content/a-2.md"]);
        assert_eq!(place(&mut record, &["y 1"]), ["content/a-3.md"]);
        assert_eq!(
            place(&mut record, &["x 2", "x 1"]),
            ["content/a-2.md", "content/a.md"],
            "in another order"
        );
        assert_eq!(place(&mut record, &["y 1", "y 2"]), ["content/a-3.md", "content/a-4.md"]);
    }
}
