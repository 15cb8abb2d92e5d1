//! Escaping that several output kinds share: XML text, one-line titles, URIs.
//!
//! XML 1.0 has no way to write most control characters, not even as a
//! reference, so they are removed. Addresses are percent-encoded to RFC 3986:
//! what is already a valid escape stays, so encoding twice changes nothing.

use ssg_source::markup::escaped;
use std::collections::HashSet;
use std::fmt::Write as _;

/// Whether XML 1.0 (production `Char`) lets `c` appear in a document.
fn allowed_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Removes what XML 1.0 cannot hold and turns CR LF and CR into LF, as an XML parser would.
pub(crate) fn xml_text(text: &str) -> String {
    // U+FFFE and U+FFFF alone are not allowed beside control characters, and begin with this byte.
    if text.bytes().all(|byte| (b' '..0xEF).contains(&byte) || matches!(byte, b'\t' | b'\n')) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            c if allowed_in_xml(c) => clean.push(c),
            _ => {}
        }
    }
    clean
}

/// A title or a name: one line, white space collapsed, without any control character.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = line.len();
        line.extend(word.chars().filter(|&c| allowed_in_xml(c) && !c.is_control()));
        if before > 0 && line.len() > before {
            line.insert(before, ' ');
        }
    }
    line
}

/// Names in the order given, each as [`one_line`]; empty and repeated ones are left out.
pub(super) fn names(texts: &[String]) -> Vec<String> {
    let mut known = HashSet::new();
    let names = texts.iter().map(|text| one_line(text));
    names.filter(|name| !name.is_empty() && known.insert(name.clone())).collect()
}

/// Escapes the five special characters of XML; right for HTML text and quoted attributes too.
pub(crate) fn markup(text: &str) -> String {
    escaped(&xml_text(text))
}

/// JSON that cannot end a `<script>` element or a line of JavaScript.
pub(crate) fn script_safe(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Percent-encodes what RFC 3986 does not allow in a URI.
///
/// Brackets stay in the authority only (`http://[::1]/`). A host name with
/// letters outside ASCII is percent-encoded, not turned into punycode.
pub(super) fn uri(permalink: &str) -> String {
    let path_start = permalink.find("://").map_or(0, |scheme| {
        let authority = scheme + "://".len();
        permalink[authority..].find(['/', '?', '#']).map_or(permalink.len(), |end| authority + end)
    });
    let (origin, rest) = permalink.split_at(path_start);
    let mut encoded = String::with_capacity(permalink.len());
    percent_encode(origin, b":/?#[]@!$&'()*+,;=", &mut encoded);
    percent_encode(rest, b":/?#@!$&'()*+,;=", &mut encoded);
    encoded
}

/// Appends `text` to `encoded`, keeping letters, digits, `-._~`, the bytes of
/// `keep`, and valid escapes such as `%2F`.
pub(super) fn percent_encode(text: &str, keep: &[u8], encoded: &mut String) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_escape = byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
}

/// A text in which the entities stand for their signs that templates write.
pub(crate) fn read_entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_text_keeps_line_breaks_and_drops_controls() {
        assert_eq!(xml_text("a\r\nb\rc\0\u{8}\u{1b}\u{FFFE}\u{FFFF}d\t🚀"), "a\nb\ncd\t🚀");
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(one_line("  a\r\n b\u{7}\0 \u{1} \u{85}c\u{2028}d "), "a b c d");
        assert_eq!(one_line("\u{0}\r\n"), "");
    }

    #[test]
    fn names_are_clean_and_unique() {
        let given = ["Ann\n".to_owned(), " ".to_owned(), "Ann".to_owned(), "Bo".to_owned()];
        assert_eq!(names(&given), ["Ann", "Bo"]);
    }

    #[test]
    fn a_uri_is_ascii_and_encoding_is_stable() {
        let cases = [
            ("https://x.org/a b/é\"<>\\^`{|}", "https://x.org/a%20b/%C3%A9%22%3C%3E%5C%5E%60%7B%7C%7D"),
            ("https://x.org/50%/%2F%zz", "https://x.org/50%25/%2F%25zz"),
            ("http://[::1]:1111/a[1]?q=[]#f", "http://[::1]:1111/a%5B1%5D?q=%5B%5D#f"),
            ("https://x.org/\r\n\0🚀", "https://x.org/%0D%0A%00%F0%9F%9A%80"),
            ("/it's?a=b&c", "/it's?a=b&c"),
            ("", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(uri(given), expected);
            assert_eq!(uri(expected), expected);
        }
    }
}
