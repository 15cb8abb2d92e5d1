//! Who wrote a text, as a line at its top says: `Posted by Ann Lee on June 2, 2016`.

use super::names::Named;
use crate::data::folded;
use crate::text::{Kind, Mark, Text, words};
use std::collections::BTreeSet;

/// Blocks at the top that are looked at.
const TOP: usize = 6;
/// Longest line that tells it, in bytes.
const LONGEST: usize = 120;

/// Words that go with a writer's name.
const WROTE: &[&str] = &["posted", "written", "published", "author", "authored", "blogged"];

/// Other words of such lines.
const BESIDE: &[&str] = &[
    "by", "on", "in", "at", "of", "the", "min", "mins", "minutes", "minute", "read", "reading", "time",
    "comments", "comment", "no", "share", "updated", "date", "am", "pm", "st", "nd", "rd", "th", "blog",
    "post",
];

const DAYS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun",
];

/// What a line is made of besides one name.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a line has")]
struct Line {
    has_wrote: bool,
    has_by: bool,
    has_day: bool,
    has_more: bool,
}

impl Line {
    fn of(text: &str, without: Option<&Named>) -> Self {
        let mut line = Self::default();
        let is_name =
            |start: usize| without.is_some_and(|named| (named.start..named.full_end).contains(&start));
        for word in words(text).iter().filter(|word| !is_name(word.start)) {
            let lower = word.text.to_lowercase();
            let is_day = lower.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
                || DAYS.iter().any(|day| lower.starts_with(day)) && lower.len() <= 9
                || lower.trim_end_matches(|letter: char| letter.is_alphabetic()).parse::<u8>().is_ok();
            if WROTE.contains(&lower.as_str()) {
                line.has_wrote = true;
            } else if is_day {
                line.has_day = true;
            } else if !BESIDE.contains(&lower.as_str()) {
                line.has_more = true;
            }
            line.has_by |= lower == "by";
        }
        line
    }

    fn is_day(&self) -> bool {
        self.has_day && !self.has_more && !self.has_wrote
    }
}

/// The writers of a text, folded.
pub(super) fn writers(text: &Text, named: &[Vec<Named>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let top = text.blocks.iter().take(TOP).enumerate();
    for (number, block) in top {
        let mut full = named[number].iter().filter(|one| !one.sort.single);
        let (Some(name), None) = (full.next(), full.next()) else { continue };
        if block.text.len() > LONGEST || !matches!(block.kind, Kind::Paragraph | Kind::Item) {
            continue;
        }
        let line = Line::of(&block.text, Some(name));
        let is_beside_day = || {
            let beside = [number.checked_sub(1), Some(number + 1)];
            let blocks = beside.into_iter().flatten().filter_map(|at| text.blocks.get(at));
            blocks
                .filter(|block| block.text.len() <= LONGEST)
                .any(|block| Line::of(&block.text, None).is_day())
        };
        let is_byline = line.has_wrote || line.has_day || line.has_by && is_beside_day();
        if is_byline && !line.has_more {
            found.insert(folded(&name.name));
        }
    }
    found
}

/// Whether a name is that of somebody whose tweet is shown: `— Ann Lee (@ann) July 4, 2015`, with a link to it.
pub(super) fn is_of_tweet(block: &crate::text::Block, start: usize, end: usize) -> bool {
    let is_behind_dash = block.text[..start].trim_end().ends_with(['—', '–', '-', '―']);
    is_behind_dash && block.marks.iter().any(|(range, mark)| {
        matches!(mark, Mark::Link(address) if address.contains("/status/") || address.contains("/statuses/"))
            && (end..end + 40).contains(&range.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_writer() {
        let name = |start: usize, end: usize| Named {
            start,
            end,
            full_end: end,
            name: "Ann Lee".to_owned(),
            possessive: false,
            sort: super::super::names::Sort::default(),
        };
        let line = Line::of("Posted by Ann Lee on June 2nd, 2016", Some(&name(10, 17)));
        assert!(line.has_wrote && line.has_day && !line.has_more);
        assert!(Line::of("Thursday, June 02, 2016", None).is_day());
        assert!(Line::of("By Ann Lee, of Acme", Some(&name(3, 10))).has_more);
    }
}
