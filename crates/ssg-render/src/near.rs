//! Sets of names out of which something may have been meant, each made once a build and by the first who
//! needs it: mistakes are many, and so are the names.

use crate::world::World;
use ssg_highlight::Highlighter;
use ssg_parse::Outline;
use ssg_source::{Diagnostics, SitePath, Suggestions};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Which names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Names {
    /// Content files, as `@/` names them.
    Sources,
    /// Files beside the pages of a folder.
    Beside(SitePath),
    /// Ids of a content file's headings.
    Headings(SitePath),
    /// Files of data in a folder, without their extension.
    Data(SitePath),
    /// Names of languages of code.
    Languages,
}

/// The sets that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Near {
    sets: Mutex<HashMap<Names, Arc<Suggestions>>>,
    /// All files beside pages, sorted.
    beside: OnceLock<Vec<SitePath>>,
}

impl Near {
    fn get(&self, names: Names, make: impl FnOnce() -> Suggestions) -> Arc<Suggestions> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        sets.entry(names).or_insert_with(|| Arc::new(make())).clone()
    }
}

impl World {
    /// Content files, as `@/` names them.
    pub(crate) fn near_sources(&self) -> Arc<Suggestions> {
        self.near.get(Names::Sources, || {
            Suggestions::new(self.site.sources().filter_map(|source| source.below("content")))
        })
    }

    /// Names of the files below a folder of the content that are copied, relative to it, sorted.
    pub(crate) fn names_beside<'w>(&'w self, folder: &str) -> impl Iterator<Item = &'w str> {
        let files = self.near.beside.get_or_init(|| {
            let mut files: Vec<SitePath> = self.beside.keys().cloned().collect();
            files.sort_unstable();
            files
        });
        let folder = folder.to_owned();
        let first = files.partition_point(|file| file.as_str() < folder.as_str());
        files[first..]
            .iter()
            .take_while({
                let folder = folder.clone();
                move |file| file.as_str().starts_with(&folder)
            })
            .filter_map(move |file| file.below(&folder))
    }

    /// Files beside the pages of a folder, relative to it.
    pub(crate) fn near_beside(&self, folder: &SitePath) -> Arc<Suggestions> {
        self.near.get(Names::Beside(folder.clone()), || Suggestions::new(self.names_beside(folder.as_str())))
    }

    /// Ids of the headings of a content file.
    pub(crate) fn near_headings(&self, source: &SitePath, outline: &Outline) -> Arc<Suggestions> {
        self.near.get(Names::Headings(source.clone()), || {
            Suggestions::new(outline.headings.iter().map(|heading| heading.id.as_str()))
        })
    }

    /// Names of languages of code.
    pub(crate) fn near_languages(&self) -> Arc<Suggestions> {
        self.near.get(Names::Languages, || languages(&self.highlighter))
    }

    /// TOML files in a folder of data, without their extension.
    pub(crate) fn near_data(&self, dir: &SitePath) -> Arc<Suggestions> {
        self.near.get(Names::Data(dir.clone()), || {
            let files = self.inputs.list(dir, &mut Diagnostics::new());
            Suggestions::new(files.iter().filter_map(|file| file.path.file_name().strip_suffix(".toml")))
        })
    }
}

fn languages(highlighter: &Highlighter) -> Suggestions {
    let all = highlighter.languages().iter();
    let names = all.flat_map(|language| std::iter::once(&language.name).chain(&language.aliases));
    // Names of one or two letters are near to everything.
    Suggestions::new(names.map(String::as_str).filter(|name| name.len() > 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_suggested() {
        let near = languages(&Highlighter::new());
        for (wrong, right) in [
            ("yalm", "yaml"),
            ("Pyhton", "python"),
            ("terrafrom", "terraform"),
            ("dokcer", "docker"),
            ("kubernets", "kubernetes"),
            ("jvascript", "javascript"),
        ] {
            assert_eq!(near.closest(wrong), Some(right), "{wrong}");
        }
        assert_eq!(near.closest("klingon"), None);
        assert_eq!(near.closest(&"x".repeat(100_000)), None);
    }
}
