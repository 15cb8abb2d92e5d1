//! Finds where the header ends and the body begins.

use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Diagnostics, Span, codes};

/// Largest header, in bytes.
const LARGEST: usize = 1 << 20;

/// How a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
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

/// Splits a file. A header that is never closed, or is over 1 MiB, is reported and has no body.
#[must_use]
pub fn split_header(text: &str, found: &mut Diagnostics) -> Header {
    let none = Header { format: None, front: Span::at(0), body: Span::new(0, text.len()) };
    let first_end = text.find('\n').unwrap_or(text.len());
    let format = match text[..first_end].trim_end() {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return none,
    };
    let start = (first_end + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let fence = line.trim_end();
        let closes = match format {
            Format::Yaml => fence == "---" || fence == "...",
            Format::Toml => fence == "+++",
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
        .at(Span::new(0, 3))
        .hint(format!("close it with a line that holds only `{fence}`")),
    );
    Header { format: None, front: Span::at(0), body: Span::at(text.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_header_is_refused_without_being_read() {
        let text = format!("---\n{}---\nbody\n", "key: value\n".repeat(1_000_000));
        let mut found = Diagnostics::new();
        let header = split_header(&text, &mut found);
        assert_eq!(header.format, None);
        assert!(found.has_errors());
    }
}
