//! One snippet for each of the trade's languages, with the HTML it becomes.
//!
//! `UPDATE_GOLDENS=1 cargo test --test golden` rewrites the expectations; read
//! the diff before committing it. The snippets are this project's own.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use ssg_highlight::{CodeOptions, Highlighter};
use std::{fs, path::Path};

const LANGUAGES: &[&str] = &[
    "bash",
    "diff",
    "dockerfile",
    "go",
    "hcl",
    "jenkinsfile",
    "json",
    "nginx",
    "nix",
    "powershell",
    "puppet",
    "python",
    "rego",
    "ruby",
    "sql",
    "systemd",
    "toml",
    "yaml",
];

#[test]
fn snippets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippets");
    let highlighter = Highlighter::new();
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        // The syntax set for the other engine has no PowerShell.
        if cfg!(not(feature = "onig")) && *language == "powershell" {
            continue;
        }
        let code = fs::read_to_string(folder.join(language).with_extension("txt"))
            .expect("every language has a snippet");
        let shown = highlighter.highlight(&code, &CodeOptions::of(language));
        assert_eq!(shown.note, None, "{language}");
        let expected = folder.join(language).with_extension("html");
        let html = shown.html + "\n";
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            fs::write(&expected, &html).expect("the folder can be written");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&html) {
            wrong.push(format!("{language}:\n{html}"));
        }
    }
    assert!(wrong.is_empty(), "other HTML than expected:\n{}", wrong.join("\n"));
}
