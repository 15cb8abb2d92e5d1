//! A text as TOML has it, for those who write content files: new ones, and what was imported.
//!
//! Libraries write the control characters of the second half (C1) as they are, which terminals obey; here all
//! are escaped.

use std::fmt::Write as _;

/// A TOML basic string, quotes included, that never spans lines and holds no control character.
#[must_use]
pub fn toml_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::toml_text;

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(toml_text("a\"b\\c\n\t\u{7f}\u{9b}"), r#""a\"b\\c\n\t\u007F\u009B""#);
        for text in ["", "a\"b\\c\n\t\r\u{0}\u{7f}\u{9b}", "é 🚀 it's"] {
            let table: toml::Table = format!("key = {}", toml_text(text)).parse().expect("valid TOML");
            assert_eq!(table["key"].as_str(), Some(text));
        }
    }
}
