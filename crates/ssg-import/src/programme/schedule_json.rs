//! The `schedule.json` that frab, pretalx and others write: days, rooms, and what is in each.
//!
//! The form is that of the public schema of the Chaos Computer Club's video team.

use super::answers;
use super::media::{Place, place_of};
use super::model::{Moment, PeopleIndex, Person, Programme, Session, Slot, join};
use super::said::{Said, rest};
use super::times::{DayOrder, minutes, moment, time};
use crate::loose_json::{fields, is_cut, list, text, text_of};
use crate::{EventOptions, Guess, Report, Verdict};
use jiff::civil::{Date, DateTime, Time};
use serde_json::Value;

/// Fields of a session that are read, or that say nothing of it.
const OF_SESSION: &[&str] = &[
    "id",
    "guid",
    "code",
    "logo",
    "date",
    "start",
    "end",
    "duration",
    "room",
    "slug",
    "url",
    "title",
    "subtitle",
    "track",
    "type",
    "language",
    "abstract",
    "description",
    "recording_license",
    "do_not_record",
    "do_not_stream",
    "persons",
    "links",
    "attachments",
    "feedback_url",
    "origin_url",
    "status",
    "state",
    "video_download_url",
    "recording",
    "level",
    "tags",
    "image",
];
const OF_PERSON: &[&str] = &[
    "id",
    "guid",
    "code",
    "public_name",
    "full_public_name",
    "name",
    "biography",
    "abstract",
    "description",
    "avatar",
    "avatar_url",
    "image",
    "links",
    "url",
    "pronouns",
    "affiliation",
    "organization",
    "answers",
];
/// The hour before which what begins belongs to the day before, where a day does not say.
const DAY_STARTS: Time = Time::constant(6, 0, 0, 0);

/// The conference in a file; `None` where it has none.
pub(super) fn conference(value: &Value) -> Option<(&Value, &Value)> {
    let schedule = value.get("schedule").unwrap_or(value);
    let conference = schedule.get("conference")?;
    (conference.get("days")?.is_array()).then_some((schedule, conference))
}

/// Reads a conference.
pub(super) fn read(
    format: &'static str,
    (schedule, conference): (&Value, &Value),
    options: &EventOptions<'_>,
    report: &mut Report,
) -> Programme {
    let base = text_of(schedule, &["base_url"]).or_else(|| text_of(conference, &["url", "base_url"]));
    let said = Said::new(options.site.lang.as_deref(), base.as_deref());
    let day = |key: &str| {
        text(conference.get(key)).and_then(|text| super::times::day(text.get(..10)?, DayOrder::DayFirst))
    };
    let mut reader =
        Reader { format, said, people: Vec::new(), index: PeopleIndex::default(), is_whole: true };
    let title = reader.said.text(conference.get("title"));
    let mut programme = Programme {
        format,
        title: (!title.is_empty()).then_some(title),
        first: day("start"),
        last: day("end"),
        zone: text_of(conference, &["time_zone_name", "timezone"]),
        ..Programme::default()
    };
    let mut sessions = Vec::new();
    for (number, day) in (1..).zip(list(conference.get("days"))) {
        let hours = Day::read(day);
        if let Some(ends) = hours.ends.or(hours.starts) {
            programme.day_ends.get_or_insert(ends);
        }
        for (room, value) in rooms_of(day, &reader.said) {
            for session in list(Some(value)) {
                match reader.session(session, &hours, &room, report) {
                    Ok(session) => sessions.push(session),
                    Err(why) => {
                        reader.is_whole = false;
                        let name = reader.said.first(session, &["title", "id", "guid"]);
                        let name = if name.is_empty() {
                            format!("a session of day {number} in {room}")
                        } else {
                            name
                        };
                        report.add(&name, Verdict::Failed(why), Vec::new());
                    }
                }
            }
            if !value.is_array() && !value.is_null() {
                reader.is_whole = false;
                let why = format!("`{room}` must be a list of sessions");
                report.add(&format!("day {number}"), Verdict::Failed(why), Vec::new());
            }
        }
        if !day.is_object() {
            reader.is_whole = false;
            report.add(
                &format!("day {number}"),
                Verdict::Failed("it must be an object".to_owned()),
                Vec::new(),
            );
        }
    }
    programme.sessions = join(sessions);
    programme.people = reader.people;
    programme.is_whole = reader.is_whole;
    programme
}

/// The rooms of a day: an object of lists, or a list of objects with a name and sessions.
fn rooms_of<'v>(day: &'v Value, said: &Said) -> Vec<(String, &'v Value)> {
    match day.get("rooms") {
        Some(Value::Array(rooms)) => rooms
            .iter()
            .filter_map(|room| {
                Some((said.first(room, &["name"]), room.get("events").or_else(|| room.get("sessions"))?))
            })
            .collect(),
        rooms => rooms.map_or_else(Vec::new, |rooms| {
            fields(rooms).map(|(name, sessions)| (name.clone(), sessions)).collect()
        }),
    }
}

/// A day of the programme.
struct Day {
    date: Option<Date>,
    starts: Option<Time>,
    ends: Option<Time>,
}

impl Day {
    /// The hour before which an hour without a date is one of the night: halfway between the end of a day and the
    /// beginning of the next.
    fn limit(&self) -> Time {
        let minutes = |time: Time| i16::from(time.hour()) * 60 + i16::from(time.minute());
        let (starts, ends) =
            (self.starts.map(minutes).filter(|starts| *starts <= 12 * 60), self.ends.map(minutes));
        let limit = match (starts, ends) {
            (Some(starts), Some(ends)) if starts >= ends => i16::midpoint(starts, ends),
            (_, Some(ends)) => ends,
            (Some(starts), None) => starts,
            (None, None) => return DAY_STARTS,
        };
        let hour = i8::try_from(limit / 60).unwrap_or(6);
        Time::new(hour, i8::try_from(limit % 60).unwrap_or(0), 0, 0).unwrap_or(DAY_STARTS)
    }

    fn read(day: &Value) -> Self {
        let hour = |key: &str| match moment(&text(day.get(key))?, DayOrder::DayFirst)? {
            Moment::Local(local) | Moment::At(local, _) => Some(local.time()),
            Moment::Day(_) | Moment::Instant(_) => None,
        };
        let date = text_of(day, &["date"]).or_else(|| text_of(day, &["day_start"]));
        // A day that ends a minute before the next begins.
        let ends = hour("day_end").map(|ends| {
            if ends.minute() == 59 {
                ends.wrapping_add(jiff::Span::new().minutes(1)).with().second(0).build().unwrap_or(ends)
            } else {
                ends
            }
        });
        Self {
            date: date.and_then(|date| super::times::day(date.get(..10)?, DayOrder::DayFirst)),
            starts: hour("day_start"),
            ends: ends.filter(|ends| ends.hour() <= 12),
        }
    }
}

struct Reader {
    format: &'static str,
    said: Said,
    people: Vec<Person>,
    index: PeopleIndex,
    is_whole: bool,
}

impl Reader {
    fn session(
        &mut self,
        value: &Value,
        day: &Day,
        room: &str,
        report: &mut Report,
    ) -> Result<Session, String> {
        if !value.is_object() {
            return Err("a session must be an object".to_owned());
        }
        if is_cut(value) {
            return Err("it is cut off".to_owned());
        }
        let title = self.said.text(value.get("title"));
        if title.is_empty() {
            return Err("it has no title".to_owned());
        }
        let mut session = Session {
            id: self.id_of(value),
            subtitle: self.said.text(value.get("subtitle")),
            summary: self.said.text(value.get("abstract")),
            text: self.said.text(value.get("description")),
            kind: self.said.text(value.get("type")),
            track: self.said.text(value.get("track")),
            level: self.said.text(value.get("level")),
            picture: self.said.address(value.get("logo").or_else(|| value.get("image"))),
            licence: self.said.text(value.get("recording_license")),
            is_cancelled: text_of(value, &["status", "state"])
                .is_some_and(|state| ["canceled", "cancelled"].contains(&state.to_lowercase().as_str())),
            languages: text(value.get("language")).into_iter().collect(),
            topics: list(value.get("tags"))
                .iter()
                .map(|tag| self.said.text(Some(tag)))
                .filter(|tag| !tag.is_empty())
                .collect(),
            ..Session::default()
        };
        let own_room = self.said.text(value.get("room"));
        let slot = slot_of(
            value,
            day,
            if own_room.is_empty() { room.to_owned() } else { own_room },
            &mut session.notes,
        );
        session.slots = vec![slot];
        for (link, kind) in self.said.links(value.get("links")) {
            match place_of(&link, &kind, false) {
                Place::Video => session.videos.push(link),
                Place::Slides => session.slides.push(link),
                Place::Link => session.links.push(link),
            }
        }
        for (link, kind) in self.said.links(value.get("attachments")) {
            if session.slides.iter().any(|known| known.url == link.url) {
                continue;
            }
            match place_of(&link, &kind, true) {
                Place::Slides => session.slides.push(link),
                _ => session.links.push(link),
            }
        }
        let video = self.said.first(value, &["video_download_url", "recording"]);
        if let Some(url) = crate::web::address(&video) {
            session.videos.push(super::model::Link { url, title: String::new() });
        }
        for person in list(value.get("persons")) {
            if let Some(person) = self.person(person, &title, report) {
                let place = self.index.place(&mut self.people, person);
                if !session.people.contains(&place) {
                    session.people.push(place);
                }
            }
        }
        rest(value, OF_SESSION, "session: ", &title, report);
        session.title = title;
        Ok(session)
    }

    /// What the source knows a session by, which stays when its title changes.
    fn id_of(&self, value: &Value) -> Option<String> {
        if self.format == "pretalx" {
            let of_address = || {
                let url = text(value.get("url"))?;
                let code = url.split("/talk/").nth(1)?.split('/').next()?.to_owned();
                (!code.is_empty()).then_some(code)
            };
            return text_of(value, &["code"]).or_else(of_address).or_else(|| text_of(value, &["id", "guid"]));
        }
        text_of(value, &["id", "guid", "code"])
    }

    fn person(&self, value: &Value, title: &str, report: &mut Report) -> Option<Person> {
        if let Some(name) = text(Some(value)) {
            return Some(Person { name, ..Person::default() });
        }
        let name = self.said.first(value, &["public_name", "full_public_name", "name"]);
        if name.is_empty() {
            return None;
        }
        rest(value, OF_PERSON, "person: ", title, report);
        let url = self.said.address(value.get("url"));
        let mut links: Vec<_> =
            self.said.links(value.get("links")).into_iter().map(|(link, _)| link).collect();
        // pretalx has the address of its own page there.
        if !url.is_empty() && self.format != "pretalx" && !url.contains("/speakers/") && links.is_empty() {
            links.push(super::model::Link { url, title: String::new() });
        }
        let picture = ["avatar", "avatar_url", "image"].iter().map(|key| self.said.address(value.get(key)));
        let mut person = Person {
            // An identity may be made of somebody's e-mail address, so that is not taken.
            id: text_of(value, &["code", "id"]),
            name,
            biography: self.said.first(value, &["biography", "description"]),
            tagline: self.said.text(value.get("abstract")),
            picture: picture.into_iter().find(|url| !url.is_empty()).unwrap_or_default(),
            pronouns: self.said.text(value.get("pronouns")),
            affiliation: self.said.first(value, &["affiliation", "organization"]),
            links,
        };
        answers::take(&mut person, self.said.answers(value.get("answers")), report);
        Some(person)
    }
}

/// When and where a session is: `date` with its hour, else the day and `start`.
fn slot_of(value: &Value, day: &Day, room: String, notes: &mut Vec<Guess>) -> Slot {
    let when = |key: &str| text(value.get(key)).and_then(|text| moment(&text, DayOrder::DayFirst));
    let start = text(value.get("start"));
    let starts = match when("date") {
        Some(Moment::Day(_)) | None => {
            let hour = start.as_deref().and_then(time);
            let date = day.date.or_else(|| match when("date") {
                Some(Moment::Day(date)) => Some(date),
                _ => None,
            });
            date.zip(hour).map(|(date, hour)| {
                let date = if hour < day.limit() { date.tomorrow().unwrap_or(date) } else { date };
                Moment::Local(DateTime::from_parts(date, hour))
            })
        }
        moment => moment,
    };
    let starts = starts.or_else(|| when("start"));
    if starts.is_none() && (start.is_some() || value.get("date").is_some_and(|date| !date.is_null())) {
        notes.push(Guess::new(0, "its time cannot be read"));
    }
    let length = match value.get("duration") {
        Some(Value::Number(number)) => number.as_i64().filter(|minutes| (1..100_000).contains(minutes)),
        duration => text(duration).and_then(|text| minutes(&text)),
    };
    Slot { starts, ends: when("end").filter(|_| length.is_none()), minutes: length, room, day: day.date }
}
