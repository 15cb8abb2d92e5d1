//! Escaping, and the little that must be known of raw HTML: comments and anchors.

use ssg_source::markup::{Quotes, escape};
use std::ops::Range;

/// Appends `text` as content of an element.
pub(super) fn push_text(out: &mut String, text: &str) {
    escape(text, Quotes::Kept, out);
}

/// Appends `text` as a double-quoted attribute value.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    escape(text, Quotes::Double, out);
}

/// The ranges of comments in `html`; one that is not closed reaches to the end.
pub(super) fn comments(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find("<!--").map(|start| start + at) {
        let end = html[start + 4..].find("-->").map_or(html.len(), |end| start + 4 + end + 3);
        found.push(start..end);
        at = end;
    }
    found
}

/// Whether a comment is the mark that ends the summary.
pub(super) fn is_more(comment: &str) -> bool {
    comment
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inner| inner.trim().eq_ignore_ascii_case("more"))
}

/// Whether an HTML block holds foreign text, in which nothing is expanded.
pub(super) fn is_verbatim(block: &str) -> bool {
    let block = block.trim_start();
    ["<script", "<style", "<pre", "<textarea"].iter().any(|tag| {
        block.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && block[tag.len()..].starts_with(|c: char| c.is_whitespace() || c == '>')
    })
}

/// Whether the name of an attribute can be written as it is.
pub(super) fn is_attribute_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

/// The anchors that `html` defines: every `id`, and the `name` of `<a>`.
///
/// A scan, not a parser: comments are skipped, entities in values are not decoded.
pub(super) fn anchors(html: &str, mut add: impl FnMut(&str)) {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| open + at) {
        at = open + 1;
        if html[at..].starts_with("!--") {
            at = html[at..].find("-->").map_or(html.len(), |end| at + end);
            continue;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let tag = token(html, &mut at);
        loop {
            skip(bytes, &mut at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            match bytes.get(at) {
                None | Some(b'>' | b'<') => break,
                Some(_) => {}
            }
            let name = token(html, &mut at);
            if name.is_empty() {
                at += 1;
                skip(bytes, &mut at, |byte| byte & 0xc0 == 0x80);
                continue;
            }
            skip(bytes, &mut at, |byte| byte.is_ascii_whitespace());
            if bytes.get(at) != Some(&b'=') {
                continue;
            }
            at += 1;
            skip(bytes, &mut at, |byte| byte.is_ascii_whitespace());
            let value = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                let start = at + 1;
                let end = html[start..].find(char::from(*quote)).map_or(html.len(), |end| start + end);
                at = html.len().min(end + 1);
                &html[start..end]
            } else {
                let start = at;
                skip(bytes, &mut at, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                &html[start..at]
            };
            let anchor = name.eq_ignore_ascii_case("id")
                || (name.eq_ignore_ascii_case("name") && tag.eq_ignore_ascii_case("a"));
            if anchor && !value.is_empty() {
                add(value);
            }
        }
    }
}

fn skip(bytes: &[u8], at: &mut usize, which: impl Fn(u8) -> bool) {
    while bytes.get(*at).is_some_and(|byte| which(*byte)) {
        *at += 1;
    }
}

fn token<'a>(html: &'a str, at: &mut usize) -> &'a str {
    let start = *at;
    skip(html.as_bytes(), at, |byte| byte.is_ascii_alphanumeric() || b"-_.:@".contains(&byte));
    &html[start..*at]
}
