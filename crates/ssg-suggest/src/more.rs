//! Finds events, talks, categories and the date of a text.
//!
//! Only what the site has is named. An event is known by a link to it, by its title with its year, or by its city near
//! its days; a talk of such an event by a link or its title.

mod alike;
mod day;
mod events;
mod index;
mod talks;

pub(crate) use index::Index;

use crate::data::folded;
use crate::finding::{Finding, Subject};
use crate::text::{Block, Mark, Text, words};
use ssg_parse::FrontMatter;
use ssg_source::SitePath;
use std::collections::BTreeSet;

/// What is found besides tools and people.
pub(crate) fn find(text: &Text, front: &FrontMatter, path: &SitePath, index: &Index) -> Vec<Finding> {
    let plain: Vec<String> =
        text.blocks.iter().filter(|block| !block.is_code()).map(|block| folded(&block.text)).collect();
    let written = day::of(text, front, path);
    let addresses: BTreeSet<&str> = links(text).map(|(_, _, address)| address).collect();
    let day = written.as_ref().map(|day| day.0.as_str());
    let mut found = events::events(text, &plain, index, &addresses, day);
    let own = front.events.iter().map(|event| event.value.as_str());
    let near = found.iter().filter(|one| one.confidence >= 0.7).map(|one| one.name.as_str());
    let near: Vec<&str> = near.chain(own).collect();
    let talks = talks::talks(text, index, &near, &addresses);
    let is_recap = !found.is_empty()
        && (!talks.is_empty()
            || plain.iter().map(|block| block.matches(" talk").count()).sum::<usize>() >= 3);
    found.extend(talks);
    found.extend(categories(text, index, is_recap));
    if front.date.is_none()
        && let Some((day, place, confidence)) = written
        && !confidence.is_nan()
    {
        found.push(Finding {
            subject: Subject::Date,
            name: day,
            line: text.line(place),
            confidence,
            why: "a day at the top".to_owned(),
        });
    }
    found
}

fn links(text: &Text) -> impl Iterator<Item = (&Block, usize, &str)> {
    text.blocks.iter().flat_map(|block| {
        block.marks.iter().filter_map(move |(range, mark)| match mark {
            Mark::Link(address) => Some((block, range.start, address.as_str())),
            _ => None,
        })
    })
}

fn without_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// The words of a title without case, accents and marks.
fn folded_title(title: &str) -> String {
    words(title).iter().map(|word| folded(word.text)).collect::<Vec<_>>().join(" ")
}

fn categories(text: &Text, index: &Index, is_recap: bool) -> Vec<Finding> {
    let title = text.blocks.first().map(|block| format!(" {} ", folded(&block.text))).unwrap_or_default();
    let mut found = Vec::new();
    for (category, name) in &index.categories {
        let stem = name.strip_suffix('s').unwrap_or(name);
        let in_title = !stem.is_empty()
            && (title.contains(&format!(" {stem} ")) || title.contains(&format!(" {stem}s ")));
        let (confidence, why) =
            match (in_title, is_recap && matches!(stem, "recap" | "report" | "trip report" | "event")) {
                (true, _) => (0.75, "its name in the title"),
                (_, true) => (0.7, "a text about talks of an event"),
                _ => continue,
            };
        found.push(Finding {
            subject: Subject::Category,
            name: category.clone(),
            line: 1,
            confidence,
            why: why.to_owned(),
        });
    }
    found
}
