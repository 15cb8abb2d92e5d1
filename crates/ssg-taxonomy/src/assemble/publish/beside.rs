//! Files beside content that only withheld pages name: they stay back with them.
//!
//! A file that nothing names goes out, as it always did: templates and data may use it.

use super::super::classify::Classified;
use crate::page::Withheld;
use crate::site::Site;
use ssg_parse::{Outline, is_other_markup};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::BTreeMap;

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
    pub(super) fn keep_files_back(
        self,
        assets: &mut BTreeMap<String, Vec<SitePath>>,
        site: &mut Site,
        found: &mut Diagnostics,
    ) {
        self.keep_markup_back(assets, site, found);
        if self.withheld.is_empty() {
            return;
        }
        for files in assets.values_mut() {
            files.retain(|file| {
                let Some(with) = self.withheld.get(file) else { return true };
                // From here on it matters which files published pages name.
                site.is_sensitive_to_mentions = true;
                let is_named = self.is_named(file);
                if !is_named {
                    site.keep_back(file.clone(), Withheld::Unmentioned, Some(with.clone()));
                }
                is_named
            });
        }
    }
}

impl Mentions {
    fn is_named(&self, file: &SitePath) -> bool {
        self.files.contains(file) || self.names.contains(file.file_name())
    }

    /// Takes out what is written in another markup and no page offers: somebody meant it to be a page.
    fn keep_markup_back(
        &self,
        assets: &mut BTreeMap<String, Vec<SitePath>>,
        site: &mut Site,
        found: &mut Diagnostics,
    ) {
        for files in assets.values_mut() {
            files.retain(|file| {
                if !is_other_markup(file.file_name()) {
                    return true;
                }
                site.is_sensitive_to_mentions = true;
                if self.is_named(file) {
                    return true;
                }
                found.add(
                    Diagnostic::warning(
                        codes::FOREIGN_MARKUP,
                        "a file in a markup that is not read is no page, and is not published",
                    )
                    .in_file(file)
                    .hint("convert it to Markdown, for instance with `pandoc -t gfm`")
                    .hint("a file that a page links to goes out as it is"),
                );
                site.keep_back(file.clone(), Withheld::ForeignMarkup, None);
                false
            });
        }
    }
}

/// What a file names: files below `content`, and for paths in the site the last part.
fn named<'o>(
    source: &SitePath,
    outline: &'o Outline,
) -> impl Iterator<Item = (Option<SitePath>, Option<&'o str>)> {
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
