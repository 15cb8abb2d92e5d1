//! What pretalx gives out: its `schedule.json`, answers of its API on talks, and the data of its widget.

use super::answers;
use super::media::{Place, place_of};
use super::model::{Link, PeopleIndex, Person, Programme, Session, Slot, join};
use super::said::{Said, rest};
use super::times::{DayOrder, moment};
use super::{Reading, read_json, schedule_json};
use crate::event_options::SourceFile;
use crate::loose_json::{is_cut, list, text, text_of};
use crate::{EventOptions, Report, Verdict};
use serde_json::Value;
use std::collections::HashMap;

/// Fields of a talk that are read, or that say nothing of it.
const OF_TALK: &[&str] = &[
    "code",
    "id",
    "speakers",
    "title",
    "submission_type",
    "submission_type_id",
    "session_type",
    "track",
    "track_id",
    "state",
    "pending_state",
    "abstract",
    "description",
    "duration",
    "slot",
    "slots",
    "slot_count",
    "content_locale",
    "do_not_record",
    "is_featured",
    "image",
    "resources",
    "tags",
    "tag_ids",
    "created",
    "updated",
    "start",
    "end",
    "room",
    "fav_count",
    "url",
];
const OF_SPEAKER: &[&str] = &[
    "code",
    "name",
    "biography",
    "avatar",
    "avatar_url",
    "avatar_source",
    "avatar_license",
    "submissions",
    "availabilities",
    "answers",
];

/// Reads a file.
pub(super) fn read(file: &SourceFile, reading: &mut Reading<'_, '_>) -> Option<Programme> {
    let expected = "the `schedule.json` or `schedule.xml` of pretalx, or what its API or its widget gives";
    let options = reading.options;
    read_json(expected, file, reading, |value, report| {
        if let Some(conference) = schedule_json::conference(value) {
            return Some(schedule_json::read("pretalx", conference, options, report));
        }
        let talks = value.get("results").or_else(|| value.get("talks")).or_else(|| value.get("submissions"));
        let talks = talks.unwrap_or(value).as_array()?;
        let is_talk = |talk: &Value| talk.get("title").is_some() || talk.get("code").is_some();
        (talks.is_empty() || talks.iter().any(is_talk)).then(|| of_talks(value, talks, options, report))
    })
}

/// Reads an answer of the API, or the data of the widget: talks, where rooms, tracks and people may stand apart.
fn of_talks(value: &Value, talks: &[Value], options: &EventOptions<'_>, report: &mut Report) -> Programme {
    let said = Said::new(options.site.lang.as_deref(), None);
    let named = |key: &str| -> HashMap<String, String> {
        list(value.get(key))
            .iter()
            .filter_map(|one| Some((text(one.get("id"))?, said.text(one.get("name")))))
            .collect()
    };
    let day = |key: &str| {
        text(value.get(key)).and_then(|text| super::times::day(text.get(..10)?, DayOrder::DayFirst))
    };
    let mut reader = Reader {
        rooms: named("rooms"),
        tracks: named("tracks"),
        kinds: named("submission_types"),
        people: Vec::new(),
        index: PeopleIndex::default(),
        said,
    };
    for person in list(value.get("speakers")) {
        reader.person(person, report);
    }
    let mut is_whole = true;
    let mut sessions = Vec::new();
    for (number, talk) in (1..).zip(talks) {
        match reader.session(talk, report) {
            Ok(session) => sessions.push(session),
            Err(verdict) => {
                is_whole &= !matches!(verdict, Verdict::Failed(_));
                let name = reader.said.first(talk, &["title", "code", "id"]);
                report.add(
                    &if name.is_empty() { format!("talk {number}") } else { name },
                    verdict,
                    Vec::new(),
                );
            }
        }
    }
    let title = reader.said.first(value, &["name", "event_name", "event"]);
    Programme {
        format: "pretalx",
        title: (!title.is_empty()).then_some(title),
        first: day("event_start").or_else(|| day("date_from")),
        last: day("event_end").or_else(|| day("date_to")),
        zone: text_of(value, &["timezone"]),
        day_ends: None,
        sessions: join(sessions),
        people: reader.people,
        is_whole,
        is_cut: false,
    }
}

struct Reader {
    rooms: HashMap<String, String>,
    tracks: HashMap<String, String>,
    kinds: HashMap<String, String>,
    people: Vec<Person>,
    index: PeopleIndex,
    said: Said,
}

impl Reader {
    fn session(&mut self, talk: &Value, report: &mut Report) -> Result<Session, Verdict> {
        if !talk.is_object() {
            return Err(Verdict::Failed("a talk must be an object".to_owned()));
        }
        if is_cut(talk) {
            return Err(Verdict::Failed("it is cut off".to_owned()));
        }
        let title = self.said.text(talk.get("title"));
        if title.is_empty() {
            return Err(Verdict::Failed("it has no title".to_owned()));
        }
        let state = text_of(talk, &["state"]).unwrap_or_default().to_lowercase();
        let why = match state.as_str() {
            "" | "confirmed" | "canceled" | "cancelled" => "",
            "accepted" => "it is accepted and not yet confirmed",
            "withdrawn" => "it was withdrawn",
            _ => "it is not accepted",
        };
        if !why.is_empty() {
            return Err(Verdict::Skipped(why.to_owned()));
        }
        let id = text_of(talk, &["code"]);
        let mut session = Session {
            is_service: id.is_none() && list(talk.get("speakers")).is_empty(),
            id: id.or_else(|| text_of(talk, &["id"])),
            summary: self.said.text(talk.get("abstract")),
            text: self.said.text(talk.get("description")),
            kind: self.named(talk, &["submission_type", "session_type"], &self.kinds),
            track: self.named(talk, &["track"], &self.tracks),
            languages: text_of(talk, &["content_locale"]).into_iter().collect(),
            picture: self.said.address(talk.get("image")),
            is_cancelled: state.starts_with("cancel"),
            topics: list(talk.get("tags"))
                .iter()
                .map(|tag| self.said.text(Some(tag.get("tag").unwrap_or(tag))))
                .filter(|tag| !tag.is_empty() && tag.parse::<u64>().is_err())
                .collect(),
            ..Session::default()
        };
        let minutes =
            talk.get("duration").and_then(Value::as_i64).filter(|minutes| (1..100_000).contains(minutes));
        let slots: Vec<&Value> = match (talk.get("slots"), talk.get("slot")) {
            (Some(Value::Array(slots)), _) if slots.iter().any(Value::is_object) => slots.iter().collect(),
            (_, Some(slot @ Value::Object(_))) => vec![slot],
            _ => vec![talk],
        };
        for slot in slots {
            let when = |key: &str| text(slot.get(key)).and_then(|text| moment(&text, DayOrder::DayFirst));
            let (starts, ends) = (when("start"), when("end"));
            if starts.is_some() || slot.get("room").is_some_and(|room| !room.is_null()) {
                let minutes = minutes.filter(|_| ends.is_none());
                session.slots.push(Slot {
                    starts,
                    ends,
                    minutes,
                    room: self.named(slot, &["room"], &self.rooms),
                    day: None,
                });
            }
        }
        for (link, kind) in self.said.links(talk.get("resources")) {
            match place_of(&link, &kind, true) {
                Place::Slides => session.slides.push(link),
                _ if place_of(&link, &kind, false) == Place::Video => session.videos.push(link),
                _ => session.links.push(link),
            }
        }
        for speaker in list(talk.get("speakers")) {
            let known = text(Some(speaker)).and_then(|code| self.index.find(&code));
            if let Some(place) = known.or_else(|| self.person(speaker, report))
                && !session.people.contains(&place)
            {
                session.people.push(place);
            }
        }
        rest(talk, OF_TALK, "talk: ", &title, report);
        session.title = title;
        Ok(session)
    }

    /// The text of the first of these keys; a number is the id of something that stands apart.
    fn named(&self, value: &Value, keys: &[&str], known: &HashMap<String, String>) -> String {
        for key in keys {
            match value.get(key) {
                Some(Value::Number(id)) => {
                    if let Some(name) = known.get(&id.to_string()) {
                        return name.clone();
                    }
                }
                value => {
                    let text = self.said.text(value);
                    if !text.is_empty() {
                        return text;
                    }
                }
            }
        }
        String::new()
    }

    fn person(&mut self, value: &Value, report: &mut Report) -> Option<usize> {
        let name = self.said.first(value, &["name", "public_name"]);
        if name.is_empty() {
            return None;
        }
        rest(value, OF_SPEAKER, "speaker: ", &name, report);
        let picture = self.said.address(value.get("avatar_url").or_else(|| value.get("avatar")));
        let mut person = Person {
            id: text_of(value, &["code", "id"]),
            biography: self.said.text(value.get("biography")),
            picture,
            links: Vec::<Link>::new(),
            name,
            ..Person::default()
        };
        answers::take(&mut person, self.said.answers(value.get("answers")), report);
        Some(self.index.place(&mut self.people, person))
    }
}
