//! The font of the cards: what it can show, and how wide that is. The usual one is `DejaVu Sans Condensed Bold`, as the
//! crate `dejavu` has it.

use super::shape::{Shaped, shape};
use ab_glyph::{Font as _, FontVec, GlyphId, PxScale, ScaleFont as _};
use std::ops::RangeInclusive;

/// Scripts that are more than one glyph beside the other: they run from right to left, or letters
/// change with their neighbours. Texts with them are shaped (`shape.rs`).
const COMPLEX: &[RangeInclusive<u32>] = &[
    0x0300..=0x036f,
    0x0590..=0x08ff,
    0x0900..=0x0dff,
    0x0e00..=0x0fff,
    0x1000..=0x109f,
    0x135d..=0x135f,
    0x1700..=0x18af,
    0x1900..=0x1cff,
    0x1dc0..=0x1dff,
    0x200b..=0x200f,
    0x202a..=0x202e,
    0x2060..=0x206f,
    0x20d0..=0x20ff,
    0xa800..=0xabff,
    0xfb1d..=0xfdff,
    0xfe00..=0xfe0f,
    0xfe20..=0xfe2f,
    0xfe70..=0xfeff,
    0x0001_0800..=0x0001_1fff,
    0x0001_e000..=0x0001_efff,
    0x000e_0000..=0x000e_ffff,
];

/// A font.
pub(super) struct Font(FontVec);

/// A glyph at its place, in pixels from the beginning of the text and above the base line.
struct Placed {
    id: GlyphId,
    x: f32,
    y: f32,
}

impl Font {
    /// Reads a font; `None` where the bytes are none.
    pub(super) fn read(bytes: Vec<u8>) -> Option<Self> {
        FontVec::try_from_vec(bytes).ok().map(Self)
    }

    /// The font of cards where the site names none.
    pub(super) fn usual() -> Option<Self> {
        Self::read(dejavu::sans_condensed::bold().to_vec())
    }

    /// Why a text cannot be drawn.
    pub(super) fn problem(&self, text: &str) -> Option<String> {
        let missing = if is_complex(text) {
            let Some(glyphs) = self.shaped(text) else { return Some("the font cannot be shaped".to_owned()) };
            let missing = |c: &char| glyphs.iter().any(|glyph| glyph.id == 0 && glyph.of == *c);
            text.chars().find(missing)
        } else {
            text.chars().find(|c| *c != ' ' && self.0.glyph_id(*c) == GlyphId(0))
        }?;
        Some(format!("the font has no glyph for `{missing}` (U+{:04X})", u32::from(missing)))
    }

    /// The width of a text in pixels, at a size in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.place(text, size).1
    }

    fn shaped(&self, text: &str) -> Option<Vec<Shaped>> {
        shape(self.0.as_slice(), text)
    }

    /// Glyphs in the order in which they are seen, and the width of all.
    fn place(&self, text: &str, size: f32) -> (Vec<Placed>, f32) {
        match Some(text).filter(|text| is_complex(text)).and_then(|text| self.shaped(text)) {
            Some(shaped) => self.place_shaped(&shaped, size),
            None => self.place_each(text, size),
        }
    }

    /// One glyph for each letter, beside each other.
    fn place_each(&self, text: &str, size: f32) -> (Vec<Placed>, f32) {
        let font = self.0.as_scaled(self.scale(size));
        let (mut glyphs, mut at, mut last) = (Vec::new(), 0.0, None);
        for id in text.chars().map(|c| self.0.glyph_id(c)) {
            if let Some(last) = last {
                at += font.kern(last, id);
            }
            glyphs.push(Placed { id, x: at, y: 0.0 });
            at += font.h_advance(id);
            last = Some(id);
        }
        (glyphs, at)
    }

    fn place_shaped(&self, shaped: &[Shaped], size: f32) -> (Vec<Placed>, f32) {
        let unit = size / self.em();
        let (mut glyphs, mut at) = (Vec::new(), 0.0);
        for glyph in shaped {
            let [advance, right, up] = glyph.moves.map(|units| f32::from(units) * unit);
            glyphs.push(Placed { id: GlyphId(glyph.id), x: at + right, y: up });
            at += advance;
        }
        (glyphs, at)
    }

    fn em(&self) -> f32 {
        self.0.units_per_em().unwrap_or(1000.0).max(1.0)
    }

    /// Fonts differ in how much of their height is letters: a size here is that of the em.
    fn scale(&self, size: f32) -> PxScale {
        PxScale::from(size * self.0.height_unscaled() / self.em())
    }

    /// Draws a text on a base line: `dot` gets the place of a pixel and how much of it is covered.
    pub(super) fn draw(
        &self,
        text: &str,
        size: f32,
        x: f32,
        baseline: f32,
        mut dot: impl FnMut(i32, i32, f32),
    ) {
        let scale = self.scale(size);
        for Placed { id, x: right, y: up } in self.place(text, size).0 {
            let glyph = id.with_scale_and_position(scale, ab_glyph::point(x + right, baseline - up));
            let Some(outline) = self.0.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            #[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
            let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
            outline.draw(|x, y, cover| {
                let place = |from: i32, by: u32| from.saturating_add(i32::try_from(by).unwrap_or(i32::MAX));
                dot(place(left, x), place(top, y), cover);
            });
        }
    }
}

fn is_complex(text: &str) -> bool {
    text.chars().any(|c| COMPLEX.iter().any(|range| range.contains(&u32::from(c))))
}
