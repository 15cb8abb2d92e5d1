//! Style sheets that are put together of parts: `@import "_name.css";` gives place to the text of that part.
//!
//! A part lies beside the sheet and its name begins with `_`. It is not written for itself, so it costs no request, and
//! what sheets of several kinds of pages share stands in one file. Comments in parts are for those who edit them and are
//! left out, but for `/*! … */`. A sheet names each part once and parts name none, so what comes out is no longer than
//! all files together.

use super::comments::without_comments;
use super::references::in_css;
use crate::theme::{Theme, ThemeFile};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes, did_you_mean};
use std::collections::BTreeSet;
use std::ops::Range;

/// A line such as `@import "_name.css";`.
struct Import {
    /// The whole of it.
    all: Range<usize>,
    /// The name in it.
    name: Range<usize>,
    /// It ends after the name, without a condition such as `print`.
    is_plain: bool,
}

/// A style sheet with its parts in place; none for one that names no part. `name` is that of the sheet below `assets`.
pub(super) fn joined(
    theme: &Theme,
    name: &str,
    file: &ThemeFile,
    found: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(&file.bytes).ok()?;
    let imports = imports(text);
    if imports.is_empty() {
        return None;
    }
    let folder = name.rfind('/').map_or("", |at| &name[..=at]);
    let mut seen = BTreeSet::new();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for import in imports {
        out.push_str(&text[done..import.all.start]);
        done = import.all.end;
        let part = &text[import.name.clone()];
        let said = |message: String| problem(&file.path, &import.name, message);
        let Some(of) = theme.assets.get(&format!("{folder}{part}")).and_then(|files| files.first()) else {
            let names = theme.assets.keys().filter_map(|name| name.strip_prefix(folder));
            let hint = did_you_mean(part, names.filter(|name| is_part(name)));
            let hint = hint.unwrap_or_else(|| "a part lies beside the style sheet that names it".to_owned());
            found.add(said(format!("there is no part `{part}`")).hint(hint));
            continue;
        };
        if !import.is_plain {
            let hint = "put what the part holds into `@media` or `@layer` within the part";
            found.add(said(format!("the part `{part}` takes no condition")).hint(hint));
        } else if !seen.insert(part) {
            found.add(
                said(format!("the part `{part}` is named twice")).hint("name it once, where it is to stand"),
            );
        } else {
            out.push_str(&text_of(of, found));
        }
    }
    out.push_str(&text[done..]);
    Some(out.into_bytes())
}

/// The text of a part as it stands in sheets.
fn text_of(part: &ThemeFile, found: &mut Diagnostics) -> String {
    let Ok(text) = std::str::from_utf8(&part.bytes) else {
        let problem = Diagnostic::error(codes::ASSET_NAME, "a part of style sheets must be UTF-8");
        found.add(problem.in_file(&part.path).hint("save it as UTF-8"));
        return String::new();
    };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for import in imports(text) {
        let problem = problem(&part.path, &import.name, "a part names no other part".to_owned());
        found.add(problem.hint("name both in the style sheet, in the order in which they are to stand"));
        out.push_str(&text[done..import.all.start]);
        done = import.all.end;
    }
    out.push_str(&text[done..]);
    without_comments(&out)
}

fn problem(file: &SitePath, at: &Range<usize>, message: String) -> Diagnostic {
    Diagnostic::error(codes::ASSET_NAME, message).in_file(file).at(Span::new(at.start, at.end))
}

/// Whether this is the name of a part, without a folder.
fn is_part(name: &str) -> bool {
    name.starts_with('_') && name.ends_with(".css") && !name.contains('/')
}

/// The imports of parts, in their order.
fn imports(text: &str) -> Vec<Import> {
    const WORD: &str = "@import";
    let one = |name: Range<usize>| {
        if !is_part(&text[name.clone()]) {
            return None;
        }
        let before = text[..name.start].strip_suffix(['"', '\''])?.trim_end();
        let start = before.len().checked_sub(WORD.len())?;
        if !before.get(start..)?.eq_ignore_ascii_case(WORD) {
            return None;
        }
        let after = text.get(name.end + 1..).unwrap_or_default();
        let end = after.find([';', '}']).unwrap_or(after.len());
        let is_plain = after[..end].trim().is_empty();
        let end = name.end + 1 + end + usize::from(after[end..].starts_with(';'));
        Some(Import { all: start..end.min(text.len()), name, is_plain })
    };
    let mut all: Vec<Import> = Vec::new();
    for import in in_css(text).into_iter().filter_map(one) {
        // One within the condition of another is part of that.
        if all.last().is_none_or(|last| last.all.end <= import.all.start) {
            all.push(import);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_parts_are_told_from_others() {
        let names = |text: &str| -> Vec<(String, String, bool)> {
            let all = imports(text).into_iter();
            all.map(|one| (text[one.all].to_owned(), text[one.name].to_owned(), one.is_plain)).collect()
        };
        let text = "@import \"_a.css\";\n@IMPORT  '_b.css' ;@import \"_c.css\" print;x{}@import \"_d.css\"";
        let expected = [
            ("@import \"_a.css\";", "_a.css", true),
            ("@IMPORT  '_b.css' ;", "_b.css", true),
            ("@import \"_c.css\" print;", "_c.css", false),
            ("@import \"_d.css\"", "_d.css", true),
        ];
        let expected = expected.map(|(all, name, plain)| (all.to_owned(), name.to_owned(), plain));
        assert_eq!(names(text), expected);
        for none in [
            "@import \"a.css\";",
            "@import \"parts/_a.css\";",
            "@import \"_a.scss\";",
            "a{background:url(\"_a.css\")}",
            "@import url(_a.css);",
            "/* @import \"_a.css\"; */",
            "\"_a.css\"",
        ] {
            assert!(names(none).is_empty(), "{none}");
        }
        for one in ["@import \"_a.css\" @import \"_b.css\";", "@import \"_a.css", "@import \"_a.css\n;"] {
            assert_eq!(names(one).len(), 1, "{one}");
        }
    }
}
