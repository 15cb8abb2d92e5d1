//! Tags with more attributes than anybody writes.
//!
//! Parsers of HTML compare each attribute of a tag with those before it, and some recurse; so a tag of a few hundred
//! kilobytes costs the program its stack. None of them gets to see one.

use std::borrow::Cow;

/// How many attributes with values a tag may have.
pub(crate) const MOST: usize = 500;

/// Whether a tag has more attributes.
pub(crate) fn is_crowded(html: &str) -> bool {
    next(html, 0).is_some()
}

/// HTML without such tags.
pub(crate) fn without_crowded(html: &str) -> Cow<'_, str> {
    let Some(mut found) = next(html, 0) else { return Cow::Borrowed(html) };
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    loop {
        out.push_str(html.get(from..found.0).unwrap_or_default());
        from = found.1;
        match next(html, from) {
            Some(more) => found = more,
            None => break,
        }
    }
    out.push_str(html.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where the next such tag begins and ends.
fn next(html: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(start) = html.get(at..)?.find('<').map(|found| at + found) {
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        // Words count too: an attribute needs no value.
        let (mut words, mut in_word) = (0_usize, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => break,
                b'"' | b'\'' if before(bytes, at) == Some(b'=') => {
                    let rest = html.get(at + 1..).unwrap_or_default();
                    at += 1 + rest.find(char::from(*byte)).unwrap_or(rest.len());
                    in_word = false;
                }
                b'/' => in_word = false,
                byte if byte.is_ascii_whitespace() => in_word = false,
                _ if !in_word => {
                    in_word = true;
                    words += 1;
                }
                _ => {}
            }
            at += 1;
        }
        let end = (at + 1).min(html.len());
        if words > MOST {
            return Some((start, end));
        }
        at = end.min(html.len());
    }
    None
}

/// The last byte before a place that is no white space.
fn before(bytes: &[u8], at: usize) -> Option<u8> {
    let above = bytes.get(at.saturating_sub(64)..at)?;
    above.iter().rev().find(|byte| !byte.is_ascii_whitespace()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_too_many_attributes_are_found() {
        let many = |attribute: &str| format!("<p {}>x</p>", attribute.repeat(MOST + 5));
        for attribute in ["b=\"\" ", "b=\">\" ", "b ", "b = '>' ", "b=1\n", "b/"] {
            let html = many(attribute);
            assert!(is_crowded(&html), "{attribute:?}");
            assert_eq!(
                without_crowded(&format!("<b>y</b>{html}<i>z</i>")),
                "<b>y</b>x</p><i>z</i>",
                "{attribute:?}"
            );
        }
        let long = format!("<p title=\"{}\">x</p>", "word ".repeat(5000));
        for html in [long.as_str(), "<p a=1 b=2>x</p>", "a < b", "<", "<p a=\"", "", "é<é"] {
            assert!(!is_crowded(html), "{html}");
        }
        assert!(!is_crowded(&"<p a=1>x</p>".repeat(2000)));
    }
}
