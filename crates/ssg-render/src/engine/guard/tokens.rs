//! The tokens of an expression of a template: where they stand, and no more of what they mean than is needed to
//! tell operands from what stands between them.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Word,
    Sign,
}

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

const LONG_SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// The tokens of a part of a text, as Tera reads them.
pub(super) fn tokens(text: &str, part: Range<usize>) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let byte = bytes[at];
        let rest = &bytes[at..part.end];
        let run = |is: fn(u8) -> bool| rest.iter().take_while(|byte| is(**byte)).count();
        let (kind, length) = match byte {
            b'"' | b'\'' | b'`' => (Kind::Text, text_length(rest)),
            _ if byte.is_ascii_digit() => (Kind::Number, number_length(rest)),
            _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                (Kind::Word, run(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
            }
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(sign.as_bytes()));
                (Kind::Sign, long.map_or_else(|| run(|byte| !byte.is_ascii()).max(1), |sign| sign.len()))
            }
        };
        found.push(Token { kind, range: at..at + length });
        at += length;
    }
    found
}

/// How long the string is that a text begins with, with its quotation marks.
fn text_length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.iter().enumerate().skip(1) {
        match *byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            byte if byte == text[0] => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// How long the number is that a text begins with: digits, and one dot.
fn number_length(text: &[u8]) -> usize {
    let mut has_dot = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'.' if !has_dot => has_dot = true,
            byte if byte.is_ascii_digit() => {}
            _ => return index,
        }
    }
    text.len()
}
