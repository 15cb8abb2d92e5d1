//! Images in raw HTML. One that is a processed picture of the site is given what an image of Markdown has: its sizes,
//! its width and height, and that it may come late. What the writer gave stays as it is.

use crate::links::Where;
use crate::pictures::{Frame, Markup, Shown};
use ssg_parse::{PictureFormat, Piece, html_tags};
use ssg_source::markup::{Quotes, escape};

/// The tag of an image, from the pieces of a body.
pub(super) struct RawImage {
    /// Names of its attributes, in small letters.
    given: Vec<String>,
    /// In pixels of CSS, as the writer gave it.
    width: Option<u32>,
}

/// The tag of the image whose `src` is the piece at a place; `None` where that is the address of something else.
pub(super) fn tag_at(pieces: &[Piece], at: usize) -> Option<RawImage> {
    let Some(Piece::Html(before)) = pieces.get(at.checked_sub(1)?) else { return None };
    let mut text = before.get(before.rfind('<')?..)?.to_owned();
    if !text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("<img")) {
        return None;
    }
    let value = text.len();
    for piece in pieces.get(at..)? {
        match piece {
            Piece::Address { written, .. } => text.push_str(written),
            Piece::Html(html) => match end_of_tag(&text, html) {
                Some(end) => {
                    text.push_str(&html[..end]);
                    return image(&text, value);
                }
                None => text.push_str(html),
            },
            _ => return None,
        }
    }
    None
}

/// How much of `html` belongs to the tag that `before` begins; `None` where it does not end there.
fn end_of_tag(before: &str, html: &str) -> Option<usize> {
    let mut quote = None;
    let bytes = before.bytes().map(|byte| (0, byte));
    for (at, byte) in bytes.chain(html.bytes().enumerate().map(|(at, byte)| (at + 1, byte))) {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return (at > 0).then_some(at),
            _ => {}
        }
    }
    None
}

/// The image of a whole tag, where its `src` begins at a place.
fn image(html: &str, value: usize) -> Option<RawImage> {
    let tag = html_tags(html).next().filter(|tag| tag.name.eq_ignore_ascii_case("img"))?;
    let is_source = |name: &str| name.eq_ignore_ascii_case("src");
    tag.attributes.iter().find(|attribute| attribute.value.start == value && is_source(attribute.name))?;
    let width = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case("width"));
    let width = width.and_then(|width| html.get(width.value.clone())?.trim().parse().ok());
    let given = tag.attributes.iter().map(|attribute| attribute.name.to_ascii_lowercase()).collect();
    Some(RawImage { given, width })
}

impl RawImage {
    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|given| given == name)
    }

    /// Whether the writer chose among sizes.
    fn has_choice(&self) -> bool {
        self.has("srcset") || self.has("sizes")
    }

    /// The address that its `src` becomes, and attributes to be added behind it, as HTML.
    pub(super) fn shown(&self, shown: &Shown, href: &str, place: Where) -> (String, String) {
        let markup = Markup { href, alt: "", title: "", frame: Frame::default() };
        let (alone, width, height) = markup.alone(shown);
        let mut added = String::new();
        if !self.has("width") && !self.has("height") && !self.has("style") {
            let size =
                if place == Where::Feed { (width, height) } else { (shown.look.width, shown.look.height) };
            added.push_str(&format!(" width=\"{}\" height=\"{}\"", size.0, size.1));
        }
        if self.has_choice() {
            return (href.to_owned(), added);
        }
        if place != Where::Feed {
            let sets = [PictureFormat::WebP, PictureFormat::Jpeg].map(|format| markup.srcset(shown, format));
            if let Some(set) = sets.into_iter().find(|set| !set.is_empty()) {
                added.push_str(&format!(" srcset=\"{set}\" sizes=\""));
                match self.width {
                    Some(width) => added.push_str(&format!("{width}px")),
                    None => escape(&shown.options.sizes, Quotes::Both, &mut added),
                }
                added.push('"');
            }
            for (name, value) in [("loading", "lazy"), ("decoding", "async")] {
                if !self.has(name) {
                    added.push_str(&format!(" {name}=\"{value}\""));
                }
            }
        }
        (alone, added)
    }
}

/// The text behind an address, with attributes added where the value of the address ends.
pub(super) fn with_attributes(text: &str, added: &str) -> String {
    let quote = usize::from(text.starts_with(['"', '\'']));
    format!("{}{added}{}", &text[..quote], &text[quote..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::Span;

    /// The attributes of the image whose `src` is `x.jpg`, of texts with `@` for addresses.
    fn given(html: &str) -> Option<String> {
        let mut pieces = Vec::new();
        for (nth, part) in html.split('@').enumerate() {
            if nth > 0 {
                pieces.push(Piece::Address { written: "x.jpg".to_owned(), span: Span::new(0, 0) });
            }
            pieces.push(Piece::Html(part.into()));
        }
        tag_at(&pieces, 1).map(|image| image.given.join(" "))
    }

    #[test]
    fn a_tag_is_put_together_of_its_pieces() {
        for (html, expected) in [
            ("<p><img src=\"@\">", Some("src")),
            ("<IMG alt='a' SRC=@ WIDTH=3>", Some("alt src width")),
            ("<img src=\"@\" alt=\"a > b\" height=\"2\"><p width=3>", Some("src alt height")),
            ("<img src=\"@\" srcset=\"@ 2x, @ 3x\" sizes=1>", Some("src srcset sizes")),
            ("<img alt=\"a < b\" src=\"@\">", None),
            ("<a href=\"@\"><img src=\"@\">", None),
            ("<img longdesc=\"@\" src=\"@\">", None),
            ("<image src=\"@\">", None),
            ("<img src=\"@\" alt=\"", None),
            ("@", None),
        ] {
            assert_eq!(given(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_added_behind_the_quotation_mark() {
        assert_eq!(with_attributes("\" alt=\"\">", " w=\"1\""), "\" w=\"1\" alt=\"\">");
        assert_eq!(with_attributes(" alt>", " w=\"1\""), " w=\"1\" alt>");
        assert_eq!(with_attributes("", " w=\"1\""), " w=\"1\"");
    }
}
