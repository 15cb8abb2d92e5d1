//! Structured data: what a page is about, in the vocabulary of schema.org, as JSON-LD.
//!
//! Made of the view of the page that is being rendered, and of what its templates could ask for. A
//! node is written only where what search engines demand of it is known: an event without a place or
//! a video without a date is left out rather than made up.

mod event;
mod node;
#[cfg(test)]
mod tests;

use crate::question::Question;
use crate::reader::{About, Subject, looked_up};
use crate::world::World;
use node::{Node, list, web};
use serde_json::{Value, json};
use ssg_taxonomy::{Kind, LangId, Page, PageId, TermId};
use std::collections::HashSet;

/// The structured data of what is being rendered, safe inside `<script>`; `None` where there is
/// nothing to say.
pub(crate) fn text(world: &World, subject: &Subject) -> Option<String> {
    let mut graph: Vec<Value> = match subject.about {
        About::Page(id) => page(world, id, subject),
        About::Section(id) if world.site.section(id).parent.is_none() => {
            vec![web_site(world, subject.language)]
        }
        About::Term(id) if is_person(world, id) => vec![person_page(world, id, subject)],
        About::Section(_) | About::Taxonomy | About::Term(_) | About::Archive => {
            vec![plain(world, "CollectionPage", subject)]
        }
        About::NotFound => return None,
    };
    graph.extend(breadcrumbs(world, subject));
    let value = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(crate::filters::script_safe(&value.to_string()))
}

fn is_person(world: &World, id: TermId) -> bool {
    world.site.taxonomy("speakers") == Some(usize::from(id.taxonomy))
}

fn page(world: &World, id: PageId, subject: &Subject) -> Vec<Value> {
    let page = world.site.page(id);
    match page.kind {
        Kind::Post => vec![posting(world, page, subject)],
        Kind::Event => {
            let event = world.site.event_of(id).and_then(|event| event::event(world, event, subject));
            vec![event.unwrap_or_else(|| plain(world, "WebPage", subject))]
        }
        Kind::Talk => event::talk(world, page, subject),
        Kind::Page | Kind::Term => vec![plain(world, "WebPage", subject)],
    }
}

/// What every node says that stands for the page itself.
fn about_page(world: &World, kind: &str, subject: &Subject) -> Node {
    Node::new(kind)
        .text("name", subject.text("title"))
        .text("url", Some(&subject.permalink))
        .text("description", subject.text("description"))
        .set("image", image(world, subject))
}

fn plain(world: &World, kind: &str, subject: &Subject) -> Value {
    about_page(world, kind, subject)
        .text("inLanguage", Some(&subject.lang))
        .set("isPartOf", Some(site_reference(world, subject.language)))
        .done()
}

fn site_reference(world: &World, language: LangId) -> Value {
    json!({ "@id": format!("{}#website", world.config.permalink(world.site.home_path(language))) })
}

fn web_site(world: &World, language: LangId) -> Value {
    for key in ["title", "description", "lang"] {
        looked_up(Question::Config(key.to_owned()));
    }
    let config = &world.config;
    Node::new("WebSite")
        .set("@id", site_reference(world, language).get("@id").cloned())
        .text("name", Some(config.title_in(language)))
        .text("url", Some(&config.permalink(world.site.home_path(language))))
        .text("description", Some(config.description_in(language)))
        .text("inLanguage", Some(config.tag(language)))
        .done()
}

fn posting(world: &World, page: &Page, subject: &Subject) -> Value {
    let mut authors: Vec<Value> = page
        .authors
        .iter()
        .map(|author| match author.term {
            Some(term) => person(world, term, page.language),
            None => Node::new("Person").text("name", Some(&author.name)).done(),
        })
        .collect();
    if authors.is_empty() {
        authors.push(usual_author(world));
    }
    let date = page.date.as_ref().map(crate::dates::rfc3339);
    let updated = page.updated.as_ref().map(crate::dates::rfc3339);
    let events = page.events.iter().filter_map(|id| world.site.event_of(*id));
    let events: Vec<Value> =
        events.filter_map(|event| event::reference(world, event, page.language)).collect();
    let talks: Vec<Value> = page
        .talks
        .iter()
        .map(|id| {
            let talk = world.site.page(world.site.nearest(*id, page.language));
            Node::new("CreativeWork")
                .text("name", Some(&talk.title))
                .text("url", Some(&world.config.permalink(&talk.path)))
                .done()
        })
        .collect();
    let keywords: Vec<Value> = ["categories", "tools"]
        .into_iter()
        .filter_map(|name| page.terms.get(world.site.taxonomy(name)?))
        .flatten()
        .map(|term| Value::from(world.site.term_in(*term, page.language).name))
        .collect();
    about_page(world, "BlogPosting", subject)
        .text("headline", subject.text("title"))
        .text("mainEntityOfPage", Some(&subject.permalink))
        .text("datePublished", date.as_deref())
        .text("dateModified", updated.as_deref().or(date.as_deref()))
        .set("author", list(authors))
        .text("inLanguage", Some(&subject.lang))
        .set("keywords", list(keywords))
        .set("about", list(events))
        .set("mentions", list(talks))
        .set("isPartOf", Some(site_reference(world, subject.language)))
        .done()
}

/// Who stands for a post that names nobody: the author of the site, else the site.
fn usual_author(world: &World) -> Value {
    looked_up(Question::Config("author".to_owned()));
    if let Some(name) = world.config.author.as_deref() {
        return Node::new("Person").text("name", Some(name)).done();
    }
    looked_up(Question::Config("title".to_owned()));
    let site = Node::new("Organization").text("name", Some(&world.config.title));
    site.text("url", Some(&world.config.base_url)).done()
}

/// Somebody with a page.
fn person(world: &World, id: TermId, language: LangId) -> Value {
    let term = world.site.term_in(id, language);
    Node::new("Person")
        .text("name", Some(term.name))
        .text("url", Some(&world.config.permalink(term.path)))
        .done()
}

/// The page of a speaker: who it is, by which names and where else.
fn person_page(world: &World, id: TermId, subject: &Subject) -> Value {
    let term = world.site.term_in(id, subject.language);
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
    let permalink = world.config.permalink(term.path);
    let name = term.name;
    let aliases = &world.site.term(id).aliases;
    let person = Node::new("Person")
        .text("@id", Some(&format!("{permalink}#person")))
        .text("name", Some(name))
        .text("url", Some(&permalink))
        .text("description", subject.text("description"))
        .set("image", image(world, subject))
        .set("alternateName", list(aliases.iter().map(|alias| Value::from(alias.as_str())).collect()))
        .set("sameAs", list(links))
        .done();
    Node::new("ProfilePage")
        .text("name", Some(name))
        .text("url", Some(&subject.permalink))
        .set("mainEntity", Some(person))
        .set("isPartOf", Some(site_reference(world, subject.language)))
        .done()
}

/// The address of the image that stands for a page.
fn image(world: &World, subject: &Subject) -> Option<Value> {
    let image = subject.text("image")?;
    if image.starts_with('/') && !image.starts_with("//") {
        return Some(Value::from(world.config.permalink(image)));
    }
    web(image).map(Value::from)
}

/// The way from the home page to here, for all but the home page itself.
fn breadcrumbs(world: &World, subject: &Subject) -> Option<Value> {
    let title = subject.text("title")?;
    let mut steps: Vec<(String, String)> = Vec::new();
    if let About::Archive = subject.about {
        let home = world.site.section(world.site.home(subject.language));
        steps.push((home.title.clone(), world.config.permalink(&home.path)));
    }
    let above = subject.view.get_from_path("breadcrumbs").and_then(tera::Value::as_array).unwrap_or_default();
    for step in above {
        let field = |key: &'static str| step.get_from_path(key).and_then(tera::Value::as_str);
        steps.push((field("title")?.to_owned(), world.config.permalink(field("path")?)));
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
