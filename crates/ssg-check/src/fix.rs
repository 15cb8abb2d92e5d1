//! What can be mended without asking what is meant: places in files, with what is to stand there.
//!
//! Only the bytes at a place are changed. A file that is another one by then is left alone, and so is one that would
//! have more mistakes than before.

mod keys;

pub use keys::keys;

use crate::baseline::Baseline;
use crate::pages::spellings;
use ssg_parse::{Config, ParseOptions, parse_document, read_config};
use ssg_source::{Diagnostics, SitePath, Span, codes, decode};
use ssg_taxonomy::Site;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One place that is to be mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The file.
    pub path: SitePath,
    /// Where the text stands, or a place that holds it.
    pub within: Span,
    /// What stands there.
    pub old: String,
    /// What is to stand there.
    pub new: String,
    /// It is an address, which ends where an address does.
    pub is_address: bool,
}

/// A file with what is mended in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: SitePath,
    /// Its bytes as they are.
    pub before: Vec<u8>,
    /// Its bytes as they are to be.
    pub after: Vec<u8>,
    /// The places that are mended.
    pub places: BTreeSet<Span>,
}

/// Spellings of terms that few pages have, as places to mend.
#[must_use]
pub fn terms(site: &Site) -> Vec<Fix> {
    let odd = spellings(site).into_iter().map(|one| Fix {
        path: one.source.clone(),
        within: one.span,
        old: one.written.to_owned(),
        new: one.usual.to_owned(),
        is_address: false,
    });
    odd.collect()
}

/// What becomes of files. `read` gives the bytes of a file; `options` are those of the site's pages.
pub fn changes(
    fixes: &[Fix],
    options: &ParseOptions,
    read: &dyn Fn(&SitePath) -> Option<Vec<u8>>,
) -> Vec<Change> {
    let mut by_file: BTreeMap<&SitePath, BTreeSet<&Fix>> = BTreeMap::new();
    for fix in fixes {
        by_file.entry(&fix.path).or_default().insert(fix);
    }
    let change = |(path, fixes): (&SitePath, BTreeSet<&Fix>)| {
        let before = read(path)?;
        let (text, form) = Form::of(&before)?;
        let (after, places) = mended(&text, &fixes);
        let after = form.bytes(&after);
        let is_better = !places.is_empty() && is_sound(path, &before, &after, options);
        is_better.then(|| Change { path: path.clone(), before, after, places })
    };
    by_file.into_iter().filter_map(change).collect()
}

/// The text with the places mended, and which they are. Places that overlap are mended once.
fn mended(text: &str, fixes: &BTreeSet<&Fix>) -> (String, BTreeSet<Span>) {
    let mut edits: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    let mut places = BTreeSet::new();
    for fix in fixes {
        let Some(part) = text.get(fix.within.range()) else { continue };
        let start = fix.within.range().start;
        let found: Vec<usize> = part
            .match_indices(fix.old.as_str())
            .filter(|(at, old)| {
                if fix.is_address { ends_there(part, *at, old.len()) } else { is_whole(part, *at, old.len()) }
            })
            .map(|(at, _)| start + at)
            .collect();
        // A word may stand there twice and mean two things, an address means itself.
        if fix.old.is_empty() || found.is_empty() || (!fix.is_address && found.len() > 1) {
            continue;
        }
        for at in found {
            let end = at + fix.old.len();
            let before = edits.range(..end).next_back();
            if before.is_none_or(|(_, (last, _))| *last <= at) {
                edits.insert(at, (end, &fix.new));
                places.insert(fix.within);
            }
        }
    }
    let mut after = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, (end, new)) in edits {
        after.push_str(&text[copied..at]);
        after.push_str(new);
        copied = end;
    }
    after.push_str(&text[copied..]);
    (after, places)
}

/// Whether what stands somewhere in a text is no part of a longer word.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let (own, behind) = rest.split_at(length);
    let meet = |a: Option<char>, b: Option<char>| {
        a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
    };
    !meet(before.chars().next_back(), own.chars().next())
        && !meet(own.chars().next_back(), behind.chars().next())
}

/// Whether an address that stands somewhere in a text begins and ends there, and is no part of a longer one.
fn ends_there(text: &str, at: usize, length: usize) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "/?#&=%~+-_.:@$!*;,".contains(c);
    let behind = &text[at + length..];
    let mut next = behind.chars();
    let ends = match next.next() {
        // The end of a sentence.
        Some('.' | ',' | ';' | ':' | '!') => !next.next().is_some_and(goes_on),
        Some(c) => !goes_on(c),
        None => true,
    };
    ends && !text[..at].chars().next_back().is_some_and(goes_on)
}

/// Whether a file has no mistake that it did not have before, but for unknown keys of a table that was unknown.
fn is_sound(path: &SitePath, before: &[u8], after: &[u8], options: &ParseOptions) -> bool {
    let found = |bytes: &[u8]| {
        if is_configuration(path) {
            let mut found = Diagnostics::new();
            let _: Config = read_config(path, bytes, &mut found);
            found
        } else {
            parse_document(path, bytes, options).1
        }
    };
    let (before, after) = (found(before), found(after));
    added(&before, &after).iter().all(|one| one.code == codes::UNKNOWN_KEY)
}

/// What was not found before, wherever in its file it is.
#[must_use]
pub fn added(before: &Diagnostics, after: &Diagnostics) -> Diagnostics {
    let mut added = after.clone();
    Baseline::of(before).take_out(&mut added);
    added
}

/// Whether a file is the site's configuration: TOML in its folder.
fn is_configuration(path: &SitePath) -> bool {
    path.as_str().ends_with(".toml") && !path.as_str().contains('/')
}

/// How a text is written as bytes.
#[derive(Clone, Copy, Debug)]
struct Form {
    has_mark: bool,
    has_crlf: bool,
}

impl Form {
    /// The text of a file and how it is written, where one of its text and this makes the same bytes.
    fn of(bytes: &[u8]) -> Option<(Cow<'_, str>, Self)> {
        let text = decode(bytes).ok()?;
        let form = Self {
            has_mark: bytes.starts_with(&[0xEF, 0xBB, 0xBF]),
            has_crlf: bytes.windows(2).any(|pair| pair == b"\r\n"),
        };
        (form.bytes(&text) == bytes).then_some((text, form))
    }

    fn bytes(self, text: &str) -> Vec<u8> {
        let text = if self.has_crlf { Cow::Owned(text.replace('\n', "\r\n")) } else { Cow::Borrowed(text) };
        let mark: &[u8] = if self.has_mark { &[0xEF, 0xBB, 0xBF] } else { &[] };
        [mark, text.as_bytes()].concat()
    }
}

impl Change {
    /// What is different, as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        let (before, after) = (String::from_utf8_lossy(&self.before), String::from_utf8_lossy(&self.after));
        let diff = similar::TextDiff::from_lines(&*before, &*after);
        diff.unified_diff().context_radius(0).header(self.path.as_str(), self.path.as_str()).to_string()
    }
}

#[cfg(test)]
mod tests;
