//! TOML to a [`Value`] tree. The parser recovers, so several mistakes are reported at once.

use crate::value::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML document; `offset` is where `text` begins in its file.
///
/// Errors go to `found`; what could be read is returned all the same.
#[must_use]
pub fn read_toml(text: &str, offset: usize, found: &mut Diagnostics) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().map(|range| Span::from(range).shifted(offset));
        let message = error.message().trim().replace('\n', ", ");
        let code = if message.contains("duplicate key") { "duplicate-key" } else { "toml" };
        found.add(Diagnostic::error(code, format!("invalid TOML: {message}")).at(span));
    }
    Node { span: Span::new(offset, offset + text.len()), value: table_value(table.get_ref(), offset) }
}

fn table_value(table: &DeTable<'_>, offset: usize) -> Value {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: key.get_ref().to_string(),
            key_span: Span::from(key.span()).shifted(offset),
            node: node(value, offset),
        })
        .collect();
    fields.sort_by_key(|field| field.key_span);
    Value::Table(fields)
}

fn node(value: &Spanned<DeValue<'_>>, offset: usize) -> Node {
    let converted = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::Text(integer.as_str().to_owned()), Value::Integer),
        DeValue::Float(float) => float.as_str().parse().map_or(Value::Null, Value::Float),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(values) => Value::List(values.iter().map(|value| node(value, offset)).collect()),
        DeValue::Table(table) => table_value(table, offset),
    };
    Node { span: Span::from(value.span()).shifted(offset), value: converted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_mistakes_are_reported_and_the_rest_is_read() {
        let text = "title = \"x\"\nbad = = 1\nn = 3\nalso bad\n";
        let mut found = Diagnostics::new();
        let node = read_toml(text, 100, &mut found);
        assert!(found.len() >= 2, "{found:?}");
        assert_eq!(node.value.get("n").map(|node| &node.value), Some(&Value::Integer(3)));
        assert!(found.iter().all(|one| one.span.is_some_and(|span| span.start >= 100)));
    }
}
