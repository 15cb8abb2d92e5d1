//! Names that are probably one, written in two ways.
//!
//! Nothing is merged here: what is found is shown to a person, who decides. Names are compared only
//! where they share a key (the sorted words, the ends, the letters but one), so that thousands of
//! names take no longer than sorting them.

use crate::term::{Taxonomy, Term};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Shortest name, in letters, in which one letter may differ.
const ONE_LETTER: usize = 6;
/// Shortest name in which two may.
const TWO_LETTERS: usize = 14;
/// Names that share a key are compared with so many that follow.
const NEIGHBOURS: usize = 64;

/// How two names are alike, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters, parted otherwise.
    Spaces,
    /// The same words in another order.
    Order,
    /// One has initials or middle names that the other leaves out.
    Middle,
    /// So many letters differ.
    Letters(usize),
}

impl Likeness {
    /// In words, after "differs from … in".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Spaces => "spaces and marks".to_owned(),
            Self::Order => "the order of words".to_owned(),
            Self::Middle => "middle names".to_owned(),
            Self::Letters(1) => "1 letter".to_owned(),
            Self::Letters(letters) => format!("{letters} letters"),
        }
    }
}

/// A term, and those that are probably the same, by their numbers in the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// The one to keep: it has a page, or is named most.
    pub keep: usize,
    /// The others, and how each is like it.
    pub others: Vec<(usize, Likeness)>,
}

/// Terms of a taxonomy whose names are nearly the same, in the order of the taxonomy.
#[must_use]
pub fn similar(taxonomy: &Taxonomy) -> Vec<Similar> {
    let names: Vec<Name> = taxonomy.terms.iter().map(Name::new).collect();
    let mut keyed: Vec<(u64, usize)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        keyed.extend(name.keys().into_iter().map(|key| (key, number)));
    }
    keyed.sort_unstable();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for sharing in keyed.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, number)) in sharing.iter().enumerate() {
            pairs.extend(sharing.iter().skip(at + 1).take(NEIGHBOURS).map(|(_, other)| (*number, *other)));
        }
    }
    let rank = |number: usize| {
        let term = &taxonomy.terms[number];
        (term.page.is_none(), Reverse(term.pages.len()), number)
    };
    let mut found: BTreeMap<usize, Vec<(usize, Likeness)>> = BTreeMap::new();
    for (a, b) in pairs {
        let Some(likeness) = names[a].likeness(&names[b]) else { continue };
        let (keep, other) = if rank(a) <= rank(b) { (a, b) } else { (b, a) };
        found.entry(keep).or_default().push((other, likeness));
    }
    found.into_iter().map(|(keep, others)| Similar { keep, others }).collect()
}

/// A name as far as it is compared.
struct Name {
    words: Vec<String>,
    letters: String,
}

impl Name {
    fn new(term: &Term) -> Self {
        // Of the name, not of the slug, which the term's page may set to anything.
        let slug = ssg_parse::slugify(&term.name);
        let words: Vec<String> = slug.split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Self { letters: words.concat(), words }
    }

    fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }

    fn ends(&self) -> Option<(&str, &str)> {
        let (first, rest) = self.words.split_first()?;
        Some((first, rest.last()?))
    }

    /// Names that are alike share one of these, mostly; that others do as well costs a comparison.
    fn keys(&self) -> BTreeSet<u64> {
        let mut keys = BTreeSet::new();
        let mut add = |kind: u8, parts: &[&str]| {
            let mut hasher = DefaultHasher::new();
            (kind, parts).hash(&mut hasher);
            keys.insert(hasher.finish());
        };
        add(0, &[&self.letters]);
        add(1, &self.sorted());
        if let Some((first, last)) = self.ends() {
            add(2, &[first, last]);
            if self.letters.len() >= TWO_LETTERS {
                let lasts: Vec<String> = less_one(last).collect();
                for first in less_one(first) {
                    for last in &lasts {
                        add(3, &[&first, last]);
                    }
                }
            }
        }
        if self.letters.len() >= ONE_LETTER {
            for letters in less_one(&self.letters) {
                add(4, &[&letters]);
            }
        }
        keys
    }

    fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.letters == other.letters {
            return (!self.letters.is_empty()).then_some(Likeness::Spaces);
        }
        if self.sorted() == other.sorted() {
            return Some(Likeness::Order);
        }
        let lengths = (self.words.len(), other.words.len());
        let middle = |more: &Self| {
            more.words.len() > 2 && more.words[1..more.words.len() - 1].iter().all(|word| word.len() <= 2)
        };
        if self.ends().is_some()
            && self.ends() == other.ends()
            && lengths.0.min(lengths.1) == 2
            && middle(if lengths.0 > lengths.1 { self } else { other })
        {
            return Some(Likeness::Middle);
        }
        let shorter = self.letters.len().min(other.letters.len());
        let allowed = usize::from(shorter >= ONE_LETTER) + usize::from(shorter >= TWO_LETTERS);
        let digits = |name: &Self| name.letters.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
        // Numbers tell things apart that are otherwise named alike.
        if allowed == 0 || digits(self) != digits(other) {
            return None;
        }
        let distance = strsim::osa_distance(&self.letters, &other.letters);
        (distance <= allowed).then_some(Likeness::Letters(distance))
    }
}

/// A word of ASCII letters, and what it is without each of its letters.
fn less_one(word: &str) -> impl Iterator<Item = String> {
    // Slugs are cut at a length, names that need more are none.
    let letters = word.len().min(64);
    let without = (0..letters).map(|at| word.chars().take(at).chain(word.chars().skip(at + 1)).collect());
    std::iter::once(word.to_owned()).chain(without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::hash::HashMap;

    fn found(names: &[&str]) -> Vec<(String, String, Likeness)> {
        let term = |name: &&str| Term {
            name: (*name).to_owned(),
            slug: ssg_parse::slugify(name),
            path: String::new(),
            aliases: Vec::new(),
            pages: Vec::new(),
            languages: Vec::new(),
            page: None,
        };
        let taxonomy = Taxonomy {
            name: "speakers".to_owned(),
            title: String::new(),
            path: String::new(),
            part_above: usize::MAX,
            terms: names.iter().map(term).collect(),
            spellings: HashMap::default(),
            files: HashMap::default(),
            other_slugs: std::collections::BTreeMap::new(),
        };
        let name = |number: usize| names[number].to_owned();
        let rows = similar(&taxonomy).into_iter();
        rows.flat_map(|one| {
            one.others.into_iter().map(move |(other, how)| (name(one.keep), name(other), how))
        })
        .collect()
    }

    #[test]
    fn names_that_are_probably_one() {
        for (a, b, how) in [
            ("Ada Dock", "Dock Ada", Likeness::Order),
            ("Ada Lockwood", "Lockwood, Ada", Likeness::Order),
            ("Ada Lockwood", "Ada Lockwod", Likeness::Letters(1)),
            ("Ada Lockwood", "Ada Lokcwood", Likeness::Letters(1)),
            ("Jörg Müller", "Joerg Müller", Likeness::Letters(1)),
            ("Wilhelmina Dockside", "Vilhelmina Docksid", Likeness::Letters(2)),
            ("John Quay", "John M. Quay", Likeness::Middle),
            ("Mary Ann Pier", "Maryann Pier", Likeness::Spaces),
        ] {
            assert_eq!(found(&[a, b]), [(a.to_owned(), b.to_owned(), how)], "{a}, {b}");
        }
    }

    #[test]
    fn names_that_are_not() {
        for (a, b) in [
            ("Al Ode", "Al Oda"),
            ("Ada Dock", "Ida Lock"),
            ("John Quay", "John Henry Quay"),
            ("Windows 7 Server", "Windows 8 Server"),
            ("Bo", "Al"),
        ] {
            assert_eq!(found(&[a, b]), [], "{a}, {b}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test measures time")]
    fn thousands_of_names_are_compared_with_their_neighbours_only() {
        let first = ["ada", "bo", "cleo", "dag", "ines", "juno", "kim", "lars", "mina", "otto"];
        let names: Vec<String> = (0..20_000)
            .map(|number: usize| {
                let spelled: String =
                    number.to_string().bytes().map(|digit| char::from(b'k' + (digit - b'0'))).collect();
                format!("{} {spelled}{spelled}", first[number % first.len()])
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let start = std::time::Instant::now();
        let _ = found(&names);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}
