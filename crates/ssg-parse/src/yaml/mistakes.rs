//! The usual mistakes behind what the YAML parser complains of, in words of whoever made them.
//!
//! The parser says what it did not find, often a line too late. Here the lines about that place are looked at
//! for what people forget: a colon after a key, and quotation marks about a value that begins with a sign.

use ssg_source::{Diagnostic, Span, codes};

/// How many lines above the place of an error may be its cause.
const LINES: usize = 3;

/// What is wrong near byte `at` of a header, and how to write it; the place counts from the text's start.
pub(super) fn explained(text: &str, at: usize, words: &str) -> Diagnostic {
    let lines = lines_up_to(text, at);
    if words.contains("unknown anchor")
        && let Some(mistake) = without_anchor(text, at, &lines)
    {
        return mistake;
    }
    for (start, line) in lines.iter().rev().copied() {
        if let Some(mistake) = in_line(text, start, line) {
            return mistake;
        }
    }
    let plain = Diagnostic::error(codes::YAML, format!("invalid YAML: {words}"));
    // The parser may stop at the end of the line above.
    let below = text.get(at..).and_then(|rest| rest.split_once('\n')).map_or("", |(_, below)| below);
    let is_tab = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    let hint = "YAML is indented with spaces, never with tabs";
    match lines.last() {
        Some((_, line)) if is_tab(line) => plain.at(Span::at(at)).hint(hint),
        _ if words.contains("tab") && is_tab(below) => {
            let spaces = below.len() - below.trim_start_matches(' ').len();
            plain.at(Span::at(text.len() - below.len() + spaces)).hint(hint)
        }
        _ => plain.at(Span::at(at)),
    }
}

/// `*x` that nothing names: a text that was to stand in quotation marks, or a slip.
fn without_anchor(text: &str, at: usize, lines: &[(usize, &str)]) -> Option<Diagnostic> {
    let (start, line) = *lines.last()?;
    if let Some(mistake) = in_line(text, start, line) {
        return Some(mistake);
    }
    let value = text.get(at..start + line.len()).filter(|value| value.starts_with('*'))?;
    let is_in_list = !line.trim_start().starts_with("- ");
    let end = if is_in_list { value.find([',', ']', '}']).unwrap_or(value.len()) } else { value.len() };
    let value = value[..end].trim_end();
    let name = value[1..].split(char::is_whitespace).next()?;
    let message = format!("invalid YAML: `*{name}` stands for a value, and none above is named `&{name}`");
    let mistake = Diagnostic::error(codes::YAML, message).at(Span::new(at, at + value.len()));
    Some(mistake.hint(format!("write `{}` if that is the text", quoted(value))))
}

/// The line of a place, and those above it, from the top.
fn lines_up_to(text: &str, at: usize) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        starts.push((start, line.trim_end()));
        start += line.len();
    }
    let lines: Vec<(usize, &str)> = starts.into_iter().filter(|(_, line)| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(LINES)..].to_vec()
}

fn in_line(text: &str, start: usize, line: &str) -> Option<Diagnostic> {
    let indent = line.len() - line.trim_start().len();
    let inner = line.trim_start();
    if inner.starts_with('#') || line.starts_with('\t') {
        return None;
    }
    let key_end = inner.find(": ").or_else(|| inner.strip_suffix(':').map(str::len));
    let Some(key_end) = key_end else {
        return (indent == 0).then(|| without_colon(text, start, inner)).flatten();
    };
    let key = &inner[..key_end];
    let value = inner.get(key_end + 1..).unwrap_or_default().trim();
    let place = start + line.len() - value.len();
    let reason = needs_quotes(value)?;
    // A mark at the beginning was to be the quotation mark of the whole.
    let inner = value.strip_prefix(['"', '\'']).map_or(value, |inner| inner.trim_end_matches(['"', '\'']));
    let quoted = quoted(inner);
    Some(
        Diagnostic::error(codes::YAML, format!("invalid YAML: {reason} must stand in quotation marks"))
            .at(Span::new(place, place + value.len()))
            .hint(format!("write `{key}: {quoted}`")),
    )
}

/// A line that holds neither a key with a colon nor an entry of a list.
fn without_colon(text: &str, start: usize, line: &str) -> Option<Diagnostic> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let end = line.find(|c| !is_word(c)).unwrap_or(line.len());
    let (key, rest) = line.split_at(end);
    // A line may go on with the text of the one above.
    let above = text[..start].trim_end().rsplit('\n').next().unwrap_or_default();
    let is_entry = line.starts_with('-') || above.ends_with(['|', '>', '[', ',', '{', '\\']);
    if key.is_empty() || is_entry {
        return None;
    }
    let message = format!("invalid YAML: there is no `:` after `{key}`");
    let mistake = Diagnostic::error(codes::YAML, message).at(Span::new(start, start + key.len()));
    let value = rest.trim_start_matches([' ', '\t', '=', ':']);
    Some(mistake.hint(if value.is_empty() {
        "a line of a header is a key, a colon, a space and a value; text goes below the header".to_owned()
    } else {
        format!("write `{key}: {value}`")
    }))
}

/// Why a value cannot stand without quotation marks, if so.
fn needs_quotes(value: &str) -> Option<String> {
    let first = value.chars().next()?;
    let begins = |sign: char| format!("a value that begins with `{sign}`");
    match first {
        '@' | '`' | '%' | '*' | '&' | '!' | ',' | ']' | '}' => Some(begins(first)),
        '|' | '>' => {
            let rest =
                value[1..].trim_start_matches(['-', '+']).trim_start_matches(|c: char| c.is_ascii_digit());
            let rest = rest.trim_start();
            (!rest.is_empty() && !rest.starts_with('#')).then(|| begins(first))
        }
        '-' | '?' if value[1..].starts_with(' ') => Some(begins(first)),
        '[' | '{' | '"' | '\'' => {
            let close = match first {
                '[' => ']',
                '{' => '}',
                quote => quote,
            };
            let end = value[1..].find(close)? + 1;
            let after = value[end + 1..].trim_start();
            let is_over = after.is_empty() || after.starts_with('#') || value[end + 1..].starts_with(close);
            (!is_over).then(|| format!("a value that goes on after `{close}`"))
        }
        _ if value.contains(": ") || value.ends_with(':') => Some("a value that holds `: `".to_owned()),
        _ => None,
    }
}

/// The value in quotation marks that it does not hold.
fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{value}\"")
    }
}
