//! Lines of a calendar: escaped, folded and ended as RFC 5545 wants it.

/// Most octets of a line, without its end.
const LONGEST: usize = 75;

/// Lines that have been written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a line, folded where it is too long; never within a character.
    pub(super) fn add(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property whose value is text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.add(&format!("{name}:{}", escaped(value)));
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}

/// Text as a value. Line ends become `\n`; other control characters have no place in a calendar.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\t' => escaped.push(c),
            // What programs take for the end of a line.
            '\u{2028}' | '\u{2029}' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        for text in ["a".repeat(300), "é".repeat(150), "🚀".repeat(80), format!("x{}", "é".repeat(150))] {
            let mut lines = Lines::new();
            lines.add(&text);
            let folded = lines.done();
            assert!(folded.ends_with("\r\n"));
            assert!(folded.split("\r\n").all(|line| line.len() <= LONGEST), "{folded}");
            assert_eq!(folded.replace("\r\n ", "").trim_end(), text);
        }
        let mut lines = Lines::new();
        lines.add(&"a".repeat(75));
        assert_eq!(lines.done(), format!("{}\r\n", "a".repeat(75)));
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escaped("a;b,c\\d\r\ne\rf\ng\0\u{1b}h\u{85}\u{2028}:\""),
            "a\\;b\\,c\\\\d\\ne\\nf\\ngh :\""
        );
    }
}
