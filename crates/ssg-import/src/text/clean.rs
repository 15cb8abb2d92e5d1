//! From bytes to clean lines: encoding, line ends, spaces and characters that carry nothing.
//!
//! UTF-8 that was once read as Latin-1 is mended only where no one would write the characters on
//! purpose (`â€™`, `Ã©`); a German `ß“` stays.

use crate::Guess;
use ssg_source::{Code, Diagnostic, Diagnostics, SitePath, Span, codes};

/// A line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1.
    pub number: usize,
    /// Width of the white space before the text; a tab reaches the next multiple of 4.
    pub indent: usize,
    /// The text, trimmed.
    pub text: String,
}

/// Reads the bytes as UTF-8 text without NUL; what stands in the way is an error.
pub(crate) fn decode<'b>(name: &str, bytes: &'b [u8], found: &mut Diagnostics) -> Option<&'b str> {
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        found.add(
            problem(name, codes::ENCODING, "the file is UTF-16, not UTF-8".into())
                .hint("convert it: `iconv -f UTF-16 -t UTF-8`"),
        );
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let message = format!("the file is not valid UTF-8: byte {at} is 0x{:02X}", bytes[at]);
            let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(at + 40)]);
            found.add(
                place(problem(name, codes::ENCODING, message), &shown, at)
                    .hint("if it is an old Windows text: `iconv -f WINDOWS-1252 -t UTF-8`"),
            );
            return None;
        }
    };
    if let Some(at) = text.find('\0') {
        let message = format!("the file holds a NUL at byte {at}: it is not plain text");
        found.add(place(problem(name, codes::NUL, message), &text[..=at], at));
        return None;
    }
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// An error about the source as a whole.
pub(crate) fn problem(name: &str, code: Code, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, message);
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match SitePath::new(name).or_else(|_| SitePath::new(last)) {
        Ok(path) => diagnostic.in_file(&path),
        Err(_) => diagnostic,
    }
}

/// Points at a byte, with the text for the excerpt where it is not too large to carry.
fn place(mut diagnostic: Diagnostic, text: &str, at: usize) -> Diagnostic {
    if text.len() <= 1 << 20 {
        diagnostic.text = Some(text.into());
    }
    diagnostic.at(Span::new(at, at + 1))
}

/// The lines that are not blank, cleaned.
pub(crate) fn lines(text: &str, guesses: &mut Vec<Guess>) -> Vec<Line> {
    // Only an old Macintosh file ends its lines with a bare CR.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut lines = Vec::new();
    for (index, raw) in text.split(end).enumerate() {
        let number = index + 1;
        let mended = mend(raw);
        if mended.is_some() {
            guesses.push(Guess::new(number, "mended characters that were decoded wrongly"));
        }
        let (indent, text) = clean(mended.as_deref().unwrap_or(raw));
        if !text.is_empty() {
            lines.push(Line { number, indent, text });
        }
    }
    lines
}

/// The indent and the trimmed text, with odd spaces as spaces and without invisible characters.
fn clean(raw: &str) -> (usize, String) {
    let mut indent = 0;
    let mut text = String::with_capacity(raw.len());
    for c in raw.chars() {
        let c = match c {
            '\t' if text.is_empty() => {
                indent += 4 - indent % 4;
                continue;
            }
            // Zero width, soft hyphen, overrides of direction: nothing to see, room for tricks.
            '\u{ad}'
            | '\u{200b}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                continue;
            }
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c == ' ' && text.is_empty() {
            indent += 1;
        } else {
            text.push(c);
        }
    }
    text.truncate(text.trim_end().len());
    (indent, text)
}

/// The line with UTF-8 that was read as Latin-1 put right; `None` when there is none.
pub(crate) fn mend(raw: &str) -> Option<String> {
    if !raw.contains(['Ã', 'Â', 'â', 'ð']) {
        return None;
    }
    let mut mended = String::with_capacity(raw.len());
    let mut changed = false;
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if let Some((real, length)) = misread(rest) {
            mended.push(real);
            rest = &rest[length..];
            changed = true;
        } else {
            mended.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    changed.then_some(mended)
}

/// The character that the text's first characters stand for when they were surely misread, and
/// how many bytes of the text they take.
fn misread(text: &str) -> Option<(char, usize)> {
    let count = match text.chars().next()? {
        'Â' | 'Ã' => 2,
        'â' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    let mut length = 0;
    let mut characters = text.chars();
    for byte in &mut bytes[..count] {
        let c = characters.next()?;
        *byte = windows_1252(c)?;
        length += c.len_utf8();
    }
    let real = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    let sure = matches!(real, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2044}' | '€' | '™' | '\u{2190}'..='\u{21ff}' | '\u{1f300}'..='\u{1faff}');
    sure.then_some((real, length))
}

/// The byte that Windows-1252 (or Latin-1, where that has no character) shows as `c`.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match HIGH.chars().position(|high| high == c) {
        Some(at) => u8::try_from(at + 0x80).ok(),
        None => u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> Vec<(usize, usize, String)> {
        lines(text, &mut Vec::new()).into_iter().map(|line| (line.number, line.indent, line.text)).collect()
    }

    #[test]
    fn line_ends_and_spaces() {
        let expected = [(1, 0, "a".to_owned()), (3, 2, "b c".to_owned())];
        assert_eq!(cleaned("a \n\n  b\u{a0}c\u{200b}\n"), expected);
        assert_eq!(cleaned("a\r\n\r\n \u{a0}b c \r\n"), expected);
        assert_eq!(cleaned("a\r\r\u{a0} b c\r"), expected);
    }

    #[test]
    fn mojibake_is_mended_only_where_sure() {
        assert_eq!(mend("itâ€™s CafÃ© â€œxâ€\u{9d} Â£5").as_deref(), Some("it’s Café “x” £5"));
        for real in ["Spaß“", "NÃO", "château", "Ä“", "â€", "ðe"] {
            assert_eq!(mend(real), None, "{real}");
        }
    }

    #[test]
    fn what_is_no_text_is_an_error_with_its_byte() {
        let cases: [(&[u8], &str); 3] =
            [(b"abc\xFFd", "byte 3 is 0xFF"), (b"ab\0c", "NUL at byte 2"), (b"\xFF\xFEa\0", "UTF-16")];
        for (bytes, message) in cases {
            let mut found = Diagnostics::new();
            assert_eq!(decode("/home/kim/a.txt", bytes, &mut found), None);
            assert_eq!(found.status(), 1);
            let one = found.iter().next().expect("reported");
            assert!(one.message.contains(message), "{}", one.message);
            assert_eq!(one.path.as_ref().map(SitePath::as_str), Some("a.txt"));
        }
        assert_eq!(decode("a", "\u{feff}x".as_bytes(), &mut Diagnostics::new()), Some("x"));
    }
}
