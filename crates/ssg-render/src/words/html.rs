//! The text of HTML as authors may write it: comments, scripts, tags without ends, and elements that are marked as not
//! for search.
//!
//! The tokens are those of the standard (html5gum). Which element an end tag closes, and which start tag ends an element whose
//! own end may be left out, follows [the standard's optional tags](https://html.spec.whatwg.org/multipage/syntax.html#optional-tags).

use super::text::{MARK, Text, is_inline, is_unread, is_void};
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

/// Most elements that are known to be open; ends of more within them count no more.
const DEEPEST: usize = 1024;

/// The text of HTML, with the texts of its headings.
pub(super) fn text_of(html: &str) -> Text {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&tag),
            Token::String(text) if reader.passed_over.is_none() => {
                reader.text.push(&String::from_utf8_lossy(&text));
            }
            // Nobody sees a comment, nor what begins as one.
            _ => {}
        }
    }
    reader.text.end_heading();
    reader.text
}

#[derive(Default)]
struct Reader {
    text: Text,
    /// Names of the elements that are open, the innermost last.
    open: Vec<String>,
    /// How many were open outside of the one that is passed over.
    passed_over: Option<usize>,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        while self.open.last().is_some_and(|open| ends(&name, open)) {
            self.close(self.open.len() - 1);
        }
        // One within it may be open that has no end of its own either.
        if let Some(at) = self.open.iter().rposition(|open| ends(&name, open) || keeps(&name, open))
            && self.open.get(at).is_some_and(|open| ends(&name, open))
            && self.open[at..].iter().all(|open| is_left_open(open))
        {
            self.close(at);
        }
        let is_marked = tag.attributes.keys().any(|key| **key == MARK.as_bytes());
        if self.passed_over.is_none() && parts_words(&name) {
            self.text.push(" ");
        }
        // `/` ends a tag in drawings and formulas alone.
        let is_foreign = || self.open.iter().any(|open| open == "svg" || open == "math");
        if is_void(&name) || tag.self_closing && (name == "svg" || name == "math" || is_foreign()) {
            return;
        }
        self.text.is_marked |= is_marked;
        if self.passed_over.is_none() && (is_marked || is_unread(&name)) {
            self.passed_over = Some(self.open.len());
        } else if self.passed_over.is_none() && is_heading(&name) {
            self.text.begin_heading();
        }
        if self.open.len() < DEEPEST {
            self.open.push(name);
        }
    }

    fn end(&mut self, tag: &EndTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        match self.open.iter().rposition(|open| *open == name) {
            Some(at) => self.close(at),
            None if self.passed_over.is_none() && parts_words(&name) => self.text.push(" "),
            None => {}
        }
    }

    /// Closes an element with all that are open in it.
    fn close(&mut self, at: usize) {
        let name = self.open.get(at).cloned().unwrap_or_default();
        self.open.truncate(at);
        match self.passed_over {
            Some(outside) if at <= outside => self.passed_over = None,
            Some(_) => return,
            None => {}
        }
        if is_heading(&name) {
            self.text.end_heading();
        }
        if parts_words(&name) {
            self.text.push(" ");
        }
    }
}

/// Whether there is room between what stands before a tag and behind it.
fn parts_words(name: &str) -> bool {
    !is_inline(name) && !is_unread(name)
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element's end may be left out.
fn is_left_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
            | "optgroup"
            | "rt"
            | "rp"
            | "colgroup"
            | "caption"
    )
}

/// Whether a start tag ends an element that is open.
fn ends(start: &str, open: &str) -> bool {
    match open {
        "li" => start == "li",
        "dt" | "dd" => matches!(start, "dt" | "dd"),
        "rt" | "rp" => matches!(start, "rt" | "rp"),
        "option" => matches!(start, "option" | "optgroup"),
        "optgroup" => start == "optgroup",
        "td" | "th" => matches!(start, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(start, "tr" | "tbody" | "thead" | "tfoot"),
        "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => matches!(start, "tbody" | "thead" | "tfoot"),
        "a" | "button" | "nobr" => start == open,
        "p" => is_block(start),
        _ => false,
    }
}

/// Whether an element keeps such start tags to itself: those of a list within a list end nothing outside.
fn keeps(start: &str, open: &str) -> bool {
    match start {
        "li" => matches!(open, "ul" | "ol" | "menu" | "table" | "td" | "th"),
        "dt" | "dd" => matches!(open, "dl" | "table" | "td" | "th"),
        "option" | "optgroup" => matches!(open, "select" | "datalist"),
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => open == "table",
        _ => !is_left_open(open),
    }
}

/// Whether a start tag ends a paragraph.
fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "center"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dd"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "search"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> String {
        text_of(html).out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_marked_goes_and_nothing_else() {
        for (html, shown) in [
            ("a <span DATA-NOINDEX>b</span> c", "a c"),
            ("a <span class='x'data-noindex>b</span><span/data-noindex>c</span> d", "a d"),
            ("a <div data-noindex><script>\"</div>\"</script>b</div> c", "a c"),
            ("a <a href=x data-noindex>b <a href=y>c</a> d", "a c d"),
            ("a <span class=\"data-noindex\">b</span> c", "a b c"),
            ("<ul><li data-noindex>a<li>b</ul> c", "b c"),
            ("<ul><li data-noindex>a<ul><li>b</ul><p>c<li>d</ul> e", "d e"),
            ("<ul><li data-noindex>a</ul> c", "c"),
            ("<p data-noindex>a\n<p>b", "b"),
            ("<p data-noindex>a <em>b</em><div>c</div>", "c"),
            ("<table><tr data-noindex><td>a<td>b<tr><td>c</table>", "c"),
            ("<dl><dt data-noindex>a<dd data-noindex>b<dd>c</dl>d", "c d"),
            ("<svg data-noindex/> a <br data-noindex> b", "a b"),
            ("<svg data-noindex><path/><text>a</text></svg> b", "b"),
            ("<div data-noindex><div>a</div>b</div>c</div>d", "c d"),
            ("a<span data-noindex>b", "a"),
        ] {
            assert_eq!(of(html), shown, "{html}");
        }
    }

    #[test]
    fn comments_and_scripts_say_nothing() {
        for (html, shown) in [
            ("<!-- don't --> a", "a"),
            ("<script>\nif (a<b) c()\n</script> d <script>e()</script> f", "d f"),
            ("<script>var x = \"<script>\";</script> a", "a"),
            ("<p class=x\">a</p> b", "a b"),
            ("<!-- todo -> ask > a --> b <?php echo 1 > 0 ?> c", "b 0 ?> c"),
            ("1 < 2 &amp; 3 &eacute;", "1 < 2 & 3 é"),
            ("<style>p::before{content:'a'}</style><template>b</template>c", "c"),
        ] {
            assert_eq!(of(html), shown, "{html}");
        }
    }

    #[test]
    fn headings_say_what_is_not_marked() {
        let text =
            text_of("<h2>a <span data-noindex>b</span></h2><div data-noindex><h3>c</h3></div><h2>d</h2>");
        assert_eq!(text.headings(), ["a ", "d"]);
    }
}
