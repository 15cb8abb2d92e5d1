//! JSON in which no table has a key twice: of two values one would be lost.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use ssg_source::SitePath;
use std::fmt;

/// A value none of whose tables has a key twice.
pub(super) struct Unique(pub Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value in JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unique(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut table = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if table.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key `{key}` is there twice")));
            }
            let Unique(value) = entries.next_value()?;
            table.insert(key, value);
        }
        Ok(Value::Object(table))
    }
}

/// A mistake with its place.
pub(super) fn words(path: &SitePath, error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let place = format!(" at line {line} column {column}");
    format!("{path}:{line}:{column}: {}", message.strip_suffix(&place).unwrap_or(&message))
}

#[cfg(test)]
mod tests {
    use super::{Unique, words};
    use ssg_source::SitePath;

    #[test]
    fn is_what_it_is_elsewhere_but_for_keys_that_are_there_twice() {
        let text = r#"{"a": [1, -2, 1.5, "x", null, true], "b": {"a": {}}}"#;
        let read: Unique = serde_json::from_str(text).expect("JSON");
        assert_eq!(read.0, serde_json::from_str::<serde_json::Value>(text).expect("JSON"));
        let wrong = "{\"a\": {\"b\": 1,\n \"b\": 2}}";
        let error = serde_json::from_str::<Unique>(wrong).err().expect("a key twice");
        let path = SitePath::new("data/x.json").expect("a path");
        assert_eq!(words(&path, &error), "data/x.json:2:4: the key `b` is there twice");
        let deep = "[".repeat(1000);
        assert!(serde_json::from_str::<Unique>(&deep).is_err());
    }
}
