//! A reader of Oniguruma's syntax that keeps nothing but first bytes.

mod members;

use super::ByteSet;
use members::{Escaped, literal};

/// Groups may nest this deep; beyond, the set is every byte.
const MAX_DEPTH: u32 = 60;

/// `None` when something is not understood or does not constrain the start.
pub(super) fn first(source: &str) -> Option<ByteSet> {
    let mut reader = Reader { rest: source, depth: 0, vague: false };
    let first = reader.alternatives(Flags::default())?;
    let known = reader.rest.is_empty() && !first.open;
    known.then_some(ByteSet { word_edge: first.word_edge, line_start: first.line_start, ..first.set })
}

/// What is known about the place where a part begins to match.
#[derive(Clone, Copy)]
struct First {
    /// Members seen there if the part itself decides.
    set: ByteSet,
    /// The part may match without deciding, so that what follows it counts.
    open: bool,
    /// The part never consumes anything, so that assertions after it hold at
    /// the same place.
    zero_width: bool,
    /// The part holds only at the edge of a word; only at the start of a line.
    word_edge: bool,
    line_start: bool,
}

const NOTHING: First =
    First { set: ByteSet::EMPTY, open: true, zero_width: true, word_edge: false, line_start: false };

/// A part that consumes one character of a set.
const fn consumes(set: ByteSet) -> First {
    First { set, open: false, zero_width: false, ..NOTHING }
}

impl First {
    fn optional(self) -> Self {
        Self { open: true, word_edge: false, line_start: false, ..self }
    }
}

#[derive(Clone, Copy, Default)]
struct Flags {
    ignore_case: bool,
    extended: bool,
}

struct Reader<'a> {
    rest: &'a str,
    depth: u32,
    /// The class being read has members that are not known exactly, so that
    /// what it leaves out is not known either.
    vague: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(prefix) else {
            return false;
        };
        self.rest = rest;
        true
    }

    /// Alternatives up to the end or a closing parenthesis, which stays.
    fn alternatives(&mut self, flags: Flags) -> Option<First> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut flags = flags;
        let mut all = self.sequence(&mut flags)?;
        while self.eat("|") {
            let next = self.sequence(&mut flags)?;
            all = First {
                set: all.set.union(next.set),
                open: all.open || next.open,
                zero_width: all.zero_width && next.zero_width,
                word_edge: all.word_edge && next.word_edge,
                line_start: all.line_start && next.line_start,
            };
        }
        self.depth -= 1;
        Some(all)
    }

    fn sequence(&mut self, flags: &mut Flags) -> Option<First> {
        let mut whole = NOTHING;
        let (mut empty, mut late_flags) = (true, false);
        loop {
            match self.peek() {
                // The engines differ on whether flags in the middle cover the
                // alternatives that follow.
                Some('|') if late_flags => return None,
                None | Some('|' | ')') => return Some(whole),
                Some(c) if flags.extended && c.is_whitespace() => {
                    self.bump();
                    continue;
                }
                Some('#') if flags.extended => {
                    self.rest = self.rest.split_once('\n').map_or("", |cut| cut.1);
                    continue;
                }
                Some(_) => {}
            }
            let part = match self.flags_alone(*flags) {
                Some(changed) => {
                    late_flags |= !empty;
                    *flags = changed;
                    continue;
                }
                None => self.atom(*flags)?,
            };
            let part = self.quantified(part)?;
            if whole.open {
                whole.set = whole.set.union(part.set);
                whole.open = part.open;
            }
            whole.word_edge |= whole.zero_width && part.word_edge;
            whole.line_start |= whole.zero_width && part.line_start;
            whole.zero_width &= part.zero_width;
            empty = false;
        }
    }

    /// `(?i-mx)`: flags for what follows.
    fn flags_alone(&mut self, flags: Flags) -> Option<Flags> {
        let (letters, rest) = self.rest.strip_prefix("(?")?.split_once(')')?;
        let changed = changed(flags, letters)?;
        self.rest = rest;
        Some(changed)
    }

    fn quantified(&mut self, part: First) -> Option<First> {
        let mut part = part;
        loop {
            let lazy_is_optional = match self.peek() {
                Some('?' | '*') => {
                    part = part.optional();
                    self.bump();
                    false
                }
                Some('+') => {
                    self.bump();
                    false
                }
                Some('{') => {
                    let Some((bounds, rest)) = self.rest[1..].split_once('}') else {
                        return Some(part);
                    };
                    let (low, high) = bounds.split_once(',').unwrap_or((bounds, "0"));
                    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
                    if bounds.is_empty() || bounds == "," || !digits(low) || !digits(high) {
                        return Some(part);
                    }
                    if low.bytes().all(|b| b == b'0') {
                        part = part.optional();
                    }
                    self.rest = rest;
                    !bounds.contains(',')
                }
                _ => return Some(part),
            };
            if !self.eat("?") {
                self.eat("+");
            } else if lazy_is_optional {
                part = part.optional();
            }
        }
    }

    fn atom(&mut self, flags: Flags) -> Option<First> {
        let one = |c| literal(c, flags).map(consumes);
        let at_end = First { zero_width: true, ..consumes(ByteSet { end: true, ..ByteSet::one(b'\n') }) };
        match self.bump()? {
            '(' => self.group(flags),
            '[' => {
                self.vague = false;
                self.class(flags).map(consumes)
            }
            '.' => Some(consumes(ByteSet::BYTES)),
            '^' => Some(First { line_start: true, ..NOTHING }),
            '$' => Some(at_end),
            '\\' => match self.peek()? {
                c @ ('b' | 'B' | 'A') => {
                    self.bump();
                    let (word_edge, line_start) = (c == 'b', c == 'A');
                    Some(First { word_edge, line_start, ..NOTHING })
                }
                'z' | 'Z' => {
                    self.bump();
                    Some(at_end)
                }
                'R' | 'X' | 'N' | 'O' => {
                    self.bump();
                    Some(consumes(ByteSet::BYTES))
                }
                _ => match self.escape()? {
                    Escaped::Char(c) => one(c),
                    Escaped::Set(set) => Some(consumes(set)),
                },
            },
            '?' | '*' | '+' => None,
            c => one(c),
        }
    }

    fn group(&mut self, flags: Flags) -> Option<First> {
        if self.rest.starts_with('*') {
            return None;
        }
        if !self.eat("?") {
            return self.closed(flags);
        }
        if self.eat("#") {
            self.rest = self.rest.split_once(')')?.1;
            return Some(NOTHING);
        }
        if self.eat("=") {
            let seen = self.closed(flags)?;
            let set = if seen.open { ByteSet::EMPTY } else { seen.set };
            return Some(First { set, zero_width: true, ..seen });
        }
        if self.eat("!") || self.eat("<=") || self.eat("<!") {
            self.closed(flags)?;
            return Some(NOTHING);
        }
        if self.eat(":") || self.eat(">") {
            return self.closed(flags);
        }
        if self.eat("<") || self.eat("P<") {
            self.rest = self.rest.split_once('>')?.1;
            return self.closed(flags);
        }
        let (letters, rest) = self.rest.split_once(':')?;
        let inner = changed(flags, letters)?;
        self.rest = rest;
        self.closed(inner)
    }

    fn closed(&mut self, flags: Flags) -> Option<First> {
        let inner = self.alternatives(flags)?;
        self.eat(")").then_some(inner)
    }
}

fn changed(flags: Flags, letters: &str) -> Option<Flags> {
    let (mut flags, mut on) = (flags, true);
    for letter in letters.chars() {
        match letter {
            '-' => on = false,
            'i' => flags.ignore_case = on,
            'x' => flags.extended = on,
            'm' | 's' => {}
            _ => return None,
        }
    }
    Some(flags)
}
