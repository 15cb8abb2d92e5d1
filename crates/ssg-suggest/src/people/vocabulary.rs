//! Words by which a text tells that somebody spoke, or did not.

mod others;
mod parts;
mod speaking;

pub(super) use others::{BOOK, MET, ORGANIZER, THANKS};
pub(super) use parts::{OTHER_HEADINGS, PARTICLES, TALK_HEADINGS, TITLES};
pub(super) use speaking::{EXPLAINED, GAVE, GIVEN, SAID, SPOKE, TALKS, TURN};

/// Whether a list has a word, whatever its case.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        list.contains(&word)
    } else {
        list.contains(&word.to_lowercase().as_str())
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
        ] {
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
        assert!(has(TALKS, "Keynote") && !has(TALKS, "kettle"));
    }
}
