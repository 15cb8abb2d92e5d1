//! Events of the site that a text names or links to.

use super::index::{Event, Index, steps};
use super::{day, links, without_scheme};
use crate::finding::{Finding, Subject};
use crate::text::Text;
use std::collections::BTreeSet;

/// The events of a site that a text is about: `plain` are its blocks folded, `written` its day.
pub(super) fn events(
    text: &Text,
    plain: &[String],
    index: &Index,
    addresses: &BTreeSet<&str>,
    written: Option<&str>,
) -> Vec<Finding> {
    let words: BTreeSet<&str> = plain.iter().flat_map(|block| block.split(' ')).collect();
    let mut found = Vec::new();
    for number in index.events_of(words.iter().copied(), addresses) {
        let Some(event) = index.events.get(number) else { continue };
        let hit = linked(text, index, number, written).or_else(|| named(text, plain, &words, event, written));
        let Some((place, confidence, why)) = hit else { continue };
        found.push(Finding {
            subject: Subject::Event,
            name: event.id.clone(),
            line: text.line(place),
            confidence,
            why: why.to_owned(),
        });
    }
    found
}

/// Whether a text links to an event: where, how sure that is, and why.
fn linked(
    text: &Text,
    index: &Index,
    number: usize,
    written: Option<&str>,
) -> Option<(usize, f64, &'static str)> {
    let event = index.events.get(number)?;
    let own = index.links_of(number);
    let (block, at, _) = links(text).find(|(_, _, address)| {
        let plain = without_scheme(address);
        let is_own = own.iter().any(|own| {
            plain.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        is_own || !event.id.is_empty() && steps(address).any(|step| step == event.id)
    })?;
    // Other events are linked to in passing.
    let is_near = written.is_some_and(|day| day::is_after(&event.days, day, 120));
    let (confidence, why) =
        if is_near { (0.95, "a link to it, near its days") } else { (0.45, "a link to it") };
    Some((block.source(at), confidence, why))
}

/// Whether a text names an event: where, how sure that is, and why.
fn named(
    text: &Text,
    plain: &[String],
    all: &BTreeSet<&str>,
    event: &Event,
    written: Option<&str>,
) -> Option<(usize, f64, &'static str)> {
    let has_first = |name: &str| all.contains(name.split(' ').next().unwrap_or_default());
    if !has_first(&event.title) && (event.city.is_empty() || !has_first(&event.city)) {
        return None;
    }
    let has_year = all.contains(event.year.as_str());
    let is_near = written.is_some_and(|day| day::is_after(&event.days, day, 120));
    let place = |needle: &str| {
        let number = plain.iter().position(|block| has_words(block, needle))?;
        text.blocks.iter().filter(|block| !block.is_code()).nth(number).map(|block| block.source(0))
    };
    let is_there = names_event(plain, event);
    if event.title.len() >= 6
        && is_there
        && let Some(at) = place(&event.title)
    {
        return match (has_year, is_near) {
            (_, true) => Some((at, 0.95, "its name, near its days")),
            (true, _) => Some((at, 0.9, "its name and its year")),
            _ => Some((at, 0.4, "its name")),
        };
    }
    if !event.city.is_empty()
        && is_near
        && let Some(at) = place(&event.city)
        && ["devopsdays", "devops days", "conference", "conf", "summit", "meetup", "talks"]
            .iter()
            .any(|word| plain.iter().any(|block| block.contains(word)))
    {
        return Some((at, 0.75, "its city, near its days"));
    }
    None
}

/// Whether a text has the title of an event, and not only with another year: `Harbour Ops Day 2026` is not that of 2027.
fn names_event(plain: &[String], event: &Event) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let (mut is_there, mut has_own, mut has_other) = (false, false, false);
    for block in plain {
        for at in places(block, &event.title) {
            is_there = true;
            let (before, after) = (&block[..at], &block[at + event.title.len()..]);
            let beside = [before.split_whitespace().next_back(), after.split_whitespace().next()];
            for year in beside.into_iter().flatten().filter(|word| is_year(word)) {
                has_own |= year == event.year;
                has_other |= year != event.year;
            }
        }
    }
    is_there && (has_own || !has_other)
}

/// Whether a text of words with one space between has some words together.
fn has_words(text: &str, words: &str) -> bool {
    places(text, words).next().is_some()
}

/// Where a text of words with one space between has some words together.
fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(words).map(|(at, _)| at).filter(move |at| {
        let (before, after) = (&text[..*at], &text[at + words.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::{Event, has_words, names_event};

    #[test]
    fn an_event_of_another_year_is_another() {
        let event = Event {
            id: "2027-harbour".to_owned(),
            days: ("2027-06-02".to_owned(), "2027-06-02".to_owned()),
            year: "2027".to_owned(),
            title: "harbour ops day".to_owned(),
            city: String::new(),
        };
        let names = |blocks: &[&str]| {
            let plain: Vec<String> = blocks.iter().map(|block| (*block).to_owned()).collect();
            names_event(&plain, &event)
        };
        assert!(
            names(&["harbour ops day in 2027"]) && names(&["harbour ops day 2026", "2027 harbour ops day"])
        );
        assert!(!names(&["harbour ops day 2026 is off", "harbour ops day"]) && !names(&["the harbour"]));
    }

    #[test]
    fn words_are_whole() {
        assert!(has_words("we met in ghent", "ghent") && has_words("new york was", "new york"));
        assert!(!has_words("newport", "new") && !has_words("anew york", "new york"));
    }
}
