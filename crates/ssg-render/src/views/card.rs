//! A card: what lists show of a page.

use super::{date_value, media_view};
use crate::body::render_pieces;
use crate::facets::config::Markup;
use crate::facets::files::PageBody;
use crate::links::Where;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::table::{Table, html};
use crate::values::extra_value;
use ssg_parse::{direction, parse_markdown};
use ssg_source::Diagnostics;
use ssg_taxonomy::facets::{Author, Card, EventCard, EventMoment, Summary, TermCard};
use ssg_taxonomy::{Kind, LangId, PageKey, TermKey};
use tera::Value;

/// How many authors, events and terms of a taxonomy lists and feeds show of a page. Each of its terms
/// lists the page, so what they all show of it would grow with the square of its header.
pub(crate) const MOST: usize = 20;

/// A card whose summary is empty.
pub(crate) fn bare_card(reads: &Reads, key: PageKey) -> Value {
    let Some(page) = reads.card(&key) else { return Value::none() };
    let event = page.event.and_then(|event| reads.event(&event));
    let event = event.map(|event| event_reference(reads, &event, page.language));
    let lead = reads.lead(&page.key);
    let table = Table::new()
        .set("kind", kind_name(&page))
        .set("path", &*page.path)
        .set("permalink", reads.permalink(&page.path))
        .set("title", page.title.as_str())
        .set("date", date_value(page.date.as_ref()))
        .set("updated", date_value(page.updated.as_ref()))
        .set("year", page.year)
        .set("summary", html(""))
        .set("description", lead.plain.as_str())
        .set("lede", page.description.clone())
        .set("draft", page.draft)
        .set("reading_time", lead.reading_time)
        .set("lang", page.lang.as_str())
        .set("dir", direction(&page.lang))
        .set("image", page.image.clone());
    lists(table, reads, &page, MOST)
        .set("event", event)
        .set("talk", talk(reads, &page))
        .set("extra", extra_value(page.extra.as_ref()))
        .done()
}

/// Adds the authors, terms and events of a page: of each list the first `most`, and how many more there are.
fn lists(table: Table, reads: &Reads, page: &Card, most: usize) -> Table {
    let mut more = Table::new();
    let mut count = |name: &str, all: usize| more.insert(name.to_owned(), all.saturating_sub(most));
    let references =
        |terms: &[TermKey]| term_references(reads, &terms[..terms.len().min(most)], page.language);
    let mut taxonomies = Table::new();
    for (taxonomy, terms) in &page.terms {
        taxonomies.insert(taxonomy.to_string(), references(terms));
        count(taxonomy, terms.len());
    }
    let event = |key: &PageKey| Some(event_reference(reads, &*reads.event(key)?, page.language));
    let events: Vec<Value> = page.events.iter().take(most).filter_map(event).collect();
    count("authors", page.authors.len());
    count("events", page.events.len());
    table
        .set("authors", authors(reads, page, most))
        .set("categories", references(page.terms_of("categories")))
        .set("tools", references(page.terms_of("tools")))
        .set("speakers", references(page.terms_of("speakers")))
        .set("taxonomies", taxonomies.done())
        .set("events", events)
        .set("more", more.done())
}

/// Has a page's card show all of its lists, as its own page does.
pub(crate) fn with_whole_lists(card: Table, reads: &Reads, page: &Card) -> Table {
    let lists_of = page.terms.iter().map(|(_, terms)| terms.len());
    let longest = lists_of.chain([page.authors.len(), page.events.len()]).max();
    if longest.is_some_and(|longest| longest > MOST) { lists(card, reads, page, usize::MAX) } else { card }
}

fn kind_name(page: &Card) -> &'static str {
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

/// The summary of a page as HTML.
pub(crate) fn summary_html(reads: &Reads, key: PageKey, place: Where) -> String {
    let Some((page, summary)) = reads.card(&key).zip(reads.get::<Summary>(&key)) else {
        return String::new();
    };
    let owner = Owner::of_page(&page);
    match &*summary {
        Summary::Body(pieces) => render_pieces(reads, &owner, pieces, place),
        Summary::Excerpt(text) => {
            let Some(markup) = reads.get::<Markup>(&()) else { return String::new() };
            // Mistakes in it are reported where the page itself is rendered.
            let excerpt = parse_markdown(text, 0, &markup.markdown, &mut Diagnostics::new());
            render_pieces(reads, &owner, &excerpt.pieces, place)
        }
        Summary::Description(text) => {
            let mut html = String::from("<p>");
            crate::body::escape_into(text, &mut html);
            html.push_str("</p>\n");
            html
        }
        Summary::Nothing => String::new(),
    }
}

/// The body of a page as HTML.
pub(crate) fn body_html(reads: &Reads, key: PageKey, place: Where) -> String {
    let Some((page, body)) = reads.card(&key).zip(reads.get::<PageBody>(&key)) else { return String::new() };
    render_pieces(reads, &Owner::of_page(&page), &body.0, place)
}

fn authors(reads: &Reads, page: &Card, most: usize) -> Vec<Value> {
    let author = |person: &Author| {
        let term = person.term.and_then(|term| reads.term(&term));
        let path = term.as_ref().map(|term| term.in_language(page.language).path.clone());
        Table::new().set("name", person_name(reads, person)).set("path", path).done()
    };
    page.authors.iter().take(most).map(author).collect()
}

/// A person's name: the speaker's, who may have been called otherwise when the page was written.
pub(crate) fn person_name(reads: &Reads, person: &Author) -> String {
    let term = person.term.and_then(|term| reads.term(&term));
    term.map_or_else(|| person.name.clone(), |term| term.name.clone())
}

fn term_references(reads: &Reads, terms: &[TermKey], language: LangId) -> Value {
    let reference = |key: &TermKey| Some(term_reference(&*reads.term(key)?, language));
    Value::from(terms.iter().filter_map(reference).collect::<Vec<_>>())
}

/// A term where it is only mentioned: its count changes with every page, so cards leave it out.
pub(crate) fn term_reference(term: &TermCard, language: LangId) -> Value {
    let named = term.in_language(language);
    Table::new()
        .set("name", named.name.as_str())
        .set("slug", &*term.slug)
        .set("path", named.path.as_str())
        .done()
}

/// An event where it is referred to in a language.
pub(crate) fn event_reference(reads: &Reads, event: &EventCard, language: LangId) -> Value {
    let page = reads.card(&reads.nearest(event.page, language));
    let moment = reads.get::<EventMoment>(&event.page);
    let call = moment.as_ref().and_then(|moment| moment.open_call.as_ref());
    Table::new()
        .set("id", event.id.as_str())
        .set("title", page.as_ref().map(|page| page.title.clone()))
        .set("path", page.as_ref().map(|page| page.path.to_string()))
        .set("start", date_value(Some(&event.start)))
        .set("end", date_value(Some(&event.last)))
        .set("start_day", event.start.date().to_string())
        .set("end_day", event.last.date().to_string())
        .set("timezone", event.timezone.as_str())
        .set("zone_abbreviation", event.start.strftime("%Z").to_string())
        .set("city", event.city.clone())
        .set("country", event.country.clone())
        .set("series", event.series.clone())
        .set("state", moment.as_ref().map(|moment| moment.state.name()))
        .set("cancelled", event.cancelled)
        .set("cfp_closes", date_value(call.and_then(|call| call.closes.as_ref())))
        .set("cfp_url", call.and_then(|call| call.url.as_deref()))
        .done()
}

fn talk(reads: &Reads, page: &Card) -> Value {
    let Some(talk) = &page.talk else { return Value::none() };
    let event = talk.event.and_then(|event| reads.event(&event));
    let event = event.map(|event| event_reference(reads, &event, page.language));
    Table::new()
        .set("id", talk.id.as_str())
        .set("kind", talk.kind.as_str())
        .set("drawn", talk.drawn)
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
