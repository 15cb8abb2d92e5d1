//! A content file that is there: the keys of its front matter with their values, and its body.
//!
//! Keys are told apart by paths such as `talk.room`, a row of a schedule that has an `id` as
//! `event.schedule[coffee]`. Values are compared by what they mean, not by how they are written. What is not
//! changed keeps its form, remarks included.

use crate::file::short;
use ssg_parse::{Format, Value as Front, read_toml, read_yaml, split_header};
use ssg_source::{Diagnostics, decode};
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

/// The name of the body among the parts of a file.
pub(crate) const BODY: &str = "body";

/// A content file with front matter in TOML.
#[derive(Clone, Debug)]
pub(crate) struct ContentPage {
    head: DocumentMut,
    body: String,
    /// Its lines end in CRLF.
    is_crlf: bool,
}

/// The front matter of a file, in whatever format it is; nothing where it cannot be read.
pub(crate) fn header_of(bytes: &[u8]) -> Front {
    let Ok(text) = decode(bytes) else { return Front::Null };
    // What is wrong with the page is for a build to say.
    let mut found = Diagnostics::new();
    let header = split_header(&text, &mut found);
    let front = header.front.slice(&text);
    match header.format {
        Some(Format::Toml) => read_toml(front, 0, &mut found).value,
        Some(Format::Yaml | Format::Json) => {
            read_yaml(&header.readable(front), 0, &mut found).map_or(Front::Null, |node| node.value)
        }
        None => Front::Null,
    }
}

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// The value of a key.
    Key(String),
    /// The row of this id.
    Row(String),
}

/// Where a value is, and a digest of what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub path: Vec<Step>,
    pub digest: String,
}

impl ContentPage {
    /// Reads a file; the reason why it cannot be read otherwise.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = decode(bytes).map_err(|error| error.to_string())?;
        let header = split_header(&text, &mut Diagnostics::new());
        let front = match header.format {
            Some(Format::Toml) => header.front.slice(&text),
            Some(Format::Yaml | Format::Json) => return Err("its front matter is not TOML".to_owned()),
            None => return Err("it has no front matter".to_owned()),
        };
        let head = front
            .parse::<DocumentMut>()
            .map_err(|error| format!("its front matter cannot be read: {}", error.message()))?;
        let body = header.body.slice(&text).to_owned();
        Ok(Self { head, body, is_crlf: bytes.windows(2).any(|pair| pair == b"\r\n") })
    }

    /// Every value of the front matter, and the body where there is one, by their names.
    pub fn leaves(&self) -> BTreeMap<String, Leaf> {
        let mut leaves = BTreeMap::new();
        collect(self.head.as_table(), &mut Vec::new(), &mut leaves);
        if !self.body.trim().is_empty() {
            let digest = short(self.body.trim().as_bytes(), 8);
            leaves.insert(BODY.to_owned(), Leaf { path: Vec::new(), digest });
        }
        leaves
    }

    /// Takes a value, a whole row or the body over from another file.
    pub fn take(&mut self, path: &[Step], from: &Self) {
        if path.is_empty() {
            self.body.clone_from(&from.body);
        } else if let Some(item) = from.at(path) {
            put(self.head.as_table_mut(), path, item);
        }
    }

    /// Sets a flag of a table.
    pub fn set_flag(&mut self, path: &[Step], value: bool) {
        put(self.head.as_table_mut(), path, toml_edit::value(value));
    }

    /// Takes a value, a row or the body out.
    pub fn remove(&mut self, path: &[Step]) {
        if path.is_empty() {
            self.body.clear();
        } else {
            remove(self.head.as_table_mut(), path);
        }
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = self.head.to_string();
        let head = head.trim_start_matches('\n');
        let end = if head.is_empty() || head.ends_with('\n') { "" } else { "\n" };
        let body = self.body.trim_matches('\n');
        let body = if body.is_empty() { String::new() } else { format!("\n{body}\n") };
        let text = format!("+++\n{head}{end}+++\n{body}");
        if self.is_crlf { text.replace('\n', "\r\n").into_bytes() } else { text.into_bytes() }
    }

    fn at(&self, path: &[Step]) -> Option<Item> {
        let mut item = self.head.as_item();
        let mut steps = path.iter().peekable();
        while let Some(step) = steps.next() {
            match step {
                Step::Key(key) => item = item.as_table_like()?.get(key)?,
                Step::Row(id) => {
                    let row = item.as_array_of_tables()?.iter().find(|row| id_of(*row) == Some(id))?;
                    let Some(Step::Key(key)) = steps.next() else { return Some(Item::Table(plain(row))) };
                    item = row.get(key)?;
                }
            }
        }
        Some(item.clone())
    }
}

/// The name of a place.
pub(crate) fn name_of(path: &[Step]) -> String {
    let mut name = String::new();
    for step in path {
        match step {
            Step::Key(key) if name.is_empty() => name.push_str(key),
            Step::Key(key) => name.push_str(&format!(".{key}")),
            Step::Row(id) => name.push_str(&format!("[{id}]")),
        }
    }
    name
}

fn collect(table: &dyn TableLike, path: &mut Vec<Step>, leaves: &mut BTreeMap<String, Leaf>) {
    for (key, item) in table.iter() {
        path.push(Step::Key(key.to_owned()));
        match item {
            Item::ArrayOfTables(rows) => {
                let mut known = BTreeSet::new();
                for row in rows {
                    let Some(id) = id_of(row).filter(|id| known.insert(*id)) else { continue };
                    path.push(Step::Row(id.to_owned()));
                    add(path, "row", leaves);
                    collect(row, path, leaves);
                    path.pop();
                }
            }
            Item::Table(inner) => collect(inner, path, leaves),
            Item::Value(Value::InlineTable(inner)) => collect(inner, path, leaves),
            Item::Value(value) => add(path, &meaning(value), leaves),
            Item::None => {}
        }
        path.pop();
    }
}

fn add(path: &[Step], meaning: &str, leaves: &mut BTreeMap<String, Leaf>) {
    let digest = short(meaning.as_bytes(), 8);
    leaves.insert(name_of(path), Leaf { path: path.to_vec(), digest });
}

fn id_of(row: &(impl TableLike + ?Sized)) -> Option<&str> {
    row.get("id").and_then(Item::as_str)
}

/// What a value means, whatever its form.
fn meaning(value: &Value) -> String {
    match value {
        Value::String(text) => format!("t{}", text.value()),
        Value::Integer(number) => format!("i{}", number.value()),
        Value::Float(number) => format!("f{}", number.value()),
        Value::Boolean(flag) => format!("b{}", flag.value()),
        Value::Datetime(date) => format!("d{}", date.value()),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(meaning).collect();
            format!("[{}]", values.join("\u{1f}"))
        }
        Value::InlineTable(table) => {
            let fields: BTreeMap<&str, String> =
                table.iter().map(|(key, value)| (key, meaning(value))).collect();
            format!("{fields:?}")
        }
    }
}

/// A table as it is put elsewhere.
fn plain(table: &Table) -> Table {
    let mut copy = Table::new();
    for (key, item) in table {
        copy.insert(key, item.clone());
    }
    copy
}

fn put(table: &mut dyn TableLike, path: &[Step], item: Item) {
    let Some((Step::Key(key), rest)) = path.split_first() else { return };
    match rest.split_first() {
        None => put_value(table, key, item),
        Some((Step::Key(_), _)) => {
            let inner = table.entry(key).or_insert_with(|| {
                // Without values of its own it needs no line.
                let mut inner = Table::new();
                inner.set_implicit(true);
                Item::Table(inner)
            });
            if let Some(inner) = inner.as_table_like_mut() {
                put(inner, rest, item);
            }
        }
        Some((Step::Row(id), rest)) => {
            let rows = table.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
            let Some(rows) = rows.as_array_of_tables_mut() else { return };
            let at = rows.iter().position(|row| id_of(row) == Some(id));
            match (at.and_then(|at| rows.get_mut(at)), item) {
                (Some(row), item) => put(row, rest, item),
                (None, Item::Table(row)) if rest.is_empty() => rows.push(row),
                (None, _) => {}
            }
        }
    }
}

/// Puts a value in the place of another one, with the remark behind that one.
fn put_value(table: &mut dyn TableLike, key: &str, item: Item) {
    match table.get_mut(key) {
        Some(old) => {
            let decor = old.as_value().map(|value| value.decor().clone());
            *old = item;
            if let (Some(decor), Some(value)) = (decor, old.as_value_mut()) {
                *value.decor_mut() = decor;
            }
        }
        None => {
            table.insert(key, item);
        }
    }
}

fn remove(table: &mut dyn TableLike, path: &[Step]) {
    let Some((Step::Key(key), rest)) = path.split_first() else { return };
    match rest.split_first() {
        None => {
            table.remove(key);
        }
        Some((Step::Key(_), _)) => {
            let Some(inner) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return };
            remove(inner, rest);
            if inner.is_empty() {
                table.remove(key);
            }
        }
        Some((Step::Row(id), rest)) => {
            let Some(rows) = table.get_mut(key).and_then(Item::as_array_of_tables_mut) else { return };
            if rest.is_empty() {
                rows.retain(|row| id_of(row) != Some(id));
            } else if let Some(row) = rows.iter_mut().find(|row| id_of(*row) == Some(id)) {
                remove(row, rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "+++\ntitle = \"A\" # mine\n\n[event]\nstart = 2027-03-18\n\n[[event.schedule]]\nid = \"lunch\"\ntitle = \"Lunch\"\n\n[[event.schedule]]\ntitle = \"Party\"\n+++\n\nText.\n";

    fn page(text: &str) -> ContentPage {
        ContentPage::read(text.as_bytes()).expect("readable")
    }

    #[test]
    fn leaves_are_values_rows_and_the_body() {
        let names: Vec<String> = page(PAGE).leaves().into_keys().collect();
        let all = [
            "body",
            "event.schedule[lunch]",
            "event.schedule[lunch].id",
            "event.schedule[lunch].title",
            "event.start",
            "title",
        ];
        assert_eq!(names, all);
    }

    #[test]
    fn what_is_taken_over_leaves_the_rest_as_it_was() {
        let other = page(
            "+++\ntitle = \"B\"\n\n[event]\nstart = 2027-03-19\n\n[[event.schedule]]\nid = \"tea\"\ntitle = \"Tea\"\n+++\n",
        );
        let mut one = page(PAGE);
        for leaf in other.leaves().into_values() {
            one.take(&leaf.path, &other);
        }
        one.remove(&[Step::Key("event".into()), Step::Key("schedule".into()), Step::Row("lunch".into())]);
        let text = String::from_utf8(one.to_bytes()).expect("text");
        assert_eq!(
            text,
            "+++\ntitle = \"B\" # mine\n\n[event]\nstart = 2027-03-19\n\n[[event.schedule]]\ntitle = \"Party\"\n\n[[event.schedule]]\nid = \"tea\"\ntitle = \"Tea\"\n+++\n\nText.\n"
        );
    }

    #[test]
    fn what_is_no_toml_is_not_read() {
        for text in ["no header", "---\ntitle: x\n---\n", "+++\ntitle = \n+++\n"] {
            assert!(ContentPage::read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
