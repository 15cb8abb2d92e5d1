//! Sets of characters within an expression: classes in brackets, escapes,
//! named classes, single characters.
//!
//! ASCII members are known exactly, or the class is marked as vague, because
//! what a vague class leaves out cannot be known either.

use super::{ByteSet, Flags, MAX_DEPTH, Reader};

/// What an escape stands for.
pub(super) enum Escaped {
    Char(char),
    Set(ByteSet),
}

impl Reader<'_> {
    /// A class after its opening bracket, through its closing one.
    pub(super) fn class(&mut self, flags: Flags) -> Option<ByteSet> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let negated = self.eat("^");
        let (mut all, mut set) = (ByteSet::BYTES, ByteSet::EMPTY);
        let mut at_start = true;
        loop {
            if !at_start && self.eat("]") {
                break;
            }
            at_start = false;
            if self.eat("&&") {
                if flags.ignore_case {
                    return None;
                }
                all = intersection(all, set);
                set = ByteSet::EMPTY;
                continue;
            }
            if self.rest.starts_with("[:") {
                let (name, rest) = self.rest[2..].split_once(":]")?;
                self.rest = rest;
                set = set.union(self.named(name)?);
                continue;
            }
            let low = match self.bump()? {
                '[' => {
                    set = set.union(self.class(flags)?);
                    continue;
                }
                '\\' if self.eat("b") => '\u{8}',
                '\\' => match self.escape()? {
                    Escaped::Char(c) => c,
                    Escaped::Set(members) => {
                        set = set.union(members);
                        continue;
                    }
                },
                c => {
                    // The engines differ on blanks in a class then.
                    self.vague |= flags.extended && c.is_whitespace();
                    c
                }
            };
            let mut high = low;
            if self.rest.starts_with('-') && !self.rest.starts_with("-]") {
                self.bump();
                high = match self.bump()? {
                    '[' | '&' => return None,
                    '\\' => match self.escape()? {
                        Escaped::Char(c) => c,
                        Escaped::Set(_) => return None,
                    },
                    c => c,
                };
            }
            for byte in 0..128u8 {
                if (low..=high).contains(&char::from(byte)) {
                    let literal = literal(char::from(byte), flags)?;
                    set = set.union(literal);
                }
            }
            if !high.is_ascii() {
                literal(high, flags)?;
                set.high = true;
            }
        }
        self.depth -= 1;
        let set = intersection(all, set);
        Some(match (negated, flags.ignore_case) {
            (true, _) if self.vague || flags.ignore_case => ByteSet::BYTES,
            (true, _) => ByteSet { ascii: !set.ascii, high: true, ..ByteSet::EMPTY },
            (false, true) => ByteSet { ascii: both_cases(set.ascii), high: true, ..ByteSet::EMPTY },
            (false, false) => set,
        })
    }

    /// A class by name; every byte when the name says nothing certain.
    fn named(&mut self, name: &str) -> Option<ByteSet> {
        if !name.bytes().all(|b| b == b'^' || b == b'_' || b.is_ascii_alphanumeric()) {
            return None;
        }
        let known = posix(name);
        self.vague |= known.is_none();
        Some(known.unwrap_or(ByteSet::BYTES))
    }

    /// An escape after its backslash, where it means the same inside a class.
    pub(super) fn escape(&mut self) -> Option<Escaped> {
        let c = self.bump()?;
        Some(Escaped::Char(match c {
            'w' | 'd' | 's' | 'h' | 'W' | 'D' | 'S' | 'H' => {
                let name = match c.to_ascii_lowercase() {
                    'w' => "word",
                    'd' => "digit",
                    's' => "space",
                    _ => "xdigit",
                };
                let set = posix(name)?;
                let negated = ByteSet { ascii: !set.ascii, ..set };
                return Some(Escaped::Set(if c.is_ascii_uppercase() { negated } else { set }));
            }
            'p' | 'P' => {
                let (name, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
                self.rest = rest;
                let set = self.named(&name.to_ascii_lowercase())?;
                let outside = ByteSet { ascii: !set.ascii, ..set };
                return Some(Escaped::Set(match c {
                    'P' if self.vague => ByteSet::BYTES,
                    'P' => outside,
                    _ => set,
                }));
            }
            'x' | 'u' => {
                let digits = if let Some(braced) = self.rest.strip_prefix('{') {
                    let (digits, rest) = braced.split_once('}')?;
                    self.rest = rest;
                    digits
                } else {
                    let (digits, rest) = self.rest.split_at_checked(if c == 'x' { 2 } else { 4 })?;
                    self.rest = rest;
                    digits
                };
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'a' => '\u{7}',
            'e' => '\u{1b}',
            c if c.is_ascii_alphanumeric() => return None,
            c => c,
        }))
    }
}

/// A character by itself.
pub(super) fn literal(c: char, flags: Flags) -> Option<ByteSet> {
    let mut buffer = [0; 4];
    let first = *c.encode_utf8(&mut buffer).as_bytes().first()?;
    let set = ByteSet::one(first);
    if !flags.ignore_case {
        return Some(set);
    }
    // Letters fold to non-ASCII ones (k to the Kelvin sign, ff to a ligature),
    // and a non-ASCII letter may fold to several ASCII ones.
    c.is_ascii().then(|| {
        let both = ByteSet::one(first.to_ascii_lowercase()).union(ByteSet::one(first.to_ascii_uppercase()));
        ByteSet { high: c.is_ascii_alphabetic(), ..both }
    })
}

fn both_cases(ascii: u128) -> u128 {
    const UPPER: u128 = ((1 << 26) - 1) << b'A';
    ascii | (ascii & UPPER) << 32 | (ascii >> 32) & UPPER
}

fn intersection(a: ByteSet, b: ByteSet) -> ByteSet {
    ByteSet { ascii: a.ascii & b.ascii, high: a.high && b.high, ..ByteSet::EMPTY }
}

/// A class by its POSIX or Unicode name in lower case; every one has members
/// beyond ASCII, or might. `None` if its ASCII members are not known.
fn posix(name: &str) -> Option<ByteSet> {
    let holds: fn(&u8) -> bool = match name {
        "alpha" | "l" | "letter" | "alphabetic" => u8::is_ascii_alphabetic,
        "digit" | "n" | "nd" => u8::is_ascii_digit,
        "alnum" => u8::is_ascii_alphanumeric,
        "upper" | "lu" => u8::is_ascii_uppercase,
        "lower" | "ll" => u8::is_ascii_lowercase,
        "space" => |b| matches!(b, b'\t'..=b'\r' | b' '),
        "blank" => |b| matches!(b, b'\t' | b' '),
        "xdigit" => u8::is_ascii_hexdigit,
        "word" => |b| b.is_ascii_alphanumeric() || *b == b'_',
        "mn" | "mc" | "me" | "m" | "nl" | "no" | "lt" | "lm" | "lo" => |_| false,
        _ => return None,
    };
    let ascii = (0..128u8).filter(holds).fold(0, |set, byte| set | 1 << byte);
    Some(ByteSet { ascii, high: true, ..ByteSet::EMPTY })
}
