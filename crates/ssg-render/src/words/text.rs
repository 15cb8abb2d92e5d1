//! The plain text of a body: what its HTML shows, without scripts and without what is marked as not for search.

use super::html;
use memchr::{memchr, memchr_iter, memchr2, memchr3};
use ssg_parse::Piece;
use ssg_source::markup::{Quotes, escape};

/// Whether an element parts no words.
pub(super) fn is_inline(name: &str) -> bool {
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
pub(super) fn is_unread(name: &str) -> bool {
    matches!(name, "script" | "style" | "template")
}

/// Whether an element never has an end.
pub(super) fn is_void(name: &str) -> bool {
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
pub(super) const MARK: &str = "data-noindex";

/// Longest text of a body that is indexed, in bytes: a novel.
const LONGEST: usize = 2 << 20;

/// What a body shows.
#[derive(Default)]
pub(super) struct Text {
    pub(super) out: String,
    /// Where headings begin and end in it; only of HTML of the author's.
    headings: Vec<(usize, usize)>,
    /// The heading that has begun.
    heading: Option<usize>,
    /// Something is marked.
    pub(super) is_marked: bool,
}

impl Text {
    pub(super) fn push(&mut self, text: &str) {
        if self.out.len() <= LONGEST {
            self.out.push_str(text);
        }
    }

    pub(super) fn begin_heading(&mut self) {
        self.end_heading();
        self.heading = Some(self.out.len());
    }

    pub(super) fn end_heading(&mut self) {
        if let Some(start) = self.heading.take() {
            self.headings.push((start, self.out.len()));
        }
    }

    /// What headings say but for what is marked in them.
    pub(super) fn headings(&self) -> Vec<&str> {
        self.headings.iter().filter_map(|(start, end)| self.out.get(*start..*end)).collect()
    }
}

/// The text of a body: what Markdown makes is read as such, and what authors write of HTML as browsers do.
pub(super) fn text_of(pieces: &[Piece]) -> Text {
    let mut plain = Plain::default();
    plain.pieces(pieces, 0);
    if !plain.is_odd {
        return Text { out: plain.out, ..Text::default() };
    }
    let mut html = String::new();
    as_html(pieces, 0, &mut html);
    html::text_of(&html)
}

/// A body as HTML, without what says nothing.
fn as_html(pieces: &[Piece], depth: usize, html: &mut String) {
    for piece in pieces {
        if html.len() > 2 * LONGEST {
            return;
        }
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::LinkOpen { .. } => html.push_str("<a>"),
            Piece::Address { written, .. } => html.push_str(written),
            Piece::Image { alt, .. } => own(alt, html),
            Piece::Code { code, .. } => own(code, html),
            Piece::Shortcode(call) => {
                if let Some(body) = call.body.as_ref().filter(|_| depth < DEEPEST) {
                    html.push(' ');
                    as_html(body, depth + 1, html);
                    html.push(' ');
                }
            }
        }
    }
}

/// Adds text that is no markup.
fn own(text: &str, html: &mut String) {
    html.push(' ');
    escape(text, Quotes::Kept, html);
    html.push(' ');
}

/// Reads what Markdown makes: tags in small letters with attributes in quotation marks. Whatever else there is, is odd.
#[derive(Default)]
struct Plain {
    out: String,
    is_odd: bool,
}

impl Plain {
    fn pieces(&mut self, pieces: &[Piece], depth: usize) {
        for piece in pieces {
            if self.is_odd || self.out.len() > LONGEST {
                return;
            }
            match piece {
                Piece::Html(html) => self.html(html),
                Piece::LinkOpen { .. } => {}
                // It stands within a tag of the author's.
                Piece::Address { .. } => self.is_odd = true,
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
        self.out.push(' ');
        self.out.push_str(text);
        self.out.push(' ');
    }

    /// Adds HTML: what is no tag, with entities as the letters that they stand for.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
            let (before, from) = rest.split_at(at);
            self.out.push_str(before);
            rest = if from.starts_with('<') {
                let Some(end) = end_of_tag(from) else {
                    self.is_odd = true;
                    return;
                };
                let (tag, after) = from.split_at(end);
                self.tag(tag);
                after
            } else {
                self.entity(from)
            };
        }
        self.out.push_str(rest);
    }

    /// Adds the letter of an entity that a text begins with, or `&` where there is none, and gives what comes behind it.
    fn entity<'t>(&mut self, text: &'t str) -> &'t str {
        let end = text.bytes().take(10).position(|byte| byte == b';');
        let letter = end.and_then(|end| Some((end, decoded(text.get(1..end)?)?)));
        let (end, letter) = letter.unwrap_or((0, '&'));
        self.out.push(letter);
        text.get(end + 1..).unwrap_or_default()
    }

    fn tag(&mut self, tag: &str) {
        let inner = tag.strip_prefix('<').unwrap_or(tag);
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let end = inner.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner.get(..end).unwrap_or_default();
        // Comments, declarations, scripts, capitals, and marks.
        let is_plain = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        self.is_odd |= !is_plain || is_unread(name) || is_raw(name) || has_mark(tag);
        if !is_inline(name) {
            self.out.push(' ');
        }
    }
}

/// Whether a text has the mark, in letters of any size.
fn has_mark(text: &str) -> bool {
    const HYPHEN: usize = 4;
    memchr_iter(b'-', text.as_bytes()).any(|at| {
        let found = at.checked_sub(HYPHEN).and_then(|start| text.as_bytes().get(start..start + MARK.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(MARK.as_bytes()))
    })
}

/// Whether the content of an element is no HTML, or the drawing of one that is not.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "svg"
            | "math"
    )
}

/// Bytes of a tag that is looked at byte by byte.
const SHORT: usize = 16;

/// Where a tag ends that a text begins with: `>` within quotation marks, which stand behind `=`, ends none. `None` where it
/// has no end, or is none of Markdown's.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Most tags are short and have no attributes.
    let first = bytes.iter().take(SHORT).position(|byte| matches!(byte, b'>' | b'"' | b'\''));
    if let Some(end) = first.filter(|at| bytes.get(*at) == Some(&b'>')) {
        return Some(end + 1);
    }
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', bytes.get(at..)?) {
        at += found + 1;
        let quote = bytes.get(at - 1).copied().unwrap_or(b'>');
        if quote == b'>' {
            return Some(at);
        }
        if bytes.get(at.checked_sub(2)?) != Some(&b'=') {
            return None;
        }
        at += memchr(quote, bytes.get(at..)?)? + 1;
    }
    None
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
        let text = text_of(&[Piece::Html(html.to_owned())]).out;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn text_is_what_readers_see() {
        assert_eq!(of("<p>a<b>b</b>c</p><p title=\"x > y\">d &amp; e&#39;f &#x41;</p>"), "abc d & e'f A");
        assert_eq!(of("x<script>no</script>y<style>no</style>z &unknown; & &"), "xyz &unknown; & &");
        assert_eq!(
            (of("a <"), of("a <b title='x>y"), of("a &amp")),
            ("a <".into(), "a".into(), "a &amp".into())
        );
    }

    #[test]
    fn what_markdown_makes_is_not_odd() {
        let html = "<h2 id=\"a\">a<a href=\"#a\" class=\"x\">b</a></h2>\n<pre><code class='y'>c &lt;d&gt;</code></pre><img alt=\"\" />";
        let mut plain = Plain::default();
        plain.html(html);
        assert!(!plain.is_odd);
        for odd in
            ["<!-- a -->", "<B>", "<p class=x\">", "a <1", "<script>", "<p Data-NoIndex>", "<p", "<?x?>"]
        {
            let mut plain = Plain::default();
            plain.html(odd);
            assert!(plain.is_odd, "{odd}");
        }
    }

    #[test]
    fn what_is_marked_is_passed_over() {
        let html = "<p>in</p><div data-noindex><div>out</div> out</div><p>in too<br data-noindex> here</p>";
        assert_eq!(of(html), "in in too here");
        let image = Piece::Image {
            dest: String::new(),
            alt: "a <b> c".into(),
            title: String::new(),
            span: ssg_source::Span::default(),
        };
        let pieces = [
            Piece::Html("<aside data-noindex>".to_owned()),
            image.clone(),
            Piece::Html("</aside>in".to_owned()),
        ];
        assert_eq!(text_of(&pieces).out.trim(), "in");
        let pieces = [Piece::Html("<!-- x -->".to_owned()), image];
        assert_eq!(text_of(&pieces).out.trim(), "a <b> c");
        // A tag that holds an address which the site is asked for.
        let pieces = [
            Piece::Html("a <a href=\"".to_owned()),
            Piece::Address { written: "/x".into(), span: ssg_source::Span::default() },
            Piece::Html("\" data-noindex>out</a> in".to_owned()),
        ];
        assert_eq!(text_of(&pieces).out.split_whitespace().collect::<Vec<_>>(), ["a", "in"]);
        assert!(text_of(&pieces).is_marked && !text_of(&pieces[..2]).is_marked);
    }
}
