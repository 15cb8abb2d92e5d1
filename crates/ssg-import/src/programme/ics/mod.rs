//! A programme as a calendar: iCalendar (RFC 5545), an entry for each talk.
//!
//! Calendars have no word for who speaks, so that is guessed from the title and the description, and told.

mod lines;
mod speakers;
mod zones;

use super::kinds::session_word;
use super::media::{Place, place_of};
use super::model::{Link, Moment, PeopleIndex, Person, Programme, Session, Slot, join};
use super::{Reading, times, unreadable};
use crate::event_options::SourceFile;
use crate::table::text_of;
use crate::web::address;
use crate::{Guess, Outcome, Report, Verdict};
use lines::Component;
use speakers::{Titles, without_speakers};
use ssg_source::{Diagnostic, codes};
use std::collections::HashSet;
use zones::Zones;

/// Properties that are read, or that say nothing of a session.
const KNOWN: &[&str] = &[
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "URL",
    "CATEGORIES",
    "STATUS",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "CLASS",
    "TRANSP",
    "PRIORITY",
    "ATTACH",
    "X-ALT-DESC",
    "RECURRENCE-ID",
    "CONFERENCE",
    "RRULE",
];

/// Reads a file.
pub(super) fn read(file: &SourceFile, reading: &mut Reading<'_, '_>) -> Option<Programme> {
    let expected = "a calendar: a text that begins with `BEGIN:VCALENDAR`";
    let text = match text_of(&file.bytes) {
        Ok((text, _)) => text,
        Err(why) => return unreadable(file, &why, expected, reading),
    };
    let root = lines::read(&text);
    let Some(calendar) = root.inner.iter().find(|one| one.name == "VCALENDAR") else {
        return unreadable(file, "it is something else", expected, reading);
    };
    if !calendar.is_closed {
        let message = format!("`{}` is cut off: `END:VCALENDAR` is missing", file.name);
        let hint = "export it once more; what stands before came in, and nothing was cancelled";
        reading.found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
    }
    Some(of_calendar(calendar, reading.report))
}

fn of_calendar(calendar: &Component, report: &mut Report) -> Programme {
    let mut reader = Reader {
        zones: Zones::of(calendar),
        people: Vec::new(),
        index: PeopleIndex::default(),
        ids: HashSet::new(),
        titles: Titles::of(calendar),
    };
    let mut is_whole = calendar.is_closed;
    let mut sessions = Vec::new();
    let title =
        ["X-WR-CALNAME", "NAME"].iter().map(|name| calendar.text(name)).find(|title| !title.is_empty());
    let (mut first, mut last) = (None, None);
    for entry in calendar.inner.iter().filter(|one| one.name == "VEVENT") {
        // The event itself, which some calendars have as a whole.
        let days = title.as_ref().filter(|title| entry.text("SUMMARY") == **title).and_then(|_| {
            let mut day = |name: &str| match reader.zones.moment(entry.get(name)?, &mut Vec::new()) {
                Some(Moment::Day(day)) => Some(day),
                _ => None,
            };
            Some((day("DTSTART")?, day("DTEND")))
        });
        if let Some((from, after)) = days {
            first = Some(from);
            last = after.and_then(|after| after.yesterday().ok()).filter(|last| *last >= from).or(first);
            let why = "it is the event itself, and tells its days".to_owned();
            report.add(&entry.text("SUMMARY"), Verdict::Skipped(why), Vec::new());
            continue;
        }
        match reader.session(entry, report) {
            Ok(session) => sessions.push(session),
            Err(why) => {
                is_whole = false;
                let title = entry.text("SUMMARY");
                let what = if title.is_empty() { "an entry".to_owned() } else { title };
                let (lines, verdict) = (Some(entry.line..=entry.line), Verdict::Failed(why));
                report.outcomes.push(Outcome { what, lines, verdict, notes: Vec::new() });
            }
        }
    }
    let said =
        ["X-WR-TIMEZONE", "TIMEZONE-ID"].iter().map(|name| calendar.text(name)).find(|zone| !zone.is_empty());
    Programme {
        format: "ics",
        title,
        first,
        last,
        zone: said.and_then(|zone| Some(zones::named(&zone)?.0)).or_else(|| reader.zones.usual()),
        sessions: join(sessions),
        people: reader.people,
        is_whole,
        is_cut: !calendar.is_closed,
        ..Programme::default()
    }
}

struct Reader {
    zones: Zones,
    people: Vec<Person>,
    index: PeopleIndex,
    ids: HashSet<String>,
    titles: Titles,
}

impl Reader {
    fn session(&mut self, entry: &Component, report: &mut Report) -> Result<Session, String> {
        if !entry.is_closed {
            return Err("it is cut off: `END:VEVENT` is missing".to_owned());
        }
        let written = super::prose::line(&entry.text("SUMMARY"));
        if written.is_empty() {
            return Err("it has no title (`SUMMARY`)".to_owned());
        }
        let mut zone_notes = Vec::new();
        let start = entry.get("DTSTART").ok_or_else(|| "it has no `DTSTART`".to_owned())?;
        let starts = self
            .zones
            .moment(start, &mut zone_notes)
            .ok_or_else(|| format!("`{}` is no time", super::prose::line(&start.value)))?;
        let ends = entry.get("DTEND").and_then(|end| self.zones.moment(end, &mut Vec::new()));
        let minutes = entry.get("DURATION").and_then(|length| times::minutes(&length.value));
        let mut notes: Vec<Guess> = zone_notes.into_iter().map(|note| Guess::new(0, note)).collect();
        if entry.get("RRULE").is_some() {
            notes.push(Guess::new(0, "it comes back again and again; only the first time was taken"));
        }
        let (text, told) = without_speakers(&entry.text("DESCRIPTION"), entry.text("URL").trim());
        let (title, named) = self.titles.parted(&written);
        let names = if told.is_empty() { &named } else { &told };
        if !names.is_empty() {
            notes.push(Guess::new(0, format!("who speaks was guessed: {}", names.join(" · "))));
        }
        let title = if named.is_empty() { written } else { title };
        let mut session = Session {
            id: self.id_of(entry),
            text,
            is_cancelled: entry.text("STATUS").eq_ignore_ascii_case("CANCELLED"),
            line: Some(entry.line),
            ..Session::default()
        };
        // The day on which a whole day ends is the one after.
        let ends = match (starts, ends) {
            (Moment::Day(first), Some(Moment::Day(after))) => {
                after.yesterday().ok().filter(|last| *last > first).map(Moment::Day)
            }
            (Moment::Day(_), _) => None,
            (_, ends) => ends,
        };
        session.slots =
            vec![Slot { starts: Some(starts), ends, minutes, room: entry.text("LOCATION"), day: None }];
        for category in entry.all("CATEGORIES").flat_map(lines::Property::texts) {
            if session.kind.is_empty() && super::kinds::is_known(&category) {
                session.kind = category;
            } else {
                session.topics.push(category);
            }
        }
        if session.kind.is_empty() {
            session.kind =
                title.split_once(':').and_then(|(word, _)| session_word(word)).unwrap_or_default().to_owned();
        }
        for (property, is_attachment) in
            entry.all("URL").map(|one| (one, false)).chain(entry.all("ATTACH").map(|one| (one, true)))
        {
            let Some(url) = address(&property.value) else { continue };
            let link = Link { url, title: property.parameter("FILENAME").unwrap_or_default().to_owned() };
            match place_of(&link, "", is_attachment) {
                Place::Video => session.videos.push(link),
                Place::Slides => session.slides.push(link),
                Place::Link => session.links.push(link),
            }
        }
        session.online = entry.get("CONFERENCE").and_then(|one| address(&one.value)).unwrap_or_default();
        for name in names {
            let place =
                self.index.place(&mut self.people, Person { name: name.clone(), ..Person::default() });
            if !session.people.contains(&place) {
                session.people.push(place);
            }
        }
        for property in entry.properties.iter().filter(|one| !KNOWN.contains(&one.name.as_str())) {
            if !property.value.trim().is_empty() {
                report.unplaced(&format!("VEVENT: {}", property.name), &title);
            }
        }
        session.title = title;
        session.notes = notes;
        Ok(session)
    }

    /// What an entry is known by. What stands behind `@` is left out: it may make an address of somebody.
    fn id_of(&mut self, entry: &Component) -> Option<String> {
        let uid = entry.text("UID");
        let again = entry.text("RECURRENCE-ID");
        let name = uid.split('@').next().unwrap_or_default();
        let is_plain = !name.is_empty()
            && name.len() <= 80
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        let digest = || crate::file::short(uid.as_bytes(), 16);
        let mut id = if is_plain { name.to_owned() } else { digest() };
        if !again.is_empty() {
            id = format!("{id}/{again}");
        }
        if uid.is_empty() {
            return None;
        }
        if !self.ids.insert(id.clone()) {
            id = digest();
            self.ids.insert(id.clone());
        }
        Some(id)
    }
}
