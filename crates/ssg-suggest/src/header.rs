//! Puts what was found into the header of a file.
//!
//! The rest of the file stays as it was, byte for byte: remarks, order, the way in which lists are written. What a list
//! has already is not put there again, so that putting twice is putting once. The result is read again before it is
//! given; where a value did not arrive, the file has a form that nothing can be added to.

mod toml;
mod yaml;

use crate::data::folded;
use ssg_parse::keys::{KeysOf, Kind};
use ssg_parse::{Field, Format, Value, read_toml, read_yaml, split_header};
use ssg_source::Diagnostics;

/// Why nothing can be put into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlace(pub String);

impl std::fmt::Display for NoPlace {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for NoPlace {}

/// The file with values added to a key of its header: to a list, or, for `date`, in place of nothing.
///
/// # Errors
/// When the file is no text, has no header or one in JSON, or the key holds something else than names.
pub fn put(bytes: &[u8], key: &str, values: &[String]) -> Result<Vec<u8>, NoPlace> {
    // A byte order mark stays where it is.
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let text = std::str::from_utf8(marked.unwrap_or(bytes))
        .map_err(|_| NoPlace("it is not written in UTF-8".to_owned()))?;
    let header = split_header(text, &mut Diagnostics::new());
    let front = header.front.slice(text);
    let key = spelling(header.format, front, key);
    let before = listed(header.format, front, &key);
    let new: Vec<String> = values
        .iter()
        .filter(|value| !before.iter().any(|old| folded(old) == folded(value)))
        .cloned()
        .collect();
    if new.is_empty() {
        return Ok(bytes.to_vec());
    }
    if key_is_date(&key) && !before.is_empty() {
        return Err(NoPlace(format!("`{key}` has a value already")));
    }
    let is_crlf = front.contains("\r\n");
    let plain = if is_crlf { front.replace("\r\n", "\n") } else { front.to_owned() };
    let changed = match header.format {
        Some(Format::Toml) => toml::put(&plain, &key, &new)?,
        Some(Format::Yaml) => yaml::put(&plain, &key, &new)?,
        Some(Format::Json) => return Err(NoPlace("its header is JSON, which is not written".to_owned())),
        None => return Err(NoPlace("it has no header: begin it with `+++` and `+++`".to_owned())),
    };
    let wanted: Vec<String> = before.into_iter().chain(new).collect();
    if !key_is_date(&key) && listed(header.format, &changed, &key) != wanted {
        return Err(NoPlace(format!("`{key}` has a form that nothing can be added to: write it as a list")));
    }
    let changed = if is_crlf { changed.replace('\n', "\r\n") } else { changed };
    let (start, end) = (header.front.start as usize, header.front.end as usize);
    let mut file = bytes[..bytes.len() - text.len()].to_vec();
    file.extend_from_slice(&text.as_bytes()[..start]);
    file.extend_from_slice(changed.as_bytes());
    file.extend_from_slice(&text.as_bytes()[end..]);
    Ok(file)
}

/// Whether a key holds one day, and no list.
fn key_is_date(key: &str) -> bool {
    KeysOf::Header.key(&[], key).is_some_and(|key| matches!(key.kind, Kind::Date))
}

/// Spellings of keys that stand for a taxonomy of their own where a site has it, and count together with others elsewhere.
const TAGS: [&str; 3] = ["tags", "tag", "keywords"];

/// The key as the header has it, which may be a spelling of another generator (`speaker` for `speakers`): a key of this
/// project beside it would put it out of force, and so would one that has no value yet.
fn spelling(format: Option<Format>, front: &str, key: &str) -> String {
    let fields = fields_of(format, front);
    let field = |name: &str| fields.iter().find(|field| field.key.eq_ignore_ascii_case(name));
    let has_value = |name: &&str| field(name).is_some_and(|field| field.node.value != Value::Null);
    let other = KeysOf::Header.key(&[], key).map_or(&[][..], |key| key.also);
    let names = std::iter::once(key).chain(other.iter().copied().filter(|name| !TAGS.contains(name)));
    let of_value = names.clone().find(has_value);
    of_value.or_else(|| names.into_iter().find(|name| field(name).is_some())).unwrap_or(key).to_owned()
}

/// What a header says, by key.
fn fields_of(format: Option<Format>, front: &str) -> Vec<Field> {
    let mut found = Diagnostics::new();
    let value = match format {
        Some(Format::Toml) => read_toml(front, 0, &mut found).value,
        Some(Format::Yaml) => read_yaml(front, 0, &mut found).map_or(Value::Null, |node| node.value),
        _ => Value::Null,
    };
    if let Value::Table(fields) = value { fields } else { Vec::new() }
}

/// The names that a key holds.
fn listed(format: Option<Format>, front: &str, key: &str) -> Vec<String> {
    let fields = fields_of(format, front);
    let inner = fields.iter().find(|field| field.key.eq_ignore_ascii_case("taxonomies"));
    let own = fields.iter().find(|field| field.key.eq_ignore_ascii_case(key));
    let inner = inner.and_then(|field| match &field.node.value {
        Value::Table(fields) => fields.iter().find(|field| field.key.eq_ignore_ascii_case(key)),
        _ => None,
    });
    match own.or(inner).map(|field| &field.node.value) {
        Some(Value::List(nodes)) => nodes.iter().map(|node| text_of(&node.value)).collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![text_of(value)],
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Date(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn putting(file: &str, key: &str, values: &[&str]) -> Result<String, NoPlace> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let once = put(file.as_bytes(), key, &values)?;
        let twice = put(&once, key, &values)?;
        assert_eq!(
            String::from_utf8_lossy(&once),
            String::from_utf8_lossy(&twice),
            "putting twice is putting once"
        );
        Ok(String::from_utf8(once).expect("UTF-8"))
    }

    #[test]
    fn toml_keeps_its_form() {
        for (before, after) in [
            (
                "+++\ntitle = \"A\" # mine\n+++\nx\n",
                "+++\ntitle = \"A\" # mine\ntools = [\"Docker\", \"C#\"]\n+++\nx\n",
            ),
            (
                "+++\ntools = [\"Git\"] # all\ntitle = 'A'\n\n[extra]\na = 1\n+++\n",
                "+++\ntools = [\"Git\", \"Docker\", \"C#\"] # all\ntitle = 'A'\n\n[extra]\na = 1\n+++\n",
            ),
            (
                "+++\ntools = [\n  \"Git\", # vcs\n  \"Go\",\n]\n+++\n",
                "+++\ntools = [\n  \"Git\", # vcs\n  \"Go\",\n  \"Docker\",\n  \"C#\",\n]\n+++\n",
            ),
            ("+++\ntools = \"docker\"\n+++\n", "+++\ntools = [\"docker\", \"C#\"]\n+++\n"),
            (
                "+++\n[taxonomies]\ntools = [\"Git\"]\n+++\n",
                "+++\n[taxonomies]\ntools = [\"Git\", \"Docker\", \"C#\"]\n+++\n",
            ),
            (
                "+++\r\ntitle = \"A\"\r\n+++\r\nx\r\n",
                "+++\r\ntitle = \"A\"\r\ntools = [\"Docker\", \"C#\"]\r\n+++\r\nx\r\n",
            ),
            (
                "+++\n[event]\nstart = 2020-01-02\n+++\n",
                "+++\ntools = [\"Docker\", \"C#\"]\n\n[event]\nstart = 2020-01-02\n+++\n",
            ),
        ] {
            assert_eq!(putting(before, "tools", &["Docker", "C#"]).expect("put"), after);
        }
    }

    #[test]
    fn yaml_keeps_its_form() {
        for (before, after) in [
            ("---\ntitle: A # mine\n---\nx\n", "---\ntitle: A # mine\ntools: [Docker, \"C#\"]\n---\nx\n"),
            (
                "---\ntools: [Git] # all\ntitle: A\n---\n",
                "---\ntools: [Git, Docker, \"C#\"] # all\ntitle: A\n---\n",
            ),
            ("---\ntools: ['Git', 'Go']\n---\n", "---\ntools: ['Git', 'Go', 'Docker', 'C#']\n---\n"),
            ("---\ntools: []\n---\n", "---\ntools: [Docker, \"C#\"]\n---\n"),
            (
                "---\ntools:\n  - Git # vcs\n  # more\n  - \"Go\"\ntitle: A\n---\n",
                "---\ntools:\n  - Git # vcs\n  # more\n  - \"Go\"\n  - \"Docker\"\n  - \"C#\"\ntitle: A\n---\n",
            ),
            (
                "---\ntags:\n- a\ntitle: A\n---\n",
                "---\ntags:\n- a\ntitle: A\ntools:\n- Docker\n- \"C#\"\n---\n",
            ),
            ("---\ntools: docker\n---\n", "---\ntools: [docker, \"C#\"]\n---\n"),
            ("---\ntools:\ntitle: A\n---\n", "---\ntools: [Docker, \"C#\"]\ntitle: A\n---\n"),
            (
                "---\ntools: [\n  Git,\n  Go\n]\n---\n",
                "---\ntools: [\n  Git,\n  Go, Docker, \"C#\"\n]\n---\n",
            ),
            ("---\r\ntitle: A\r\n---\r\nx\r\n", "---\r\ntitle: A\r\ntools: [Docker, \"C#\"]\r\n---\r\nx\r\n"),
        ] {
            assert_eq!(putting(before, "tools", &["Docker", "C#"]).expect("put"), after);
        }
    }

    #[test]
    fn names_that_are_no_plain_text() {
        let names = [
            "yes",
            "a: b",
            "- x",
            "Let's Encrypt",
            "# no",
            "\"quoted\"",
            "[x]",
            "1.0",
            "null",
            "é",
            "a\\b",
            ".NET",
        ];
        for file in [
            "---\ntitle: A\n---\n",
            "---\ntools:\n  - 'x'\n---\n",
            "+++\ntitle = \"A\"\n+++\n",
            "---\ntools: [a]\n---\n",
        ] {
            assert!(putting(file, "tools", &names).is_ok(), "{file}");
        }
    }

    #[test]
    fn a_date_is_a_date() {
        assert_eq!(
            putting("+++\ntitle = \"A\"\n+++\n", "date", &["2016-06-02"]).expect("put"),
            "+++\ntitle = \"A\"\ndate = 2016-06-02\n+++\n"
        );
        assert_eq!(
            putting("---\ntitle: A\n---\n", "date", &["2016-06-02"]).expect("put"),
            "---\ntitle: A\ndate: 2016-06-02\n---\n"
        );
    }

    #[test]
    fn a_key_of_another_generator_is_added_to() {
        for (before, after) in [
            ("---\ntool: Git\n---\n", "---\ntool: [Git, Docker, \"C#\"]\n---\n"),
            ("---\nTool: [Git]\n---\n", "---\nTool: [Git, Docker, \"C#\"]\n---\n"),
            ("+++\ntool = \"Git\"\n+++\n", "+++\ntool = [\"Git\", \"Docker\", \"C#\"]\n+++\n"),
            // Where both stand, this project's own is what counts.
            ("---\ntool: Go\ntools: [Git]\n---\n", "---\ntool: Go\ntools: [Git, Docker, \"C#\"]\n---\n"),
        ] {
            assert_eq!(putting(before, "tools", &["Docker", "C#"]).expect("put"), after);
        }
        // Tags may be another taxonomy, and lose nothing beside categories.
        let tagged = putting("---\ntags: [a]\n---\n", "categories", &["News"]).expect("put");
        assert_eq!(tagged, "---\ntags: [a]\ncategories: [News]\n---\n");
        let category = putting("---\ncategory: News\n---\n", "categories", &["Recaps"]).expect("put");
        assert_eq!(category, "---\ncategory: [News, Recaps]\n---\n");
        for held in ["---\ndate: someday\n---\n", "+++\ncreated = \"someday\"\n+++\n"] {
            assert!(put(held.as_bytes(), "date", &["2016-06-02".to_owned()]).is_err(), "{held}");
        }
    }

    #[test]
    fn what_has_no_place() {
        for file in [
            "no header",
            "{\"title\": \"A\"}\nx",
            "---\ntools: {a: b}\n---\n",
            "+++\ntools = { a = 1 }\n+++\n",
            "+++\nbroken = \n+++\n",
        ] {
            assert!(put(file.as_bytes(), "tools", &["Docker".to_owned()]).is_err(), "{file}");
        }
    }
}
