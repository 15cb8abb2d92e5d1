//! Pictures of texts that tell nothing to who does not see them.

use ssg_parse::{Document, Piece, html_tags};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes};

pub(super) fn look(source: &SitePath, document: &Document, found: &mut Diagnostics) {
    let Some(pieces) = &document.pieces else { return };
    walk(pieces, &mut |span, hint| {
        let lacking = Diagnostic::advice(codes::IMAGE_TEXT, "a picture has no text for who does not see it");
        found.add(lacking.in_file(source).at(span).hint(hint));
    });
}

/// Tells the place of each picture without a text. Bodies of shortcodes are no deeper than their reader allows.
fn walk(pieces: &[Piece], tell: &mut dyn FnMut(Span, &'static str)) {
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Image { alt, span, .. } if alt.trim().is_empty() => {
                tell(*span, "write between the brackets what it shows: `![…](…)`");
            }
            Piece::Address { span, .. } if is_image_without_alt(pieces, at) => {
                tell(*span, "write `alt=\"…\"`, or `alt=\"\"` where it only adorns");
            }
            Piece::Shortcode(call) => walk(call.body.as_deref().unwrap_or_default(), tell),
            _ => {}
        }
    }
}

/// Whether an address stands in a tag `<img …>` that does not say `alt`. The tag may hold more than one address.
fn is_image_without_alt(pieces: &[Piece], at: usize) -> bool {
    /// Longest tag that is looked at, in pieces to each side.
    const MOST: usize = 8;
    let mut before = String::new();
    for piece in pieces[..at].iter().rev().take(MOST) {
        let Piece::Html(html) = piece else {
            before.insert(0, 'x');
            continue;
        };
        match html.rfind(['<', '>']) {
            Some(open) if html[open..].starts_with('<') => {
                before.insert_str(0, &html[open..]);
                break;
            }
            Some(_) => return false,
            None => before.insert_str(0, html),
        }
    }
    let is_first_source = || {
        let start = before.to_ascii_lowercase();
        start.starts_with("<img")
            && start.trim_end_matches(['"', '\'']).ends_with("src=")
            && !start.contains("srcset=")
    };
    if !is_first_source() {
        return false;
    }
    let mut tag = before;
    for piece in pieces[at..].iter().take(MOST) {
        match piece {
            Piece::Html(html) => {
                let end = html.find('>').map_or(html.len(), |end| end + 1);
                tag.push_str(&html[..end]);
                if end < html.len() || html.ends_with('>') {
                    break;
                }
            }
            _ => tag.push('x'),
        }
    }
    let names = |name: &str| name.eq_ignore_ascii_case("alt");
    let is_said = html_tags(&tag).next().is_some_and(|tag| tag.attributes.iter().any(|one| names(one.name)));
    // One without a value is told apart by nothing else.
    !is_said && !tag.split([' ', '\n', '>', '/']).any(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_parse::{ParseOptions, parse_document};

    fn count(text: &str) -> usize {
        let path = SitePath::new("content/a.md").expect("a path");
        let (document, _) = parse_document(&path, text.as_bytes(), &ParseOptions::default());
        let mut found = Diagnostics::new();
        look(&path, &document, &mut found);
        found.len()
    }

    #[test]
    fn pictures_without_a_text_are_told() {
        for (text, pictures) in [
            ("![](a.png)", 1),
            ("![ ](a.png) and ![b](b.png)", 1),
            ("[![](a.png)](b.html)", 1),
            ("<img src=\"a.png\">", 1),
            ("<img src=\"a.png\" alt=\"\">", 0),
            ("<img alt='x' src='a.png'>", 0),
            ("<img class=\"b\" src=\"a.png\" width=3><img src=b.png alt>", 1),
            ("<a href=\"/x/\">x</a> <video src=\"a.mp4\"></video>", 0),
            ("`![](a.png)`", 0),
        ] {
            assert_eq!(count(text), pictures, "{text}");
        }
    }
}
