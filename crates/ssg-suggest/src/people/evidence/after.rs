//! What stands behind a name.

use super::sentence::floor;
use super::{Evidence, Group};
use crate::people::vocabulary::{BOOK, EXPLAINED, GAVE, GIVEN, SAID, SPOKE, TALE, TALKS, has};
use crate::text::{Word, words};
use crate::weights;

/// What the words after a name say; `until` is where the next name begins.
pub(super) fn after_name(after: &[Word<'_>], until: usize) -> Option<Evidence> {
    let mut best: Option<Evidence> = None;
    let mut take = |evidence: Evidence| {
        if best.is_none_or(|best| evidence.weight > best.weight) {
            best = Some(evidence);
        }
    };
    let is_on_stage =
        |pair: &[Word<'_>]| pair[0].text == "on" && pair[1].text == "stage" && pair[1].start < until.max(1);
    if after.windows(2).take(8).any(is_on_stage) {
        take(Evidence::new("spoke", "on stage"));
    }
    let is_their_turn =
        |three: &[Word<'_>]| three[0].text == "an" && three[1].text == "der" && three[2].text == "Reihe";
    if after.windows(3).take(4).any(|three| is_their_turn(three) && three[0].start < until.max(1)) {
        take(Evidence::new("title_line", "whose turn it was"));
    }
    // `was up next`
    let is_up = after.windows(3).take(14).any(|three| {
        matches!(three[0].text, "was" | "is" | "were")
            && three[1].text == "up"
            && matches!(three[2].text, "first" | "next" | "last" | "second" | "then" | "after")
            && three[0].start < until.max(1)
    });
    if is_up {
        take(Evidence::new("title_line", "whose turn it was"));
    }
    for (index, word) in after.iter().enumerate().take(12) {
        if word.start > until && index > 0 {
            break;
        }
        let is_verb_place =
            index < 6 || after[..index].iter().any(|before| matches!(before.text, "who" | "and" | "also"));
        if !is_verb_place {
            continue;
        }
        // A clause about others begins: `X where I presented`.
        if index > 0 && matches!(word.text, "I" | "we" | "We" | "you" | "where" | "because" | "once") {
            break;
        }
        let rest = &after[index + 1..after.len().min(index + 10)];
        let object = rest.iter().position(|word| has(TALKS, word.text));
        let given = rest.iter().take(5).any(|word| has(GIVEN, word.text));
        let plain = word.text;
        if has(GAVE, plain) && (object.is_some() || given) {
            let is_weak =
                matches!(plain, "is" | "was" | "had" | "came" | "will" | "joined" | "made" | "followed");
            take(if is_weak {
                Evidence::new("explained", "something about a talk")
            } else {
                Evidence::new("gave", "gave a talk")
            });
        } else if has(GAVE, plain)
            && rest.first().is_some_and(|next| {
                matches!(next.text, "off" | "stage" | "us" | "the" | "with" | "on" | "up" | "out")
            })
            && (rest.iter().take(4).any(|next| {
                matches!(
                    next.text,
                    "stage" | "day" | "days" | "morning" | "conference" | "event" | "floor" | "things"
                )
            }))
        {
            take(Evidence::new("gave", "took the stage"));
        } else if plain == "stage" && index > 0 && after[index - 1].text == "on" {
            take(Evidence::new("gave", "on stage"));
        } else if matches!(plain, "started" | "kicked" | "opened" | "led")
            && matches!(rest.first().map(|next| next.text), Some("us" | "off" | "things"))
            || matches!(plain, "joined" | "joins" | "joining")
                && rest.first().is_some_and(|next| next.text == "us")
                && object.is_some()
        {
            take(Evidence::new("gave", "began"));
        } else if matches!(plain, "is" | "was" | "were" | "are")
            && rest.iter().take(6).any(|word| {
                matches!(
                    word.text,
                    "speaker"
                        | "speakers"
                        | "keynoter"
                        | "presenter"
                        | "presenters"
                        | "panelist"
                        | "panelists"
                )
            })
        {
            take(Evidence::new("spoke", "was a speaker"));
        } else if plain == "shared" && rest.iter().take(2).any(|next| next.text == "stage") {
            take(Evidence::new("gave", "shared the stage"));
        } else if plain == "talked" && rest.get(1).is_some_and(|next| next.text == "into") {
            // `talked me into it`
        } else if has(SPOKE, plain) {
            let is_noun = index == 0
                && matches!(plain, "talk" | "talks" | "present")
                && !rest.first().is_some_and(|next| matches!(next.text, "about" | "on" | "through" | "us"));
            take(if is_noun {
                Evidence::new("weak_line", "beside a talk")
            } else {
                Evidence::new("spoke", "spoke")
            });
        } else if is_argued(plain, rest)
            || index == 0 && is_begun(plain, rest)
            || is_to_come(after, index)
            || (index < 5 || after[..index].iter().any(|word| matches!(word.text, "who" | "and")))
            && has(EXPLAINED, plain)
            && !rest.is_empty()
            // `brought me a copy`
            && !(plain == "brought" && rest.first().is_none_or(|next| next.text != "up"))
        {
            take(Evidence::new("explained", "explained something"));
        } else if index < 3 && has(SAID, plain) {
            take(Evidence::new("said", "said something"));
        }
    }
    best
}

/// `made a similar point`
fn is_argued(verb: &str, rest: &[Word<'_>]) -> bool {
    matches!(verb, "made" | "makes" | "make" | "making" | "had" | "has")
        && rest.iter().take(4).any(|word| {
            matches!(
                word.text,
                "point" | "points" | "case" | "argument" | "plea" | "observation" | "claim" | "joke"
            )
        })
}

/// `opened with`, `closed by`
fn is_begun(verb: &str, rest: &[Word<'_>]) -> bool {
    matches!(
        verb,
        "opened"
            | "opens"
            | "closed"
            | "closes"
            | "started"
            | "starts"
            | "finished"
            | "ended"
            | "began"
            | "begins"
            | "continued"
            | "concluded"
    ) && rest.first().is_some_and(|word| matches!(word.text, "with" | "by"))
}

/// `will show you`, `to demonstrate`
fn is_to_come(after: &[Word<'_>], index: usize) -> bool {
    let is_helped =
        index > 0 && matches!(after[index - 1].text, "will" | "to" | "would" | "did" | "and" | "then");
    is_helped
        && index < 7
        && matches!(
            after[index].text,
            "show"
                | "demonstrate"
                | "demo"
                | "walk"
                | "introduce"
                | "cover"
                | "outline"
                | "tell"
                | "teach"
                | "lead"
                | "dive"
                | "highlight"
                | "address"
        )
}

/// `John Willis of Docker. He talked about …`, `Lowell Danvers admitted to three. His talk …`
pub(super) fn next_sentence(text: &str, end: usize) -> Option<Evidence> {
    let rest = text[end..].strip_prefix(['.', '!'])?;
    let rest = &rest[..floor(rest, 110)];
    let sentence =
        rest.get(1..).and_then(|later| later.find(['.', '!', '?'])).map_or(rest, |at| &rest[..=at]);
    let found = words(sentence);
    let (first, later) = found.split_first()?;
    match first.text {
        "He" | "She" | "They" => {
            let speaks = later.iter().take(4).any(|word| {
                has(SPOKE, word.text) || has(EXPLAINED, word.text) || matches!(word.text, "gave" | "giving")
            });
            let gave =
                after_name(later, usize::MAX).is_some_and(|one| one.weight >= weights::speaker("spoke"));
            (speaks || gave).then(|| Evidence::new("explained", "spoke in the next sentence"))
        }
        "His" | "Her" | "Their" | "Hers" => {
            let near = later.iter().take(4);
            if near.clone().any(|word| has(TALKS, word.text) && !has(BOOK, word.text)) {
                return Some(Evidence::new("their_talk", "whose talk is told of next"));
            }
            near.clone()
                .any(|word| has(TALE, word.text))
                .then(|| Evidence::new("explained", "whose view is told of next"))
        }
        _ => None,
    }
}

/// `Bridget's talk`, `Ann and Bo's slides`, `Marcus Tate's "Confessions"`, `Erik Nyström's point`.
pub(super) fn possessive(text: &str, group: &Group, after: &[Word<'_>]) -> Option<Evidence> {
    if !group.possessive {
        return None;
    }
    if text[group.end..].trim_start().starts_with(['"', '“', '«', '„']) {
        return Some(Evidence::new("title_line", "whose title it was"));
    }
    let near = after.iter().take(6);
    let book = near.clone().position(|word| has(BOOK, word.text));
    let before_book = |at: &usize| book.is_none_or(|book| book > *at);
    if near.clone().position(|word| has(TALKS, word.text)).is_some_and(|talk| before_book(&talk)) {
        return Some(Evidence::new("their_talk", "whose talk it was"));
    }
    let is_told = |word: &Word<'_>| {
        has(TALE, word.text)
            || matches!(
                word.text,
                "point"
                    | "argument"
                    | "session"
                    | "incident"
                    | "thesis"
                    | "suggestion"
                    | "premise"
                    | "claim"
                    | "conclusion"
                    | "definition"
                    | "approach"
                    | "analogy"
                    | "metaphor"
            )
    };
    near.clone()
        .take(4)
        .position(is_told)
        .is_some_and(|tale| before_book(&tale))
        .then(|| Evidence::new("explained", "whose view it was"))
}
