//! A programme as a table: CSV with a header, a row for each talk.

use super::columns::{Column, Named, columns_of, known_names, shown};
use super::media::{Place, place_of};
use super::model::{Link, Moment, PeopleIndex, Person, Programme, Session, Slot, join};
use super::times::{DayOrder, day, is_ambiguous, minutes, moment, order_of, times};
use super::{Reading, unreadable};
use crate::event_options::SourceFile;
use crate::people::{clean, people};
use crate::table::{self, Row, Table, text_of};
use crate::web::address;
use crate::{Guess, Outcome, Report, Verdict};
use jiff::civil::{Date, DateTime};
use std::collections::HashMap;

/// Rows that may stand above the names of the columns.
const MOST_ABOVE: usize = 5;

/// Reads a file.
pub(super) fn read(file: &SourceFile, reading: &mut Reading<'_, '_>) -> Option<Programme> {
    let name = &file.name;
    let (text, note) = match text_of(&file.bytes) {
        Ok(text) => text,
        Err(why) => return unreadable(file, &why, "a table in CSV with a header", reading),
    };
    let has_title = |columns: &[Named]| columns.iter().any(|one| one.column == Some(Column::Title));
    let mut table = table::read(&text, note.clone(), 0);
    let mut columns = columns_of(&table);
    // Some have the name of the event above the names of the columns.
    for skipped in 1..=MOST_ABOVE {
        if has_title(&columns) {
            break;
        }
        let below = table::read(&text, note.clone(), skipped);
        let names = columns_of(&below);
        if has_title(&names) {
            (table, columns) = (below, names);
        }
    }
    if !has_title(&columns) {
        let why = match table.broken.first() {
            Some((line, why)) if table.header.is_empty() => format!("line {line}: {why}"),
            None if table.header.is_empty() => "it is empty".to_owned(),
            _ => "no column of it holds titles".to_owned(),
        };
        let names: Vec<String> =
            table.header.iter().take(20).map(|name| format!("`{}`", clean(name))).collect();
        let has =
            if names.is_empty() { String::new() } else { format!("; this one has {}", names.join(", ")) };
        let expected = format!("a table whose first row names the columns: {}{has}", known_names());
        return unreadable(file, &why, &expected, reading);
    }
    let is_guess = |one: &Named| one.is_guessed && one.column.is_some_and(|one| one != Column::Private);
    let preview = reading.preview.get_or_insert_default();
    preview.text.push_str(&shown(name, &table, &columns));
    preview.is_guessed |= columns.iter().any(is_guess);
    for (line, why) in &table.broken {
        let what = format!("line {line}");
        let lines = (*line > 0).then_some(*line..=*line);
        reading.report.outcomes.push(Outcome {
            what,
            lines,
            verdict: Verdict::Failed(why.clone()),
            notes: Vec::new(),
        });
    }
    Some(Sheet::new(&table, &columns).read(reading.report))
}

struct Sheet<'t> {
    table: &'t Table,
    columns: &'t [Named],
    order: DayOrder,
    /// The days may be read either way, and nothing tells which.
    is_unsure: bool,
    people: Vec<Person>,
    index: PeopleIndex,
    /// The day of the row above.
    day: Option<Date>,
}

impl<'t> Sheet<'t> {
    fn new(table: &'t Table, columns: &'t [Named]) -> Self {
        let places = |column: Column| {
            columns.iter().enumerate().filter(move |(_, one)| one.column == Some(column)).map(|(at, _)| at)
        };
        let days = || {
            let places: Vec<usize> = places(Column::Date).chain(places(Column::Starts)).collect();
            table.rows.iter().flat_map(move |row| {
                places.clone().into_iter().filter_map(|at| row.cells.get(at)).map(String::as_str)
            })
        };
        let order = order_of(days());
        let has_halves =
            days().any(|text| text.to_lowercase().contains("pm") || text.to_lowercase().contains("am"));
        let guess = if has_halves { DayOrder::MonthFirst } else { DayOrder::DayFirst };
        Self {
            table,
            columns,
            order: order.unwrap_or(guess),
            is_unsure: order.is_none() && days().any(is_ambiguous),
            people: Vec::new(),
            index: PeopleIndex::default(),
            day: None,
        }
    }

    fn read(mut self, report: &mut Report) -> Programme {
        let mut is_whole = self.table.broken.is_empty();
        let mut sessions: Vec<Session> = Vec::new();
        let mut twice: HashMap<(String, Vec<usize>), usize> = HashMap::new();
        for row in &self.table.rows {
            match self.session(row) {
                Ok(session) => {
                    let key = (session.title.clone(), session.people.clone());
                    let again = session.id.is_none() && !session.people.is_empty();
                    match twice.get(&key).filter(|_| again).and_then(|at| sessions.get_mut(*at)) {
                        Some(known) => known.slots.extend(session.slots),
                        None => {
                            if again {
                                twice.insert(key, sessions.len());
                            }
                            sessions.push(session);
                        }
                    }
                }
                Err(verdict) => {
                    is_whole &= !matches!(verdict, Verdict::Failed(_));
                    let what = self.cell(row, Column::Title).unwrap_or("a row").to_owned();
                    report.outcomes.push(Outcome {
                        what,
                        lines: Some(row.line..=row.line),
                        verdict,
                        notes: Vec::new(),
                    });
                }
            }
        }
        if let (Some(note), Some(first)) = (&self.table.note, sessions.first_mut()) {
            first.notes.push(Guess::new(0, note.clone()));
        }
        if self.is_unsure
            && let Some(first) = sessions.first_mut()
        {
            let order = if self.order == DayOrder::DayFirst { "day, month" } else { "month, day" };
            first.notes.push(Guess::new(0, format!("days such as 3/4/2027 were read as {order}")));
        }
        Programme {
            format: "csv",
            sessions: join(sessions),
            people: self.people,
            is_whole,
            ..Programme::default()
        }
    }

    fn cells<'r>(&self, row: &'r Row, column: Column) -> impl Iterator<Item = &'r str> {
        let places: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, one)| one.column == Some(column))
            .map(|(at, _)| at)
            .collect();
        places
            .into_iter()
            .filter_map(|at| row.cells.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
    }

    fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r str> {
        self.cells(row, column).next()
    }

    fn text(&self, row: &Row, column: Column) -> String {
        self.cell(row, column).unwrap_or_default().to_owned()
    }

    fn session(&mut self, row: &Row) -> Result<Session, Verdict> {
        let kind = self.text(row, Column::Kind);
        let title = self.cell(row, Column::Title).map_or_else(|| clean(&kind), clean);
        if title.is_empty() {
            return Err(Verdict::Failed("it has no title".to_owned()));
        }
        let status = self.text(row, Column::Status).to_lowercase();
        let is_cancelled =
            ["cancel", "abgesagt", "entfällt", "annul"].iter().any(|word| status.contains(word));
        if !is_cancelled && !is_accepted(&status) {
            return Err(Verdict::Skipped(format!("its status is {status}")));
        }
        let mut notes = Vec::new();
        let slot = self.slot(row, &mut notes);
        let mut session = Session {
            id: self.cell(row, Column::Id).map(str::to_owned),
            subtitle: self.text(row, Column::Subtitle),
            summary: self.text(row, Column::Abstract),
            text: self.text(row, Column::Description),
            track: self.text(row, Column::Track),
            level: self.text(row, Column::Level),
            languages: self.cells(row, Column::Language).map(str::to_owned).collect(),
            topics: self
                .cells(row, Column::Topics)
                .flat_map(|cell| cell.split([',', ';']))
                .map(clean)
                .filter(|topic| !topic.is_empty())
                .collect(),
            picture: self.cell(row, Column::Picture).and_then(address).unwrap_or_default(),
            slots: slot.into_iter().collect(),
            is_cancelled,
            line: Some(row.line),
            kind,
            title,
            ..Session::default()
        };
        for (column, place) in
            [(Column::Video, Place::Video), (Column::Slides, Place::Slides), (Column::Link, Place::Link)]
        {
            for url in self
                .cells(row, column)
                .flat_map(|cell| cell.split([' ', '\n', ';']))
                .filter(|url| !url.is_empty())
            {
                let Some(url) = address(url) else {
                    notes.push(Guess::new(0, format!("`{}` is no address on the web", clean(url))));
                    continue;
                };
                let link = Link { url, title: String::new() };
                let place = if place == Place::Link { place_of(&link, "", false) } else { place };
                match place {
                    Place::Video => session.videos.push(link),
                    Place::Slides => session.slides.push(link),
                    Place::Link => session.links.push(link),
                }
            }
        }
        self.speakers(row, &mut session, &mut notes);
        session.notes = notes;
        Ok(session)
    }

    fn speakers(&mut self, row: &Row, session: &mut Session, notes: &mut Vec<Guess>) {
        let written: Vec<String> =
            self.cells(row, Column::Speakers).map(|cell| cell.replace('\n', "; ")).collect();
        let full = [Column::FirstName, Column::LastName].map(|column| self.text(row, column)).join(" ");
        let full = full.trim().to_owned();
        let texts = written
            .iter()
            .map(String::as_str)
            .chain((written.is_empty() && !full.is_empty()).then_some(full.as_str()));
        let read = people(texts);
        // That several names were parted is what such a column is for.
        let doubts = read.notes.into_iter().filter(|note| !note.contains("was parted into"));
        notes.extend(doubts.map(|note| Guess::new(0, note)));
        let is_one = read.names.len() == 1;
        for name in read.names {
            let mut person = Person { name, ..Person::default() };
            if is_one {
                person.biography = self.text(row, Column::Biography);
                person.pronouns = self.text(row, Column::Pronouns);
                person.affiliation = self.text(row, Column::Affiliation);
                person.picture = self.cell(row, Column::Portrait).and_then(address).unwrap_or_default();
                let urls =
                    self.cells(row, Column::Homepage).flat_map(|cell| cell.split([' ', '\n', ';', ',']));
                person.links =
                    urls.filter_map(address).map(|url| Link { url, title: String::new() }).collect();
            }
            let place = self.index.place(&mut self.people, person);
            if !session.people.contains(&place) {
                session.people.push(place);
            }
        }
        let told = [Column::Biography, Column::Portrait, Column::Pronouns]
            .iter()
            .any(|column| self.cell(row, *column).is_some());
        if told && !is_one {
            notes.push(Guess::new(
                0,
                "what the row tells of a person was left out: it names several, or none",
            ));
        }
    }

    fn slot(&mut self, row: &Row, notes: &mut Vec<Guess>) -> Option<Slot> {
        let room = self.text(row, Column::Room);
        if let Some(text) = self.cell(row, Column::Date) {
            match moment(text, self.order) {
                Some(Moment::Day(day)) => self.day = Some(day),
                Some(Moment::Local(local)) if self.cell(row, Column::Starts).is_none() => {
                    self.day = Some(local.date());
                    let (ends, minutes) = self.end(row, Moment::Local(local), notes);
                    return Some(Slot { starts: Some(Moment::Local(local)), ends, minutes, room, day: None });
                }
                Some(Moment::Local(local)) => self.day = Some(local.date()),
                _ => notes.push(Guess::new(0, format!("`{}` is no day", clean(text)))),
            }
        }
        let Some(text) = self.cell(row, Column::Starts) else {
            let day = self.cell(row, Column::Date).and(self.day);
            let starts = day.map(Moment::Day);
            return (starts.is_some() || !room.is_empty()).then(|| Slot { starts, room, ..Slot::default() });
        };
        // A number of seconds or a year alone is no hour.
        if let Some((hour, until)) = times(text) {
            let Some(day) = self.day else {
                notes.push(Guess::new(
                    0,
                    format!("`{}` is an hour, and nothing says of which day", clean(text)),
                ));
                return Some(Slot { room, ..Slot::default() });
            };
            let starts = Moment::Local(DateTime::from_parts(day, hour));
            let (mut ends, minutes) = self.end(row, starts, notes);
            if ends.is_none() && minutes.is_none() {
                ends = until.map(|until| later(DateTime::from_parts(day, hour), until));
            }
            return Some(Slot { starts: Some(starts), ends, minutes, room, day: Some(day) });
        }
        match moment(text, self.order).or_else(|| day(text, self.order).map(Moment::Day)) {
            Some(starts) => {
                if let Moment::Local(local) | Moment::At(local, _) = starts {
                    self.day = Some(local.date());
                }
                let (ends, minutes) = self.end(row, starts, notes);
                Some(Slot { starts: Some(starts), ends, minutes, room, day: None })
            }
            None => {
                notes.push(Guess::new(0, format!("`{}` is no time", clean(text))));
                Some(Slot { room, ..Slot::default() })
            }
        }
    }

    /// When a session ends, or how long it is.
    fn end(&self, row: &Row, starts: Moment, notes: &mut Vec<Guess>) -> (Option<Moment>, Option<i64>) {
        if let Some(text) = self.cell(row, Column::Ends) {
            if let (Some((hour, _)), Moment::Local(starts)) = (times(text), starts) {
                return (Some(later(starts, hour)), None);
            }
            if let Some(ends) = moment(text, self.order) {
                return (Some(ends), None);
            }
            notes.push(Guess::new(0, format!("`{}` is no time", clean(text))));
        }
        let Some(text) = self.cell(row, Column::Duration) else { return (None, None) };
        let length = minutes(text);
        if length.is_none() {
            notes.push(Guess::new(0, format!("`{}` is no length", clean(text))));
        }
        (None, length)
    }
}

/// The first moment after another at which the clock says this hour.
fn later(starts: DateTime, hour: jiff::civil::Time) -> Moment {
    let date =
        if hour <= starts.time() { starts.date().tomorrow().unwrap_or(starts.date()) } else { starts.date() };
    Moment::Local(DateTime::from_parts(date, hour))
}
/// Whether a session is in the programme by its status, in small letters: what is none of these words may be a proposal still.
fn is_accepted(status: &str) -> bool {
    let words: Vec<&str> =
        status.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_not = ["not", "un", "nicht", "pas", "queue", "warteliste", "review", "pending"];
    const ACCEPTED: [&str; 16] = [
        "accepted",
        "accept",
        "confirmed",
        "approved",
        "scheduled",
        "published",
        "final",
        "public",
        "active",
        "ok",
        "yes",
        "angenommen",
        "akzeptiert",
        "bestätigt",
        "accepté",
        "aceptado",
    ];
    words.is_empty()
        || !words.iter().any(|word| is_not.contains(word)) && words.iter().any(|word| ACCEPTED.contains(word))
}
