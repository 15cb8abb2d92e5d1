//! One content file as a value: header, body, and what is wrong with them.

use crate::digests::Digests;
use crate::file_name::is_html;
use crate::front_matter::{Format, FrontMatter, read_front_matter, split_header};
use crate::markdown::{MarkdownOptions, Piece, parse_html, parse_markdown};
use crate::outline::Outline;
use crate::toml_reader::read_toml;
use crate::value::Node;
use crate::yaml::read_yaml_header;
use serde::{Deserialize, Serialize};
use ssg_source::{Class, Diagnostic, Diagnostics, Digest, SitePath, Span, codes, decode};
use std::sync::Arc;

/// What parsing depends on besides the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParseOptions {
    /// Names of the site's taxonomies.
    pub taxonomies: Vec<String>,
    /// Markdown extensions and policy.
    pub markdown: MarkdownOptions,
}

/// A parsed content file.
///
/// Header and outline are all that the site is assembled from, and small. The pieces of the body are
/// needed only by outputs that show it, so a document that comes from the cache has none: whoever
/// needs them parses the file again ([`parse_document`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The header.
    pub front: Arc<FrontMatter>,
    /// What others may see of the body.
    pub outline: Arc<Outline>,
    /// The body.
    #[serde(skip)]
    pub pieces: Option<Arc<[Piece]>>,
    /// What tells whether the file says the same as before.
    pub digests: Digests,
    /// An error was found: the page cannot be built as it is.
    pub broken: bool,
    /// It is no page, but a file that is copied: HTML without a header.
    pub is_file: bool,
}

impl Document {
    /// A document without a body, for what has no file of its own; `origin` is the digest of
    /// whatever it was made from.
    #[must_use]
    pub fn from_front(front: FrontMatter, origin: Digest) -> Self {
        Self {
            digests: Digests::of_front(origin),
            front: Arc::new(front),
            outline: Arc::default(),
            pieces: Some(Arc::from([])),
            broken: false,
            is_file: false,
        }
    }

    /// The document without its body's pieces, which take most of the room.
    #[must_use]
    pub fn without_pieces(&self) -> Self {
        Self { pieces: None, ..self.clone() }
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::from_front(FrontMatter::default(), Digest::default())
    }
}

/// Parses one file. A malformed header still yields a document, so one bad file never hides the
/// errors in the next.
#[must_use]
pub fn parse_document(path: &SitePath, bytes: &[u8], options: &ParseOptions) -> (Document, Diagnostics) {
    let mut found = Diagnostics::new();
    let is_html = is_html(path.file_name());
    if is_html && !begins_with_header(bytes) {
        let file = Document::from_front(FrontMatter::default(), Digest::of_bytes(bytes));
        found.extend(decode(bytes).ok().and_then(|text| crate::front_matter::near_header(&text)));
        return (Document { is_file: true, ..file }, found);
    }
    let mut document = match decode(bytes) {
        Ok(text) => parse_text(&text, is_html, Digest::of_bytes(bytes), options, &mut found),
        Err(error) => {
            found.add(
                Diagnostic::error(codes::ENCODING, error.to_string())
                    .class(Class::Content)
                    .hint_if(error.hint()),
            );
            let is_unreadable = begins_with_header(bytes);
            let front = FrontMatter { is_unreadable, ..FrontMatter::default() };
            Document::from_front(front, Digest::of_bytes(bytes))
        }
    };
    for one in &mut found {
        one.path = Some(path.clone());
    }
    document.broken = found.has_errors();
    (document, found)
}

/// Whether the first line that is not empty is a fence of a header.
fn begins_with_header(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blank = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let start = bytes[..blank].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let bytes = &bytes[start..];
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = bytes.get(..end).unwrap_or_default().trim_ascii_end();
    line == b"---" || line == b"+++"
}

/// JSON is read as the YAML that it is, but mistakes are told in its own words.
fn read_json_header(source: &str, offset: usize, found: &mut Diagnostics) -> Option<Node> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) else {
        return read_yaml_header(source, offset, found);
    };
    let above: usize = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = offset + (above + error.column().saturating_sub(1)).min(source.len());
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    found
        .add(Diagnostic::error(codes::JSON, format!("invalid JSON in the header: {words}")).at(Span::at(at)));
    None
}

fn parse_text(
    text: &str,
    is_html: bool,
    content: Digest,
    options: &ParseOptions,
    found: &mut Diagnostics,
) -> Document {
    let header = split_header(text, found);
    let is_cut = found.has_errors();
    let source = header.front.slice(text);
    let offset = header.front.start as usize;
    let node = match header.format {
        Some(Format::Json) => read_json_header(&header.readable(source), offset, found),
        Some(Format::Yaml) => read_yaml_header(source, offset, found),
        Some(Format::Toml) => Some(read_toml(source, offset, found)),
        None => None,
    };
    // Errors of the header's language: what it says is not known, be it that the page is a draft.
    let is_unreadable = is_cut || header.format.is_some() && (node.is_none() || found.has_errors());
    let front = match &node {
        Some(node) => {
            let front = read_front_matter(node, &options.taxonomies, found);
            FrontMatter {
                format: header.format,
                is_unreadable: is_unreadable || front.is_unreadable,
                ..front
            }
        }
        None => FrontMatter { is_unreadable, ..FrontMatter::default() },
    };
    let body_span: Span = header.body;
    let parse = if is_html { parse_html } else { parse_markdown };
    let body = parse(body_span.slice(text), body_span.start as usize, &options.markdown, found);
    let (outline, pieces) = Outline::of(body, node.as_ref());
    let header_text = text.get(..body_span.start as usize).unwrap_or("");
    let heading = outline.headings.first().map(|heading| heading.title.as_str());
    Document {
        digests: Digests::new(content, header_text, heading, found.has_errors()),
        front: Arc::new(front),
        outline: Arc::new(outline),
        pieces: Some(pieces),
        broken: false,
        is_file: false,
    }
}
