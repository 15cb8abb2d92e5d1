//! Files beside content that only withheld pages name: they stay back with them.
//!
//! A file that nothing names goes out, as it always did: templates and data may use it.

use super::super::classify::Classified;
use crate::page::Withheld;
use crate::site::Site;
use ssg_parse::{host_and_path, is_other_markup, path_on_own_host};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::borrow::Cow;
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
    pub(super) fn add(&mut self, one: &Classified, is_published: bool, base_url: &str) {
        let source = &one.source.path;
        for written in &one.source.document.outline.files {
            // Raw HTML may have the path of the whole site before its own.
            let base_path = host_and_path(base_url).map_or("/", |(_, path)| path);
            let below = written.strip_prefix(base_path).filter(|_| base_path.len() > 1);
            let own = path_on_own_host(base_url, written).or_else(|| Some(format!("/{}", below?)));
            let own = own.map(Cow::Owned);
            let path = match host_and_path(written) {
                None => Some(Cow::Borrowed(written.as_str())),
                // What is withheld may be meant for another address than that of this build.
                Some((_, path)) => Some(Cow::Borrowed(path)).filter(|_| !is_published),
            };
            for path in own.into_iter().chain(path) {
                let files = files_at(source, &path);
                if is_published {
                    let is_from_root = path.starts_with("@/") || path.starts_with('/');
                    self.names.extend(path.rsplit('/').next().filter(|_| is_from_root).map(str::to_owned));
                    self.files.extend(files);
                } else {
                    for file in files {
                        self.withheld.entry(file).or_insert_with(|| source.clone());
                    }
                }
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

/// The files that a path may mean: below `content`, beside the page, or, as shortcodes name them, in the site's folder.
fn files_at(source: &SitePath, path: &str) -> impl Iterator<Item = SitePath> {
    let from_root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
    let first = match from_root {
        Some(below) => SitePath::new("content").ok().and_then(|content| content.join(below).ok()),
        None => source.resolve(path).ok(),
    };
    let in_site = from_root.unwrap_or(path);
    let second = in_site.starts_with("content/").then(|| SitePath::new(in_site).ok()).flatten();
    first.into_iter().chain(second)
}
