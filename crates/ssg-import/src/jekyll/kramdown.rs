//! What kramdown reads and `CommonMark` does not: lists of attributes in braces, `{:toc}`, headings without
//! a space, and its `{::…}` extensions.

use crate::Guess;
use crate::blog::Page;
use crate::blog::calls::code;

/// The text as it is written here.
pub(super) fn to_common(text: &str, page: &mut Page) -> String {
    let ranges = code(text);
    let mut lines: Vec<String> = Vec::new();
    let mut at = 0;
    let mut dropped = 0_usize;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let in_block = ranges.iter().any(|range| range.start <= start && start < range.end);
        if in_block {
            lines.push(line.to_owned());
            continue;
        }
        let bare = line.trim();
        if bare.starts_with("{::") || bare.starts_with("{:/") {
            dropped += 1;
            let rest = without_extensions(bare);
            if !rest.is_empty() {
                lines.push(rest);
            }
            continue;
        }
        if let Some(attributes) = bare.strip_prefix("{:").and_then(|rest| rest.strip_suffix('}'))
            && !attributes.contains(['{', '}'])
        {
            apply(attributes, &mut lines, page, &mut dropped);
            continue;
        }
        lines.push(heading(&inline(line, &mut dropped)));
    }
    if dropped > 0 {
        let times = if dropped == 1 { "once".to_owned() } else { format!("{dropped} times") };
        page.notes.push(Guess::new(0, format!("attributes of kramdown (`{{: …}}`) were left out {times}")));
    }
    lines.join("\n")
}

/// Attributes in a line of their own: those of a heading are kept, `toc` is a key of the header.
fn apply(attributes: &str, lines: &mut Vec<String>, page: &mut Page, dropped: &mut usize) {
    let words: Vec<&str> = attributes.split_whitespace().collect();
    if words.contains(&"toc") {
        page.toc = true;
        // The list above it only holds the place.
        let is_list = lines.last().is_some_and(|line| line.trim_start().starts_with(['*', '-', '+', '1']));
        if is_list {
            lines.pop();
        }
        return;
    }
    let kept: Vec<&str> = words.into_iter().filter(|word| word.starts_with(['#', '.'])).collect();
    match lines.last_mut() {
        Some(line) if line.starts_with('#') && !kept.is_empty() && !line.trim_end().ends_with('}') => {
            *line = format!("{} {{{}}}", line.trim_end().trim_end_matches('#').trim_end(), kept.join(" "));
        }
        _ => *dropped += 1,
    }
}

/// A line without attributes behind links, pictures and emphasis.
fn inline(line: &str, dropped: &mut usize) -> String {
    if !line.contains("{:") || line.starts_with('#') {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("{:") {
        let (before, after) = rest.split_at(at);
        let in_code = before.matches('`').count() % 2 == 1 || out.matches('`').count() % 2 == 1;
        out.push_str(before);
        match after.find('}') {
            Some(end) if !in_code && before.ends_with([')', ']', '*', '_', '`', '>']) => {
                *dropped += 1;
                rest = after.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push_str("{:");
                rest = after.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// `##Heading` with its space; a single sign may begin a number or a tag.
fn heading(line: &str) -> String {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let starts =
        text.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '`' | '[' | '*'));
    if (2..=6).contains(&level) && starts {
        return format!("{} {text}", "#".repeat(level));
    }
    line.to_owned()
}

fn without_extensions(line: &str) -> String {
    let mut out = line.to_owned();
    while let Some(start) = out.find("{::").or_else(|| out.find("{:/")) {
        let Some(end) = out.get(start..).and_then(|rest| rest.find('}')) else { break };
        out.replace_range(start..=start + end, "");
    }
    out
}
