//! The search index: what is known of each page, cut into files that a browser asks for one by one.
//!
//! A *document* is a page or a term as search knows it: what a result shows of it (its *row*) and its words with their
//! weights. Documents of a kind are put into *chunks* by the digest of their key, so that an edit stays in one; words of all
//! documents are put into *shards* by how they begin, those of names apart from those of texts. A chunk is a query and some files
//! of rows, a shard is a file of postings; some shards, a *band*, are made together.
//! The format is told in `docs/src/search.md`; `engine.js` reads it.

pub(crate) mod document;
pub(crate) mod layout;
pub(crate) mod part;
pub(crate) mod postings;
mod script;
pub(crate) mod shards;
pub(crate) mod tally;

use crate::facets::theme::{SEARCH_TEMPLATE, SearchTemplate};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use ssg_source::Digest;
use ssg_taxonomy::LangId;

pub(crate) use script::script;

/// Version of the format. Whatever makes an older `engine.js` read something else makes it another one.
pub(crate) const VERSION: u32 = 2;

/// Whether the theme has a page of search.
pub(crate) fn has_template(snapshot: &SiteSnapshot) -> bool {
    snapshot.theme.engine.has(SEARCH_TEMPLATE)
}

/// The path of the page of search, below which the index lies, by the path of the language's home page.
pub(crate) fn folder(home: &str) -> String {
    format!("{home}search/")
}

/// Where the files of search lie in a language.
pub(crate) struct Paths {
    /// The page, where the theme has one.
    pub page: Option<String>,
    /// The folder of the index.
    pub folder: String,
}

/// Where search lies in a language, `None` where there is none.
pub(crate) fn paths(reads: &Reads, language: LangId) -> Option<Paths> {
    let folder = folder(reads.languages().path(language));
    let has_template = reads.get::<SearchTemplate>(&()).is_some_and(|has| has.0);
    reads.outputs().search.then(|| Paths { page: has_template.then(|| folder.clone()), folder })
}

/// The path of the script; its name has a digest of it where assets have one.
pub(crate) fn script_path(has_fingerprints: bool) -> String {
    if !has_fingerprints {
        return "/search/engine.js".to_owned();
    }
    let digest = Digest::of_bytes(script().as_bytes()).to_string();
    format!("/search/engine.{}.js", digest.get(..8).unwrap_or_default())
}
