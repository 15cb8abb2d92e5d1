//! Markdown for readers that want no HTML, such as language models: the source of each page beside it, and
//! `/llms.txt`, which lists them (<https://llmstxt.org>).
//!
//! A body is given as it was written. The header is not: it is made of what the page's HTML shows too, so
//! that whoever is not to be named and what is not for readers stay out of it.

use super::{Kind, Planner, Rendered, Result};
use crate::bytes::read_bytes;
use crate::dates::rfc3339;
use crate::exports::companion_path;
use crate::facets::config::{Descriptions, Titles};
use crate::reads::{ReadSite, Reads};
use crate::views::person_name;
use serde::Serialize;
use ssg_parse::{LangId, encode_url, split_header};
use ssg_source::{Diagnostic, Diagnostics, Digest, codes, decode};
use ssg_taxonomy::facets::{Card, Content, Listed};
use ssg_taxonomy::{Kind as PageKind, PageKey};
use std::fmt::Write as _;

/// Kinds of pages as `/llms.txt` has them, each with the key of its heading among the theme's texts, and
/// the heading in English.
const LISTED: &[(PageKind, &str, &str)] = &[
    (PageKind::Post, "posts", "Posts"),
    (PageKind::Event, "events", "Events"),
    (PageKind::Talk, "talks", "Talks"),
    (PageKind::Page, "pages", "Pages"),
];

/// Keys of a header that are no taxonomies.
const OWN_KEYS: &[&str] = &["title", "url", "date", "updated", "description", "authors"];

#[derive(Clone, Debug, Serialize)]
pub(super) enum Markdown {
    /// The source of a page.
    Page(PageKey),
    /// `/llms.txt`
    Index,
}

impl Kind for Markdown {
    const WORDS: &'static str = "Markdown for language models";

    fn plan(planner: &mut Planner<'_>) {
        if !planner.snapshot.config().outputs.markdown {
            return;
        }
        let facets = planner.snapshot.facets();
        for (id, page) in planner.snapshot.site().numbered_pages() {
            if page.kind != PageKind::Term {
                let kind = Self::Page(facets.page_key(id));
                planner.planned.add(&path_of(&page.path), kind, Some(&page.source));
            }
        }
        if !planner.snapshot.theme().theme.statics.contains_key("llms.txt") {
            planner.planned.add("/llms.txt", Self::Index, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        match self {
            Self::Page(key) => {
                let card = reads.card(key).ok_or_else(|| super::gone("page"))?;
                let body = if card.is_row { String::new() } else { body(reads, &card)? };
                Ok(Rendered::text(header(reads, &card) + &body))
            }
            Self::Index => Ok(Rendered::text(index(reads))),
        }
    }

    fn source_words(&self) -> String {
        "the Markdown of a page".to_owned()
    }
}

/// Where the source of the page at a path lies.
fn path_of(path: &str) -> String {
    if path.ends_with('/') { format!("{path}index.md") } else { companion_path(path, "md") }
}

/// Front matter in YAML, of which every text in JSON is one.
fn header(reads: &Reads, card: &Card) -> String {
    let mut header = String::from("---\n");
    let mut line = |key: &str, value: serde_json::Value| {
        // Writing to a String cannot fail.
        let _ = writeln!(header, "{key}: {value}");
    };
    line("title", card.title.as_str().into());
    line("url", url(reads, &card.path).into());
    for (key, date) in [("date", &card.date), ("updated", &card.updated)] {
        if let Some(date) = date {
            line(key, rfc3339(date).into());
        }
    }
    if let Some(description) = &card.description {
        line("description", description.trim().into());
    }
    if !card.authors.is_empty() {
        line("authors", card.authors.iter().map(|author| person_name(reads, author)).collect());
    }
    // A taxonomy may have the name of a key, and no key may stand there twice.
    let is_own = |name: &str| OWN_KEYS.contains(&name);
    for (taxonomy, terms) in card.terms.iter().filter(|(name, terms)| !terms.is_empty() && !is_own(name)) {
        let terms = terms.iter().filter_map(|key| reads.term(key));
        let names = terms.map(|term| term.in_language(card.language).name.clone()).collect();
        line(taxonomy, names);
    }
    header.push_str("---\n");
    header
}

/// What stands below the header of a page's file.
fn body(reads: &Reads, card: &Card) -> Result<String> {
    let path = &card.source;
    let content = reads.get::<Content>(&card.key).ok_or_else(|| super::gone("page"))?;
    let bytes = read_bytes(reads, path).map_err(|error| Box::new(error.diagnostic(path)))?;
    if Digest::of_bytes(&bytes) != content.0.digests.content {
        // Somebody is writing it.
        reads.distrust();
    }
    let text = decode(&bytes)
        .map_err(|error| Box::new(Diagnostic::error(codes::ENCODING, error.to_string()).in_file(path)))?;
    // What is wrong with the header was reported when the file was parsed.
    let body = split_header(&text, &mut Diagnostics::new()).body.slice(&text).trim_end();
    let gap = if body.starts_with('\n') || body.is_empty() { "" } else { "\n" };
    Ok(if body.is_empty() { String::new() } else { format!("{gap}{body}\n") })
}

/// All pages by kind and language, each with the address of its source.
fn index(reads: &Reads) -> String {
    let main = LangId::MAIN;
    let title = reads.get::<Titles>(&()).map_or_else(String::new, |titles| one_line(titles.title(main)));
    let mut index = format!("# {title}\n");
    let description = reads.get::<Descriptions>(&());
    let description = description.map_or_else(String::new, |all| one_line(all.description(main)));
    if !description.is_empty() {
        let _ = write!(index, "\n> {description}\n");
    }
    let languages = reads.languages();
    for language in &languages.all {
        let tag = reads.tag(*language);
        for (kind, key, english) in LISTED {
            let listed = reads.get::<Listed>(&(*kind, *language));
            let cards = listed.iter().flat_map(|listed| &listed.0).filter_map(|key| reads.card(key));
            // Lists of a language also have originals, which are named with their own language.
            let mut cards = cards.filter(|card| card.language == *language).peekable();
            if cards.peek().is_none() {
                continue;
            }
            let heading = one_line(&reads.word(&tag, key, english));
            let of = if language.is_main() { String::new() } else { format!(" ({tag})") };
            let _ = write!(index, "\n## {heading}{of}\n\n");
            for card in cards {
                index.push_str(&entry(reads, &card));
            }
        }
    }
    index
}

/// The line of a page.
fn entry(reads: &Reads, card: &Card) -> String {
    let mut title = String::new();
    for character in one_line(&card.title).chars() {
        if matches!(character, '[' | ']' | '\\') {
            title.push('\\');
        }
        title.push(character);
    }
    let url = url(reads, &path_of(&card.path));
    match card.description.as_deref().map(one_line).filter(|text| !text.is_empty()) {
        Some(description) => format!("- [{title}]({url}): {description}\n"),
        None => format!("- [{title}]({url})\n"),
    }
}

/// The address of a path; brackets would end a link.
fn url(reads: &Reads, path: &str) -> String {
    let url: String = encode_url(&reads.permalink(path)).collect();
    url.replace('(', "%28").replace(')', "%29")
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
