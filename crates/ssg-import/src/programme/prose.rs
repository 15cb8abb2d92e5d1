//! Texts of a programme as a site may have them: Markdown that reaches nothing of the site, without HTML and without
//! anybody's e-mail address.

use crate::html::markdown_of;
use crate::people::clean;
use crate::seal::seal;
use crate::web::{LEFT_OUT, without_mail};
use pulldown_cmark::{Event, Options as MarkdownOptions, Parser, Tag};
use std::ops::Range;

/// Largest text, in bytes; what is longer is cut.
const LARGEST: usize = 1 << 20;

/// A text of several lines as Markdown.
pub(super) fn markdown(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.retain(|c| !c.is_control() || c == '\n' || c == '\t');
    if text.len() > LARGEST {
        let end = (0..=LARGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    let text = if has(&text, BLOCKS) {
        from_html(&text)
    } else if has(&text, INLINES) {
        let parts =
            text.split("\n\n").map(|part| if has(part, INLINES) { from_html(part) } else { part.to_owned() });
        parts.collect::<Vec<_>>().join("\n\n")
    } else {
        text
    };
    let text = without_mail(&without_html(text));
    seal(text.trim().to_owned())
}

/// A text of one line, such as a title.
pub(super) fn line(text: &str) -> String {
    let shown: String = text.chars().take(2000).collect();
    clean(&without_mail(&shown))
}

const BLOCKS: &[&str] = &["p", "br", "br/", "ul", "ol", "div", "table", "h1", "h2", "h3", "h4", "blockquote"];
const INLINES: &[&str] = &["a", "b", "i", "em", "strong", "code", "span", "u", "pre", "li", "h5", "h6"];

/// Whether one of these tags is opened.
fn has(text: &str, tags: &[&str]) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        let end = rest.find(|c: char| c == '>' || c.is_whitespace()).unwrap_or(0);
        let name = rest.get(..end).unwrap_or("").to_ascii_lowercase();
        tags.contains(&name.as_str()) && rest.get(end..).is_some_and(|rest| rest.contains('>'))
    })
}

/// HTML as Markdown; what cannot be read stays, and shows as it is.
fn from_html(html: &str) -> String {
    let left_out = vec!["script", "style", "noscript", "iframe", "object", "head", "title"];
    markdown_of(html, left_out).unwrap_or_else(|_| html.to_owned())
}

/// The text with all HTML as text, and with links to an e-mail address as what they are called.
fn without_html(mut text: String) -> String {
    // What was held by a tag may be one when that tag is text.
    for _ in 0..4 {
        let found = foreign(&text);
        if found.is_empty() {
            return text;
        }
        let mut out = String::with_capacity(text.len() + found.len() * 4);
        let mut at = 0;
        for (range, with) in found {
            if range.start < at {
                continue;
            }
            out.push_str(text.get(at..range.start).unwrap_or(""));
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(text.get(at..).unwrap_or(""));
        text = out;
    }
    text.replace('<', "&lt;")
}

/// Parts of a text that must not stay as they are, with what takes their place.
fn foreign(text: &str) -> Vec<(Range<usize>, String)> {
    let parser =
        Parser::new_ext(text, MarkdownOptions::ENABLE_TABLES | MarkdownOptions::ENABLE_STRIKETHROUGH);
    let mut found = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or("");
        match event {
            Event::Html(_) | Event::InlineHtml(_) => found.push((range, source.replace('<', "&lt;"))),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if dest_url.trim().to_ascii_lowercase().starts_with("mailto:")
                    || source.starts_with('<') && dest_url.contains('@') && !dest_url.contains("://") =>
            {
                let label = source.strip_prefix('[').and_then(|rest| Some(rest.rsplit_once("](")?.0));
                found.push((range, label.unwrap_or(LEFT_OUT).to_owned()));
            }
            _ => {}
        }
    }
    found
}

/// A link as Markdown.
pub(super) fn link(title: &str, url: &str) -> String {
    let mut label = String::with_capacity(title.len());
    for c in line(title).chars() {
        if matches!(c, '[' | ']' | '<' | '`' | '{' | '\\' | '*' | '_' | '&') {
            label.push('\\');
        }
        label.push(c);
    }
    format!("[{label}](<{url}>)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown_or_text() {
        assert_eq!(markdown("<p>A <b>b</b></p><ul><li>c</li><li>d</li></ul>"), "A **b**\n\n- c\n- d");
        assert_eq!(
            markdown("- a\n- b\n\nSee <a href=\"https://x.example\">x</a>."),
            "- a\n- b\n\nSee [x](https://x.example)."
        );
        for text in
            ["<script>alert(1)</script>", "a <img src=x onerror=y> b", "<div\n onclick=x", "<svg><p>x</svg>"]
        {
            let made = markdown(text);
            assert!(foreign(&made).is_empty(), "{text} {made}");
        }
        assert_eq!(markdown("`Vec<T>` and a < b"), "`Vec<T>` and a < b");
        assert_eq!(markdown("{{ x() }} [y](@/z.md)").matches("&#123;").count(), 2);
    }

    #[test]
    fn tags_without_end_are_shown() {
        let made = markdown(&"<div>".repeat(20_000));
        assert!(made.starts_with("&lt;div"), "{}", &made[..20]);
    }

    #[test]
    fn nobody_can_be_written_to() {
        for text in [
            "Write to jo.dock@ops.example.",
            "[write](mailto:jo@ops.example) me",
            "<jo@ops.example>",
            "<a href=\"mailto:jo@ops.example\">jo</a>",
            "`jo@ops.example`",
            "jo+x@sub.ops.example, al@quay.example",
        ] {
            assert!(!markdown(text).contains('@'), "{text}: {}", markdown(text));
        }
        assert_eq!(markdown("[write](mailto:jo@ops.example) me"), "write me");
        for text in ["@jo@social.example", "git@host.example:x", "a @ b", "@jo", "x@y"] {
            assert_eq!(without_mail(text), text);
        }
        assert_eq!(line(" A\n b@c.example "), "A …");
    }
}
