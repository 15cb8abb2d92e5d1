//! `data/links.toml`: which links to other sites fail, and since when.
//!
//! It belongs into version control, so that a link which fails once is told apart from one that is gone. A table for
//! each address, sorted; comments that people wrote above a table, and at the top of the file, stay. What no longer
//! fails, or stands nowhere, is taken out.

use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, Table, value};

/// What the file says of itself when it is made.
const ABOUT: &str = "# Links to other sites that fail: `ssg check --external` keeps this file.\n";
/// Largest file that is read, in bytes.
pub(super) const LARGEST: usize = 16 << 20;

/// What is remembered of an address that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// When it failed first, in RFC 3339.
    pub since: String,
    /// In how many runs it has failed, one after the other.
    pub failures: u32,
    /// The status that it answers, or why there is no answer.
    pub status: String,
    /// When it was seen fine, where it was.
    pub last_fine: Option<String>,
}

/// The ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Comments at the top, with the empty line below.
    about: String,
    tables: DocumentMut,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { about: format!("{ABOUT}\n"), tables: DocumentMut::new() }
    }
}

impl Ledger {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// When it is no TOML, or larger than 16 MiB, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > LARGEST {
            return Err(format!("it has more than {} MiB", LARGEST >> 20));
        }
        let (about, rest) = text.split_at(top(text));
        let tables: DocumentMut = rest.parse().map_err(|error: toml_edit::TomlError| {
            let line = error.span().map(|span| about.len() + span.start).map(|at| line_of(text, at));
            let line = line.map_or_else(String::new, |line| format!(" in line {line}"));
            format!("{}{line}", error.message())
        })?;
        Ok(Self { about: about.to_owned(), tables })
    }

    /// What is remembered of an address.
    #[must_use]
    pub fn get(&self, address: &str) -> Option<Failing> {
        let table = self.tables.get(address)?.as_table_like()?;
        let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
        Some(Failing {
            since: text("since")?,
            failures: table
                .get("failures")
                .and_then(Item::as_integer)
                .map_or(0, |number| u32::try_from(number.max(0)).unwrap_or(u32::MAX)),
            status: text("status").unwrap_or_default(),
            last_fine: text("last_fine"),
        })
    }

    /// Enters that an address failed at this instant; gives what is remembered then.
    pub fn fail(&mut self, address: &str, status: &str, now: &str, last_fine: Option<&str>) -> Failing {
        let before = self.get(address);
        let failing = Failing {
            since: before.as_ref().map_or_else(|| now.to_owned(), |before| before.since.clone()),
            failures: before.as_ref().map_or(0, |before| before.failures).saturating_add(1),
            status: status.to_owned(),
            last_fine: last_fine.map(str::to_owned).or(before.and_then(|before| before.last_fine)),
        };
        if self.tables.get(address).and_then(Item::as_table).is_none() {
            self.tables.insert(address, Item::Table(Table::new()));
        }
        if let Some(table) = self.tables.get_mut(address).and_then(Item::as_table_mut) {
            table["since"] = value(&failing.since);
            table["failures"] = value(i64::from(failing.failures));
            table["status"] = value(&failing.status);
            if let Some(last_fine) = &failing.last_fine {
                table["last_fine"] = value(last_fine);
            }
        }
        failing
    }

    /// Takes out all addresses but these.
    pub fn keep_only(&mut self, addresses: &BTreeSet<&str>) {
        let gone: Vec<String> = self
            .tables
            .iter()
            .filter(|(address, _)| !addresses.contains(address))
            .map(|(address, _)| address.to_owned())
            .collect();
        for address in gone {
            self.tables.remove(&address);
        }
    }

    /// Whether nothing fails.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The text of the file: the same for the same addresses, whatever the order in which they were entered.
    #[must_use]
    pub fn text(&self) -> String {
        let mut tables = self.tables.clone();
        let mut addresses: Vec<String> = tables.iter().map(|(address, _)| address.to_owned()).collect();
        addresses.sort();
        for (number, address) in addresses.iter().enumerate() {
            let Some(table) = tables.get_mut(address).and_then(Item::as_table_mut) else { continue };
            table.set_position(isize::try_from(number).ok());
            let above = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            let comments = above.trim_matches('\n');
            let gap = if number == 0 { "" } else { "\n" };
            let above = if comments.is_empty() { gap.to_owned() } else { format!("{gap}{comments}\n") };
            table.decor_mut().set_prefix(above);
        }
        format!("{}{tables}", self.about)
    }
}

/// How many bytes the comments at the top have, with the empty lines below: those above the first empty line.
fn top(text: &str) -> usize {
    let mut end = 0;
    let mut below = false;
    for line in text.split_inclusive('\n') {
        let is_empty = line.trim().is_empty();
        if !is_empty && (below || !line.starts_with('#')) {
            break;
        }
        below |= is_empty;
        end += line.len();
    }
    if below { end } else { 0 }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "2026-03-01T12:00:00Z";
    const LATER: &str = "2026-03-02T12:00:00Z";

    #[test]
    fn failures_are_counted_and_the_bytes_are_the_same_in_any_order() {
        let mut one = Ledger::default();
        one.fail("https://b.example/", "404", NOON, None);
        one.fail("https://a.example/x?y=\"z\"", "no answer in time", NOON, Some("2026-02-01T00:00:00Z"));
        let mut other = Ledger::default();
        other.fail("https://a.example/x?y=\"z\"", "no answer in time", NOON, Some("2026-02-01T00:00:00Z"));
        other.fail("https://b.example/", "404", NOON, None);
        assert_eq!(one.text(), other.text());
        assert_eq!(
            one.text(),
            "# Links to other sites that fail: `ssg check --external` keeps this file.\n\n\
             ['https://a.example/x?y=\"z\"']\nsince = \"2026-03-01T12:00:00Z\"\nfailures = 1\n\
             status = \"no answer in time\"\nlast_fine = \"2026-02-01T00:00:00Z\"\n\n\
             [\"https://b.example/\"]\nsince = \"2026-03-01T12:00:00Z\"\nfailures = 1\nstatus = \"404\"\n"
        );
        let mut again = Ledger::read(&one.text()).expect("it is TOML");
        assert_eq!(again.text(), one.text());
        let failing = again.fail("https://b.example/", "410", LATER, None);
        assert_eq!((failing.since.as_str(), failing.failures, failing.status.as_str()), (NOON, 2, "410"));
        again.keep_only(&BTreeSet::from(["https://b.example/"]));
        assert!(again.get("https://a.example/x?y=\"z\"").is_none());
        again.keep_only(&BTreeSet::new());
        assert!(again.is_empty());
        assert_eq!(
            again.text(),
            "# Links to other sites that fail: `ssg check --external` keeps this file.\n\n"
        );
    }

    #[test]
    fn comments_of_people_stay() {
        let text = "# Ours.\n# Ask Kim.\n\n# They move in May.\n[\"https://m.example/\"]\nsince = \"2026-03-01T12:00:00Z\"\n\
                    failures = 4 # again\nstatus = \"404\"\n";
        let mut ledger = Ledger::read(text).expect("it is TOML");
        assert_eq!(ledger.text(), text);
        ledger.fail("https://a.example/", "404", LATER, None);
        let with = ledger.text();
        assert!(with.starts_with("# Ours.\n# Ask Kim.\n\n[\"https://a.example/\"]\n"), "{with}");
        assert!(with.contains("\n\n# They move in May.\n[\"https://m.example/\"]\n"), "{with}");
        ledger.keep_only(&BTreeSet::from(["https://m.example/"]));
        assert_eq!(ledger.text(), text);
    }

    #[test]
    fn what_is_no_ledger_is_told_with_its_line() {
        let wrong =
            Ledger::read("# About.\n\n[\"https://a.example/\"]\n<<<<<<< HEAD\n").expect_err("no TOML");
        assert!(wrong.ends_with("in line 4"), "{wrong}");
        let odd = Ledger::read("[\"https://a.example/\"]\nfailures = -3\nsince = 1\n").expect("TOML");
        assert_eq!(odd.get("https://a.example/"), None);
        let flat = Ledger::read("\"https://a.example/\" = 1\n").expect("TOML");
        assert_eq!(flat.get("https://a.example/"), None);
    }
}
