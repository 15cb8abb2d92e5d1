//! The file of a talk.

use super::event::Place;
use super::people::People;
use crate::front::{Front, Written, inline, text};
use crate::programme::language::languages;
use crate::programme::model::{Link, Session};
use crate::programme::prose::{self, line, markdown};
use crate::{EventOptions, Guess};

/// The file of a talk; `id` is what the source knows it by.
#[expect(clippy::too_many_arguments, reason = "all of it goes into one file")]
pub(super) fn page(
    session: &Session,
    kind: &str,
    at: &Place,
    people: &People,
    id: Option<&str>,
    format: &str,
    options: &EventOptions<'_>,
    notes: &mut Vec<Guess>,
) -> Vec<u8> {
    let topics: Vec<String> =
        session.topics.iter().map(|topic| line(topic)).filter(|topic| !topic.is_empty()).collect();
    let is_tool = |tag: &&String| options.tools.iter().any(|tool| tool.eq_ignore_ascii_case(tag));
    let (tools, categories): (Vec<&String>, Vec<&String>) = topics.iter().partition(is_tool);
    let mut tags: Vec<String> = Vec::new();
    for written in &session.languages {
        let (known, unknown) = languages(written);
        tags.extend(known);
        notes.extend(
            unknown
                .into_iter()
                .map(|name| Guess::new(0, format!("the language `{}` is not known", line(&name)))),
        );
    }
    tags.dedup();
    let mut front = Front::default();
    front.text("title", &line(&session.title)).text("description", &line(&session.subtitle));
    front.list("speakers", &people.written(session));
    front.texts("categories", &categories).texts("tools", &tools);
    front.text("image", &session.picture);
    media(&mut front, "video", &session.videos);
    media(&mut front, "slides", &session.slides);
    front.table_of("talk", |talk| {
        talk.text("kind", if kind == "talk" { "" } else { kind });
        talk.raw("starts", &at.starts).raw("ends", &at.ends);
        talk.text("room", &at.room).text("track", &line(&session.track)).text("level", &line(&session.level));
        match tags.as_slice() {
            [one] => talk.text("language", one),
            several => talk.texts("language", several),
        };
        talk.text("online", &session.online);
        if session.is_cancelled {
            talk.raw("cancelled", "true");
        }
    });
    front.table_of("extra", |extra| {
        extra.text("licence", &line(&session.licence));
    });
    front.table("extra.import").text("source", format).text("id", id.unwrap_or(""));
    front.page(&body(session))
}

/// Addresses: one as it is, several as a list, each with what it is called.
fn media(front: &mut Front, key: &str, links: &[Link]) {
    let mut known: Vec<&str> = Vec::new();
    let mut values: Vec<Written> = Vec::new();
    for link in links {
        if known.contains(&link.url.as_str()) {
            continue;
        }
        known.push(&link.url);
        let title = line(&link.title);
        values.push(if title.is_empty() || links.len() == 1 {
            text(&link.url)
        } else {
            inline(&[("url", &link.url), ("title", &title)])
        });
    }
    match known.as_slice() {
        [one] => front.text(key, one),
        _ => front.list(key, &values),
    };
}

/// The text below the front matter: the short one, the long one, and links.
fn body(session: &Session) -> String {
    let (summary, text) = (markdown(&session.summary), markdown(&session.text));
    let mut body = if summary == text || text.starts_with(&summary) {
        text
    } else if text.is_empty() {
        summary
    } else {
        format!("{summary}\n\n{text}")
    };
    let links: Vec<String> = session
        .links
        .iter()
        .map(|link| {
            let title = line(&link.title);
            let label = if title.is_empty() { host(&link.url) } else { title };
            format!("- {}\n", prose::link(&label, &link.url))
        })
        .collect();
    if !links.is_empty() {
        body.push_str(&format!("\n\n{}", links.concat()));
    }
    body
}

/// The host of an address.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
