//! TOML to a [`Value`] tree. The parser recovers, so several mistakes are reported at once.

use crate::value::{Field, Node, Value};
use ssg_source::{Diagnostic, Diagnostics, Span, codes};
use std::collections::HashSet;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many values a document may have: lines, and what signs part. A header has no room for as many.
const MOST_VALUES: usize = 1_000_000;
/// How many mistakes of one document are told.
const MOST_MISTAKES: usize = 20;

/// About how many values stand in a text in TOML or YAML: no fewer than there are.
#[must_use]
pub fn written_values(text: &str) -> usize {
    1 + text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{' | b'=' | b':' | b'\n')).count()
}

/// Reads a TOML document; `offset` is where `text` begins in its file.
///
/// Errors go to `found`; what could be read is returned all the same.
#[must_use]
pub fn read_toml(text: &str, offset: usize, found: &mut Diagnostics) -> Node {
    if written_values(text) > MOST_VALUES {
        let message = format!("too many values: a TOML file may have {MOST_VALUES}");
        found.add(Diagnostic::error(codes::TOML, message).at(Span::at(offset)));
        return Node { span: Span::new(offset, offset + text.len()), value: Value::Table(Vec::new()) };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let value = table_value(table.get_ref(), text, offset);
    let mut mended = HashSet::new();
    for error in errors.into_iter().take(MOST_MISTAKES) {
        // A date that does not exist is told by whoever reads it, with the day that is wrong.
        if error.span().is_some_and(|range| in_bad_date(table.get_ref(), &range)) {
            continue;
        }
        // Some mistakes are of the text as a whole.
        let span = error.span().map_or(Span::at(offset), |range| Span::from(range).shifted(offset));
        let line = error.span().map(|range| line_at(text, range.start));
        if let Some(line) = line.clone()
            && let Some(written) = in_yaml(&text[line.clone()])
        {
            // What else is wrong with the line comes of that.
            if mended.insert(line.start) {
                let (key, value) = written;
                let span = Span::new(line.start, line.start + key.len()).shifted(offset);
                let message = format!("invalid TOML: there is no `=` after `{key}`");
                let hint = format!("write `{key} = {value}`: this is TOML, and no YAML");
                found.add(Diagnostic::error(codes::TOML, message).at(span).hint(hint));
            }
            continue;
        }
        let message = error.message().trim().replace('\n', ", ");
        if message.contains("recurs") {
            let message = "invalid TOML: tables and lists lie in each other too deep";
            let span = error.span().map_or_else(|| deepest_line(text), Span::from);
            found.add(Diagnostic::error(codes::TOML, message).at(span.shifted(offset)));
            continue;
        }
        let code = if message.contains("duplicate key") { codes::DUPLICATE_KEY } else { codes::TOML };
        // A table of the name of a key that has a value.
        let is_table = message.starts_with("cannot extend value of type");
        let hint = is_table.then(|| {
            "above stands a value of that name: write it into the table, under a key of its own".to_owned()
        });
        found.add(Diagnostic::error(code, format!("invalid TOML: {message}")).at(span).hint_if(hint));
    }
    Node { span: Span::new(offset, offset + text.len()), value }
}

/// The line in which most tables and lists begin.
fn deepest_line(text: &str) -> Span {
    let depth = |line: &str| line.bytes().filter(|byte| matches!(byte, b'.' | b'[' | b'{')).count();
    let mut start = 0;
    let mut deepest = (0, Span::at(0));
    for line in text.split_inclusive('\n') {
        if depth(line) > deepest.0 {
            deepest = (depth(line), Span::at(start));
        }
        start += line.len();
    }
    deepest.1
}

/// The line of a place, without its end.
fn line_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    start..bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end)
}

/// Key and value of a line that is written as in YAML, as they would stand in TOML.
fn in_yaml(line: &str) -> Option<(&str, String)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !is_key || !(value.is_empty() || value.starts_with([' ', '\t', '\r'])) {
        return None;
    }
    let value = value.trim();
    let is_toml = matches!(value, "true" | "false")
        || value.parse::<i64>().is_ok()
        || value.starts_with(['[', '"', '\'', '{']);
    Some((key, if is_toml { value.to_owned() } else { format!("{value:?}") }))
}

/// Whether a place lies in a date that could not be read.
fn in_bad_date(table: &DeTable<'_>, range: &std::ops::Range<usize>) -> bool {
    table.iter().any(|(_, value)| match value.get_ref() {
        DeValue::Datetime(date) => {
            let span = value.span();
            date.to_string().is_empty() && span.start <= range.start && range.end <= span.end
        }
        DeValue::Table(table) => in_bad_date(table, range),
        _ => false,
    })
}

fn table_value(table: &DeTable<'_>, text: &str, offset: usize) -> Value {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: key.get_ref().to_string(),
            key_span: Span::from(key.span()).shifted(offset),
            node: node(value, text, offset),
        })
        .collect();
    fields.sort_by_key(|field| field.key_span);
    Value::Table(fields)
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, offset: usize) -> Node {
    let converted = match value.get_ref() {
        DeValue::String(string) => Value::Text(string.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::Text(integer.as_str().to_owned()), Value::Integer),
        DeValue::Float(float) => {
            float.as_str().parse().map_or(Value::Null, |value| Value::Float(value, float.as_str().to_owned()))
        }
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => {
            let read = date.to_string();
            Value::Date(if read.is_empty() { text.get(value.span()).unwrap_or("").to_owned() } else { read })
        }
        DeValue::Array(values) => Value::List(values.iter().map(|value| node(value, text, offset)).collect()),
        DeValue::Table(table) => table_value(table, text, offset),
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

    #[test]
    fn lines_of_yaml_are_told_once_each() {
        let mut found = Diagnostics::new();
        let _ = read_toml("title: A \"b\"\nn: 3\nempty:\nok = 1\n", 0, &mut found);
        let told: Vec<_> = found.iter().map(|one| (one.message.as_str(), one.hints.join(" "))).collect();
        let of = |key: &str| format!("invalid TOML: there is no `=` after `{key}`");
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!((told[0].0, told[1].0), (of("title").as_str(), of("n").as_str()));
        assert!(told[0].1.contains(r#"`title = "A \"b\""`"#), "{told:?}");
        assert!(told[1].1.contains("`n = 3`"), "{told:?}");
    }
}
