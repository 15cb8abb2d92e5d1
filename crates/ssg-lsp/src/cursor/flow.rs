//! A value of TOML or YAML as it is typed: texts, lists in `[…]`, tables in `{…}`.

use super::Word;
use ssg_source::Span;

/// Deepest nesting that is followed.
const DEEPEST: usize = 32;

/// What a look at a value found.
#[derive(Debug, PartialEq, Eq)]
pub enum Scanned {
    /// The value ends before the cursor, at this byte.
    Ended(usize),
    /// The cursor is in it.
    At(Inside),
    /// The cursor is in it where nothing can be said, such as in a comment.
    Nowhere,
}

/// Where in a value the cursor is.
#[derive(Debug, PartialEq, Eq)]
pub struct Inside {
    /// Keys of the tables in `{…}` that lead there; of a value its own key is the last.
    pub keys: Vec<String>,
    /// It is a key of a table in `{…}`.
    pub is_key: bool,
    /// The word.
    pub word: Word,
    /// Its quotation mark.
    pub quote: Option<char>,
    /// It is an entry of a list.
    pub is_in_list: bool,
    /// A value follows the key.
    pub has_value: bool,
}

struct Frame {
    is_list: bool,
    /// How many keys lead to it.
    keys: usize,
    /// What it stands in reads a key.
    in_key: bool,
}

/// Looks at a value that begins at `from`; `separator` stands between a key and its value in `{…}`.
pub fn scan(text: &str, from: usize, cursor: usize, separator: u8) -> Scanned {
    let bytes = text.as_bytes();
    let (mut frames, mut keys): (Vec<Frame>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut in_key, mut item, mut at) = (false, from, from);
    // No sign stands before this one in its item.
    let mut is_empty = true;
    while at < cursor {
        let byte = bytes[at];
        let is_first = is_empty;
        is_empty &= byte.is_ascii_whitespace();
        match byte {
            b'\n' if frames.is_empty() || begins_anew(&text[at + 1..], separator) => {
                return Scanned::Ended(at);
            }
            b'#' if is_first
                || at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_whitespace()) =>
            {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                if end >= cursor {
                    return Scanned::Nowhere;
                }
                if is_first {
                    (item, is_empty) = (end, true);
                }
                at = end;
                continue;
            }
            b'"' | b'\'' if is_first => {
                let (end, is_closed) = end_of_text(text, at);
                if cursor <= end && bytes[at..].starts_with(&[byte; 3]) {
                    // A text over several lines.
                    return Scanned::Nowhere;
                }
                if cursor <= end {
                    let end = if is_closed { end } else { end_of_open(text, at + 1, cursor) };
                    let word = Word::new(text, Span::new(at + 1, end), cursor);
                    let after = text[end..].trim_start_matches(['"', '\'', ' ']);
                    return Scanned::At(Inside {
                        keys,
                        is_key: in_key,
                        word,
                        quote: Some(char::from(byte)),
                        is_in_list: frames.last().is_some_and(|frame| frame.is_list),
                        has_value: after.as_bytes().first() == Some(&separator),
                    });
                }
                at = end + 1;
                continue;
            }
            b'[' | b'{' if !in_key && is_first && frames.len() < DEEPEST => {
                frames.push(Frame { is_list: byte == b'[', keys: keys.len(), in_key });
                in_key = byte == b'{';
                (item, is_empty) = (at + 1, true);
            }
            b']' | b'}' => {
                if let Some(frame) = frames.pop() {
                    keys.truncate(frame.keys);
                    in_key = frame.in_key;
                    (item, is_empty) = (at + 1, true);
                }
            }
            b',' => {
                if let Some(frame) = frames.last() {
                    keys.truncate(frame.keys);
                    in_key = !frame.is_list;
                    (item, is_empty) = (at + 1, true);
                }
            }
            _ if byte == separator && in_key => {
                let key = text[item..at].trim().trim_matches(['"', '\'']);
                keys.push(key.to_owned());
                in_key = false;
                (item, is_empty) = (at + 1, true);
            }
            _ => {}
        }
        at += 1;
    }
    let is_in_list = frames.last().is_some_and(|frame| frame.is_list);
    // Behind the end of a text or a list there is no place for another.
    let behind = text[item..cursor].trim();
    let is_done = behind.len() > 1 && (behind.ends_with('"') || behind.ends_with('\''));
    if is_done || (item > from && frames.is_empty()) {
        return Scanned::Nowhere;
    }
    // A word that began on a line above is another one.
    let line = text[item..cursor].rfind('\n').map_or(item, |end| item + end + 1);
    let start = cursor - text[line..cursor].trim_start().len();
    let end = end_of_word(text, cursor, !frames.is_empty(), in_key.then_some(separator));
    let has_value = text[end..].trim_start_matches(' ').as_bytes().first() == Some(&separator);
    let word = Word::new(text, Span::new(start, end), cursor);
    Scanned::At(Inside { keys, is_key: in_key, word, quote: None, is_in_list, has_value })
}

/// Whether the next line is no part of a list or table that was left open.
fn begins_anew(rest: &str, separator: u8) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let word = line.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(line.len());
    let after = line[word..].trim_start();
    let is_key = word > 0 && after.as_bytes().first() == Some(&separator);
    is_key || line.starts_with("[[") || line.trim_end() == "+++" || line.trim_end() == "---"
}

/// The last byte of the text in quotation marks that begins at `start`, and whether it is closed: the mark, or else the
/// end of the line.
fn end_of_text(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mark = bytes[start];
    // Texts over several lines.
    let triple = [mark; 3];
    if bytes[start..].starts_with(&triple) {
        let from = start + 3;
        let close = String::from_utf8_lossy(&triple).into_owned();
        return match text[from..].find(&close) {
            Some(end) => (from + end + 2, true),
            None => (text.len(), false),
        };
    }
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == b'"' => at += 1,
            b'\n' => return (at, false),
            byte if byte == mark => return (at, true),
            _ => {}
        }
        at += 1;
    }
    (text.len(), false)
}

/// Where a text without its closing mark ends: before what closes lists, and before the end of the line.
fn end_of_open(text: &str, start: usize, cursor: usize) -> usize {
    let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let end = text[start..line_end].trim_end_matches([']', '}', ' ', '\t']).len() + start;
    let end = text[start..end].find(',').map_or(end, |comma| start + comma);
    end.max(cursor)
}

fn end_of_word(text: &str, cursor: usize, is_inside: bool, separator: Option<u8>) -> usize {
    let rest = &text[cursor..];
    let is_end = |(at, byte): (usize, u8)| match byte {
        b'\n' => true,
        b',' | b']' | b'}' => is_inside,
        b'#' => at == 0 || rest.as_bytes()[at - 1].is_ascii_whitespace(),
        byte => Some(byte) == separator,
    };
    let length = rest.bytes().enumerate().position(|(at, byte)| is_end((at, byte))).unwrap_or(rest.len());
    cursor + rest[..length].trim_end().len()
}
