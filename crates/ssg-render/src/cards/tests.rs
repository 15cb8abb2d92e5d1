use super::colours::{Colours, INKS, TRACKS};
use super::draw::{Picture, Pictures, card};
use super::font::Font;
use super::say::{Drawn, Said};
use super::{logo, path};

const FONT: &[u8] = include_bytes!("../../../../tests/fonts/blocks.ttf");

const NONE: Pictures<'static> = Pictures { logo: None, portrait: None };

fn black() -> Colours {
    Colours::plain([255, 255, 255], [0, 0, 0], [200, 0, 0])
}

fn font() -> Font {
    Font::read(FONT.to_vec()).expect("a font")
}

fn said(title: &str) -> Said {
    let text = str::to_owned;
    Said {
        site: text("Site"),
        title: text(title),
        where_when: text("Ghent"),
        people: text("Ann Bell"),
        event: None,
        drawn: Drawn::Nothing,
        speakers: Vec::new(),
        language: ssg_parse::LangId::MAIN,
    }
}

/// The pixels of a card.
fn drawn(title: &str) -> Picture {
    let png = card(&said(title), &black(), &font(), &NONE, None).expect("a card");
    let again = card(&said(title), &black(), &font(), &NONE, None).expect("a card");
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
        ("مرحبا", Some("the font has no glyph for `م` (U+0645)")),
        ("नमस्ते", Some("the font has no glyph for `न` (U+0928)")),
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
    let png = card(&said("A"), &black(), &font(), &NONE, None).expect("a card");
    assert!(logo::read(png.get(..2000).expect("a part")).is_err());
}

#[test]
fn a_logo_is_drawn_in_its_corner() {
    let logo = Picture { width: 2, height: 1, pixels: vec![[0, 0, 0, 255], [0, 0, 0, 0]] };
    let png =
        card(&said("A"), &black(), &font(), &Pictures { logo: Some(&logo), ..NONE }, None).expect("a card");
    let picture = logo::read(&png).expect("a PNG image");
    assert_eq!(dark(&picture, 56..120, 80..144), 64 * 64);
    assert_eq!(dark(&picture, 56..120, 144..208), 0);
}

#[test]
fn where_cards_lie() {
    assert_eq!(path("/posts/a/"), "/posts/a/card.png");
    assert_eq!(path("/2013/a.html"), "/2013/a.card.png");
}

#[test]
fn the_programme_is_drawn_between_title_and_people() {
    let bars = [("u".to_owned(), vec![[0, 0, 300, 600]]), ("l".to_owned(), vec![[600, 0, 600, 300]])];
    let colours = Colours::of_ink("amber").expect("an ink");
    for title in ["A", &"word ".repeat(60)] {
        let png = card(&said(title.trim()), &colours, &font(), &NONE, Some(&bars[..])).expect("a card");
        let picture = logo::read(&png).expect("a PNG image");
        let at =
            |row: usize, column: usize| picture.pixels.get(row * 1200 + column).map(|p| [p[0], p[1], p[2]]);
        assert_eq!(at(5, 5), Some(colours.paper), "no bar at the edge of a field");
        assert_eq!(at(370, 80), Some(colours.of_bars("u")));
        assert_eq!(at(455, 339), Some(colours.of_bars("u")));
        assert_eq!(at(370, 1119), Some(colours.ink));
        for (row, column) in [(456, 80), (370, 340), (369, 700), (413, 700), (370, 1120)] {
            assert_eq!(at(row, column), Some(colours.paper), "{row} {column}");
        }
    }
}

#[test]
fn inks_are_those_of_the_default_theme() {
    const STYLE: &str = include_str!("../../../../themes/score/assets/_base.css");
    let hex = |[r, g, b]: [u8; 3]| format!("#{r:02X}{g:02X}{b:02X}");
    for (word, field, light) in INKS {
        let start = format!(".{word}{{--c:{}", hex(field));
        assert!(STYLE.contains(&start), "{start}");
        if !matches!(word, "amber" | "lime") {
            assert!(STYLE.contains(&format!("{start};--fl:{}}}", hex(light))), "the light of {word}");
        }
    }
    for (number, light) in TRACKS.into_iter().enumerate() {
        let rule = STYLE.split_once(&format!(".t{number},")).and_then(|(_, rest)| rest.split_once('}'));
        let end = format!("--fl:{}", hex(light));
        assert!(rule.is_some_and(|(rule, _)| rule.ends_with(&end)), "the track {number} is {end}");
    }
    for word in crate::drawings::ink::INKS {
        assert!(Colours::of_ink(word).is_some(), "{word}");
    }
}

#[test]
fn the_usual_font_shows_alphabets_of_europe() {
    let font = Font::usual().expect("a font");
    for text in ["Grüße – “It’s ẞ…”", "Ναύπλιο", "Привет", "Việt Nam", "Řeřicha"]
    {
        assert_eq!(font.problem(text), None, "{text}");
    }
    assert!(font.problem("火").is_some());
}

/// Bounds of what is dark in some rows: the first and the last column.
fn columns(picture: &Picture, rows: std::ops::Range<usize>) -> (usize, usize) {
    let has = |column: &usize| dark(picture, rows.clone(), *column..column + 1) > 0;
    let all: Vec<usize> = (21..1200).filter(has).collect();
    (all.first().copied().unwrap_or(0), all.last().copied().unwrap_or(0))
}

#[test]
fn arabic_is_shaped_and_begins_at_the_right() {
    let usual = Font::usual().expect("the program's font");
    let arabic = "\u{645}\u{631}\u{62d}\u{628}\u{627}";
    assert_eq!(usual.problem(arabic), None);
    // Letters that join are narrower together than each alone.
    let each: f32 = arabic.chars().map(|c| usual.width(&c.to_string(), 100.0)).sum();
    assert!(usual.width(arabic, 100.0) < each * 0.9, "{each}");
    let png = card(&said(arabic), &black(), &usual, &NONE, None).expect("a card");
    let (first, last) = columns(&logo::read(&png).expect("a PNG image"), 160..450);
    assert!(first > 600 && last > 1080, "{first} to {last}");
}

#[test]
fn what_begins_at_the_right_is_mirrored() {
    let usual = Font::usual().expect("the program's font");
    let logo = Picture { width: 1, height: 1, pixels: vec![[0, 0, 0, 255]] };
    let bars = [("l".to_owned(), vec![[0, 0, 300, 600]])];
    let colours = black();
    let pictures = Pictures { logo: Some(&logo), ..NONE };
    let png = card(&said("\u{645}\u{631}"), &colours, &usual, &pictures, Some(&bars[..])).expect("a card");
    let picture = logo::read(&png).expect("a PNG image");
    let at = |row: usize, column: usize| picture.pixels.get(row * 1200 + column).map(|p| [p[0], p[1], p[2]]);
    assert_eq!((at(300, 5), at(300, 1195)), (Some(colours.paper), Some(colours.accent)), "the bar");
    assert_eq!(dark(&picture, 56..120, 1056..1120), 64 * 64, "the logo");
    let (_, last) = columns(&picture, 130..131);
    assert_eq!(last, 0, "nothing below the logo");
    let name = dark(&picture, 60..110, 900..1032);
    assert!(name > 0 && dark(&picture, 60..110, 70..900) == 0, "the site's name is beside its logo: {name}");
    let colour = Some(colours.of_bars("l"));
    assert_eq!((at(400, 859) == colour, at(400, 860), at(400, 1119)), (false, colour, colour), "the drawing");
}

#[test]
fn a_portrait_is_a_disc_below_the_drawing_and_lines_end_before_it() {
    let portrait = Picture { width: 1, height: 1, pixels: vec![[0, 0, 0, 255]] };
    let pictures = Pictures { portrait: Some(&portrait), ..NONE };
    let said = Said { people: "Ann Bell ".repeat(40).trim().to_owned(), ..said("A") };
    let png = card(&said, &black(), &font(), &pictures, None).expect("a card");
    let picture = logo::read(&png).expect("a PNG image");
    let disc = dark(&picture, 466..594, 992..1120);
    assert!((12_700..13_000).contains(&disc), "{disc}");
    assert_eq!(dark(&picture, 466..594, 962..992), 0, "a gap");
    assert_eq!(dark(&picture, 466..470, 992..1030), 0, "a corner");
}
