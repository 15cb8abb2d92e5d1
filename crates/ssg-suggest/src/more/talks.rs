//! Talks of events that a text is about.

use super::alike::{alike, long_words};
use super::index::{Index, Talk, steps};
use super::{folded_title, links};
use crate::finding::{Finding, Subject};
use crate::text::{Block, Text};
use std::collections::BTreeSet;

/// A block as titles are compared with it.
struct Plain<'t> {
    block: &'t Block,
    text: String,
}

/// The talks of a site that a text names or links to; `near` are the events that it is about.
pub(super) fn talks(text: &Text, index: &Index, near: &[&str], addresses: &BTreeSet<&str>) -> Vec<Finding> {
    let candidates = index.talks_of(near, addresses);
    if candidates.is_empty() {
        return Vec::new();
    }
    let plain: Vec<Plain<'_>> =
        text.blocks.iter().map(|block| Plain { block, text: folded_title(&block.text) }).collect();
    let short: Vec<(&Plain<'_>, BTreeSet<&str>)> = plain
        .iter()
        .filter(|plain| plain.block.text.len() < 200)
        .map(|plain| (plain, long_words(&plain.text).collect()))
        .collect();
    let links: Vec<(&Block, usize, Vec<&str>)> =
        links(text).map(|(block, at, address)| (block, at, steps(address).collect())).collect();
    let mut found = Vec::new();
    for talk in candidates.into_iter().filter_map(|number| index.talks.get(number)) {
        let is_near = near.contains(&talk.event.as_str());
        let file = format!("{}.md", talk.slug);
        let link = links.iter().find(|(_, _, steps)| {
            steps.contains(&talk.event.as_str())
                && (steps.contains(&talk.slug.as_str()) || steps.contains(&file.as_str()))
        });
        if let Some((block, at, _)) = link {
            let confidence = if is_near { 0.97 } else { 0.45 };
            found.push(of_talk(text, talk, block.source(*at), confidence, "a link to it"));
            continue;
        }
        if !is_near {
            continue;
        }
        let is_long = talk.title.split(' ').count() >= 3;
        let first = |one: &&Plain<'_>| is_long && one.text.contains(&talk.title);
        let hit = plain.iter().find(first).or_else(|| {
            short.iter().find(|(_, words)| alike(words, &talk.long_words)).map(|(plain, _)| *plain)
        });
        if let Some(hit) = hit {
            found.push(of_talk(text, talk, hit.block.source(0), 0.92, "its title"));
            continue;
        }
        // Somebody who gave one talk there is named: perhaps that one.
        let names_speaker =
            |block: &&Block| talk.speakers.iter().any(|name| block.text.contains(name.as_str()));
        if talk.is_only
            && let Some(block) = text.blocks.iter().find(names_speaker)
        {
            found.push(of_talk(text, talk, block.source(0), 0.7, "who gave it is named"));
        }
    }
    found
}

fn of_talk(text: &Text, talk: &Talk, at: usize, confidence: f64, why: &str) -> Finding {
    Finding {
        subject: Subject::Talk,
        name: talk.id.clone(),
        line: text.line(at),
        confidence,
        why: why.to_owned(),
    }
}
