//! Texts in quotation marks that go on over lines.
//!
//! Other readers (libyaml, Psych, go-yaml) let such a text go on in column 1; the specification, and the parser
//! here, want it indented. So the line ends within it become the spaces that they stand for. What looks like
//! the next key was not meant to be in the text: there the closing mark is missing.

/// Where a value in quotation marks begins and ends.
struct Quoted {
    /// The opening mark.
    start: usize,
    /// After the closing mark; `None` where there is none.
    end: Option<usize>,
}

/// The text with every quoted value in one line, of the same length; `None` where nothing is different.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut joined: Vec<u8> = Vec::new();
    for quoted in values(text) {
        let Some(end) = quoted.end else { continue };
        let Some(value) = text.get(quoted.start..end) else { continue };
        let has_key = value.lines().skip(1).any(is_key);
        if !value.contains('\n') || value.contains("\n\n") || has_key || goes_on(text, end) {
            continue;
        }
        if joined.is_empty() {
            joined = text.as_bytes().to_vec();
        }
        for byte in &mut joined[quoted.start..end] {
            if matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(joined).ok().filter(|joined| !joined.is_empty())
}

/// The quote of a value that is not closed where a value ends: it swallows the lines below it, and the
/// parser complains only there.
pub(super) fn unclosed(text: &str, error: usize) -> Option<usize> {
    values(text).take_while(|quoted| line_start(text, quoted.start) <= error).find_map(|quoted| {
        let Some(end) = quoted.end else { return Some(quoted.start) };
        let is_in_line = text.get(quoted.start..end).is_some_and(|value| !value.contains('\n'));
        let has_key = || text.get(quoted.start..end).is_some_and(|value| value.lines().skip(1).any(is_key));
        (!is_in_line && (goes_on(text, end) || has_key())).then_some(quoted.start)
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Whether more than the end of a value follows.
fn goes_on(text: &str, end: usize) -> bool {
    let next = text.as_bytes().get(end);
    next.is_some_and(|byte| !byte.is_ascii_whitespace() && !b",]}#".contains(byte))
}

/// Whether a line looks like the next key of a table.
fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        let is_name = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        !key.is_empty() && is_name && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
    })
}

/// The values of the text that begin with a quotation mark, in order.
fn values(text: &str) -> impl Iterator<Item = Quoted> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_inclusive('\n').next()?;
            let start = at;
            at += line.len();
            let value = line.find(": ").or_else(|| line.find("- ")).map(|sign| sign + 2);
            let Some(value) = value else { continue };
            let skipped = line[value..].len() - line[value..].trim_start().len();
            let quote = start + value + skipped;
            let Some(mark @ (b'"' | b'\'')) = text.as_bytes().get(quote).copied() else { continue };
            let end = closing(text.as_bytes(), quote, mark);
            if let Some(end) = end {
                // What stands in the text is no value of its own.
                at = at.max(text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1));
            }
            return Some(Quoted { start: quote, end });
        }
    })
}

/// After the mark that closes the one at `quote`.
fn closing(bytes: &[u8], quote: usize, mark: u8) -> Option<usize> {
    let mut at = quote + 1;
    loop {
        match bytes.get(at)? {
            b'\\' if mark == b'"' => at += 2,
            byte if *byte == mark && mark == b'\'' && bytes.get(at + 1) == Some(&mark) => at += 2,
            byte if *byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_in_quotation_marks_become_spaces() {
        let read = |text: &str| joined(text).unwrap_or_else(|| text.to_owned());
        assert_eq!(read("bio: \"One\nand two.\"\nx: 1\n"), "bio: \"One and two.\"\nx: 1\n");
        assert_eq!(read("a:\n  - 'x\ny' # z\n"), "a:\n  - 'x y' # z\n");
        for same in [
            "title: \"no end\ndate: 2020-01-01\nbio: \"x\"\n",
            "title: \"no end\ndate: 2020-01-01\nbio: x\"\n",
            "a: 'it''s'\n",
            "a: \"x\n\ny\"\n",
        ] {
            assert_eq!(read(same), same);
        }
    }
}
