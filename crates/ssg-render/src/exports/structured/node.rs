//! Nodes of structured data: tables with a type, without what is not known.

use serde_json::{Map, Value};

/// A node under construction.
pub(super) struct Node(Map<String, Value>);

impl Node {
    pub(super) fn new(kind: &str) -> Self {
        let mut node = Map::new();
        node.insert("@type".to_owned(), Value::from(kind));
        Self(node)
    }

    /// Adds a value that is known.
    pub(super) fn set(mut self, name: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// Adds a text that is known and not empty.
    pub(super) fn text(self, name: &str, value: Option<&str>) -> Self {
        self.set(name, value.map(str::trim).filter(|value| !value.is_empty()).map(Value::from))
    }

    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.0.len() < 2
    }

    pub(super) fn done(self) -> Value {
        Value::from(self.0)
    }
}

/// A list that is not empty.
pub(super) fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then(|| Value::from(values))
}

/// An address of the web; what an author wrote may be anything.
pub(super) fn web(url: &str) -> Option<&str> {
    let url = url.trim();
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}
