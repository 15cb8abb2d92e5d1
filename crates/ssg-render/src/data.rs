//! Data files for templates: TOML, YAML, JSON and CSV.

use crate::facets::files::DataFile;
use crate::hidden;
use crate::reads::Reads;
use crate::table::Table;
use crate::views;
use ssg_source::{ReadError, SitePath, decode};
use std::sync::Arc;
use tera::Value;

/// Largest data file, in bytes: a value takes several times the room of its text.
const LARGEST: usize = 32 << 20;

/// Reads a file.
pub(crate) fn read_bytes(reads: &Reads, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
    reads.get::<DataFile>(path).map_or(Err(ReadError::Missing), |file| file.0.clone())
}

/// A data file by its format. Paths are relative to the site's root and cannot leave it.
pub(crate) fn load(reads: &Reads, path: &str, required: bool) -> Result<Value, String> {
    let site_path = SitePath::new(path).map_err(|error| format!("refused: `{path}`: {error}"))?;
    match read(reads, &site_path)? {
        Some(value) => {
            hidden::check_data(reads, &site_path);
            Ok(value)
        }
        None if required => Err(format!("cannot read `{path}`: {}", ReadError::Missing)),
        None => Ok(Value::none()),
    }
}

fn read(reads: &Reads, path: &SitePath) -> Result<Option<Value>, String> {
    let bytes = match read_bytes(reads, path) {
        Ok(bytes) if bytes.len() > LARGEST => {
            let size = bytes.len();
            return Err(format!("cannot read `{path}`: {size} bytes are too many, {LARGEST} are the most"));
        }
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
