//! Feeds: one value, written as Atom (RFC 4287), RSS 2.0 or JSON Feed 1.1.
//!
//! The time of a feed comes from its entries, never from a clock, so that a
//! feed changes only when its content does. Titles and names are plain text on
//! one line; summaries and contents are HTML that the caller has made safe and
//! whose links are absolute. Each format is a file below `feed/`.

mod atom;
mod json;
mod rss;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset, SecondsFormat, Timelike as _};
use quick_xml::events::Event;

use super::escape;

/// What a feed says about itself, and its entries in the order to be written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feed {
    /// Plain text.
    pub title: String,
    /// Plain text; may be empty.
    pub description: String,
    /// Permalink of the HTML page that lists the same entries.
    pub permalink: String,
    /// Permalink of the feed itself, in the format rendered.
    pub self_permalink: String,
    /// Language tag (BCP 47).
    pub lang: String,
    /// The site's author, who stands for entries without authors of their own.
    pub author: Option<String>,
    /// The entries, as a rule newest first.
    pub entries: Vec<FeedEntry>,
    /// The version of `ssg`; no version is written where it is empty.
    pub generator_version: String,
}

/// One page in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct FeedEntry {
    /// The page's permalink, which is its identity in every format where it has no other.
    pub permalink: String,
    /// What it was known by before: an address, or any other text.
    pub id: Option<String>,
    /// Plain text.
    pub title: String,
    /// RFC 3339; anything else counts as no date. Written in whole seconds.
    pub published: Option<String>,
    /// RFC 3339; anything else counts as no date. Written in whole seconds.
    pub updated: Option<String>,
    /// HTML; may be empty.
    pub summary: String,
    /// HTML, links already absolute.
    pub content: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Names of the terms under which the page is filed.
    pub categories: Vec<String>,
    /// Permalink of the page's image.
    pub image: Option<String>,
    /// A file that readers fetch with the entry.
    pub enclosure: Option<Enclosure>,
}

/// A file that goes with an entry: a recording to listen to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Enclosure {
    /// Its address.
    pub url: String,
    /// In bytes; 0 where nobody knows.
    pub length: u64,
    /// Media type.
    pub media_type: String,
}

impl FeedEntry {
    /// The identity: an IRI, and whether it is another one than the permalink.
    pub(crate) fn identity(&self) -> (String, bool) {
        match self.id.as_deref().filter(|id| !id.is_empty()) {
            None => (escape::uri(&self.permalink), false),
            Some(id) if id.contains(':') => (escape::uri(id), true),
            Some(id) => (escape::uri(&format!("urn:x-entry:{id}")), true),
        }
    }
}

/// The formats in which a feed can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum FeedFormat {
    /// Atom, RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// All formats, in the order in which pages link to them.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// The format of a name in `[feeds] formats`: `atom`, `rss` or `json`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The name in `[feeds] formats`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
        }
    }

    /// The file's name: `atom.xml`, `rss.xml` or `feed.json`.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// The media type, for `<link rel="alternate" type="…">` and for servers.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// The text of `feed` in `format`, with a line end after it. Never fails.
///
/// Where a format demands what is missing: an Atom entry without dates, and an
/// Atom feed in which no entry has any, is of 1970-01-01T00:00:00Z; an Atom
/// feed without author is by its own title; a description that RSS misses is
/// the title; an untitled RSS item without summary has its permalink for title.
pub fn render_feed(format: FeedFormat, feed: &Feed) -> String {
    match format {
        FeedFormat::Atom => atom::render(feed),
        FeedFormat::Rss => rss::render(feed),
        FeedFormat::Json => json::render(feed),
    }
}

/// When a feed changed last by its entries, RFC 3339; that of an empty one is 1970-01-01T00:00:00Z, as in [`render_feed`].
pub fn last_change(feed: &Feed) -> String {
    feed.latest()
        .unwrap_or_else(|| DateTime::UNIX_EPOCH.fixed_offset())
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Why a text is no document of the format's kind; `None` where it is well-formed XML, or JSON.
pub fn why_malformed(format: FeedFormat, text: &str) -> Option<String> {
    if format == FeedFormat::Json {
        return serde_json::from_str::<serde::de::IgnoredAny>(text).err().map(|error| error.to_string());
    }
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut open, mut roots) = (0usize, 0usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                roots += usize::from(open == 0);
                open += 1;
            }
            Ok(Event::Empty(_)) => roots += usize::from(open == 0),
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) if open > 0 => return Some("an element is not closed".to_owned()),
            Ok(Event::Eof) if roots != 1 => return Some(format!("it has {roots} outermost elements")),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len());
                let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1;
                return Some(format!("{error}, in line {line} of what it writes"));
            }
        }
    }
}

type Instant = DateTime<FixedOffset>;

/// An RFC 3339 date-time in whole seconds; a leap second becomes the second before it.
pub(super) fn parse_date(date: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(date).ok()?.with_nanosecond(0)
}

impl Feed {
    /// The latest date that an entry has.
    fn latest(&self) -> Option<Instant> {
        self.entries.iter().filter_map(FeedEntry::latest).max()
    }

    fn author(&self) -> Option<String> {
        self.author.as_deref().map(escape::one_line).filter(|name| !name.is_empty())
    }
}

impl FeedEntry {
    fn published(&self) -> Option<Instant> {
        self.published.as_deref().and_then(parse_date)
    }

    fn updated(&self) -> Option<Instant> {
        self.updated.as_deref().and_then(parse_date)
    }

    /// The later of the two dates: a page cannot have changed before it appeared.
    fn latest(&self) -> Option<Instant> {
        self.published().max(self.updated())
    }

    /// When it changed last, RFC 3339.
    pub(crate) fn changed(&self) -> Option<String> {
        self.latest().map(|latest| latest.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    fn image(&self) -> Option<String> {
        self.image.as_deref().map(escape::uri).filter(|image| !image.is_empty())
    }
}

/// The text with neither control characters nor emptiness.
fn filled(html: &str) -> Option<String> {
    let clean = escape::xml_text(html);
    (!clean.trim().is_empty()).then_some(clean)
}
