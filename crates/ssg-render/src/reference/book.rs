//! The tables as parts of the book.
//!
//! A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`, so that prose can stand around
//! it.

use super::{FILTERS, TERA_FILTERS, TESTS, VARIABLES, VIEWS, functions};
use crate::entry::Entry;
use std::fmt::Write as _;

/// Names of the parts, with their text.
#[must_use]
pub fn book_parts() -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("variables", table("variable", VARIABLES)),
        ("functions", table("call", &functions())),
        ("filters", table("filter", FILTERS)),
        ("tera-filters", table("filter", TERA_FILTERS)),
        ("tests", table("test", TESTS)),
    ];
    parts.extend(VIEWS.iter().map(|view| (view.name, table("field", view.fields))));
    parts
}

/// A page of the book with its parts as they are to be; what is wrong with its marks is an error.
///
/// # Errors
/// When the marks of a part are missing or out of order.
pub fn with_parts(page: &str) -> Result<String, String> {
    let mut page = page.to_owned();
    for (name, text) in book_parts() {
        let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
        let from = page.find(&begin).ok_or_else(|| format!("there is no `{}`", begin.trim()))? + begin.len();
        let length = page.get(from..).and_then(|rest| rest.find(&end));
        let to = from + length.ok_or_else(|| format!("there is no `{end}` after its beginning"))?;
        page.replace_range(from..to, &format!("\n{text}\n"));
    }
    Ok(page)
}

fn table(what: &str, entries: &[Entry]) -> String {
    let mut table = format!("| {what} | type | meaning |\n|---|---|---|\n");
    for entry in entries {
        let shown: Vec<String> = entry.shown.iter().map(|shown| format!("`{shown}`")).collect();
        let since = match entry.since {
            1 => String::new(),
            since => format!(" (since `api = {since}`)"),
        };
        let _ = writeln!(table, "| {} | {} | {}{since} |", shown.join(", "), entry.kind, entry.gives);
    }
    table
}
