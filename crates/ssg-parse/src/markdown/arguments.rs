//! Reads the opening tag of a shortcode call: `name(key="value", …)` up to its closing mark.
//!
//! The syntax is Zola's: text in any of three quotes and without escapes, integers, floats,
//! booleans and lists. What does not fit is reported with the reason, never guessed.

use super::Arg;
use std::collections::HashSet;

/// Longest opening tag in bytes; beyond it an unclosed call would swallow the page.
const MAX_TAG: usize = 20_000;
/// Deepest list in a list.
const MAX_LISTS: usize = 8;

/// What stands after `{{` or `{%`.
pub(super) enum Opening {
    /// A call; `end` is the offset after the closing mark.
    Call { name: String, args: Vec<(String, Arg)>, end: usize },
    /// A name and a parenthesis, then something that does not fit; `at` is where.
    Malformed { name: String, reason: &'static str, at: usize },
    /// Not the beginning of a call.
    Other,
}

/// Reads the call whose opening mark ends at `at`; `mark` is its closing mark.
pub(super) fn read_opening(text: &str, at: usize, mark: &str) -> Opening {
    let mut end = text.len().min(at + MAX_TAG);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cursor = Cursor { text: &text[..end], at };
    cursor.skip_space();
    let Some(name) = cursor.identifier() else { return Opening::Other };
    cursor.skip_space();
    if !cursor.eat("(") {
        return Opening::Other;
    }
    match cursor.arguments(mark) {
        Ok(args) => Opening::Call { name, args, end: cursor.at },
        Err(reason) => Opening::Malformed { name, reason, at: cursor.at },
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> &str {
        let start = self.at;
        while self.peek().is_some_and(&keep) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn identifier(&mut self) -> Option<String> {
        let starts = self.peek().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        starts.then(|| {
            self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-').to_owned()
        })
    }

    /// Everything from after `(` to after the closing mark.
    fn arguments(&mut self, mark: &str) -> Result<Vec<(String, Arg)>, &'static str> {
        let mut args: Vec<(String, Arg)> = Vec::new();
        let mut known = HashSet::new();
        loop {
            self.skip_space();
            if self.eat(")") {
                break;
            }
            let start = self.at;
            let key = self.identifier().ok_or("expected the name of an argument, or `)`")?;
            if !known.insert(key.clone()) {
                self.at = start;
                return Err("this argument is given twice");
            }
            self.skip_space();
            if !self.eat("=") {
                return Err("expected `=`");
            }
            let value = self.value(0)?;
            args.push((key, value));
            self.skip_space();
            if !self.eat(",") && self.peek() != Some(b')') {
                return Err("expected `,` or `)`");
            }
        }
        self.skip_space();
        if self.eat(mark) { Ok(args) } else { Err("expected the end of the tag") }
    }

    fn value(&mut self, lists: usize) -> Result<Arg, &'static str> {
        const EXPECTED: &str = "expected a value: text in quotes, a number, `true`, `false` or a list";
        self.skip_space();
        match self.peek() {
            Some(quote @ (b'"' | b'\'' | b'`')) => {
                let start = self.at + 1;
                let length = self.text[start..].find(char::from(quote)).ok_or("this quote is not closed")?;
                self.at = start + length + 1;
                Ok(Arg::Text(self.text[start..start + length].replace("\r\n", "\n")))
            }
            Some(b'[') if lists < MAX_LISTS => {
                self.at += 1;
                let mut values = Vec::new();
                loop {
                    self.skip_space();
                    if self.eat("]") {
                        return Ok(Arg::List(values));
                    }
                    values.push(self.value(lists + 1)?);
                    self.skip_space();
                    if !self.eat(",") && self.peek() != Some(b']') {
                        return Err("expected `,` or `]`");
                    }
                }
            }
            _ => {
                let start = self.at;
                let word = self.take_while(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
                let value = scalar(word);
                if value.is_none() {
                    self.at = start;
                }
                value.ok_or(EXPECTED)
            }
        }
    }
}

fn scalar(word: &str) -> Option<Arg> {
    match word {
        "true" | "True" => return Some(Arg::Bool(true)),
        "false" | "False" => return Some(Arg::Bool(false)),
        _ => {}
    }
    if let Ok(integer) = word.parse() {
        return Some(Arg::Integer(integer));
    }
    // Words such as `inf` and `nan` parse as floats, but are none here.
    let numeric = word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    word.parse().ok().filter(|float: &f64| numeric && float.is_finite()).map(Arg::Float)
}
