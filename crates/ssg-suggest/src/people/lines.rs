//! Lines that stand for a talk: `Title - Name`, `Name: Title`, a name as a heading.

mod others;

pub(super) use others::is_of_others;

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
pub(super) fn above(text: &Text, number: usize) -> Option<bool> {
    let headings =
        text.blocks[..number].iter().rev().take(60).filter(|block| block.is_heading() || is_label(block));
    let mut level = 7;
    for heading in headings {
        let its_level = match heading.kind {
            Kind::Heading(level) => level,
            _ => 6,
        };
        if its_level >= level {
            continue;
        }
        level = its_level;
        let words = words(&heading.text);
        if words.len() > 8 {
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
    None
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
        || matches!(block.kind, Kind::Heading(_) | Kind::Item | Kind::Cell | Kind::Title)
        || is_label(block)
        || line.len() < block.text.len() && line.len() <= 120;
    if !is_line || line.len() > LONGEST || group.possessive {
        return None;
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
    if before.is_empty() && (after.is_empty() || is_affiliation(after)) && is_below_title(block, start) {
        return Some(Evidence::new("title_line", "below a title"));
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
    if rest.find(')').is_some_and(|close| close <= 60 && !rest[..close].contains('('))
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

/// A line without the time that it begins with: `9:30 -`, `10:00–10:45`, `2pm:`.
fn without_time(line: &str) -> &str {
    if !line.starts_with(|first: char| first.is_ascii_digit()) {
        return line;
    }
    let is_time = |letter: char| letter.is_ascii_digit() || " :.-–—|amphAMPH".contains(letter);
    let rest = line.trim_start_matches(is_time);
    // A word that begins with such a letter stays whole.
    let taken = &line[..line.len() - rest.len()];
    let end = taken.rfind(|letter: char| !letter.is_alphabetic()).map_or(0, |at| at + 1);
    let end = if rest.is_empty() { line.len() } else { end };
    line.get(end..).unwrap_or(rest).trim_start_matches(['–', '—']).trim_start()
}

/// `Speaker:` is for it (`true`), `Author:` against it (`false`).
fn label_before(before: &str) -> Option<bool> {
    let label = before.strip_suffix([':', '：'])?;
    let label = label.rsplit(['.', '(', '|', '-']).next().unwrap_or(label).trim().to_lowercase();
    let last = label.rsplit(' ').next().unwrap_or_default();
    match last.trim_matches(['*', '_']) {
        "speaker" | "speakers" | "presenter" | "presenters" | "panelists" | "panellists" | "panel"
        | "keynote" | "keynotes" | "guest" | "guests" | "講者" | "讲者" | "登壇者" | "発表者" | "演讲者"
        | "speaker(s)" | "ignite" | "ignites" | "talk" | "referent" | "referentin" | "facilitator"
        | "interviewee" => Some(true),
        "comments" | "comment" | "tags" | "tag" | "labels" | "filed" | "categories" | "keywords"
        | "author" | "authors" | "by" | "photo" | "photos" | "credit" | "host" | "hosts" | "organizer"
        | "organizers" | "editor" | "posted" | "contact" | "moderator" | "mc" | "thanks" | "sponsor"
        | "sponsors" | "translator" => Some(false),
        _ => None,
    }
}

fn is_affiliation(after: &str) -> bool {
    let rest = after.strip_prefix([',', '@', '-', '–']).map_or(after, str::trim_start);
    after.len() <= 60
        && (after.starts_with([',', '@'])
            || after.starts_with("from ")
            || after.starts_with("at ")
            || after.starts_with("of "))
        && rest.starts_with(|first: char| {
            first.is_uppercase()
                || first == '@'
                || first.is_lowercase() && after.starts_with(['f', 'a', 'o', '@'])
        })
}

/// A name that is a line of its own.
fn alone(place: &Place<'_>, group: &Group) -> Option<Evidence> {
    let Place { text, number, above: about, names_alone, .. } = *place;
    let block = &text.blocks[number];
    // `… our guest speakers, including:`
    let lead = text.blocks[..number].iter().rev().find(|above| above.kind != Kind::Item);
    if let Some(lead) = lead.filter(|lead| block.kind == Kind::Item && lead.text.trim_end().ends_with(':')) {
        let from = lead.text.rfind(['.', '!', '?']).map_or(0, |at| at + 1);
        let is_speakers = |word: &str| {
            matches!(
                word,
                "speakers" | "presenters" | "panelists" | "talks" | "guests" | "keynotes" | "speaker"
            )
        };
        if words(&lead.text[from..]).iter().any(|word| is_speakers(word.text)) {
            return Some(Evidence::new("listed", "in a list of speakers"));
        }
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
    match (&block.kind, about) {
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
