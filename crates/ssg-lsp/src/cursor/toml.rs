//! TOML as it is typed: which table and key the cursor is in.

use super::flow::{Scanned, scan};
use super::{AtKey, AtValue, Place, Word};
use ssg_parse::Format;
use ssg_parse::keys::KeysOf;
use ssg_source::Span;

/// What stands at the cursor in the TOML between two bytes of a text.
pub fn place(text: &str, from: usize, to: usize, cursor: usize, of: KeysOf) -> Option<Place> {
    let text = &text[..to.max(cursor)];
    let mut table: Vec<String> = Vec::new();
    let mut at = from;
    while at <= cursor {
        let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let line = &text[at..line_end];
        let indent = line.len() - line.trim_start().len();
        let start = at + indent;
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            if cursor <= line_end {
                let is_blank = content.is_empty();
                return is_blank.then(|| key(text, &table, of, cursor, cursor, false));
            }
            at = line_end + 1;
            continue;
        }
        if content.starts_with('[') {
            let names = content.trim_start_matches('[');
            let inner = start + content.len() - names.len();
            let names = names.split(['#', ']']).next().unwrap_or_default();
            if cursor <= line_end {
                return heading(text, inner, names, cursor, of);
            }
            table = names.split('.').map(unquoted).collect();
            at = line_end + 1;
            continue;
        }
        let Some(equals) = line.find('=') else {
            if cursor <= line_end {
                let end = start + content.trim_end().len();
                return (cursor >= start).then(|| key(text, &table, of, start, end.max(cursor), false));
            }
            at = line_end + 1;
            continue;
        };
        let written = &text[start..at + equals];
        if cursor <= at + equals {
            let end = start + written.trim_end().len();
            return (cursor >= start && cursor <= end).then(|| dotted(text, &table, of, start, end, cursor));
        }
        let mut path = table.clone();
        path.extend(written.split('.').map(unquoted));
        match scan(text, at + equals + 1, cursor, b'=') {
            Scanned::Ended(end) => at = end + 1,
            Scanned::Nowhere => return None,
            Scanned::At(inside) => {
                path.extend(inside.keys);
                if inside.is_key {
                    return Some(Place::Key(AtKey {
                        of,
                        format: Format::Toml,
                        path,
                        word: inside.word,
                        has_value: inside.has_value,
                    }));
                }
                let key = path.pop()?;
                return Some(Place::Value(AtValue {
                    of,
                    format: Format::Toml,
                    path,
                    key,
                    word: inside.word,
                    quote: inside.quote,
                    is_in_list: inside.is_in_list,
                }));
            }
        }
    }
    None
}

fn unquoted(name: &str) -> String {
    name.trim().trim_matches(['"', '\'']).to_owned()
}

fn key(text: &str, table: &[String], of: KeysOf, start: usize, end: usize, has_value: bool) -> Place {
    let cursor = end;
    let word = Word::new(text, Span::new(start, end), cursor);
    Place::Key(AtKey { of, format: Format::Toml, path: table.to_vec(), word, has_value })
}

/// A key with a value, which may be of tables: `event.start = …`.
fn dotted(text: &str, table: &[String], of: KeysOf, start: usize, end: usize, cursor: usize) -> Place {
    let written = &text[start..end];
    let from = written[..cursor - start].rfind('.').map_or(0, |dot| dot + 1);
    let to = written[cursor - start..].find('.').map_or(written.len(), |dot| cursor - start + dot);
    let mut path = table.to_vec();
    path.extend(
        written[..from].trim_end_matches('.').split('.').filter(|name| !name.is_empty()).map(unquoted),
    );
    let word = Word::new(text, Span::new(start + from, start + to), cursor);
    Place::Key(AtKey { of, format: Format::Toml, path, word, has_value: true })
}

/// The name of a table in a heading `[a.b]`: the last part is a key of the tables before it.
fn heading(text: &str, inner: usize, names: &str, cursor: usize, of: KeysOf) -> Option<Place> {
    let at = cursor.checked_sub(inner).filter(|at| *at <= names.len())?;
    let from = names[..at].rfind('.').map_or(0, |dot| dot + 1);
    let to = names[at..].find('.').map_or(names.len(), |dot| at + dot);
    let path: Vec<String> = names[..from]
        .trim_end_matches('.')
        .split('.')
        .filter(|name| !name.is_empty())
        .map(unquoted)
        .collect();
    let word = Word::new(text, Span::new(inner + from, inner + to), cursor);
    Some(Place::Key(AtKey { of, format: Format::Toml, path, word, has_value: true }))
}
