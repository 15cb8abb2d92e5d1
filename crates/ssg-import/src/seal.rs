//! Foreign Markdown, so that nothing in it means something on this site only: a link to one of its
//! files (`@/…`), or the call of a shortcode.
//!
//! Writers escape these where they see them. Where code ends and a comment begins is for the parser
//! to say, though, so it has the last word: a text in which it still finds any keeps its words and
//! loses its links and code.

use ssg_parse::{Body, MarkdownOptions, Piece, parse_markdown};
use ssg_source::Diagnostics;

/// The text, which reaches nothing of this site.
pub(crate) fn seal(text: String) -> String {
    // No link to a file and no call is written without one of these.
    if !text.contains(['@', '&', '{']) || !reaches(&text) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        // A backslash before them makes no difference to references.
        match c {
            '[' => out.push_str("&#91;"),
            '`' => out.push_str("&#96;"),
            '{' => out.push_str("&#123;"),
            c => out.push(c),
        }
    }
    out
}

fn reaches(text: &str) -> bool {
    let Body { pieces, .. } = parse_markdown(text, 0, &MarkdownOptions::default(), &mut Diagnostics::new());
    pieces.iter().any(|piece| match piece {
        Piece::LinkOpen { dest, .. } | Piece::Image { dest, .. } => dest.starts_with("@/"),
        Piece::Address { written, .. } => written.starts_with("@/"),
        Piece::Shortcode(_) => true,
        Piece::Html(_) | Piece::Code { .. } => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_finds_is_found() {
        for text in [
            "a <!-- ` --> [x](@/y.md) `",
            "a ` b\n<!-- x\n` -->\n\n[x](@/y.md)",
            "[x](<@/y.md>)",
            "[x](&#64;/y.md)",
            "[x](\\@/y.md)",
            "![x]( @/y.svg )",
            "[x]\n\n[x]:\n@/y.md",
            "\\\\[x](@/y.md)",
            "a <!-- ` --> {{ youtube(id=\"x\") }} `",
        ] {
            assert!(reaches(text), "{text}");
            let sealed = seal(text.to_owned());
            assert!(!reaches(&sealed), "{sealed}");
        }
    }

    #[test]
    fn all_else_stays() {
        for text in
            ["a@b", "`[x](@/y.md)`", "[x](https://y.example/@/z) & `{{ x }}`", "{ a }", "\\[x](@/y.md)"]
        {
            assert_eq!(seal(text.to_owned()), text);
        }
    }
}
