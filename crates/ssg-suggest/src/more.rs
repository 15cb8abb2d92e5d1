//! Finds events, talks, categories and the date of a text.
//!
//! Only what the site has is named. An event is known by a link to it, by its title with its year, or by its city near
//! its days; a talk of such an event by a link or its title.

mod day;

use crate::data::folded;
use crate::finding::{Finding, Subject};
use crate::known::{Known, KnownEvent};
use crate::text::{Block, Mark, Text, words};
use ssg_parse::FrontMatter;
use ssg_source::SitePath;

/// What is found besides tools and people.
pub(crate) fn find(text: &Text, front: &FrontMatter, path: &SitePath, known: &Known) -> Vec<Finding> {
    let plain: Vec<String> =
        text.blocks.iter().filter(|block| !block.is_code()).map(|block| folded(&block.text)).collect();
    let written = day::of(text, front, path);
    let mut found = events(text, &plain, known, written.as_ref().map(|day| day.0.as_str()));
    let own = front.events.iter().map(|event| event.value.as_str());
    let near = found.iter().filter(|one| one.confidence >= 0.7).map(|one| one.name.as_str());
    let near: Vec<&str> = near.chain(own).collect();
    let talks = talks(text, known, &near);
    let is_recap = !found.is_empty()
        && (!talks.is_empty()
            || plain.iter().map(|block| block.matches(" talk").count()).sum::<usize>() >= 3);
    found.extend(talks);
    found.extend(categories(text, known, is_recap));
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

/// Whether an address has a folder of a name: `/events/2016-toronto/`.
fn has_step(address: &str, step: &str) -> bool {
    !step.is_empty() && address.split(['/', '?', '#']).any(|part| part == step)
}

fn without_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

fn events(text: &Text, plain: &[String], known: &Known, written: Option<&str>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let all_words: std::collections::BTreeSet<&str> =
        plain.iter().flat_map(|block| block.split(' ')).collect();
    for event in &known.events {
        let link = links(text).find(|(_, _, address)| {
            let own = event.links.iter().any(|own| {
                let own = without_scheme(own);
                own.len() > 8
                    && (without_scheme(address) == own
                        || without_scheme(address).starts_with(&format!("{own}/")))
            });
            own || has_step(address, &event.id)
        });
        let (place, confidence, why) = match link {
            Some((block, at, _)) => {
                // Other events are linked to in passing.
                let is_near = written.is_some_and(|day| day::is_after(&event.days, day, 120));
                let (confidence, why) =
                    if is_near { (0.95, "a link to it, near its days") } else { (0.45, "a link to it") };
                (block.source(at), confidence, why)
            }
            None => match named(text, plain, &all_words, event, written) {
                Some(named) => named,
                None => continue,
            },
        };
        found.push(Finding {
            subject: Subject::Event,
            name: event.id.clone(),
            line: text.line(place),
            confidence,
            why: why.to_owned(),
        });
    }
    found
}

/// Whether a text names an event: where, how sure that is, and why.
fn named(
    text: &Text,
    plain: &[String],
    all: &std::collections::BTreeSet<&str>,
    event: &KnownEvent,
    written: Option<&str>,
) -> Option<(usize, f64, &'static str)> {
    let title = folded(&event.title);
    let year = event.days.0.get(..4).unwrap_or_default();
    let without_year = title.replace(year, " ");
    let without_year = without_year.split_whitespace().collect::<Vec<_>>().join(" ");
    let city = folded(&event.city);
    // Most events share no word with the text.
    let first = without_year.split(' ').next().unwrap_or_default();
    if !all.contains(first) && (city.is_empty() || !all.contains(city.split(' ').next().unwrap_or_default()))
    {
        return None;
    }
    let has_year = all.contains(year);
    let is_near = written.is_some_and(|day| day::is_after(&event.days, day, 120));
    let place = |needle: &str| {
        let number = plain.iter().position(|block| format!(" {block} ").contains(&format!(" {needle} ")))?;
        text.blocks.iter().filter(|block| !block.is_code()).nth(number).map(|block| block.source(0))
    };
    if without_year.len() >= 6
        && let Some(at) = place(&without_year)
    {
        return match (has_year, is_near) {
            (_, true) => Some((at, 0.95, "its name, near its days")),
            (true, _) => Some((at, 0.9, "its name and its year")),
            _ => Some((at, 0.4, "its name")),
        };
    }
    if !city.is_empty()
        && is_near
        && let Some(at) = place(&city)
        && ["devopsdays", "devops days", "conference", "conf", "summit", "meetup", "talks"]
            .iter()
            .any(|word| plain.iter().any(|block| block.contains(word)))
    {
        return Some((at, 0.75, "its city, near its days"));
    }
    None
}

fn talks(text: &Text, known: &Known, near: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    for talk in &known.talks {
        let slug = talk.id.rsplit('/').next().unwrap_or_default();
        let file = format!("{slug}.md");
        let link = links(text).find(|(_, _, address)| {
            has_step(address, &talk.event) && (has_step(address, slug) || has_step(address, &file))
        });
        if let Some((block, at, _)) = link {
            let is_about = near.contains(&talk.event.as_str());
            let confidence = if is_about { 0.97 } else { 0.45 };
            found.push(of_talk(text, talk, block.source(at), confidence, "a link to it"));
            continue;
        }
        if !near.contains(&talk.event.as_str()) {
            continue;
        }
        let title: Vec<String> = words(&talk.title).iter().map(|word| folded(word.text)).collect();
        let title = title.join(" ");
        let is_long = title.split(' ').count() >= 3;
        let hit = text.blocks.iter().find(|block| {
            let plain: Vec<String> = words(&block.text).iter().map(|word| folded(word.text)).collect();
            let plain = plain.join(" ");
            is_long && plain.contains(&title) || alike(&plain, &title) && block.text.len() < 200
        });
        if let Some(block) = hit {
            found.push(of_talk(text, talk, block.source(0), 0.92, "its title"));
            continue;
        }
        // Somebody who gave one talk there is named: perhaps that one.
        let ones = known.talks.iter().filter(|other| {
            other.event == talk.event && other.speakers.iter().any(|name| talk.speakers.contains(name))
        });
        if ones.count() == 1
            && let Some(block) = text.blocks.iter().find(|block| {
                talk.speakers.iter().any(|name| !name.is_empty() && block.text.contains(name.as_str()))
            })
        {
            found.push(of_talk(text, talk, block.source(0), 0.7, "who gave it is named"));
        }
    }
    found
}

fn of_talk(text: &Text, talk: &crate::known::KnownTalk, at: usize, confidence: f64, why: &str) -> Finding {
    Finding {
        subject: Subject::Talk,
        name: talk.id.clone(),
        line: text.line(at),
        confidence,
        why: why.to_owned(),
    }
}

/// Whether two titles share most of their words.
fn alike(one: &str, other: &str) -> bool {
    let one: std::collections::BTreeSet<&str> = one.split(' ').filter(|word| word.len() > 3).collect();
    let other: std::collections::BTreeSet<&str> = other.split(' ').filter(|word| word.len() > 3).collect();
    let common = one.intersection(&other).count();
    other.len() >= 3 && common * 10 >= one.union(&other).count() * 7
}

fn categories(text: &Text, known: &Known, is_recap: bool) -> Vec<Finding> {
    let title = text.blocks.first().map(|block| format!(" {} ", folded(&block.text))).unwrap_or_default();
    let mut found = Vec::new();
    for category in &known.categories {
        let name = folded(category);
        let stem = name.strip_suffix('s').unwrap_or(&name);
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
