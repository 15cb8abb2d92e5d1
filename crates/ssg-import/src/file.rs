//! A file that an importer makes, and its parts.
//!
//! The parts of a file are the keys of its front matter, with those of its tables, and its body.
//! They have a digest each, so that a later import can name what the source has changed in a file
//! that it may not touch.

use ssg_source::SitePath;
use std::collections::BTreeMap;

/// A file of the site, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// Where it goes, such as `content/events/2016-toronto/index.md`.
    pub path: SitePath,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// Which part of which source owns it, such as `devopsdays/2016-toronto`.
    pub source: String,
    /// What it was made of, such as `old.example post 7`: where an earlier import made the file that is
    /// there of something else, it stays. `None` where a source has one file of each name.
    pub id: Option<String>,
    /// How it and a file that is there become one.
    pub merge: Merge,
}

impl ImportedFile {
    /// A file that is written as a whole or not at all.
    pub(crate) fn whole(path: SitePath, bytes: Vec<u8>, source: &str) -> Self {
        Self { path, bytes, source: source.to_owned(), id: None, merge: Merge::Whole }
    }

    /// The same, of an item of a source.
    pub(crate) fn of_item(self, id: String) -> Self {
        Self { id: Some(id), ..self }
    }
}

/// How an imported file and the one that is there become one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    /// As a whole: what a person has touched stays as it is.
    #[default]
    Whole,
    /// Key by key: what a person has edited stays, all else follows the source.
    Keys(ByKey),
    /// The file is another one's, and only the keys of this one are put into it. The name of the layer
    /// tells them from those of the source that the file is of. A file that is not there is not made.
    Layer(String),
}

/// A file that is merged key by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByKey {
    /// What the source knows it by, which finds it where its path has changed.
    pub id: Option<String>,
    /// A file that a person wrote is given the keys that it lacks.
    pub adopts: bool,
    /// Several sources tell of it: of another one's keys none is taken out.
    pub shared: bool,
    /// The source may have more to say of it: no key is taken out.
    pub only_adds: bool,
}

/// The digest of a file's bytes, with line ends as LF.
pub(crate) fn digest(bytes: &[u8]) -> String {
    short(&unix(bytes), 32)
}

pub(crate) fn short(bytes: &[u8], digits: usize) -> String {
    blake3::hash(bytes).to_hex().as_str().get(..digits).unwrap_or_default().to_owned()
}

/// The same text with LF for CRLF; bytes that are no text stay as they are.
pub(crate) fn unix(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("\r\n") => text.replace("\r\n", "\n").into_bytes().into(),
        _ => bytes.into(),
    }
}

/// The digest of each part of a file that an importer wrote.
///
/// It relies on one key a line, which is how importers write; of another file the parts are
/// coarser, and never wrong.
pub(crate) fn parts(path: &SitePath, bytes: &[u8]) -> BTreeMap<String, String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return BTreeMap::from([("bytes".to_owned(), short(bytes, 8))]);
    };
    let (head, body) = if path.extension() == Some("toml") {
        (text, "")
    } else {
        let inner = text.strip_prefix("+++\n");
        inner.and_then(|rest| rest.split_once("\n+++\n")).unwrap_or(("", text))
    };
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut table = String::new();
    let mut name = String::new();
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(header) = line.strip_prefix('[') {
            // The rows of a list of tables are one part.
            header.trim_matches(['[', ']']).clone_into(&mut table);
            if line.starts_with("[[") {
                texts.entry(table.clone()).or_default().push_str("[[]]\n");
            }
            name.clone_from(&table);
            continue;
        }
        // What is indented goes on with the list of the line above.
        if !line.starts_with([' ', '\t', ']']) {
            let key = line.split_once(" = ").map_or(line, |(key, _)| key);
            let in_rows = texts.contains_key(&table);
            name = match (table.as_str(), in_rows) {
                ("", _) => key.to_owned(),
                (table, true) => table.to_owned(),
                (table, false) => format!("{table}.{key}"),
            };
        }
        let part = texts.entry(name.clone()).or_default();
        part.push_str(line);
        part.push('\n');
    }
    if !body.trim().is_empty() {
        texts.insert("body".to_owned(), body.to_owned());
    }
    texts.into_iter().map(|(name, text)| (name, short(text.as_bytes(), 8))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_keys_tables_and_the_body() {
        let path = SitePath::new("content/a.md").expect("valid");
        let one = "+++\ntitle = \"A\"\n\n[event]\nstart = 2016-01-01\nsponsors = [\n    { id = \"s\" },\n    { id = \"t\" },\n]\n\n[[event.schedule]]\ntitle = \"x\"\n\n[[event.schedule]]\ntitle = \"y\"\n+++\n\nbody\n";
        let parts_of = |text: &str| parts(&path, text.as_bytes());
        let names: Vec<String> = parts_of(one).into_keys().collect();
        assert_eq!(names, ["body", "event.schedule", "event.sponsors", "event.start", "title"]);
        let changed = |text: &str| -> Vec<String> {
            let new = parts_of(text);
            parts_of(one)
                .into_iter()
                .filter(|(name, value)| new.get(name) != Some(value))
                .map(|(n, _)| n)
                .collect()
        };
        assert_eq!(changed(&one.replace("\"y\"", "\"z\"")), ["event.schedule"]);
        assert_eq!(changed(&one.replace("2016-01-01", "2016-01-02")), ["event.start"]);
        assert_eq!(changed(&one.replace("\"t\"", "\"u\"")), ["event.sponsors"]);
        assert_eq!(changed(&one.replace("body", "text")), ["body"]);
        assert!(parts_of("no header").contains_key("body"));
    }
}
