//! The schedule of an event as XML, as frab and pretalx write it: Giggity and others read nothing else.
//!
//! It is [`super::schedule`]'s value in another form, so both say the same. The format asks for text where JSON may have
//! nothing: an empty one stands there then.

use super::companion_path;
use super::schedule::value;
use crate::formats::markup;
use crate::reads::{ReadSite, Reads};
use serde_json::Value;
use ssg_taxonomy::PageKey;

/// The path of the schedule in XML of the event at a path.
pub(crate) fn path(page: &str) -> String {
    companion_path(page, "schedule.xml")
}

/// The text of the schedule of an event.
pub(crate) fn text(reads: &Reads, event: &PageKey) -> Option<String> {
    let value = value(reads, event)?;
    let schedule = value.get("schedule")?;
    let conference = schedule.get("conference")?;
    let page = reads.card(event)?;
    let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    xml.open("schedule", &[]);
    xml.line("<generator name=\"ssg\"/>");
    xml.element("url", &reads.permalink(&path(&page.path)));
    xml.element("version", text_of(schedule, "version"));
    write_conference(&mut xml, conference);
    for day in list(conference, "days") {
        write_day(&mut xml, conference, day);
    }
    xml.close("schedule");
    Some(xml.0)
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn write_conference(xml: &mut Xml, conference: &Value) {
    xml.open("conference", &[]);
    xml.element("title", text_of(conference, "title"));
    xml.element("acronym", text_of(conference, "acronym"));
    xml.element("start", text_of(conference, "start"));
    xml.element("end", text_of(conference, "end"));
    let days = conference.get("daysCount").and_then(Value::as_u64).unwrap_or(0);
    xml.element("days", &days.to_string());
    xml.element("timeslot_duration", text_of(conference, "timeslot_duration"));
    xml.element("base_url", text_of(conference, "url"));
    xml.element("url", text_of(conference, "url"));
    xml.element("time_zone_name", text_of(conference, "time_zone_name"));
    xml.close("conference");
}

fn write_day(xml: &mut Xml, conference: &Value, day: &Value) {
    let index = day.get("index").and_then(Value::as_u64).unwrap_or(1).to_string();
    xml.open(
        "day",
        &[
            ("index", &index),
            ("date", text_of(day, "date")),
            ("start", text_of(day, "day_start")),
            ("end", text_of(day, "day_end")),
        ],
    );
    let rooms = day.get("rooms").and_then(Value::as_object);
    for (name, events) in rooms.into_iter().flatten() {
        let known = list(conference, "rooms").iter().find(|room| text_of(room, "name") == name);
        let mut attributes = vec![("name", name.as_str())];
        attributes.extend(known.map(|room| ("guid", text_of(room, "guid"))));
        xml.open("room", &attributes);
        for event in events.as_array().map_or(&[] as &[Value], Vec::as_slice) {
            write_event(xml, event);
        }
        xml.close("room");
    }
    xml.close("day");
}

fn write_event(xml: &mut Xml, event: &Value) {
    let id = event.get("id").and_then(Value::as_u64).unwrap_or(1).to_string();
    xml.open("event", &[("id", &id), ("guid", text_of(event, "guid"))]);
    for name in [
        "room",
        "title",
        "subtitle",
        "type",
        "date",
        "start",
        "duration",
        "abstract",
        "slug",
        "track",
        "language",
        "description",
        "url",
    ] {
        xml.element(name, text_of(event, name));
    }
    xml.open("persons", &[]);
    for person in list(event, "persons") {
        xml.with("person", &[("guid", text_of(person, "guid"))], text_of(person, "name"));
    }
    xml.close("persons");
    for (all, one) in [("links", "link"), ("attachments", "attachment")] {
        xml.open(all, &[]);
        for link in list(event, all) {
            xml.with(one, &[("href", text_of(link, "url"))], text_of(link, "title"));
        }
        xml.close(all);
    }
    xml.close("event");
}

/// XML while it is written, an element to a line.
struct Xml(String);

impl Xml {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn start(name: &str, attributes: &[(&str, &str)]) -> String {
        let mut start = format!("<{name}");
        for (key, value) in attributes {
            start.push_str(&format!(" {key}=\"{}\"", markup(value).replace('\n', " ")));
        }
        start.push('>');
        start
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.line(&Self::start(name, attributes));
    }

    fn close(&mut self, name: &str) {
        self.line(&format!("</{name}>"));
    }

    fn with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.line(&format!("{}{}</{name}>", Self::start(name, attributes), markup(text)));
    }

    fn element(&mut self, name: &str, text: &str) {
        self.with(name, &[], text);
    }
}
