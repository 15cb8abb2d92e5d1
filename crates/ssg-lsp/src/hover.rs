//! What is told of the thing under the pointer, in Markdown.

use crate::completion::told_of_key;
use crate::site::Known;
use crate::subject::{About, Subject};
use ssg_taxonomy::{Kind, Page, PageId, TermId};
use std::fmt::Write as _;

/// How many pages are named.
const NAMED: usize = 6;

/// What is told of a thing; `None` where that is nothing.
#[must_use]
pub fn told(known: &Known, about: &About) -> Option<String> {
    match &about.subject {
        Subject::Key(key) => {
            let about = key.known()?;
            Some(format!("**{}**\n\n{}", key.word.text, told_of_key(about)))
        }
        Subject::Term(id) => Some(term(known, *id)),
        Subject::Page(id) => Some(page(known, *id, about.anchor.as_deref())),
        Subject::File(file) => Some(format!("`{file}`")),
        Subject::Template(name) => known.templates.get(name).map(|file| format!("template `{file}`")),
        Subject::Shortcode(name) => {
            let code = known.shortcodes.iter().find(|code| code.name == *name)?;
            let arguments = code.arguments.join("`, `");
            let arguments = if arguments.is_empty() { "none".to_owned() } else { format!("`{arguments}`") };
            let body = if code.takes_body { "; with a body" } else { "" };
            Some(format!("shortcode **{name}**\n\narguments: {arguments}{body}\n\n`{}`", code.file))
        }
    }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn term(known: &Known, id: TermId) -> String {
    let site = &known.site;
    let term = site.term(id);
    let taxonomy = site.taxonomies.get(usize::from(id.taxonomy)).map_or("", |taxonomy| &taxonomy.title);
    let mut told = format!("**{}** · {taxonomy}\n\n", term.name);
    if let Some(text) = term.page.and_then(|page| description(site.page(page))) {
        let _ = write!(told, "{text}\n\n");
    }
    let of = |kind: Kind| term.pages.iter().filter(|page| site.page(**page).kind == kind).count();
    let counts = [
        ("post", of(Kind::Post)),
        ("event", of(Kind::Event)),
        ("talk", of(Kind::Talk)),
        ("page", of(Kind::Page)),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| counted(*count, name));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let written = site.written_by(id).len();
    told.push_str(if counts.is_empty() { "on no page" } else { &counts });
    if written > 0 {
        let _ = write!(told, "; wrote {}", counted(written, "page"));
    }
    told.push('\n');
    for id in term.pages.iter().take(NAMED) {
        let _ = write!(told, "\n- {}", line(site.page(*id)));
    }
    if term.pages.len() > NAMED {
        let _ = write!(told, "\n- and {} more", term.pages.len() - NAMED);
    }
    if !term.aliases.is_empty() {
        let _ = write!(told, "\n\nalso: {}", term.aliases.join(", "));
    }
    let _ = write!(told, "\n\n`{}`", term.path);
    told
}

fn description(page: &Page) -> Option<&str> {
    page.document.front.description.as_ref().map(|text| text.value.as_str())
}

fn line(page: &Page) -> String {
    let date = page.date.as_ref().map(|date| format!(" ({})", date.date())).unwrap_or_default();
    format!("{}{date}{}", page.title, if page.standing.is_draft { ", draft" } else { "" })
}

fn page(known: &Known, id: PageId, anchor: Option<&str>) -> String {
    let site = &known.site;
    let page = site.page(id);
    let mut told = format!("**{}** · {}", page.title, page.kind.name());
    if page.standing.is_draft {
        told.push_str(" · draft");
    }
    told.push_str("\n\n");
    if let Some(text) = description(page) {
        let _ = write!(told, "{text}\n\n");
    }
    if let Some(event) = site.event_of(id) {
        match event.start.date() == event.last_day {
            _ if event.open.is_some() => told.push_str("its days are not known"),
            true => _ = write!(told, "{}", event.start.date()),
            false => _ = write!(told, "{} to {}", event.start.date(), event.last_day),
        }
        let table = page.document.front.event.as_deref();
        let place =
            [table.and_then(|table| table.city.as_deref()), table.and_then(|table| table.country.as_deref())];
        let place: Vec<&str> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            let _ = write!(told, ", {}", place.join(", "));
        }
        let (talks, recaps) = (counted(event.talks.len(), "talk"), counted(event.recaps.len(), "post"));
        let _ = write!(told, "\n\n{talks}, {recaps} about it\n\nid `{}`", event.id);
    } else if let Some(talk) = &page.talk {
        let event = talk.event.map(|event| site.page(site.events[event].page).title.as_str());
        let when = talk.starts().map(|starts| starts.strftime("%Y-%m-%d %H:%M").to_string());
        let known: Vec<&str> = [event, when.as_deref()].into_iter().flatten().collect();
        let _ = write!(told, "{}\n\nid `{}`", known.join(", "), talk.id);
    } else if let Some(date) = &page.date {
        let _ = write!(told, "{}", date.date());
    }
    let heading =
        anchor.and_then(|anchor| page.document.outline.headings.iter().find(|heading| heading.id == anchor));
    if let Some(heading) = heading {
        let _ = write!(told, "\n\nsection: {}", heading.title);
    }
    let _ = write!(told, "\n\n`{}`", page.path);
    told
}
