//! The record of imports: what was written, from where, and a digest of it.
//!
//! It is one file in the site's root, `.ssg-import.json`, and belongs under version control with
//! the content. A record beside the content was chosen over a key in each file: it also covers
//! files without front matter (sponsors, photographs), it can hold a digest for each key, so that
//! a report names what the source has changed in a file that is kept, it knows what was imported
//! and is gone, and it puts nothing into files that people edit. Where it is missing, every file
//! that differs counts as a person's: losing it costs updates, never an edit.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes};
use std::collections::BTreeMap;

/// What imports have written so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRecord {
    /// Form of the record; this one is 1.
    #[serde(default)]
    version: u32,
    /// An import began to write, and did not say that it was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unfinished: bool,
    /// Every file by its path.
    #[serde(default, deserialize_with = "files")]
    pub(crate) files: BTreeMap<SitePath, Recorded>,
}

/// What is known of one imported file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recorded {
    /// Which part of which source owns it.
    pub source: String,
    /// Digest of what was written.
    pub digest: String,
    /// Digest of what stood there before, while an import is unfinished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What the source knows it by ([`crate::ImportedFile::id`], [`crate::file::ByKey::id`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Digest of each key of its front matter, and of its body.
    #[serde(default)]
    pub parts: BTreeMap<String, String>,
}

fn files<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<SitePath, Recorded>, D::Error> {
    let files = BTreeMap::<String, Recorded>::deserialize(deserializer)?;
    files.into_iter().map(|(path, one)| Ok((SitePath::new(&path).map_err(D::Error::custom)?, one))).collect()
}

impl ImportRecord {
    /// The files of a part of a source, with what the source knows them by.
    pub(crate) fn of_source(&self, source: &str) -> impl Iterator<Item = (&SitePath, &Recorded)> {
        self.files.iter().filter(move |(_, recorded)| recorded.source == source)
    }

    /// Marks it as of the form that this program writes.
    pub(crate) fn set_version(&mut self) {
        self.version = 1;
    }

    /// Where it lies, below the site's root.
    pub const PATH: &'static str = ".ssg-import.json";

    /// Reads it; `None`, with an error, when it is damaged.
    pub fn read(text: &str, found: &mut Diagnostics) -> Option<Self> {
        let problem = match serde_json::from_str::<Self>(text) {
            Ok(record) if record.version == 1 => return Some(record),
            Ok(record) => Diagnostic::error(
                codes::IMPORT_RECORD,
                format!(
                    "the record of imports is of version {}, which this program does not know",
                    record.version
                ),
            ),
            Err(error) => Diagnostic::error(
                codes::IMPORT_RECORD,
                format!("the record of imports cannot be read: {error}"),
            )
            .at(Span::at(json_place(text, &error))),
        };
        let problem = match SitePath::new(Self::PATH) {
            Ok(path) => problem.in_file(&path),
            Err(_) => problem,
        };
        found.add(
            problem.hint("restore it; or remove it: then every imported file that differs is kept as it is"),
        );
        None
    }

    /// The text of it: a line for each file, sorted, so that versions can be compared.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::from("{\n\"version\": 1,\n");
        if self.unfinished {
            out.push_str("\"unfinished\": true,\n");
        }
        out.push_str("\"files\": {\n");
        let lines: Vec<String> = self
            .files
            .iter()
            .map(|(path, recorded)| {
                let key = serde_json::Value::from(path.as_str());
                let value = serde_json::to_string(recorded).unwrap_or_default();
                format!("{key}: {value}")
            })
            .collect();
        out.push_str(&lines.join(",\n"));
        out.push_str("\n}\n}\n");
        out
    }
}

/// The byte at which a JSON reader stopped.
pub(crate) fn json_place(text: &str, error: &serde_json::Error) -> usize {
    let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = start.saturating_add(error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut record = ImportRecord { version: 1, ..ImportRecord::default() };
        let path = SitePath::new("content/a \"b\".md").expect("valid");
        let parts = BTreeMap::from([("title".to_owned(), "0".to_owned())]);
        let one = Recorded { source: "s".into(), digest: "d".into(), was: None, id: None, parts };
        record.files.insert(path, one);
        let mut found = Diagnostics::new();
        assert_eq!(ImportRecord::read(&record.to_text(), &mut found), Some(record));
        assert!(found.is_empty());
    }

    #[test]
    fn a_damaged_record_is_an_error_at_its_place() {
        for text in ["", "{", "{\"version\": 2}", "{\"version\":1,\"files\":{\"../a\":{}}}"] {
            let mut found = Diagnostics::new();
            assert_eq!(ImportRecord::read(text, &mut found), None, "{text}");
            assert_eq!(found.status(), 1);
        }
    }
}
