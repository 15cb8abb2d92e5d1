//! A card: what lists show of a page.

use super::event::closing;
use super::{data_value, date_value, media_view};
use crate::body::render_pieces;
use crate::digests::open_cfp;
use crate::links::{Owner, Place};
use crate::reader;
use crate::table::{Table, html};
use crate::world::World;
use ssg_parse::{direction, parse_markdown};
use ssg_source::Diagnostics;
use ssg_taxonomy::{Event, Kind, LangId, Page, PageId, Person, TermId};
use tera::Value;

/// Longest plain description, in characters.
const DESCRIPTION: usize = 200;
/// How many authors, events and terms of a taxonomy lists and feeds show of a page. Each of its terms
/// lists the page, so what they all show of it would grow with the square of its header.
pub(crate) const MOST: usize = 20;
/// Words read in a minute.
const PACE: u32 = 220;

/// The card of a page.
pub(crate) fn card(world: &World, id: PageId) -> Value {
    let page = world.site.page(id);
    let summary = reader::summary(page, || summary_html(world, page, Place::Elsewhere));
    Table::from_value(&bare_card(world, id)).set("summary", html(&summary)).done()
}

/// A card whose summary is empty.
pub(crate) fn bare_card(world: &World, id: PageId) -> Value {
    let page = world.site.page(id);
    let front = &page.document.front;
    let event = world.site.event_of(id).map(|event| event_reference(world, event, page.language));
    let table = Table::new()
        .set("kind", kind_name(page))
        .set("path", page.path.as_str())
        .set("permalink", world.config.permalink(&page.path))
        .set("title", page.title.as_str())
        .set("date", date_value(page.date.as_ref()))
        .set("updated", date_value(page.updated.as_ref()))
        .set("year", page.year)
        .set("summary", html(""))
        .set("description", description(page))
        .set("lede", front.description.as_ref().map(|text| text.value.as_str()))
        .set("draft", page.draft)
        .set("reading_time", reading_time(page))
        .set("lang", page.lang.as_str())
        .set("dir", direction(&page.lang))
        .set("image", image(world, page));
    lists(table, world, page, MOST)
        .set("event", event)
        .set("talk", talk(world, page))
        .set("extra", front.extra.as_ref().map_or_else(|| Table::new().done(), data_value))
        .done()
}

/// Adds the authors, terms and events of a page: of each list the first `most`, and how many more there are.
fn lists(table: Table, world: &World, page: &Page, most: usize) -> Table {
    let site = &world.site;
    let mut more = Table::new();
    let mut count = |name: &str, all: usize| more.insert(name.to_owned(), all.saturating_sub(most));
    let references =
        |terms: &[TermId]| term_references(world, &terms[..terms.len().min(most)], page.language);
    let mut taxonomies = Table::new();
    for (taxonomy, terms) in site.taxonomies.iter().zip(&page.terms) {
        taxonomies.insert(taxonomy.name.clone(), references(terms));
        count(&taxonomy.name, terms.len());
    }
    let terms = |name: &str| site.taxonomy(name).map_or(&[][..], |index| page.terms[index].as_slice());
    let events = page.events.iter().take(most).filter_map(|event| site.event_of(*event));
    let events: Vec<Value> = events.map(|event| event_reference(world, event, page.language)).collect();
    count("authors", page.authors.len());
    count("events", page.events.len());
    table
        .set("authors", authors(world, page, most))
        .set("categories", references(terms("categories")))
        .set("tools", references(terms("tools")))
        .set("speakers", references(terms("speakers")))
        .set("taxonomies", taxonomies.done())
        .set("events", events)
        .set("more", more.done())
}

/// A page's card as its own page shows it, where no list is cut.
pub(super) fn whole_card(world: &World, id: PageId) -> Table {
    let page = world.site.page(id);
    let card = Table::from_value(&world.card(id));
    let longest = page.terms.iter().map(Vec::len).chain([page.authors.len(), page.events.len()]).max();
    if longest.is_some_and(|longest| longest > MOST) { lists(card, world, page, usize::MAX) } else { card }
}

/// How many minutes reading a page takes.
pub(crate) fn reading_time(page: &Page) -> u32 {
    page.document.outline.words.div_ceil(PACE)
}

fn kind_name(page: &Page) -> &'static str {
    if page.kind == Kind::Term {
        let taxonomy = page.source.parts().nth(1).unwrap_or_default();
        return match taxonomy {
            "speakers" => "speaker",
            "tools" => "tool",
            _ => "term",
        };
    }
    page.kind.name()
}

/// The summary as HTML: the marked part, else excerpt or description, else the first paragraph.
pub(crate) fn summary_html(world: &World, page: &Page, place: Place) -> String {
    let owner = Owner { source: &page.source, path: &page.path };
    let summary = page.document.outline.summary.as_ref();
    if let Some(summary) = summary.filter(|summary| summary.marked) {
        return render_pieces(world, owner, &summary.pieces, place);
    }
    let front = &page.document.front;
    if let Some(text) = &front.excerpt {
        // Mistakes in it are reported where the page itself is rendered.
        let excerpt = parse_markdown(&text.value, 0, &world.config.markdown, &mut Diagnostics::new());
        return render_pieces(world, owner, &excerpt.pieces, place);
    }
    if let Some(text) = &front.description {
        let mut html = String::from("<p>");
        crate::body::escape_into(&text.value, &mut html);
        html.push_str("</p>\n");
        return html;
    }
    summary.map_or_else(String::new, |summary| render_pieces(world, owner, &summary.pieces, place))
}

/// One sentence or two in plain text.
pub(crate) fn description(page: &Page) -> String {
    let front = &page.document.front;
    let text = front.description.as_ref().or(front.excerpt.as_ref()).map(|text| text.value.as_str());
    shorten(text.unwrap_or(&page.document.outline.lead))
}

/// Cuts plain text at a word, with an ellipsis.
fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= DESCRIPTION {
        return text;
    }
    let cut: String = text.chars().take(DESCRIPTION - 1).collect();
    let cut = cut.rfind(' ').map_or(cut.as_str(), |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', '-', '–', '—', ' ']))
}

fn image(world: &World, page: &Page) -> Option<String> {
    let image = page.document.front.image.as_ref()?;
    let beside = page.source.resolve(&image.value).ok().and_then(|source| world.beside.get(&source).cloned());
    Some(beside.unwrap_or_else(|| image.value.clone()))
}

fn authors(world: &World, page: &Page, most: usize) -> Vec<Value> {
    page.authors
        .iter()
        .take(most)
        .map(|person| {
            let term = person.term.map(|term| world.site.term_in(term, page.language));
            Table::new()
                .set("name", person_name(world, person))
                .set("path", term.map(|term| term.path))
                .done()
        })
        .collect()
}

/// A person's name: the speaker's, who may have been called otherwise when the page was written.
pub(crate) fn person_name<'w>(world: &'w World, person: &'w Person) -> &'w str {
    person.term.map_or(person.name.as_str(), |term| world.site.term(term).name.as_str())
}

fn term_references(world: &World, terms: &[TermId], language: LangId) -> Value {
    Value::from(terms.iter().map(|term| term_reference(world, *term, language)).collect::<Vec<_>>())
}

/// A term where it is only mentioned: its count changes with every page, so cards leave it out.
pub(crate) fn term_reference(world: &World, id: TermId, language: LangId) -> Value {
    let term = world.site.term_in(id, language);
    Table::new()
        .set("name", term.name)
        .set("slug", world.site.term(id).slug.as_str())
        .set("path", term.path)
        .done()
}

/// An event where it is referred to in a language.
pub(crate) fn event_reference(world: &World, event: &Event, language: LangId) -> Value {
    let page = world.site.page(world.site.nearest(event.page, language));
    let table = world.site.page(event.page).document.front.event.as_ref();
    let cancelled = table.is_some_and(|table| table.cancelled);
    let open_cfp = open_cfp(&world.site, event, world.instant);
    Table::new()
        .set("id", event.id.as_str())
        .set("title", page.title.as_str())
        .set("path", page.path.as_str())
        .set("start", date_value(Some(&event.start)))
        .set("end", date_value(Some(&event.last)))
        .set("start_day", event.start.date().to_string())
        .set("end_day", event.last.date().to_string())
        .set("timezone", event.timezone.as_str())
        .set("zone_abbreviation", event.start.strftime("%Z").to_string())
        .set("city", table.and_then(|table| table.city.clone()))
        .set("country", table.and_then(|table| table.country.clone()))
        .set("series", event.series.clone())
        .set("state", world.state(event).name())
        .set("cancelled", cancelled)
        .set("cfp_closes", date_value(open_cfp.and_then(|cfp| closing(cfp, event)).as_ref()))
        .set("cfp_url", open_cfp.and_then(|cfp| cfp.url.clone()))
        .done()
}

fn talk(world: &World, page: &Page) -> Value {
    let Some(talk) = &page.talk else { return Value::none() };
    let event = talk.event.map(|index| event_reference(world, &world.site.events[index], page.language));
    Table::new()
        .set("id", talk.id.as_str())
        .set("kind", talk.kind.as_str())
        .set("starts", date_value(talk.starts.as_ref()))
        .set("ends", date_value(talk.ends.as_ref()))
        .set("room", talk.room.clone())
        .set("track", talk.track.clone())
        .set("level", talk.level.clone())
        .set("language", talk.language.clone())
        .set("slides", media_view(talk.slides.as_ref()))
        .set("video", media_view(talk.video.as_ref()))
        .set("event", event)
        .done()
}
