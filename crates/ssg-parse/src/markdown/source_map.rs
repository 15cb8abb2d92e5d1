//! From places in a text that is parsed to places in the file.

use ssg_source::Span;
use std::ops::Range;

/// Where the bytes of a text stand in the file: from `base` on, with gaps where the text leaves something out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SourceMap {
    base: usize,
    /// For each gap where it is in the text, and how many bytes are left out there and before.
    gaps: Vec<(usize, usize)>,
}

impl SourceMap {
    /// A text without gaps that begins at `base`.
    pub(super) fn at(base: usize) -> Self {
        Self { base, gaps: Vec::new() }
    }

    /// The place in the file of a place in the text.
    pub(super) fn position(&self, at: usize) -> usize {
        self.base + at + self.left_out(at)
    }

    /// The span in the file of a range of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let end = self.position(range.end.saturating_sub(1).max(range.start));
        let length = usize::from(range.end > range.start);
        Span::from(self.position(range.start)..end + length)
    }

    /// The map of the part of the text that begins at `start`.
    pub(super) fn from(&self, start: usize) -> Self {
        let before = self.left_out(start);
        let gaps = self.gaps.iter().filter(|(at, _)| *at > start);
        Self {
            base: self.position(start),
            gaps: gaps.map(|(at, left_out)| (at - start, left_out - before)).collect(),
        }
    }

    /// A text without some ranges of it, in order, and its map.
    pub(super) fn without(&self, text: &str, ranges: &[Range<usize>]) -> (String, Self) {
        let mut kept = String::with_capacity(text.len());
        let mut map = Self::at(self.position(0));
        let mut own = self.gaps.iter().map(|(at, _)| *at).peekable();
        let mut done = 0;
        for range in ranges {
            // Gaps that were there before stay, unless they are left out themselves.
            while let Some(at) = own.next_if(|at| *at <= range.start) {
                map.add_gap(kept.len() + (at - done), self.position(at));
            }
            while own.next_if(|at| *at <= range.end).is_some() {}
            kept.push_str(&text[done..range.start]);
            done = range.end;
            map.add_gap(kept.len(), self.position(done));
        }
        for at in own {
            map.add_gap(kept.len() + (at - done), self.position(at));
        }
        kept.push_str(&text[done..]);
        (kept, map)
    }

    /// From `at` on the text stands at `position` in the file.
    fn add_gap(&mut self, at: usize, position: usize) {
        self.gaps.push((at, position - self.base - at));
    }

    fn left_out(&self, at: usize) -> usize {
        match self.gaps.partition_point(|(gap, _)| *gap <= at) {
            0 => 0,
            count => self.gaps[count - 1].1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_after_gaps_are_those_of_the_file() {
        let file = "> abc\n> def\n> ghi";
        let (text, map) = SourceMap::at(100).without(file, &[0..2, 6..8, 12..14]);
        assert_eq!(text, "abc\ndef\nghi");
        for (at, byte) in text.bytes().enumerate() {
            assert_eq!(file.as_bytes()[map.position(at) - 100], byte, "{at}");
        }
        assert_eq!(map.span(4..7), Span::from(108..111));
        let rest = map.from(4);
        assert_eq!((rest.position(0), rest.position(4)), (108, 114));
        let (again, twice) = map.without(&text, &[0..1, 4..5]);
        assert_eq!((again.as_str(), twice.position(3), twice.position(6)), ("bc\nef\nghi", 109, 114));
    }
}
