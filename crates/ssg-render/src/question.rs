//! What a render can ask of anything but its own page.
//!
//! A question is a value: it can be compared, hashed and written down, so that what an output
//! depends on is the list of its questions with the digests of their answers. Every template
//! function becomes one of these, and so does everything that views and bodies look up.

use serde::{Deserialize, Serialize};
use ssg_parse::{Config, LangId};
use ssg_source::SitePath;
use std::fmt;
use std::sync::Arc;

/// A question about the site, its theme or its configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the template reference documents each function")]
pub enum Question {
    // What template functions ask. Lists are answered by which pages they hold, in order; what is
    // shown of each page is a question of its own.
    Recent {
        kind: String,
        limit: usize,
    },
    Events {
        state: Option<String>,
        limit: usize,
        descending: bool,
    },
    GetPage {
        path: String,
    },
    GetSection {
        path: String,
    },
    SectionPages {
        path: String,
        limit: usize,
    },
    GetEvent {
        id: String,
    },
    TalksOfEvent {
        id: String,
    },
    TalksOfTerm {
        taxonomy: String,
        term: String,
    },
    RecapsOfEvent {
        id: String,
    },
    RecapsOfTalk {
        id: String,
    },
    RecapsOfTerm {
        taxonomy: String,
        term: String,
    },
    WrittenBy {
        person: String,
    },
    OrganizedBy {
        person: String,
    },
    Schedule {
        event: String,
    },
    Editions {
        series: String,
        /// At most so many, the latest.
        limit: usize,
    },
    Series,
    Terms {
        taxonomy: String,
        by_count: bool,
        limit: usize,
    },
    GetTerm {
        taxonomy: String,
        name: String,
    },
    TermPages {
        taxonomy: String,
        term: String,
        kind: Option<String>,
        limit: usize,
    },
    CoSpeakers {
        speaker: String,
    },
    Neighbours {
        path: String,
    },
    Related {
        path: String,
        limit: usize,
    },
    Archive,
    Menu,
    Languages,
    Data {
        path: String,
        required: bool,
    },
    Asset {
        path: String,
        required: bool,
    },
    Text {
        lang: String,
        key: String,
    },

    // What views ask.
    /// What the output at a path is called in other languages, and where.
    Translations(Arc<str>),
    /// What lists show of the page at a path.
    Card(Arc<str>),
    /// What the page at a path shows of itself.
    Own(Arc<str>),
    /// The venue of the event whose page lies at a path.
    Venue(Arc<str>),
    /// The body of the page at a path, as feeds show it.
    Body(Arc<str>),
    /// What the section of a directory shows of itself.
    Section(Arc<str>),
    /// What a term shows of itself.
    Term {
        taxonomy: Arc<str>,
        slug: Arc<str>,
    },
    /// What the index of a taxonomy shows.
    Taxonomy(Arc<str>),
    /// Which pages a sheet of a list holds, and how many sheets there are.
    Sheet {
        list: List,
        number: usize,
    },
    /// Which pages a feed holds, and what it is called.
    Feed(List),
    /// Which feeds belong to the outputs of a list.
    FeedLinks(List),
    /// The addresses of the site map.
    Sitemap,
    /// The redirects.
    Redirects,
    /// A file of the API.
    Api(ApiOf),
    /// The schedule for apps of the event at a path.
    ScheduleFile(Arc<str>),
    /// A calendar.
    Calendar(CalendarOf),
    /// Which calendars belong to the output that has this one, or would have it.
    CalendarLinks(CalendarOf),
    /// When the site changes next.
    NextBuild,
    /// The picture of the page at a path.
    SocialCard(Arc<str>),
    /// Whether there is a picture of the page at a path.
    CardLink(Arc<str>),
    /// How the site is hosted, and which assets have names that bear a hash.
    Hosting,
    /// What all outputs together need of a content security policy; late outputs alone can ask it.
    Needs,

    // What bodies ask.
    /// What a content file became, for a link to it.
    Link(SitePath),
    /// Whether a content file has an anchor.
    Anchor {
        source: SitePath,
        id: String,
    },
    /// Where a file beside a page goes.
    Beside(SitePath),
    /// Which files lie in a folder of the content.
    BesideNames(String),
    /// The size of an image.
    Image(SitePath),
    /// Which files lie in a folder of data.
    DataNames(SitePath),

    /// A question as readers of a language other than the main one ask it.
    In {
        lang: Arc<str>,
        question: Box<Self>,
    },

    /// A file that was another one when it was read again in the same build. No answer is ever the
    /// same as this one, so the next build renders whatever saw both.
    Changing(SitePath),

    // What rendering itself asks.
    /// The first of these templates that exists, with all that it extends, includes and calls;
    /// names are separated by commas.
    Template(String),
    /// The names of all shortcodes.
    Shortcodes,
    /// A key of the configuration, dotted; empty for the whole.
    Config(String),
    /// An option of the theme; empty for all.
    Options(String),
    /// What every output depends on: the base URL, how Markdown is rendered, and who is shown nowhere.
    Settings,
}

impl Question {
    /// The question as readers of a language ask it.
    #[must_use]
    pub fn in_language(self, config: &Config, language: LangId) -> Self {
        if language.is_main() {
            return self;
        }
        Self::In { lang: config.tag(language).into(), question: Box::new(self) }
    }

    /// What is asked in another language than the main one, where the answer rests on the same files
    /// in all of them: an event, a link, and not the text of a section.
    #[must_use]
    pub fn in_any_language(&self) -> Option<&Self> {
        match self {
            Self::In { question, .. } => Some(&**question).filter(|question| {
                !matches!(question, Self::Section(_) | Self::Term { .. } | Self::Taxonomy(_))
            }),
            _ => None,
        }
    }

    /// Whether a template function asks it of the site's pages, so that its answer is another one in
    /// another language.
    pub(crate) fn is_about_lists(&self) -> bool {
        matches!(
            self,
            Self::Recent { .. }
                | Self::Events { .. }
                | Self::GetPage { .. }
                | Self::GetSection { .. }
                | Self::SectionPages { .. }
                | Self::GetEvent { .. }
                | Self::TalksOfEvent { .. }
                | Self::TalksOfTerm { .. }
                | Self::RecapsOfEvent { .. }
                | Self::RecapsOfTalk { .. }
                | Self::RecapsOfTerm { .. }
                | Self::WrittenBy { .. }
                | Self::OrganizedBy { .. }
                | Self::Schedule { .. }
                | Self::Editions { .. }
                | Self::Series
                | Self::Terms { .. }
                | Self::GetTerm { .. }
                | Self::TermPages { .. }
                | Self::CoSpeakers { .. }
                | Self::Archive
                | Self::Menu
                | Self::Languages
        )
    }
}

/// Which list of pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum List {
    /// The newest posts of the site.
    Site,
    /// The pages of the section of a directory.
    Section(Arc<str>),
    /// The pages of a term.
    Term {
        /// Name of its taxonomy.
        taxonomy: Arc<str>,
        /// Its slug.
        slug: Arc<str>,
    },
}

/// Which calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CalendarOf {
    /// That of the event or talk whose page lies at a path.
    Page(Arc<str>),
    /// That of the series of a slug.
    Series(Arc<str>),
    /// That of a term's talks.
    Term {
        /// Name of its taxonomy.
        taxonomy: Arc<str>,
        /// Its slug.
        slug: Arc<str>,
    },
    /// What is still to come.
    Upcoming,
    /// When calls for papers close.
    Calls,
}

/// Which file of the API.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApiOf {
    /// All events.
    Events,
    /// All talks.
    Talks,
    /// All terms of a taxonomy.
    Terms(Arc<str>),
    /// The event whose page lies at a path, with its talks and its schedule.
    Event(Arc<str>),
}

impl fmt::Display for ApiOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Events => write!(f, "all events"),
            Self::Talks => write!(f, "all talks"),
            Self::Terms(taxonomy) => write!(f, "all {taxonomy}"),
            Self::Event(path) => write!(f, "the event {path}"),
        }
    }
}

impl fmt::Display for CalendarOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(path) => write!(f, "{path}"),
            Self::Series(slug) => write!(f, "the series {slug}"),
            Self::Term { taxonomy, slug } => write!(f, "{taxonomy}/{slug}"),
            Self::Upcoming => write!(f, "upcoming events"),
            Self::Calls => write!(f, "calls for papers"),
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => write!(f, "the site"),
            Self::Section(dir) if dir.is_empty() => write!(f, "the home page"),
            Self::Section(dir) => write!(f, "the section {dir}"),
            Self::Term { taxonomy, slug } => write!(f, "{taxonomy}/{slug}"),
        }
    }
}

/// In words, after "changed:", "through" or "when one of these changes:".
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recent { kind, .. } => write!(f, "which are the newest {kind}s"),
            Self::Events { state: Some(state), .. } => write!(f, "which events are {state}"),
            Self::Events { state: None, .. } => write!(f, "which events there are"),
            Self::GetPage { path } => write!(f, "which page `{path}` is"),
            Self::GetSection { path } => write!(f, "title and size of the section `{path}`"),
            Self::SectionPages { path, .. } => write!(f, "which pages the section `{path}` lists"),
            Self::GetEvent { id } => write!(f, "which page the event `{id}` has"),
            Self::TalksOfEvent { id } => write!(f, "which talks `{id}` has"),
            Self::TalksOfTerm { taxonomy, term } => write!(f, "which talks name `{term}` in {taxonomy}"),
            Self::RecapsOfEvent { id } => write!(f, "which posts are about the event `{id}`"),
            Self::RecapsOfTalk { id } => write!(f, "which posts are about the talk `{id}`"),
            Self::RecapsOfTerm { taxonomy, term } => {
                write!(f, "which posts name `{term}` in {taxonomy}, or a talk that does")
            }
            Self::WrittenBy { person } => write!(f, "what {person} wrote"),
            Self::OrganizedBy { person } => write!(f, "which events {person} organized"),
            Self::Series => write!(f, "which series there are, with their editions"),
            Self::Schedule { event } => write!(f, "the schedule of `{event}`"),
            Self::Editions { series, .. } => write!(f, "the editions of `{series}`"),
            Self::Terms { taxonomy, .. } => write!(f, "the {taxonomy} and how often each is used"),
            Self::GetTerm { taxonomy, name } => write!(f, "which of the {taxonomy} is `{name}`"),
            Self::TermPages { taxonomy, term, .. } => write!(f, "which pages name `{term}` in {taxonomy}"),
            Self::CoSpeakers { speaker } => write!(f, "who spoke with {speaker}"),
            Self::Neighbours { path } => write!(f, "which pages come before and after {path}"),
            Self::Related { path, .. } => write!(f, "which posts are related to {path}"),
            Self::Archive => write!(f, "which posts there are"),
            Self::Languages => write!(f, "the languages of the site"),
            Self::Menu => write!(f, "what the menu lists"),
            Self::Data { path, .. } => write!(f, "the data file {path}"),
            Self::Asset { path, required: true } => write!(f, "the address of the asset {path}"),
            Self::Asset { path, required: false } => {
                write!(f, "the address of the asset {path}, if there is one")
            }
            Self::Text { lang, key } => write!(f, "the text `{key}` in i18n/{lang}.toml"),
            Self::Translations(path) => write!(f, "the translations of {path}"),
            Self::In { lang, question } => write!(f, "{question} (in `{lang}`)"),
            Self::Card(path) => write!(f, "title, summary and the like of {path}"),
            Self::Own(path) => write!(f, "the content of {path}"),
            Self::Venue(path) => write!(f, "the venue of {path}"),
            Self::Body(path) => write!(f, "the full text of {path}"),
            Self::Section(dir) if dir.is_empty() => write!(f, "the home page's own content"),
            Self::Section(dir) => write!(f, "the content of the section {dir}"),
            Self::Term { taxonomy, slug } => write!(f, "name and count of {taxonomy}/{slug}"),
            Self::Taxonomy(name) => write!(f, "all {name}, with their counts"),
            Self::Sheet { list, number } => write!(f, "which pages are on sheet {number} of {list}"),
            Self::Feed(list) => write!(f, "which pages are in the feed of {list}"),
            Self::FeedLinks(list) => write!(f, "the feeds of {list}"),
            Self::Sitemap => write!(f, "the addresses of all pages"),
            Self::Redirects => write!(f, "all redirects"),
            Self::Api(of) => write!(f, "what the API says of {of}"),
            Self::ScheduleFile(path) => write!(f, "the schedule of {path} for apps"),
            Self::Calendar(of) => write!(f, "the calendar of {of}"),
            Self::CalendarLinks(CalendarOf::Upcoming) => write!(f, "the calendars of the site"),
            Self::CalendarLinks(of) => write!(f, "which calendars {of} has"),
            Self::NextBuild => write!(f, "when the site changes next"),
            Self::SocialCard(path) => write!(f, "what the picture of {path} says"),
            Self::CardLink(path) => write!(f, "whether there is a picture of {path}"),
            Self::Hosting => write!(f, "[hosting] in ssg.toml, or the names of assets"),
            Self::Needs => write!(f, "which scripts, styles and foreign hosts pages have"),
            Self::Link(source) => write!(f, "where {source} lies in the site"),
            Self::Anchor { source, id } => write!(f, "whether {source} has the heading `#{id}`"),
            Self::Beside(source) => write!(f, "where the file {source} lies in the site, if it is there"),
            Self::BesideNames(folder) => write!(f, "which files lie in {folder}"),
            Self::Image(source) => write!(f, "the size of the image {source}"),
            Self::DataNames(dir) => write!(f, "which files lie in {dir}"),
            Self::Changing(source) => write!(f, "{source}, which changed while it was read"),
            Self::Template(names) if names.contains(',') => {
                write!(f, "the first template there is of {}", names.replace(',', ", "))
            }
            Self::Template(name) => write!(f, "the template {name}"),
            Self::Shortcodes => write!(f, "which shortcodes there are"),
            Self::Config(key) if key.is_empty() => write!(f, "the configuration as a whole"),
            Self::Config(key) => write!(f, "`{key}` in ssg.toml"),
            Self::Options(key) if key.is_empty() => write!(f, "all options of the theme"),
            Self::Options(key) => write!(f, "the theme's option `{key}`"),
            Self::Settings => write!(f, "base_url, lang, [markdown], [feeds] or unpublish in ssg.toml"),
        }
    }
}
