//! The colours of a card: those that the theme's options name, else those of the ink of the page's event.

use super::mixed;
use crate::drawings::ink::NEUTRAL;
use crate::facets::theme::ThemeOption;
use crate::reads::Reads;

/// Red, green and blue.
pub(super) type Rgb = [u8; 3];

/// What a card is painted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    pub paper: Rgb,
    pub ink: Rgb,
    pub accent: Rgb,
    /// The paper is an ink, so there is no bar at the edge.
    pub is_field: bool,
    /// Bars of tracks have colours of their own.
    has_tracks: bool,
}

/// Words of inks with the field and its light, as the style of the theme `score` has them.
pub(super) const INKS: [(&str, Rgb, Rgb); 9] = [
    ("teal", [0x07, 0x77, 0x8a], [0x86, 0xdd, 0xe6]),
    ("vermilion", [0xc9, 0x37, 0x1a], [0xff, 0xb0, 0x9c]),
    ("violet", [0x7b, 0x3f, 0xc4], [0xd6, 0xbb, 0xff]),
    ("green", [0x0a, 0x7a, 0x50], [0x86, 0xe0, 0xb0]),
    ("magenta", [0xbf, 0x2c, 0x77], [0xff, 0xaf, 0xd2]),
    ("blue", [0x2b, 0x48, 0xdb], [0xa9, 0xc1, 0xff]),
    (NEUTRAL, [0x56, 0x5a, 0x63], [0xd5, 0xd8, 0xdf]),
    // On these two everything is dark, so their light is the colour of their text.
    ("amber", [0xff, 0xb5, 0x2e], DARK),
    ("lime", [0xc8, 0xda, 0x4e], DARK),
];
const DARK: Rgb = [0x16, 0x18, 0x1d];
const WHITE: Rgb = [0xff; 3];

/// The light of each track, as the style of the theme `score` has it.
pub(super) const TRACKS: [Rgb; 8] = [
    [0x86, 0xdd, 0xe6],
    [0xff, 0xb0, 0x9c],
    [0xff, 0xd1, 0x66],
    [0xd6, 0xbb, 0xff],
    [0x86, 0xe0, 0xb0],
    [0xff, 0xaf, 0xd2],
    [0xa9, 0xc1, 0xff],
    [0xd9, 0xe8, 0x7a],
];

impl Colours {
    /// The colours that the options of the theme name; without such options those of an ink, and else the usual.
    pub(super) fn of(reads: &Reads, ink: Option<&str>) -> Self {
        let option = |name: &str| colour(reads.get::<ThemeOption>(&name.into())?.0.as_str()?);
        let named = [option("paper"), option("ink"), option("accent")];
        let is_plain = named.iter().all(Option::is_none);
        if let Some(field) = ink.filter(|_| is_plain).and_then(Self::of_ink) {
            return field;
        }
        let [paper, ink, accent] = named;
        Self::plain(
            paper.unwrap_or([0xfb, 0xfa, 0xf7]),
            ink.unwrap_or([0x1b, 0x1f, 0x23]),
            accent.unwrap_or([0x9c, 0x3a, 0x1c]),
        )
    }

    /// Text on paper.
    pub(super) fn plain(paper: Rgb, ink: Rgb, accent: Rgb) -> Self {
        Self { paper, ink, accent, is_field: false, has_tracks: false }
    }

    /// Text on an ink; `None` for a word that is none.
    pub(super) fn of_ink(word: &str) -> Option<Self> {
        let (_, paper, light) = *INKS.iter().find(|(name, ..)| *name == word)?;
        let is_dark_on_light = light == DARK;
        Some(Self {
            paper,
            ink: if is_dark_on_light { DARK } else { WHITE },
            accent: light,
            is_field: true,
            has_tracks: !is_dark_on_light,
        })
    }

    /// The colour of text that stands back.
    pub(super) fn quiet(&self) -> Rgb {
        mixed(self.paper, self.ink, if self.is_field { 0.86 } else { 0.72 })
    }

    /// The colour of bars of a class, as drawings have them (`drawings/score.rs`).
    pub(super) fn of_bars(&self, class: &str) -> Rgb {
        if class.starts_with('u') {
            return mixed(self.paper, self.ink, if self.is_field { 0.4 } else { 0.2 });
        }
        if class.starts_with('o') {
            return mixed(self.paper, self.ink, 0.75);
        }
        let track = class.strip_prefix('t').and_then(|track| TRACKS.get(track.parse::<usize>().ok()?));
        match track.filter(|_| self.has_tracks) {
            Some(track) => *track,
            None if class == "l" && self.is_field => self.ink,
            None => self.accent,
        }
    }
}

/// A colour as `#rgb` or `#rrggbb`.
fn colour(text: &str) -> Option<Rgb> {
    let digits: Vec<u8> = text
        .trim()
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16)?.try_into().ok())
        .collect::<Option<_>>()?;
    let byte = |high: usize, low: usize| Some(digits.get(high)? * 16 + digits.get(low)?);
    match digits.len() {
        3 => Some([byte(0, 0)?, byte(1, 1)?, byte(2, 2)?]),
        6 => Some([byte(0, 1)?, byte(2, 3)?, byte(4, 5)?]),
        _ => None,
    }
}
