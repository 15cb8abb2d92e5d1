//! Where sentences begin and end, and who somebody is said to be.

use crate::text::{Word, words};

/// How far is looked, in bytes.
const FAR: usize = 220;

/// Where the sentence of a place begins.
pub(super) fn sentence_before(text: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(FAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..at];
    let end = near.rmatch_indices(['.', '!', '?', '\n', ';', '•', '。']).find(|(place, mark)| {
        let after = &near[place + mark.len()..];
        // An initial or `Dr.` ends no sentence, nor a single line break in running prose.
        match *mark {
            "\n" => {
                after.trim_start().starts_with(['-', '*', '•'])
                    || near[..*place].trim_end().ends_with(['.', ':', '!', '?'])
            }
            "." => {
                let word = near[..*place].rsplit([' ', '\n', '(']).next().unwrap_or_default();
                let is_short = word.chars().count() <= 1
                    || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "St" | "vs");
                after.starts_with([' ', '\n', '"', '”', ')']) && !is_short
            }
            _ => true,
        }
    });
    end.map_or(from, |(place, mark)| from + place + mark.len())
}

/// Where the sentence of a place ends.
pub(super) fn sentence_after(text: &str, at: usize) -> usize {
    let mut to = (at + FAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let rest = &text[at..to];
    let end = rest.match_indices(['.', '!', '?', '\n', ';', '。']).find(|(place, mark)| {
        let after = &rest[place + mark.len()..];
        match *mark {
            "\n" => after.starts_with(['\n', '-', '*', '•']),
            "." => after.is_empty() || after.starts_with([' ', '\n', '"', '”', ')']),
            _ => true,
        }
    });
    end.map_or(to, |(place, _)| at + place)
}

/// Passes over all that is said of who somebody is: `(@ann) the maker of curl, from Haxx`.
pub(super) fn appositions(text: &str, at: usize, end: usize) -> (usize, bool) {
    let (mut place, mut is_there) = (at, false);
    for _ in 0..3 {
        let (next, found) = apposition(text, place, end);
        let (next, found) = if found || !is_there { (next, found) } else { role(text, place, end) };
        if !found {
            // A clause begins: `, who …`.
            return (next.max(place), is_there);
        }
        (place, is_there) = (next, true);
    }
    (place, is_there)
}

/// `the creator of the omnipresent curl,`, behind an address in brackets.
fn role(text: &str, at: usize, end: usize) -> (usize, bool) {
    let rest = &text[at..end.max(at)];
    let found = words(&rest[..floor(rest, 90)]);
    let is_role = found.first().is_some_and(|word| matches!(word.text, "the" | "a" | "an" | "one"));
    let close = rest.find(',').filter(|close| *close <= 90);
    match close {
        Some(close) if is_role => (at + close + 1, true),
        _ => (at, false),
    }
}

/// Passes over who somebody is: `, CEO of VM Farms,`, `(Etsy)`, `from Pivotal`; whether there is such.
fn apposition(text: &str, at: usize, end: usize) -> (usize, bool) {
    let rest = &text[at..end];
    let trimmed = rest.trim_start();
    let lead = rest.len() - trimmed.len();
    if let Some(inner) = trimmed.strip_prefix('(') {
        let close = inner.find(')').filter(|close| *close <= 90);
        return close.map_or((at, false), |close| (at + lead + close + 2, true));
    }
    if let Some(inner) = trimmed.strip_prefix(',') {
        let close = inner.find(',').filter(|close| *close <= 110);
        let first = words(inner);
        let is_clause =
            first.first().is_some_and(|word| matches!(word.text, "who" | "and" | "but" | "which" | "then"));
        if is_clause {
            return (at + lead + 1, false);
        }
        return close.map_or((at, false), |close| (at + lead + close + 2, true));
    }
    let first = words(&trimmed[..trimmed.len().min(60).min(floor(trimmed, 60))]);
    match (first.first(), first.get(1)) {
        (Some(link), Some(next))
            if matches!(link.text, "from" | "of" | "at" | "@")
                && (next.is_capital()
                    || next.text == "the" && first.get(2).is_some_and(Word::is_capital)) =>
        {
            let mut last = if next.is_capital() { 1 } else { 2 };
            while let Some(word) = first.get(last + 1)
                && (word.is_capital() || matches!(word.text, "and" | "of" | "team" | "project"))
            {
                last += 1;
            }
            (at + lead + first[last].end, true)
        }
        _ => (at, false),
    }
}

pub(super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
