//! Events and talks as structured data.
//!
//! On the page of an event stands all that is known of it and a short form of its talks; where either
//! is only referred to, what a card shows.

use super::node::{Node, list, web};
use super::{about_page, image, person, plain};
use crate::dates::rfc3339;
use crate::exports::{event_of_talk, times};
use crate::reads::{ReadSite, Reads};
use crate::scope::Subject;
use serde_json::{Value, json};
use ssg_parse::{Media, Window};
use ssg_taxonomy::facets::{Card, EventCard, EventTable, EventTalks, EventVenue};
use ssg_taxonomy::{LangId, PageKey, TermKey, WindowState};
use std::sync::Arc;

const SCHEDULED: &str = "https://schema.org/EventScheduled";
const CANCELLED: &str = "https://schema.org/EventCancelled";

fn status(event: &EventCard) -> &'static str {
    if event.cancelled { CANCELLED } else { SCHEDULED }
}

/// City and country as a place; what is known of an event wherever it is referred to.
fn town(event: &EventCard) -> Option<Value> {
    let (city, country) = (event.city.as_deref(), event.country.as_deref());
    let place = Node::new("Place").text("name", city.or(country));
    Some(place.set("address", Some(address(city, country, None)?)).done())
}

/// Where an event takes place; `None` where nothing is known of that.
fn address(city: Option<&str>, country: Option<&str>, street: Option<&str>) -> Option<Value> {
    let address = Node::new("PostalAddress")
        .text("streetAddress", street)
        .text("addressLocality", city)
        .text("addressCountry", country);
    (!address.is_empty()).then(|| address.done())
}

/// The address of an event with its street.
fn full_address(place: &EventVenue) -> Option<Value> {
    let street = place.venue.as_ref().and_then(|venue| venue.address.as_deref());
    address(place.city.as_deref(), place.country.as_deref(), street)
}

/// The venue, as far as it is known.
fn venue(reads: &Reads, event: &EventCard) -> Option<Value> {
    let place = reads.get::<EventVenue>(&event.page)?;
    let Some(venue) = &place.venue else { return town(event) };
    let (city, country) = (place.city.as_deref(), place.country.as_deref());
    let name = venue.name.as_deref().or(venue.address.as_deref()).or(city).or(country)?;
    let geo = venue.coordinates.map(|(latitude, longitude)| {
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    let node = Node::new("Place")
        .text("@id", venue_id(reads, event).as_deref())
        .text("name", Some(name))
        .set("address", full_address(&place))
        .set("geo", geo)
        .text("url", venue.url.as_deref().and_then(web));
    Some(node.done())
}

fn venue_id(reads: &Reads, event: &EventCard) -> Option<String> {
    Some(format!("{}#venue", reads.permalink(&reads.card(&event.page)?.path)))
}

/// The room of a talk in the venue, or the venue. On the page of the event the venue is referred to.
fn place_of_talk(reads: &Reads, event: &EventCard, room: Option<&str>, refers: bool) -> Option<Value> {
    let place = reads.get::<EventVenue>(&event.page)?;
    let whole = venue(reads, event)?;
    let has_venue = place.venue.is_some();
    let venue = if has_venue && refers { json!({ "@id": venue_id(reads, event) }) } else { whole };
    let Some(room) = room else { return Some(venue) };
    let room = Node::new("Place").text("name", Some(room)).set("address", full_address(&place));
    Some(room.set("containedInPlace", has_venue.then_some(venue)).done())
}

/// An event on a page of another one; `None` where it is not known where it takes place.
pub(super) fn reference(reads: &Reads, event: &EventCard, language: LangId) -> Option<Value> {
    let page = reads.card(&reads.nearest(event.page, language))?;
    let permalink = reads.permalink(&page.path);
    let node = Node::new("Event")
        .text("@id", Some(&format!("{permalink}#event")))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        // A card shows days, whether the event has times or not.
        .text("startDate", Some(&event.start.date().to_string()))
        .text("endDate", Some(&event.last.date().to_string()))
        .text("eventStatus", Some(status(event)))
        .set("location", Some(town(event)?));
    Some(node.done())
}

/// An event on its own page; `None` where it is not known where it takes place.
pub(super) fn event(reads: &Reads, event: &EventCard, subject: &Subject) -> Option<Value> {
    let location = venue(reads, event)?;
    let header = reads.get::<EventTable>(&event.page)?;
    let talks = reads.get::<EventTalks>(&event.page).map_or_else(Vec::new, |talks| talks.0.clone());
    let nearest = |key: &PageKey| reads.card(&reads.nearest(*key, subject.language));
    let talks: Vec<Arc<Card>> = talks.iter().filter_map(nearest).collect();
    let (start, end) = times(event);
    let mut speakers: Vec<TermKey> = Vec::new();
    for term in talks.iter().flat_map(|talk| talk.terms_of("speakers")) {
        if !speakers.contains(term) {
            speakers.push(*term);
        }
    }
    let series = event.series.as_deref().map(|name| Node::new("EventSeries").text("name", Some(name)).done());
    let talks = talks.iter().filter_map(|talk| talk_event(reads, event, talk, true));
    let talks = talks.map(Node::done).collect();
    let registration = header.table.registration.as_ref().zip(header.registration);
    let node = about_page(reads, "Event", subject)
        .text("@id", Some(&format!("{}#event", subject.permalink)))
        .text("startDate", Some(&start))
        .text("endDate", Some(&end))
        .text("eventStatus", Some(status(event)))
        .set("location", Some(location))
        .set("organizer", list(organizers(reads, subject)))
        .set("sponsor", list(sponsors(subject)))
        .set(
            "performer",
            list(speakers.into_iter().filter_map(|term| person(reads, term, subject.language)).collect()),
        )
        .set("offers", registration.and_then(|(window, state)| offer(event, window, state)))
        .set("superEvent", series)
        .set("subEvent", list(talks));
    Some(node.done())
}

/// A list of the view; empty where it is missing.
fn array<'v>(value: &'v tera::Value, path: &'static str) -> &'v [tera::Value] {
    value.get_from_path(path).and_then(tera::Value::as_array).unwrap_or_default()
}

/// A text of a table of the view.
fn field<'v>(table: &'v tera::Value, key: &'static str) -> Option<&'v str> {
    table.get_from_path(key).and_then(tera::Value::as_str)
}

/// Organizers as the event's page shows them.
fn organizers(reads: &Reads, subject: &Subject) -> Vec<Value> {
    array(&subject.view, "event.organizers")
        .iter()
        .map(|organizer| {
            let own = field(organizer, "path").map(|path| reads.permalink(path));
            let url = own.as_deref().or(field(organizer, "url").and_then(web));
            Node::new("Person").text("name", field(organizer, "name")).text("url", url).done()
        })
        .collect()
}

/// Sponsors as the event's page shows them.
fn sponsors(subject: &Subject) -> Vec<Value> {
    array(&subject.view, "event.sponsor_levels")
        .iter()
        .flat_map(|level| array(level, "sponsors"))
        .map(|sponsor| {
            let url = field(sponsor, "url").and_then(web);
            Node::new("Organization").text("name", field(sponsor, "name")).text("url", url).done()
        })
        .collect()
}

/// Where to register, where that is known.
fn offer(event: &EventCard, window: &Window, state: WindowState) -> Option<Value> {
    let url = window.url.as_deref().and_then(web)?;
    let zone = event.start.time_zone();
    let from = window.opens.as_ref().map(|when| rfc3339(&when.value.start(zone)));
    let until = window.closes.as_ref().map(|when| rfc3339(&when.value.end(zone)));
    let node = Node::new("Offer")
        .text("url", Some(url))
        .text("validFrom", from.as_deref())
        .text("validThrough", until.as_deref())
        .text("availability", (state == WindowState::Open).then_some("https://schema.org/InStock"));
    Some(node.done())
}

/// When a talk begins, as far as that is known: an event of one day says the day of its talks.
fn start_of_talk(event: &EventCard, page: &Card) -> Option<String> {
    let starts = page.talk.as_ref()?.starts.as_ref();
    let day = event.start.date();
    starts.map(rfc3339).or_else(|| (day == event.last.date()).then(|| day.to_string()))
}

/// A talk as an event of its own; `None` where it is not known when or where it takes place.
fn talk_event(reads: &Reads, event: &EventCard, page: &Card, refers: bool) -> Option<Node> {
    let talk = page.talk.as_ref()?;
    let permalink = reads.permalink(&page.path);
    let speakers = page.terms_of("speakers").iter();
    let speakers = speakers.filter_map(|term| person(reads, *term, page.language)).collect();
    let node = Node::new("Event")
        .text("@id", Some(&format!("{permalink}#event")))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        .text("startDate", Some(&start_of_talk(event, page)?))
        .text("endDate", talk.ends.as_ref().map(rfc3339).as_deref())
        .text("eventStatus", Some(status(event)))
        .set("location", Some(place_of_talk(reads, event, talk.room.as_deref(), refers)?))
        .text("inLanguage", talk.language.as_deref())
        .set("performer", list(speakers));
    Some(node)
}

/// A talk on its own page, with its video.
pub(super) fn talk(reads: &Reads, page: &Card, subject: &Subject) -> Vec<Value> {
    let event = event_of_talk(reads, page);
    let node = event.as_ref().and_then(|event| talk_event(reads, event, page, false)).map(|node| {
        node.text("description", subject.text("description"))
            .set("superEvent", event.as_ref().and_then(|event| reference(reads, event, page.language)))
            .done()
    });
    let node = node.unwrap_or_else(|| work(reads, page, subject));
    std::iter::once(node).chain(video(reads, page, subject)).collect()
}

/// A talk of which is known only that it was given.
fn work(reads: &Reads, page: &Card, subject: &Subject) -> Value {
    let speakers = page.terms_of("speakers").iter();
    let speakers: Vec<Value> = speakers.filter_map(|term| person(reads, *term, page.language)).collect();
    if speakers.is_empty() {
        return plain(reads, "WebPage", subject);
    }
    about_page(reads, "CreativeWork", subject).set("creator", list(speakers)).done()
}

/// The video of a talk, where it is known since when it is online and what stands for it: the page's
/// date and image, or the image of the host.
fn video(reads: &Reads, page: &Card, subject: &Subject) -> Option<Value> {
    let media = Media::recognise(page.talk.as_ref()?.video.as_ref()?)?;
    // A date in the file's name is that of the talk.
    if !page.is_dated {
        return None;
    }
    let uploaded = rfc3339(page.date.as_ref()?);
    let youtube = media.id.as_deref().filter(|_| media.provider == "youtube");
    let thumbnail = youtube.map(|id| format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg"));
    let thumbnail = image(reads, subject).or(thumbnail.map(Value::from))?;
    let embed = match (media.provider, media.id.as_deref()) {
        ("youtube", Some(id)) => Some(format!("https://www.youtube-nocookie.com/embed/{id}")),
        ("vimeo", Some(id)) => Some(format!("https://player.vimeo.com/video/{id}")),
        _ => None,
    };
    let description = subject.text("description").filter(|text| !text.is_empty());
    let node = Node::new("VideoObject")
        .text("name", Some(&page.title))
        .text("description", description.or(Some(&page.title)))
        .set("thumbnailUrl", Some(thumbnail))
        .text("uploadDate", Some(&uploaded))
        .text("embedUrl", embed.as_deref())
        .text("url", web(&media.url));
    Some(node.done())
}
