//! Lists of words that the program brings along (`data/`): names of people, words that are none, places and companies.

#![expect(clippy::disallowed_types, reason = "what the program brings along has no other input")]

use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What is known of words.
pub(crate) struct Lexicon {
    given: HashSet<&'static str>,
    surnames: HashSet<&'static str>,
    words: HashSet<&'static str>,
    /// Names that are no person's, in small letters, and what they begin with (`false`).
    others: HashMap<String, bool>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    given: listed(include_str!("../data/given-names.txt")),
    surnames: listed(include_str!("../data/surnames.txt")),
    words: listed(include_str!("../data/words.txt")),
    others: others(include_str!("../data/not-people.txt")),
});

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

fn listed(text: &'static str) -> HashSet<&'static str> {
    lines(text).flat_map(str::split_whitespace).collect()
}

fn others(text: &'static str) -> HashMap<String, bool> {
    let mut found = HashMap::new();
    for name in lines(text).flat_map(|line| line.split(',')).map(plain).filter(|name| !name.is_empty()) {
        for (space, _) in name.match_indices(' ') {
            found.entry(name[..space].to_owned()).or_insert(false);
        }
        found.insert(name, true);
    }
    found
}

/// A name as lists are searched for it.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['\'', '’', '.'], "")
}

impl Lexicon {
    /// The lists of the program.
    pub fn get() -> &'static Self {
        &LEXICON
    }

    /// Whether people are called so.
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains(word)
            || word.split_once('-').is_some_and(|(first, second)| {
                self.given.contains(first) && second.chars().next().is_some_and(char::is_uppercase)
            })
    }

    /// Whether families are called so.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// Whether it is a word of everyday language.
    pub fn is_word(&self, word: &str) -> bool {
        let is_listed = |word: &str| self.words.contains(word);
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return is_listed(word);
        }
        let lower = if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() };
        is_listed(&lower)
            || lower.split_once('-').is_some_and(|(first, second)| is_listed(first) && is_listed(second))
    }

    /// How many words from the first on are a name that is nobody's.
    pub fn nobody(&self, words: &[&str]) -> usize {
        let mut longest = 0;
        let mut name = String::with_capacity(40);
        for (index, word) in words.iter().take(4).enumerate() {
            if index > 0 {
                name.push(' ');
            }
            for letter in word.chars().filter(|letter| !matches!(letter, '\'' | '’' | '.')) {
                name.extend(letter.to_lowercase());
            }
            match self.others.get(name.as_str()) {
                Some(true) => longest = index + 1,
                Some(false) => {}
                None => break,
            }
        }
        longest
    }
}

/// Spellings of a name that are one: without case, accents and empty punctuation.
pub(crate) fn folded(name: &str) -> String {
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let plain = name.nfkd().filter(|letter| !is_accent(letter)).flat_map(char::to_lowercase);
    let plain: String = plain.map(|letter| if "-_.'’,".contains(letter) { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_names() {
        let lexicon = Lexicon::get();
        assert!(lexicon.is_given("Bridget") && lexicon.is_given("Jean-Luc") && !lexicon.is_given("Cluster"));
        assert!(
            lexicon.is_surname("Nguyen") && lexicon.is_word("Monitoring") && !lexicon.is_word("Kromhout")
        );
        assert_eq!(lexicon.nobody(&["Red", "Hat", "Summit"]), 2);
        assert_eq!(lexicon.nobody(&["Conway’s", "Law"]), 2);
        assert_eq!(lexicon.nobody(&["Hany", "Fahim"]), 0);
    }
}
