//! Structured data: what a page is about, in the vocabulary of schema.org, as JSON-LD.
//!
//! Made of the view of the page that is being rendered, and of what its templates could ask for. A
//! node is written only where what search engines demand of it is known: an event without a place or
//! a video without a date is left out rather than made up.

mod event;
mod node;
mod places;
#[cfg(test)]
mod tests;

use crate::facets::config::{Descriptions, SiteAuthor, Titles};
use crate::reads::{ReadSite, Reads};
use crate::scope::{About, Subject};
use node::{Node, list, web};
use serde_json::{Value, json};
use ssg_taxonomy::facets::{Card, References, TermAliases};
use ssg_taxonomy::{Kind, LangId, PageKey, TermKey};
use std::collections::HashSet;

/// The structured data of what is being rendered, safe inside `<script>`; `None` where there is
/// nothing to say.
pub(crate) fn text(reads: &Reads, subject: &Subject) -> Option<String> {
    let mut graph: Vec<Value> = match subject.about {
        About::Page(key) => page(reads, key, subject),
        About::Section(key) if reads.section(&key).is_some_and(|section| section.parent.is_none()) => {
            vec![web_site(reads, subject.language)]
        }
        About::Term(key) if reads.term(&key).is_some_and(|term| *term.taxonomy == *"speakers") => {
            person_page(reads, key, subject).into_iter().collect()
        }
        About::Section(_) | About::Taxonomy | About::Term(_) | About::Archive => {
            vec![plain(reads, "CollectionPage", subject)]
        }
        About::Search | About::NotFound => return None,
    };
    graph.extend(breadcrumbs(reads, subject));
    let value = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(crate::formats::script_safe(&value.to_string()))
}

fn page(reads: &Reads, key: PageKey, subject: &Subject) -> Vec<Value> {
    let Some(page) = reads.card(&key) else { return Vec::new() };
    match page.kind {
        Kind::Post => vec![posting(reads, &page, subject)],
        Kind::Event => {
            let event = page.event.and_then(|event| reads.event(&event));
            let event = event.and_then(|event| event::event(reads, &event, subject));
            vec![event.unwrap_or_else(|| plain(reads, "WebPage", subject))]
        }
        Kind::Talk => event::talk(reads, &page, subject),
        Kind::Page | Kind::Term => vec![plain(reads, "WebPage", subject)],
    }
}

/// What every node says that stands for the page itself.
fn about_page(reads: &Reads, kind: &str, subject: &Subject) -> Node {
    Node::new(kind)
        .text("name", subject.text("title"))
        .text("url", Some(&subject.permalink))
        .text("description", subject.text("description"))
        .set("image", image(reads, subject))
}

fn plain(reads: &Reads, kind: &str, subject: &Subject) -> Value {
    about_page(reads, kind, subject)
        .text("inLanguage", Some(&subject.lang))
        .set("isPartOf", Some(site_reference(reads, subject.language)))
        .done()
}

fn site_reference(reads: &Reads, language: LangId) -> Value {
    json!({ "@id": format!("{}#website", reads.permalink(reads.languages().path(language))) })
}

fn web_site(reads: &Reads, language: LangId) -> Value {
    let titles = reads.get::<Titles>(&());
    let descriptions = reads.get::<Descriptions>(&());
    Node::new("WebSite")
        .set("@id", site_reference(reads, language).get("@id").cloned())
        .text("name", titles.as_ref().map(|titles| titles.title(language)))
        .text("url", Some(&reads.permalink(reads.languages().path(language))))
        .text("description", descriptions.as_ref().map(|all| all.description(language)))
        .text("inLanguage", Some(&reads.tag(language)))
        .done()
}

fn posting(reads: &Reads, page: &Card, subject: &Subject) -> Value {
    let mut authors: Vec<Value> = page
        .authors
        .iter()
        .filter_map(|author| match author.term {
            Some(term) => person(reads, term, page.language),
            None => Some(Node::new("Person").text("name", Some(&author.name)).done()),
        })
        .collect();
    if authors.is_empty() {
        authors.push(usual_author(reads));
    }
    let date = page.date.as_ref().map(crate::dates::rfc3339);
    let updated = page.updated.as_ref().map(crate::dates::rfc3339);
    let events = page.events.iter().filter_map(|key| reads.event(key));
    let events: Vec<Value> =
        events.filter_map(|event| event::reference(reads, &event, page.language)).collect();
    let talks = reads.get::<References>(&page.key).map_or_else(Vec::new, |all| all.talks.clone());
    let talks: Vec<Value> = talks
        .iter()
        .filter_map(|key| reads.card(&reads.nearest(*key, page.language)))
        .map(|talk| {
            Node::new("CreativeWork")
                .text("name", Some(&talk.title))
                .text("url", Some(&reads.permalink(&talk.path)))
                .done()
        })
        .collect();
    let keywords: Vec<Value> = ["categories", "tools"]
        .into_iter()
        .flat_map(|name| page.terms_of(name))
        .filter_map(|key| reads.term(key))
        .map(|term| Value::from(term.in_language(page.language).name.as_str()))
        .collect();
    about_page(reads, "BlogPosting", subject)
        .text("headline", subject.text("title"))
        .text("mainEntityOfPage", Some(&subject.permalink))
        .text("datePublished", date.as_deref())
        .text("dateModified", updated.as_deref().or(date.as_deref()))
        .set("author", list(authors))
        .text("inLanguage", Some(&subject.lang))
        .set("keywords", list(keywords))
        .set("about", list(events))
        .set("mentions", list(talks))
        .set("isPartOf", Some(site_reference(reads, subject.language)))
        .done()
}

/// Who stands for a post that names nobody: the author of the site, else the site.
fn usual_author(reads: &Reads) -> Value {
    let author = reads.get::<SiteAuthor>(&());
    if let Some(name) = author.as_ref().and_then(|author| author.0.as_deref()) {
        return Node::new("Person").text("name", Some(name)).done();
    }
    let titles = reads.get::<Titles>(&());
    let site = Node::new("Organization").text("name", titles.as_ref().map(|titles| titles.main_title()));
    site.text("url", Some(reads.addressing().base_url())).done()
}

/// Somebody with a page.
fn person(reads: &Reads, key: TermKey, language: LangId) -> Option<Value> {
    let term = reads.term(&key)?;
    let named = term.in_language(language);
    let node = Node::new("Person").text("name", Some(&named.name));
    Some(node.text("url", Some(&reads.permalink(&named.path))).done())
}

/// The page of a speaker: who it is, by which names and where else.
fn person_page(reads: &Reads, key: TermKey, subject: &Subject) -> Option<Value> {
    let term = reads.term(&key)?;
    let named = term.in_language(subject.language);
    let extra =
        |key: &'static str| subject.view.get_from_path("extra").and_then(|extra| extra.get_from_path(key));
    let mut links: Vec<Value> = Vec::new();
    let mut known = HashSet::new();
    let homepage = extra("homepage").into_iter();
    for link in homepage.chain(extra("links").and_then(tera::Value::as_array).unwrap_or_default()) {
        let url = link.as_str().or_else(|| link.get_from_path("url").and_then(tera::Value::as_str));
        if let Some(url) = url.and_then(web).map(Value::from)
            && known.insert(url.to_string())
        {
            links.push(url);
        }
    }
    let organization = |value: &tera::Value| {
        let name = value.as_str().map(str::trim).filter(|name| !name.is_empty())?;
        Some(Node::new("Organization").text("name", Some(name)).done())
    };
    let affiliation = match extra("affiliation") {
        Some(one) if one.as_str().is_some() => organization(one).into_iter().collect(),
        several => several
            .and_then(tera::Value::as_array)
            .map_or_else(Vec::new, |all| all.iter().filter_map(organization).collect()),
    };
    let permalink = reads.permalink(&named.path);
    let aliases = reads.get::<TermAliases>(&key).map_or_else(Vec::new, |aliases| aliases.0.clone());
    let person = Node::new("Person")
        .text("@id", Some(&format!("{permalink}#person")))
        .text("name", Some(&named.name))
        .text("url", Some(&permalink))
        .text("description", subject.text("description"))
        .set("image", image(reads, subject))
        .set("alternateName", list(aliases.into_iter().map(Value::from).collect()))
        .set("affiliation", list(affiliation))
        .set("sameAs", list(links))
        .done();
    let page = Node::new("ProfilePage")
        .text("name", Some(&named.name))
        .text("url", Some(&subject.permalink))
        .set("mainEntity", Some(person))
        .set("isPartOf", Some(site_reference(reads, subject.language)));
    Some(page.done())
}

/// The address of the image that stands for a page.
fn image(reads: &Reads, subject: &Subject) -> Option<Value> {
    let image = subject.text("image")?;
    if image.starts_with('/') && !image.starts_with("//") {
        return Some(Value::from(reads.permalink(image)));
    }
    web(image).map(Value::from)
}

/// The way from the home page to here, for all but the home page itself.
fn breadcrumbs(reads: &Reads, subject: &Subject) -> Option<Value> {
    let title = subject.text("title")?;
    let mut steps: Vec<(String, String)> = Vec::new();
    if let About::Archive = subject.about
        && let Some(home) = reads.section(&reads.languages().home(subject.language))
    {
        steps.push((home.title.clone(), reads.permalink(&home.path)));
    }
    let above = subject.view.get_from_path("breadcrumbs").and_then(tera::Value::as_array).unwrap_or_default();
    for step in above {
        let field = |key: &'static str| step.get_from_path(key).and_then(tera::Value::as_str);
        steps.push((field("title")?.to_owned(), reads.permalink(field("path")?)));
    }
    if steps.is_empty() {
        return None;
    }
    steps.push((title.to_owned(), subject.permalink.clone()));
    let elements: Vec<Value> = (1..)
        .zip(&steps)
        .map(|(position, (name, url)): (usize, _)| {
            Node::new("ListItem")
                .set("position", Some(Value::from(position)))
                .text("name", Some(name))
                .text("item", Some(url))
                .done()
        })
        .collect();
    Some(Node::new("BreadcrumbList").set("itemListElement", list(elements)).done())
}
