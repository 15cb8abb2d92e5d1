//! What speaks against it.

use super::{Evidence, Group};
use crate::people::vocabulary::{BOOK, COMPANION, MET, ORGANIZER, THANKS, has};
use crate::text::Word;
use crate::weights;

/// How a text comes to those whom speakers and writers think of.
const REMINDED: &[&str] = &[
    "reminded",
    "reminds",
    "reminder",
    "echoes",
    "echoed",
    "echoing",
    "inspired",
    "quote",
    "quoting",
    "quotes",
    "quoted",
    "referenced",
    "references",
    "referencing",
    "cited",
    "citing",
    "cites",
    "paraphrasing",
    "paraphrased",
    "attributed",
    "leaned",
    "influenced",
    "riff",
    "quotation",
    "channeling",
];

/// What speaks against it.
pub(super) fn against(
    before: &[Word<'_>],
    after: &[Word<'_>],
    sentence: &[Word<'_>],
    best: Option<Evidence>,
) -> Vec<Evidence> {
    let mut found = Vec::new();
    let strong = best.is_some_and(|best| best.weight >= weights::speaker("spoke"));
    let near_before =
        |list: &[&str], count: usize| before.iter().rev().take(count).any(|word| has(list, word.text));
    let near_after = |list: &[&str], count: usize| after.iter().take(count).any(|word| has(list, word.text));
    // `we learnt about it thanks to Ann Lee`
    let is_learnt =
        before.windows(2).next_back().is_some_and(|pair| pair[0].text == "thanks" && pair[1].text == "to")
            && before.iter().any(|word| matches!(word.text, "learnt" | "learned" | "heard" | "saw"));
    if near_before(THANKS, 6) && !strong && !is_learnt {
        found.push(Evidence::new("thanks", "thanked"));
    }
    let is_speaker = best.is_some_and(|best| best.why == "a speaker");
    if near_before(ORGANIZER, 5) && !is_speaker
        || near_after(&["organized", "organised", "organizer", "organiser"], 4)
    {
        found.push(Evidence::new("organizer", "perhaps a host"));
    }
    let shows =
        after.first().is_some_and(|word| matches!(word.text, "put" | "showed" | "shows" | "shared" | "had"));
    if near_after(&["photos", "pictures", "photo", "photographs", "notes"], 4) && !strong && !shows {
        found.push(Evidence::new("organizer", "perhaps a helper"));
    }
    let is_book = near_before(BOOK, 6)
        || near_after(
            &["wrote", "book", "author", "blogged", "tweeted", "published", "coined", "quote", "novel"],
            6,
        );
    if is_book && !strong {
        found.push(Evidence::new("book", "perhaps an author"));
    }
    // `It reminded me of …`, `as Kent Beck once said`
    if near_before(REMINDED, 6) && !strong || near_after(&["once", "famously"], 2) {
        found.push(Evidence::new("book", "quoted"));
    }
    // `I asked Ann Lee what she works on`
    let is_asked = before.windows(2).any(|pair| {
        matches!(pair[0].text, "I" | "we" | "We") && matches!(pair[1].text, "asked" | "ask" | "told" | "met")
    }) && before.len() <= 8;
    if (near_before(MET, 4) || is_asked) && !strong {
        found.push(Evidence::new("attended", "perhaps met"));
    }
    if !strong && before.last().is_some_and(|word| matches!(word.text, "As" | "as")) {
        found.push(Evidence::new("attended", "quoted"));
    }
    if !strong && sentence.iter().any(|word| matches!(word.text, "according" | "According")) {
        found.push(Evidence::new("book", "quoted"));
    }
    found
}

/// `my boss`, `from our team`, `from our Dublin office`: who came with the writer. `who` is what is said of them behind the name.
pub(super) fn companion(before: &[Word<'_>], who: &[Word<'_>]) -> Option<Evidence> {
    let is_ours = |words: &[Word<'_>]| {
        words.iter().enumerate().take(4).any(|(index, word)| {
            matches!(word.text, "my" | "our" | "My" | "Our")
                && words[index + 1..].iter().take(2).any(|next| has(COMPANION, next.text))
        })
    };
    let near = &before[before.len().saturating_sub(4)..];
    (is_ours(who) || is_ours(near)).then(|| Evidence::new("companion", "came with the writer"))
}

/// `Tom Lane and I chatted`, `Ann Lee's blog`: who was there with the writer, or wrote.
pub(super) fn beside_writer(
    text: &str,
    group: &Group,
    after: &[Word<'_>],
    best: Option<Evidence>,
) -> Option<Evidence> {
    if best.is_some_and(|best| best.weight >= weights::speaker("spoke")) {
        return None;
    }
    let rest = text.get(group.end..)?.trim_start();
    if ["and I ", "and me ", "and I,", "and myself"].iter().any(|lead| rest.starts_with(lead)) {
        return Some(Evidence::new("attended", "beside the writer"));
    }
    let is_writing = |word: &Word<'_>| {
        matches!(
            word.text,
            "blog" | "blogpost" | "post" | "article" | "book" | "newsletter" | "tweet" | "paper"
        )
    };
    (group.possessive && after.iter().take(2).any(is_writing))
        .then(|| Evidence::new("book", "perhaps an author"))
}
