//! A page of a blog, between its source and the file that is written.

use super::moment::Moment;
use crate::Guess;
use ssg_parse::Value;
use ssg_source::SitePath;

/// A page as an importer hands it over.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The file of the source.
    pub source: SitePath,
    /// Where it goes.
    pub target: SitePath,
    /// Its header, as it was written.
    pub header: Value,
    /// Its old address, a path that begins with `/`; without one it gets ours.
    pub address: Option<String>,
    /// What else leads to it.
    pub aliases: Vec<String>,
    /// The title, where it is not the header's.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<Moment>,
    /// Who wrote it, where that is not in the header under the usual key.
    pub authors: Option<Vec<String>>,
    /// Who speaks in it.
    pub speakers: Vec<String>,
    /// Terms besides those of the header.
    pub terms: Vec<String>,
    /// Whether terms in one text are parted at spaces.
    pub terms_by_space: bool,
    /// Not to be published yet, whatever the header says.
    pub draft: bool,
    /// Whether it wants a table of contents.
    pub toc: bool,
    /// Keys of the header that the importer has used.
    pub used: Vec<&'static str>,
    /// The body, Markdown of ours.
    pub body: String,
    /// What a person should look at.
    pub notes: Vec<Guess>,
}

impl Page {
    /// A page with a header and a body, and nothing known besides.
    pub fn new(source: &SitePath, target: SitePath, header: Value, body: String) -> Self {
        Self {
            source: source.clone(),
            target,
            header,
            body,
            address: None,
            aliases: Vec::new(),
            title: None,
            date: None,
            authors: None,
            speakers: Vec::new(),
            terms: Vec::new(),
            terms_by_space: false,
            draft: false,
            toc: false,
            used: Vec::new(),
            notes: Vec::new(),
        }
    }
}
