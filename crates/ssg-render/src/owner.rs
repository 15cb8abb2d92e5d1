//! Whose Markdown is being rendered: what its links are relative to, and where its mistakes are reported.

use ssg_parse::LangId;
use ssg_source::SitePath;
use ssg_taxonomy::facets::Card;
use std::sync::Arc;

/// The page or section whose Markdown is being rendered.
#[derive(Clone)]
pub(crate) struct Owner {
    /// Its file.
    pub source: SitePath,
    /// Its path.
    pub path: Arc<str>,
    /// The language of the site that it belongs to.
    pub language: LangId,
    /// The language that it is written in.
    pub lang: Arc<str>,
}

impl Owner {
    pub(crate) fn new(source: &SitePath, path: &str, language: LangId, lang: &str) -> Self {
        Self { source: source.clone(), path: path.into(), language, lang: lang.into() }
    }

    pub(crate) fn of_page(page: &Card) -> Self {
        Self {
            source: page.source.clone(),
            path: page.path.clone(),
            language: page.language,
            lang: page.lang.as_str().into(),
        }
    }
}
