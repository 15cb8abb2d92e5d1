//! What leaves the demonstration site, and sites imported from real sources, as data, seen by those who read it: two parsers of calendars, a reader of feeds,
//! the vocabulary of schema.org with what search engines demand of it, and the apps' schema.
//!
//! A client that is missing and cannot be installed is reported as `skipped: …`.

mod calendars;
mod corpus;
mod feeds;
mod node;
#[path = "../shared/corpus.rs"]
mod place;
mod python;
mod schedules;
mod structured;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The demonstration site, built once.
fn demonstration() -> &'static Path {
    static OUT: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, out) = OUT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("temporary folder");
        let out = folder.path().join("out");
        let built = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["build", "--no-cache", "--date", "2026-11-21", "-r"])
            .arg(root())
            .arg("-o")
            .arg(&out)
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        (folder, out)
    });
    out
}

/// Every file below a folder whose name ends so, sorted.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON")
}
