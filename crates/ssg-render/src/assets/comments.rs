//! Comments of style sheets.

use super::references::{after, end_of_name, end_of_text, in_url, is_word};

/// A style sheet without its comments, but for those that begin with `/*!`.
pub(super) fn without_comments(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut done) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = after(text, at + 2, "*/");
                if bytes.get(at + 2) != Some(&b'!') {
                    out.push_str(&text[done..at]);
                    done = end;
                    // A line that was nothing else goes with it.
                    if (out.is_empty() || out.ends_with('\n')) && bytes.get(end) == Some(&b'\n') {
                        done += 1;
                    }
                }
                at = end.max(done);
            }
            b'"' | b'\'' => at = end_of_text(bytes, at) + 1,
            b'\\' => at += 2,
            _ if is_word(byte) => {
                let end = end_of_name(bytes, at);
                let is_url = bytes[at..end].eq_ignore_ascii_case(b"url") && bytes.get(end) == Some(&b'(');
                at = if is_url { in_url(bytes, end + 1).1 } else { end };
            }
            _ => at += 1,
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_what_looks_like_them() {
        for (text, expected) in [
            ("/* a */\nb{}/* c */d{}", "b{}d{}"),
            ("/*! licence */a{}/**/", "/*! licence */a{}"),
            ("a::after{content:\"/* no */\"}", "a::after{content:\"/* no */\"}"),
            ("a{b:url(x/*.png)}/*c*/", "a{b:url(x/*.png)}"),
            ("a{}\n/* é\n*/\nb{}", "a{}\nb{}"),
            ("a{}/* never closed", "a{}"),
            ("a\\", "a\\"),
            ("\\é{}/**/", "\\é{}"),
            ("\"", "\""),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }
}
