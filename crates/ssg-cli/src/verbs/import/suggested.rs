//! `--suggest`: what imported texts name goes into their headers.

use super::{is_json, write_report};
use crate::args::{Format as Output, Globals, Import as Arguments};
use crate::session::{counted, report};
use crate::verbs::suggest::put_into;
use ssg_source::{Diagnostics, SitePath};
use ssg_suggest::Subject;
use std::io::Write;

/// Reads the files that were just written, where it is asked for, and tells how many headers got something.
pub(super) fn run(globals: &Globals, verb: &Arguments, mut files: Vec<SitePath>) -> u8 {
    if !verb.suggest || verb.dry_run {
        return 0;
    }
    files.sort();
    files.dedup();
    let mut found = Diagnostics::new();
    let (count, kinds) = match put_into(globals, &files, &mut found) {
        Ok(done) => done,
        Err(status) => return status,
    };
    let numbers: serde_json::Map<String, serde_json::Value> =
        kinds.iter().map(|(subject, number)| (subject.key().to_owned(), (*number).into())).collect();
    let object = serde_json::json!({ "suggested": { "files": count, "found": numbers } });
    let number_of = |(subject, number): (&Subject, &usize)| {
        format!("{number} {}", if *number == 1 { subject.name() } else { subject.key() })
    };
    let names: Vec<String> = kinds.iter().map(number_of).collect();
    let list = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    let line = format!("suggested for {}{list}", counted(count, "file"));
    let out = if globals.format == Output::Human { format!("{line}\n") } else { format!("{object}\n") };
    let _ = std::io::stdout().write_all(out.as_bytes());
    if let Some(file) = &verb.report {
        let text = if is_json(file) { format!("{object}\n") } else { format!("{line}\n") };
        if let Err(problem) = write_report(file, text.as_bytes(), true) {
            found.add(problem);
        }
    }
    found.sort();
    report(globals, None, &found)
}
