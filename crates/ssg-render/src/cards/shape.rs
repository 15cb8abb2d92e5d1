//! Texts whose letters change with their neighbours or run from right to left, as glyphs of a font.
//!
//! A text is parted into runs of one direction, by the [bidirectional algorithm](https://www.unicode.org/reports/tr9/) of Unicode,
//! and these into parts of one script; each part is shaped as the font's tables say. All numbers are whole, so the same
//! text and font give the same glyphs on every machine.

use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript as _};

/// A glyph of a shaped text.
pub(super) struct Shaped {
    /// Its number in the font; 0 where the font has none.
    pub id: u16,
    /// The letter that it stands for, or the first of them.
    pub of: char,
    /// In units of the font: to the next glyph, and from its place to the right and up.
    pub moves: [i16; 3],
}

/// Whether a text runs from right to left, by its first letter that has a direction.
pub(super) fn is_from_right(text: &str) -> bool {
    BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// The glyphs of a text in the order in which they are seen, from the left. `None` where the bytes are no font.
pub(super) fn shape(font: &[u8], text: &str) -> Option<Vec<Shaped>> {
    let face = Face::from_slice(font, 0)?;
    let info = BidiInfo::new(text, None);
    let mut glyphs = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_from_right = levels.get(run.start).is_some_and(Level::is_rtl);
            let mut parts = by_script(text.get(run).unwrap_or_default());
            if is_from_right {
                parts.reverse();
            }
            for part in parts {
                shape_part(&face, part, is_from_right, &mut glyphs);
            }
        }
    }
    Some(glyphs)
}

fn shape_part(face: &Face<'_>, part: &str, is_from_right: bool, glyphs: &mut Vec<Shaped>) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(part);
    buffer.set_direction(if is_from_right { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let small = |units: i32| i16::try_from(units.clamp(-32_768, 32_767)).unwrap_or(0);
    glyphs.extend(shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
        let letter = usize::try_from(info.cluster).ok().and_then(|at| part.get(at..)?.chars().next());
        Shaped {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            of: letter.unwrap_or(char::REPLACEMENT_CHARACTER),
            moves: [position.x_advance, position.x_offset, position.y_offset].map(small),
        }
    }));
}

/// Parts of a text of one script each; what belongs to all scripts goes with what stands before it.
fn by_script(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut current) = (0, None);
    for (at, c) in text.char_indices() {
        let script = c.script();
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            continue;
        }
        if current.is_some_and(|current| current != script) {
            parts.extend(text.get(start..at));
            start = at;
        }
        current = Some(script);
    }
    parts.extend(text.get(start..).filter(|part| !part.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str) -> Vec<u16> {
        let all = shape(dejavu::sans_condensed::bold(), text).expect("a font");
        all.iter().map(|glyph| glyph.id).collect()
    }

    #[test]
    fn letters_of_arabic_join_and_run_from_the_right() {
        let (alone, word) = (glyphs("\u{645}"), glyphs("\u{645}\u{631}\u{62d}\u{628}\u{627}"));
        assert_eq!((alone.len(), word.len()), (1, 5));
        // The first letter stands at the right, in another form than alone.
        assert!(word.iter().all(|id| *id != 0) && word.last() != alone.last(), "{word:?}");
        assert!(is_from_right("\u{645} one") && !is_from_right("one \u{645}"));
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_told() {
        let all = shape(dejavu::sans_condensed::bold(), "a \u{928}").expect("a font");
        assert_eq!(all.iter().find(|glyph| glyph.id == 0).map(|glyph| glyph.of), Some('\u{928}'));
        assert!(shape(b"no font", "a").is_none());
    }

    #[test]
    fn scripts_are_parted() {
        assert_eq!(by_script("one, \u{928}\u{92e} two"), ["one, ", "\u{928}\u{92e} ", "two"]);
        assert_eq!(by_script("12"), ["12"]);
        assert!(by_script("").is_empty());
    }
}
