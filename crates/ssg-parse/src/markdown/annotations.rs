//! Marks in code, such as `# (1)` at a line's end, and the fence that asks for them.
//!
//! A mark is a comment of its own at the end of a line that holds nothing but numbers in brackets. It goes from the
//! code, and the list that follows explains it (`writer/annotations.rs`). The info string is read as
//! `ssg-highlight` reads it, which this crate does not know; a test in `ssg-render` compares.

/// A mark that was taken out of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The line within the code, from 0.
    pub(super) line: usize,
    /// The number in the brackets.
    pub(super) number: u32,
}

/// What begins a comment, and what ends it.
const COMMENTS: [(&str, &str); 14] = [
    ("<!--", "-->"),
    ("/*", "*/"),
    ("(*", "*)"),
    ("{#", "#}"),
    ("{{/*", "*/}}"),
    ("<%#", "%>"),
    ("<#", "#>"),
    ("#", ""),
    ("//", ""),
    ("--", ""),
    (";;", ""),
    (";", ""),
    ("%", ""),
    ("REM", ""),
];
/// The most digits of a number.
const DIGITS: usize = 4;

/// Whether an info string has the option `annotate`.
#[must_use]
pub fn asks_for_annotations(info: &str) -> bool {
    if !info.contains("annotate") {
        return false;
    }
    let info = info.trim_start();
    let language = info.find([',', ';', ' ', '\t', '{', '\n', '\r']).unwrap_or(info.len());
    // A first word with a value is an option; any other is the language.
    let mut rest = if info[..language].contains('=') { info } else { &info[language..] };
    let has_commas = rest.trim_start().starts_with(',');
    let (mut is_braced, mut asked) = (false, false);
    loop {
        let start = rest.find(|c: char| !(c.is_whitespace() || matches!(c, '{' | '}' | ',' | ';')));
        let between = &rest[..start.unwrap_or(rest.len())];
        if let Some(brace) = between.rfind(['{', '}']) {
            is_braced = between[brace..].starts_with('{');
        }
        let Some(start) = start else { return asked };
        rest = &rest[start..];
        let (key, after) =
            rest.split_at(rest.find(['=', ',', ';', ' ', '\t', '{', '}', '\n', '\r']).unwrap_or(rest.len()));
        let is_option = key.trim_start_matches('.') == "annotate";
        let Some(value) = after.strip_prefix('=') else {
            asked |= is_option;
            rest = after;
            continue;
        };
        let quoted = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => Some(quote),
            Some('[') => Some(']'),
            _ => None,
        };
        let text;
        (text, rest) = if let Some(close) = quoted {
            value[1..].split_once(close).unwrap_or((&value[1..], ""))
        } else {
            let ends: &[char] = match (has_commas, is_braced) {
                (true, false) => &[','],
                (_, true) => &[',', ' ', '\t', '}', '\n', '\r'],
                _ => &[',', ' ', '\t', '{', '\n', '\r'],
            };
            value.split_at(value.find(ends).unwrap_or(value.len()))
        };
        if is_option {
            asked = text.trim() != "false";
        }
    }
}

/// Takes the marks out of code.
pub(super) fn take(code: &str) -> (String, Vec<Found>) {
    let mut kept = String::with_capacity(code.len());
    let mut found = Vec::new();
    for (line, text) in code.split_inclusive('\n').enumerate() {
        let content = text.trim_end();
        let Some((before, numbers)) = marks(content) else {
            kept.push_str(text);
            continue;
        };
        // An empty line keeps its indentation: the mark stands there.
        kept.push_str(if before.trim().is_empty() { before } else { before.trim_end() });
        kept.push_str(if text.ends_with('\n') { "\n" } else { "" });
        found.extend(numbers.into_iter().map(|number| Found { line, number }));
    }
    (kept, found)
}

/// A line before the comment that holds nothing but marks, and their numbers.
fn marks(line: &str) -> Option<(&str, Vec<u32>)> {
    if !line.contains('(') {
        return None;
    }
    COMMENTS.iter().find_map(|(open, close)| {
        let mut rest = line.strip_suffix(close)?.trim_end();
        let mut numbers = Vec::new();
        while let Some((before, number)) = last_mark(rest) {
            numbers.push(number);
            rest = before.trim_end();
        }
        let before = rest.strip_suffix(open).filter(|_| !numbers.is_empty())?;
        let stands_apart = before.is_empty() || before.ends_with([' ', '\t']);
        numbers.reverse();
        stands_apart.then_some((before, numbers))
    })
}

/// The `(12)` or `(12)!` at the end of a text.
fn last_mark(text: &str) -> Option<(&str, u32)> {
    let inner = text.strip_suffix('!').unwrap_or(text).strip_suffix(')')?;
    let (before, digits) = inner.rsplit_once('(')?;
    let is_number = (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((before, digits.parse().ok().filter(|_| is_number)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_comments_of_their_own_at_the_end_of_a_line() {
        for (line, before, numbers) in [
            ("replicas: 3 # (1)", "replicas: 3", &[1][..]),
            ("let a = 1; //(12)!", "let a = 1;", &[12]),
            ("select 1 -- (1) (2)", "select 1", &[1, 2]),
            ("<a> <!-- (3) -->", "<a>", &[3]),
            ("  # (4)", "  ", &[4]),
            ("a { /* (5) */", "a {", &[5]),
            ("x := 1 {{/* (6) */}}", "x := 1", &[6]),
            ("(setq a 1) ;; (7)", "(setq a 1)", &[7]),
            ("(setq a 1) ; (7)", "(setq a 1)", &[7]),
            ("call(1)", "call(1)", &[]),
            ("a # see (1)", "a # see (1)", &[]),
            ("see https://(1)", "see https://(1)", &[]),
            ("a # (12345)", "a # (12345)", &[]),
            ("a # (1) b", "a # (1) b", &[]),
            ("a # ()", "a # ()", &[]),
        ] {
            let (kept, found) = take(line);
            assert_eq!(kept, before, "{line}");
            assert_eq!(found.iter().map(|found| found.number).collect::<Vec<_>>(), numbers, "{line}");
        }
        let (kept, found) = take("a # (1)\n\n# (2)\nb\n");
        assert_eq!(kept, "a\n\n\nb\n");
        assert_eq!(found, [Found { line: 0, number: 1 }, Found { line: 2, number: 2 }]);
    }
}
