//! Names with a subject or a turn and no verb of speaking: `Ole Lensmar on testing`, `After coffee came Ann Lee`.

use super::{Evidence, Group};
use crate::people::lines::without_time;
use crate::people::vocabulary::{TALKS, has};
use crate::text::Word;

/// `First talk: Ole Lensmar on testing`, `10:37 Elisabeth Hendrickson on feedback`, `Moritz Falk (on build caches)`.
pub(super) fn topic(text: &str, group: &Group, before: &[Word<'_>], after: &[Word<'_>]) -> Option<Evidence> {
    let found = Evidence::new("title_line", "on a subject");
    let behind = text.get(group.end..)?.trim_start();
    if ["(on ", "(about ", "(über ", "(sur ", "(sobre ", "(over "].iter().any(|lead| behind.starts_with(lead))
    {
        return Some(found);
    }
    let word = after.first().filter(|word| matches!(word.text, "on" | "about"))?;
    let next = after.get(1)?;
    if word.text == "on" && is_place(next.text, after.get(2).map_or("", |word| word.text)) {
        return None;
    }
    let lead = before.last().map_or("", |word| word.text);
    let line = &text[text[..group.start].rfind('\n').map_or(0, |at| at + 1)..group.start];
    let is_first = before.is_empty()
        || without_time(line.trim()).is_empty()
        || text[..group.start].trim_end().ends_with(':')
        || matches!(
            lead,
            "it" | "was"
                | "enjoyed"
                | "saw"
                | "liked"
                | "loved"
                | "heard"
                | "and"
                | "then"
                | "with"
                | "caught"
        );
    is_first.then_some(found)
}

/// `on Twitter`, `on stage`, `on the left`: where somebody is rather than what they spoke about.
fn is_place(word: &str, next: &str) -> bool {
    let is_site = matches!(
        word,
        "Twitter"
            | "twitter"
            | "Slack"
            | "GitHub"
            | "Github"
            | "LinkedIn"
            | "Mastodon"
            | "YouTube"
            | "IRC"
            | "Medium"
            | "Facebook"
            | "stage"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "his"
            | "her"
            | "my"
            | "our"
            | "board"
            | "site"
            | "hand"
            | "page"
    );
    let is_side = word == "the"
        && matches!(
            next,
            "left"
                | "right"
                | "other"
                | "phone"
                | "team"
                | "way"
                | "road"
                | "ground"
                | "train"
                | "plane"
                | "bus"
                | "board"
                | "microphone"
                | "mic"
                | "guitar"
                | "first"
                | "second"
                | "last"
                | "stage"
        );
    is_site || is_side
}

/// `After coffee came Cathal Moran`, `This one is from Matti Korhonen`.
pub(super) fn turn(before: &[Word<'_>]) -> Option<Evidence> {
    let last = before.last()?;
    let first = before.first()?.text.to_lowercase();
    if before.iter().any(|word| matches!(word.text, "I" | "we" | "with" | "who" | "that")) {
        return None;
    }
    let is_time = matches!(
        first.as_str(),
        "after"
            | "then"
            | "next"
            | "finally"
            | "first"
            | "later"
            | "following"
            | "last"
            | "second"
            | "third"
            | "lastly"
            | "and"
            | "in"
            | "on"
    );
    if is_time && matches!(last.text, "came") {
        return Some(Evidence::new("title_line", "whose turn it was"));
    }
    let is_one = before.iter().any(|word| {
        matches!(
            word.text,
            "one"
                | "highlight"
                | "favorite"
                | "favourite"
                | "contribution"
                | "entry"
                | "surprise"
                | "standout"
        )
    });
    let comes =
        before.iter().rev().skip(1).take(3).any(|word| matches!(word.text, "is" | "was" | "came" | "comes"));
    (last.text == "from" && is_one && comes).then(|| Evidence::new("explained", "where it came from"))
}

/// `… the highest score for her talk`, `thanks to Ann Lee for the great keynote`: `until` is where the next name begins.
pub(super) fn for_talk(after: &[Word<'_>], until: usize) -> Option<Evidence> {
    let own = |word: &str| {
        matches!(
            word,
            "his"
                | "her"
                | "their"
                | "the"
                | "a"
                | "an"
                | "son"
                | "sa"
                | "su"
                | "seinen"
                | "ihren"
                | "zijn"
                | "haar"
        )
    };
    let is_talk = |word: &Word<'_>| {
        has(TALKS, word.text)
            && !matches!(
                word.text,
                "video" | "recording" | "slides" | "podcast" | "deck" | "episode" | "sessions"
            )
    };
    let place = after.windows(2).take(14).position(|pair| {
        matches!(pair[0].text, "for" | "pour" | "für" | "por" | "voor")
            && own(pair[1].text)
            && pair[0].start < until.max(1)
    })?;
    after[place + 2..].iter().take(3).any(is_talk).then(|| Evidence::new("gave", "for a talk"))
}

/// `if you ever have a chance to see her present`.
pub(super) fn worth_seeing(after: &[Word<'_>]) -> Option<Evidence> {
    let sees = after.windows(3).take(20).any(|three| {
        matches!(three[0].text, "see" | "hear" | "watch" | "catch" | "heard" | "seen")
            && matches!(three[1].text, "him" | "her" | "them")
            && matches!(three[2].text, "present" | "speak" | "talk" | "live" | "presenting" | "speaking")
    });
    sees.then(|| Evidence::new("spoke", "worth hearing"))
}

/// `In his talk on X, Ann Lee …`, `During her keynote Ann Lee …`.
pub(super) fn in_their_talk(before: &[Word<'_>]) -> Option<Evidence> {
    let begins = before.windows(2).take(3).position(|pair| {
        matches!(
            pair[0].text,
            "In" | "in" | "During" | "during" | "For" | "With" | "Dans" | "En" | "Im" | "Während"
        ) && matches!(
            pair[1].text,
            "his" | "her" | "their" | "son" | "sa" | "su" | "seinem" | "ihrem" | "seiner" | "ihrer"
        )
    })?;
    let later = &before[begins + 2..];
    let is_talk = later
        .iter()
        .take(3)
        .any(|word| has(TALKS, word.text) && !matches!(word.text, "video" | "episode" | "podcast"));
    let is_other = later.iter().any(|word| matches!(word.text, "he" | "she" | "they" | "I" | "we"));
    (is_talk && !is_other).then(|| Evidence::new("spoke", "in their talk"))
}
