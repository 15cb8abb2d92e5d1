//! YAML of a header as it is typed: which key and list the cursor is in, by indentation.

use super::flow::{Scanned, scan};
use super::{AtKey, AtValue, Place, Word};
use ssg_parse::Format;
use ssg_parse::keys::{KeysOf, Kind};
use ssg_source::Span;

/// A key that stands above a line, and how far it is indented.
struct Above {
    indent: usize,
    name: String,
    /// Its value is a text over several lines.
    is_text: bool,
}

/// A line without what indents it.
struct Line<'t> {
    /// Where its content begins, in bytes of the text.
    start: usize,
    /// How far the content is indented; the dash of an entry indents it.
    indent: usize,
    /// How far the line itself is.
    own_indent: usize,
    content: &'t str,
    is_entry: bool,
}

impl<'t> Line<'t> {
    fn read(text: &'t str, at: usize, end: usize) -> Self {
        let mut content = &text[at..end];
        let own_indent = content.len() - content.trim_start_matches(' ').len();
        content = &content[own_indent..];
        let mut is_entry = false;
        while let Some(rest) =
            content.strip_prefix("- ").or(content.strip_prefix('-').filter(|rest| rest.is_empty()))
        {
            is_entry = true;
            content = rest.trim_start_matches(' ');
        }
        let start = end - content.len();
        Self { start, indent: start - at, own_indent, content, is_entry }
    }

    /// The key that the line begins with, and the byte of the text behind its colon.
    fn key(&self) -> Option<(&'t str, usize)> {
        let is_end =
            |at: &usize| self.content[at + 1..].is_empty() || self.content[at + 1..].starts_with([' ', '\t']);
        let colon = self.content.match_indices(':').map(|(at, _)| at).find(is_end)?;
        let name = self.content[..colon].trim().trim_matches(['"', '\'']);
        let is_name = !name.is_empty() && !self.content.starts_with(['[', '{', '#']);
        is_name.then_some((name, self.start + colon + 1))
    }
}

/// What stands at the cursor in a header that begins at `from`.
pub fn place(text: &str, from: usize, cursor: usize) -> Option<Place> {
    let of = KeysOf::Header;
    let mut above: Vec<Above> = Vec::new();
    let mut at = from;
    loop {
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let line = Line::read(text, at, end);
        if cursor <= end {
            return at_line(text, &line, &mut above, cursor, of);
        }
        let is_text = above.last().is_some_and(|key| key.is_text && line.own_indent > key.indent);
        if !line.content.trim().is_empty() && !line.content.starts_with('#') && !is_text {
            leave(&mut above, &line);
            if let Some((name, value)) = line.key() {
                // A list or table in brackets may go on over lines.
                let begin = text[value..end].trim_start();
                if begin.starts_with(['[', '{', '"', '\'']) {
                    match scan(text, value, cursor, b':') {
                        Scanned::Ended(ended) if ended > end => {
                            at = ended + 1;
                            continue;
                        }
                        Scanned::Ended(_) => {}
                        Scanned::Nowhere => return None,
                        Scanned::At(inside) => {
                            let mut path = names(&above);
                            path.push(name.to_owned());
                            return in_flow(path, inside, of);
                        }
                    }
                }
                let is_text = begin.starts_with(['|', '>']);
                above.push(Above { indent: line.indent, name: name.to_owned(), is_text });
            }
        }
        at = end + 1;
        if at > text.len() {
            return None;
        }
    }
}

/// Leaves the tables that a line is no longer in.
fn leave(above: &mut Vec<Above>, line: &Line<'_>) {
    // An entry of a list may stand as far left as the key of the list.
    let is_over =
        |key: &Above| if line.is_entry { key.indent > line.own_indent } else { key.indent >= line.indent };
    while above.last().is_some_and(is_over) {
        above.pop();
    }
}

fn names(above: &[Above]) -> Vec<String> {
    above.iter().map(|key| key.name.clone()).collect()
}

fn at_line(text: &str, line: &Line<'_>, above: &mut Vec<Above>, cursor: usize, of: KeysOf) -> Option<Place> {
    if above.last().is_some_and(|key| key.is_text && line.own_indent > key.indent) {
        return None;
    }
    // A line without signs is as far to the right as the cursor.
    leave(above, line);
    if line.content.starts_with('#') || cursor < line.start {
        return None;
    }
    let mut path = names(above);
    if let Some((name, value)) = line.key() {
        if cursor < value {
            let end = line.start + line.content[..value - 1 - line.start].trim_end().len();
            let word = Word::new(text, Span::new(line.start, end.max(cursor)), cursor);
            return Some(Place::Key(AtKey { of, format: Format::Yaml, path, word, has_value: true }));
        }
        path.push(name.to_owned());
        return match scan(text, value, cursor, b':') {
            Scanned::At(inside) => in_flow(path, inside, of),
            _ => None,
        };
    }
    let is_of_tables = path.split_last().and_then(|(key, path)| of.key(&super::names(path), key));
    let is_of_tables = is_of_tables.is_some_and(|key| matches!(key.kind, Kind::Tables(_)));
    if line.is_entry && !is_of_tables {
        return match scan(text, line.start, cursor, b':') {
            Scanned::At(mut inside) => {
                inside.is_in_list = true;
                in_flow(path, inside, of)
            }
            _ => None,
        };
    }
    let end = line.start + line.content.trim_end().len();
    let word = Word::new(text, Span::new(line.start, end.max(cursor)), cursor);
    Some(Place::Key(AtKey { of, format: Format::Yaml, path, word, has_value: false }))
}

fn in_flow(mut path: Vec<String>, inside: super::flow::Inside, of: KeysOf) -> Option<Place> {
    path.extend(inside.keys);
    if inside.is_key {
        let (word, has_value) = (inside.word, inside.has_value);
        return Some(Place::Key(AtKey { of, format: Format::Yaml, path, word, has_value }));
    }
    let key = path.pop()?;
    let (word, quote, is_in_list) = (inside.word, inside.quote, inside.is_in_list);
    Some(Place::Value(AtValue { of, format: Format::Yaml, path, key, word, quote, is_in_list }))
}
