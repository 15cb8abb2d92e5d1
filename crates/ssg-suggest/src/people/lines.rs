//! Lines that stand for a talk: `Title - Name`, `Name: Title`, a name as a heading.

mod alone;
mod lead;
mod others;

pub(super) use lead::without_time;
pub(super) use others::is_of_others;

use alone::{alone, in_column_of_names, in_list_of_speakers, is_below_heading};
use lead::{is_affiliation, label_before};

use super::evidence::{Evidence, Group};
use super::names::Named;
use super::vocabulary::{MADE, OTHER_HEADINGS, TALK_HEADINGS, has};
use crate::text::{Block, Kind, Mark, Text, words};
use others::{is_below_title, is_book, is_stray, is_writing};

/// Longest line that is one, in bytes.
const LONGEST: usize = 200;

/// Where a line is.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    pub text: &'t Text,
    /// Number of the block.
    pub number: usize,
    /// What the headings above it say: for speakers, or against.
    pub above: Option<bool>,
    /// How many lines of the text are one name alone.
    pub names_alone: usize,
    /// Names of all blocks.
    pub named: &'t [Vec<Named>],
    pub about_talks: super::talks::AboutTalks,
}

/// What headings above a block say: for speakers (`true`), against (`false`).
pub(super) fn above(text: &Text, number: usize, named: &[Vec<Named>]) -> Option<bool> {
    let headings =
        (0..number).rev().take(60).filter(|at| text.blocks[*at].is_heading() || is_label(&text.blocks[*at]));
    let mut level = 7;
    for at in headings {
        let heading = &text.blocks[at];
        let its_level = match heading.kind {
            Kind::Heading(level) => level,
            _ => 6,
        };
        if its_level >= level {
            continue;
        }
        let words = words(&heading.text);
        let is_short = words.len() <= 8;
        // A line of a programme is no heading of the next.
        let is_entry = !heading.is_heading() && named[at].iter().any(|named| !named.sort.single);
        if !is_entry || is_short && words.iter().any(|word| has(TALK_HEADINGS, word.text)) {
            level = its_level;
        }
        if !is_short {
            continue;
        }
        let is_title = heading.kind == Kind::Heading(1);
        if !is_title && words.len() <= 5 && words.iter().any(|word| has(OTHER_HEADINGS, word.text)) {
            return Some(false);
        }
        if words.iter().any(|word| has(TALK_HEADINGS, word.text)) {
            return Some(true);
        }
    }
    titled_for_talks(text).then_some(true)
}

/// Whether a page is about several talks by its title: `Lightning talks on Friday`.
fn titled_for_talks(text: &Text) -> bool {
    let title = text.blocks.first().filter(|block| block.kind == Kind::Title);
    title.is_some_and(|title| {
        let words = words(&title.text);
        words.len() <= 12
            && words.iter().any(|word| {
                matches!(
                    word.text.to_lowercase().as_str(),
                    "talks"
                        | "speakers"
                        | "panel"
                        | "keynotes"
                        | "ignites"
                        | "sessions"
                        | "panelists"
                        | "schedule"
                        | "lineup"
                        | "line-up"
                        | "programme"
                        | "vorträge"
                        | "charlas"
                )
            })
    })
}

/// A short paragraph that names what follows, as pasted text has them.
pub(super) fn is_label(block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.text.len() <= 90
        && !block.text.trim_end().ends_with(['.', '!', ',', ';', '?'])
        && !block.text.contains('\n')
}

/// What the line of a group of names says.
pub(super) fn of_group(place: &Place<'_>, group: &Group) -> Option<Evidence> {
    let block = &place.text.blocks[place.number];
    let start = block.text[..group.start].rfind('\n').map_or(0, |at| at + 1);
    let end = block.text[group.end..].find('\n').map_or(block.text.len(), |at| group.end + at);
    let line = &block.text[start..end];
    // The lines of an entry are one.
    let whole = block.text.trim();
    let (line, offset) = if block.kind == Kind::Item && whole.len() <= LONGEST && !whole.contains("\n\n") {
        (block.text.as_str(), 0)
    } else {
        (line, start)
    };
    // `**Name: Title** and what was said of it`
    let lead = block.marks.iter().find(|(range, mark)| {
        *mark == Mark::Emphasis
            && range.start == 0
            && (group.end + 3..=120).contains(&range.end)
            && range.end < block.text.len()
    });
    let (line, offset) = match lead {
        Some((range, _)) => (&block.text[range.clone()], 0),
        None => (line, offset),
    };
    let is_line = lead.is_some()
        || is_programme_line(block)
        || matches!(block.kind, Kind::Heading(_) | Kind::Item | Kind::Cell | Kind::Title)
        || is_label(block)
        || line.len() < block.text.len() && line.len() <= 120;
    if group.possessive {
        return None;
    }
    if in_column_of_names(block, group, &place.named[place.number]) {
        return Some(Evidence::new("fair_line", "in a table"));
    }
    let is_only = place.named[place.number].iter().filter(|named| !named.sort.single).count() == 1;
    if is_only && in_list_of_speakers(place) {
        return Some(Evidence::new("listed", "in a list of speakers"));
    }
    if !is_line || line.len() > LONGEST {
        return begins_block(place, group);
    }
    let before = without_time(line[..group.start - offset].trim());
    let after = line[group.end - offset..].trim();
    // An affiliation in brackets belongs to the name.
    let after = match after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((inner, rest)) if inner.len() <= 60 => rest.trim(),
        _ => after,
    };
    let after = after.trim_end_matches(['.', ')', ']', '"', '”']);
    let is_heading = block.is_heading() || block.kind == Kind::Title;
    let is_stray = is_stray(place) || is_book(block, start, start + line.len());
    let about = place.above;
    let is_whole = after.is_empty() || is_affiliation(after);
    if before.is_empty() && is_whole && is_below_title(block, start) {
        return Some(Evidence::new("title_line", "below a title"));
    }
    if before.is_empty() && in_list_of_speakers(place) {
        return Some(Evidence::new("listed", "in a list of speakers"));
    }
    let is_by =
        matches!(before.to_lowercase().as_str(), "" | "by" | "with" | "presented by" | "speaker" | "from");
    if is_by && !(before.is_empty() && after.is_empty()) && is_whole && start == 0 && is_below_heading(place)
    {
        return Some(Evidence::new("title_line", "below a heading"));
    }
    if before.is_empty() && after.is_empty() {
        return alone(place, group);
    }
    let full = |words: usize| {
        Some(if is_stray {
            Evidence::new("stray_line", "a line among others")
        } else if (is_heading || lead.is_some()) && words >= 1 || about == Some(true) && words >= 2 {
            Evidence::new("title_line", "a title and a name")
        } else if words >= 3 && matches!(block.kind, Kind::Item | Kind::Cell) {
            Evidence::new("fair_line", "a line with a name")
        } else {
            Evidence::new("weak_line", "a line with a name")
        })
    };
    if let Some(label) = label_before(before) {
        return Some(if label {
            Evidence::new("listed", "named as a speaker")
        } else {
            Evidence::new("writer", "named otherwise")
        });
    }
    // `[Title](…), Name`
    if let Some(title) = before.strip_suffix(',').filter(|_| after.is_empty() || is_affiliation(after)) {
        let end = block.text[..group.start].rfind(',').unwrap_or_default();
        let is_title = block.marks.iter().any(|(range, _)| range.end == end && range.len() > 8);
        if is_title || about == Some(true) && words(title).len() >= 2 {
            return Some(Evidence::new("title_line", "a title and a name"));
        }
    }
    // `Title (Name) - recording`
    let rest = line[group.end - offset..].trim_start();
    if rest
        .find(')')
        .is_some_and(|close| close <= 60 && !rest[..close].contains('(') && ends_entry(&rest[close + 1..]))
        && let Some(title) = before.strip_suffix('(')
        && block.kind == Kind::Item
    {
        return full(words(title).len());
    }
    if after.is_empty() || is_affiliation(after) {
        let title = before.strip_suffix(['-', '–', '—', '|', '/', '(', ':', ',', '~', '‐', '−']);
        if let Some(title) = title.filter(|title| !is_writing(&words(title))).filter(|title| {
            before.ends_with(['(', ':', '|', '/']) || title.ends_with(' ') || before.ends_with(['–', '—'])
        }) {
            return full(words(title).len());
        }
        if let Some(title) = before.strip_suffix(" by").or_else(|| before.strip_suffix(" with")) {
            let title = words(title);
            if is_writing(&title) {
                return None;
            }
            // `recommended to me by …`
            if title.iter().rev().take(3).any(|word| has(MADE, word.text)) {
                return None;
            }
            return full(title.len() + 1);
        }
    }
    if before.is_empty() || before.chars().all(|mark| !mark.is_alphabetic()) {
        let parted = after.strip_prefix([':', '-', '–', '—', '|', '~', '−']);
        if let Some(title) = parted {
            return full(words(title).len());
        }
        if let Some((who, title)) = after.split_once([':', '–', '—']).or_else(|| after.split_once(" - "))
            && who.len() <= 60
            && (who.starts_with([',', '(', '@'])
                || who.starts_with("from ")
                || who.starts_with("of ")
                || who.starts_with("at "))
        {
            return full(words(title).len());
        }
        let quoted = after.trim_start_matches(',').trim_start();
        if quoted.starts_with(['"', '“']) && words(quoted).len() >= 2 && !is_stray {
            return Some(Evidence::new("title_line", "a title and a name"));
        }
        if after.starts_with([',', '“', '"']) && about == Some(true) && !matches!(block.kind, Kind::Paragraph)
        {
            return Some(Evidence::new("title_line", "in a list of talks"));
        }
    }
    None
}

/// Whether an entry ends behind a bracket, but for slides and the like: no sentence goes on.
fn ends_entry(rest: &str) -> bool {
    let first = words(rest).first().copied();
    rest.trim_start().chars().next().is_none_or(|next| !next.is_alphabetic())
        || first
            .is_some_and(|word| matches!(word.text, "slides" | "video" | "recording" | "Slides" | "Video"))
}

/// Whether a paragraph is one line of a programme: `A title - Ann Lee, Docker; Bo Ray, Etsy & Cy Ott`.
fn is_programme_line(block: &Block) -> bool {
    let text = block.text.trim();
    block.kind == Kind::Paragraph
        && text.len() <= LONGEST
        && !text.contains('\n')
        && !text.contains(". ")
        && !text.ends_with(['.', '!', '?'])
        && [" - ", " – ", " — ", " | "].iter().any(|mark| text.contains(mark))
}

/// `Katya Sorokina & Liam Prescott: live debugging. Brave.`: a block of prose that begins with who spoke.
fn begins_block(place: &Place<'_>, group: &Group) -> Option<Evidence> {
    let block = &place.text.blocks[place.number];
    if !matches!(block.kind, Kind::Paragraph | Kind::Item)
        || !without_time(block.text[..group.start].trim()).is_empty()
        || is_stray(place)
    {
        return None;
    }
    let after = block.text[group.end..].trim_start();
    let after = match after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((inner, rest)) if inner.len() <= 60 => rest.trim_start(),
        _ => after,
    };
    let title = after.strip_prefix([':', '–', '—', '|']).or_else(|| after.strip_prefix("- "))?;
    let weight = if place.above == Some(true) { "fair_line" } else { "weak_line" };
    (words(title).len() >= 3).then(|| Evidence::new(weight, "a line with a name"))
}
