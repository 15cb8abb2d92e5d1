//! People whom the site knows, by all their spellings.

use super::names::{Named, Sort};
use crate::data::folded;
use crate::known::KnownName;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use foldhash::{HashMap, HashMapExt, HashSet};

/// People of the site.
pub(crate) struct People {
    names: Vec<String>,
    finder: Option<AhoCorasick>,
    /// Numbers of people by their folded spellings.
    by_name: HashMap<String, usize>,
    /// The person of each spelling that is looked for.
    of: Vec<usize>,
    /// Words of all names.
    parts: HashSet<String>,
}

impl People {
    pub fn new(known: &[KnownName]) -> Self {
        let mut by_name = HashMap::new();
        let (mut spellings, mut of) = (Vec::new(), Vec::new());
        for (index, person) in known.iter().enumerate() {
            for name in std::iter::once(&person.name).chain(&person.others) {
                // One short word is no name to look for.
                let is_long =
                    name.contains(' ') || name.chars().count() >= 6 || name.chars().any(is_ideograph);
                if is_long && name.chars().count() >= 2 && by_name.insert(folded(name), index).is_none() {
                    spellings.push(name.clone());
                    of.push(index);
                }
            }
        }
        let finder = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&spellings).ok();
        let parts =
            known.iter().flat_map(|person| person.name.split(' ').skip(1)).map(str::to_owned).collect();
        let names = known.iter().map(|person| person.name.clone()).collect();
        Self { names, finder, by_name, of, parts }
    }

    /// Whether somebody's name ends with a word.
    pub fn has_surname(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// The person of a name.
    pub fn by_name(&self, name: &str) -> Option<&str> {
        self.by_name.get(&folded(name)).map(|index| self.names[*index].as_str())
    }

    /// People of the site whom a text names.
    pub fn find(&self, text: &str) -> Vec<Named> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let alone = |start: usize, end: usize| {
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            let is_part = |one: Option<char>| {
                one.is_some_and(|letter| letter.is_alphanumeric() && !is_ideograph(letter))
            };
            let is_ideographic = text[start..end].chars().any(is_ideograph);
            is_ideographic || !is_part(before) && !is_part(after)
        };
        let found = finder.find_iter(text).filter(|hit| alone(hit.start(), hit.end())).map(|hit| {
            let rest = &text[hit.end()..];
            let possessive = rest.starts_with("'s") || rest.starts_with("’s");
            let mark = rest.chars().next().map_or(0, char::len_utf8);
            Named {
                start: hit.start(),
                end: hit.end(),
                full_end: if possessive { hit.end() + mark + 1 } else { hit.end() },
                name: self.names[self.of[hit.pattern().as_usize()]].clone(),
                possessive,
                sort: Sort { own: true, ..Sort::default() },
            }
        });
        found.collect()
    }
}

/// Letters of scripts that part no words.
pub(super) fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_134f)
}
