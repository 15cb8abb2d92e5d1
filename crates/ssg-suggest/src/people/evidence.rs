//! What is said of a person about the place where the name stands.

mod after;
mod against;
mod before;
mod sentence;
mod subject;
mod titles;
mod topic;

use super::names::Named;
use crate::text::{Block, Mark, words};
use crate::weights;
use after::{after_name, next_sentence, possessive};
use against::{against, beside_writer, companion};
use before::before_name;
use sentence::{appositions, sentence_after, sentence_before};
use subject::{learned_from, led_one, named_alone, subject, with_talk};
use titles::{about_title, in_brackets, one_of_talks};
use topic::{for_talk, in_their_talk, topic, turn, worth_seeing};

/// A piece of evidence: its weight's name, and why in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Evidence {
    pub weight: f64,
    pub why: &'static str,
}

impl Evidence {
    pub fn new(name: &str, why: &'static str) -> Self {
        Self { weight: weights::speaker(name), why }
    }
}

/// Names that stand together: `Ann Lee, Bo Ray and Cy Ott gave …`. What is said of one is said of all.
pub(super) struct Group {
    pub start: usize,
    pub end: usize,
    pub possessive: bool,
}

/// What speaks for a group of names, and what against it.
pub(super) fn of_group(block: &Block, group: &Group, others: &[Named]) -> Vec<Evidence> {
    let text = block.text.as_str();
    let before = sentence_before(text, group.start);
    let after = sentence_after(text, group.end);
    let before_words = words(&text[before..group.start]);
    let (skipped, apposition) = appositions(text, group.end, after);
    // A company may look like a name.
    let passed = skipped.max(group.end);
    let next_name = others.iter().map(|other| other.start).filter(|start| *start >= passed).min();
    let until = next_name.map_or(after, |next| next.min(after));
    let after_words = words(&text[skipped.min(until.max(skipped))..after]);
    let mut found = Vec::new();
    // Of `Tom's book got a mention` the subject is the book.
    let own_talk = possessive(text, group, &after_words);
    let is_subject = !group.possessive || own_talk.is_some();
    let best_after = after_name(&after_words, until.saturating_sub(skipped)).filter(|_| is_subject);
    let titled = block.marks.iter().any(|(range, mark)| {
        *mark != Mark::Code
            && text[range.clone()].trim().contains(' ')
            && range.end < group.start
            && text[range.end..group.start].len() <= 16
            && !text[range.end..group.start].contains('.')
    });
    let best_before = before_name(&before_words, text, before, group, &after_words, titled);
    let best_next = next_sentence(text, after);
    let gap = until.saturating_sub(skipped);
    let positive = [
        best_after,
        best_before,
        best_next,
        topic(text, group, &before_words, &after_words),
        turn(&before_words),
        for_talk(&after_words, gap),
        worth_seeing(&after_words),
        in_their_talk(&before_words),
        own_talk,
        learned_from(&before_words, &after_words),
        named_alone(text, group, &before_words),
        subject(&before_words, &after_words).filter(|_| !group.possessive),
        with_talk(text, group, &after_words),
        led_one(text, group, &after_words),
        in_brackets(block, group, &before_words),
        about_title(block, group, &after_words, after),
        one_of_talks(text, group, &before_words, &after_words),
    ];
    let best = positive.into_iter().flatten().max_by(|one, other| one.weight.total_cmp(&other.weight));
    if let Some(best) = best {
        found.push(best);
    }
    if apposition {
        found.push(Evidence::new("affiliation", "from somewhere"));
    }
    let is_linked = block.marks.iter().any(|(range, mark)| {
        matches!(mark, Mark::Link(address) if is_recording(address))
            && range.start <= group.start
            && group.end <= range.end + 2
            && range.len() <= group.end - group.start + 2
    });
    if is_linked && best.is_none_or(|best| best.weight < weights::speaker("spoke")) {
        found.push(Evidence::new("linked", "the name leads to a talk"));
    }
    let sentence = before..after;
    let has_slides = block.marks.iter().any(|(range, mark)| {
        // The link of the name itself was counted.
        matches!(mark, Mark::Link(address) if is_recording(address))
            && sentence.contains(&range.start)
            && !(is_linked && range.start <= group.start && group.start < range.end)
    });
    if has_slides {
        found.push(Evidence::new("slides", "beside slides, a recording or a programme"));
    }
    let from = after_words.first().filter(|word| word.text == "from").map_or(0, |_| 6);
    let mut who = words(&text[group.end..skipped.max(group.end)]);
    who.extend(after_words.iter().take(from));
    found.extend(against(&before_words, &after_words, &words(&text[before..after]), best));
    found.extend(beside_writer(text, group, &after_words, best));
    // A colleague who gave a talk spoke.
    if best.is_none_or(|best| best.weight < weights::speaker("their_talk")) {
        found.extend(companion(&before_words, &who));
    }
    found
}

/// Whether slides, recordings or programmes are there.
fn is_recording(address: &str) -> bool {
    [
        "speakerdeck.com",
        "slideshare.net",
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "/program",
        "/sessions",
        "/speakers",
        "/talks/",
        "noti.st",
        "sched.co",
        "sched.org",
        "confreaks",
        "infoq.com/presentations",
        "slides.com",
        "docs.google.com/presentation",
        "lanyrd.com",
    ]
    .iter()
    .any(|part| address.contains(part))
}
