//! Taxonomies and their terms.
//!
//! A term is one thing under all its spellings; [`identity`] tells which spellings are the same. Which pages carry it,
//! and what it is called in each language, is decided in `assemble/terms.rs`.

use crate::identity::identity;
use crate::ids::PageId;
use ssg_parse::LangId;
use ssg_source::hash::HashMap;
use std::collections::BTreeMap;

/// A way to group pages.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Name: key in front matter, and first part of the path.
    pub name: String,
    /// Heading of the index.
    pub title: String,
    /// `/<name>/`
    pub path: String,
    /// Where a language has more terms than this, they have parts by their first letters.
    pub part_above: usize,
    /// Terms by name.
    pub terms: Vec<Term>,
    /// What every spelling is equal to ([`identity`]) → index of the term.
    pub spellings: HashMap<String, u32>,
    /// The name of each term's file, as it is written → index of the term.
    pub files: HashMap<String, u32>,
    /// Last parts of paths that lead to a term without being its own, sorted → index of the term.
    pub other_slugs: BTreeMap<String, u32>,
}

/// One value of a taxonomy.
#[derive(Clone, Debug)]
pub struct Term {
    /// Name as shown.
    pub name: String,
    /// Last part of its path.
    pub slug: String,
    /// `/<taxonomy>/<slug>/`
    pub path: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Pages that carry it, in the site's order; no translations of others.
    pub pages: Vec<PageId>,
    /// Its own content file.
    pub page: Option<PageId>,
    /// By number of the language; empty for a site in one language.
    pub languages: Vec<LocalTerm>,
}

/// A term in one of several languages.
#[derive(Clone, Debug)]
pub struct LocalTerm {
    /// Name as shown.
    pub name: String,
    /// `/de/<taxonomy>/<slug>/`
    pub path: String,
    /// Its own content file in this language.
    pub page: Option<PageId>,
    /// Pages that carry it and are listed in this language, in the site's order.
    pub pages: Vec<PageId>,
    /// Whether it has a page in this language: a content file, or a page of the language names it.
    pub exists: bool,
}

/// A term as readers of a language see it.
#[derive(Clone, Copy, Debug)]
pub struct TermIn<'s> {
    /// The language.
    pub language: LangId,
    /// Name as shown.
    pub name: &'s str,
    /// Site-relative path.
    pub path: &'s str,
    /// Its own content file.
    pub page: Option<PageId>,
    /// Pages that carry it, in the site's order.
    pub pages: &'s [PageId],
    /// Whether it has a page in this language.
    pub exists: bool,
}

impl Taxonomy {
    /// The term of any of its spellings, or of the name of its file, which comes first.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u32> {
        self.files.get(name.trim()).or_else(|| self.spellings.get(&identity(name))).copied()
    }
}

impl Term {
    /// The path of its page in the first language that has one.
    #[must_use]
    pub fn first_path(&self) -> &str {
        self.languages.iter().find(|local| local.exists).map_or(&self.path, |local| &local.path)
    }
}

/// The slug of a term: never empty for a name that is not. Terms may share one; then all but one get another.
#[must_use]
pub fn term_slug(name: &str) -> String {
    let composed: String = unicode_normalization::UnicodeNormalization::nfc(name.trim()).collect();
    // Names that differ in these alone are different tools.
    let told_apart = composed.replace("C++", "cpp").replace("C#", "csharp").replace("F#", "fsharp");
    let slug = ssg_parse::slugify(&told_apart);
    if !slug.is_empty() {
        return slug;
    }
    composed
        .chars()
        .map(|c| format!("{:x}", u32::from(c)))
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(120)
        .collect()
}
