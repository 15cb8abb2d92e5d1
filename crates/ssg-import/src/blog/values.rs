//! Values of a header: asked for by key in any case, and written as TOML.

use crate::keys::text_of;
use ssg_parse::{Node, Value, toml_text};

/// The value of a key, which matches in any case.
pub(crate) fn value_at<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let Value::Table(fields) = value else { return None };
    fields.iter().rev().find(|field| field.key.eq_ignore_ascii_case(key)).map(|field| &field.node.value)
}

/// The text of a key, trimmed; `None` where it is empty.
pub(crate) fn text_at(value: &Value, key: &str) -> Option<String> {
    value_at(value, key).and_then(text_of)
}

/// The texts of a key: those of a list, or the one there is.
pub(crate) fn texts_at(value: &Value, key: &str) -> Vec<String> {
    match value_at(value, key) {
        Some(Value::List(nodes)) => nodes.iter().filter_map(|node: &Node| text_of(&node.value)).collect(),
        Some(one) => text_of(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether a text is an e-mail address, which no page has to tell.
pub(crate) fn is_mail(text: &str) -> bool {
    let text = text.trim().trim_start_matches("mailto:");
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty() && host.contains('.') && !text.contains([' ', '/', '\n'])
}

/// A value as TOML within a line; `None` for nothing, and for what must not be told.
pub(crate) fn toml_value(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number, _) if number.is_finite() => Some(format!("{number:?}")),
        Value::Text(text) if is_mail(text) => None,
        Value::Text(text) | Value::Date(text) | Value::Float(_, text) => Some(toml_text(text)),
        Value::List(nodes) => {
            let values: Vec<String> = nodes.iter().filter_map(|node| toml_value(&node.value)).collect();
            (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
        }
        Value::Table(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .filter(|field| !is_private(&field.key))
                .filter_map(|field| {
                    Some(format!("{} = {}", toml_key(&field.key), toml_value(&field.node.value)?))
                })
                .collect();
            (!fields.is_empty()).then(|| format!("{{ {} }}", fields.join(", ")))
        }
    }
}

/// A key as TOML has it.
fn toml_key(key: &str) -> String {
    let bare =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { key.to_owned() } else { toml_text(key) }
}

/// Whether a key holds what is nobody else's business.
pub(crate) fn is_private(key: &str) -> bool {
    let key = key.to_lowercase();
    ["email", "e-mail", "e_mail", "password", "secret", "token"].iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_parse::read_yaml;
    use ssg_source::Diagnostics;

    #[test]
    fn values_are_written_and_addresses_of_people_are_not() {
        let yaml = "a: {b: 1, c: [x, 'y \"z\"'], handler_email: jo@dock.example, d: jo@dock.example, e: ~}\n";
        let node = read_yaml(yaml, 0, &mut Diagnostics::new()).expect("reads");
        let value = value_at(&node.value, "A").expect("there");
        assert_eq!(toml_value(value).as_deref(), Some(r#"{ b = 1, c = ["x", "y \"z\""] }"#));
        assert!(!is_mail("@dock") && !is_mail("https://x.example/@a.b") && is_mail("a@b.example"));
    }
}
