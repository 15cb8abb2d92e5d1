//! How far a text is about talks.

use super::vocabulary::is_about_talks;
use crate::text::{Kind, Text, Word};

/// How far a text is about talks.
#[derive(Clone, Copy)]
pub(super) struct AboutTalks {
    /// By how many words of talks it has: from 0 to 1.
    pub at_all: f64,
    /// By how many of its words are such: from 0 to 1.
    pub density: f64,
}

/// Counts the words of a text, which are given block by block.
pub(super) fn about_talks(text: &Text, all_words: &[Vec<Word<'_>>]) -> AboutTalks {
    let (mut count, mut all) = (0_u32, 0_u32);
    for word in all_words.iter().flatten() {
        all = all.saturating_add(1);
        count += u32::from(is_about_talks(word.text));
    }
    let is_title = |block: &&crate::text::Block| matches!(block.kind, Kind::Title | Kind::Heading(1));
    let title =
        text.blocks.iter().find(is_title).or(text.blocks.first().filter(|block| block.text.len() <= 120));
    let is_recap = title.is_some_and(|title| {
        let title = title.text.to_lowercase();
        ["recap", "days", "conf", "summit", "fosdem", "notes from", "meetup", "camp", "talks", "trip report"]
            .iter()
            .any(|part| title.contains(part))
    });
    let at_all = match count {
        0 if is_recap => 0.7,
        0 => 0.0,
        _ if is_recap => 1.0,
        1 => 0.4,
        2 => 0.65,
        3 => 0.85,
        _ => 1.0,
    };
    let share = f64::from(count) / f64::from(all.max(40));
    let density = (share / 0.022).min(1.0);
    let density = if is_recap { 0.6 + 0.4 * density } else { density };
    AboutTalks { at_all, density }
}
