//! Functions.

use crate::entry::{Entry, entry};
use crate::queries::FUNCTION_ROWS;

/// Functions of templates, in the order of the book: those that are queries have their rows with them.
#[must_use]
pub fn functions() -> Vec<Entry> {
    FUNCTION_ROWS.iter().copied().flatten().chain(OTHERS).copied().collect()
}

/// Functions that are no queries.
const OTHERS: &[Entry] = &[
    entry(
        &["t(key=\"read_more\", count=…, default=…)"],
        "string",
        "a text of `i18n/<lang>.toml`; `{name}` in it is filled from further arguments; with `count`, `key` may be a table of plural forms; a key that no file has is an error without `default`",
    ),
    entry(&["structured_data()"], "HTML or null", "what the page is about as JSON-LD: see below"),
    entry(&["range(start=0, end=10, step_by=1)"], "list of numbers", "at most 100,000, without the end"),
    entry(&["throw(message=\"…\")"], "", "an error at its place"),
];
