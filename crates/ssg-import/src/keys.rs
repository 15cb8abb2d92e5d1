//! The keys of a table of the source, and which of them were asked for.
//!
//! What nobody asked for has no place in a site, and goes into the report. Keys match in any case,
//! since such sources have grown by hand.

use crate::Report;
use ssg_parse::{Field, Node, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A table of the source.
pub(crate) struct Keys<'n> {
    fields: &'n [Field],
    used: RefCell<BTreeSet<usize>>,
}

impl<'n> Keys<'n> {
    /// The keys of a table; of anything else there are none.
    pub fn new(value: &'n Value) -> Self {
        let fields = match value {
            Value::Table(fields) => fields.as_slice(),
            _ => &[],
        };
        Self { fields, used: RefCell::default() }
    }

    /// The value of a key.
    pub fn node(&self, key: &str) -> Option<&'n Node> {
        let at = self.fields.iter().position(|field| field.key.eq_ignore_ascii_case(key))?;
        self.used.borrow_mut().insert(at);
        self.fields.get(at).map(|field| &field.node)
    }

    /// The text of a key, trimmed; numbers and dates as they are written. `None` where it is empty.
    pub fn text(&self, key: &str) -> Option<String> {
        self.node(key).and_then(|node| text_of(&node.value))
    }

    /// The first of these keys that has a text.
    pub fn text_of(&self, keys: &[&str]) -> Option<String> {
        // All are asked for, so that none is reported.
        keys.iter().map(|key| self.text(key)).fold(None, Option::or)
    }

    /// Whether a key says yes, in one of the ways in which people write it.
    pub fn yes(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| matches!(text.to_lowercase().as_str(), "true" | "yes" | "on" | "1"))
    }

    /// The values of a list; one value is a list of one, nothing an empty one.
    pub fn list(&self, key: &str) -> &'n [Node] {
        match self.node(key) {
            Some(Node { value: Value::List(nodes), .. }) => nodes,
            Some(Node { value: Value::Null, .. }) | None => &[],
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// The texts of a list.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.list(key).iter().filter_map(|node| text_of(&node.value)).collect()
    }

    /// Passes over keys that say nothing of their own.
    pub fn ignore(&self, keys: &[&str]) {
        for key in keys {
            let _ = self.node(key);
        }
    }

    /// Puts every key with a value that nobody asked for into the report.
    pub fn finish(self, scope: &str, at: &str, report: &mut Report) {
        let used = self.used.into_inner();
        for (_, field) in self.fields.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
            if !is_empty(&field.node.value) {
                report.unplaced(&format!("{scope}{}", field.key), at);
            }
        }
    }
}

/// The text of a value, trimmed; `None` for an empty one, a list or a table.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) | Value::Date(text) | Value::Float(_, text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Table(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(nodes) => nodes.iter().all(|node| is_empty(&node.value)),
        Value::Table(fields) => fields.iter().all(|field| is_empty(&field.node.value)),
        _ => false,
    }
}
