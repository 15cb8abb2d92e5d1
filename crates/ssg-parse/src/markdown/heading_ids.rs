//! Ids made of the texts of headings.
//!
//! An author's own id wins over one that is made, wherever on the page it stands. So a made id is a mark in
//! the HTML until the whole page is read, and is put in its place then.

use super::page::HeadingText;
use super::{HeadingIds, Piece};
use crate::slug::slugify;
use unicode_normalization::char::is_combining_mark;

/// Begins a mark; no text holds it.
const MARK: char = '\u{fdd0}';

/// The id that a text gives; it may be taken already.
pub(super) fn of(text: &HeadingText, style: HeadingIds) -> String {
    let id = match style {
        HeadingIds::Slug => slugify(text.shown.trim()),
        HeadingIds::Github => github(text.written.trim()),
    };
    if id.is_empty() { "section".to_owned() } else { id }
}

/// As GitHub, and many after it, make anchors.
fn github(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        '-' | '_' => Some(c),
        c if c.is_whitespace() => Some('-'),
        c if c.is_alphanumeric() || is_combining_mark(c) || is_joining(c) => Some(c),
        _ => None,
    });
    kept.collect()
}

/// Signs that belong to words: connectors such as `‿`, and the joiners of Persian and of Indian scripts.
fn is_joining(c: char) -> bool {
    matches!(
        c,
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{200c}' | '\u{200d}' | '\u{fe33}' | '\u{fe34}' | '\u{ff3f}'
    )
}

/// What stands in the place of a made id.
pub(super) fn mark(number: usize) -> String {
    format!("{MARK}{number};")
}

/// The number of a mark.
pub(super) fn marked(id: &str) -> Option<usize> {
    id.strip_prefix(MARK)?.strip_suffix(';')?.parse().ok()
}

/// Puts ids in the places of their marks. Bodies of shortcodes are only so deep in each other.
pub(super) fn put(pieces: &mut [Piece], made: &[String]) {
    let mut whole = String::new();
    for piece in pieces {
        match piece {
            Piece::Html(html) if html.contains(MARK) => {
                put_into(&mut whole, html, made);
                // Of its own size: bodies are held for as long as the site is.
                *html = whole.as_str().to_owned();
                whole.clear();
            }
            Piece::Shortcode(call) => put(call.body.as_deref_mut().unwrap_or_default(), made),
            _ => {}
        }
    }
}

fn put_into(whole: &mut String, html: &str, made: &[String]) {
    let mut parts = html.split(MARK);
    whole.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or(("", part));
        if let Some(id) = number.parse().ok().and_then(|number: usize| made.get(number)) {
            super::html::push_attribute(whole, id);
        }
        whole.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_as_github_makes_them() {
        for (text, id) in [
            ("What's next?", "whats-next"),
            ("foo_bar", "foo_bar"),
            ("puppet.conf", "puppetconf"),
            ("Où aller", "où-aller"),
            ("Step 2 - Install", "step-2---install"),
            ("C++ & C#", "c--c"),
            ("日本語 の 話", "日本語-の-話"),
            ("ＡＢＣ", "ａｂｃ"),
            ("🎉 Party", "-party"),
            ("ÄÖÜ straße", "äöü-straße"),
        ] {
            assert_eq!(github(text), id, "{text}");
        }
    }
}
