//! Finds where the header ends and the body begins.

use crate::withholding::keeps_back;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Diagnostics, Span, codes};
use std::borrow::Cow;

/// Largest header, in bytes.
const LARGEST: usize = 1 << 20;

/// How a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// From the `{` that the file begins with to the `}` that closes it.
    Json,
}

/// Where header and body stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// How it is written; `None` when the file has no header.
    pub format: Option<Format>,
    /// The header without its fences.
    pub front: Span,
    /// Everything below it.
    pub body: Span,
}

impl Header {
    /// The header as the reader of YAML takes it: JSON is YAML but for tabs about its values.
    #[must_use]
    pub fn readable<'t>(&self, source: &'t str) -> Cow<'t, str> {
        if self.format == Some(Format::Json) && source.contains('\t') {
            return Cow::Owned(source.replace('\t', " "));
        }
        Cow::Borrowed(source)
    }
}

/// Splits a file. A header that is never closed, or is over 1 MiB, is reported and has no body.
#[must_use]
pub fn split_header(text: &str, found: &mut Diagnostics) -> Header {
    let none = |found: &mut Diagnostics| {
        found.extend(near_header(text));
        Header { format: None, front: Span::at(0), body: Span::new(0, text.len()) }
    };
    // Lines without a sign may stand above it.
    let above: usize =
        text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    let first_end = text[above..].find('\n').map_or(text.len(), |end| above + end);
    let format = match text[above..first_end].trim_end() {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        line if line.starts_with('{') => return json(text, above).unwrap_or_else(|| none(found)),
        _ => return none(found),
    };
    let start = (first_end + 1).min(text.len());
    // Below an empty line `---` may be a rule above a text.
    if above > 0 && !begins_with_key(&text[start..]) {
        return none(found);
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let fence = line.trim_end();
        let closes = match format {
            Format::Yaml => fence == "---" || fence == "...",
            Format::Toml | Format::Json => fence == "+++",
        };
        if closes {
            if at - start > LARGEST {
                found.add(
                    Diagnostic::error(
                        codes::FRONT_MATTER,
                        format!("the front matter is over {} MiB", LARGEST >> 20),
                    )
                    .at(Span::at(0)),
                );
                return Header { format: None, front: Span::at(0), body: Span::at(text.len()) };
            }
            return Header {
                format: Some(format),
                front: Span::new(start, at),
                body: Span::new(at + line.len(), text.len()),
            };
        }
        at += line.len();
    }
    let fence = if format == Format::Yaml { "---" } else { "+++" };
    found.add(
        Diagnostic::error(
            codes::FRONT_MATTER,
            format!("the front matter is opened with `{fence}` and never closed"),
        )
        .at(Span::new(above, above + 3))
        .hint(format!("close it with a line that holds only `{fence}`")),
    );
    Header { format: None, front: Span::at(0), body: Span::at(text.len()) }
}

/// So many lines of a text without a header are looked at for what was meant to be one.
const NEAR: usize = 40;
/// What is wrong with a header that is none by a sign, where it would keep the page back: the page must not go out because
/// of that.
pub(crate) fn near_header(text: &str) -> Option<Diagnostic> {
    let (mut has_fence, mut hold, mut in_code, mut is_block) = (false, None, false, true);
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']).take(NEAR) {
        let here = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if here.starts_with("```") || here.starts_with("~~~") {
            in_code = !in_code;
        }
        if in_code || here.is_empty() {
            // Without a fence, keys are meant where they begin the file.
            is_block &= hold.is_none() && here.is_empty();
            continue;
        }
        let span = Span::new(start, start + here.len());
        let marks = here.chars().take_while(|c| "-+\u{2013}\u{2014}".contains(*c)).count();
        let rest = here.trim_start_matches(['-', '+', '\u{2013}', '\u{2014}']);
        if (2..=8).contains(&marks) && rest.chars().all(char::is_alphabetic) {
            has_fence = true;
            continue;
        }
        let key = here.split([':', '=']).next().unwrap_or_default().trim();
        let has_value = here.len() > key.len() + 1;
        is_block &= begins_with_key(here);
        if has_value && keeps_back(key) && (has_fence || is_block) {
            hold.get_or_insert(span);
        }
    }
    let hold = hold?;
    let message = "what looks like front matter is text: it would not keep this page back";
    let problem = Diagnostic::error(codes::FRONT_MATTER, message).at(hold);
    Some(problem.hint("the first line holds only `---` (or `+++`), and so does the one below the last key"))
}

/// Whether the first line with signs begins with a key.
fn begins_with_key(text: &str) -> bool {
    let line = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    line.is_some_and(|line| {
        let end = line.find([':', '=']).unwrap_or(0);
        let key = line[..end].trim_matches([' ', '"', '\'', '[', ']']);
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c))
    }) || line.is_some_and(|line| line.starts_with('[') && line.trim_end().ends_with(']'))
}

/// A header in JSON, as Hugo reads it: the file begins with a table whose first key stands in quotation
/// marks.
fn json(text: &str, start: usize) -> Option<Header> {
    let inner = text[start + 1..].trim_start();
    if !inner.starts_with('"') {
        return None;
    }
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start).take(LARGEST) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    let end = at + 1;
                    let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
                    // Text behind it makes it something else.
                    let is_alone = text[end..line_end].trim().is_empty();
                    return is_alone.then_some(Header {
                        format: Some(Format::Json),
                        front: Span::new(start, end),
                        body: Span::new(line_end, text.len()),
                    });
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_none_by_a_sign_keeps_its_page_back() {
        let keys = "title: A\ndraft: true\n";
        for text in [
            format!(" ---\n{keys}---\nx"),
            format!("----\n{keys}----\nx"),
            format!("---yaml\n{keys}---\nx"),
            format!("--\n{keys}--\nx"),
            format!("\u{2014}--\n{keys}---\nx"),
            format!("<!-- by me -->\n---\n{keys}---\nx"),
            format!("{keys}---\nx"),
            format!("{keys}\nx"),
            "++++\ntitle = \"A\"\ndraft = true\n++++\nx".to_owned(),
            format!("---\n{keys}---\nx").replace('\n', "\r"),
        ] {
            let mut found = Diagnostics::new();
            let _ = split_header(&text, &mut found);
            assert!(found.has_errors(), "{text:?}");
        }
        for text in [
            "A text.\n\nNote: draft\n",
            "# How to\n\n```yaml\n---\ndraft: true\n---\n```\n",
            "A draft: true or not.\n\n---\n\nMore.",
            "---\n\nA rule.\n",
            "draft\n",
            "",
        ] {
            let mut found = Diagnostics::new();
            let _ = split_header(text, &mut found);
            assert!(text.starts_with("---") || found.is_empty(), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn a_huge_header_is_refused_without_being_read() {
        let text = format!("---\n{}---\nbody\n", "key: value\n".repeat(1_000_000));
        let mut found = Diagnostics::new();
        let header = split_header(&text, &mut found);
        assert_eq!(header.format, None);
        assert!(found.has_errors());
    }
}
