//! Sentences whose subject is a name: `Later that day Amy Sutton was brilliant on …`.

use super::{Evidence, Group};
use crate::people::vocabulary::{
    ABROAD, ATTENDED, AUDIENCE, BOOK, EXPLAINED, GAVE, IRREGULAR, SAID, SPOKE, TALE, TALKS, has,
};
use crate::text::{Word, words};

/// Words that may stand between a name and its verb.
const BETWEEN: &[&str] = &[
    "then",
    "also",
    "both",
    "next",
    "later",
    "finally",
    "really",
    "a",
    "nous",
    "who",
    "even",
    "just",
    "actually",
    "hat",
    "war",
    "ha",
    "has",
    "have",
    "ensuite",
    "puis",
    "également",
    "aussi",
    "dann",
    "danach",
    "anschließend",
    "auch",
    "luego",
    "después",
    "también",
    "depois",
    "também",
    "daarna",
    "ook",
    "est",
    "again",
    "first",
    "later",
    "subsequently",
    "afterwards",
];

/// What the verb of a sentence says whose subject is a name. `before` are the words of the sentence up to the name.
pub(super) fn subject(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Evidence> {
    let place = after.iter().take(3).position(|word| !has(BETWEEN, word.text) || is_only_verb(after))?;
    let verb = after[place];
    let rest = &after[place + 1..after.len().min(place + 7)];
    if has(ABROAD, verb.text) {
        return Some(Evidence::new("spoke", "spoke"));
    }
    let is_me = rest.first().is_some_and(|word| word.text == "me")
        && matches!(verb.text, "taught" | "convinced" | "reminded" | "showed" | "persuaded");
    let addresses = is_me || rest.iter().take(4).any(|word| has(AUDIENCE, word.text)) && !is_help(verb.text);
    let is_plural = matches!(
        verb.text,
        "help" | "give" | "take" | "tell" | "show" | "walk" | "guide" | "teach" | "lead" | "remind" | "join"
    );
    if (verb.text.ends_with("ing") || is_plural) && addresses {
        return Some(Evidence::new("audience", "addressed the audience"));
    }
    // `gave birth to a project`
    let is_idiom =
        verb.text == "gave" && rest.first().is_some_and(|word| matches!(word.text, "birth" | "up"));
    if has(ATTENDED, verb.text) || !is_verb(verb.text) || is_idiom {
        return None;
    }
    let is_told = matches!(verb.text, "had" | "has" | "have")
        && rest.windows(2).take(5).any(|pair| pair[0].text == "to" && pair[1].text == "say");
    if is_told {
        return Some(Evidence::new("audience", "had something to say"));
    }
    if addresses {
        return Some(Evidence::new("audience", "addressed the audience"));
    }
    // `is joining the team`, `has accepted the role`
    let is_role = rest.iter().find(|word| !has(BETWEEN, word.text)).is_some_and(|next| {
        matches!(verb.text, "is" | "are" | "has" | "have" | "was" | "were")
            && (next.text.ends_with("ing") || next.text.ends_with("ed"))
            && ![SPOKE, GAVE, EXPLAINED].iter().any(|list| has(list, next.text))
    });
    (begins(before) && !is_role).then(|| Evidence::new("subject", "the subject of a sentence"))
}

/// `Bruno has.`: no other verb follows.
fn is_only_verb(after: &[Word<'_>]) -> bool {
    after.len() < 2
}

/// What hosts and helpers do to an audience.
fn is_help(verb: &str) -> bool {
    matches!(
        verb,
        "kept"
            | "keeps"
            | "fed"
            | "let"
            | "lets"
            | "allowed"
            | "sent"
            | "sends"
            | "offered"
            | "treated"
            | "drove"
            | "gathered"
    )
}

/// Whether a word may be a verb of what somebody did.
fn is_verb(word: &str) -> bool {
    has(IRREGULAR, word)
        || has(GAVE, word)
        || has(SPOKE, word)
        || has(EXPLAINED, word)
        || has(SAID, word)
        || word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase)
}

/// Whether a sentence begins with a name, but for words of time and place.
fn begins(before: &[Word<'_>]) -> bool {
    let Some(first) = before.first() else { return true };
    let is_lead = matches!(
        first.text.to_lowercase().as_str(),
        "then"
            | "next"
            | "later"
            | "after"
            | "afterwards"
            | "following"
            | "finally"
            | "in"
            | "on"
            | "at"
            | "first"
            | "second"
            | "third"
            | "also"
            | "to"
            | "during"
            | "before"
            | "lastly"
            | "last"
            | "and"
            | "meanwhile"
            | "but"
            | "firstly"
            | "secondly"
            | "from"
            | "early"
            | "earlier"
    );
    let is_quiet = |word: &&Word<'_>| {
        !has(BOOK, word.text) && !matches!(word.text, "I" | "he" | "she" | "it" | "they" | "that")
    };
    is_lead && before.len() <= 8 && before.iter().filter(is_quiet).count() == before.len()
}

/// `Tomasz Nowak with "Your YAML …"`, `Kelly Brandt with her tale of …`.
pub(super) fn with_talk(text: &str, group: &Group, after: &[Word<'_>]) -> Option<Evidence> {
    let with =
        after.first().filter(|word| matches!(word.text, "with" | "mit" | "avec" | "con" | "met" | "com"))?;
    let rest = text.get(group.end..)?;
    let behind = &rest[rest.find(with.text)? + with.text.len()..];
    let is_title = behind.trim_start().starts_with(['"', '“', '„', '«', '‘', '\'']);
    let own = after.get(1).is_some_and(|word| {
        matches!(
            word.text,
            "his" | "her" | "their" | "a" | "an" | "some" | "seinem" | "ihrem" | "son" | "sa" | "su" | "the"
        )
    });
    let is_talk =
        own && after.iter().skip(2).take(5).any(|word| has(TALKS, word.text) || has(TALE, word.text));
    (is_title || is_talk).then(|| Evidence::new("title_line", "with a talk"))
}

/// `Sam Oduya hosted one about secrets`, behind a sentence about open spaces.
pub(super) fn led_one(text: &str, group: &Group, after: &[Word<'_>]) -> Option<Evidence> {
    let leads = after.iter().take(2).any(|word| {
        matches!(
            word.text,
            "hosted" | "led" | "ran" | "facilitated" | "proposed" | "moderated" | "convened" | "held"
        )
    });
    // `a discussion that Quentin Moss had proposed`
    let ends = after.len() <= 3
        && after.iter().any(|word| matches!(word.text, "proposed" | "led" | "hosted" | "facilitated"));
    let one = after.iter().take(5).any(|word| matches!(word.text, "one" | "it" | "another" | "ours"));
    if !(ends || leads && one) {
        return None;
    }
    let mut from = group.start.saturating_sub(160);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let is_session =
        |word: &str| has(TALKS, word) || matches!(word, "spaces" | "space" | "discussions" | "discussion");
    words(&text[from..group.start])
        .iter()
        .any(|word| is_session(word.text))
        .then(|| Evidence::new("gave", "led a session"))
}

/// `From Sunita Rao I learned that …`
pub(super) fn learned_from(before: &[Word<'_>], after: &[Word<'_>]) -> Option<Evidence> {
    let is_from = before.last().is_some_and(|word| matches!(word.text, "From" | "from"));
    let is_from = is_from
        || matches!(before, [.., thanks, to] if thanks.text == "thanks" && to.text == "to")
            && before.iter().any(|word| matches!(word.text, "learnt" | "learned" | "heard"));
    let mut near = after.iter().take(4).chain(before.iter().rev().take(8));
    let is_learnt = near.any(|word| matches!(word.text, "learned" | "learnt" | "learn" | "heard" | "hear"));
    (is_from && is_learnt).then(|| Evidence::new("audience", "learned from"))
}

/// `Then Melissa Greer. Wow.`
pub(super) fn named_alone(text: &str, group: &Group, before: &[Word<'_>]) -> Option<Evidence> {
    let [lead] = before else { return None };
    let ends = text[group.end..].trim_start().starts_with(['.', '!', ':']);
    (ends && matches!(lead.text, "Then" | "Next" | "Finally" | "First" | "Last" | "Later"))
        .then(|| Evidence::new("title_line", "whose turn it was"))
}
