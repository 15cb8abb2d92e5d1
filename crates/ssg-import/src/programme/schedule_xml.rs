//! The `schedule.xml` that frab, pretalx and others write, as the `schedule.json` that says the same.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value, json};

/// Deepest nesting of elements; a schedule has seven.
const DEEPEST: usize = 20;

/// An element that is read.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    inner: Vec<Element>,
    /// It has an end.
    is_closed: bool,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.inner.iter().filter(move |one| one.name == name)
    }

    fn get(&self, name: &str) -> Option<&Element> {
        self.inner.iter().find(|one| one.name == name)
    }
}

/// Reads a file; the second is why it was not read to its end.
pub(super) fn read(text: &str) -> (Value, Option<String>) {
    let (root, broken) = elements(text);
    let schedule = if root.name == "schedule" { Some(&root) } else { root.get("schedule") };
    let Some(schedule) = schedule else { return (Value::Null, broken) };
    let conference = schedule.get("conference");
    let of = |name: &str| {
        let place = conference.and_then(|conference| conference.get(name)).or_else(|| schedule.get(name));
        place.map(|one| one.text.trim().to_owned())
    };
    let days: Vec<Value> = schedule.all("day").map(day).collect();
    let value = json!({
        "schedule": {
            "base_url": of("base_url"),
            "conference": {
                "title": of("title"), "start": of("start"), "end": of("end"), "time_zone_name": of("time_zone_name"), "days": days,
            },
        },
    });
    (value, broken)
}

fn day(day: &Element) -> Value {
    let mut rooms: Map<String, Value> = Map::new();
    for room in day.all("room") {
        let name = room.attribute("name").unwrap_or_default().to_owned();
        let sessions = room.all("event").map(session);
        if let Value::Array(all) = rooms.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
            all.extend(sessions);
        }
    }
    json!({
        "date": day.attribute("date"), "day_start": day.attribute("start"), "day_end": day.attribute("end"), "rooms": rooms,
    })
}

fn session(event: &Element) -> Value {
    if !event.is_closed {
        return Value::String("it is cut off".to_owned());
    }
    let mut fields: Map<String, Value> = Map::new();
    for name in ["id", "guid", "code"] {
        if let Some(value) = event.attribute(name) {
            fields.insert(name.to_owned(), Value::from(value));
        }
    }
    for one in &event.inner {
        let value = match one.name.as_str() {
            "persons" => Value::Array(one.all("person").map(person).collect()),
            "links" => Value::Array(one.all("link").map(link).collect()),
            "attachments" => Value::Array(one.all("attachment").map(link).collect()),
            "recording" => {
                let licence = one.get("license").map(|one| one.text.trim().to_owned());
                fields.insert("recording_license".to_owned(), Value::from(licence));
                continue;
            }
            _ => Value::from(one.text.trim()),
        };
        fields.insert(one.name.clone(), value);
    }
    Value::Object(fields)
}

fn person(person: &Element) -> Value {
    json!({ "id": person.attribute("id"), "code": person.attribute("code"), "public_name": person.text.trim() })
}

fn link(link: &Element) -> Value {
    json!({ "url": link.attribute("href"), "title": link.text.trim(), "type": link.attribute("type") })
}

/// The elements below one root, as far as it is XML.
fn elements(text: &str) -> (Element, Option<String>) {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element { is_closed: true, ..Element::default() }];
    let broken = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if open.len() > DEEPEST {
                    break Some(format!("it is nested deeper than {DEEPEST} elements"));
                }
                open.push(element(&start));
            }
            Ok(Event::Empty(start)) => {
                let one = Element { is_closed: true, ..element(&start) };
                if let Some(outer) = open.last_mut() {
                    outer.inner.push(one);
                }
            }
            Ok(Event::End(_)) => close(&mut open, true),
            Ok(Event::Text(words)) => {
                let words = words.decode().unwrap_or_default();
                append(&mut open, &words);
            }
            Ok(Event::CData(words)) => {
                let words = String::from_utf8_lossy(&words).into_owned();
                append(&mut open, &words);
            }
            Ok(Event::GeneralRef(name)) => {
                let name = name.decode().unwrap_or_default().into_owned();
                append(&mut open, &entity(&name));
            }
            Ok(Event::Eof) => {
                break (open.len() > 1)
                    .then(|| format!("it ends within `{}`", open.last().map_or("", |one| &one.name)));
            }
            Ok(_) => {}
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len());
                let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
                break Some(format!("{error} at line {line}"));
            }
        }
    };
    while open.len() > 1 {
        close(&mut open, false);
    }
    let root = open.pop().unwrap_or_default();
    (root, broken)
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().map(|one| {
        let value = String::from_utf8_lossy(&one.value).into_owned();
        (String::from_utf8_lossy(one.key.as_ref()).into_owned(), unescaped(&value))
    });
    Element {
        name: String::from_utf8_lossy(start.name().as_ref()).into_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

fn close(open: &mut Vec<Element>, is_closed: bool) {
    if open.len() < 2 {
        return;
    }
    if let Some(mut one) = open.pop() {
        one.is_closed = is_closed;
        if let Some(outer) = open.last_mut() {
            outer.inner.push(one);
        }
    }
}

fn append(open: &mut [Element], words: &str) {
    if let Some(one) = open.last_mut() {
        one.text.push_str(words);
    }
}

/// A text with its references as what they stand for.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').filter(|(name, _)| name.len() <= 10) {
            Some((name, more)) => {
                out.push_str(&entity(name));
                rest = more;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a reference stands for; one that nobody knows stays as it is written.
fn entity(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
    match (name, number) {
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (_, Some(Ok(number))) => char::from_u32(number).map_or_else(String::new, String::from),
        _ => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<?xml version=\"1.0\"?>\n<schedule><conference><title>Q &amp; A</title><time_zone_name>Europe/Berlin</time_zone_name></conference>\n\
        <day date=\"2027-03-18\" end=\"2027-03-19T04:00:00+01:00\"><room name=\"Deck\"><event id=\"1\" guid=\"g\"><title>Lamps &lt;3</title>\
        <persons><person id=\"7\">Ada Lo</person></persons><links><link href=\"https://x.example/?a&amp;b\">X</link></links><abstract><![CDATA[<p>x</p>]]></abstract></event></room></day></schedule>";

    #[test]
    fn it_says_what_the_json_says() {
        let (value, broken) = read(XML);
        assert_eq!(broken, None);
        let conference = &value["schedule"]["conference"];
        assert_eq!(conference["title"], "Q & A");
        let session = &conference["days"][0]["rooms"]["Deck"][0];
        assert_eq!((&session["title"], &session["id"]), (&json!("Lamps <3"), &json!("1")));
        assert_eq!(session["persons"][0]["public_name"], "Ada Lo");
        assert_eq!(session["links"][0]["url"], "https://x.example/?a&b");
        assert_eq!(session["abstract"], "<p>x</p>");
    }

    #[test]
    fn every_cut_is_told() {
        for end in 0..XML.len() {
            let cut = XML.get(..end).expect("ASCII");
            let (value, broken) = read(cut);
            assert!(broken.is_some() || value.is_null(), "{cut}");
        }
        assert!(read(&"<a>".repeat(10_000)).1.is_some());
    }
}
