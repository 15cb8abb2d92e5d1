//! Where events and talks are, as structured data: venues, rooms, streams.

use super::node::{Node, web};
use crate::reads::{ReadSite, Reads};
use serde_json::{Value, json};
use ssg_parse::{Attendance, Venue};
use ssg_taxonomy::TalkTime;
use ssg_taxonomy::facets::{EventCard, EventVenue};

/// Where one takes part from afar: the stream, else the page that will tell of it.
fn afar(url: Option<&str>, page: &str) -> Value {
    Node::new("VirtualLocation").text("url", url.and_then(web).or(Some(page))).done()
}

/// The place with what there is for those who are not in it.
pub(super) fn location(
    attendance: Attendance,
    place: Option<Value>,
    url: Option<&str>,
    page: &str,
) -> Option<Value> {
    match attendance {
        Attendance::InPerson => place,
        Attendance::Online => Some(afar(url, page)),
        Attendance::Hybrid => match place {
            Some(Value::Array(places)) => {
                Some(places.into_iter().chain([afar(url, page)]).collect::<Vec<_>>().into())
            }
            Some(place) => Some(json!([place, afar(url, page)])),
            None => Some(afar(url, page)),
        },
    }
}

pub(super) fn stream_of(event: &EventCard) -> Option<&str> {
    event.online.as_ref()?.url.as_deref()
}

/// City and country as a place; what is known of an event wherever it is referred to.
pub(super) fn town(event: &EventCard) -> Option<Value> {
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

/// The address of a venue with its street.
fn full_address(place: &EventVenue, venue: Option<&Venue>) -> Option<Value> {
    let (street, city) =
        venue.map_or((None, None), |venue| (venue.address.as_deref(), venue.city.as_deref()));
    address(city.or(place.city.as_deref()), place.country.as_deref(), street)
}

/// The venue, as far as it is known.
fn venue(reads: &Reads, event: &EventCard) -> Option<Value> {
    let place = reads.get::<EventVenue>(&event.page)?;
    let Some(venue) = &place.venue else { return town(event) };
    house(&place, venue, venue_id(reads, event).as_deref())
}

/// A venue as a place.
fn house(place: &EventVenue, venue: &Venue, id: Option<&str>) -> Option<Value> {
    let (city, country) = (venue.city.as_deref().or(place.city.as_deref()), place.country.as_deref());
    let name = venue.name.as_deref().or(venue.address.as_deref()).or(city).or(country)?;
    let geo = venue.coordinates.map(|(latitude, longitude)| {
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    let node = Node::new("Place")
        .text("@id", id)
        .text("name", Some(name))
        // Search engines ask for an address; where none is known the name is one.
        .set("address", full_address(place, Some(venue)).or_else(|| Some(Value::from(name))))
        .set("geo", geo)
        .text("url", venue.url.as_deref().and_then(web));
    Some(node.done())
}

/// The venues of an event: one place, or a list of them.
pub(super) fn all_venues(reads: &Reads, event: &EventCard) -> Option<Value> {
    let first = venue(reads, event)?;
    let place = reads.get::<EventVenue>(&event.page)?;
    let others = place.venues.iter().filter(|venue| Some(*venue) != place.venue.as_ref());
    let mut others: Vec<Value> = others.filter_map(|venue| house(&place, venue, None)).collect();
    if others.is_empty() {
        return Some(first);
    }
    others.insert(0, first);
    Some(Value::from(others))
}

fn venue_id(reads: &Reads, event: &EventCard) -> Option<String> {
    Some(format!("{}#venue", reads.permalink(&reads.card(&event.page)?.path)))
}

/// The room of a talk in the venue, or the venue. On the page of the event the venue is referred to.
pub(super) fn place_of_talk(
    reads: &Reads,
    event: &EventCard,
    time: &TalkTime,
    refers: bool,
) -> Option<Value> {
    let place = reads.get::<EventVenue>(&event.page)?;
    let room = time.room.as_deref();
    if let Some(own) = time.venue.as_ref().filter(|own| Some(*own) != place.venue.as_ref()) {
        let house = house(&place, own, None)?;
        let node = Node::new("Place").text("name", room).set("address", house.get("address").cloned());
        return Some(node.set("containedInPlace", Some(house)).done());
    }
    let whole = venue(reads, event)?;
    let has_venue = place.venue.is_some();
    let venue = if has_venue && refers { json!({ "@id": venue_id(reads, event) }) } else { whole.clone() };
    let Some(room) = room else { return Some(venue) };
    let address = full_address(&place, place.venue.as_ref()).or_else(|| whole.get("address").cloned());
    let room = Node::new("Place").text("name", Some(room)).set("address", address);
    Some(room.set("containedInPlace", has_venue.then_some(venue)).done())
}
