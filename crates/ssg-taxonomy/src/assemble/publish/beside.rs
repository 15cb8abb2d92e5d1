//! Files beside content that only withheld pages name: they stay back with them.
//!
//! A file that nothing names goes out, as it always did: templates and data may use it.

use super::super::classify::Classified;
use crate::page::Withheld;
use crate::site::Site;
use ssg_parse::Outline;
use ssg_source::SitePath;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The files that content names.
#[derive(Default)]
pub(super) struct Mentions {
    /// By published pages: the files, and the names of those that are named by their paths in the site.
    files: HashSet<SitePath>,
    names: HashSet<String>,
    /// By withheld ones, with one of them.
    withheld: HashMap<SitePath, SitePath>,
}

impl Mentions {
    /// Adds what a file names.
    pub(super) fn add(&mut self, one: &Classified, is_published: bool) {
        let source = &one.source.path;
        for (file, name) in named(source, &one.source.document.outline) {
            if is_published {
                self.names.extend(name.map(str::to_owned));
                self.files.extend(file);
            } else if let Some(file) = file {
                self.withheld.entry(file).or_insert_with(|| source.clone());
            }
        }
    }

    /// Takes out the files that only withheld pages name.
    pub(super) fn keep_files_back(self, assets: &mut BTreeMap<String, Vec<SitePath>>, site: &mut Site) {
        if self.withheld.is_empty() {
            return;
        }
        for files in assets.values_mut() {
            files.retain(|file| {
                let Some(with) = self.withheld.get(file) else { return true };
                // From here on it matters which files published pages name.
                site.is_sensitive_to_mentions = true;
                let is_named = self.files.contains(file) || self.names.contains(file.file_name());
                if !is_named {
                    site.keep_back(file.clone(), Withheld::Unmentioned, Some(with.clone()));
                }
                is_named
            });
        }
    }
}

/// What a file names: files below `content`, and for paths in the site the last part.
fn named<'o>(source: &SitePath, outline: &'o Outline) -> impl Iterator<Item = (Option<SitePath>, Option<&'o str>)> {
    outline.files.iter().map(move |written| {
        let from_root = written.strip_prefix("@/").or_else(|| written.strip_prefix('/'));
        match from_root {
            Some(below) => {
                let file = SitePath::new("content").ok().and_then(|content| content.join(below).ok());
                (file, written.rsplit('/').next())
            }
            None => (source.resolve(written).ok(), None),
        }
    })
}
