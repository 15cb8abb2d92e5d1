//! What lists and quotations put before the lines of a text that stands in them.

use std::ops::Range;

/// What one container puts before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    /// `>` and a space.
    Quote,
    /// So many spaces.
    Spaces(usize),
}

/// The ranges of a text's lines, but the first, that belong to containers: those whose marks stand before the text in
/// the line where it begins.
pub(super) fn indentation(before: &str, text: &str) -> Vec<Range<usize>> {
    let containers = containers(before);
    if containers.is_empty() {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    while let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[start..]).map(|at| start + at + 1) {
        let line = &text[end..];
        let width = width(&containers, line);
        if width > 0 {
            ranges.push(end..end + width);
        }
        start = end;
    }
    ranges
}

/// The containers whose marks a line begins with.
fn containers(line: &str) -> Vec<Prefix> {
    let mut found = Vec::new();
    let mut rest = line;
    loop {
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        rest = &rest[spaces..];
        let marker = marker(rest);
        if rest.starts_with('>') {
            found.push(Prefix::Quote);
            rest = rest[1..].strip_prefix(' ').unwrap_or(&rest[1..]);
        } else if marker > 0 {
            let inner = rest[marker..].len() - rest[marker..].trim_start_matches(' ').len();
            // Five spaces and more are code within the item.
            let inner = if inner > 4 { 1 } else { inner };
            found.push(Prefix::Spaces(spaces + marker + inner));
            rest = &rest[marker + inner..];
        } else {
            if spaces > 0 {
                found.push(Prefix::Spaces(spaces));
            }
            return found;
        }
    }
}

/// The length of the mark of a list's item, without the space after it.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match text.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => return 0,
    };
    if text[mark..].starts_with(' ') { mark } else { 0 }
}

/// How many bytes at the beginning of a line are the containers'.
fn width(containers: &[Prefix], line: &str) -> usize {
    let bytes = line.as_bytes();
    let spaces = |from: usize, most: usize| {
        bytes.iter().skip(from).take(most).take_while(|byte| **byte == b' ').count()
    };
    let mut at = 0;
    for container in containers {
        match container {
            Prefix::Spaces(width) => at += spaces(at, *width),
            Prefix::Quote => {
                let mark = at + spaces(at, 3);
                if bytes.get(mark) != Some(&b'>') {
                    return at;
                }
                at = mark + 1 + spaces(mark + 1, 1);
            }
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(before: &str, text: &str) -> String {
        let mut kept = text.to_owned();
        for range in indentation(before, text).into_iter().rev() {
            kept.replace_range(range, "");
        }
        kept
    }

    #[test]
    fn lines_lose_what_their_containers_put_before_them() {
        assert_eq!(without("1. ", "\n   a\n\n       b\n   c"), "\na\n\n    b\nc");
        assert_eq!(without("> ", "\n> a\n>\n> b\nlazy"), "\na\n\nb\nlazy");
        assert_eq!(without("  - > ", "\n    > a\n    >  b"), "\na\n b");
        assert_eq!(without("> - ", "\n>   a\n> b"), "\na\nb");
        assert_eq!(without("", "\n  a\n> b"), "\n  a\n> b");
        assert_eq!(without("  ", "\n    a"), "\n  a");
        assert_eq!(without("-no", "\n  a"), "\n  a");
        assert_eq!(without("ü ", "\n  ü"), "\n  ü");
    }
}
