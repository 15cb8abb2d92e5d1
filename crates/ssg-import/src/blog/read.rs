//! Reads a page of a blog: where a key stands twice the last one counts, as it does for other generators.

use crate::Guess;
use crate::source::{SourcePage, text};
use ssg_parse::{Format, Node, Value, read_toml, read_yaml_of_others, split_header};
use ssg_source::{Diagnostic, Diagnostics, Inputs, Severity, SitePath, Span, codes};

/// A page of a blog, and what was noticed in its header.
pub(crate) struct BlogPage {
    pub front: Value,
    pub body: String,
    /// Whether it has a header at all.
    pub has_header: bool,
    pub notes: Vec<Guess>,
    /// The line of the file on which the body begins, from 1.
    pub first_line: usize,
}

/// Reads a page; the reason where that is not possible, after it was reported.
pub(crate) fn read_page(
    inputs: &dyn Inputs,
    path: &SitePath,
    found: &mut Diagnostics,
) -> Result<BlogPage, String> {
    let text = text(inputs, path, found)?;
    read_text(&text).map_err(|(why, problems)| {
        for problem in problems {
            found.add(problem.in_file(path));
        }
        why
    })
}

/// Reads the text of a page; the reason where that is not possible, with what is wrong.
pub(crate) fn read_text(text: &str) -> Result<BlogPage, (String, Vec<Diagnostic>)> {
    let mut problems = Diagnostics::new();
    let header = split_header(text, &mut problems);
    let front = header.front.slice(text);
    let start = header.front.range().start;
    let body = header.body.slice(text).to_owned();
    let first_line = text.get(..header.body.range().start).map_or(1, |above| above.matches('\n').count() + 1);
    let (cleaned, doubles) = match header.format {
        Some(Format::Toml) => drop_earlier(front, '='),
        Some(Format::Yaml) => drop_earlier(front, ':'),
        _ => (front.to_owned(), Vec::new()),
    };
    let node = match header.format {
        Some(Format::Yaml | Format::Json) => {
            read_yaml_of_others(&header.readable(&cleaned), start, &mut problems)
        }
        Some(Format::Toml) => Some(read_toml(&cleaned, start, &mut problems)),
        None => Some(Node { span: Span::default(), value: Value::Null }),
    };
    let mut wrong = Vec::new();
    let mut notes: Vec<Guess> = doubles
        .into_iter()
        .map(|(line, key)| Guess::new(line + 1, format!("the key `{key}` stands twice; the last one counts")))
        .collect();
    for problem in problems {
        if problem.code == codes::DUPLICATE_KEY || problem.severity != Severity::Error {
            notes.push(Guess::new(0, problem.message));
        } else {
            wrong.push(problem);
        }
    }
    match node.filter(|_| wrong.is_empty()) {
        Some(node) => {
            Ok(BlogPage { front: node.value, body, has_header: header.format.is_some(), notes, first_line })
        }
        None => {
            let why = wrong.first().map_or_else(|| "it cannot be read".to_owned(), |one| one.message.clone());
            Err((why, wrong))
        }
    }
}

/// A page without what it says in its header, for importers that read nothing of it.
impl From<BlogPage> for SourcePage {
    fn from(page: BlogPage) -> Self {
        Self { front: page.front, body: page.body }
    }
}

/// Blanks every top-level key of a header that stands again below, with its value; gives their lines.
fn drop_earlier(front: &str, sign: char) -> (String, Vec<(usize, String)>) {
    let lines: Vec<&str> = front.split_inclusive('\n').collect();
    let key_at = |line: &str| -> Option<String> {
        let key = line.split_once(sign)?.0;
        let key = key.trim_end();
        let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        (plain && !line.starts_with([' ', '\t', '#', '-'])).then(|| key.to_owned())
    };
    let is_toml = sign == '=';
    let mut seen = std::collections::BTreeMap::new();
    let mut table = String::new();
    let mut gone = Vec::new();
    let mut blank = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        if is_toml && line.starts_with('[') {
            // The rows of a list of tables have the same keys.
            table = format!("{at} {line}");
        }
        let Some(key) = key_at(line) else { continue };
        if let Some(before) = seen.insert((table.clone(), key.clone()), at) {
            let end = (before + 1..at).find(|one| key_at(lines[*one]).is_some()).unwrap_or(at);
            blank[before..end].fill(true);
            gone.push((before + 1, key));
        }
    }
    let kept = lines.iter().zip(&blank).map(|(line, blank)| {
        if !blank {
            return (*line).to_owned();
        }
        // Places in messages stay right.
        let mut spaces = " ".repeat(line.trim_end_matches('\n').len());
        spaces.push_str(if line.ends_with('\n') { "\n" } else { "" });
        spaces
    });
    (kept.collect(), gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_keys_counts() {
        let (text, gone) = drop_earlier("a: 1\ntags:\n- x\n- y\nb: 2\ntags: [z]\n", ':');
        assert_eq!(text.trim_start(), "a: 1\n     \n   \n   \nb: 2\ntags: [z]\n");
        assert_eq!(gone, [(2, "tags".to_owned())]);
        let toml = "a = 1\n[[x]]\nn = 1\n[[x]]\nn = 2\n";
        assert_eq!(drop_earlier(toml, '='), (toml.to_owned(), Vec::new()));
    }
}
