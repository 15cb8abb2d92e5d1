//! Findings as text, as a table, and as objects.

use super::read::Read;
use super::table;
use crate::args::{Format, Globals, Suggest};
use ssg_suggest::Finding;
use std::io::Write;

pub fn print(globals: &Globals, verb: &Suggest, read: &[Read]) {
    let mut text = String::new();
    if globals.format == Format::Json {
        for file in read {
            text.extend(file.found.iter().map(|finding| format!("{}\n", json(&file.name, finding))));
        }
    } else if verb.all {
        text = table::of(read.iter().map(|file| (file.name.as_str(), file.found.as_slice())));
    } else {
        text.extend(read.iter().map(lines));
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn json(path: &str, finding: &Finding) -> serde_json::Value {
    serde_json::json!({
        "path": path,
        "line": finding.line,
        "kind": finding.subject.name(),
        "name": finding.name,
        "confidence": finding.confidence,
        "why": finding.why,
    })
}

/// A file with its findings, one a line.
fn lines(file: &Read) -> String {
    let mut text = format!("{}\n", file.name);
    if file.found.is_empty() {
        text.push_str("  nothing that its header lacks\n");
    }
    let width =
        file.found.iter().map(|finding| finding.name.chars().count()).max().unwrap_or_default().min(40);
    for finding in &file.found {
        text.push_str(&format!(
            "  {:<8}  {:<width$}  {:.2}  line {}: {}\n",
            finding.subject.name(),
            finding.name,
            finding.confidence,
            finding.line,
            finding.why
        ));
    }
    text
}
