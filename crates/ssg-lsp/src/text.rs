//! A text as an editor and the program both count in it.
//!
//! The program's spans are bytes of a text whose lines end in LF; the protocol counts lines, and in them units of UTF-16.
//! A text is held with LF, without a byte order mark, so that a place means the same to both, whatever the file has.

use lsp_types::{Position, Range};
use ssg_source::Span;
use std::borrow::Cow;

/// A text and the places where its lines begin.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text as an editor sends it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = plain(text.strip_prefix('\u{feff}').unwrap_or(text)).into_owned();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The text, with LF.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte of a position; the end of the line or of the text for one past it, and the beginning of a sign for one
    /// within it.
    #[must_use]
    pub fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let mut units = 0;
        for (at, sign) in self.line_from(start).char_indices() {
            let next = units + sign.len_utf16();
            if next > position.character as usize {
                return start + at;
            }
            units = next;
        }
        start + self.line_from(start).len()
    }

    /// The position of a byte; the end of the text for one past it.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let character: usize = self.text[start..at].chars().map(char::len_utf16).sum();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position::new(number(line), number(character))
    }

    /// The range of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.range().start), self.position(span.range().end))
    }

    /// The span of a range; an empty one where it ends before it begins.
    #[must_use]
    pub fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start, end.max(start))
    }

    /// The text with a part of it replaced.
    #[must_use]
    pub fn edited(&self, range: Range, new: &str) -> Self {
        let span = self.span(range).range();
        let mut text = String::with_capacity(self.text.len() + new.len());
        text.push_str(&self.text[..span.start]);
        text.push_str(new);
        text.push_str(&self.text[span.end..]);
        Self::new(&text)
    }

    fn line_from(&self, start: usize) -> &str {
        let rest = &self.text[start..];
        rest.find('\n').map_or(rest, |end| &rest[..end])
    }
}

/// A text with LF in the place of CRLF and CR.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_in_both_counts() {
        let text = Text::new("\u{feff}a\u{1f680}b\r\n\r\nçd\rx");
        assert_eq!(text.as_str(), "a\u{1f680}b\n\nçd\nx");
        for (at, _) in text.as_str().char_indices() {
            assert_eq!(text.offset(text.position(at)), at, "at {at}");
        }
        assert_eq!(text.position(5), Position::new(0, 3));
        assert_eq!(text.position(10), Position::new(2, 1));
        // Within the rocket, past the line, past the text.
        assert_eq!(text.offset(Position::new(0, 2)), 1);
        assert_eq!(text.offset(Position::new(0, 99)), 6);
        assert_eq!(text.offset(Position::new(99, 0)), text.as_str().len());
        assert_eq!(text.position(2), Position::new(0, 1));
    }

    #[test]
    fn edits_go_where_the_editor_means_them() {
        let text = Text::new("one\r\ntwo \u{1f680}!\r\n");
        let range = Range::new(Position::new(1, 6), Position::new(1, 7));
        assert_eq!(text.edited(range, "?\r\n").as_str(), "one\ntwo \u{1f680}?\n\n");
        let backwards = Range::new(Position::new(1, 0), Position::new(0, 1));
        assert_eq!(text.edited(backwards, "x").as_str(), "one\nxtwo \u{1f680}!\n");
    }
}
