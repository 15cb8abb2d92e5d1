//! Events and talks as structured data.
//!
//! On the page of an event stands all that is known of it and a short form of its talks; where either
//! is only referred to, what a card shows.

use super::node::{Node, list, web};
use super::{about_page, image, person, plain};
use crate::dates::rfc3339;
use crate::exports::{event_of_talk, times};
use crate::question::Question;
use crate::reader::{Subject, looked_up};
use crate::world::World;
use serde_json::{Value, json};
use ssg_parse::{EventTable, Media, Window};
use ssg_taxonomy::{Event, LangId, Page, PageId, TermId, WindowState};
use std::collections::HashSet;

const SCHEDULED: &str = "https://schema.org/EventScheduled";
const CANCELLED: &str = "https://schema.org/EventCancelled";

fn table<'w>(world: &'w World, event: &Event) -> Option<&'w EventTable> {
    world.site.page(event.page).document.front.event.as_ref()
}

fn status(world: &World, event: &Event) -> &'static str {
    if table(world, event).is_some_and(|table| table.cancelled) { CANCELLED } else { SCHEDULED }
}

/// City and country as a place; what is known of an event wherever it is referred to.
fn town(world: &World, event: &Event) -> Option<Value> {
    let table = table(world, event)?;
    let place = Node::new("Place").text("name", table.city.as_deref().or(table.country.as_deref()));
    Some(place.set("address", Some(address(table, false)?)).done())
}

/// Where an event takes place; `None` where nothing is known of that.
fn address(table: &EventTable, street: bool) -> Option<Value> {
    let venue = table.venue.as_ref().filter(|_| street);
    let address = Node::new("PostalAddress")
        .text("streetAddress", venue.and_then(|venue| venue.address.as_deref()))
        .text("addressLocality", table.city.as_deref())
        .text("addressCountry", table.country.as_deref());
    (!address.is_empty()).then(|| address.done())
}

/// The venue, as far as it is known.
fn venue(world: &World, event: &Event) -> Option<Value> {
    let table = table(world, event)?;
    let Some(venue) = &table.venue else { return town(world, event) };
    let (city, country) = (table.city.as_deref(), table.country.as_deref());
    let name = venue.name.as_deref().or(venue.address.as_deref()).or(city).or(country)?;
    let geo = venue.coordinates.map(|(latitude, longitude)| {
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    let place = Node::new("Place")
        .text("@id", Some(&venue_id(world, event)))
        .text("name", Some(name))
        .set("address", address(table, true))
        .set("geo", geo)
        .text("url", venue.url.as_deref().and_then(web));
    Some(place.done())
}

fn venue_id(world: &World, event: &Event) -> String {
    format!("{}#venue", world.config.permalink(&world.site.page(event.page).path))
}

/// The room of a talk in the venue, or the venue. On the page of the event the venue is referred to.
fn place_of_talk(world: &World, event: &Event, room: Option<&str>, refers: bool) -> Option<Value> {
    let table = table(world, event)?;
    let whole = venue(world, event)?;
    let has_venue = table.venue.is_some();
    let venue = if has_venue && refers { json!({ "@id": venue_id(world, event) }) } else { whole };
    let Some(room) = room else { return Some(venue) };
    let room = Node::new("Place").text("name", Some(room)).set("address", address(table, true));
    Some(room.set("containedInPlace", has_venue.then_some(venue)).done())
}

/// An event on a page of another one; `None` where it is not known where it takes place.
pub(super) fn reference(world: &World, event: &Event, language: LangId) -> Option<Value> {
    let page = world.site.page(world.site.nearest(event.page, language));
    let permalink = world.config.permalink(&page.path);
    let node = Node::new("Event")
        .text("@id", Some(&format!("{permalink}#event")))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        // A card shows days, whether the event has times or not.
        .text("startDate", Some(&event.start.date().to_string()))
        .text("endDate", Some(&event.last.date().to_string()))
        .text("eventStatus", Some(status(world, event)))
        .set("location", Some(town(world, event)?));
    Some(node.done())
}

/// An event on its own page; `None` where it is not known where it takes place.
pub(super) fn event(world: &World, event: &Event, subject: &Subject) -> Option<Value> {
    let location = venue(world, event)?;
    let table = table(world, event)?;
    let asked = Question::TalksOfEvent { id: event.id.clone() };
    looked_up(world.in_language(subject.language, asked));
    let talks: Vec<PageId> = event.talks.iter().map(|id| world.site.nearest(*id, subject.language)).collect();
    for talk in &talks {
        looked_up(Question::Card(world.path(*talk)));
    }
    let (start, end) = times(world, event);
    let mut known = HashSet::new();
    let mut speakers: Vec<TermId> = Vec::new();
    for talk in &talks {
        let of_talk = speakers_of(world, world.site.page(*talk)).iter().copied();
        speakers.extend(of_talk.filter(|term| known.insert(*term)));
    }
    let series = event.series.as_deref().map(|name| Node::new("EventSeries").text("name", Some(name)).done());
    let talks = talks.iter().filter_map(|id| talk_below(world, event, *id)).collect();
    let node = about_page(world, "Event", subject)
        .text("@id", Some(&format!("{}#event", subject.permalink)))
        .text("startDate", Some(&start))
        .text("endDate", Some(&end))
        .text("eventStatus", Some(status(world, event)))
        .set("location", Some(location))
        .set("organizer", list(organizers(world, subject)))
        .set("sponsor", list(sponsors(subject)))
        .set(
            "performer",
            list(speakers.into_iter().map(|term| person(world, term, subject.language)).collect()),
        )
        .set("offers", table.registration.as_ref().and_then(|window| offer(world, event, window)))
        .set("superEvent", series)
        .set("subEvent", list(talks));
    Some(node.done())
}

fn speakers_of<'w>(world: &World, page: &'w Page) -> &'w [TermId] {
    let index = world.site.taxonomy("speakers");
    index.and_then(|index| page.terms.get(index)).map_or(&[], Vec::as_slice)
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
fn organizers(world: &World, subject: &Subject) -> Vec<Value> {
    array(&subject.view, "event.organizers")
        .iter()
        .map(|organizer| {
            let own = field(organizer, "path").map(|path| world.config.permalink(path));
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
fn offer(world: &World, event: &Event, window: &Window) -> Option<Value> {
    let url = window.url.as_deref().and_then(web)?;
    let from = window.opens.as_ref().map(|when| rfc3339(&when.value.start(&event.zone)));
    let until = window.closes.as_ref().map(|when| rfc3339(&when.value.end(&event.zone)));
    let is_open = WindowState::of(window, &event.zone, world.instant) == WindowState::Open;
    let node = Node::new("Offer")
        .text("url", Some(url))
        .text("validFrom", from.as_deref())
        .text("validThrough", until.as_deref())
        .text("availability", is_open.then_some("https://schema.org/InStock"));
    Some(node.done())
}

/// When a talk begins, as far as that is known: an event of one day says the day of its talks.
fn start_of_talk(event: &Event, page: &Page) -> Option<String> {
    let starts = page.talk.as_ref()?.starts.as_ref();
    let day = event.start.date();
    starts.map(rfc3339).or_else(|| (day == event.last.date()).then(|| day.to_string()))
}

/// A talk as an event of its own; `None` where it is not known when or where it takes place.
fn talk_event(world: &World, event: &Event, page: &Page, refers: bool) -> Option<Node> {
    let talk = page.talk.as_ref()?;
    let permalink = world.config.permalink(&page.path);
    let speakers = speakers_of(world, page).iter().map(|term| person(world, *term, page.language)).collect();
    let node = Node::new("Event")
        .text("@id", Some(&format!("{permalink}#event")))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        .text("startDate", Some(&start_of_talk(event, page)?))
        .text("endDate", talk.ends.as_ref().map(rfc3339).as_deref())
        .text("eventStatus", Some(status(world, event)))
        .set("location", Some(place_of_talk(world, event, talk.room.as_deref(), refers)?))
        .text("inLanguage", talk.language.as_deref())
        .set("performer", list(speakers));
    Some(node)
}

fn talk_below(world: &World, event: &Event, id: PageId) -> Option<Value> {
    talk_event(world, event, world.site.page(id), true).map(Node::done)
}

/// A talk on its own page, with its video.
pub(super) fn talk(world: &World, page: &Page, subject: &Subject) -> Vec<Value> {
    let event = event_of_talk(world, page);
    if let Some(event) = event {
        looked_up(Question::Venue(world.path(event.page)));
    }
    let node = event.and_then(|event| talk_event(world, event, page, false)).map(|node| {
        node.text("description", subject.text("description"))
            .set("superEvent", event.and_then(|event| reference(world, event, page.language)))
            .done()
    });
    let node = node.unwrap_or_else(|| work(world, page, subject));
    std::iter::once(node).chain(video(world, page, subject)).collect()
}

/// A talk of which is known only that it was given.
fn work(world: &World, page: &Page, subject: &Subject) -> Value {
    let speakers: Vec<Value> =
        speakers_of(world, page).iter().map(|term| person(world, *term, page.language)).collect();
    if speakers.is_empty() {
        return plain(world, "WebPage", subject);
    }
    about_page(world, "CreativeWork", subject).set("creator", list(speakers)).done()
}

/// The video of a talk, where it is known since when it is online and what stands for it: the page's
/// date and image, or the image of the host.
fn video(world: &World, page: &Page, subject: &Subject) -> Option<Value> {
    let media = Media::recognise(page.talk.as_ref()?.video.as_deref()?)?;
    // A date in the file's name is that of the talk.
    page.document.front.date.as_ref()?;
    let uploaded = rfc3339(page.date.as_ref()?);
    let youtube = media.id.as_deref().filter(|_| media.provider == "youtube");
    let thumbnail = youtube.map(|id| format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg"));
    let thumbnail = image(world, subject).or(thumbnail.map(Value::from))?;
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
