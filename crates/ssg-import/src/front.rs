//! Writes front matter and data files: TOML with one key a line.

use ssg_parse::toml_text;
use std::fmt::Write as _;

/// A TOML value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written(String);

/// TOML under construction. What is empty is not written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front {
    text: String,
}

impl Front {
    /// A text.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        if value.is_empty() { self } else { self.raw(key, &toml_text(value)) }
    }

    /// A date, a number, or true or false.
    pub fn raw(&mut self, key: &str, value: &str) -> &mut Self {
        if !value.is_empty() {
            let _ = writeln!(self.text, "{} = {value}", key_of(key));
        }
        self
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(&mut self, key: &str, values: &[T]) -> &mut Self {
        let values: Vec<Written> = values.iter().map(|value| text(value.as_ref())).collect();
        self.list(key, &values)
    }

    /// A list.
    pub fn list(&mut self, key: &str, values: &[Written]) -> &mut Self {
        let values: Vec<&str> = values.iter().map(|value| value.0.as_str()).collect();
        match values.len() {
            0 => self,
            1 => self.raw(key, &format!("[{}]", values.concat())),
            _ if values.iter().map(|value| value.len()).sum::<usize>() < 80 => {
                self.raw(key, &format!("[{}]", values.join(", ")))
            }
            _ => self.raw(key, &format!("[\n    {},\n]", values.join(",\n    "))),
        }
    }

    /// Begins a table; keys that follow belong to it.
    pub fn table(&mut self, name: &str) -> &mut Self {
        let _ = writeln!(self.text, "\n[{name}]");
        self
    }

    /// Adds a table with what `fill` writes, unless that is nothing.
    pub fn table_of(&mut self, name: &str, fill: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        fill(&mut inner);
        if !inner.text.is_empty() {
            let _ = write!(self.text, "\n[{name}]\n{}", inner.text);
        }
        self
    }

    /// Begins the next row of a list of tables.
    pub fn row(&mut self, name: &str) -> &mut Self {
        let _ = writeln!(self.text, "\n[[{name}]]");
        self
    }

    /// What another one holds.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.text.push_str(&other.text);
        self
    }

    /// A remark for whoever reads the file, on one line.
    pub fn remark(&mut self, remark: &str) -> &mut Self {
        let remark: String = remark.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(self.text, "# {remark}");
        self
    }

    /// A content file with this front matter.
    pub fn page(&self, body: &str) -> Vec<u8> {
        let body = body.trim();
        let end = if body.is_empty() { "" } else { "\n" };
        let space = if body.is_empty() { "" } else { "\n" };
        format!("+++\n{}+++\n{space}{body}{end}", self.text).into_bytes()
    }

    /// A data file.
    pub fn data(&self) -> Vec<u8> {
        self.text.clone().into_bytes()
    }
}

/// A text as a value.
pub(crate) fn text(value: &str) -> Written {
    Written(toml_text(value))
}

/// A table within a line; empty values are left out.
pub(crate) fn inline(fields: &[(&str, &str)]) -> Written {
    inline_of(
        fields.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (*key, toml_text(value))),
    )
}

/// A table within a line, of values that are written already.
pub(crate) fn inline_of<'k>(fields: impl Iterator<Item = (&'k str, String)>) -> Written {
    let fields: Vec<String> = fields.map(|(key, value)| format!("{} = {value}", key_of(key))).collect();
    Written(format!("{{ {} }}", fields.join(", ")))
}

fn key_of(key: &str) -> String {
    let bare =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { key.to_owned() } else { toml_text(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_toml() {
        let mut front = Front::default();
        front.text("title", "a \"b\" \u{7}\n+++").text("none", "").raw("n", "1");
        front.texts("list", &["x", "y\\"]).remark("two\nlines");
        front.table_of("empty", |_| ()).table_of("event", |front| {
            front.raw("start", "2016-05-26");
        });
        let long = ["a long name of a person who runs it", "another long name of another person"];
        front.list("people", &long.map(|name| inline(&[("name", name), ("url", "")])));
        front.row("event.schedule").text("title", "x").row("event.schedule").text("a key", "y");
        let page = String::from_utf8(front.page("body\n\n")).expect("text");
        let head = page.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("fenced");
        assert_eq!(head.1, "\nbody\n");
        let table: toml::Table = head.0.parse().expect("valid TOML");
        assert_eq!(table["title"].as_str(), Some("a \"b\" \u{7}\n+++"));
        assert_eq!(table["event"]["schedule"].as_array().map(Vec::len), Some(2));
        assert_eq!(table["event"]["people"].as_array().map(Vec::len), Some(2));
        assert!(!table.contains_key("empty") && !table.contains_key("none"));
    }
}
