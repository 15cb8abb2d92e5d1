//! Interviews: a name alone on a line, then questions, each with its answer.
//!
//! A name is only a form, so it needs company: two questions under it, a question that another
//! person is asked too, or the word "interview" in a heading or the title.

use super::shape::{length, name_like, prompt, question, title_like};
use super::unit::Unit;
use std::collections::{HashMap, HashSet};

/// A person who is interviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person<'u> {
    pub name: &'u str,
    /// Whether more than the form of the lines speaks for it.
    pub sure: bool,
}

/// The interviews of one post.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interviews<'u> {
    people: HashMap<usize, Person<'u>>,
    order: Vec<usize>,
    asked_again: HashSet<&'u str>,
}

impl<'u> Interviews<'u> {
    /// Finds the interviews in a post's body.
    pub fn find(units: &'u [Unit], title: &str) -> Self {
        let mut starts: Vec<usize> = (0..units.len()).filter(|at| named_above_question(units, *at)).collect();
        if starts.is_empty() {
            return Self::default();
        }
        drop_common_words(units, &mut starts);
        let announced = mentions_interview(title)
            || units.iter().any(|unit| title_like(&unit.text) && mentions_interview(&unit.text));
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut questions = vec![0; starts.len()];
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(units.len());
            for unit in units[start + 1..end].iter().filter(|unit| unit.closes) {
                let text = unit.text.as_str();
                if question(text) || prompt(text) {
                    questions[index] += 1;
                }
                if (question(text) || repeatable(text))
                    && seen.insert(text, index).is_some_and(|other| other != index)
                {
                    seen.insert(text, usize::MAX);
                }
            }
        }
        let asked_again: HashSet<&str> =
            seen.into_iter().filter(|(_, at)| *at == usize::MAX).map(|(text, _)| text).collect();
        let mut people = HashMap::new();
        for (index, start) in starts.iter().enumerate() {
            let shared = asked_again.contains(units[start + 1].text.as_str());
            let sure = announced || shared || questions[index] >= 2;
            people.insert(*start, Person { name: &units[*start].text, sure });
        }
        Self { people, order: starts, asked_again }
    }

    /// The person whose name stands at this unit.
    pub fn person(&self, at: usize) -> Option<&Person<'u>> {
        self.people.get(&at)
    }

    /// Whether a line in an interview is the interviewer's.
    pub fn asks(&self, text: &str) -> bool {
        question(text) || prompt(text) || self.asked_again.contains(text)
    }

    /// The names of those who surely are interviewed, in order, each once.
    pub fn names(&self) -> Vec<String> {
        let mut seen = HashSet::new();
        let sure = self.order.iter().map(|at| &self.people[at]).filter(|person| person.sure);
        sure.filter(|person| seen.insert(person.name)).map(|person| person.name.to_owned()).collect()
    }
}

fn mentions_interview(text: &str) -> bool {
    text.to_lowercase().contains("interview")
}

/// Whether an answer is no likely reading for a line that occurs twice.
fn repeatable(text: &str) -> bool {
    length(text) <= 120 && text.split(' ').count() >= 4
}

/// A name, with a question below it that is a line of its own.
fn named_above_question(units: &[Unit], at: usize) -> bool {
    let Some(next) = units.get(at + 1) else { return false };
    let close = !units[at].closes || next.blanks_before == 1;
    close && next.closes && name_like(&units[at].text) && question(&next.text)
}

/// Leaves out names whose last word the text also writes small (`Capacity Planning`), unless the
/// question below is asked again elsewhere.
fn drop_common_words(units: &[Unit], starts: &mut Vec<usize>) {
    let last = |at: &usize| units[*at].text.rsplit(' ').next().unwrap_or("").to_lowercase();
    let wanted: HashSet<String> = starts.iter().map(last).collect();
    let mut asked: HashMap<&str, usize> = starts.iter().map(|at| (units[at + 1].text.as_str(), 0)).collect();
    let mut small = HashSet::new();
    for unit in units {
        if let Some(count) = asked.get_mut(unit.text.as_str()) {
            *count += 1;
        }
        // Not what stands inside an address: people are called as their mail boxes are.
        for word in unit.text.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
            if word.starts_with(char::is_lowercase) && wanted.contains(word) {
                small.insert(word);
            }
        }
    }
    starts.retain(|at| asked[units[at + 1].text.as_str()] > 1 || !small.contains(last(at).as_str()));
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;

    #[test]
    fn names_need_company() {
        let text = "Ada Example\nWhere do you work?\n\nAt sea.\n\nWhat is your editor?\n\ned.\n\n\
                    Capacity Planning\nHow much is enough?\n\nWe do some planning.\n\nWhy?\n\nBecause.\n\n\
                    Bo Sample\nIs this all?\n\nYes.\n";
        let units = units(lines(text, &mut Vec::new()));
        assert_eq!(Interviews::find(&units, "Voices").names(), ["Ada Example"]);
        assert_eq!(Interviews::find(&units, "Three interviews").names(), ["Ada Example", "Bo Sample"]);
    }

    #[test]
    fn what_two_people_are_asked_is_a_question() {
        let text = "Ada Small\nWhere?\n\nAt small sea.\n\nSay something kind to us.\n\nHello.\n\n\
                    Bo Sample\nWhere?\n\nHere.\n\nSay something kind to us.\n\nHi.\n";
        let units = units(lines(text, &mut Vec::new()));
        let interviews = Interviews::find(&units, "Voices");
        assert_eq!(interviews.names().len(), 2);
        assert!(interviews.asks("Say something kind to us.") && !interviews.asks("Hello."));
    }
}
