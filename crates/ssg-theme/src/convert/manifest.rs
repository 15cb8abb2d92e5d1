//! `theme.toml`: the values under `[extra]` become options.

use super::Leftover;
use ssg_parse::{Value, read_toml};
use ssg_render::TEMPLATE_API;
use ssg_source::{Diagnostics, Inputs, SitePath, decode};
use std::collections::{BTreeMap, BTreeSet};

/// Our manifest, and what of theirs is left to a person. `used` are the options that templates name, and whether
/// one is looped over: those of which the source tells nothing are empty.
pub(super) fn convert(
    source: &dyn Inputs,
    name: &str,
    version: &str,
    used: &BTreeMap<String, bool>,
    found: &mut Diagnostics,
) -> (String, Vec<Leftover>) {
    let path = SitePath::new("theme.toml").unwrap_or_default();
    let bytes = source.read_start(&path, 1 << 20).map(|(bytes, _)| bytes.to_vec()).unwrap_or_default();
    let text = decode(&bytes).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let mut problems = Diagnostics::new();
    let node = read_toml(&text, 0, &mut problems);
    for problem in &mut problems {
        problem.path = Some(path.clone());
    }
    found.extend(problems);
    let field = |value: &Value, key: &str| match value {
        Value::Table(fields) => {
            fields.iter().find(|field| field.key == key).map(|field| field.node.value.clone())
        }
        _ => None,
    };
    let words = |key: &str, usual: &str| match field(&node.value, key) {
        Some(Value::Text(text)) => text,
        _ => usual.to_owned(),
    };
    let mut out = format!(
        "name = {}\ndescription = {}\nlicense = {}\nmin_version = {}\napi = {TEMPLATE_API}\n",
        quoted(name),
        quoted(&words("description", "A theme that came from Zola.")),
        quoted(&words("license", "unknown")),
        quoted(version),
    );
    let mut left = Vec::new();
    let mut option = |name: &str, kind: &str, default: &str| {
        let help = quoted(&format!("What was `extra.{name}` in Zola."));
        out.push_str(&format!("\n[options.{name}]\ntype = \"{kind}\"\ndefault = {default}\nhelp = {help}\n"));
    };
    let mut declared = BTreeSet::new();
    if let Some(Value::Table(fields)) = field(&node.value, "extra") {
        for one in fields {
            let kind = match &one.node.value {
                Value::Text(text) => Some(("string", quoted(text))),
                Value::Bool(flag) => Some(("bool", flag.to_string())),
                Value::Integer(number) => Some(("number", number.to_string())),
                Value::Float(number, _) if number.is_finite() => Some(("number", number.to_string())),
                Value::List(_) => Some(("list", "[]".to_owned())),
                _ => None,
            };
            let is_plain =
                one.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            let Some((kind, default)) = kind.filter(|_| is_plain) else {
                left.push(leftover(&one.key, "an option is a text, a number, a flag or a list: give each value of the table an option of its own"));
                continue;
            };
            if matches!(&one.node.value, Value::List(items) if !items.is_empty()) {
                left.push(leftover(&one.key, "its usual entries were left out: write them into `default`"));
            }
            option(&one.key, kind, &default);
            declared.insert(one.key);
        }
    }
    for (name, is_list) in used.iter().filter(|(name, _)| !declared.contains(*name)) {
        let (kind, default) = if *is_list { ("list", "[]") } else { ("string", "\"\"") };
        option(name, kind, default);
        left.push(leftover(
            name,
            &format!("the theme has no usual value for it: it is a {kind} now, and empty"),
        ));
    }
    (out, left)
}

fn leftover(key: &str, hint: &str) -> Leftover {
    Leftover { file: "theme.toml".to_owned(), line: 0, what: format!("extra.{key}"), hint: hint.to_owned() }
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
