//! Data files for templates: TOML, YAML, JSON and CSV.

use crate::table::Table;
use crate::views;
use crate::world::World;
use ssg_source::{Digest, Digester, ReadError, SitePath, decode};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use tera::Value;

/// Data files that were read, each once a build.
#[derive(Default)]
pub(crate) struct DataFiles(RwLock<HashMap<SitePath, Result<Option<Value>, String>>>);

/// A data file by its format. Paths are relative to the site's root and cannot leave it.
pub(crate) fn load(world: &World, path: &str, required: bool) -> Result<Value, String> {
    let site_path = SitePath::new(path).map_err(|error| format!("refused: `{path}`: {error}"))?;
    let known = world.data.0.read().unwrap_or_else(PoisonError::into_inner).get(&site_path).cloned();
    let value = known.unwrap_or_else(|| {
        let value = read(world, &site_path);
        let mut files = world.data.0.write().unwrap_or_else(PoisonError::into_inner);
        files.entry(site_path).or_insert(value).clone()
    });
    match value? {
        Some(value) => Ok(value),
        None if required => Err(format!("cannot read `{path}`: {}", ReadError::Missing)),
        None => Ok(Value::none()),
    }
}

/// What tells whether the answer is the same: the bytes of the file, or why there are none.
pub(crate) fn digest(world: &World, path: &str) -> Digest {
    match SitePath::new(path).map(|path| world.inputs.read(&path)) {
        Ok(Ok(bytes)) => Digest::of_bytes(&bytes),
        Ok(Err(error)) => Digester::new().flag(false).text(&error.to_string()).done(),
        Err(error) => Digester::new().flag(true).text(&error.to_string()).done(),
    }
}

fn read(world: &World, path: &SitePath) -> Result<Option<Value>, String> {
    let bytes = match world.inputs.read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return Ok(None),
        Err(ReadError::Outside) => return Err(format!("refused: `{path}`: a link leads out of the site")),
        Err(error) => return Err(format!("cannot read `{path}`: {error}")),
    };
    let text = decode(&bytes).map_err(|error| format!("cannot read `{path}`: {error}"))?;
    let mut found = ssg_source::Diagnostics::new();
    let value = match path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => views::data_value(&ssg_parse::read_toml(&text, 0, &mut found).value),
        Some("yaml" | "yml") => ssg_parse::read_yaml(&text, 0, &mut found)
            .map_or_else(Value::none, |node| views::data_value(&node.value)),
        Some("json") => {
            let json: serde_json::Value =
                serde_json::from_str(&text).map_err(|error| format!("cannot read `{path}`: {error}"))?;
            Value::from_serializable(&json)
        }
        Some("csv") => csv_rows(&text).map_err(|error| format!("cannot read `{path}`: {error}"))?,
        _ => return Err(format!("cannot read `{path}`: it is no TOML, YAML, JSON or CSV file")),
    };
    if let Some(problem) = found.iter().next() {
        let at = problem.span.map(|span| ssg_source::line_column(&text, span.start as usize));
        let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        return Err(format!("{path}{at}: {}", problem.message));
    }
    Ok(Some(value))
}

/// Rows of a CSV file as tables by the names of the first row.
fn csv_rows(text: &str) -> Result<Value, csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let mut row = Table::new();
        for (name, field) in names.iter().zip(record.iter()) {
            row.insert(name.to_owned(), field);
        }
        rows.push(row.done());
    }
    Ok(Value::from(rows))
}
