//! Names that are a line of their own, and lists of speakers.

use super::super::evidence::{Evidence, Group};
use super::super::names::Named;
use super::Place;
use super::is_label;
use crate::text::{Block, Kind, Mark, words};

/// Whether an entry belongs to a list below words such as `Our panelists include:`.
pub(super) fn in_list_of_speakers(place: &Place<'_>) -> bool {
    let blocks = &place.text.blocks;
    if blocks[place.number].kind != Kind::Item {
        return false;
    }
    let lead = blocks[..place.number].iter().rev().take(40).find(|above| above.kind != Kind::Item);
    let Some(lead) = lead.filter(|lead| lead.text.trim_end().ends_with(':')) else { return false };
    let from = lead.text.trim_end().trim_end_matches(':').rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    words(&lead.text[from..]).iter().any(|word| {
        matches!(
            word.text.to_lowercase().as_str(),
            "speakers"
                | "presenters"
                | "panelists"
                | "panellists"
                | "talks"
                | "guests"
                | "keynotes"
                | "speaker"
                | "panel"
                | "keynoters"
                | "lineup"
                | "line-up"
                | "facilitators"
                | "interviewees"
                | "ignites"
        )
    })
}

/// Whether a block stands right below a heading that may be the title of a talk.
pub(super) fn is_below_heading(place: &Place<'_>) -> bool {
    let Some(above) = place.number.checked_sub(1) else { return false };
    let heading = &place.text.blocks[above];
    let block = &place.text.blocks[place.number];
    matches!(heading.kind, Kind::Heading(2..))
        && (is_label(block) || block.kind == Kind::Item)
        && place.about_talks.at_all >= 0.65
        && place.above != Some(false)
        && words(&heading.text).len() >= 2
        && place.named[above].iter().all(|named| named.sort.single)
}

/// How many lines of a block are one name alone.
fn names_in_lines(block: &Block, named: &[Named]) -> usize {
    let is_line = |one: &&Named| {
        let before = block.text[..one.start].rsplit('\n').next().unwrap_or_default();
        let after = block.text[one.end..].split('\n').next().unwrap_or_default();
        !one.sort.single && before.trim().is_empty() && after.trim().is_empty()
    };
    named.iter().filter(is_line).count()
}

/// Whether names of a block stand in a column of a table that is set with spaces.
pub(super) fn in_column_of_names(block: &Block, group: &Group, named: &[Named]) -> bool {
    let is_apart = |start: usize, end: usize| {
        let behind = &block.text[end..];
        block.text[..start].ends_with("  ") && (behind.starts_with("  ") || behind.starts_with('\n'))
    };
    is_apart(group.start, group.end)
        && named.iter().filter(|one| !one.sort.single && is_apart(one.start, one.end)).take(3).count() == 3
}

/// A name that is a line of its own.
pub(super) fn alone(place: &Place<'_>, group: &Group) -> Option<Evidence> {
    let Place { text, number, above: about, names_alone, .. } = *place;
    let block = &text.blocks[number];
    if in_list_of_speakers(place) {
        return Some(Evidence::new("listed", "in a list of speakers"));
    }
    if about == Some(false) {
        return None;
    }
    // Questions below names: an interview.
    let below = text.blocks[number + 1..].iter().take(6);
    let questions =
        below.filter(|block| block.text.trim_end().ends_with('?') || block.text.contains("? ")).count();
    let asks_at_once = block.text[group.end..].contains('?');
    if (block.is_heading() || is_label(block) || asks_at_once)
        && questions + usize::from(asks_at_once) > 0
        && (names_alone >= 1)
    {
        return Some(Evidence::new("interview", "answers questions"));
    }
    if is_below_heading(place) {
        return Some(Evidence::new("title_line", "below a heading"));
    }
    // Names that stand one below the other.
    let in_column = names_in_lines(block, &place.named[number]) >= 3;
    let is_set_off = block
        .marks
        .iter()
        .any(|(range, mark)| *mark == Mark::Emphasis && range.start <= group.start && group.end <= range.end);
    let is_one_of_many = in_column || is_set_off && names_alone >= 3;
    match (&block.kind, about) {
        (Kind::Paragraph, _) if is_one_of_many && place.about_talks.at_all >= 0.65 => {
            let weight = if about == Some(true) { "title_line" } else { "fair_line" };
            Some(Evidence::new(weight, "one of several names"))
        }
        (Kind::Heading(_), Some(true)) => Some(Evidence::new("title_line", "a heading of its own")),
        (Kind::Item | Kind::Cell, Some(true)) => Some(Evidence::new("title_line", "in a list of speakers")),
        (Kind::Cell, None) => Some(Evidence::new("fair_line", "in a table")),
        (Kind::Heading(_), None) => Some(Evidence::new("weak_line", "a heading of its own")),
        (Kind::Paragraph, Some(true))
            if block.quoted || block.text[group.end..].trim_start().starts_with('(') =>
        {
            Some(Evidence::new("title_line", "a line of its own"))
        }
        (Kind::Paragraph, _) => Some(Evidence::new("weak_line", "a line of its own")),
        _ => None,
    }
}
