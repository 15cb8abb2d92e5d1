//! The typed header of a page.
//!
//! Every key of DESIGN section 2 is read here, and the spellings of Jekyll, Octopress, Hugo and
//! Zola are mapped or reported. What is wrong with one key never hides the others.

mod event;
mod event_places;
mod header;
mod publication;
mod read;
mod read_event;
mod table_addresses;

pub use event::{
    Attendance, Details, EventTable, MediaLink, Online, Organizer, Room, Row, Sponsor, SponsorLevel,
    TalkTable, Venue, Window,
};
pub use event_places::EventPlaces;
pub(crate) use header::near_header;
pub use header::{Format, Header, split_header};
pub use publication::{Hold, Publication, PublicationWords, Released};
pub use read::read_front_matter;

use crate::address::Address;
use crate::named_by_id::NamedById;
use crate::value::{Spanned, Value};
use crate::when::When;
use serde::{Deserialize, Serialize};
use ssg_source::Span;

/// The typed header of a page. Absent keys are `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// How it is written, for hints that show a line of it.
    pub format: Option<Format>,
    /// It is there and cannot be read, or what it says of going out is mistaken: nobody knows whether it keeps back its page,
    /// and what waits for that.
    pub is_unreadable: bool,
    /// Title, plain text.
    pub title: Option<Spanned<String>>,
    /// Date of publication.
    pub date: Option<Spanned<When>>,
    /// Date of the last change that readers should know of.
    pub updated: Option<Spanned<When>>,
    /// One sentence for lists and search engines, plain text.
    pub description: Option<Spanned<String>>,
    /// Last part of the path.
    pub slug: Option<Spanned<String>>,
    /// The whole path, in place of the one that follows from folder and slug.
    pub path: Option<Spanned<String>>,
    /// Paths that redirect here; on a term page other spellings as well.
    pub aliases: Vec<Spanned<String>>,
    /// Where readers of the page are led on to.
    pub redirect_to: Option<Spanned<Address>>,
    /// Addresses in the tables of an event and a talk, for checking.
    pub table_addresses: Vec<Spanned<String>>,
    /// Former names of a person.
    pub former_names: Vec<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Names of all lists that came with an id, by their places; the lists have the ids.
    pub named_by_id: Vec<NamedById>,
    /// Template to render with, in place of the kind's.
    pub template: Option<Spanned<String>>,
    /// What feeds and calendars know it by, whatever its address is.
    pub id: Option<Spanned<String>>,
    /// Whether it goes out, and which lists have it.
    pub publication: Publication,
    /// Not to be published before.
    pub publish_at: Option<Spanned<When>>,
    /// Not to be published from then on.
    pub expires: Option<Spanned<When>>,
    /// Order among pages of the same date; lower comes first.
    pub weight: Option<i64>,
    /// Terms by taxonomy, in the order of the file.
    pub taxonomies: Vec<(String, Vec<Spanned<String>>)>,
    /// Ids of events that the page is about.
    pub events: Vec<Spanned<String>>,
    /// Ids (`event/slug`) of talks that the page is about.
    pub talks: Vec<Spanned<String>>,
    /// Whether to show a table of contents.
    pub toc: Option<bool>,
    /// Markdown that stands for the summary.
    pub excerpt: Option<Spanned<String>>,
    /// Language of the page.
    pub lang: Option<Spanned<String>>,
    /// What ties it to its translations, where their files' names do not.
    pub translation_key: Option<Spanned<String>>,
    /// Path of an image that stands for the page.
    pub image: Option<Spanned<Address>>,
    /// What of it stays in sight where a part is shown: per cent from the left and from the top.
    pub image_focus: Option<(u8, u8)>,
    /// A recording to listen to, which feeds bring with the page.
    pub audio: Option<AudioLink>,
    /// Slides.
    pub slides: Vec<MediaLink>,
    /// Recordings.
    pub video: Vec<MediaLink>,
    /// Since when there are recordings.
    pub video_added: Option<Spanned<When>>,
    /// How many pages a pager of this section has (sections only).
    pub paginate_by: Option<i64>,
    /// The `[event]` table.
    pub event: Option<Box<EventTable>>,
    /// The `[talk]` table.
    pub talk: Option<Box<TalkTable>>,
    /// The author's own values.
    pub extra: Option<Value>,
}

/// A recording to listen to: where it is, and what is known of the file where it is not the site's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AudioLink {
    /// A file beside the page, or an address.
    pub url: Address,
    /// Where that stands.
    pub span: Span,
    /// In bytes.
    pub length: Option<u64>,
    /// Media type, such as `audio/mpeg`.
    pub media_type: Option<String>,
}

/// Headers are no deeper than their types, so this ends.
fn remove_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.shift_remove("span");
            fields.values_mut().for_each(remove_places);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(remove_places),
        _ => {}
    }
}

impl FrontMatter {
    /// A line of this header with a list of texts, ready to be pasted.
    #[must_use]
    pub fn list_line<'a>(&self, key: &str, texts: impl IntoIterator<Item = &'a str>) -> String {
        let texts: Vec<String> = texts.into_iter().map(quoted).collect();
        let texts = texts.join(", ");
        match self.format {
            Some(Format::Yaml) => format!("{key}: [{texts}]"),
            Some(Format::Json) => format!("\"{key}\": [{texts}]"),
            Some(Format::Toml) | None => format!("{key} = [{texts}]"),
        }
    }

    /// Whether it says that the page is a draft.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.publication.hold == Some(Hold::Draft)
    }

    /// The terms of one taxonomy.
    #[must_use]
    pub fn terms(&self, taxonomy: &str) -> &[Spanned<String>] {
        self.taxonomies.iter().find(|(name, _)| name == taxonomy).map_or(&[], |(_, terms)| terms)
    }

    /// The name that an entry of one of its lists came with, where the entry is an id.
    #[must_use]
    pub fn named_by(&self, entry: &Spanned<String>) -> Option<&NamedById> {
        let at = self.named_by_id.binary_search_by_key(&entry.span, |named| named.span).ok()?;
        self.named_by_id.get(at).filter(|named| named.id == entry.value)
    }

    /// Whether this header differs from another in nothing but its texts: title, description, excerpt
    /// and the author's own values. Places in the file do not count.
    #[must_use]
    pub fn differs_in_texts_only(&self, other: &Self) -> bool {
        self.facts().is_some_and(|facts| other.facts().is_some_and(|others| facts == others))
    }

    /// All but the texts, as a value without places.
    fn facts(&self) -> Option<serde_json::Value> {
        let texts = Self { title: None, description: None, excerpt: None, extra: None, ..self.clone() };
        let mut facts = serde_json::to_value(texts).ok()?;
        remove_places(&mut facts);
        Some(facts)
    }
}

/// A text in quotation marks, as YAML and TOML both read it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use crate::{ParseOptions, parse_document};
    use ssg_source::SitePath;

    #[test]
    fn texts_are_told_from_facts() {
        let front = |header: &str| {
            let path = SitePath::new("content/posts/x.md").expect("valid");
            let text = format!("---\n{header}\n---\ntext\n");
            parse_document(&path, text.as_bytes(), &ParseOptions::default()).0.front
        };
        let before = front("title: A\ndate: 2020-01-02\ntools: [x]\nextra:\n  a: 1");
        let texts = front("description: d\ntitle: Another\ndate: 2020-01-02\ntools: [x]");
        assert!(before.differs_in_texts_only(&texts));
        for facts in ["date: 2020-01-03\ntools: [x]", "date: 2020-01-02\nweight: 3", "draft: true"] {
            assert!(!before.differs_in_texts_only(&front(&format!("title: A\n{facts}"))), "{facts}");
        }
    }
}
