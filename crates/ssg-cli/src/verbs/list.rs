//! `ssg list`

use crate::args::{Format, Globals, List};
use crate::session::{fail, open, report};
use ssg_build::assemble_site;
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, did_you_mean};
use ssg_taxonomy::{Kind, Page, Site};
use std::io::Write;

pub fn run(globals: &Globals, verb: &List) -> u8 {
    let session = match open(globals, &verb.compile, false) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let site = assemble_site(&*session.inputs, &session.settings, &mut Diagnostics::new());
    let rows = match rows(&site, verb, session.inputs.instant()) {
        Ok(rows) => rows,
        Err(problem) => return fail(globals, problem),
    };
    let mut text = String::new();
    for row in rows {
        if globals.format == Format::Json {
            text.push_str(&format!("{}\n", serde_json::Value::from_iter(row.fields)));
        } else {
            let fields: Vec<String> = row.fields.into_iter().map(|(_, value)| value).collect();
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}

/// A row of the list: names of fields and their values.
struct Row {
    fields: Vec<(&'static str, String)>,
}

fn rows(site: &Site, verb: &List, instant: jiff::Timestamp) -> Result<Vec<Row>, Diagnostic> {
    let kind = verb.kind.as_str();
    let singular = kind.strip_suffix('s').unwrap_or(kind);
    if verb.upcoming && singular != "event" {
        return Err(Diagnostic::error("list", "`--upcoming` goes with events").class(Class::Usage));
    }
    if kind == "pages" {
        return Ok(site.pages.iter().filter(|page| page.kind != Kind::Term).map(page_row).collect());
    }
    if kind == "sections" {
        let rows = site.sections.iter().map(|section| Row {
            fields: vec![
                ("path", section.path.clone()),
                ("title", section.title.clone()),
                ("pages", section.pages.len().to_string()),
            ],
        });
        return Ok(rows.collect());
    }
    if singular == "event" {
        return Ok(events(site, verb.upcoming, instant));
    }
    if let Some(index) = site.taxonomy(kind) {
        let rows = site.taxonomies[index].terms.iter().map(|term| Row {
            fields: vec![
                ("path", term.path.clone()),
                ("name", term.name.clone()),
                ("pages", term.pages.len().to_string()),
            ],
        });
        return Ok(rows.collect());
    }
    match Kind::parse(singular) {
        Some(kind) => Ok(site.pages_of(kind).map(|id| page_row(site.page(id))).collect()),
        None => {
            let taxonomies = site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
            let known: Vec<&str> =
                ["pages", "posts", "events", "talks", "sections"].into_iter().chain(taxonomies).collect();
            Err(Diagnostic::error("list", format!("there is no list of `{kind}`"))
                .class(Class::Usage)
                .hint_if(did_you_mean(kind, known.iter().copied()))
                .hint(format!("there are: {}", known.join(", "))))
        }
    }
}

fn page_row(page: &Page) -> Row {
    let date = page.date.as_ref().map_or_else(|| "-".to_owned(), |date| date.date().to_string());
    Row {
        fields: vec![
            ("date", date),
            ("kind", page.kind.name().to_owned()),
            ("path", page.path.clone()),
            ("title", page.title.clone()),
            ("source", page.source.to_string()),
        ],
    }
}

fn events(site: &Site, upcoming: bool, instant: jiff::Timestamp) -> Vec<Row> {
    let mut rows = Vec::new();
    for event in &site.events {
        let page = site.page(event.page);
        let table = page.document.front.event.as_ref();
        let cancelled = table.is_some_and(|table| table.cancelled);
        let state = event.state(cancelled, table.and_then(|table| table.cfp.as_ref()), instant);
        if upcoming && !state.is_ahead() {
            continue;
        }
        rows.push(Row {
            fields: vec![
                ("start", event.start.date().to_string()),
                ("end", event.last.date().to_string()),
                ("state", state.name().to_owned()),
                ("id", event.id.clone()),
                ("title", page.title.clone()),
                ("talks", event.talks.len().to_string()),
            ],
        });
    }
    rows
}
