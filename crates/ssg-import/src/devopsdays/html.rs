//! HTML in pages of the source: pieces of it, and what it says as Markdown.
//!
//! Old pages are whole HTML documents or rows of `div`s for a style sheet that stays behind. Made
//! Markdown, they keep headings, paragraphs, lists, links and pictures, and lose layout, scripts
//! and comments. One pass; time and memory grow with the size of the text.

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text between tags, as written.
    Text(&'t str),
    /// A tag: its name in lower case, whether it closes, and what stands behind the name.
    Tag { name: String, closes: bool, attributes: &'t str, at: usize },
}

/// Elements whose text is none for readers.
const SILENT: &[&str] =
    &["script", "style", "head", "title", "noscript", "iframe", "object", "svg", "template"];
/// Elements that part paragraphs.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "center",
    "ul",
    "ol",
    "li",
    "section",
    "article",
    "header",
    "footer",
    "html",
    "body",
    "form",
    "blockquote",
    "figure",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "dl",
    "dt",
    "dd",
    "nav",
    "main",
    "aside",
    "pre",
    "caption",
    "address",
];

/// The pieces of a text. A `<` that begins no tag is text; comments and doctypes are passed over.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut at, mut start) = (0, 0);
    // Where nothing more closes, looking again for each opening would take too long.
    let (mut comments, mut tags) = (true, true);
    while let Some(open) = text.get(at..).and_then(|rest| rest.find(['<', '`'])).map(|found| at + found) {
        let rest = &text[open..];
        if rest.starts_with('`') {
            // Code of Markdown holds no tags.
            at = open + code_end(rest);
            continue;
        }
        if is_more(rest) {
            at = open + 4;
            continue;
        }
        let mut end = None;
        let mut tag = None;
        if rest.starts_with("<!--") {
            end = comments.then(|| rest.find("-->").map(|found| open + found + 3)).flatten();
            comments = end.is_some();
        } else if tags {
            let inner = rest[1..].trim_start_matches('/');
            let closes = inner.len() + 1 < rest.len();
            let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).take(20).collect();
            if !name.is_empty() || rest.starts_with("<!") || rest.starts_with("<?") {
                let close = tag_end(rest);
                tags = close.is_some();
                end = close.map(|close| open + close + 1);
                if let Some(close) = close.filter(|_| !name.is_empty()) {
                    let from = rest.len() - inner.len() + name.len();
                    let attributes = rest.get(from..close).unwrap_or("");
                    tag = Some(Piece::Tag { name: name.to_ascii_lowercase(), closes, attributes, at: open });
                }
            }
        }
        let Some(end) = end else {
            at = open + 1;
            continue;
        };
        if start < open {
            pieces.push(Piece::Text(&text[start..open]));
        }
        pieces.extend(tag);
        at = end;
        start = end;
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// The length of the code that a text begins with, else of its run of backquotes.
pub(super) fn code_end(text: &str) -> usize {
    let run = text.bytes().take_while(|byte| *byte == b'`').count();
    let limit = text.char_indices().map(|(at, _)| at).nth(5000).unwrap_or(text.len());
    let mut at = run;
    while let Some(open) = text.get(at..limit).and_then(|rest| rest.find('`')).map(|found| at + found) {
        let closing = text[open..].bytes().take_while(|byte| *byte == b'`').count();
        if closing == run {
            // Code within a line does not go over the end of a paragraph.
            let is_code = run >= 3 || !text[..open].contains("\n\n");
            return if is_code { open + closing } else { run };
        }
        at = open + closing;
    }
    run
}

/// Whether a text begins with the mark below a summary, which is no remark.
fn is_more(text: &str) -> bool {
    text.strip_prefix("<!--")
        .and_then(|rest| rest.trim_start().strip_prefix("more"))
        .is_some_and(|rest| rest.trim_start().starts_with("-->"))
}

/// Where the tag that begins the text ends: at a `>` outside of quotes, or at the first at all.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    // Attributes are short; a stray quote must not swallow the page.
    for (at, byte) in text.bytes().enumerate().take(4000) {
        match (byte, quote) {
            (b'>', None) => return Some(at),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.find('>')
}

/// The value of an attribute.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(name)).map(|found| from + found) {
        from = at + name.len();
        let alone = at == 0 || attributes.as_bytes().get(at - 1).is_some_and(u8::is_ascii_whitespace);
        let rest = attributes.get(from..).unwrap_or("").trim_start();
        if let (true, Some(value)) = (alone, rest.strip_prefix('=')) {
            let value = value.trim_start();
            let value = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or(""),
            };
            return Some(entities(value.trim()));
        }
    }
    None
}

/// Elements within a line that have a form in Markdown, or carry what must not run.
const INLINE: &[&str] = &["a", "br", "img", "span", "font", "button", "input", "embed", "video", "audio"];

/// Whether a text has HTML that is better said in Markdown.
pub(super) fn has_html(text: &str) -> bool {
    let pieces = pieces(text);
    let words: usize =
        pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 0 }).sum();
    pieces.iter().any(|piece| match piece {
        Piece::Tag { name, .. } => [BLOCKS, SILENT, INLINE].iter().any(|list| list.contains(&name.as_str())),
        Piece::Text(_) => false,
    }) || (words < text.len() && text.contains("<!--"))
}

/// What a text with HTML says, as Markdown. `picture` decides whether a picture is there; `address`
/// makes the address of a link.
pub(super) fn to_markdown(
    text: &str,
    address: &dyn Fn(&str) -> String,
    picture: &mut dyn FnMut(&str) -> bool,
) -> String {
    let mut out = Out::default();
    let mut silent: Option<String> = None;
    // The address of the link that is open, and where its label begins.
    let mut link: Option<(String, usize)> = None;
    for piece in pieces(text) {
        match piece {
            Piece::Tag { name, closes: true, .. } if silent.as_ref() == Some(&name) => silent = None,
            _ if silent.is_some() => {}
            Piece::Text(text) => out.words(text),
            Piece::Tag { name, closes: false, attributes, .. } if SILENT.contains(&name.as_str()) => {
                if !attributes.ends_with('/') {
                    silent = Some(name);
                }
            }
            Piece::Tag { name, closes, attributes, .. } => match (name.as_str(), closes) {
                ("a", false) => {
                    let href = attribute(attributes, "href").unwrap_or_default();
                    // Links do not nest.
                    link = Some((href, out.text.len()));
                }
                ("a", true) => {
                    if let Some((href, from)) = link.take() {
                        out.link(&address(&href), from);
                    }
                }
                ("img", _) => {
                    let source = attribute(attributes, "src").unwrap_or_default();
                    if picture(&source) {
                        let alt = attribute(attributes, "alt").unwrap_or_default();
                        out.words(&format!(" ![{}](<{}>) ", alt.replace(['[', ']', '\n'], " "), source));
                    }
                }
                ("br", _) => out.line(),
                ("strong" | "b", closes) => out.mark("**", closes),
                ("em" | "i", closes) => out.mark("_", closes),
                ("li", false) => {
                    out.paragraph();
                    out.text.push_str("- ");
                    out.marked = true;
                }
                ("hr", false) => out.paragraph(),
                (heading @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6"), false) => {
                    out.paragraph();
                    let level = heading[1..].parse::<usize>().unwrap_or(2).max(2);
                    out.text.push_str(&"#".repeat(level));
                    out.text.push(' ');
                    out.marked = true;
                    out.heading = true;
                }
                (name, _) if BLOCKS.contains(&name) => out.paragraph(),
                _ => {}
            },
        }
    }
    out.done()
}

/// Markdown under construction.
#[derive(Default)]
struct Out {
    text: String,
    /// Only the mark of a heading or a list stands on this line yet.
    marked: bool,
    heading: bool,
    /// Marks of emphasis that are open.
    open: Vec<&'static str>,
}

impl Out {
    /// Text between tags. Ends of lines stay: part of it may be Markdown.
    fn words(&mut self, text: &str) {
        let text = entities(text);
        let lines: Vec<&str> = text.split('\n').collect();
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            let trimmed = line.trim();
            if line.starts_with([' ', '\t', '\u{a0}']) || index > 0 {
                self.space_before();
            }
            if !trimmed.is_empty() {
                // A list of Markdown keeps its indent, as far as it makes no code.
                if index > 0 && self.text.ends_with('\n') && trimmed.starts_with(['*', '-', '+']) {
                    let indent = line.len() - line.trim_start_matches(' ').len();
                    self.text.push_str(&" ".repeat(indent.min(8)));
                }
                self.text.push_str(trimmed);
                self.marked = false;
                if line.ends_with([' ', '\t', '\u{a0}']) && index == last {
                    self.text.push(' ');
                }
            }
            if index < last {
                self.newline();
            }
        }
    }

    fn space_before(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '(', '[']) {
            self.text.push(' ');
        }
    }

    /// The end of a line of the source.
    fn newline(&mut self) {
        if self.marked || self.heading {
            self.space_before();
            return;
        }
        self.trim();
        // A forced end of a line is one already.
        if !self.text.ends_with("\n\n") && !self.text.ends_with("\\\n") && !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A forced end of a line.
    fn line(&mut self) {
        if self.marked || self.heading || self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        self.trim();
        self.text.push_str("\\\n");
    }

    fn paragraph(&mut self) {
        self.trim();
        while let Some(mark) = self.open.last() {
            self.mark(mark, true);
        }
        if self.marked {
            // A heading or an entry without words.
            let line = self.text.rfind('\n').map_or(0, |at| at + 1);
            self.text.truncate(line);
        }
        (self.marked, self.heading) = (false, false);
        while self.text.ends_with(['\n', '\\', ' ']) {
            self.text.pop();
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Emphasis, unless it would hold nothing. It ends with its paragraph.
    fn mark(&mut self, mark: &'static str, closes: bool) {
        if !closes {
            // Deeper nesting says nothing more.
            if !self.open.contains(&mark) {
                self.open.push(mark);
                self.text.push_str(mark);
            }
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| *open == mark) else { return };
        self.open.remove(at);
        let rest = self.text.trim_end();
        if let Some(before) = rest.strip_suffix(mark) {
            let length = before.len();
            self.text.truncate(length);
            return;
        }
        let space = self.text.ends_with(' ');
        let length = rest.len();
        self.text.truncate(length);
        self.text.push_str(mark);
        if space {
            self.text.push(' ');
        }
    }

    /// Makes a link of the text from `from` on.
    fn link(&mut self, href: &str, from: usize) {
        let Some(label) = self.text.get(from..).map(|label| label.trim().to_owned()) else { return };
        let safe = ["http://", "https://", "mailto:", "/", "#"].iter().any(|start| href.starts_with(start));
        if label.is_empty() || label.contains("\n\n") || label.contains("](") || !safe {
            return;
        }
        self.text.truncate(from);
        let href: String = href.split_whitespace().collect::<Vec<_>>().join("%20");
        let href = href.replace('<', "%3C").replace('>', "%3E");
        let label = label.replace('\n', " ");
        if href.contains(['(', ')']) {
            self.text.push_str(&format!("[{label}](<{href}>)"));
        } else {
            self.text.push_str(&format!("[{label}]({href})"));
        }
        self.marked = false;
    }

    fn trim(&mut self) {
        let rest = self.text.trim_end_matches(' ').len();
        self.text.truncate(rest);
    }

    fn done(mut self) -> String {
        self.paragraph();
        self.text.trim().to_owned()
    }
}

/// The characters behind the commonest entities.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&ndash;", "–")
        .replace("&mdash;", "—")
        .replace("&hellip;", "…")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> String {
        to_markdown(text, &str::to_owned, &mut |source| source.starts_with("https://"))
    }

    #[test]
    fn layout_goes_and_words_stay() {
        assert_eq!(
            markdown(
                "<div class=\"row\"><h1>A <b>b</b></h1>\n<p>One\ntwo <a href='/x'>three</a>.</p><ul><li>x</li><li></li></ul></div>"
            ),
            "## A **b**\n\nOne\ntwo [three](/x).\n\n- x"
        );
        assert_eq!(markdown("<p>a<br/>b</p><br>"), "a\\\nb");
        assert_eq!(markdown("# Markdown\n\n* a\n  * b\n\n<hr>x"), "# Markdown\n\n* a\n  * b\n\nx");
        assert_eq!(
            markdown("<img src='https://example.org/x.png' alt='X'><img src=y.png>"),
            "![X](<https://example.org/x.png>)"
        );
        assert_eq!(markdown("<b></b>x &amp; y"), "x & y");
        assert_eq!(
            markdown("<p><b>one<p>two</b> <i>three</i>\n<br>\n<br>\nfour"),
            "**one**\n\ntwo _three_\n\nfour"
        );
        assert_eq!(markdown("<p>`<br>` and `x"), "`<br>` and `x");
        assert_eq!(markdown("<p>a</p><!-- more --><!-- b -->"), "a\n\n<!-- more -->");
    }

    #[test]
    fn nothing_in_it_runs() {
        assert_eq!(markdown("a<script>alert('</p>')</script>b<!-- <p> -->c"), "abc");
        assert_eq!(markdown("<a href=\"javascript:x\">y</a>"), "y");
        assert_eq!(markdown("<p onclick=\"x>y\">z</p>"), "z");
        assert_eq!(markdown("a < b <"), "a < b <");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test measures time")]
    fn hostile_html_takes_bounded_time() {
        for piece in [
            "<",
            "<!--",
            "<a ",
            "<a href='",
            "</",
            "<b>",
            "<p>",
            "<script>",
            "&amp;",
            "<a href=x>",
            "`",
            "`a``",
            "<b>a",
            "<a href=/>x</a>",
        ] {
            let start = std::time::Instant::now();
            let _ = markdown(&piece.repeat(20_000));
            assert!(start.elapsed().as_secs() < 10, "{piece}");
        }
    }
}
