//! Markdown as it is typed: destinations of links, names and arguments of shortcodes.

use super::{Place, Word};
use ssg_source::Span;

/// How far back from the cursor is looked, in bytes.
const REACH: usize = 4096;

/// The call of a shortcode at the name of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Name of the shortcode.
    pub name: String,
    /// The name of the argument, or the place for one.
    pub word: Word,
    /// Names that the call has already.
    pub used: Vec<String>,
    /// A value follows the name.
    pub has_value: bool,
}

/// What stands at the cursor in a body.
pub fn place(text: &str, cursor: usize) -> Option<Place> {
    let mut from = cursor.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    shortcode(text, from, cursor).or_else(|| link(text, from, cursor))
}

fn shortcode(text: &str, from: usize, cursor: usize) -> Option<Place> {
    let before = &text[from..cursor];
    let open = before.rfind("{{").max(before.rfind("{%"))?;
    let inside = &before[open + 2..];
    if inside.contains("}}") || inside.contains("%}") || inside.contains("\n\n") {
        return None;
    }
    let start = from + open + 2;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let Some(paren) = inside.find('(') else {
        let typed = inside.trim_start();
        if !typed.chars().all(is_word) {
            return None;
        }
        let from = cursor - typed.len();
        let to = cursor + text[cursor..].find(|c| !is_word(c)).unwrap_or(text.len() - cursor);
        return Some(Place::ShortcodeName(Word::new(text, Span::new(from, to), cursor)));
    };
    let name = inside[..paren].trim().to_owned();
    let (mut used, mut quote, mut word, mut in_value) = (Vec::new(), None, start + paren + 1, false);
    for (at, sign) in text[..cursor].char_indices().skip_while(|(at, _)| *at <= start + paren) {
        match (quote, sign) {
            (Some(mark), sign) if sign == mark => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(sign),
            (None, ',') => (word, in_value) = (at + 1, false),
            (None, '=') => {
                used.push(text[word..at].trim().to_owned());
                in_value = true;
            }
            (None, ')') => return None,
            _ => {}
        }
    }
    let typed = text[word..cursor].trim_start();
    if in_value || quote.is_some() || !typed.chars().all(is_word) {
        return None;
    }
    let to = cursor + text[cursor..].find(|c| !is_word(c)).unwrap_or(text.len() - cursor);
    let has_value = text[to..].trim_start().starts_with('=');
    let word = Word::new(text, Span::new(cursor - typed.len(), to), cursor);
    Some(Place::ShortcodeArgument(Call { name, word, used, has_value }))
}

/// What stands in front of a destination.
const OPENINGS: &[&str] = &["](<", "](", "]: ", "href=\"", "src=\""];

fn link(text: &str, from: usize, cursor: usize) -> Option<Place> {
    let line = text[from..cursor].rfind('\n').map_or(from, |end| from + end + 1);
    let before = &text[line..cursor];
    let ends = OPENINGS.iter().filter_map(|opening| Some(before.rfind(opening)? + opening.len()));
    let start = line + ends.max()?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '>' | '<');
    if text[start..cursor].contains(is_end) {
        return None;
    }
    let end = cursor + text[cursor..].find(is_end).unwrap_or(text.len() - cursor);
    Some(Place::Link(Word::new(text, Span::new(start, end), cursor)))
}
