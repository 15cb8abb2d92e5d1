//! What an output is.

use crate::outputs::FeedFormat;
use crate::question::{ApiOf, CalendarOf, List};
use ssg_source::{Digest, Digester, SitePath};
use ssg_taxonomy::{LangId, PageId, SectionId, Site, TermId};
use std::sync::Arc;

/// One file of the built site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Path of the file relative to the output folder, with `/`.
    pub file: String,
    /// What it is.
    pub kind: OutputKind,
    /// The source it comes from, for messages.
    pub source: Option<SitePath>,
}

/// What an output is, and of what.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A page.
    Page(PageId),
    /// A sheet of a section, from 1.
    Section(SectionId, usize),
    /// Index of a taxonomy, in a language.
    Taxonomy(usize, LangId),
    /// A sheet of a term in a language, from 1.
    Term(TermId, LangId, usize),
    /// The archive by year, in a language.
    Archive(LangId),
    /// The page for what is not found.
    NotFound,
    /// A feed.
    Feed(FeedOf, FeedFormat),
    /// The site map.
    Sitemap,
    /// A calendar.
    Calendar(CalendarOf),
    /// A file of the API.
    Api(ApiOf),
    /// The schedule for apps of the event whose page lies at a path.
    ScheduleFile(Arc<str>),
    /// `robots.txt`
    Robots,
    /// `_redirects`
    Redirects,
    /// The picture of a page.
    Card(PageId),
    /// `_headers`
    Headers,
    /// `CNAME`
    Cname,
    /// `next-build.json`
    NextBuild,
    /// A page that leads to another path.
    Redirect(String),
    /// Bytes that are there already.
    Bytes(Arc<[u8]>),
    /// A file of the inputs, on disk: copied where it lies.
    Copy(SitePath),
    /// A file of the inputs, copied through them.
    Input(SitePath),
}

impl OutputKind {
    /// Whether it is rendered, and so can be reused; all else is copied as it is.
    #[must_use]
    pub fn is_rendered(&self) -> bool {
        !matches!(self, Self::Bytes(_) | Self::Copy(_) | Self::Input(_))
    }

    /// The language of the site that it belongs to.
    pub(crate) fn language(&self, site: &Site) -> LangId {
        match self {
            Self::Page(id) => site.page(*id).language,
            Self::Section(id, _) => site.section(*id).language,
            Self::Taxonomy(_, language) | Self::Term(_, language, _) | Self::Archive(language) => *language,
            Self::Feed(of, _) => of.language(site),
            _ => LangId::MAIN,
        }
    }

    /// Whether it asks what came of the others, and so is rendered after all of them.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Self::Headers)
    }

    /// What tells one output from another that might take its place.
    pub(crate) fn recipe(&self, site: &Site) -> Digest {
        let mut digester = Digester::new();
        let language = self.language(site);
        if !language.is_main() {
            digester.text("language").number(language.0);
        }
        let mut list = |name: &str, of: FeedOf, number: usize| {
            digester.text(name).value(&of.list(site)).count(number).done()
        };
        match self {
            Self::Page(id) => digester.text("page").text(&site.page(*id).path).done(),
            Self::Section(id, number) => list("section", FeedOf::Section(*id), *number),
            Self::Taxonomy(index, _) => digester.text("taxonomy").text(&site.taxonomies[*index].name).done(),
            Self::Term(id, language, number) => list("term", FeedOf::Term(*id, *language), *number),
            Self::Feed(of, format) => list(format.name(), *of, 0),
            Self::Redirect(to) => digester.text("redirect").text(to).done(),
            Self::Api(of) => digester.text("api").value(of).done(),
            Self::ScheduleFile(path) => digester.text("schedule").text(path).done(),
            Self::Calendar(of) => digester.text("calendar").value(of).done(),
            Self::Archive(_) => digester.text("archive").done(),
            Self::NotFound => Digest::of_text("404"),
            Self::Sitemap => Digest::of_text("sitemap"),
            Self::Robots => Digest::of_text("robots"),
            Self::Redirects => Digest::of_text("redirects"),
            Self::Card(id) => digester.text("card").text(&site.page(*id).path).done(),
            Self::Headers => Digest::of_text("headers"),
            Self::Cname => Digest::of_text("cname"),
            Self::NextBuild => Digest::of_text("next build"),
            Self::Bytes(bytes) => Digest::of_bytes(bytes),
            Self::Copy(_) | Self::Input(_) => Digest::of_text("copy"),
        }
    }
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The newest posts of the site, in a language.
    Site(LangId),
    /// A section.
    Section(SectionId),
    /// A term, in a language.
    Term(TermId, LangId),
}

impl FeedOf {
    /// The language of the list.
    pub(crate) fn language(self, site: &Site) -> LangId {
        match self {
            Self::Site(language) | Self::Term(_, language) => language,
            Self::Section(id) => site.section(id).language,
        }
    }

    /// The list, named so that it means the same in the next build.
    pub(crate) fn list(self, site: &Site) -> List {
        match self {
            Self::Site(_) => List::Site,
            Self::Section(id) => List::Section(site.section(id).dir.as_str().into()),
            Self::Term(id, _) => List::Term {
                taxonomy: site.taxonomies[usize::from(id.taxonomy)].name.as_str().into(),
                slug: site.term(id).slug.as_str().into(),
            },
        }
    }
}
