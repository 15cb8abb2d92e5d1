//! The book's template reference is made of the tables in `reference`; `SSG_ACCEPT=1` writes it anew.

#![expect(clippy::disallowed_methods, reason = "a test reads the book")]

use ssg_render::reference::with_parts;
use std::path::Path;

#[test]
fn the_book_has_the_tables_of_the_program() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/template-api.md");
    let page = std::fs::read_to_string(&file).expect("the book is there");
    let made = with_parts(&page).expect("its marks are in order");
    if std::env::var_os("SSG_ACCEPT").is_some() {
        std::fs::write(&file, &made).expect("written");
        return;
    }
    let stale: Vec<String> = page
        .lines()
        .filter(|line| !made.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"))
        .chain(
            made.lines()
                .filter(|line| !page.lines().any(|other| other == *line))
                .map(|line| format!("+ {line}")),
        )
        .collect();
    assert!(
        page == made,
        "docs/src/template-api.md is stale; SSG_ACCEPT=1 rewrites it:\n{}",
        stale.join("\n")
    );
}
