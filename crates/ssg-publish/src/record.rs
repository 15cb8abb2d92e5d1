//! What a target holds of ours: the file `.ssg-published` there.
//!
//! `complete` lists every file with digest and size. `pending` is written before the first change
//! and lists besides what is certain the intents: files that are being sent (old, new or absent)
//! and files that are being removed. Whoever reads that knows what a cut run may have left. A
//! complete record tells nothing of who wrote it or when, so equal sites have equal records.

use crate::hash::Hash;
use ssg_build::write::OutputPath;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Name of the record at a target.
pub const RECORD: &str = ".ssg-published";
const VERSION: &str = "ssg-published 1";

/// What is known of a file of ours at the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has these bytes.
    There(Hash, u64),
    /// It is being sent: it may be the one before, or absent.
    Sending(Hash, u64),
    /// It is being removed.
    Removing,
}

/// The record of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The run that is at it, with a number that counts its signs of life; `None` when complete.
    pub run: Option<(String, u64)>,
    /// Where the site is online.
    pub site: String,
    /// How the target kept the files (their encoding and headers), as it names that itself.
    pub recipe: String,
    /// Files of ours.
    pub files: BTreeMap<OutputPath, State>,
}

impl Record {
    /// The text of the file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(200 + self.files.len() * 110);
        // Writing to a `String` never fails.
        let _ = match &self.run {
            None => writeln!(text, "{VERSION} complete {}", self.files.len()),
            Some((id, beat)) => writeln!(text, "{VERSION} pending {} {id} {beat}", self.files.len()),
        };
        let _ = writeln!(text, "site {}\nrecipe {}", self.site, self.recipe);
        for (path, state) in &self.files {
            let _ = match state {
                State::There(hash, size) => writeln!(text, "= {} {size} {path}", hex(hash)),
                State::Sending(hash, size) => writeln!(text, "+ {} {size} {path}", hex(hash)),
                State::Removing => writeln!(text, "- {path}"),
            };
        }
        text
    }

    /// Reads the text of the file; `None` where it is damaged or of another version.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?;
        if !text.ends_with('\n') {
            return None;
        }
        let mut lines = text.lines();
        let mut head = lines.next()?.strip_prefix(VERSION)?.trim_start().split(' ');
        let (state, count) = (head.next()?, head.next()?.parse::<usize>().ok()?);
        let run = match state {
            "complete" => None,
            "pending" => Some((head.next()?.to_owned(), head.next()?.parse().ok()?)),
            _ => return None,
        };
        let site = lines.next()?.strip_prefix("site ")?.to_owned();
        let recipe = lines.next()?.strip_prefix("recipe ")?.to_owned();
        let mut files = BTreeMap::new();
        for line in lines {
            let (path, state) = parse_line(line)?;
            files.insert(path, state);
        }
        (files.len() == count).then_some(Self { run, site, recipe, files })
    }

    /// The digest and size of a file of which that is certain.
    #[must_use]
    pub fn there(&self, path: &OutputPath) -> Option<(Hash, u64)> {
        match self.files.get(path)? {
            State::There(hash, size) => Some((*hash, *size)),
            State::Sending(..) | State::Removing => None,
        }
    }
}

fn parse_line(line: &str) -> Option<(OutputPath, State)> {
    if let Some(path) = line.strip_prefix("- ") {
        return Some((OutputPath::new(path).ok()?, State::Removing));
    }
    let mut fields = line.splitn(4, ' ');
    let (sign, hash, size) = (fields.next()?, fields.next()?, fields.next()?.parse().ok()?);
    let hash = *blake3::Hash::from_hex(hash).ok()?.as_bytes();
    let state = match sign {
        "=" => State::There(hash, size),
        "+" => State::Sending(hash, size),
        _ => return None,
    };
    Some((OutputPath::new(fields.next()?).ok()?, state))
}

fn hex(hash: &Hash) -> impl std::fmt::Display {
    blake3::Hash::from_bytes(*hash).to_hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Record {
        let path = |path| OutputPath::new(path).expect("valid");
        let files = [
            (path("a b.html"), State::There([7; 32], 3)),
            (path("b.css"), State::Sending([8; 32], 0)),
            (path("old.html"), State::Removing),
        ];
        Record {
            run: Some(("run1".to_owned(), 4)),
            site: "https://x.example/".to_owned(),
            recipe: String::new(),
            files: files.into(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let pending = sample();
        assert_eq!(Record::parse(pending.to_text().as_bytes()), Some(pending.clone()));
        let complete = Record { run: None, ..pending };
        assert_eq!(Record::parse(complete.to_text().as_bytes()), Some(complete));
    }

    #[test]
    fn nothing_that_is_cut_short_or_leads_out_is_read() {
        let text = sample().to_text();
        for end in 0..text.len() {
            assert_eq!(Record::parse(&text.as_bytes()[..end]), None, "{end}");
        }
        assert_eq!(Record::parse(text.replace("old.html", "../x").as_bytes()), None);
        assert_eq!(Record::parse(text.replace("published 1", "published 2").as_bytes()), None);
    }
}
