//! What is said of a person about the place where the name stands.

use super::names::Named;
use super::vocabulary::{
    BOOK, EXPLAINED, GAVE, GIVEN, MET, ORGANIZER, SAID, SPOKE, TALKS, THANKS, TURN, has,
};
use crate::text::{Block, Mark, Word, words};
use crate::weights;

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

/// How far is looked, in bytes.
const FAR: usize = 220;

/// What speaks for a group of names, and what against it.
pub(super) fn of_group(block: &Block, group: &Group, others: &[Named]) -> Vec<Evidence> {
    let text = block.text.as_str();
    let before = sentence_before(text, group.start);
    let after = sentence_after(text, group.end);
    let before_words = words(&text[before..group.start]);
    let next_name = others.iter().map(|other| other.start).filter(|start| *start >= group.end).min();
    let until = next_name.map_or(after, |next| next.min(after));
    let (skipped, apposition) = apposition(text, group.end, after);
    let after_words = words(&text[skipped.min(until.max(skipped))..after]);
    let mut found = Vec::new();
    let best_after = after_name(&after_words, until.saturating_sub(skipped));
    let titled = block.marks.iter().any(|(range, mark)| {
        *mark != Mark::Code
            && range.end < group.start
            && text[range.end..group.start].len() <= 16
            && !text[range.end..group.start].contains('.')
    });
    let best_before = before_name(&before_words, text, before, group, &after_words, titled);
    let best_next = next_sentence(text, after);
    // `First talk: Ole Lensmar on testing`, `**Elisabeth Hendrickson** on feedback`
    let is_first = text[..group.start].trim_end().is_empty() || text[..group.start].trim_end().ends_with(':');
    let topic = after_words.first().filter(|word| is_first && matches!(word.text, "on" | "about"));
    let topic = topic.map(|_| Evidence::new("title_line", "on a subject"));
    let positive = [best_after, best_before, best_next, topic, possessive(group, &after_words)];
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
        matches!(mark, Mark::Link(address) if is_recording(address)) && sentence.contains(&range.start)
    });
    if has_slides {
        found.push(Evidence::new("slides", "beside slides, a recording or a programme"));
    }
    found.extend(against(&before_words, &after_words, &words(&text[before..after]), best));
    found
}

/// Where the sentence of a place begins.
fn sentence_before(text: &str, at: usize) -> usize {
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
fn sentence_after(text: &str, at: usize) -> usize {
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

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What the words after a name say; `until` is where the next name begins.
fn after_name(after: &[Word<'_>], until: usize) -> Option<Evidence> {
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
        if index > 0 && matches!(word.text, "I" | "we" | "We" | "you" | "where" | "because") {
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
        } else if has(SPOKE, plain) {
            let is_noun = index == 0
                && matches!(plain, "talk" | "talks" | "present")
                && !rest.first().is_some_and(|next| matches!(next.text, "about" | "on" | "through" | "us"));
            take(if is_noun {
                Evidence::new("weak_line", "beside a talk")
            } else {
                Evidence::new("spoke", "spoke")
            });
        } else if index < 5
            && has(EXPLAINED, plain)
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

/// What the words before a name say.
fn before_name(
    before: &[Word<'_>],
    text: &str,
    offset: usize,
    group: &Group,
    after: &[Word<'_>],
    titled: bool,
) -> Option<Evidence> {
    let last = before.last()?;
    let gap = &text[offset + last.end.min(group.start - offset)..group.start];
    let is_close = gap.chars().count() <= 4;
    let at = |back: usize| {
        before.len().checked_sub(back).and_then(|index| before.get(index)).map_or("", |word| word.text)
    };
    let talk_within = |count: usize| before.iter().rev().take(count).any(|word| has(TALKS, word.text));
    let last_word = at(1).to_lowercase();
    let book_within = before.iter().rev().take(8).any(|word| has(BOOK, word.text));
    if !is_close {
        return None;
    }
    let quoted =
        titled || gap.contains(['"', '“', '”']) || text[offset..group.start].contains(['"', '“', '”']);
    // `We are joined by …`, `Bridget chats with the authors: …`
    let talks_with = |back: usize| {
        let verb = at(back + 1).to_lowercase();
        let link = at(back).to_lowercase();
        let is_talk = matches!(
            verb.as_str(),
            "chat"
                | "chats"
                | "chatted"
                | "chatting"
                | "talk"
                | "talks"
                | "talked"
                | "speak"
                | "speaks"
                | "spoke"
                | "interview"
                | "conversation"
                | "interviews"
                | "down"
                | "discussion"
                | "up"
        );
        link == "by" && verb == "joined" || is_talk && matches!(link.as_str(), "with" | "to")
    };
    let is_told_late = gap.contains(':') && (2..12).any(talks_with);
    if is_told_late || talks_with(1) {
        return Some(Evidence::new("spoke", "in conversation"));
    }
    if matches!(last_word.as_str(), "own" | "own,")
        && before.iter().rev().take(4).any(|word| word.text == "by")
        && titled
    {
        return Some(Evidence::new("title_line", "a title by"));
    }
    match last_word.as_str() {
        "to" if talk_within(2)
            && before
                .iter()
                .rev()
                .take(5)
                .any(|word| matches!(word.text, "giving" | "gave" | "given" | "slot")) =>
        {
            Some(Evidence::new("spoke", "was given a slot"))
        }
        "by" | "von" | "por" | "par" | "от" => {
            let is_other = has(THANKS, at(2))
                || has(ORGANIZER, at(2))
                || book_within
                || matches!(
                    at(2).to_lowercase().as_str(),
                    "posted" | "written" | "sponsored" | "hosted" | "provided" | "inspired" | "led"
                );
            let is_led = matches!(at(2), "led" | "run" | "facilitated" | "hosted" | "moderated" | "held")
                && before.iter().rev().take(8).any(|word| {
                    matches!(word.text, "space" | "spaces" | "discussion" | "Space" | "session" | "workshop")
                });
            if is_led || talk_within(12) && (!is_other || talk_within(3)) {
                return Some(Evidence::new("talk_by", "a talk by"));
            }
            if is_other {
                return None;
            }
            if matches!(
                at(2),
                "presented" | "given" | "delivered" | "facilitated" | "moderated" | "followed" | "kicked"
            ) || at(3) == "followed"
            {
                return Some(Evidence::new("talk_by", "presented by"));
            }
            if quoted {
                return Some(Evidence::new("title_line", "a title by"));
            }
            (before.len() > 2).then(|| Evidence::new("said", "something by"))
        }
        "with" | "from" | "of" | "mit" if talk_within(7) && !book_within => {
            let is_weak = last_word == "of";
            Some(if is_weak {
                Evidence::new("explained", "beside a talk")
            } else {
                Evidence::new("talk_by", "a talk with")
            })
        }
        "speaker" | "speakers" | "keynote" | "keynoter" | "keynoters" | "presenter" | "presenters"
        | "panelist" | "panelists" | "guest" | "guests" | "panellists" | "referent" | "講者" | "登壇者"
        | "speaker's" | "keynotes" | "ignite" | "докладчик" => {
            Some(Evidence::new("talk_by", "a speaker"))
        }
        "evangelist" | "advocate" | "when" | "as" | "where" | "how" | "while" | "that" => None,
        _ => {
            let pair = format!("{} {}", at(2).to_lowercase(), last_word);
            let is_turn = TURN.contains(&pair.as_str()) || TURN.contains(&last_word.as_str());
            let speaks = after.iter().take(4).any(|word| {
                matches!(
                    word.text,
                    "speak"
                        | "talk"
                        | "present"
                        | "give"
                        | "on"
                        | "discuss"
                        | "about"
                        | "speaking"
                        | "presenting"
                )
            });
            if is_turn
                && (speaks || talk_within(8) || pair.ends_with("up") || last_word == "was" && talk_within(10))
            {
                return Some(Evidence::new("title_line", "whose turn it was"));
            }
            if is_turn {
                return Some(Evidence::new("weak_line", "whose turn it was"));
            }
            (talk_within(1)).then(|| Evidence::new("title_line", "beside a talk"))
        }
    }
}

/// `John Willis of Docker. He talked about …`
fn next_sentence(text: &str, end: usize) -> Option<Evidence> {
    let rest = text[end..].strip_prefix(['.', '!'])?;
    let to = floor(rest, 90);
    let rest = words(&rest[..to]);
    let is_about_them = rest.first().is_some_and(|word| matches!(word.text, "He" | "She" | "They"));
    if !is_about_them {
        return None;
    }
    let verbs = rest.iter().skip(1).take(4);
    let speaks = verbs.clone().any(|word| {
        has(SPOKE, word.text) || has(EXPLAINED, word.text) || matches!(word.text, "gave" | "giving")
    });
    speaks.then(|| Evidence::new("explained", "spoke in the next sentence"))
}

/// `Bridget's talk`, `Ann and Bo's slides`.
fn possessive(group: &Group, after: &[Word<'_>]) -> Option<Evidence> {
    if !group.possessive {
        return None;
    }
    let near = after.iter().take(6);
    let talk = near.clone().position(|word| has(TALKS, word.text))?;
    let book = near.clone().position(|word| has(BOOK, word.text));
    book.is_none_or(|book| book > talk).then(|| Evidence::new("their_talk", "whose talk it was"))
}

/// What speaks against it.
fn against(
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
    if near_before(THANKS, 6) && !strong {
        found.push(Evidence::new("thanks", "thanked"));
    }
    if near_before(ORGANIZER, 5) || near_after(&["organized", "organised", "organizer", "organiser"], 4) {
        found.push(Evidence::new("organizer", "perhaps a host"));
    }
    let is_book = near_before(BOOK, 6)
        || near_after(
            &["wrote", "book", "author", "blogged", "tweeted", "published", "coined", "quote", "novel"],
            6,
        );
    if is_book && !strong {
        found.push(Evidence::new("book", "perhaps an author"));
    }
    if near_before(MET, 4) && !strong {
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
