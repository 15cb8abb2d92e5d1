//! The plain text of a body: what its HTML shows, without scripts and without what is marked as not for search.

use memchr::{memchr, memchr2, memchr3, memmem};
use ssg_parse::Piece;
use std::borrow::Cow;

/// Whether an element parts no words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether nobody reads an element's text.
fn is_unread(name: &str) -> bool {
    matches!(name, "script" | "style" | "template")
}

/// Whether an element never has an end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Calls of shortcodes within each other that are looked into.
const DEEPEST: usize = 8;

/// The attribute that keeps an element out of the index.
const MARK: &str = "data-noindex";

/// Longest text of a body that is indexed, in bytes: a novel.
const LONGEST: usize = 2 << 20;

/// The text of a body.
pub(super) fn text_of(pieces: &[Piece]) -> String {
    let mut text = Text::default();
    text.pieces(pieces, 0);
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    /// Whether the mark stands anywhere in the HTML that is read.
    has_marks: bool,
    /// The element that is passed over, and how many of its name are open.
    passed_over: Option<(String, usize)>,
}

impl Text {
    fn pieces(&mut self, pieces: &[Piece], depth: usize) {
        for piece in pieces {
            if self.out.len() > LONGEST {
                return;
            }
            match piece {
                Piece::Html(html) => self.html(html),
                Piece::LinkOpen { .. } | Piece::Address { .. } => {}
                Piece::Image { alt, .. } => self.own(alt),
                Piece::Code { code, .. } => self.own(code),
                Piece::Shortcode(call) => {
                    if let Some(body) = call.body.as_ref().filter(|_| depth < DEEPEST) {
                        self.own(" ");
                        self.pieces(body, depth + 1);
                        self.own(" ");
                    }
                }
            }
        }
    }

    /// Adds text that is no markup, as a block of its own.
    fn own(&mut self, text: &str) {
        if self.passed_over.is_none() {
            self.out.push(' ');
            self.out.push_str(text);
            self.out.push(' ');
        }
    }

    /// Adds HTML: what is no tag, with entities as the letters that they stand for.
    fn html(&mut self, html: &str) {
        self.has_marks = memmem::find(html.as_bytes(), MARK.as_bytes()).is_some();
        let mut rest = html;
        while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
            let (before, from) = rest.split_at(at);
            self.shown(before);
            rest = if from.starts_with('<') {
                let (tag, after) = from.split_at(end_of_tag(from));
                self.tag(tag);
                after
            } else {
                self.entity(from)
            };
        }
        self.shown(rest);
    }

    fn shown(&mut self, text: &str) {
        if self.passed_over.is_none() {
            self.out.push_str(text);
        }
    }

    /// Adds the letter of an entity that a text begins with, or `&` where there is none, and gives what comes behind it.
    fn entity<'t>(&mut self, text: &'t str) -> &'t str {
        let end = text.bytes().take(10).position(|byte| byte == b';');
        let letter = end.and_then(|end| Some((end, decoded(text.get(1..end)?)?)));
        let (end, letter) = letter.unwrap_or((0, '&'));
        if self.passed_over.is_none() {
            self.out.push(letter);
        }
        text.get(end + 1..).unwrap_or_default()
    }

    fn tag(&mut self, tag: &str) {
        let inner = tag.strip_prefix('<').unwrap_or(tag);
        let end_of = inner.strip_prefix('/');
        let (is_end, inner) = (end_of.is_some(), end_of.unwrap_or(inner));
        let end = inner.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let mut name = Cow::Borrowed(inner.get(..end).unwrap_or_default());
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            name = name.to_ascii_lowercase().into();
        }
        if let Some((passed, open)) = &mut self.passed_over {
            if *passed == *name {
                *open = if is_end { open.saturating_sub(1) } else { open.saturating_add(1) };
                if *open == 0 {
                    self.passed_over = None;
                }
            }
            return;
        }
        let is_hidden = !is_end && (is_unread(&name) || self.has_marks && tag.contains(MARK));
        if is_hidden && !name.is_empty() && !is_void(&name) {
            self.passed_over = Some((name.into_owned(), 1));
        } else if !is_inline(&name) {
            self.out.push(' ');
        }
    }
}

/// Bytes of a tag that is looked at byte by byte.
const SHORT: usize = 16;

/// Where a tag ends that a text begins with; `>` within quotes ends none.
fn end_of_tag(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Most tags are short and have no attributes.
    let first = bytes.iter().take(SHORT).position(|byte| matches!(byte, b'>' | b'"' | b'\''));
    if let Some(end) = first.filter(|at| bytes.get(*at) == Some(&b'>')) {
        return end + 1;
    }
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        let quote = bytes.get(at - 1).copied().unwrap_or(b'>');
        if quote == b'>' {
            return at;
        }
        let Some(length) = memchr(quote, bytes.get(at..).unwrap_or_default()) else { break };
        at += length + 1;
    }
    text.len()
}

/// The letter of an entity without `&` and `;`.
fn decoded(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = entity.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?;
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> String {
        let text = text_of(&[Piece::Html(html.to_owned())]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn text_is_what_readers_see() {
        assert_eq!(of("<p>a<b>b</b>c</p><p title=\"x > y\">d &amp; e&#39;f &#x41;</p>"), "abc d & e'f A");
        assert_eq!(of("x<script>no</script>y<style>no</style>z &unknown; & &"), "xyz &unknown; & &");
        assert_eq!(
            (of("a <"), of("a <b title='x>y"), of("a &amp")),
            ("a".into(), "a".into(), "a &amp".into())
        );
    }

    #[test]
    fn what_is_marked_is_passed_over() {
        let html = "<p>in</p><div data-noindex><div>out</div> out</div><p>in too<br data-noindex> here</p>";
        assert_eq!(of(html), "in in too here");
        let pieces = [
            Piece::Html("<aside data-noindex>".to_owned()),
            Piece::Image {
                dest: String::new(),
                alt: "out".into(),
                title: String::new(),
                span: ssg_source::Span::default(),
            },
            Piece::Html("</aside>in".to_owned()),
        ];
        assert_eq!(text_of(&pieces).trim(), "in");
    }
}
