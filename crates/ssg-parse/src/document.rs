//! One content file as a value: header, body, and what is wrong with them.

use crate::front_matter::{Format, FrontMatter, read_front_matter, split_header};
use crate::markdown::{Body, MarkdownOptions, parse_markdown};
use crate::toml_reader::read_toml;
use crate::yaml::read_yaml;
use serde::{Deserialize, Serialize};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, Span, decode};
use std::sync::Arc;

/// What parsing depends on besides the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParseOptions {
    /// Names of the site's taxonomies.
    pub taxonomies: Vec<String>,
    /// Markdown extensions and policy.
    pub markdown: MarkdownOptions,
}

/// A parsed content file. Metadata and body are apart, so that an edit of one leaves the other
/// as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The header.
    pub front: Arc<FrontMatter>,
    /// The body.
    pub body: Arc<Body>,
    /// An error was found: the page cannot be built as it is.
    pub broken: bool,
}

/// Parses one file. A malformed header still yields a document, so one bad file never hides the
/// errors in the next.
#[must_use]
pub fn parse_document(path: &SitePath, bytes: &[u8], options: &ParseOptions) -> (Document, Diagnostics) {
    let mut found = Diagnostics::new();
    let document = match decode(bytes) {
        Ok(text) => parse_text(&text, options, &mut found),
        Err(error) => {
            found.add(
                Diagnostic::error("encoding", error.to_string()).class(Class::Content).hint_if(error.hint()),
            );
            Document { front: Arc::default(), body: Arc::default(), broken: true }
        }
    };
    for one in &mut found {
        one.path = Some(path.clone());
    }
    (Document { broken: found.has_errors(), ..document }, found)
}

fn parse_text(text: &str, options: &ParseOptions, found: &mut Diagnostics) -> Document {
    let header = split_header(text, found);
    let source = header.front.slice(text);
    let offset = header.front.start as usize;
    let node = match header.format {
        Some(Format::Yaml) => read_yaml(source, offset, found),
        Some(Format::Toml) => Some(read_toml(source, offset, found)),
        None => None,
    };
    let front = match &node {
        Some(node) => read_front_matter(node, &options.taxonomies, found),
        None => FrontMatter::default(),
    };
    let body_span: Span = header.body;
    let body = parse_markdown(body_span.slice(text), body_span.start as usize, &options.markdown, found);
    Document { front: Arc::new(front), body: Arc::new(body), broken: false }
}
