//! Sponsors of an event, by level, as they were called when it took place.
//!
//! What a sponsor is called and shows stands in one file for all events. Names and logos change, and
//! what an event printed on its walls does not: the file says what was different, and until when.

use crate::bytes::read_bytes;
use crate::facets::near::Names;
use crate::hidden;
use crate::links;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use crate::values::data_value;
use ssg_parse::{Address, EventTable, Node, Sponsor, When, read_when};
use ssg_source::{Diagnostic, Diagnostics, ReadError, SitePath, Span, codes, decode};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::EventCard;
use std::collections::HashMap;
use tera::Value;

/// Levels with their sponsors, in the order of the event's file; sponsors of a level that is not
/// declared come last under its own name.
pub(crate) fn sponsor_levels(reads: &Reads, event: &EventCard, table: &EventTable) -> Vec<Value> {
    let source = reads.card(&event.page).map_or_else(SitePath::default, |page| page.source.clone());
    let mut levels: Vec<(String, String, Option<i64>)> = table
        .sponsor_levels
        .iter()
        .map(|level| (level.id.clone(), level.label.clone().unwrap_or_else(|| level.id.clone()), level.max))
        .collect();
    let mut of_levels: HashMap<&str, Vec<&Sponsor>> =
        table.sponsor_levels.iter().map(|level| (level.id.as_str(), Vec::new())).collect();
    for sponsor in &table.sponsors {
        let level = sponsor.level.as_ref().map_or("", |level| level.value.as_str());
        let of_level = of_levels.entry(level).or_insert_with(|| {
            levels.push((level.to_owned(), level.to_owned(), None));
            Vec::new()
        });
        of_level.push(sponsor);
    }
    levels
        .into_iter()
        .filter_map(|(id, label, max)| {
            // Of levels that are declared twice the first has them.
            let of_level = of_levels.remove(id.as_str()).into_iter().flatten();
            let sponsors: Vec<Value> =
                of_level.map(|sponsor| sponsor_view(reads, event, sponsor, &source)).collect();
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

/// A sponsor with what the event says of it, else `data/sponsors/<id>.toml`; its id stands for the name where
/// both are silent, with a warning at the place in the event's file, which is `source`.
fn sponsor_view(reads: &Reads, event: &EventCard, sponsor: &Sponsor, source: &SitePath) -> Value {
    let id = sponsor.id.as_ref().map(|id| id.value.as_str());
    let data = sponsor.id.as_ref().and_then(|id| {
        sponsor_data(reads, &id.value).unwrap_or_else(|problem| {
            // Who is told of here in full needs no file.
            if sponsor.name.is_none() {
                reads.report(problem.in_file(source).at(id.span));
            }
            None
        })
    });
    let tables = data.as_ref().map_or_else(Vec::new, |data| at_start(data, event));
    let node = |key: &str| tables.iter().find_map(|table| table.get(key));
    let address = |own: &Option<Address>, key: &str| {
        own.as_ref().map(|own| own.as_str().to_owned()).or_else(|| address_of(reads, id?, key, node(key)?))
    };
    let in_file = || node("name").map(|node| data_value(&node.value));
    let name = sponsor.name.as_deref().map(Value::from).or_else(in_file);
    Table::new()
        .set("id", id)
        .set("name", name.or(id.map(Value::from)))
        .set("url", address(&sponsor.url, "url"))
        .set("logo", address(&sponsor.logo, "logo"))
        .done()
}

/// An address in the file of a sponsor; one that no page may hold is reported there.
fn address_of(reads: &Reads, id: &str, key: &str, node: &Node) -> Option<String> {
    match Address::new(node.value.as_str()?) {
        Ok(address) => {
            if let Ok(path) = SitePath::new(&format!("data/sponsors/{id}.toml")) {
                let tag = reads.tag(LangId::MAIN);
                let owner = Owner::new(&path, "/", LangId::MAIN, &tag);
                links::check_address(reads, &owner, &address, node.span);
            }
            Some(address.into())
        }
        Err(problem) => {
            let message = format!("`{key}` is no address for a page: {problem}");
            let diagnostic = Diagnostic::warning(codes::ADDRESS, message).at(node.span).hint(problem.hint());
            reads.report(match SitePath::new(&format!("data/sponsors/{id}.toml")) {
                Ok(path) => diagnostic.in_file(&path),
                Err(_) => diagnostic,
            });
            None
        }
    }
}

/// What of a sponsor's file held when an event started: entries of its `history` that had not ended by
/// then, the first to end first, and what holds today for all that they leave out.
fn at_start<'d>(data: &'d ssg_parse::Value, event: &EventCard) -> Vec<&'d ssg_parse::Value> {
    let entries = history(data).iter().filter_map(|entry| {
        let end = ended(&entry.value)?.end(event.start.time_zone()).timestamp();
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
fn check_history(reads: &Reads, data: &ssg_parse::Value, path: &SitePath) {
    let wrong = |span: Span, message: &str| {
        let problem = Diagnostic::warning(codes::SPONSOR_HISTORY, message).in_file(path).at(span);
        reads.report(problem.hint("an entry needs `until`, a date, and what was different then"));
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
fn sponsor_data(reads: &Reads, id: &str) -> Result<Option<ssg_parse::Value>, Diagnostic> {
    let dir = SitePath::new("data/sponsors").unwrap_or_default();
    let unknown = || Diagnostic::warning(codes::UNKNOWN_SPONSOR, format!("unknown sponsor `{id}`"));
    let path = dir.join(&format!("{id}.toml")).map_err(|_| unknown())?;
    let bytes = read_bytes(reads, &path).map_err(|error| match error {
        ReadError::Missing => unknown()
            .hint_if(reads.did_you_mean(Names::Data(dir.clone()), id))
            .hint(format!("a sponsor is described in `{path}`, with `name`, `url` and `logo`")),
        other => unknown().hint(format!("`{path}` cannot be read: {other}")),
    })?;
    hidden::check_data(reads, &path);
    let mut found = Diagnostics::new();
    let text = decode(&bytes).map_err(|error| unknown().hint(format!("`{path}` cannot be read: {error}")))?;
    let value = ssg_parse::read_toml(&text, 0, &mut found).value;
    for problem in found {
        reads.report(problem.in_file(&path));
    }
    check_history(reads, &value, &path);
    Ok(Some(value))
}
