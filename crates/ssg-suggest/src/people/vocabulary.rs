//! Words by which a text tells that somebody spoke, or did not.

#![expect(clippy::disallowed_types, reason = "what the program brings along has no other input")]

mod abroad;
mod explaining;
mod others;
mod parts;
mod present;
mod speaking;
mod telling;

use foldhash::HashSet;
use std::sync::LazyLock;

pub(super) use abroad::{ABROAD, BEFORE};
pub(super) use explaining::{EXPLAINED, SAID};
pub(super) use others::{BOOK, MET, ORGANIZER, THANKS};
pub(super) use parts::{OTHER_HEADINGS, PARTICLES, TALK_HEADINGS, TITLES};
pub(super) use present::{ATTENDED, AUDIENCE, COMPANION, MADE};
pub(super) use speaking::{GAVE, GIVEN, SPOKE, TALKS, TURN};
pub(super) use telling::{ABOUT_TALKS, BEGAN, IRREGULAR, TALE};

/// Whether a list has a word, whatever its case.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        list.contains(&word)
    } else {
        list.contains(&word.to_lowercase().as_str())
    }
}

/// All words by which a text is about talks.
static ABOUT: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| [TALKS, SPOKE, ABOUT_TALKS].into_iter().flatten().copied().collect());

/// Whether a word, whatever its case, is one by which a text is about talks.
pub(super) fn is_about_talks(word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        ABOUT.contains(word)
    } else {
        ABOUT.contains(word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_small_letters() {
        for list in [
            TALKS,
            SPOKE,
            GAVE,
            EXPLAINED,
            SAID,
            BOOK,
            THANKS,
            ORGANIZER,
            MET,
            TALK_HEADINGS,
            OTHER_HEADINGS,
            PARTICLES,
            TITLES,
            TURN,
            GIVEN,
            ATTENDED,
            AUDIENCE,
            COMPANION,
            MADE,
            ABOUT_TALKS,
            ABROAD,
            BEFORE,
            BEGAN,
            IRREGULAR,
            TALE,
        ] {
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
        assert!(has(TALKS, "Keynote") && !has(TALKS, "kettle"));
    }
}
