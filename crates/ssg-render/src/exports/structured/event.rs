//! Events and talks as structured data.
//!
//! On the page of an event stands all that is known of it and a short form of its talks; where either
//! is only referred to, what a card shows.

use super::node::{Node, list, web};
use super::places::{all_venues, location, place_of_talk, stream_of, town};
use super::{about_page, image, person, plain};
use crate::dates::rfc3339;
use crate::exports::{day_or_moment, event_of_talk, stream, times};
use crate::reads::{ReadSite, Reads};
use crate::scope::Subject;
use serde_json::{Value, json};
use ssg_parse::{Address, Attendance, EventTable as Table, Media, MediaLink, Window};
use ssg_taxonomy::facets::{Card, EventCard, EventTable, EventTalks};
use ssg_taxonomy::{LangId, PageKey, TalkTime, TermKey, WindowState};
use std::collections::HashSet;
use std::sync::Arc;

const SCHEDULED: &str = "https://schema.org/EventScheduled";
const CANCELLED: &str = "https://schema.org/EventCancelled";
const RESCHEDULED: &str = "https://schema.org/EventRescheduled";
const POSTPONED: &str = "https://schema.org/EventPostponed";
const MOVED_ONLINE: &str = "https://schema.org/EventMovedOnline";

fn status(event: &EventCard) -> &'static str {
    if event.cancelled { CANCELLED } else { SCHEDULED }
}

/// The days of an event, as far as they can be said: one whose new days are not known yet has its old ones.
fn full_times(event: &EventCard, previous: Option<&str>) -> Option<(String, Option<String>)> {
    match event.open {
        None => {
            let (start, end) = times(event);
            Some((start, Some(end)))
        }
        Some(_) => Some((previous?.to_owned(), None)),
    }
}

/// What has become of an event: it may have got another date and have moved online at once.
fn full_status(event: &EventCard, table: &Table) -> Value {
    if event.cancelled {
        return Value::from(CANCELLED);
    }
    let moved = if event.open.is_some() { POSTPONED } else { RESCHEDULED };
    let moved = table.previous_start.is_some().then_some(moved);
    let online = table.previous_city.is_some() && event.attendance == Attendance::Online;
    match (moved, online.then_some(MOVED_ONLINE)) {
        (Some(moved), Some(online)) => json!([moved, online]),
        (moved, online) => Value::from(moved.or(online).unwrap_or(SCHEDULED)),
    }
}

fn attendance_mode(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::InPerson => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Hybrid => "https://schema.org/MixedEventAttendanceMode",
    }
}

/// An event on a page of another one; `None` where it is not known when or where it takes place.
pub(super) fn reference(reads: &Reads, event: &EventCard, language: LangId) -> Option<Value> {
    if event.open.is_some() {
        return None;
    }
    let page = reads.card(&reads.nearest(event.page, language))?;
    let permalink = reads.permalink(&page.path);
    let node = Node::new("Event")
        .text("@id", Some(&format!("{permalink}#event")))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        // A card shows days, whether the event has times or not.
        .text("startDate", Some(&event.start.date().to_string()))
        .text("endDate", Some(&event.last_day.to_string()))
        .text("eventStatus", Some(status(event)))
        .text("eventAttendanceMode", Some(attendance_mode(event.attendance)))
        .set("location", Some(location(event.attendance, town(event), stream_of(event), &permalink)?));
    Some(node.done())
}

/// An event on its own page; `None` where it is not known where it takes place.
pub(super) fn event(reads: &Reads, event: &EventCard, subject: &Subject) -> Option<Value> {
    let location =
        location(event.attendance, all_venues(reads, event), stream_of(event), &subject.permalink)?;
    let header = reads.get::<EventTable>(&event.page)?;
    let talks = reads.get::<EventTalks>(&event.page).map_or_else(Vec::new, |talks| talks.0.clone());
    let nearest = |key: &PageKey| reads.card(&reads.nearest(*key, subject.language));
    let talks: Vec<Arc<Card>> = talks.iter().filter_map(nearest).collect();
    let mut known = HashSet::new();
    let mut speakers: Vec<TermKey> = Vec::new();
    for term in talks.iter().flat_map(|talk| talk.terms_of("speakers")) {
        if known.insert(*term) {
            speakers.push(*term);
        }
    }
    let series = field_table(&subject.view, "event.series_page").map(|series| {
        let url = field(series, "path").map(|path| reads.permalink(path));
        let node = Node::new("EventSeries").text("name", field(series, "title"));
        node.text("description", field(series, "description")).text("url", url.as_deref()).done()
    });
    let talks = talks.iter().flat_map(|talk| talk_events(reads, event, talk, true));
    let talks = talks.map(Node::done).collect();
    let previous = header.table.previous_start.as_ref().map(|when| {
        let zone = event.start.time_zone();
        day_or_moment(&when.value.start(zone), when.value.is_day())
    });
    let (start, end) = full_times(event, previous.as_deref())?;
    let registration = header.table.registration.as_ref().zip(header.registration);
    let node = about_page(reads, "Event", subject)
        .text("@id", Some(&format!("{}#event", subject.permalink)))
        .text("startDate", Some(&start))
        .text("endDate", end.as_deref())
        .set("eventStatus", Some(full_status(event, &header.table)))
        .text("previousStartDate", previous.as_deref())
        .text("eventAttendanceMode", Some(attendance_mode(event.attendance)))
        .set("location", Some(location))
        .set("organizer", list(organizers(reads, subject)))
        .set("sponsor", list(sponsors(subject)))
        .set(
            "performer",
            list(speakers.into_iter().filter_map(|term| person(reads, term, subject.language)).collect()),
        )
        .set(
            "offers",
            // What is cancelled offers nothing.
            registration
                .filter(|_| !event.cancelled)
                .and_then(|(window, state)| offer(event, window, state, &subject.permalink)),
        )
        .set("superEvent", series)
        .set("subEvent", list(talks));
    Some(node.done())
}

/// A list of the view; empty where it is missing.
fn array<'v>(value: &'v tera::Value, path: &'static str) -> &'v [tera::Value] {
    value.get_from_path(path).and_then(tera::Value::as_array).unwrap_or_default()
}

/// A table of the view; nothing where it is missing.
fn field_table<'v>(value: &'v tera::Value, path: &'static str) -> Option<&'v tera::Value> {
    value.get_from_path(path).filter(|table| !table.is_none())
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
            let is_organization =
                organizer.get_from_path("organization").and_then(tera::Value::as_bool).unwrap_or(false);
            let kind = if is_organization { "Organization" } else { "Person" };
            Node::new(kind).text("name", field(organizer, "name")).text("url", url).done()
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

/// What a ticket costs and where it is got: at the page of the event, where nothing else is told.
fn offer(event: &EventCard, window: &Window, state: WindowState, page: &str) -> Option<Value> {
    let is_told = window.price.is_some() || window.sold_out;
    let url = window.url.as_deref().and_then(web).or_else(|| is_told.then_some(page))?;
    let zone = event.start.time_zone();
    let from = window.opens.as_ref().map(|when| rfc3339(&when.value.start(zone)));
    let until = window.closes.as_ref().map(|when| rfc3339(&when.value.end(zone)));
    let availability = match state {
        _ if window.sold_out => Some("https://schema.org/SoldOut"),
        WindowState::Open => Some("https://schema.org/InStock"),
        WindowState::Before | WindowState::Closed => None,
    };
    let node = Node::new("Offer")
        .text("url", Some(url))
        .text("validFrom", from.as_deref())
        .text("validThrough", until.as_deref())
        .text("price", window.price.as_deref())
        .text("priceCurrency", window.currency.as_deref().filter(|_| window.price.is_some()))
        .text("availability", availability);
    Some(node.done())
}

/// When a talk begins, as far as that is known: an event of one day says the day of its talks.
fn start_of_talk(event: &EventCard, time: &TalkTime) -> Option<String> {
    let day = event.start.date();
    let starts = time.starts.as_ref().map(|starts| day_or_moment(starts, time.is_day));
    starts.or_else(|| (day == event.last_day && event.open.is_none()).then(|| day.to_string()))
}

/// A talk as events of its own, one for each time that it is given; none where it is not known when or where.
fn talk_events(reads: &Reads, event: &EventCard, page: &Card, refers: bool) -> Vec<Node> {
    let Some(talk) = page.talk.as_ref() else { return Vec::new() };
    let unknown = [TalkTime::default()];
    let times = if talk.times.is_empty() { &unknown } else { talk.times.as_slice() };
    let node = |(number, time): (usize, &TalkTime)| talk_event(reads, event, page, time, number, refers);
    (1..).zip(times).filter_map(node).collect()
}

/// How one takes part in a talk: as in its event, unless it is online itself, and then on a stage only with a room.
fn attendance_of_talk(event: &EventCard, time: &TalkTime) -> Attendance {
    match (event.attendance, &time.online, &time.room) {
        (Attendance::InPerson | Attendance::Hybrid, Some(_), None) => Attendance::Online,
        (Attendance::InPerson, Some(_), Some(_)) => Attendance::Hybrid,
        (attendance, ..) => attendance,
    }
}

fn talk_event(
    reads: &Reads,
    event: &EventCard,
    page: &Card,
    time: &TalkTime,
    number: usize,
    refers: bool,
) -> Option<Node> {
    let talk = page.talk.as_ref()?;
    let permalink = reads.permalink(&page.path);
    let speakers = page.terms_of("speakers").iter();
    let speakers = speakers.filter_map(|term| person(reads, *term, page.language)).collect();
    let id = if number > 1 { format!("{permalink}#event-{number}") } else { format!("{permalink}#event") };
    let place = place_of_talk(reads, event, time, refers);
    let attendance = attendance_of_talk(event, time);
    let stream = stream(Some(event), time.online.as_ref()).map(Address::as_str);
    let languages: Vec<Value> = talk.languages.iter().map(|tag| Value::from(tag.as_str())).collect();
    let language = if languages.len() == 1 { languages.first().cloned() } else { list(languages) };
    let cancelled = talk.cancelled || time.cancelled || event.cancelled;
    let node = Node::new("Event")
        .text("@id", Some(&id))
        .text("name", Some(&page.title))
        .text("url", Some(&permalink))
        .text("startDate", Some(&start_of_talk(event, time)?))
        .text("endDate", time.ends.as_ref().map(rfc3339).as_deref())
        .text("eventStatus", Some(if cancelled { CANCELLED } else { SCHEDULED }))
        .text("eventAttendanceMode", Some(attendance_mode(attendance)))
        .set("location", Some(location(attendance, place, stream, &permalink)?))
        .set("inLanguage", language)
        .set("performer", list(speakers));
    Some(node)
}

/// A talk on its own page, with its video.
pub(super) fn talk(reads: &Reads, page: &Card, subject: &Subject) -> Vec<Value> {
    let event = event_of_talk(reads, page);
    let nodes = event.as_ref().map_or_else(Vec::new, |event| talk_events(reads, event, page, false));
    let mut nodes: Vec<Value> = nodes
        .into_iter()
        .map(|node| {
            node.text("description", subject.text("description"))
                .set("image", image(reads, subject))
                .set("superEvent", event.as_ref().and_then(|event| reference(reads, event, page.language)))
                .done()
        })
        .collect();
    if nodes.is_empty() {
        nodes.push(work(reads, page, subject));
    }
    nodes.extend(videos(reads, page, subject, event.as_deref()));
    nodes
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

/// The recordings of a talk, where it is known since when they are online and what stands for them: the page's
/// image, or the one of a host. Where nobody says when they were put up, it was not before the talk was given.
fn videos(reads: &Reads, page: &Card, subject: &Subject, event: Option<&EventCard>) -> Vec<Value> {
    let Some(talk) = page.talk.as_ref() else { return Vec::new() };
    let given = talk.starts().or(event.map(|event| &event.start));
    let added = page.video_added.as_ref().or(page.date.as_ref().filter(|_| page.is_dated)).or(given);
    let Some(added) = added.map(rfc3339) else { return Vec::new() };
    let all: Vec<(&MediaLink, Media)> =
        talk.video.iter().filter_map(|link| Some((link, Media::recognise(&link.url)?))).collect();
    let youtube = |media: &Media| {
        let id = media.id.as_deref().filter(|_| media.provider == "youtube")?;
        Some(Value::from(format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")))
    };
    // Of one talk they are all alike.
    let usual = image(reads, subject).or_else(|| all.iter().find_map(|(_, media)| youtube(media)));
    let description = subject.text("description").filter(|text| !text.is_empty());
    let several = all.len() > 1;
    let node = |(link, media): &(&MediaLink, Media)| {
        let more: Vec<&str> =
            [&link.title, &link.language].into_iter().flatten().map(String::as_str).collect();
        let name = if several && !more.is_empty() {
            format!("{} ({})", page.title, more.join(", "))
        } else {
            page.title.clone()
        };
        let thumbnail = image(reads, subject).or_else(|| youtube(media)).or_else(|| usual.clone())?;
        let embed = match (media.provider, media.id.as_deref()) {
            ("youtube", Some(id)) => Some(format!("https://www.youtube-nocookie.com/embed/{id}")),
            ("vimeo", Some(id)) => Some(format!("https://player.vimeo.com/video/{id}")),
            _ => None,
        };
        let node = Node::new("VideoObject")
            .text("name", Some(&name))
            .text("description", description.or(Some(&page.title)))
            .set("thumbnailUrl", Some(thumbnail))
            .text("uploadDate", Some(&added))
            .text("embedUrl", embed.as_deref())
            .text("inLanguage", link.language.as_deref())
            .text("url", web(&media.url));
        Some(node.done())
    };
    all.iter().filter_map(node).collect()
}
