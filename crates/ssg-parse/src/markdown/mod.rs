//! Markdown to a [`Body`]: HTML with holes.
//!
//! A body is parsed once and rendered often, so everything that depends on other pages, on the
//! theme or on the highlighter is left as a hole ([`Piece`]) with its place in the file, and the
//! rest is finished HTML. Nothing here knows another page: links are recorded, not resolved.

mod addresses;
mod annotations;
mod arguments;
mod containers;
mod footnotes;
mod heading_attributes;
mod heading_ids;
mod html;
mod html_body;
mod inserts;
mod kramdown;
mod liquid;
mod literal;
mod math;
mod page;
mod parse;
mod shortcodes;
mod source_map;
#[cfg(test)]
mod tests;
mod text;
mod writer;

pub use annotations::asks_for_annotations;
pub use html::{Attribute as HtmlAttribute, Tag as HtmlTag, tags as html_tags};
pub use html_body::parse_html;
pub use parse::parse_markdown;

use serde::{Deserialize, Serialize};
use ssg_source::Span;
use std::ops::Range;

/// A rendered body with holes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// HTML and holes in order.
    pub pieces: Vec<Piece>,
    /// Which pieces are the summary.
    pub summary: Option<SummaryRange>,
    /// Headings in order; ids are unique within the page.
    pub headings: Vec<Heading>,
    /// Every other `id` that the body defines (raw HTML, footnotes), for checking anchors.
    pub ids: Vec<String>,
    /// Text of the first paragraph, without markup, at most 300 characters.
    pub lead: String,
    /// How many words the body has. A CJK character counts as one; of scripts that part no words, such as Thai,
    /// so many letters as words have.
    pub words: u32,
    /// How many of them are single signs of Chinese, Japanese or Korean.
    pub signs: u32,
}

/// The part of a body that lists show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryRange {
    /// Range of [`Body::pieces`].
    pub pieces: Range<usize>,
    /// The author marked its end with `<!-- more -->`; else it is the first paragraph.
    pub marked: bool,
}

/// Finished HTML, or a hole in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// Finished HTML.
    Html(String),
    /// An opening `<a …>` tag; its content and `</a>` follow as pieces.
    LinkOpen {
        /// Destination as written.
        dest: String,
        /// Title, not escaped; may be empty.
        title: String,
        /// The link in the file.
        span: Span,
    },
    /// A whole image.
    Image {
        /// Source as written.
        dest: String,
        /// Alternative text, not escaped.
        alt: String,
        /// Title, not escaped; may be empty.
        title: String,
        /// The image in the file.
        span: Span,
    },
    /// An address in raw HTML: the value of an attribute.
    Address {
        /// As it is written, entities and all.
        written: String,
        /// The value in the file.
        span: Span,
    },
    /// A code block.
    Code {
        /// Info string as written after the fence; empty for indented code.
        info: String,
        /// The code.
        code: String,
        /// The info string in the file, or the block when there is none.
        span: Span,
        /// Marks that were taken out of the code, by line; only where the info string asks for them.
        marks: Vec<CodeMark>,
    },
    /// A call of a shortcode.
    Shortcode(Call),
}

/// A mark at the end of a line of code, which an entry of the list below the block explains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeMark {
    /// The line within the code, from 1.
    pub line: u32,
    /// The number of the mark.
    pub number: u32,
    /// The `id` of the entry that explains it; none where nothing does.
    pub id: Option<String>,
}

/// A call of a shortcode: `{{ name(args) }}` or `{% name(args) %} … {% end %}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Name of the shortcode.
    pub name: String,
    /// Arguments in order.
    pub args: Vec<(String, Arg)>,
    /// The body between `{% name() %}` and `{% end %}`, as Markdown.
    pub body: Option<Vec<Piece>>,
    /// The call as it stands in the file, shown when no such shortcode exists: the opening tag.
    pub source: String,
    /// The closing tag as it stands in the file; empty for the first form.
    pub end: String,
    /// The opening tag in the file.
    pub span: Span,
    /// The call stands alone in its paragraph, and replaces it.
    pub block: bool,
    /// What text stands around a call within a paragraph.
    pub around: Around,
}

/// What stands around the call of a shortcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Around {
    /// No tags of a paragraph.
    NoParagraph,
    /// A paragraph, in which it has a line of its own.
    Lines,
    /// A sentence.
    Sentence,
}

/// An argument of a shortcode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// `"text"`, `'text'` or `` `text` ``.
    Text(String),
    /// `42`
    Integer(i64),
    /// `4.2`
    Float(f64),
    /// `true` or `false`
    Bool(bool),
    /// `[1, "two"]`
    List(Vec<Arg>),
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Value of the `id` attribute.
    pub id: String,
    /// Text without markup.
    pub title: String,
    /// The heading in the file.
    pub span: Span,
}

/// What the site's `[markdown]` table sets.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarkdownOptions {
    /// Turn straight quotes, `--` and `...` into typographic ones.
    pub smart_punctuation: bool,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// How ids are made of headings.
    pub heading_ids: HeadingIds,
    /// Make links of addresses that stand as text.
    pub bare_urls: bool,
    /// Put signs in the place of their names, such as `:rocket:`.
    pub emoji: bool,
    /// Read `$…$` and `$$…$$` as formulas.
    pub math: bool,
}

/// How ids are made of the texts of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HeadingIds {
    /// As slugs of pages: transliterated, runs of other signs are one `-`.
    Slug,
    /// As GitHub makes them: letters of all scripts and `_` stay, spaces are `-`, other signs go.
    Github,
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RawHtml {
    /// It is kept: the authors are trusted.
    Allow,
    /// It is shown as text.
    Escape,
    /// It is kept here, and the finished body is sanitised when rendered.
    Sanitize,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            smart_punctuation: true,
            raw_html: RawHtml::Allow,
            heading_ids: HeadingIds::Slug,
            bare_urls: false,
            emoji: false,
            math: false,
        }
    }
}
