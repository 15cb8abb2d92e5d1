//! Data files for templates: TOML, YAML, JSON and CSV.
//!
//! How much a file may hold is bounded before it is read into values, since each takes several times the room of its
//! text. A file that names somebody hidden is reported where templates load it. Where a table has a key twice, one value
//! would be lost: that is a mistake in every format.

mod json;

use crate::bytes::read_bytes;
use crate::hidden;
use crate::reads::Reads;
use crate::values::data_value;
use ssg_parse::not_content;
use ssg_source::hash::HashSet;
use ssg_source::{ReadError, SitePath, decode, is_leftover};
use ssg_taxonomy::facets::{Destination, OfSource};
use tera::value::Key;
use tera::{Map, Value};

/// Largest data file, in bytes.
const LARGEST: usize = 32 << 20;
/// How many values a data file may have, each row, list and cell counted: each takes several times the
/// room of its text.
const MOST_VALUES: usize = 1_000_000;
/// How many bytes of a file count as a value.
const BYTES: usize = 128;

/// What is in a data file, and how many values that are.
type Read = Option<(Value, usize)>;

/// A data file by its format, and how many values are in it. Paths are relative to the site's root and cannot leave it.
/// `format` is `toml`, `yaml`, `json`, `csv` or `plain`, where what the name ends in does not tell.
pub(crate) fn load(
    reads: &Reads,
    path: &str,
    format: Option<&str>,
    required: bool,
) -> Result<(Value, usize), String> {
    let site_path = SitePath::new(path).map_err(|error| format!("refused: `{path}`: {error}"))?;
    check_may_be_shown(reads, &site_path).map_err(|why| format!("refused: `{path}`: {why}"))?;
    match read(reads, &site_path, format)? {
        Some((value, count)) => {
            hidden::check_data(reads, &site_path);
            Ok((value, count))
        }
        None if required => Err(format!("cannot read `{path}`: {}", ReadError::Missing)),
        None => Ok((Value::none(), 0)),
    }
}

/// What no page may show, whoever asks for it: secrets, what version control and editors keep, hidden files and drafts
/// of content, and pages that are not published.
fn check_may_be_shown(reads: &Reads, path: &SitePath) -> Result<(), &'static str> {
    if path.parts().any(is_leftover) {
        return Err("it may hold secrets, or is what version control or an editor keeps");
    }
    if path.below("content").is_some_and(|below| not_content(below).is_some()) {
        return Err("its name keeps it out of the site");
    }
    let is_withheld = |became: &OfSource| matches!(became.0, Destination::Withheld(_));
    if path.below("content").is_some() && reads.get::<OfSource>(path).as_deref().is_some_and(is_withheld) {
        return Err("it is not published");
    }
    Ok(())
}

fn read(reads: &Reads, path: &SitePath, format: Option<&str>) -> Result<Read, String> {
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
    let format = format.or(path.extension()).map(str::to_ascii_lowercase);
    let (value, count) = match format.as_deref() {
        Some("plain") => (Value::from(&*text), 1),
        Some("toml") => {
            let node = ssg_parse::read_toml(&text, 0, &mut found);
            (data_value(&node.value), ssg_parse::written_values(&text))
        }
        Some("yaml" | "yml") => {
            let node = ssg_parse::read_yaml(&text, 0, &mut found);
            let value = node.map_or_else(Value::none, |node| data_value(&node.value));
            (value, ssg_parse::written_values(&text))
        }
        Some("json") => {
            let count = json_values(&text).map_err(|at| too_many(path, &text, at))?;
            let json: json::Unique =
                serde_json::from_str(&text).map_err(|error| json::words(path, &error))?;
            (Value::from_serializable(&json.0), count)
        }
        Some("csv" | "tsv") => csv_rows(path, &text)?,
        _ => {
            return Err(format!(
                "cannot read `{path}`: it is no TOML, YAML, JSON or CSV file; `format=\"plain\"` reads it as text"
            ));
        }
    };
    if let Some(problem) = found.iter().next() {
        let at = problem.span.map(|span| ssg_source::line_column(&text, span.start as usize));
        let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        return Err(format!("{path}{at}: {}", problem.message));
    }
    Ok(Some((value, count.saturating_add(text.len() / BYTES))))
}

/// That a file has more values than it may, from a place on.
fn too_many(path: &SitePath, text: &str, at: usize) -> String {
    let at = ssg_source::line_column(text, at);
    format!("{path}:{}:{}: too many values: a data file may have {MOST_VALUES}", at.line, at.column)
}

/// How many values stand in a text in JSON, or the place of the first that is too many.
fn json_values(text: &str) -> Result<usize, usize> {
    let mut count = 1;
    let mut in_text = false;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b',' | b'[' | b'{' if !in_text => count += 1,
            _ => {}
        }
        if count > MOST_VALUES {
            return Err(at);
        }
    }
    Ok(count)
}

/// Reads a CSV file, with whatever parts the names in its first row: commas, semicolons as spreadsheets write them
/// where the comma is that of numbers, or tabs.
pub(crate) fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut in_quotes = false;
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    for byte in text.bytes().take_while(|byte| *byte != b'\n') {
        in_quotes ^= byte == b'"';
        let count = counts.iter_mut().find(|(sign, _)| *sign == byte && !in_quotes);
        if let Some((_, count)) = count {
            *count += 1;
        }
    }
    // Of equal ones the first.
    let sign = counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign);
    csv::ReaderBuilder::new().delimiter(sign).flexible(true).from_reader(text.as_bytes())
}

/// Rows of a CSV file as tables by the names of the first row, and how many values there are. A row that ends early
/// has empty texts; one that goes on behind the names is a mistake.
fn csv_rows(path: &SitePath, text: &str) -> Result<(Value, usize), String> {
    let wrong = |error: csv::Error| {
        let at = error.position().map_or_else(String::new, |at| format!(":{}", at.line()));
        format!("{path}{at}: {error}")
    };
    let mut reader = csv_reader(text);
    let names: Vec<Key<'static>> =
        reader.headers().map_err(wrong)?.iter().map(|name| Key::from(name.to_owned())).collect();
    let mut seen = HashSet::default();
    if let Some(twice) = names.iter().find(|name| !seen.insert(*name) && name.as_str() != Some("")) {
        return Err(format!("{path}:1: two columns are named `{}`", twice.as_str().unwrap_or_default()));
    }
    let mut rows = Vec::new();
    let mut count = names.len();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(wrong)? {
        count = count.saturating_add(record.len()).saturating_add(1);
        if count > MOST_VALUES {
            let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            return Err(too_many(path, text, at));
        }
        if record.iter().skip(names.len()).any(|cell| !cell.trim().is_empty()) {
            let line = record.position().map_or(0, csv::Position::line);
            let (cells, names) = (record.len(), names.len());
            return Err(format!(
                "{path}:{line}: this row has {cells} cells, and the first row {names} names"
            ));
        }
        let cells = record.iter().chain(std::iter::repeat("")).map(Value::from);
        let row: Map = names.iter().cloned().zip(cells).collect();
        rows.push(Value::from(row));
    }
    Ok((Value::from(rows), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_json_are_counted_before_it_is_read() {
        assert_eq!(json_values(r#"{"a": [1, "x,[\",{", 2], "b": {}}"#), Ok(7));
        let text = format!("[{}0]", "0,".repeat(MOST_VALUES));
        assert_eq!(json_values(&text), Err(2 * MOST_VALUES - 2));
    }

    #[test]
    fn cells_of_csv_are_counted_while_they_are_read() {
        let path = SitePath::new("data/x.csv").expect("a path");
        let wide = format!("a{}\n{}", ",".repeat(4999), format!("{}\n", ",".repeat(4999)).repeat(250));
        let error = csv_rows(&path, &wide).expect_err("too many");
        assert!(error.starts_with("data/x.csv:200:1: too many values"), "{error}");
        let (rows, count) = csv_rows(&path, "a,b\n1,2\n").expect("read");
        assert_eq!((rows.len(), count), (Some(1), 5));
        // As spreadsheets write it elsewhere, and with rows that end early or in empty cells.
        for text in
            ["a;b\n1,5;2\n3\n", "a\tb\n1,5\t2\n3\n", "\"x,y,z\";b\n1,5;2;;\n3;\n", "\u{feff}a;b\n1,5;2\n3"]
        {
            let (rows, _) = csv_rows(&path, text).expect(text);
            let cell = |path: &'static str| rows.get_from_path(path).and_then(Value::as_str);
            assert_eq!((cell("0.b"), cell("1.b")), (Some("2"), Some("")), "{text}");
        }
        let error = csv_rows(&path, "a,b,a\n1,2,3\n").expect_err("a name twice");
        assert_eq!(error, "data/x.csv:1: two columns are named `a`");
        assert!(csv_rows(&path, "a,,\n1,2,3\n").is_ok(), "columns without a name");
        let error = csv_rows(&path, "a,b\n1,2\n1,2,3\n").expect_err("a cell too many");
        assert_eq!(error, "data/x.csv:3: this row has 3 cells, and the first row 2 names");
    }
}
