//! Sponsors of an event, by level, as they were called when it took place.
//!
//! What a sponsor is called and shows stands in one file for all events. Names and logos change, and
//! what an event printed on its walls does not: the file says what was different, and until when.

use super::data_value;
use crate::data;
use crate::question::Question;
use crate::reader::{self, looked_up};
use crate::table::Table;
use crate::world::World;
use ssg_parse::{EventTable, Node, Spanned, When, read_when};
use ssg_source::{Diagnostic, Diagnostics, ReadError, SitePath, Span, decode};
use ssg_taxonomy::Event;
use std::collections::HashMap;
use tera::Value;

/// Levels with their sponsors, in the order of the event's file; sponsors of a level that is not
/// declared come last under its own name.
pub(super) fn sponsor_levels(world: &World, event: &Event, table: &EventTable) -> Vec<Value> {
    let source = &world.site.page(event.page).source;
    let mut levels: Vec<(String, String, Option<i64>)> = table
        .sponsor_levels
        .iter()
        .map(|level| (level.id.clone(), level.label.clone().unwrap_or_else(|| level.id.clone()), level.max))
        .collect();
    let mut of_levels: HashMap<&str, Vec<&Spanned<String>>> =
        table.sponsor_levels.iter().map(|level| (level.id.as_str(), Vec::new())).collect();
    for sponsor in &table.sponsors {
        let level = sponsor.level.as_ref().map_or("", |level| level.value.as_str());
        let of_level = of_levels.entry(level).or_insert_with(|| {
            levels.push((level.to_owned(), level.to_owned(), None));
            Vec::new()
        });
        of_level.push(&sponsor.id);
    }
    levels
        .into_iter()
        .filter_map(|(id, label, max)| {
            // Of levels that are declared twice the first has them.
            let of_level = of_levels.remove(id.as_str()).into_iter().flatten();
            let sponsors: Vec<Value> =
                of_level.map(|sponsor| sponsor_view(world, event, sponsor, source)).collect();
            (!sponsors.is_empty()).then(|| {
                Table::new()
                    .set("id", id)
                    .set("label", label)
                    .set("max", max)
                    .set("sponsors", sponsors)
                    .done()
            })
        })
        .collect()
}

/// A sponsor with what `data/sponsors/<id>.toml` says; its id stands for the name where that is
/// missing, with a warning at the place in the event's file, which is `source`.
fn sponsor_view(world: &World, event: &Event, sponsor: &Spanned<String>, source: &SitePath) -> Value {
    let id = sponsor.value.as_str();
    let data = sponsor_data(world, id).unwrap_or_else(|problem| {
        reader::note(problem.in_file(source).at(sponsor.span));
        None
    });
    let tables = data.as_ref().map_or_else(Vec::new, |data| at_start(data, event));
    let value =
        |key: &str| tables.iter().find_map(|table| table.get(key)).map(|node| data_value(&node.value));
    Table::new()
        .set("id", id)
        .set("name", value("name").unwrap_or_else(|| Value::from(id)))
        .set("url", value("url"))
        .set("logo", value("logo"))
        .done()
}

/// What of a sponsor's file held when an event started: entries of its `history` that had not ended by
/// then, the first to end first, and what holds today for all that they leave out.
fn at_start<'d>(data: &'d ssg_parse::Value, event: &Event) -> Vec<&'d ssg_parse::Value> {
    let entries = history(data).iter().filter_map(|entry| {
        let end = ended(&entry.value)?.end(&event.zone).timestamp();
        (event.start.timestamp() < end).then_some((end, &entry.value))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(end, _)| *end);
    entries.into_iter().map(|(_, entry)| entry).chain([data]).collect()
}

fn history(data: &ssg_parse::Value) -> &[Node] {
    match data.get("history").map(|history| &history.value) {
        Some(ssg_parse::Value::List(entries)) => entries,
        _ => &[],
    }
}

/// Until when an entry held.
fn ended(entry: &ssg_parse::Value) -> Option<When> {
    match &entry.get("until")?.value {
        ssg_parse::Value::Date(text) | ssg_parse::Value::Text(text) => read_when(text).ok(),
        _ => None,
    }
}

/// Reports entries that do not say until when they held: they are passed over.
fn check_history(data: &ssg_parse::Value, path: &SitePath) {
    let wrong = |span: Span, message: &str| {
        let problem = Diagnostic::warning("sponsor-history", message).in_file(path).at(span);
        reader::note(problem.hint("an entry needs `until`, a date, and what was different then"));
    };
    if let Some(node) = data.get("history")
        && !matches!(node.value, ssg_parse::Value::List(_))
    {
        wrong(node.span, "`history` must be a list of tables");
    }
    for entry in history(data).iter().filter(|entry| ended(&entry.value).is_none()) {
        let until = entry.value.get("until");
        wrong(until.map_or(entry.span, |until| until.span), "an entry of `history` without a date");
    }
}

/// What the file of a sponsor says, or that there is no such file.
fn sponsor_data(world: &World, id: &str) -> Result<Option<ssg_parse::Value>, Diagnostic> {
    let dir = SitePath::new("data/sponsors").unwrap_or_default();
    let unknown = || Diagnostic::warning("unknown-sponsor", format!("unknown sponsor `{id}`"));
    let path = dir.join(&format!("{id}.toml")).map_err(|_| unknown())?;
    looked_up(Question::Data { path: path.to_string(), required: false });
    let bytes = data::read_bytes(world, &path).map_err(|error| match error {
        ReadError::Missing => {
            looked_up(Question::DataNames(dir.clone()));
            unknown()
                .hint_if(world.near_data(&dir).did_you_mean(id))
                .hint(format!("a sponsor is described in `{path}`, with `name`, `url` and `logo`"))
        }
        other => unknown().hint(format!("`{path}` cannot be read: {other}")),
    })?;
    let mut found = Diagnostics::new();
    let text = decode(&bytes).map_err(|error| unknown().hint(format!("`{path}` cannot be read: {error}")))?;
    let value = ssg_parse::read_toml(&text, 0, &mut found).value;
    for problem in found {
        reader::note(problem.in_file(&path));
    }
    check_history(&value, &path);
    Ok(Some(value))
}
