//! Files beside content that only withheld pages name: they stay back with them.
//!
//! A file that nothing names goes out, as it always did: templates and data may use it.

use super::super::classify::Classified;
use super::super::paths::Draft;
use crate::page::{Kind, Withheld};
use crate::site::Site;
use ssg_parse::{Document, host_and_path, is_other_markup, path_on_own_host};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::borrow::Cow;
use std::sync::Arc;

/// The files that content names.
#[derive(Default)]
pub(in crate::assemble) struct Mentions {
    /// By published pages: the files, and the names of those that are named by their paths in the site.
    files: HashSet<SitePath>,
    names: HashSet<String>,
    /// By withheld ones, with one of them.
    withheld: HashMap<SitePath, SitePath>,
    /// Pages of terms. Whether each is published is not known before names that are not to be are taken out.
    of_terms: Vec<(SitePath, Arc<Document>)>,
}

impl Mentions {
    /// Adds what a file names.
    pub(super) fn add(&mut self, one: &Classified, is_published: bool, base_url: &str) {
        let (source, document) = (&one.source.path, &one.source.document);
        let is_of_term = one.location().is_some_and(|location| location.kind == Kind::Term);
        if is_published && is_of_term {
            self.of_terms.push((source.clone(), document.clone()));
        } else {
            self.add_files(source, document, |_| is_published, base_url);
        }
    }

    /// Adds what a published file names, some of it for things that may not be told yet.
    pub(super) fn add_but(
        &mut self,
        source: &SitePath,
        document: &Document,
        held: &HashSet<String>,
        base_url: &str,
    ) {
        self.add_files(source, document, |written| !held.contains(written), base_url);
    }

    /// Holds a file back that lies beside a withheld page and no published one, unless a published page names it.
    pub(super) fn hold(&mut self, file: &SitePath, page: &SitePath) {
        self.withheld.entry(file.clone()).or_insert_with(|| page.clone());
    }

    fn add_files(
        &mut self,
        source: &SitePath,
        document: &Document,
        is_published: impl Fn(&str) -> bool,
        base_url: &str,
    ) {
        for written in &document.outline.files {
            let is_published = is_published(written);
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

    /// Takes files out that only withheld pages name, once it is decided which pages are published.
    pub(in crate::assemble) fn keep_files_back(
        mut self,
        base_url: &str,
        drafts: &mut [Draft],
        site: &mut Site,
        found: &mut Diagnostics,
    ) {
        let published: HashSet<&SitePath> =
            drafts.iter().filter(|draft| draft.kind == Kind::Term).map(|draft| &draft.source).collect();
        for (source, document) in std::mem::take(&mut self.of_terms) {
            let is_published = published.contains(&source);
            self.add_files(&source, &document, |_| is_published, base_url);
        }
        let of_pages = drafts.iter_mut().map(|draft| &mut draft.assets);
        let of_sections = site.sections.iter_mut().map(|section| &mut section.assets);
        let mut kept_back = Vec::new();
        let mut is_sensitive = false;
        for files in of_pages.chain(of_sections) {
            files.retain(|file| {
                let Some((why, with)) = self.reason(file) else { return true };
                // From here on it matters which files published pages name.
                is_sensitive = true;
                if self.is_named(file) {
                    return true;
                }
                kept_back.push((file.clone(), why, with));
                false
            });
        }
        site.is_sensitive_to_mentions |= is_sensitive;
        for (file, why, with) in kept_back {
            if why == Withheld::ForeignMarkup {
                found.add(
                    Diagnostic::warning(
                        codes::FOREIGN_MARKUP,
                        "a file in a markup that is not read is no page, and is not published",
                    )
                    .in_file(&file)
                    .hint("convert it to Markdown, for instance with `pandoc -t gfm`")
                    .hint("a file that a page links to goes out as it is"),
                );
            }
            site.keep_back(file, why, with);
        }
    }

    /// Why a file stays back that no published page names: what is in another markup was meant to be a page.
    fn reason(&self, file: &SitePath) -> Option<(Withheld, Option<SitePath>)> {
        if is_other_markup(file.file_name()) {
            return Some((Withheld::ForeignMarkup, None));
        }
        self.withheld.get(file).map(|with| (Withheld::Unmentioned, Some(with.clone())))
    }

    fn is_named(&self, file: &SitePath) -> bool {
        self.files.contains(file) || self.names.contains(file.file_name())
    }
}

/// The files that a path may mean: below `content`, beside the page's file or beside its address, which is a folder, or, as
/// shortcodes name them, in the site's folder.
fn files_at(source: &SitePath, path: &str) -> impl Iterator<Item = SitePath> {
    let from_root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
    let first = match from_root {
        Some(below) => SitePath::new("content/_index.md").ok().and_then(|home| home.resolve(below).ok()),
        None => source.resolve(path).ok(),
    };
    let address = source.parent().and_then(|dir| dir.join(source.stem()).ok()?.join("index.md").ok());
    let at_address = || address?.resolve(path).ok();
    let third = if from_root.is_none() { at_address() } else { None };
    let in_site = from_root.unwrap_or(path);
    let second = in_site.starts_with("content/").then(|| SitePath::new(in_site).ok()).flatten();
    first.into_iter().chain(second).chain(third)
}
