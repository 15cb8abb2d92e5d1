//! Attributes at the end of a heading: `## Title {#id .class name=value}`.
//!
//! The Markdown parser takes any text in braces for attributes, and `Route /users/{id}` loses its end. So
//! they are read here: a block counts when all of it is `#id`, `.class` or `name=value`, and is replaced by
//! as many spaces before the parser sees the text. All else in braces stays the author's text.

use super::html::is_attribute_name;
use super::shortcodes::Prepared;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// What an author says of a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// All others, as they are written.
    pub(super) others: Vec<(String, String)>,
}

/// Attributes of headings, by where the headings begin.
pub(super) type ByHeading = HashMap<usize, Attributes>;

/// Takes the attributes out of a text.
pub(super) fn take(prepared: &mut Prepared<'_>, options: Options) -> ByHeading {
    let mut found = ByHeading::new();
    if !may_have(&prepared.text) {
        return found;
    }
    let mut blanks: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(&prepared.text, options).into_offset_iter() {
        if matches!(event, Event::Start(Tag::Heading { .. }))
            && let Some((block, attributes)) = in_heading(&prepared.text, range.clone())
        {
            blanks.push(block);
            found.insert(range.start, attributes);
        }
    }
    if !blanks.is_empty() {
        let mut text = String::with_capacity(prepared.text.len());
        let mut done = 0;
        for blank in blanks {
            text.push_str(prepared.text.get(done..blank.start).unwrap_or_default());
            text.extend(std::iter::repeat_n(' ', blank.len()));
            done = blank.end;
        }
        text.push_str(prepared.text.get(done..).unwrap_or_default());
        prepared.text = Cow::Owned(text);
    }
    found
}

/// Whether a heading of a text may end with a block: a line with `}` has a `#` as well, or is underlined. To read
/// the whole text for its headings costs as much as to read it for its page.
fn may_have(text: &str) -> bool {
    let has = |byte: u8, line: &str| memchr::memchr(byte, line.as_bytes()).is_some();
    let mut lines = text.lines().peekable();
    has(b'}', text)
        && std::iter::from_fn(|| Some((lines.next()?, lines.peek().copied().unwrap_or_default()))).any(
            |(line, below)| has(b'}', line) && (has(b'#', line) || below.trim_end().ends_with(['=', '-'])),
        )
}

/// The block at the end of a heading, where it holds nothing but attributes and text stands before it.
fn in_heading(text: &str, heading: Range<usize>) -> Option<(Range<usize>, Attributes)> {
    let source = text.get(heading.clone())?.trim_end();
    let atx = source.starts_with('#');
    let shown = if atx {
        source
    } else {
        // Below is a line of `=` or `-`, perhaps behind the marks of quotations.
        let (above, line) = source.rsplit_once('\n')?;
        let is_line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '-' | '>'));
        if !is_line.is_empty() {
            return None;
        }
        above.trim_end()
    };
    // `## Title {#id} ##` says the same.
    let closed = shown.trim_end_matches('#');
    let shown = if atx && closed.ends_with(char::is_whitespace) { closed.trim_end() } else { shown };
    let inner = shown.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let before = &inner[..open];
    let last_line = before.rsplit('\n').next().unwrap_or(before);
    let has_text = !last_line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '>')).is_empty();
    // `${#list}`, `%{.x}` and `\{#id}` are texts.
    if !has_text || before.ends_with(['$', '%', '@', '\\', '{', '/', '=']) {
        return None;
    }
    let attributes = read(&inner[open + 1..])?;
    let start = heading.start + open;
    Some((start..start + inner.len() - open + 1, attributes))
}

/// Reads the inside of a block: `#id`, `.class` and `name=value`, of which there is one at least; a `:` in
/// front, as kramdown writes it, says nothing more.
pub(super) fn read(inner: &str) -> Option<Attributes> {
    let mut attributes = Attributes::default();
    let mut rest = inner.strip_prefix(':').unwrap_or(inner).trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (word, after) = next_word(rest)?;
        if let Some(id) = word.strip_prefix('#') {
            attributes.id.get_or_insert_with(|| id.to_owned());
            is_name(id).then_some(())?;
        } else if let Some(class) = word.strip_prefix('.') {
            attributes.classes.push(class.to_owned());
            is_name(class).then_some(())?;
        } else {
            let (name, value) = word.split_once('=')?;
            is_attribute_name(name).then_some(())?;
            attributes.add(name, unquoted(value)?);
        }
        rest = after.trim_start();
    }
    Some(attributes)
}

impl Attributes {
    /// Adds a pair: `{id=x class=y}` says the same as `{#x .y}`.
    fn add(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("id") {
            if !value.is_empty() {
                self.id.get_or_insert_with(|| value.to_owned());
            }
        } else if name.eq_ignore_ascii_case("class") {
            self.classes.extend(value.split_whitespace().map(str::to_owned));
        } else if !self.others.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.others.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// A word up to white space, quotation marks of a value taken together.
fn next_word(text: &str) -> Option<(&str, &str)> {
    let mut quote: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(mark) = quote {
            if c == mark {
                quote = None;
            }
        } else if c.is_whitespace() {
            return Some(text.split_at(at));
        } else if matches!(c, '"' | '\'') && text[..at].ends_with('=') {
            quote = Some(c);
        }
    }
    quote.is_none().then_some((text, ""))
}

/// Whether a text can be an id or a class: no signs with which code is written.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// A value without its quotation marks; one without them holds no signs of code.
fn unquoted(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.strip_suffix(quote);
        }
    }
    let plain =
        !value.is_empty() && !value.contains(['"', '\'', '<', '>', '=', '`', '{', '}', '(', ')', ',']);
    plain.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attributes_are_attributes() {
        let read = |inner| read(inner).is_some();
        for attributes in
            ["#id", ".wide", "#id .wide", "lang=de", "title=\"a b\" .x", ": .no_toc", ":.x", "#über"]
        {
            assert!(read(attributes), "{attributes}");
        }
        for text in [
            "",
            "id",
            ",.bak",
            "\"a\": 1",
            "HOME",
            ":",
            "#",
            ".",
            "#if x",
            "a b",
            "x=",
            "x=f(1)",
            "a=1, b=2",
            "#a#b",
            "title=\"a",
            "{x}",
        ] {
            assert!(!read(text), "{text}");
        }
    }

    #[test]
    fn pairs_of_id_and_class_are_those() {
        let read = read("id=x class='a b' lang=de lang=en #y").expect("attributes");
        assert_eq!(read.id.as_deref(), Some("x"));
        assert_eq!(read.classes, ["a", "b"]);
        assert_eq!(read.others, [("lang".to_owned(), "de".to_owned())]);
    }
}
