//! A card: what lists show of a page. Two queries are answered with it, and a page's own view begins with it;
//! the terms and events that it mentions are queries, so that each is one value wherever it is mentioned.

use super::bare_card::View;
use super::event_reference::EventReference;
use super::term_reference::TermReference;
use crate::reads::{ReadSite, Reads};
use crate::table::{Table, html};
use crate::values::extra_value;
use crate::views::{date_value, media_view, media_views, person_name};
use jiff::Zoned;
use ssg_parse::direction;
use ssg_taxonomy::facets::{Author, Card};
use ssg_taxonomy::{Kind, LangId, PageKey, TalkTime, TermKey};
use tera::Value;

/// How many authors, events and terms of a taxonomy lists and feeds show of a page. Each of its terms
/// lists the page, so what they all show of it would grow with the square of its header.
pub(crate) const MOST: usize = 20;

/// A card, with its summary where that is made.
pub(crate) fn card(reads: &Reads, key: PageKey, summary: impl FnOnce() -> String) -> Value {
    let Some(page) = reads.card(&key) else { return Value::none() };
    let event = page.event.and_then(|event| shown_event(reads, event, page.language));
    let lead = reads.lead(&page.key);
    let table = Table::new()
        .set("kind", kind_name(&page))
        .set("path", &*page.path)
        .set("permalink", reads.permalink(&page.path))
        .set("title", page.title.as_str())
        .set("date", date_value(page.date.as_ref()))
        .set("updated", date_value(page.updated.as_ref()))
        .set("year", page.year)
        .set("summary", html(&summary()))
        .set("description", lead.plain())
        .set("lede", page.description.clone())
        .set("draft", page.standing.is_draft)
        .set("unlisted", page.standing.unlisted)
        .set("noindex", page.standing.noindex)
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
    let event = |key: &PageKey| shown_event(reads, *key, page.language);
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

fn authors(reads: &Reads, page: &Card, most: usize) -> Vec<Value> {
    let author = |person: &Author| {
        let term = person.term.and_then(|term| reads.term(&term));
        let path = term.as_ref().map(|term| term.in_language(page.language).path.clone());
        Table::new().set("name", person_name(reads, person)).set("path", path).done()
    };
    page.authors.iter().take(most).map(author).collect()
}

/// Terms as templates see them where they are mentioned: the same value wherever that is.
fn term_references(reads: &Reads, terms: &[TermKey], language: LangId) -> Value {
    let shown = terms.iter().filter_map(|key| shown(&reads.ask(&TermReference(*key, language))));
    Value::from(shown.collect::<Vec<_>>())
}

/// An event as templates see it where it is referred to: the same value wherever that is.
pub(crate) fn shown_event(reads: &Reads, event: PageKey, language: LangId) -> Option<Value> {
    shown(&reads.ask(&EventReference(event, language)))
}

fn shown(view: &View) -> Option<Value> {
    (!view.0.is_none()).then(|| view.0.clone())
}

fn talk(reads: &Reads, page: &Card) -> Value {
    let Some(talk) = &page.talk else { return Value::none() };
    let event = talk.event.and_then(|event| shown_event(reads, event, page.language));
    let replaced_by = talk.replaced_by.and_then(|key| reads.card(&reads.nearest(key, page.language)));
    let replaced_by = replaced_by
        .map(|page| Table::new().set("title", page.title.as_str()).set("path", &*page.path).done());
    let times: Vec<Value> = talk.times.iter().map(time_view).collect();
    Table::new()
        .set("id", talk.id.as_str())
        .set("kind", talk.kind.as_str())
        .set("drawn", talk.drawn)
        .set("starts", date_value(talk.starts()))
        .set("ends", date_value(talk.time().and_then(|time| time.ends.as_ref())))
        .set("is_day", talk.time().is_some_and(|time| time.is_day))
        .set("room", talk.time().and_then(|time| time.room.clone()))
        .set("online", talk.time().and_then(|time| time.online.as_ref()?.url.as_deref()))
        .set("times", times)
        .set("cancelled", talk.cancelled)
        .set("replaced_by", replaced_by)
        .set("track", talk.track.clone())
        .set("level", talk.level.clone())
        .set("language", talk.languages.first().cloned())
        .set("languages", talk.languages.clone())
        .set("slides", media_view(&talk.slides))
        .set("video", media_view(&talk.video))
        .set("decks", media_views(&talk.slides))
        .set("videos", media_views(&talk.video))
        .set("event", event)
        .done()
}

/// The abbreviation of the zone of a moment.
fn zone_of(at: &Zoned) -> String {
    at.strftime("%Z").to_string()
}

/// One of the times at which a talk is given.
fn time_view(time: &TalkTime) -> Value {
    let hour = time.starts.as_ref().filter(|_| !time.is_day);
    let (zone, end_zone) = (hour.map(zone_of), time.ends.as_ref().map(zone_of));
    let end_zone = end_zone.filter(|end_zone| Some(end_zone) != zone.as_ref());
    Table::new()
        .set("slot", time.slot.as_str())
        .set("day", time.day.map(|day| day.to_string()))
        .set("zone_abbreviation", zone)
        .set("end_zone_abbreviation", end_zone)
        .set("starts", date_value(time.starts.as_ref()))
        .set("ends", date_value(time.ends.as_ref()))
        .set("is_day", time.is_day)
        .set("room", time.room.clone())
        .set("venue", time.venue.as_ref().and_then(|venue| venue.name.clone()))
        .set("online", time.online.as_ref().and_then(|online| online.url.as_deref()))
        .set("cancelled", time.cancelled)
        .done()
}
