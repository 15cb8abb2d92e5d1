//! What to say about marks of kramdown and old Markdown, which stay text.

use ssg_source::{Diagnostic, codes};
use std::ops::Range;

/// A place within the text, and what to say of it.
type Told = Vec<(Range<usize>, Diagnostic)>;

/// Tags of Liquid around code, that code shows as they are.
const RAW: [&str; 4] = ["{% raw %}", "{% endraw %}", "{%raw%}", "{%endraw%}"];
/// Longest list of attributes.
const LONGEST: usize = 200;

/// What stands in a part of a text.
pub(super) fn in_text(source: &str, range: Range<usize>, in_heading: bool) -> Told {
    let Some(text) = source.get(range.clone()) else { return Vec::new() };
    let mut told = Vec::new();
    for (at, _) in text.match_indices("{:") {
        let rest = &source[range.start + at..];
        let Some(end) = rest.find(['}', '\n']).filter(|end| *end < LONGEST && rest[*end..].starts_with('}'))
        else {
            continue;
        };
        if let Some(warning) = attributes(&rest[..=end], in_heading) {
            told.push((at..at + end + 1, warning));
        }
    }
    if !in_heading && text.starts_with('#') && begins_line(&source[..range.start]) {
        let after = source.as_bytes().get(range.end).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        told.extend(heading(text, after));
    }
    told
}

/// Whether nothing but spaces and marks of quotations stand before a place in its line.
fn begins_line(before: &str) -> bool {
    before.trim_end_matches([' ', '>']).chars().next_back().is_none_or(|c| c == '\n')
}

/// `{: .class}`, `{:toc}`, `{::options /}`.
fn attributes(written: &str, in_heading: bool) -> Option<Diagnostic> {
    let inner = written.get(2..written.len() - 1)?;
    let first = inner.trim_start().chars().next()?;
    let is_list = matches!(first, '.' | '#' | ':' | '^') || first.is_ascii_alphabetic();
    if !is_list {
        return None;
    }
    let warning =
        Diagnostic::warning(codes::KRAMDOWN, format!("kramdown's `{written}` is not read; it stays as text"));
    let words = inner.trim();
    Some(if words == "toc" || words.starts_with("toc ") || words.ends_with(" toc") {
        warning.hint("remove it with the list above it, and set `toc = true` in the header")
    } else if words.starts_with(':') || words == "/comment" {
        warning.hint("remove it; a comment is written `<!-- … -->`")
    } else if in_heading {
        warning.hint("attributes of a heading stand at its end: `## Title {#id .class}`")
    } else {
        warning.hint("remove it, or write the element in HTML: `<p class=\"wide\">…</p>`")
    })
}

/// `##Heading`: without a space it is a text; `#word` alone may be a hash tag.
fn heading(text: &str, is_whole_line: bool) -> Option<(Range<usize>, Diagnostic)> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let rest = text[level..].lines().next().unwrap_or_default();
    let is_word = rest.starts_with(char::is_alphanumeric);
    let begins_large = rest.starts_with(char::is_uppercase);
    let is_sentence = rest.trim().contains(' ') && !rest.contains('#') && is_whole_line;
    let has_words = level > 1 || (begins_large && is_sentence);
    if level == 0 || level > 6 || !is_word || !has_words {
        return None;
    }
    let marks = &text[..level];
    let title: String = rest.trim_end_matches('#').trim().chars().take(40).collect();
    let warning = Diagnostic::warning(
        codes::KRAMDOWN,
        format!("a heading has a space after `{marks}`; this one stays as text"),
    );
    Some((0..level, warning.hint(format!("write `{marks} {title}`"))))
}

/// What stands in code of a language.
pub(super) fn in_code(language: &str, text: &str) -> Told {
    let has_tags = memchr::memmem::find(text.as_bytes(), b"{%").is_some();
    if !has_tags || ["liquid", "jinja", "twig", "django"].iter().any(|name| language.contains(name)) {
        return Vec::new();
    }
    let tags = RAW.iter().flat_map(|tag| text.match_indices(tag));
    tags.map(|(at, tag)| {
        let warning =
            Diagnostic::warning(codes::LIQUID_TAG, format!("`{tag}` is shown as a part of the code"));
        (at..at + tag.len(), warning.hint("remove it: nothing is expanded in code"))
    })
    .collect()
}
