//! A page: one content file with its own permalink.
//!
//! It is assembled once, with all references resolved to numbers of the same site. What others may read of it, they
//! read as facets (`facets/page.rs`).

use crate::event::TalkInfo;
use crate::ids::{PageId, SectionId, TermId};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ssg_parse::{Document, LangId};
use ssg_source::{SitePath, Span};
use std::cmp::Reverse;
use std::sync::Arc;

/// What the order of pages goes by: date, newest first, weight, title, path and file.
pub(crate) type Rank<'a> = (Reverse<Option<Timestamp>>, i64, &'a str, &'a str, &'a SitePath);

/// What kind of page a content file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A plain page.
    Page,
    /// A dated post of the blog.
    Post,
    /// An event.
    Event,
    /// A talk of an event.
    Talk,
    /// The page of a term: a speaker's, a tool's.
    Term,
}

impl Kind {
    /// Its name in templates and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Post => "post",
            Self::Event => "event",
            Self::Talk => "talk",
            Self::Term => "term",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Page, Self::Post, Self::Event, Self::Talk, Self::Term]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// Why a page is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Withheld {
    /// It is a draft.
    Draft,
    /// It is dated later than the build.
    Future,
    /// It has expired.
    Expired,
    /// It has errors, and they are being skipped.
    Broken,
    /// It is the page of a term that the configuration hides.
    Unpublished,
    /// It is not for everybody.
    Private,
    /// Its header says that no page is to be made of it.
    NoPage,
    /// Its name, or that of a folder above it, begins with a dot.
    Hidden,
    /// It lies in `_drafts`, or another folder of drafts.
    DraftsFolder,
    /// Only what is withheld names it.
    Unmentioned,
    /// It is written in a markup that is not read.
    ForeignMarkup,
    /// It is a talk that is to be announced.
    Unannounced,
}

impl Withheld {
    /// The reason, after "is not published: ".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Draft => "it is a draft (`-D` builds drafts)",
            Self::Future => "it is dated in the future (`-F` builds such pages)",
            Self::Expired => "it has expired (`-E` builds such pages)",
            Self::Broken => "it has errors of its own",
            Self::Unpublished => "`unpublish` in ssg.toml names it",
            Self::Private => "its header says that it is private",
            Self::NoPage => "its header says that no page is made of it",
            Self::Hidden => "its name or that of a folder above it begins with a dot",
            Self::DraftsFolder => "what lies in `_drafts`, `_private` and the like is not content",
            Self::ForeignMarkup => "it is written in a markup that is not read, and no page links to it",
            Self::Unmentioned => "only what is withheld refers to it",
            Self::Unannounced => "it is to be announced (`announced = false`)",
        }
    }
}

/// How far a page that goes out is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a kind of places where a page is shown")]
pub struct Standing {
    /// A draft that is built because drafts were asked for.
    pub is_draft: bool,
    /// In no list, feed, calendar or site map.
    pub unlisted: bool,
    /// Not for search engines: so is whatever is unlisted.
    pub noindex: bool,
    /// Not for the site's own search.
    pub unsearched: bool,
}

/// Somebody who wrote a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// The speaker of the same name.
    pub term: Option<TermId>,
}

/// One content file with its own permalink.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file; for a talk that only a schedule's row names, the event's file.
    pub source: SitePath,
    /// Place of the row for such a talk.
    pub row: Option<Span>,
    /// What kind of page it is.
    pub kind: Kind,
    /// Site-relative path, begins with `/`.
    pub path: String,
    /// Last part of the path.
    pub slug: String,
    /// Title, plain text, never empty.
    pub title: String,
    /// Date in the zone that it was meant in.
    pub date: Option<Zoned>,
    /// The year it belongs to: its own, else its event's.
    pub year: Option<i16>,
    /// Date of the last change that readers should know of.
    pub updated: Option<Zoned>,
    /// Since when there are recordings of it.
    pub video_added: Option<Zoned>,
    /// The language of the site that it belongs to: its lists, and the folder that it lies in.
    pub language: LangId,
    /// The language that it is written in.
    pub lang: String,
    /// How far it is shown.
    pub standing: Standing,
    /// Order among pages of the same date.
    pub weight: i64,
    /// It lies in the folder of an event without being a talk, so that the event leads to it and no section lists it.
    pub is_beside_event: bool,
    /// The section that lists it.
    pub section: SectionId,
    /// Terms by taxonomy, in the order of [`crate::Site::taxonomies`].
    pub terms: Vec<Vec<TermId>>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Events that it is about.
    pub events: Vec<PageId>,
    /// Talks that it is about.
    pub talks: Vec<PageId>,
    /// What makes it a talk.
    pub talk: Option<TalkInfo>,
    /// Paths that redirect here.
    pub aliases: Vec<String>,
    /// Files beside it that are copied with it.
    pub assets: Vec<SitePath>,
    /// Id of the event that it is, or is a talk of; of a term's page the taxonomy.
    pub(crate) event_id: Option<String>,
    /// Header and body.
    pub document: Arc<Document>,
}

impl Page {
    /// Whether it is to be found by its address alone: in no list, feed, calendar or site map.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        self.standing.unlisted
    }
}
