//! Broken themes: every folder of `tests/themes` is a case.
//!
//! `theme/` is the theme, `diagnostics.txt` what `ssg theme check` says of it; it must fail where
//! warnings are errors. Beside it
//! `others/` may hold themes that it extends. `SSG_ACCEPT=1` rewrites `diagnostics.txt`.

use crate::repository::{Site, copy};
use std::fs;
use std::path::PathBuf;

#[test]
fn broken_themes_are_told_what_is_wrong() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/themes"));
    let accept = std::env::var_os("SSG_ACCEPT").is_some();
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/themes exists")
        .map(|entry| entry.expect("readable").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10);
    let mut failures = Vec::new();
    for case in cases {
        let name = case.file_name().expect("named").to_string_lossy().into_owned();
        let site = Site::new();
        copy(&case.join("theme"), &site.root().join("themes/tried"));
        copy(&case.join("others"), &site.root().join("themes"));
        let run = site.ssg(&["theme", "check", "tried", "--strict"]);
        if accept {
            fs::write(case.join("diagnostics.txt"), &run.stderr).expect("written");
        }
        let expected = fs::read_to_string(case.join("diagnostics.txt")).unwrap_or_default();
        if run.status == 0 {
            failures.push(format!("--- {name}: passes"));
        }
        if run.stderr != expected {
            failures.push(format!("--- {name}\nexpected:\n{expected}\ngot:\n{}", run.stderr));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
