//! Small helpers to build template values.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::Value;
use tera::value::Key;

/// A table for templates under construction; keys keep their order.
///
/// Fields are looked for by no name before the table is done, so none is hashed before: hashing the same names for
/// every page once more for each step was a twentieth of a build.
#[derive(Default)]
pub(crate) struct Table(Vec<(Key<'static>, Value)>);

impl Table {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a value, or replaces it where it stands.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    pub(crate) fn insert(&mut self, key: String, value: impl Into<Value>) {
        self.0.push((key.into(), value.into()));
    }

    /// Begins with the fields of another table.
    pub(crate) fn from_value(value: &Value) -> Self {
        let fields = value.as_map().into_iter().flatten();
        Self(fields.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    pub(crate) fn done(self) -> Value {
        // Tera makes its map of a map. This one is in the order of the fields, and names that occur again are
        // replaced where they stood.
        let fields = self.0.into_iter().enumerate();
        Value::from(fields.map(|(place, (key, value))| (Nth(place, key), value)).collect::<BTreeMap<_, _>>())
    }
}

/// A key at its place.
struct Nth(usize, Key<'static>);

impl From<Nth> for Key<'static> {
    fn from(nth: Nth) -> Self {
        nth.1
    }
}

impl PartialEq for Nth {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Nth {}

impl PartialOrd for Nth {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Nth {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// HTML that templates do not escape again.
pub(crate) fn html(text: &str) -> Value {
    Value::safe_string(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_are_replaced_where_they_stand() {
        let table = Table::new().set("b", 1).set("a", 2).set("b", 3).done();
        let again = Table::from_value(&table).set("a", 4).set("c", 5).done();
        let fields = |value: &Value| {
            let fields = value.as_map().into_iter().flatten();
            fields.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(fields(&table), "b=3 a=2");
        assert_eq!(fields(&again), "b=3 a=4 c=5");
    }
}
