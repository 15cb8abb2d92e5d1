//! The book's list of codes is made of the registry; `SSG_ACCEPT=1` writes it anew.

use ssg_source::codes::PARTS;
use std::fmt::Write as _;
use std::path::Path;

const BEGIN: &str = "<!-- begin codes -->\n";
const END: &str = "<!-- end codes -->";

/// Every code with its meaning, what to do and an example.
fn list() -> String {
    let mut text = String::new();
    for part in &PARTS {
        let _ = writeln!(text, "\n### {}\n", part.title);
        for code in part.codes {
            let example = code.example().replace('\n', "\n  ");
            let fence = if example.contains("```") { "````" } else { "```" };
            let _ = writeln!(text, "- **`{code}`**: {} {}\n", code.meaning(), code.cure());
            let _ = writeln!(text, "  {fence}text\n  {example}\n  {fence}\n");
        }
    }
    text
}

#[test]
fn the_book_has_every_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/diagnostics.md");
    let page = std::fs::read_to_string(&file).expect("the book is there");
    let (before, rest) = page.split_once(BEGIN).expect("a mark where the codes begin");
    let (_, after) = rest.split_once(END).expect("a mark where the codes end");
    let made = format!("{before}{BEGIN}{}{END}{after}", list());
    if std::env::var_os("SSG_ACCEPT").is_some() {
        std::fs::write(&file, &made).expect("written");
        return;
    }
    assert!(page == made, "docs/src/diagnostics.md is stale; SSG_ACCEPT=1 rewrites it");
}
