use super::draw::{Picture, card};
use super::font::Font;
use super::say::{Colours, Said};
use super::{logo, path};

const FONT: &[u8] = include_bytes!("../../../../tests/fonts/blocks.ttf");
const COLOURS: Colours = Colours { paper: [255, 255, 255], ink: [0, 0, 0], accent: [200, 0, 0] };

fn font() -> Font {
    Font::read(FONT.to_vec()).expect("a font")
}

fn said(title: &str) -> Said {
    let text = str::to_owned;
    Said { site: text("Site"), title: text(title), where_when: text("Ghent"), people: text("Ann Bell") }
}

/// The pixels of a card.
fn drawn(title: &str) -> Picture {
    let png = card(&said(title), &COLOURS, &font(), None).expect("a card");
    let again = card(&said(title), &COLOURS, &font(), None).expect("a card");
    assert_eq!(png, again, "not the same twice");
    logo::read(&png).expect("a PNG image")
}

fn dark(picture: &Picture, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> usize {
    let width = picture.width as usize;
    let pixel =
        |row: usize, column: usize| picture.pixels.get(row * width + column).copied().unwrap_or_default();
    rows.flat_map(|row| columns.clone().map(move |column| (row, column)))
        .filter(|(row, column)| pixel(*row, *column)[0] < 128)
        .count()
}

#[test]
fn a_card_has_its_size_and_its_texts() {
    let picture = drawn("A title");
    assert_eq!((picture.width, picture.height), (1200, 630));
    assert!(dark(&picture, 60..110, 70..1120) > 0, "no name of the site");
    assert!(dark(&picture, 160..450, 70..1120) > 0, "no title");
    assert!(dark(&picture, 500..600, 70..1120) > 0, "no people");
}

#[test]
fn no_title_leaves_its_room() {
    for title in [
        "A",
        &"word ".repeat(60),
        &"x".repeat(400),
        "Two words",
        &"averylongwordthatisnottobebroken ".repeat(9),
    ] {
        let picture = drawn(title.trim());
        assert_eq!(dark(&picture, 115..158, 0..1200), 0, "{title}: above");
        assert_eq!(dark(&picture, 455..500, 21..1200), 0, "{title}: below");
        assert_eq!(dark(&picture, 0..630, 1122..1200), 0, "{title}: to the right");
    }
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let font = font();
    for (text, problem) in [
        ("Plain text – it’s fine…", None),
        ("火", Some("the font has no glyph for `火` (U+706B)")),
        ("مرحبا", Some("U+0645 belongs to a script that is not drawn here")),
        ("नमस्ते", Some("U+0928 belongs to a script that is not drawn here")),
        ("e\u{301}", Some("U+0301 belongs to a script that is not drawn here")),
        ("a🎉", Some("the font has no glyph for `🎉` (U+1F389)")),
    ] {
        assert_eq!(font.problem(text).as_deref(), problem, "{text}");
    }
}

#[test]
fn what_is_no_font_and_no_logo_is_refused() {
    assert!(Font::read(b"no font".to_vec()).is_none());
    assert!(
        Font::read(FONT.get(..300).expect("a part").to_vec()).is_none_or(|font| font.problem("A").is_some())
    );
    assert!(logo::read(b"no image").is_err());
    let png = card(&said("A"), &COLOURS, &font(), None).expect("a card");
    assert!(logo::read(png.get(..2000).expect("a part")).is_err());
}

#[test]
fn a_logo_is_drawn_in_its_corner() {
    let logo = Picture { width: 2, height: 1, pixels: vec![[0, 0, 0, 255], [0, 0, 0, 0]] };
    let png = card(&said("A"), &COLOURS, &font(), Some(&logo)).expect("a card");
    let picture = logo::read(&png).expect("a PNG image");
    assert_eq!(dark(&picture, 56..120, 80..144), 64 * 64);
    assert_eq!(dark(&picture, 56..120, 144..208), 0);
}

#[test]
fn where_cards_lie() {
    assert_eq!(path("/posts/a/"), "/posts/a/card.png");
    assert_eq!(path("/2013/a.html"), "/2013/a.card.png");
}
