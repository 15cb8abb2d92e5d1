//! The talks of an event that a site has: files, and rows of its schedule.

use crate::content_page::header_of;
use crate::keys::text_of;
use crate::{EventOptions, EventSite};
use ssg_parse::Value;
use ssg_source::SitePath;

/// A talk of the site.
#[derive(Debug)]
pub(super) struct Talk {
    /// The file that it is in.
    pub path: SitePath,
    /// The id of its row, for one without a file; empty for a row without an id.
    pub row: Option<String>,
    pub title: String,
    pub people: Vec<String>,
    /// Its recordings and its slides.
    pub video: Vec<Medium>,
    pub slides: Vec<Medium>,
    /// Keys that its file has in another place than where they go.
    pub elsewhere: Vec<&'static str>,
}

/// A recording or slides, as a talk has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Medium {
    pub url: String,
    pub language: String,
    pub title: String,
}

/// The talks of an event, sorted by file.
pub(super) fn talks(options: &EventOptions<'_>) -> Vec<Talk> {
    let EventSite { index, talks, .. } = &options.site;
    let mut all: Vec<Talk> = Vec::new();
    for (path, bytes) in talks {
        let header = header_of(bytes);
        let title = text(&header, "title").unwrap_or_else(|| path.stem().replace('-', " "));
        let mut elsewhere = Vec::new();
        let inner = header.get("talk").map(|node| &node.value);
        for key in ["video", "slides"] {
            if header.get(key).is_none() && inner.is_some_and(|talk| talk.get(key).is_some()) {
                elsewhere.push(key);
            }
        }
        let media = |key: &str| {
            let mut all = media(&header, key);
            all.extend(inner.map(|talk| self::media(talk, key)).unwrap_or_default());
            all
        };
        all.push(Talk {
            path: path.clone(),
            row: None,
            title,
            people: names(&header, "speakers"),
            video: media("video"),
            slides: media("slides"),
            elsewhere,
        });
    }
    let rows = index.as_ref().map(|(path, bytes)| (path, header_of(bytes)));
    if let Some((path, header)) = rows {
        let schedule = header.get("event").and_then(|node| node.value.get("schedule"));
        let rows = match schedule.map(|node| &node.value) {
            Some(Value::List(rows)) => rows.as_slice(),
            _ => &[],
        };
        for row in rows.iter().map(|node| &node.value) {
            let people = names(row, "speakers");
            let Some(title) = text(row, "title").filter(|_| row.get("talk").is_none() && !people.is_empty())
            else {
                continue;
            };
            let row_id = Some(text(row, "id").unwrap_or_default());
            all.push(Talk {
                path: path.clone(),
                row: row_id,
                title,
                people,
                video: media(row, "video"),
                slides: media(row, "slides"),
                elsewhere: Vec::new(),
            });
        }
    }
    all
}

fn text(value: &Value, key: &str) -> Option<String> {
    text_of(&value.get(key)?.value)
}

fn names(value: &Value, key: &str) -> Vec<String> {
    let name = |value: &Value| match value {
        Value::Table(_) => text(value, "name"),
        value => text_of(value),
    };
    match value.get(key).map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes.iter().filter_map(|node| name(&node.value)).collect(),
        Some(one) => name(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn media(value: &Value, key: &str) -> Vec<Medium> {
    let medium = |value: &Value| match value {
        Value::Table(_) => {
            let of = |key: &str| text(value, key).unwrap_or_default();
            Some(Medium { url: text(value, "url")?, language: of("language"), title: of("title") })
        }
        value => Some(Medium { url: text_of(value)?, ..Medium::default() }),
    };
    match value.get(key).map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes.iter().filter_map(|node| medium(&node.value)).collect(),
        Some(one) => medium(one).into_iter().collect(),
        None => Vec::new(),
    }
}
