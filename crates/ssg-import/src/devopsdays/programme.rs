//! The programme of an event: rows of its data, and the talks that they name.

use super::event::Meta;
use super::zone::{day_of, time_of};
use crate::keys::{Keys, text_of};
use crate::{Guess, Report};
use jiff::civil::{Date, Time};
use ssg_parse::{Field, Value};
use ssg_source::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub room: String,
    pub kind: String,
    /// What it is called, where it names no talk.
    pub title: String,
    /// Slug of the talk's file.
    pub talk: Option<String>,
    pub speakers: Vec<String>,
}

/// The programme as it was read.
#[derive(Debug, Default)]
pub(super) struct Programme {
    pub rows: Vec<Row>,
    /// Slugs of talks that a row names.
    pub named: BTreeSet<String>,
    pub notes: Vec<Guess>,
}

/// The part of an event's data that is its programme, for when its talks are known.
pub(super) fn raw(keys: &Keys<'_>) -> Value {
    let field = |key: &str| {
        let node = keys.node(key)?.clone();
        Some(Field { key: key.to_owned(), key_span: node.span, node })
    };
    Value::Table(["program", "ignites"].into_iter().filter_map(field).collect())
}

/// Reads `program` and `ignites`. `talks` are the slugs of the event's talks by the name of their
/// file in the source, in lower case; `person` gives the name behind an id.
pub(super) fn read(
    keys: &Keys<'_>,
    meta: &Meta,
    talks: &BTreeMap<String, String>,
    at: &SitePath,
    report: &mut Report,
) -> Programme {
    let mut programme = Programme::default();
    // Short talks by their day: they follow the row of their block.
    let mut short: Vec<(Option<Date>, Row)> = Vec::new();
    for node in keys.list("ignites") {
        let ignite = Keys::new(&node.value);
        let Some(title) = ignite.text("title").or_else(|| text_of(&node.value)) else { continue };
        let day = ignite.text("date").and_then(|text| day_of(&text));
        let mut row = Row { kind: "ignite".to_owned(), ..Row::default() };
        programme.name(&mut row, &title, talks);
        short.push((day, row));
        ignite.finish("event: ignites.", at.as_str(), report);
    }
    for node in keys.list("program") {
        let entry = Keys::new(&node.value);
        let title = entry.text("title").unwrap_or_default();
        let kind = entry.text("type").unwrap_or_default().to_lowercase();
        let day = entry.text("date").and_then(|text| day_of(&text));
        let (from, to) = (entry.text("start_time"), entry.text("end_time"));
        let room = entry.text_of(&["room", "location", "track"]).unwrap_or_default();
        let mut row = Row { kind: kind_of(&kind, &title).to_owned(), room, ..Row::default() };
        (row.starts, row.ends) = programme.times(meta, day, from.as_deref(), to.as_deref());
        programme.name(&mut row, &title, talks);
        entry.finish("event: program.", at.as_str(), report);
        if row.talk.is_none() && row.title.is_empty() {
            continue;
        }
        let (starts, block) = (row.starts.clone(), row.kind == "ignite" && row.talk.is_none());
        programme.rows.push(row);
        if block {
            let (of_block, rest): (Vec<_>, Vec<_>) = short.into_iter().partition(|(other, _)| *other == day);
            short = rest;
            programme.rows.extend(of_block.into_iter().map(|(_, row)| Row { starts: starts.clone(), ..row }));
        }
    }
    programme.rows.extend(short.into_iter().map(|(_, row)| row));
    programme
}

impl Programme {
    /// Gives a row its talk, or its title.
    fn name(&mut self, row: &mut Row, title: &str, talks: &BTreeMap<String, String>) {
        if let Some(slug) = talks.get(&title.to_lowercase()) {
            row.talk = Some(slug.clone());
            self.named.insert(slug.clone());
            return;
        }
        title.trim_end_matches([':', ' ']).clone_into(&mut row.title);
        let is_id = title.contains('-')
            && title.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if is_id {
            row.title = name_of_id(title);
            self.notes.push(Guess::new(0, format!("the programme names `{title}`, which has no file")));
        }
    }

    /// When a row starts and ends, as front matter writes it.
    pub fn times(
        &mut self,
        meta: &Meta,
        day: Option<Date>,
        from: Option<&str>,
        to: Option<&str>,
    ) -> (Option<String>, Option<String>) {
        let mut read = |text: Option<&str>| -> Option<Time> {
            let text = text.filter(|text| !text.trim().is_empty())?;
            let time = time_of(text);
            if time.is_none() {
                self.notes.push(Guess::new(0, format!("`{text}` is no time of day; it was left out")));
            }
            time
        };
        let (from, to) = (read(from), read(to));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.notes.push(Guess::new(0, format!("a row ends at {to}, before it starts at {from}")));
        }
        let to = to.filter(|to| from.is_none_or(|from| from <= *to));
        let clock = |time: Option<Time>| Some(meta.zone.clock(day?, time?));
        (clock(from), clock(to))
    }
}

/// The kind of a row, from what the source calls it and from its title.
pub(super) fn kind_of(kind: &str, title: &str) -> &'static str {
    let known = ["talk", "workshop", "ignite", "open-space", "keynote", "panel"];
    if let Some(known) = known.iter().find(|name| **name == kind) {
        return known;
    }
    let title = title.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if says(&["open space", "openspace", "open-space", "breakout discussion"]) {
        "open-space"
    } else if says(&["ignite"]) {
        "ignite"
    } else if says(&["registration", "check-in"]) {
        "registration"
    } else if says(&["break", "lunch", "coffee", "tea"]) {
        "break"
    } else if says(&["party", "happy hour", "evening event", "social", "drinks", "reception", "dinner"]) {
        "social"
    } else if says(&[
        "welcome",
        "opening",
        "introduction",
        "closing",
        "close",
        "farewell",
        "wrap-up",
        "kickoff",
    ]) {
        "ceremony"
    } else {
        "other"
    }
}

/// A name made of an id such as `tom-mclaughlin`.
pub(super) fn name_of_id(id: &str) -> String {
    let words = id.split(['-', '_']).filter(|word| !word.is_empty()).map(|word| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect::<String>())
    });
    words.collect::<Vec<_>>().join(" ")
}
