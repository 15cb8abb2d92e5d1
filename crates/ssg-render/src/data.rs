//! Data files for templates: TOML, YAML, JSON and CSV.

use crate::hidden;
use crate::question::Question;
use crate::reader::looked_up;
use crate::table::Table;
use crate::views;
use crate::world::World;
use ssg_source::{Diagnostic, Digest, Digester, Inputs, ReadError, SitePath, decode};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tera::Value;

/// Largest data file, in bytes: a value takes several times the room of its text.
const LARGEST: usize = 32 << 20;

/// Data files that were read.
#[derive(Default)]
pub(crate) struct DataFiles {
    /// What is in them, each parsed once a build.
    values: RwLock<HashMap<SitePath, Result<Option<Value>, String>>>,
    /// What tells which bytes they had when they were read first.
    first: RwLock<HashMap<SitePath, Digest>>,
    /// Whom they name that is not to be published.
    named: RwLock<HashMap<SitePath, Arc<[Diagnostic]>>>,
}

impl DataFiles {
    /// What was found in a file, or is found now.
    pub(crate) fn named(
        &self,
        path: &SitePath,
        find: impl FnOnce() -> Arc<[Diagnostic]>,
    ) -> Arc<[Diagnostic]> {
        let known = self.named.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.unwrap_or_else(|| {
            let found = find();
            let mut files = self.named.write().unwrap_or_else(PoisonError::into_inner);
            files.entry(path.clone()).or_insert(found).clone()
        })
    }
}

/// Reads a data file. It may be written meanwhile: what shows bytes that are not those of the first
/// time is never taken for an answer to be remembered.
pub(crate) fn read_bytes(world: &World, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
    let read = world.inputs.read(path);
    let digest = digest_of(&read);
    let mut first = world.data.first.write().unwrap_or_else(PoisonError::into_inner);
    if *first.entry(path.clone()).or_insert(digest) != digest {
        looked_up(Question::Changing(path.clone()));
    }
    read
}

/// What tells whether the answer is the same: the bytes of the file, or why there are none.
fn digest_of(read: &Result<Arc<[u8]>, ReadError>) -> Digest {
    match read {
        Ok(bytes) => Digest::of_bytes(bytes),
        Err(error) => Digester::new().flag(false).text(&error.to_string()).done(),
    }
}

/// A data file by its format. Paths are relative to the site's root and cannot leave it.
pub(crate) fn load(world: &World, path: &str, required: bool) -> Result<Value, String> {
    let site_path = SitePath::new(path).map_err(|error| format!("refused: `{path}`: {error}"))?;
    let checked = site_path.clone();
    let known = world.data.values.read().unwrap_or_else(PoisonError::into_inner).get(&site_path).cloned();
    let value = known.unwrap_or_else(|| {
        let value = read(world, &site_path);
        let mut files = world.data.values.write().unwrap_or_else(PoisonError::into_inner);
        files.entry(site_path).or_insert(value).clone()
    });
    match value? {
        Some(value) => {
            hidden::check_data(world, &checked);
            Ok(value)
        }
        None if required => Err(format!("cannot read `{path}`: {}", ReadError::Missing)),
        None => Ok(Value::none()),
    }
}

/// The digest of a data file as it is now.
pub(crate) fn digest_now(inputs: &dyn Inputs, path: &str) -> Digest {
    match SitePath::new(path) {
        Ok(path) => digest_of(&inputs.read(&path)),
        Err(error) => Digester::new().flag(true).text(&error.to_string()).done(),
    }
}

/// The digest of a data file as this build saw it first.
pub(crate) fn digest(world: &World, path: &str) -> Digest {
    let path = match SitePath::new(path) {
        Ok(path) => path,
        Err(error) => return Digester::new().flag(true).text(&error.to_string()).done(),
    };
    let known = world.data.first.read().unwrap_or_else(PoisonError::into_inner).get(&path).copied();
    known.unwrap_or_else(|| {
        let digest = digest_of(&world.inputs.read(&path));
        *world.data.first.write().unwrap_or_else(PoisonError::into_inner).entry(path).or_insert(digest)
    })
}

fn read(world: &World, path: &SitePath) -> Result<Option<Value>, String> {
    let bytes = match read_bytes(world, path) {
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
