//! Small helpers to build template values.

use tera::{Map, Value};

/// A table for templates under construction; keys keep their order.
#[derive(Default)]
pub(crate) struct Table(Map);

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a value.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    pub(crate) fn insert(&mut self, key: String, value: impl Into<Value>) {
        self.0.insert(key.into(), value.into());
    }

    /// Begins with the fields of another table.
    pub(crate) fn from_value(value: &Value) -> Self {
        Self(value.as_map().cloned().unwrap_or_default())
    }

    pub(crate) fn done(self) -> Value {
        Value::from(self.0)
    }
}

/// HTML that templates do not escape again.
pub(crate) fn html(text: &str) -> Value {
    Value::safe_string(text)
}
