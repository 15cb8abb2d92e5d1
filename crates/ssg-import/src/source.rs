//! Reads single files of a source folder: text, YAML, JSON, and pages with front matter.
//!
//! What cannot be read is an error with its place, and a reason for the report; the other files
//! are read all the same. Depth and size are bounded by the readers.

use crate::record::json_place;
use ssg_parse::{Field, Format, Node, Value, read_toml, read_yaml_of_others, split_header};
use ssg_source::{Diagnostic, Diagnostics, Inputs, ReadError, Severity, SitePath, Span, codes, decode};

/// Largest file of a source that is read, in bytes.
const LARGEST: usize = 16 << 20;

/// A page of the source.
pub(crate) struct SourcePage {
    /// Its front matter; nothing where it has none.
    pub front: Value,
    /// Everything below.
    pub body: String,
}

/// A file's bytes.
pub(crate) fn bytes(
    inputs: &dyn Inputs,
    path: &SitePath,
    found: &mut Diagnostics,
) -> Result<Vec<u8>, String> {
    let (bytes, length) = inputs.read_start(path, LARGEST).map_err(|error: ReadError| {
        found.add(error.diagnostic(path));
        error.to_string()
    })?;
    if length > bytes.len() as u64 {
        let message = format!("the file is over {} MiB", LARGEST >> 20);
        return Err(fail(path, Diagnostic::error(codes::IMPORT, message), found));
    }
    Ok(bytes.to_vec())
}

/// A file's text, without a byte order mark and with LF.
pub(crate) fn text(inputs: &dyn Inputs, path: &SitePath, found: &mut Diagnostics) -> Result<String, String> {
    let bytes = bytes(inputs, path, found)?;
    match decode(&bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(error) => Err(fail(path, Diagnostic::error(codes::ENCODING, error.to_string()), found)),
    }
}

/// A YAML file.
pub(crate) fn yaml(inputs: &dyn Inputs, path: &SitePath, found: &mut Diagnostics) -> Result<Value, String> {
    let text = text(inputs, path, found)?;
    let mut problems = Diagnostics::new();
    let node = read_yaml_of_others(&text, 0, &mut problems);
    settle(path, node, problems, found)
}

/// A JSON file.
pub(crate) fn json(inputs: &dyn Inputs, path: &SitePath, found: &mut Diagnostics) -> Result<Value, String> {
    let text = text(inputs, path, found)?;
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) => Ok(from_json(value)),
        Err(error) => {
            let at = Span::at(json_place(&text, &error));
            Err(fail(path, Diagnostic::error(codes::JSON, format!("invalid JSON: {error}")).at(at), found))
        }
    }
}

/// A page: front matter in YAML or TOML, and a body.
pub(crate) fn page(
    inputs: &dyn Inputs,
    path: &SitePath,
    found: &mut Diagnostics,
) -> Result<SourcePage, String> {
    let text = text(inputs, path, found)?;
    let mut problems = Diagnostics::new();
    let header = split_header(&text, &mut problems);
    let front = header.front.slice(&text);
    let node = match header.format {
        Some(Format::Yaml | Format::Json) => {
            read_yaml_of_others(&header.readable(front), header.front.range().start, &mut problems)
        }
        Some(Format::Toml) => Some(read_toml(front, header.front.range().start, &mut problems)),
        None => Some(Node { span: Span::default(), value: Value::Null }),
    };
    let body = header.body.slice(&text).to_owned();
    Ok(SourcePage { front: settle(path, node, problems, found)?, body })
}

/// Passes on what was found. A key that stands twice is no reason to leave out the file.
fn settle(
    path: &SitePath,
    node: Option<Node>,
    problems: Diagnostics,
    found: &mut Diagnostics,
) -> Result<Value, String> {
    let mut why = None;
    for mut problem in problems {
        if problem.code == codes::DUPLICATE_KEY {
            problem.severity = Severity::Warning;
            problem.hints = vec!["the last one counts".to_owned()];
        } else if problem.severity == Severity::Error {
            why.get_or_insert_with(|| problem.message.clone());
        }
        found.add(problem.in_file(path));
    }
    match (why, node) {
        (Some(why), _) => Err(why),
        (None, Some(node)) => Ok(node.value),
        (None, None) => Err("it cannot be read".to_owned()),
    }
}

fn fail(path: &SitePath, problem: Diagnostic, found: &mut Diagnostics) -> String {
    let why = problem.message.clone();
    found.add(problem.in_file(path));
    why
}

/// JSON as the tree that YAML and TOML become; the reader has bounded its depth.
fn from_json(value: serde_json::Value) -> Value {
    let node = |value| Node { span: Span::default(), value: from_json(value) };
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(integer) => Value::Integer(integer),
            None => Value::Float(number.as_f64().unwrap_or(0.0), number.to_string()),
        },
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(values) => Value::List(values.into_iter().map(node).collect()),
        serde_json::Value::Object(fields) => Value::Table(
            fields
                .into_iter()
                .map(|(key, value)| Field { key, key_span: Span::default(), node: node(value) })
                .collect(),
        ),
    }
}
