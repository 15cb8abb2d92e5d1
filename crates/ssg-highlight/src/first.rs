//! With which bytes can a match of a regular expression begin?
//!
//! A grammar tries dozens of expressions at every token, and few of them can
//! match: a rule for strings needs a quote somewhere on the line. The set
//! computed here is always a superset of the truth: whatever the analysis
//! does not understand makes it every byte, which costs time, never output.
//! Bytes above 127 are one member, and so is the end of the text.

mod parse;

/// A set of first bytes, all non-ASCII ones taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByteSet {
    ascii: u128,
    high: bool,
    /// A match may begin at the end of the text, where there is no byte.
    end: bool,
    /// A match begins where a word does or just after one (`\b`).
    word_edge: bool,
    /// A match begins at the start of the line (`^`).
    line_start: bool,
}

/// No (further) candidate on the line.
pub(crate) const NEVER: usize = usize::MAX;

impl ByteSet {
    const EMPTY: Self = Self { ascii: 0, high: false, end: false, word_edge: false, line_start: false };
    const ALL: Self = Self { end: true, ..Self::BYTES };
    /// Any byte, but not the end.
    const BYTES: Self = Self { ascii: u128::MAX, high: true, ..Self::EMPTY };

    /// The set for an expression in Oniguruma's syntax.
    pub(crate) fn of_regex(source: &str) -> Self {
        parse::first(source).unwrap_or(Self::ALL)
    }

    /// The set of all bytes of a line, and its end.
    pub(crate) fn of_line(line: &[u8]) -> Self {
        let mut set = Self { end: true, ..Self::EMPTY };
        for &byte in line {
            match byte {
                0..128 => set.ascii |= 1 << byte,
                _ => set.high = true,
            }
        }
        set
    }

    /// Whether the sets share a member.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.ascii & other.ascii != 0 || self.high && other.high || self.end && other.end
    }

    /// The first position at or after `from` where a match can begin, on a
    /// boundary of characters if `from` is on one; [`NEVER`] without one.
    pub(crate) fn next(&self, line: &[u8], from: usize) -> usize {
        if *self == Self::ALL {
            return from;
        }
        let until = if self.line_start { line.len().min(1) } else { line.len() };
        let bytes = line.get(from..until).unwrap_or_default();
        let quarters = self.quarters();
        let hit = |byte: u8| quarters[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1;
        let found = match self.word_edge {
            false => bytes.iter().position(|byte| hit(*byte)).map(|at| from + at),
            true => (from..)
                .zip(bytes)
                .find(|(at, byte)| hit(**byte) && is_word_edge(line, *at))
                .map(|(at, _)| at),
        };
        found.unwrap_or(if self.end { line.len() } else { NEVER })
    }

    /// A bit for each byte, 64 in each number. No character begins with a byte of the third quarter.
    #[expect(clippy::cast_possible_truncation, reason = "each half is taken")]
    const fn quarters(&self) -> [u64; 4] {
        [self.ascii as u64, (self.ascii >> 64) as u64, 0, if self.high { u64::MAX } else { 0 }]
    }

    const fn one(byte: u8) -> Self {
        let ascii = if byte < 128 { 1 << byte } else { 0 };
        Self { ascii, high: byte > 127, ..Self::EMPTY }
    }

    const fn union(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            high: self.high || other.high,
            end: self.end || other.end,
            word_edge: false,
            line_start: false,
        }
    }
}

/// Whether `\b` can hold before the byte `at`; beyond ASCII it might.
fn is_word_edge(line: &[u8], at: usize) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let before = at.checked_sub(1).map_or(b' ', |before| line[before]);
    !before.is_ascii() || !line[at].is_ascii() || word(before) != word(line[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(bytes: &str) -> ByteSet {
        bytes.bytes().map(ByteSet::one).fold(ByteSet::EMPTY, ByteSet::union)
    }

    #[test]
    fn simple_expressions_are_exact() {
        for (source, bytes) in [
            ("abc", "a"),
            ("a|b|(?:c)d", "abc"),
            ("a?b", "ab"),
            ("[a-c]+x", "abc"),
            (r"(?<![\w.])(?:if|else)\b", "ie"),
            ("(?=[{}])", "{}"),
            ("(?x) \n a # comment\n | b", "ab"),
            ("a{2,3}b", "a"),
            ("a{0,3}b", "ab"),
            ("[a-z&&[^b-z]]", "a"),
            (r"\x41\{", "A"),
            ("(?<n>x)y", "x"),
            (r"\b(?x) 0", "0"),
            (r"[a\p{Po}&&a]", "a"),
        ] {
            let found = ByteSet { word_edge: false, ..ByteSet::of_regex(source) };
            assert_eq!(found, set(bytes), "{source}");
        }
    }

    #[test]
    fn what_is_not_understood_is_everything() {
        for source in [
            "",
            "a*",
            r"\b",
            "(?!x)",
            r"(a)?\1",
            "(",
            "a)",
            "[",
            r"a\Kb?|\Kc",
            "(?~a)",
            r"a(?i)b|c",
            // Where the search begins must not be moved.
            r"\Ga",
        ] {
            assert_eq!(ByteSet::of_regex(source), ByteSet::ALL, "{source}");
        }
    }

    #[test]
    fn assertions_at_the_start_count() {
        let word = ByteSet::of_regex(r"(?x) \b (?: if | in ) \b");
        assert_eq!(word.next(b"fi _if if", 0), 7);
        assert_eq!(word.next("äif".as_bytes(), 0), 2);
        assert_eq!(ByteSet::of_regex(r"a?\bi").next(b"xi", 0), 1);
        assert_eq!(ByteSet::of_regex(r"(\bi|j)").next(b"xj", 0), 1);
        let line = ByteSet::of_regex(r"^\s*(?=x)");
        assert_eq!((line.next(b" x x", 0), line.next(b" x x", 1)), (0, NEVER));
    }

    #[test]
    fn the_end_is_a_place_to_begin() {
        let end = ByteSet::of_regex("$");
        assert_eq!(end.next(b"ab\n", 0), 2);
        assert_eq!(end.next(b"ab", 0), 2);
        assert_eq!(ByteSet::of_regex("b").next(b"a\xc3\xa4b", 0), 3);
        assert_eq!(ByteSet::of_regex("x").next(b"ab", 0), NEVER);
        assert_eq!(ByteSet::of_regex(r"\w").next("-ä".as_bytes(), 0), 1);
    }
}
