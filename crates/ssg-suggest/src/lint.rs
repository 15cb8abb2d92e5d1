//! What a header names and the text does not.

use crate::data::folded;
use crate::dictionary::Dictionary;
use crate::finding::Subject;
use crate::known::KnownName;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use ssg_parse::FrontMatter;
use ssg_source::Span;
use unicode_normalization::UnicodeNormalization;

/// A tool or a person that a header names and the text never mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmentioned {
    /// [`Subject::Tool`] or [`Subject::Speaker`].
    pub subject: Subject,
    /// As the header has it.
    pub name: String,
    /// Where it stands in the file, in bytes.
    pub span: Span,
}

/// Spellings of all tools and people, by each of them.
pub(crate) struct Spellings {
    groups: Vec<Vec<String>>,
    /// Numbers of groups by folded spellings of a kind.
    by_name: HashMap<(Subject, String), usize>,
}

impl Spellings {
    pub fn new(dictionary: &Dictionary, people: &[KnownName]) -> Self {
        let mut all = Self { groups: Vec::new(), by_name: HashMap::new() };
        for tool in &dictionary.tools {
            let keys = std::iter::once(&tool.name).chain(&tool.aliases).chain(&tool.former);
            let more = std::iter::once(&tool.slug).chain(&tool.misspelled);
            all.add(Subject::Tool, keys.clone(), keys.clone().chain(more));
        }
        for person in people {
            let keys = std::iter::once(&person.name).chain(&person.others);
            all.add(Subject::Speaker, keys.clone(), keys);
        }
        all
    }

    fn add<'n>(
        &mut self,
        subject: Subject,
        keys: impl Iterator<Item = &'n String>,
        spellings: impl Iterator<Item = &'n String>,
    ) {
        for key in keys {
            self.by_name.entry((subject, folded(key))).or_insert(self.groups.len());
        }
        self.groups.push(spellings.cloned().collect());
    }

    /// All spellings of a name besides itself.
    fn of(&self, subject: Subject, name: &str) -> &[String] {
        let group = self.by_name.get(&(subject, folded(name))).and_then(|group| self.groups.get(*group));
        group.map_or(&[], Vec::as_slice)
    }
}

/// The names of a header that a text, with its title and addresses, does not mention under any spelling.
pub(crate) fn unmentioned(
    file: &str,
    body: Span,
    front: &FrontMatter,
    spellings: &Spellings,
) -> Vec<Unmentioned> {
    let text = Tokens::of(
        [
            body.slice(file),
            front.title.as_ref().map_or("", |title| title.value.as_str()),
            front.description.as_ref().map_or("", |text| text.value.as_str()),
        ]
        .into_iter(),
    );
    // Without words there is nothing to mention anybody in.
    if text.count < 20 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for subject in [Subject::Tool, Subject::Speaker] {
        for term in front.terms(subject.key()) {
            let mut names = std::iter::once(&term.value).chain(spellings.of(subject, &term.value));
            let is_there = match subject {
                Subject::Tool => names.any(|name| text.has(name)),
                _ => names.any(|name| text.has(name) || text.has_surname(name)),
            };
            if !is_there {
                found.push(Unmentioned { subject, name: term.value.clone(), span: term.span });
            }
        }
    }
    found
}

/// A text as words without case and accents.
struct Tokens {
    /// All words, with a space about each.
    joined: String,
    each: HashSet<String>,
    count: usize,
}

impl Tokens {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut joined, mut each, mut count) = (String::from(" "), HashSet::new(), 0);
        for word in texts.flat_map(tokens) {
            joined.push_str(&word);
            joined.push(' ');
            count += 1;
            each.insert(word);
        }
        Self { joined, each, count }
    }

    /// Whether the words of a name stand together, or are written as one.
    fn has(&self, name: &str) -> bool {
        let words = tokens(name);
        let phrase = format!(" {} ", words.join(" "));
        !words.is_empty() && (self.joined.contains(&phrase) || self.each.contains(&words.concat()))
    }

    /// Whether the last word of a name stands anywhere.
    fn has_surname(&self, name: &str) -> bool {
        tokens(name).last().is_some_and(|last| last.chars().count() >= 3 && self.each.contains(last))
    }
}

fn tokens(text: &str) -> Vec<String> {
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let plain: String =
        text.nfkd().filter(|letter| !is_accent(letter)).flat_map(char::to_lowercase).collect();
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How many files mention a name, by kind and name: what headers say and what is found in texts.
#[derive(Debug, Default)]
pub struct Mentions {
    counts: HashMap<(Subject, String), (String, usize)>,
}

impl Mentions {
    /// No file was read yet.
    #[must_use]
    pub fn new() -> Self {
        Self { counts: HashMap::new() }
    }

    /// Counts the names of one file, each once.
    pub fn add(&mut self, names: impl Iterator<Item = (Subject, String)>) {
        let mut seen = HashSet::new();
        for (subject, name) in names {
            let key = (subject, folded(&name));
            if seen.insert(key.clone()) {
                self.counts.entry(key).or_insert((name, 0)).1 += 1;
            }
        }
    }

    /// Names that at least so many files mention, most first.
    #[must_use]
    pub fn at_least(&self, least: usize) -> Vec<(Subject, &str, usize)> {
        let mut often: Vec<(Subject, &str, usize)> = self
            .counts
            .iter()
            .filter(|(_, (_, count))| *count >= least)
            .map(|((subject, _), (name, count))| (*subject, name.as_str(), *count))
            .collect();
        often.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| (one.0, one.1).cmp(&(other.0, other.1))));
        often
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_under_any_spelling() {
        let text = Tokens::of(["We saw JohnRyding and Ms. Müller-Lüdenscheidt, and k8s."].into_iter());
        assert!(text.has("John Ryding") && text.has("muller ludenscheidt") && !text.has("Ann Lee"));
        assert!(text.has_surname("Eva Lüdenscheidt") && !text.has_surname("Eva Lee"));
    }

    #[test]
    fn files_are_counted_once() {
        let mut mentions = Mentions::new();
        for _ in 0..2 {
            let names = ["Docker", "docker"].map(|name| (Subject::Tool, name.to_owned()));
            mentions.add(names.into_iter());
        }
        assert_eq!(mentions.at_least(2), [(Subject::Tool, "Docker", 2)]);
        assert!(mentions.at_least(3).is_empty());
    }
}
