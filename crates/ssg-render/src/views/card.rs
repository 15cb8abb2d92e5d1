//! What cards are made of: the texts of a page, its people, and the terms and events that it mentions.

use super::date_value;
use crate::body::render_pieces;
use crate::dates;
use crate::facets::config::Markup;
use crate::facets::files::PageBody;
use crate::links::Where;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use jiff::{Span, Zoned};
use ssg_parse::{OpenDate, parse_markdown};
use ssg_source::Diagnostics;
use ssg_taxonomy::facets::{Author, EventCard, EventMoment, Summary, TermCard};
use ssg_taxonomy::{LangId, PageKey};
use tera::Value;

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

/// A person's name: the speaker's, who may have been called otherwise when the page was written.
pub(crate) fn person_name(reads: &Reads, person: &Author) -> String {
    let term = person.term.and_then(|term| reads.term(&term));
    term.map_or_else(|| person.name.clone(), |term| term.name.clone())
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
    let dated = Some(event).filter(|event| event.is_dated());
    Table::new()
        .set("id", event.id.as_str())
        .set("title", page.as_ref().map(|page| page.title.clone()))
        .set("path", page.as_ref().map(|page| page.path.to_string()))
        .set("start", date_value(dated.map(|event| &event.start)))
        .set("end", date_value(dated.map(shown_end).as_ref()))
        .set("start_day", dated.map(|event| event.start.date().to_string()))
        .set("end_day", dated.map(|event| event.last_day.to_string()))
        .set("open", event.open.map(|open| open.to_string()))
        .set("open_label", event.open.map(|open| open_label(reads, open, language)))
        .set("start_time", (!event.starts_as_day).then(|| clock(&event.start)))
        .set("end_time", (!event.ends_as_day && !event.ends_with_day).then(|| clock(&event.last)))
        .set("timezone", event.timezone.as_str())
        .set("zone_abbreviation", zone_abbreviation(&event.start))
        .set("end_zone_abbreviation", end_zone(event))
        .set("city", event.city.clone())
        .set("country", event.country.clone())
        .set("series", event.series.clone())
        .set("state", moment.as_ref().map(|moment| moment.state.name()))
        .set("cancelled", event.cancelled)
        .set("attendance", event.attendance.name())
        .set("online", event.online.as_ref().and_then(|online| online.url.as_deref()))
        .set("cfp_closes", date_value(call.and_then(|call| call.closes.as_ref())))
        .set("cfp_url", call.and_then(|call| call.url.as_deref()))
        .set("registration_url", moment.as_ref().and_then(|moment| moment.registration_url.as_deref()))
        .done()
}

fn zone_abbreviation(at: &Zoned) -> String {
    at.strftime("%Z").to_string()
}

/// The zone of the end of an event, where clocks change while it lasts.
fn end_zone(event: &EventCard) -> Option<String> {
    if event.open.is_some() {
        return None;
    }
    // What ends with a day ends at its end.
    let last = if event.ends_as_day {
        event.end.checked_sub(Span::new().minutes(1)).ok()?
    } else {
        event.last.clone()
    };
    let zone = zone_abbreviation(&last);
    (zone != zone_abbreviation(&event.start)).then_some(zone)
}

/// What is known of an event's days, in words of a language.
pub(crate) fn open_label(reads: &Reads, open: OpenDate, language: LangId) -> String {
    let lang = reads.tag(language);
    match open {
        OpenDate::Year(year) => year.to_string(),
        OpenDate::Quarter(year, quarter) => reads
            .word(&lang, "date-quarter", "Q{quarter} {year}")
            .replace("{quarter}", &quarter.to_string())
            .replace("{year}", &year.to_string()),
        OpenDate::Month(..) => {
            let form = reads.word(&lang, "date-month", "%B %Y");
            open.first().map_or_else(String::new, |day| dates::day_label(day, &form, &lang))
        }
        OpenDate::Unknown => reads.word(&lang, "date-unknown", "Date to be announced"),
    }
}

/// The last moment of an event on its last day: what ends at midnight ends on the evening before.
fn shown_end(event: &EventCard) -> Zoned {
    if event.last.date() == event.last_day {
        return event.last.clone();
    }
    event.last.checked_sub(Span::new().minutes(1)).unwrap_or_else(|_| event.last.clone())
}

fn clock(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}
