//! What is different between two versions of a theme, and what of it a site should look at.

use crate::fetched::Files;
use crate::overrides::{Override, override_of};
use crate::site::Site;
use similar::TextDiff;
use ssg_parse::{Value, read_toml};
use ssg_source::{Diagnostics, decode};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Lines of one file's diff that are kept.
const LINES: usize = 400;
/// Bytes of a line that are kept.
const WIDTH: usize = 300;

/// What is different.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files that the site overrides, with what changed under them.
    pub touched: Vec<Touched>,
    /// All others: `added`, `removed` or `changed`, and the path.
    pub others: Vec<(&'static str, String)>,
    /// Options.
    pub options: Vec<OptionChange>,
}

/// A file of the theme that changed although the site overrides it.
#[derive(Debug)]
pub struct Touched {
    /// Its path in the theme.
    pub path: String,
    /// How the site overrides it.
    pub by: Override,
    /// A unified diff from the old version to the new one.
    pub diff: String,
}

/// An option that is new, gone, or of another default or type.
#[derive(Debug, PartialEq, Eq)]
pub struct OptionChange {
    /// `added`, `removed` or `changed`.
    pub how: &'static str,
    /// Its name.
    pub name: String,
    /// What to know of it, in words.
    pub note: String,
    /// Whether the site sets it.
    pub is_set: bool,
}

impl Changes {
    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty() && self.others.is_empty() && self.options.is_empty()
    }

    pub(super) fn between(site: &Site<'_>, old: &Files, new: &Files) -> Self {
        let mut changes = Self { options: options(site, old, new), ..Self::default() };
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for path in paths {
            let (before, after) = (old.get(path), new.get(path));
            let how = match (before, after) {
                (None, Some(_)) => "added",
                (Some(_), None) => "removed",
                (before, after) if before != after => "changed",
                _ => continue,
            };
            match override_of(site, path).filter(|_| !old.is_empty()) {
                Some(by) => {
                    let empty = Vec::new();
                    let diff = diff(path, before.unwrap_or(&empty), after.unwrap_or(&empty));
                    changes.touched.push(Touched { path: path.clone(), by, diff });
                }
                None => changes.others.push((how, path.clone())),
            }
        }
        changes
    }
}

/// A unified diff; control characters are shown as `·`, so that a theme cannot write to the terminal.
fn diff(path: &str, before: &[u8], after: &[u8]) -> String {
    let (Ok(before), Ok(after)) = (std::str::from_utf8(before), std::str::from_utf8(after)) else {
        return format!("{path}: {} bytes become {}\n", before.len(), after.len());
    };
    let diff = TextDiff::configure().timeout(Duration::from_secs(2)).diff_lines(before, after);
    let text = diff.unified_diff().context_radius(2).missing_newline_hint(false).to_string();
    let lines: Vec<&str> = text.lines().collect();
    let mut out = format!("--- {path}, old\n+++ {path}, new\n");
    for line in lines.iter().take(LINES) {
        out.extend(line.chars().take(WIDTH).map(|c| if c.is_control() && c != '\t' { '·' } else { c }));
        out.push('\n');
    }
    if let Some(more) = lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        out.push_str(&format!("… {more} more lines\n"));
    }
    out
}

/// Options by name, each with its type and default as text.
fn declared(files: &Files) -> BTreeMap<String, (String, String)> {
    let Some(text) = files.get("theme.toml").and_then(|bytes| decode(bytes).ok()) else {
        return BTreeMap::new();
    };
    let node = read_toml(&text, 0, &mut Diagnostics::new());
    let Some(Value::Table(fields)) = node.value.get("options").map(|node| &node.value) else {
        return BTreeMap::new();
    };
    let shown = |option: &Value, key: &str| {
        option.get(key).map_or_else(String::new, |node| node.value.to_json().to_string())
    };
    let read = |option: &Value| (shown(option, "type"), shown(option, "default"));
    fields.iter().map(|field| (field.key.clone(), read(&field.node.value))).collect()
}

fn options(site: &Site<'_>, old: &Files, new: &Files) -> Vec<OptionChange> {
    if old.is_empty() {
        return Vec::new();
    }
    let (before, after) = (declared(old), declared(new));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for name in names {
        let (how, note) = match (before.get(name), after.get(name)) {
            (None, Some((kind, default))) => ("added", format!("{kind}, by default {default}")),
            (Some(_), None) => ("removed", String::new()),
            (Some(was), Some(is)) if was.0 != is.0 => ("changed", format!("{} becomes {}", was.0, is.0)),
            (Some(was), Some(is)) if was.1 != is.1 => {
                ("changed", format!("its default {} becomes {}", was.1, is.1))
            }
            _ => continue,
        };
        let is_set = site.config.theme_options.as_ref().is_some_and(|set| set.get(name).is_some());
        changes.push(OptionChange { how, name: name.clone(), note, is_set });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_cannot_write_to_the_terminal() {
        let shown = diff("a.html", b"a\nb\n", b"a\n\x1b[31mc\n");
        assert_eq!(shown, "--- a.html, old\n+++ a.html, new\n@@ -1,2 +1,2 @@\n a\n-b\n+·[31mc\n");
        assert!(diff("x.png", b"\xff", b"").contains("1 bytes become 0"));
    }
}
