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

/// A tag of HTML.
pub struct Tag<'a> {
    /// As it is written.
    pub name: &'a str,
    /// `</name>`
    pub closing: bool,
    /// Those with a value.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
pub struct Attribute<'a> {
    /// As it is written.
    pub name: &'a str,
    /// The whole attribute.
    pub range: Range<usize>,
    /// The value without its quotation marks.
    pub value: Range<usize>,
}

/// Elements whose content is no HTML.
const FOREIGN: [&str; 4] = ["script", "style", "textarea", "xmp"];

/// The tags of `html` in order: a scan, not a parser. Comments and the content of scripts are skipped.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += html.get(at..)?.find('<')? + 1;
            if html[at..].starts_with("!--") {
                at = html[at..].find("-->").map_or(html.len(), |end| at + end);
                continue;
            }
            let closing = html[at..].starts_with('/');
            let name = at + usize::from(closing);
            if html.as_bytes().get(name).is_some_and(u8::is_ascii_alphabetic) {
                at = name;
                let tag = tag(html, &mut at, closing);
                if !closing && FOREIGN.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
                    at = end_of(html, at, tag.name);
                }
                return Some(tag);
            }
        }
    })
}

/// Where the closing tag of an element begins; without one, the end.
fn end_of(html: &str, from: usize, name: &str) -> usize {
    html[from..]
        .match_indices("</")
        .find(|(at, _)| {
            let after = html[from + at + 2..].get(..name.len());
            after.is_some_and(|after| after.eq_ignore_ascii_case(name))
        })
        .map_or(html.len(), |(at, _)| from + at)
}

fn tag<'a>(html: &'a str, at: &mut usize, closing: bool) -> Tag<'a> {
    let bytes = html.as_bytes();
    let name = token(html, at);
    let mut attributes = Vec::new();
    loop {
        skip(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        match bytes.get(*at) {
            None | Some(b'>' | b'<') => break,
            Some(_) => {}
        }
        let from = *at;
        let attribute = token(html, at);
        if attribute.is_empty() {
            *at += 1;
            skip(bytes, at, |byte| byte & 0xc0 == 0x80);
            continue;
        }
        skip(bytes, at, |byte| byte.is_ascii_whitespace());
        if bytes.get(*at) != Some(&b'=') {
            continue;
        }
        *at += 1;
        skip(bytes, at, |byte| byte.is_ascii_whitespace());
        let value = if let Some(quote @ (b'"' | b'\'')) = bytes.get(*at) {
            let start = *at + 1;
            let end = html[start..].find(char::from(*quote)).map_or(html.len(), |end| start + end);
            *at = html.len().min(end + 1);
            start..end
        } else {
            let start = *at;
            skip(bytes, at, |byte| !byte.is_ascii_whitespace() && byte != b'>');
            start..*at
        };
        attributes.push(Attribute { name: attribute, range: from..*at, value });
    }
    Tag { name, closing, attributes }
}

/// The anchors that `html` defines: every `id`, and the `name` of `<a>`. Entities are not decoded.
pub(super) fn anchors(html: &str, mut add: impl FnMut(&str)) {
    for tag in tags(html).filter(|tag| !tag.closing) {
        for Attribute { name, value, .. } in &tag.attributes {
            let anchor = name.eq_ignore_ascii_case("id")
                || (name.eq_ignore_ascii_case("name") && tag.name.eq_ignore_ascii_case("a"));
            if anchor && !value.is_empty() {
                add(&html[value.clone()]);
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
