//! What to say about marks of kramdown, Pandoc and others, and of old Markdown, which stay text.

use super::heading_attributes::read as read_attributes;
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
    if !in_heading {
        told.extend(block(source, range.start, text));
        told.extend(after_image(&source[..range.start], text));
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

/// Whether a text may begin with a mark that holds none of `[`, `{` and `#`.
pub(super) fn may_begin_block(text: &str) -> bool {
    text.starts_with([':', '!', '?'])
}

/// Marks that begin a block elsewhere: `::: warning`, `!!! note`, `[TOC]`.
fn block(source: &str, start: usize, text: &str) -> Option<(Range<usize>, Diagnostic)> {
    let before = &source[..start];
    // A colon before it was taken for the beginning of a definition.
    let outside = before.trim_end_matches(':');
    if !begins_line(outside) {
        return None;
    }
    let line = source[start..].lines().next().unwrap_or_default().trim_end();
    let whole = source[outside.len()..].lines().next().unwrap_or_default().trim_end();
    let told =
        |mark: &str| Diagnostic::warning(codes::KRAMDOWN, format!("`{mark}` is not read; it stays as text"));
    if ["[toc]", "[[toc]]", "[[_toc_]]"].iter().any(|mark| whole.eq_ignore_ascii_case(mark)) {
        let hint = "remove it, and set `toc = true` in the header";
        return Some((0..line.len(), told(whole).hint(hint)));
    }
    let mark = [":::", "!!!", "???"].into_iter().find(|mark| whole.starts_with(mark))?;
    let rest = whole.trim_start_matches([':', '!', '?', '+']);
    let kind = rest.split_whitespace().next().unwrap_or_default().trim_matches(['{', '}', '.']);
    let is_word = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    if !(rest.starts_with(' ') || (mark == ":::" && (rest.is_empty() || is_word)))
        || (mark != ":::" && !is_word)
    {
        return None;
    }
    let length = text.lines().next().unwrap_or_default().trim_end().len();
    let warning = told(format!("{mark} {kind}").trim_end());
    Some((
        0..length.max(1).min(text.len()),
        if rest.trim().is_empty() {
            warning.hint("remove it with the line that begins the block")
        } else {
            let alert = match kind.to_ascii_lowercase().as_str() {
                kind @ ("note" | "tip" | "important" | "warning" | "caution") => kind.to_ascii_uppercase(),
                "danger" | "error" | "bug" | "failure" => "CAUTION".to_owned(),
                _ => "NOTE".to_owned(),
            };
            warning.hint(format!("write `> [!{alert}]`, and `> ` before each line of the block"))
        },
    ))
}

/// `![x](a.png){width=300}`
fn after_image(before: &str, text: &str) -> Option<(Range<usize>, Diagnostic)> {
    let inner = text.strip_prefix('{').filter(|_| before.ends_with(')'))?;
    let end = inner.find('}').filter(|end| *end < LONGEST && !inner.starts_with(':'))?;
    read_attributes(&inner[..end])?;
    let message = format!(
        "attributes behind a link or an image, `{{{}}}`, are not read; they stay as text",
        &inner[..end]
    );
    let warning = Diagnostic::warning(codes::KRAMDOWN, message);
    Some((0..end + 2, warning.hint("remove them, or write the element in HTML")))
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
