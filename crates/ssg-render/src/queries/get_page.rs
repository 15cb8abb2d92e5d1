//! `get_page`: the page at a path or of a content file.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::SitePath;
use ssg_taxonomy::facets::{Destination, OfSource};
use ssg_taxonomy::{LangId, PageKey};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GetPage {
    path: String,
    language: LangId,
}

impl Function for GetPage {
    const NAME: &'static str = "get_page";
    const ARGUMENTS: &'static [&'static str] = &["path"];
    const ROWS: &'static [Entry] = &[entry(&["get_page(path=…)"], "card", "an error if there is none")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        page_at(reads, &self.path).map(|key| Answer::Page(Some(reads.nearest(key, self.language))))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which page `{}` is", self.path)
    }
}

/// What a path (`/…`) or a content file (`@/…`) is.
pub(super) fn place_at(reads: &Reads, path: &str) -> Option<Destination> {
    match path.strip_prefix("@/") {
        Some(file) => {
            let source = SitePath::new(&format!("content/{file}")).ok()?;
            reads.get::<OfSource>(&source).map(|of| of.0.clone())
        }
        None => reads.at_path(path),
    }
}

/// The page that lies there.
pub(super) fn page_at(reads: &Reads, path: &str) -> Result<PageKey, String> {
    match place_at(reads, path) {
        Some(Destination::Page(key)) => Ok(key),
        Some(Destination::Term(term, language)) => {
            let page = reads.term(&term).and_then(|term| term.in_language(language).page);
            page.ok_or_else(|| format!("`{path}` has no content file"))
        }
        _ => Err(format!("there is no page `{path}`")),
    }
}
