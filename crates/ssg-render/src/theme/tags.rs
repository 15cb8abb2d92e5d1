//! Where the tags of a template are: `{% … %}` and `{{ … }}`, but not what stands in comments, in
//! `{% raw %}` or, as an end, in a string.

use std::ops::Range;

/// Where a tag stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// It is a `{% … %}`.
    pub is_block: bool,
    /// Where it begins, with the opening brace.
    pub start: usize,
    /// Its inside, without the dashes that trim white space.
    pub inside: Range<usize>,
    /// Where it ends, after the closing brace.
    pub end: usize,
}

impl Tag {
    /// The first word of the inside.
    pub(crate) fn keyword<'t>(&self, text: &'t str) -> &'t str {
        let inside = text.get(self.inside.clone()).unwrap_or("").trim_start();
        let end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len());
        &inside[..end]
    }
}

/// All tags of a text, in order. What is not closed, and all after it, is left out: it does not parse
/// either.
pub(crate) fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let (is_block, close) = match text.as_bytes().get(open + 1) {
            Some(b'%') => (true, "%}"),
            Some(b'{') => (false, "}}"),
            Some(b'#') => match text[open..].find("#}") {
                Some(end) => {
                    at = open + end + 2;
                    continue;
                }
                None => break,
            },
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = close_of(text, open + 2, close) else { break };
        let start = open + 2 + usize::from(text[open + 2..end].starts_with('-'));
        let stop = end - usize::from(text[start..end].ends_with('-'));
        let tag = Tag { is_block, start: open, inside: start..stop, end: end + 2 };
        at = tag.end;
        if is_block && text[tag.inside.clone()].trim() == "raw" {
            match end_of_raw(text, at) {
                Some(end) => at = end,
                None => break,
            }
            continue;
        }
        tags.push(tag);
    }
    tags
}

/// Where a tag is closed, passing over strings.
fn close_of(text: &str, from: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_escaped = false;
    for (index, byte) in text.as_bytes().iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), b'\\') => is_escaped = true,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, _) if text.as_bytes()[index..].starts_with(close.as_bytes()) => return Some(index),
            _ => {}
        }
    }
    None
}

/// Where the text after `{% endraw %}` begins.
fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + text[at..].find("{%")?;
        at = open + 2;
        // As Tera reads it, and nothing else: what ends here and not there would be looked at as
        // something that it is not.
        let inside = &text[at..];
        let inside = inside.strip_prefix('-').unwrap_or(inside).trim_ascii_start();
        let Some(rest) = inside.strip_prefix("endraw").map(str::trim_ascii_start) else { continue };
        if let Some(after) = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}") {
            return Some(text.len() - after.len());
        }
    }
}

/// Strings in a part of a text, without their quotation marks.
pub(crate) fn strings(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(u8, usize)> = None;
    let mut is_escaped = false;
    for (index, byte) in text.as_bytes().iter().copied().enumerate().take(part.end).skip(part.start) {
        match open {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if byte == b'\\' => is_escaped = true,
            None if matches!(byte, b'"' | b'\'' | b'`') => open = Some((byte, index + 1)),
            Some((quote, from)) if quote == byte => {
                found.push(from..index);
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insides(text: &str) -> Vec<&str> {
        tags(text).into_iter().map(|tag| text[tag.inside].trim()).collect()
    }

    #[test]
    fn tags_are_found_where_they_count() {
        assert_eq!(insides("a {%- if x -%} { {{ y }} {# {{ z }} #}{{- '}}' -}}"), ["if x", "y", "'}}'"]);
        assert_eq!(insides(r#"{{ "\"}}{%" }}{{ '\\' }}"#), [r#""\"}}{%""#, r"'\\'"]);
        assert_eq!(insides("{% raw %}{{ a }}{%- endraw %}{{ b }}"), ["b"]);
        assert_eq!(insides("{% raw %}{% endrawx %}{{ \" {%endraw-%}{{ b }}"), ["b"]);
        assert_eq!(insides("{{ a }}{% b"), ["a"]);
        assert_eq!(insides("{%%}{{}}{%-%}"), ["", "", ""]);
    }

    #[test]
    fn strings_are_found() {
        let text = "include \"a\" ~ 'b\"c'";
        let found: Vec<&str> = strings(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a", "b\"c"]);
    }
}
