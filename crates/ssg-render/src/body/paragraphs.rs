//! Blocks that shortcodes make within paragraphs.
//!
//! A `<p>` ends where a block begins, whatever was meant; browsers make an empty paragraph and loose text of the
//! rest. So a block with a line of its own parts the paragraph, and one within a sentence waits for its end.

/// Elements that no paragraph holds.
const BLOCKS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Whether HTML begins with a block.
pub(super) fn is_block(html: &str) -> bool {
    let Some(rest) = html.trim_start().strip_prefix('<') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    BLOCKS.iter().any(|name| name.eq_ignore_ascii_case(&rest[..end]))
}

/// What is to be done to the paragraph at hand.
#[derive(Default)]
pub(super) struct Paragraphs {
    /// It was begun again after a block.
    reopened: bool,
    /// Blocks that come after it.
    waiting: String,
}

impl Paragraphs {
    /// Parts the paragraph around a block.
    pub(super) fn part(&mut self, html: &mut String, block: &str) {
        html.truncate(html.trim_end().len());
        if html.ends_with("<p>") {
            html.truncate(html.len() - "<p>".len());
        } else {
            html.push_str("</p>\n");
        }
        html.push_str(block);
        html.push_str("\n<p>");
        self.reopened = true;
    }

    /// Keeps a block for when the paragraph is over.
    pub(super) fn after(&mut self, block: &str) {
        self.waiting.push_str(block);
        self.waiting.push('\n');
    }

    /// Takes finished HTML.
    pub(super) fn html(&mut self, html: &mut String, text: &str) {
        let text = if std::mem::take(&mut self.reopened) { go_on(html, text) } else { text };
        let end = if self.waiting.is_empty() { None } else { text.find("</p>") };
        match end {
            Some(end) => {
                let (paragraph, rest) = text.split_at(end + "</p>".len());
                html.push_str(paragraph);
                html.push('\n');
                html.push_str(std::mem::take(&mut self.waiting).trim_end());
                html.push_str(rest);
            }
            None => html.push_str(text),
        }
    }

    /// Ends the text.
    pub(super) fn end(self, html: &mut String) {
        html.push_str(self.waiting.trim_end());
    }
}

/// The text after a block; where there is none, the paragraph is not begun again.
fn go_on<'t>(html: &mut String, text: &'t str) -> &'t str {
    let text = text.trim_start();
    match text.strip_prefix("</p>") {
        Some(rest) if html.ends_with("\n<p>") => {
            html.truncate(html.len() - "\n<p>".len());
            rest
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_part_paragraphs_or_wait_for_their_end() {
        let (mut html, mut paragraphs) = (String::new(), Paragraphs::default());
        paragraphs.html(&mut html, "<p>Watch it:\n");
        paragraphs.part(&mut html, "<div>1</div>");
        paragraphs.html(&mut html, "\nand read ");
        paragraphs.after("<div>2</div>");
        paragraphs.html(&mut html, " on.</p>\n<p>");
        paragraphs.part(&mut html, "<div>3</div>");
        paragraphs.html(&mut html, "</p>\n");
        paragraphs.end(&mut html);
        let expected = "<p>Watch it:</p>\n<div>1</div>\n<p>and read  on.</p>\n<div>2</div>\n<div>3</div>\n";
        assert_eq!(html, expected);
    }

    #[test]
    fn blocks_are_told_by_their_first_element() {
        assert!(is_block("\n<ASIDE class=x>") && is_block("<h2>"));
        assert!(!is_block("<span>") && !is_block("text <div>") && !is_block("<pa>"));
    }
}
