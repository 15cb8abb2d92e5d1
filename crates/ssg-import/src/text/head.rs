//! The head of a post: its title, its date line, its author.
//!
//! What is taken into the front matter is not repeated in the body. A first line that cannot be
//! a title stays in the body, and the title is made of its first words.

use super::dates::{date_line, mentioned};
use super::shape::{is_rule, name_like, title_like};
use super::split::chapter;
use super::unit::Unit;
use crate::Guess;
use jiff::civil::Date;

/// What the head of a post says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub title: String,
    pub chapter: Option<u32>,
    pub date: Option<Date>,
    pub authors: Vec<String>,
    /// Index of the first unit of the body.
    pub body: usize,
    /// A date that the text names: an event's as likely as the post's.
    pub mentioned: Option<(Date, usize)>,
}

/// Longest title that is made of a first line, in characters.
const LONGEST: usize = 120;

/// Reads the head off the units of one post.
pub(crate) fn head(units: &[Unit], guesses: &mut Vec<Guess>) -> Head {
    let mut head = Head::default();
    let mut at = 0;
    if units.len() > 1 && take_date(&mut head, &units[0], guesses) {
        at = 1;
    }
    let first = &units[at];
    if title_like(&first.text) {
        head.title.clone_from(&first.text);
        at += 1 + usize::from(units.get(at + 1).is_some_and(|next| is_rule(&next.text) && !next.opens));
    } else {
        guesses.push(Guess::new(first.first, "no line is a title: made of the first words"));
        head.title = first_words(&first.text);
    }
    if let Some((number, name)) = chapter(&head.title) {
        (head.chapter, head.title) = (Some(number), name.to_owned());
    }
    // Dates and authors stand among the next lines, whatever their order.
    while let Some(unit) = units.get(at).filter(|_| at < 6) {
        if head.date.is_none() && take_date(&mut head, unit, guesses) {
            at += 1;
        } else if let Some(author) = author(&unit.text).filter(|_| head.authors.is_empty()) {
            head.authors.push(author.to_owned());
            at += 1;
        } else {
            break;
        }
    }
    head.body = at;
    if head.date.is_none() {
        let mut dates = units[at..].iter().filter_map(|unit| Some((mentioned(&unit.text)?, unit.first)));
        head.mentioned = dates.next();
    }
    head
}

fn take_date(head: &mut Head, unit: &Unit, guesses: &mut Vec<Guess>) -> bool {
    let Some(line) = date_line(&unit.text) else { return false };
    if line.wrong_weekday {
        guesses.push(Guess::new(unit.first, format!("{} is another weekday than the line says", line.date)));
    }
    head.date = Some(line.date);
    if head.authors.is_empty() {
        head.authors.extend(line.author);
    }
    true
}

/// The author that a line such as `Author: Kim` or `By Kim Example` names.
fn author(text: &str) -> Option<&str> {
    if text.len() > 80 {
        return None;
    }
    for label in ["Author:", "AUTHOR:", "Written by:", "Written by ", "Posted by:", "Posted by "] {
        if let Some(name) = text.strip_prefix(label) {
            let name = name.split(" at ").next().unwrap_or(name).trim();
            return Some(name).filter(|name| !name.is_empty());
        }
    }
    text.strip_prefix("By ")
        .or_else(|| text.strip_prefix("by "))
        .map(str::trim)
        .filter(|name| name_like(name))
}

/// The first sentence, or as many of its words as make a title.
fn first_words(text: &str) -> String {
    let start: String = text.chars().take(LONGEST).collect();
    let sentence = start.split(". ").next().unwrap_or(&start);
    if sentence.len() == text.len() || sentence.len() < start.len() {
        return sentence.trim_end_matches(['.', ' ', ',', ';', ':']).to_owned();
    }
    let cut = start.rfind(' ').filter(|at| *at > 20).unwrap_or(start.len());
    format!("{}…", start[..cut].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> (Head, Vec<Guess>) {
        let mut guesses = Vec::new();
        let head = head(&units(lines(text, &mut Vec::new())), &mut guesses);
        (head, guesses)
    }

    #[test]
    fn title_date_and_author_in_any_order() {
        let expected = (Some(date(2017, 3, 4)), vec!["Kim Example".to_owned()], true);
        for text in [
            "A Title\n======\nBy Kim Example\nMarch 4, 2017\n\nText.",
            "A Title\n\n>> Saturday, March 04, 2017\n\nAuthor: Kim Example\n\nText.",
            "March 4, 2017\n\nA Title\n\nPosted by Kim Example at 7:01\n\nText.",
        ] {
            let (head, guesses) = read(text);
            assert_eq!(head.title, "A Title");
            assert_eq!((head.date, head.authors, head.body >= 3), expected, "{text}");
            assert_eq!(guesses, []);
        }
    }

    #[test]
    fn an_event_s_date_is_not_the_post_s() {
        let (head, _) = read("A Title\n\nSee you – Saturday, March 4th, 2017, from 6pm.\n");
        assert_eq!((head.date, head.mentioned), (None, Some((date(2017, 3, 4), 3))));
    }

    #[test]
    fn prose_is_no_title() {
        let (head, guesses) = read("it was a long day. Then it ended.\n\nText.");
        assert_eq!((head.title.as_str(), head.body, guesses.len()), ("it was a long day", 0, 1));
        let (head, _) = read(&"x".repeat(1_000_000));
        assert_eq!(head.title.chars().count(), LONGEST + 1);
        let (head, _) = read("Chapter 3. Of Harbours\nAuthor: Kim");
        assert_eq!((head.title.as_str(), head.chapter), ("Of Harbours", Some(3)));
    }
}
