//! What Sessionize gives out as JSON: the views "All", "Sessions" and "Grid smart".

use super::answers;
use super::media::{Place, place_of};
use super::model::{Link, PeopleIndex, Person, Programme, Session, Slot, join};
use super::said::{Said, rest};
use super::times::{DayOrder, moment};
use super::{Reading, read_json};
use crate::event_options::SourceFile;
use crate::loose_json::{is_cut, list, text, text_of, yes};
use crate::{EventOptions, Report, Verdict};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Fields of a session that are read, or that say nothing of it.
const OF_SESSION: &[&str] = &[
    "id",
    "title",
    "description",
    "startsAt",
    "endsAt",
    "isServiceSession",
    "isPlenumSession",
    "speakers",
    "categoryItems",
    "categories",
    "questionAnswers",
    "roomId",
    "room",
    "status",
    "liveUrl",
    "recordingUrl",
    "isInformed",
    "isConfirmed",
];
const OF_SPEAKER: &[&str] = &[
    "id",
    "firstName",
    "lastName",
    "fullName",
    "name",
    "bio",
    "tagLine",
    "profilePicture",
    "isTopSpeaker",
    "links",
    "sessions",
    "categoryItems",
    "categories",
    "questionAnswers",
    "email",
];

/// Reads a file.
pub(super) fn read(file: &SourceFile, reading: &mut Reading<'_, '_>) -> Option<Programme> {
    let expected = "what the API of Sessionize gives: the view `All`, `Sessions` or `GridSmart`, as JSON";
    let options = reading.options;
    read_json(expected, file, reading, |value, report| {
        let placed = sessions_of(value)?;
        Some(of_sessions(value, placed, options, report))
    })
}

/// Every session of a file, with the room that it stands in there.
fn sessions_of(value: &Value) -> Option<Vec<(&Value, String)>> {
    if let Some(sessions) = value.get("sessions").and_then(Value::as_array) {
        return Some(sessions.iter().map(|session| (session, String::new())).collect());
    }
    let groups = value.as_array()?;
    let mut all = Vec::new();
    let mut is_view = groups.is_empty();
    for group in groups {
        if let Some(sessions) = group.get("sessions").and_then(Value::as_array)
            && (sessions.iter().any(Value::is_object) || group.get("groupName").is_some())
        {
            is_view = true;
            all.extend(sessions.iter().map(|session| (session, String::new())));
        }
        for room in list(group.get("rooms")) {
            is_view = true;
            let name = text_of(room, &["name"]).unwrap_or_default();
            all.extend(list(room.get("sessions")).iter().map(|session| (session, name.clone())));
            let one = room.get("session").filter(|session| session.is_object());
            all.extend(one.map(|session| (session, name.clone())));
        }
        // The same once more by time, and where rooms are left out nothing else.
        for slot in list(group.get("timeSlots")) {
            is_view = true;
            for room in list(slot.get("rooms")) {
                let name = text_of(room, &["name"]).unwrap_or_default();
                all.extend(
                    room.get("session").filter(|session| session.is_object()).map(|session| (session, name)),
                );
            }
        }
    }
    is_view.then_some(all)
}

fn of_sessions(
    value: &Value,
    placed: Vec<(&Value, String)>,
    options: &EventOptions<'_>,
    report: &mut Report,
) -> Programme {
    let mut reader = Reader::new(value, options);
    for speaker in list(value.get("speakers")) {
        reader.person(speaker, report);
    }
    let mut is_whole = true;
    let mut sessions = Vec::new();
    let mut met: HashSet<(String, Option<String>)> = HashSet::new();
    for (number, (session, room)) in (1..).zip(placed) {
        // A session for all stands in every room, and in every list.
        let key = text_of(session, &["id"]).map(|id| (id, text(session.get("startsAt"))));
        if key.is_some_and(|key| !met.insert(key)) {
            continue;
        }
        match reader.session(session, &room, report) {
            Ok(session) => sessions.push(session),
            Err(verdict) => {
                is_whole &= !matches!(verdict, Verdict::Failed(_));
                let name = reader.said.first(session, &["title", "id"]);
                report.add(
                    &if name.is_empty() { format!("session {number}") } else { name },
                    verdict,
                    Vec::new(),
                );
            }
        }
    }
    Programme {
        format: "sessionize",
        sessions: join(sessions),
        people: reader.people,
        is_whole,
        ..Programme::default()
    }
}

struct Reader {
    rooms: HashMap<String, String>,
    /// Items of categories by their ids: the category and the item.
    items: HashMap<String, (String, String)>,
    questions: HashMap<String, String>,
    people: Vec<Person>,
    index: PeopleIndex,
    said: Said,
}

impl Reader {
    fn new(value: &Value, options: &EventOptions<'_>) -> Self {
        let said = Said::new(options.site.lang.as_deref(), None);
        let rooms = list(value.get("rooms")).iter();
        let questions = list(value.get("questions")).iter();
        let mut items = HashMap::new();
        for category in list(value.get("categories")) {
            let title = said.text(category.get("title"));
            for item in list(category.get("items")) {
                if let Some(id) = text(item.get("id")) {
                    items.insert(id, (title.clone(), said.text(item.get("name"))));
                }
            }
        }
        Self {
            rooms: rooms
                .filter_map(|room| Some((text(room.get("id"))?, said.text(room.get("name")))))
                .collect(),
            questions: questions
                .filter_map(|one| Some((text(one.get("id"))?, said.text(one.get("question")))))
                .collect(),
            items,
            people: Vec::new(),
            index: PeopleIndex::default(),
            said,
        }
    }

    fn session(&mut self, value: &Value, room: &str, report: &mut Report) -> Result<Session, Verdict> {
        if !value.is_object() {
            return Err(Verdict::Failed("a session must be an object".to_owned()));
        }
        if is_cut(value) {
            return Err(Verdict::Failed("it is cut off".to_owned()));
        }
        let title = self.said.text(value.get("title"));
        if title.is_empty() {
            return Err(Verdict::Failed("it has no title".to_owned()));
        }
        let status = self.said.text(value.get("status"));
        if !matches!(status.to_lowercase().as_str(), "" | "accepted" | "canceled" | "cancelled") {
            return Err(Verdict::Skipped(format!("its status is {status}")));
        }
        let when = |key: &str| text(value.get(key)).and_then(|text| moment(&text, DayOrder::DayFirst));
        let known_room = text(value.get("roomId")).and_then(|id| self.rooms.get(&id).cloned());
        let own_room = self.said.text(value.get("room"));
        let rooms = [own_room, known_room.unwrap_or_default(), room.to_owned()];
        let mut session = Session {
            id: text_of(value, &["id"]),
            text: self.said.text(value.get("description")),
            is_service: yes(value.get("isServiceSession")),
            is_cancelled: status.to_lowercase().starts_with("cancel"),
            online: self.said.address(value.get("liveUrl")),
            ..Session::default()
        };
        let slot = Slot {
            starts: when("startsAt"),
            ends: when("endsAt"),
            room: rooms.into_iter().find(|room| !room.is_empty()).unwrap_or_default(),
            ..Slot::default()
        };
        if slot.starts.is_some() || !slot.room.is_empty() {
            session.slots.push(slot);
        }
        for (category, item) in self.categories(value) {
            sort_in(&mut session, &category.to_lowercase(), item);
        }
        let recording = self.said.address(value.get("recordingUrl"));
        if !recording.is_empty() {
            session.videos.push(Link { url: recording, title: String::new() });
        }
        for (question, answer) in self.answers(value) {
            let Some(url) = crate::web::address(&answer) else {
                report.unplaced(&format!("question: {question}"), &title);
                continue;
            };
            let link = Link { url, title: question.clone() };
            match place_of(&link, "", false) {
                Place::Video if session.videos.iter().all(|known| known.url != link.url) => {
                    session.videos.push(Link { title: String::new(), ..link });
                }
                Place::Slides => session.slides.push(Link { title: String::new(), ..link }),
                // Others may be for those alone who come.
                _ => report.unplaced(&format!("question: {question}"), &title),
            }
        }
        for speaker in list(value.get("speakers")) {
            let id = text(Some(speaker)).or_else(|| text_of(speaker, &["id"]));
            let known = id.and_then(|id| self.index.find(&id));
            if let Some(place) = known.or_else(|| self.person(speaker, report))
                && !session.people.contains(&place)
            {
                session.people.push(place);
            }
        }
        rest(value, OF_SESSION, "session: ", &title, report);
        session.title = title;
        Ok(session)
    }

    /// The categories that something is in, with the item of each.
    fn categories(&self, value: &Value) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = list(value.get("categoryItems"))
            .iter()
            .filter_map(|id| self.items.get(&text(Some(id))?).cloned())
            .collect();
        for category in list(value.get("categories")) {
            let title = self.said.first(category, &["name", "title"]);
            let items = list(category.get("categoryItems")).iter().chain(list(category.get("items")));
            all.extend(items.map(|item| (title.clone(), self.said.text(item.get("name")))));
        }
        all.retain(|(_, item)| !item.is_empty());
        all
    }

    /// Answers to questions.
    fn answers(&self, value: &Value) -> Vec<(String, String)> {
        let answers = list(value.get("questionAnswers")).iter().filter_map(|one| {
            let known = text_of(one, &["questionId"]).and_then(|id| self.questions.get(&id).cloned());
            let question = known.unwrap_or_else(|| self.said.text(one.get("question")));
            let answer = text_of(one, &["answerValue", "answer"])?;
            (!question.is_empty()).then_some((question, answer))
        });
        answers.collect()
    }

    fn person(&mut self, value: &Value, report: &mut Report) -> Option<usize> {
        let full = self.said.first(value, &["fullName", "name"]);
        let parts = [self.said.text(value.get("firstName")), self.said.text(value.get("lastName"))].join(" ");
        let name = if full.is_empty() { parts.trim().to_owned() } else { full };
        if name.is_empty() {
            return None;
        }
        let mut person = Person {
            id: text_of(value, &["id"]),
            biography: self.said.text(value.get("bio")),
            tagline: self.said.text(value.get("tagLine")),
            picture: self.said.address(value.get("profilePicture")),
            links: self.said.links(value.get("links")).into_iter().map(|(link, _)| link).collect(),
            ..Person::default()
        };
        let answers = self.answers(value).into_iter().chain(self.categories(value)).collect();
        person.name.clone_from(&name);
        answers::take(&mut person, answers, report);
        rest(value, OF_SPEAKER, "speaker: ", &name, report);
        Some(self.index.place(&mut self.people, person))
    }
}

/// Puts the item of a category where a session has it.
fn sort_in(session: &mut Session, category: &str, item: String) {
    let is = |words: &[&str]| words.iter().any(|word| category.contains(word));
    if is(&["track", "stream"]) && session.track.is_empty() {
        session.track = item;
    } else if is(&["level", "niveau", "difficulty"]) && session.level.is_empty() {
        session.level = item;
    } else if is(&["language", "sprache", "langue", "idioma"]) {
        session.languages.push(item);
    } else if is(&["format", "session type", "type"]) && session.kind.is_empty() {
        session.kind = item;
    } else {
        session.topics.push(item);
    }
}
