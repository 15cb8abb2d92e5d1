//! One content file: front matter, Markdown with holes, shortcode calls, headings and links.
//!
//! Everything here is a pure function of one file's bytes. It cannot name another page: references
//! are recorded with their places and resolved in `ssg-taxonomy` and `ssg-render`.

#![forbid(unsafe_code)]

mod address;
pub mod attributes;
mod cards;
mod config;
mod digests;
mod document;
mod edges;
mod fields;
mod file_name;
mod fold;
mod front_matter;
mod hosting;
mod icons;
pub mod keys;
mod languages;
mod markdown;
mod media;
mod mentions;
mod named_by_id;
mod open_date;
mod outline;
mod person_name;
mod pictures;
mod placeholder_name;
mod slug;
mod toml_reader;
mod toml_text;
mod url;
mod value;
mod when;
mod withholding;
mod yaml;

pub use address::{Address, NoAddress, SCHEMES};
pub use cards::CardOptions;
pub use config::{
    Bucket, CacheOptions, CheckOptions, Config, ExternalLinks, FeedOptions, OutputOptions, Permalink, Remote,
    TaxonomyOptions, ThemePin, check_base_url, read_allowed_host, read_config, wrong_host,
};
pub use digests::Digests;
pub use document::{Document, ParseOptions, parse_document};
pub use edges::{Edge, edges};
pub use fields::Fields;
pub use file_name::{FileName, NotContent, is_html, is_other_markup, is_page, not_content, read_file_name};
pub use fold::fold_name;
pub use front_matter::{
    Attendance, AudioLink, Details, EventPlaces, EventTable, Format, FrontMatter, Header, Hold, MediaLink,
    Online, Organizer, Publication, PublicationWords, Released, Room, Row, Sponsor, SponsorLevel, TalkTable,
    Venue, Window, read_front_matter, split_header,
};
pub use hosting::{Csp, Encoding, Host, Hosting, is_domain};
pub use icons::IconOptions;
pub use languages::{
    LangId, Language, base_language, check_tag, direction, is_usual_language, locale, own_name,
};
pub use markdown::{
    Arg, Around, Body, Call, CodeMark, Heading, HeadingIds, HtmlAttribute, HtmlTag, MarkdownOptions, Piece,
    RawHtml, SummaryRange, asks_for_annotations, html_tags, parse_markdown,
};
pub use media::Media;
pub use mentions::files_named_in;
pub use named_by_id::NamedById;
pub use open_date::OpenDate;
pub use outline::{Outline, Summary};
pub use pictures::{Originals, PictureFormat, PictureOptions, picture_focus};
pub use placeholder_name::is_placeholder_name;
pub use slug::slugify;
pub use toml_reader::{read_toml, written_values};
pub use toml_text::toml_text;
pub use url::{decode_path, encode_path, encode_url, host_and_path, path_on_own_host};
pub use value::{Field, Node, Spanned, Value};
pub use when::{When, read_when, zone_word};
pub use yaml::{read_yaml, read_yaml_of_others};
