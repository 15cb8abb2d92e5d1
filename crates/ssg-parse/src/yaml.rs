//! YAML to a [`Value`] tree, within bounds.
//!
//! Built on an event parser, so that duplicate keys, bombs of aliases and depth are judged while
//! the tree grows and not after memory is gone.

mod merge;
mod mistakes;
mod quotes;
mod unseen;

use crate::value::{Field, Node, Value};
use granit_parser::{Event, Parser, ScalarStyle};
use merge::{MERGE, merge};
use ssg_source::{Diagnostic, Diagnostics, Span, codes};
use std::collections::{HashMap, HashSet};
use unseen::Unseen;

/// Most nodes that one document may have, aliases counted as what they stand for.
const MOST_NODES: usize = 100_000;
/// How many bytes of a text that is copied count as a value.
const LONG: usize = 64;
/// Deepest nesting.
const DEEPEST: usize = 64;

/// Reads one YAML document; `offset` is where `text` begins in its file.
///
/// An empty document is [`Value::Null`]. Errors go to `found` and yield `None`, except that a
/// duplicate key is reported and its first value kept.
#[must_use]
pub fn read_yaml(text: &str, offset: usize, found: &mut Diagnostics) -> Option<Node> {
    read(text, offset, Repeated::Refused, found)
}

/// Reads the header of a page: keys of its table may stand twice, and whoever reads them says whether that
/// matters.
#[must_use]
pub(crate) fn read_yaml_header(text: &str, offset: usize, found: &mut Diagnostics) -> Option<Node> {
    read(text, offset, Repeated::KeptAtTop, found)
}

/// Reads one YAML document of another program: of a key that stands twice the last one counts, as it does nearly
/// everywhere; it is reported all the same.
#[must_use]
pub fn read_yaml_of_others(text: &str, offset: usize, found: &mut Diagnostics) -> Option<Node> {
    read(text, offset, Repeated::LastCounts, found)
}

/// What becomes of a key that stands twice.
#[derive(Clone, Copy, PartialEq)]
enum Repeated {
    Refused,
    /// The last one stays, in every table.
    LastCounts,
    /// In the outermost table both stay.
    KeptAtTop,
}

fn read(text: &str, offset: usize, repeated: Repeated, found: &mut Diagnostics) -> Option<Node> {
    if let Some(at) = text.find('\0') {
        found.add(
            Diagnostic::error(codes::YAML, "NUL is not allowed in YAML")
                .at(Span::new(offset + at, offset + at + 1)),
        );
        return None;
    }
    let mut first = Diagnostics::new();
    if let Some(node) = parse(text, offset, repeated, &mut first) {
        found.extend(first);
        return Some(node);
    }
    // As strict as the specification is nobody else.
    if let Some(joined) = quotes::joined(text) {
        let mut second = Diagnostics::new();
        if let Some(node) = parse(&joined, offset, repeated, &mut second) {
            found.extend(second);
            return Some(node);
        }
    }
    found.extend(first);
    None
}

fn parse(text: &str, offset: usize, repeated: Repeated, found: &mut Diagnostics) -> Option<Node> {
    let mut builder = Builder {
        text,
        offset,
        repeated,
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        unseen: Unseen::default(),
        nodes: 0,
        found,
    };
    for next in Parser::new_from_str(text) {
        match next {
            Ok((event, span)) => {
                let span = Span::from(span.byte_range().unwrap_or(0..0)).shifted(offset);
                if !builder.event(&event, span) {
                    return None;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                if let Some(quote) = quotes::unclosed(text, at) {
                    let span = Span::new(offset + quote, offset + quote + 1);
                    found.add(
                        Diagnostic::error(codes::YAML, "invalid YAML: this quote is never closed").at(span),
                    );
                    return None;
                }
                let mut mistake = mistakes::explained(text, at, &error.info());
                mistake.span = mistake.span.map(|span| span.shifted(offset));
                found.add(mistake);
                return None;
            }
        }
    }
    let end = offset + text.len();
    builder.unseen.tell(builder.found);
    Some(builder.root.unwrap_or(Node { span: Span::new(offset, end), value: Value::Null }))
}

enum Open {
    List { span: Span, anchor: usize, nodes: Vec<Node> },
    Table { span: Span, anchor: usize, fields: Fields, key: Option<Key> },
}

/// A key whose value is yet to come.
struct Key {
    name: String,
    span: Span,
    /// It stands there without quotation marks, so that `<<` merges.
    is_plain: bool,
}

struct Builder<'a> {
    text: &'a str,
    offset: usize,
    repeated: Repeated,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, Value>,
    unseen: Unseen,
    nodes: usize,
    found: &'a mut Diagnostics,
}

impl Builder<'_> {
    /// Takes one event; `false` when reading must stop.
    fn event(&mut self, event: &Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quoted = *style != ScalarStyle::Plain || tag.is_some();
                let (start, end) = (self.place(span.start), self.place(self.trimmed(span).end));
                self.unseen.anchor(*anchor, self.text, start, end, self.offset);
                if tag.as_ref().is_some_and(|tag| !tag.handle().starts_with("tag:yaml.org")) {
                    self.unseen.tag(self.text, start, end, self.offset);
                }
                let value = if quoted { Value::Text(text.to_string()) } else { plain(text) };
                self.complete(Node { span: self.trimmed(span), value }, *anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open(Open::List { span, anchor: *anchor, nodes: Vec::new() }, span)
            }
            Event::MappingStart(_, anchor, _) => {
                self.open(Open::Table { span, anchor: *anchor, fields: Fields::default(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open::List { span: start, anchor, nodes }) => {
                    let span = self.trimmed(Span { start: start.start, end: span.end });
                    self.complete(Node { span, value: Value::List(nodes) }, anchor)
                }
                Some(Open::Table { span: start, anchor, mut fields, .. }) => {
                    let is_header = self.repeated == Repeated::KeptAtTop && self.stack.is_empty();
                    merge(&mut fields.all, fields.merged, is_header, self.found);
                    let span = self.trimmed(Span { start: start.start, end: span.end });
                    self.complete(Node { span, value: Value::Table(fields.all) }, anchor)
                }
                None => true,
            },
            Event::Alias(id) => {
                self.unseen.refer(*id);
                let Some(target) = self.anchors.get(id) else {
                    let message = "an alias within what it stands for";
                    self.found.add(Diagnostic::error(codes::YAML, message).at(self.trimmed(span)).hint(
                        "write the value once more, or set the anchor `&` at a value that is complete",
                    ));
                    return false;
                };
                let node = Node { span, value: target.clone() };
                self.nodes = self.nodes.saturating_add(count(&node.value));
                self.complete(node, 0)
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                self.found.add(Diagnostic::error(codes::YAML, "a second YAML document is not read").at(span));
                false
            }
            _ => true,
        }
    }

    fn open(&mut self, open: Open, span: Span) -> bool {
        if self.stack.len() >= DEEPEST {
            let message = format!("nested more than {DEEPEST} levels deep");
            self.found.add(Diagnostic::error(codes::YAML, message).at(Span::at(span.start as usize)));
            return false;
        }
        self.stack.push(open);
        true
    }

    fn complete(&mut self, node: Node, anchor: usize) -> bool {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > MOST_NODES {
            let message = format!("more than {MOST_NODES} values, counting what aliases stand for");
            self.found.add(Diagnostic::error(codes::YAML, message).at(Span::at(node.span.start as usize)));
            return false;
        }
        if anchor != 0 {
            // A copy as well.
            self.nodes = self.nodes.saturating_add(count(&node.value) - 1);
            self.anchors.insert(anchor, node.value.clone());
        }
        let keeps_repeated = self.repeated == Repeated::KeptAtTop && self.stack.len() == 1;
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { nodes, .. }) => nodes.push(node),
            Some(Open::Table { fields, key, .. }) => match key.take() {
                None => {
                    let name = match &node.value {
                        Value::Text(text) => text.clone(),
                        _ => node.span.shifted(0).slice_from(self.text, self.offset).to_owned(),
                    };
                    let written = node.span.slice_from(self.text, self.offset);
                    *key = Some(Key { name, span: node.span, is_plain: !written.starts_with(['"', '\'']) });
                }
                Some(key) if key.is_plain && key.name == MERGE => fields.merged.push(node),
                Some(key) if keeps_repeated => {
                    fields.all.push(Field { key: key.name, key_span: key.span, node });
                }
                Some(key) => fields.add(key.name, key.span, node, self.repeated, self.found),
            },
        }
        true
    }

    /// The place in the text of a place in the file.
    fn place(&self, at: u32) -> usize {
        (at as usize).saturating_sub(self.offset)
    }

    /// Without the white space that a block's end takes along.
    fn trimmed(&self, span: Span) -> Span {
        let text = span.slice_from(self.text, self.offset);
        Span { start: span.start, end: span.start + u32::try_from(text.trim_end().len()).unwrap_or(0) }
    }
}

trait SliceFrom {
    fn slice_from(self, text: &str, offset: usize) -> &str;
}

impl SliceFrom for Span {
    fn slice_from(self, text: &str, offset: usize) -> &str {
        let range = self.range();
        text.get(range.start.saturating_sub(offset)..range.end.saturating_sub(offset)).unwrap_or("")
    }
}

/// The fields of a table that is being read.
#[derive(Default)]
struct Fields {
    all: Vec<Field>,
    /// What `<<` adds.
    merged: Vec<Node>,
    keys: HashSet<String>,
}

impl Fields {
    /// Adds a field, or reports that its key is there already.
    fn add(&mut self, key: String, key_span: Span, node: Node, repeated: Repeated, found: &mut Diagnostics) {
        if !self.keys.insert(key.clone()) {
            if repeated == Repeated::LastCounts
                && let Some(field) = self.all.iter_mut().find(|field| field.key == key)
            {
                field.node = node;
            }
            found.add(
                Diagnostic::error(codes::DUPLICATE_KEY, format!("the key `{key}` stands twice"))
                    .at(key_span)
                    .hint("keep one of them"),
            );
            return;
        }
        self.all.push(Field { key, key_span, node });
    }
}

fn count(value: &Value) -> usize {
    match value {
        Value::List(nodes) => 1 + nodes.iter().map(|node| count(&node.value)).sum::<usize>(),
        Value::Table(fields) => {
            let size = |field: &Field| field.key.len() / LONG + count(&field.node.value);
            1 + fields.iter().map(size).sum::<usize>()
        }
        Value::Text(text) => 1 + text.len() / LONG,
        _ => 1,
    }
}

/// The value of a plain scalar by YAML's core schema; `yes` and `no` stay text.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && !leading_zero {
        if let Ok(integer) = text.parse() {
            return Value::Integer(integer);
        }
        let numeric = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
        if let (true, Ok(float)) = (numeric, text.parse()) {
            return Value::Float(float, text.to_owned());
        }
    }
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests;
