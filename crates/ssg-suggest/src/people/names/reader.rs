//! Names by their words: a given name with a surname, or words that no list has.

use super::nickname::is_nickname_gap;
use super::squeezed::squeezed;
use super::{Named, Sort};
use crate::data::Lexicon;
use crate::dictionary::{Ambiguity, Dictionary};
use crate::people::vocabulary::{PARTICLES, TALKS, TITLES, has};
use crate::text::Word;
use unicode_normalization::UnicodeNormalization;

/// Whether a word ends names of places and institutions: `Electra Tower`.
fn is_place(word: &str) -> bool {
    matches!(
        word,
        "Tower"
            | "Hotel"
            | "Avenue"
            | "Center"
            | "Centre"
            | "Building"
            | "Theatre"
            | "Theater"
            | "Museum"
            | "Library"
            | "University"
            | "College"
            | "Airport"
            | "Arena"
            | "Stadium"
            | "Plaza"
            | "Room"
            | "Campus"
            | "Institute"
            | "Foundation"
            | "Conference"
            | "Summit"
            | "Award"
            | "Awards"
    )
}

/// Reads names word by word.
pub(super) struct Reader<'r> {
    pub text: &'r str,
    pub words: &'r [Word<'r>],
    pub dictionary: &'r Dictionary,
    pub lower: &'r dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// What begins at a word: how many words it takes, and whether it is a name.
    pub fn at(&self, at: usize) -> (usize, Option<Named>) {
        let lexicon = Lexicon::get();
        let word = self.words[at];
        if !word.is_capital() {
            return (1, None);
        }
        if let Some(name) = squeezed(self.text, word, self.dictionary) {
            return (1, Some(name));
        }
        let run = self.run(at);
        let texts: Vec<&str> = self.words[at..at + run].iter().map(|word| word.text).collect();
        let nobody = lexicon.nobody(&texts);
        let given = lexicon.is_given(word.text);
        let next_is_surname = texts.get(1).is_some_and(|next| self.is_surname(next));
        if nobody > 1 || nobody == 1 && !(given && next_is_surname) {
            return (nobody, None);
        }
        if has(TITLES, word.text.trim_end_matches('.')) || word.text.chars().count() == 1 {
            return (1, None);
        }
        if let Some(length) = self.tool(&texts).filter(|length| *length > 1 || !given) {
            return (length, None);
        }
        if given {
            return self.given(at, run);
        }
        self.unknown(at, run)
    }

    /// How many words in a row may be one name.
    fn run(&self, at: usize) -> usize {
        let mut length = 1;
        while length < 6 && at + length < self.words.len() {
            let (before, word) = (self.words[at + length - 1], self.words[at + length]);
            if before.possessive || !self.joins(before, word) {
                break;
            }
            let is_particle = has(PARTICLES, word.text) && !word.is_capital();
            if is_particle {
                let after = self.words.get(at + length + 1);
                let goes_on = after.is_some_and(|after| {
                    self.joins(word, *after) && (after.is_capital() || has(PARTICLES, after.text))
                });
                if !goes_on {
                    break;
                }
            } else if !word.is_capital() {
                break;
            }
            length += 1;
        }
        // A particle ends no name.
        while length > 1 && !self.words[at + length - 1].is_capital() {
            length -= 1;
        }
        length
    }

    fn joins(&self, before: Word<'_>, after: Word<'_>) -> bool {
        let gap = &self.text[before.end..after.start];
        matches!(gap, " " | "\u{a0}" | "\n" | "  ") || is_nickname_gap(gap)
    }

    /// How many words a tool's name takes at the start of a run.
    fn tool(&self, texts: &[&str]) -> Option<usize> {
        (1..=texts.len().min(3)).rev().find(|length| {
            let name = texts[..*length].join(" ");
            self.dictionary
                .form(&name)
                .is_some_and(|form| *length > 1 || form.text == name || form.ambiguity == Ambiguity::None)
        })
    }

    /// Whether a word may end a name.
    fn is_surname(&self, word: &str) -> bool {
        let lexicon = Lexicon::get();
        let is_capital = word.starts_with(char::is_uppercase) && word != "I";
        let shouts = word.chars().count() > 3 && !word.chars().any(char::is_lowercase);
        let is_tool = self.dictionary.form(word).is_some_and(|form| {
            form.text == word && matches!(form.ambiguity, Ambiguity::None | Ambiguity::Case)
        });
        is_capital
            && !shouts
            && !is_tool
            && !is_place(word)
            && (lexicon.is_surname(word) || lexicon.nobody(&[word]) == 0)
    }

    /// `Ann Quay`: a word that is a tool, behind a given name that is nothing else.
    fn is_surname_of_tool(&self, given: &str, word: &str) -> bool {
        let lexicon = Lexicon::get();
        let is_plain = word.chars().skip(1).all(char::is_lowercase) && word.chars().count() >= 3;
        is_plain
            && lexicon.is_surname(word)
            && !lexicon.is_word(given)
            && self.dictionary.form(given).is_none()
            && lexicon.nobody(&[word]) == 0
    }

    /// `DUPONT`, as some write surnames; behind a given name.
    fn is_shouted_surname(&self, word: &str) -> bool {
        word.chars().count() >= 4
            && word.chars().all(|letter| letter.is_uppercase() || letter == '-')
            && self.dictionary.form(word).is_none()
            && !Lexicon::get().is_word(word)
            && Lexicon::get().nobody(&[word]) == 0
    }

    /// A name that begins with a given name.
    fn given(&self, at: usize, run: usize) -> (usize, Option<Named>) {
        let lexicon = Lexicon::get();
        let mut length = 1;
        let mut odd = false;
        let mut has_surname = false;
        let has_particle = self.words[at..at + run].iter().any(|word| !word.is_capital());
        while length < run.min(6) {
            let word = self.words[at + length];
            if word.is_initial() || !word.is_capital() {
                length += 1;
                continue;
            }
            let is_tool_surname = length == 1 && self.is_surname_of_tool(self.words[at].text, word.text);
            if !self.is_surname(word.text) && !self.is_shouted_surname(word.text) && !is_tool_surname {
                break;
            }
            let is_common = lexicon.is_word(word.text) && !lexicon.is_surname(word.text);
            if has_surname
                && (is_common || !(self.lower)(word.text) && lexicon.is_given(word.text) && length >= 2)
            {
                break;
            }
            // `Will Talk`: a word that the text has in small letters, or the next of many in a title.
            if is_common && length == 1 {
                odd = true;
            }
            has_surname = true;
            length += 1;
            if length > if has_particle { 5 } else { 3 } {
                break;
            }
        }
        while length > 1
            && (!self.words[at + length - 1].is_capital() || self.words[at + length - 1].is_initial())
        {
            length -= 1;
        }
        if !has_surname {
            let named = self.make(at, 1, Sort { given: true, single: true, ..Sort::default() });
            return (1, Some(named));
        }
        let last = self.words[at + length - 1].text;
        let is_word_given = lexicon.is_word(self.words[at].text);
        // `Will Ops Get …`
        if is_word_given && !lexicon.is_surname(last) && (odd || run > length) {
            return (1, None);
        }
        // `Carol Willing` above `Thomas Wouters`: the next name does not go on with this one.
        let goes_on = run > length && !lexicon.is_given(self.words[at + length].text);
        let sort = Sort {
            given: true,
            surname: lexicon.is_surname(last),
            odd: odd && ((self.lower)(last) || is_word_given || goes_on),
            ..Sort::default()
        };
        (length, Some(self.make(at, length, sort)))
    }

    /// A name of words that no list has.
    fn unknown(&self, at: usize, run: usize) -> (usize, Option<Named>) {
        let lexicon = Lexicon::get();
        let is_common = |word: &str| lexicon.is_word(word) || (self.lower)(word);
        let first = self.words[at].text;
        let shouts = first.chars().count() > 1
            && !first.chars().any(char::is_lowercase)
            && !self.words[at].is_initial();
        let next_is_particle = run >= 3
            && matches!(
                self.words[at + 1].text,
                "van" | "von" | "de" | "der" | "den" | "di" | "da" | "bin" | "del"
            );
        if is_common(first) && !next_is_particle
            || has(TALKS, first)
            || shouts
            || first.contains('_')
            || first.bytes().any(|byte| byte.is_ascii_digit())
        {
            return (1, None);
        }
        // `Riverbed Peco Karayanev`: a given name follows.
        let before = self.text[..self.words[at].start].trim_end();
        let is_led = [" by", " from", " and", " with", " was", " is", " when", " then", "By"];
        let begins = before.is_empty()
            || before.ends_with([',', '&', '(', '-', '–', '—', ':', '|', '.', '[', '"', '“'])
            || is_led.iter().any(|word| before.ends_with(word));
        if !begins
            && run >= 3
            && lexicon.is_given(self.words[at + 1].text)
            && self.is_surname(self.words[at + 2].text)
        {
            return (1, None);
        }
        let mut length = 1;
        while length < run.min(4) {
            let word = self.words[at + length];
            if !word.is_capital() || word.is_initial() {
                length += 1;
                continue;
            }
            let inner = word.text.chars().skip(1).filter(|letter| letter.is_uppercase()).count();
            if !self.is_surname(word.text)
                || is_common(word.text)
                || inner > 1
                || lexicon.nobody(&[word.text]) > 0
            {
                break;
            }
            length += 1;
        }
        while length > 1 && !self.words[at + length - 1].is_capital() {
            length -= 1;
        }
        let last = self.words[at + length - 1].text;
        let surname = lexicon.is_surname(last);
        if length == 1 {
            let named = self.make(at, 1, Sort { surname, single: true, ..Sort::default() });
            return (1, Some(named));
        }
        // In scripts without our lists a sentence may begin with another word.
        let is_latin = first.chars().all(|letter| (letter as u32) < 0x250);
        if !is_latin && length == 3 {
            return (1, None);
        }
        // More follows that is no name: `Acme Widget Conference`.
        let has_particle = self.words[at..at + length].iter().any(|word| !word.is_capital());
        let odd = run > length || length > 3 && !has_particle;
        (length, Some(self.make(at, length, Sort { surname, odd, ..Sort::default() })))
    }

    fn make(&self, at: usize, length: usize, sort: Sort) -> Named {
        let (first, last) = (self.words[at], self.words[at + length - 1]);
        let name: Vec<&str> = self.words[at..at + length].iter().map(|word| word.text).collect();
        Named {
            start: first.start,
            end: last.end,
            full_end: last.full_end(self.text),
            name: name.join(" ").nfc().collect(),
            possessive: last.possessive,
            sort,
        }
    }
}
