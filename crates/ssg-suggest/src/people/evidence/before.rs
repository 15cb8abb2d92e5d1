//! What stands before a name.

use super::sentence::floor;
use super::{Evidence, Group};
use crate::people::vocabulary::{BEFORE, BEGAN, BOOK, MADE, ORGANIZER, TALKS, THANKS, TURN, has};
use crate::text::{Word, words};

/// What the words before a name say.
pub(super) fn before_name(
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
    let book_within = before.iter().rev().take(14).any(|word| has(BOOK, word.text));
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
    // `I was chatting with …` is no interview.
    let is_chat = before.iter().any(|word| matches!(word.text, "I" | "lunch" | "beer" | "dinner"));
    if (is_told_late || talks_with(1)) && !is_chat {
        return Some(Evidence::new("spoke", "in conversation"));
    }
    if has(BEFORE, &last_word) {
        return Some(Evidence::new("spoke", "spoke"));
    }
    // `The day began with …`, `Another highlight: …`
    if last_word == "with" && has(BEGAN, at(2)) && !matches!(at(3), "that" | "which" | "who")
        || gap.contains(':') && matches!(last_word.as_str(), "highlight" | "favorite" | "favourite")
    {
        return Some(Evidence::new("title_line", "began with them"));
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
            let is_made = before.iter().rev().skip(1).take(3).any(|word| has(MADE, word.text));
            let is_other = is_made
                || has(THANKS, at(2))
                || has(ORGANIZER, at(2))
                || book_within
                || matches!(
                    at(2).to_lowercase().as_str(),
                    "posted" | "written" | "sponsored" | "hosted" | "provided" | "inspired" | "led"
                );
            let second = at(2).to_lowercase();
            let is_led = matches!(
                second.as_str(),
                "led" | "run" | "facilitated" | "hosted" | "moderated" | "held" | "convened" | "proposed"
            ) && before.iter().rev().take(8).any(|word| {
                matches!(word.text, "space" | "spaces" | "discussion" | "Space" | "session" | "workshop")
            });
            if is_led || talk_within(12) && (!is_other || talk_within(3)) {
                return Some(Evidence::new("talk_by", "a talk by"));
            }
            if is_other {
                return None;
            }
            if matches!(
                second.as_str(),
                "convened"
                    | "presented"
                    | "given"
                    | "delivered"
                    | "facilitated"
                    | "moderated"
                    | "followed"
                    | "kicked"
            ) || at(3) == "followed"
            {
                return Some(Evidence::new("talk_by", "presented by"));
            }
            if quoted {
                return Some(Evidence::new("title_line", "a title by"));
            }
            (before.len() > 2).then(|| Evidence::new("said", "something by"))
        }
        "with"
            if before.len() == 1 && is_after_panel(&text[..offset])
                || before.iter().rev().take(10).any(|word| word.text == "stage") =>
        {
            Some(Evidence::new("talk_by", "on stage with others"))
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
            if matches!(pair.as_str(), "heard from" | "hear from" | "listened to" | "listening to") {
                return Some(Evidence::new("title_line", "heard"));
            }
            if is_turn
                && (speaks
                    || talk_within(8)
                    || pair.ends_with("up")
                    || pair.starts_with("up ")
                    || last_word == "was" && talk_within(10))
            {
                return Some(Evidence::new("title_line", "whose turn it was"));
            }
            if is_turn {
                return Some(Evidence::new("weak_line", "whose turn it was"));
            }
            // `In this episode, Ann Lee talks to …`: a host.
            let is_show = matches!(last_word.as_str(), "episode" | "podcast" | "video" | "screencast");
            (talk_within(1) && !is_show).then(|| Evidence::new("title_line", "beside a talk"))
        }
    }
}

/// Whether the sentences above, of the same block, tell of a panel: `A panel closed the day. With Ann Lee and Bo Ray.`
fn is_after_panel(above: &str) -> bool {
    let from = floor(above, above.len().saturating_sub(300));
    words(&above[from..]).iter().any(|word| {
        matches!(
            word.text,
            "panel" | "Panel" | "panelists" | "panellists" | "roundtable" | "fishbowl" | "fireside"
        )
    })
}
