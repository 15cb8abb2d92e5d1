//! The font of the cards: what it can show, and how wide that is. The usual one is `DejaVu Sans Condensed Bold`, as the
//! crate `dejavu` has it.

use ab_glyph::{Font as _, FontVec, GlyphId, PxScale, ScaleFont as _};
use std::ops::RangeInclusive;

/// Scripts that are more than one glyph beside the other: they run from right to left, or letters
/// change with their neighbours.
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
        let is_complex = |c: char| COMPLEX.iter().any(|range| range.contains(&u32::from(c)));
        if let Some(c) = text.chars().find(|c| is_complex(*c)) {
            return Some(format!("U+{:04X} belongs to a script that is not drawn here", u32::from(c)));
        }
        let missing = text.chars().find(|c| *c != ' ' && self.0.glyph_id(*c) == GlyphId(0))?;
        Some(format!("the font has no glyph for `{missing}` (U+{:04X})", u32::from(missing)))
    }

    /// The width of a text in pixels, at a size in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.place(text, size).1
    }

    /// Glyphs with their distances from the beginning, and the width of all.
    fn place(&self, text: &str, size: f32) -> (Vec<(GlyphId, f32)>, f32) {
        let font = self.0.as_scaled(self.scale(size));
        let (mut glyphs, mut at, mut last) = (Vec::new(), 0.0, None);
        for id in text.chars().map(|c| self.0.glyph_id(c)) {
            if let Some(last) = last {
                at += font.kern(last, id);
            }
            glyphs.push((id, at));
            at += font.h_advance(id);
            last = Some(id);
        }
        (glyphs, at)
    }

    /// Fonts differ in how much of their height is letters: a size here is that of the em.
    fn scale(&self, size: f32) -> PxScale {
        let em = self.0.units_per_em().unwrap_or(1000.0).max(1.0);
        PxScale::from(size * self.0.height_unscaled() / em)
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
        for (id, at) in self.place(text, size).0 {
            let glyph = id.with_scale_and_position(scale, ab_glyph::point(x + at, baseline));
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
