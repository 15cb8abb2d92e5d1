//! A programme as every format of it is read: sessions with their slots, and people.
//!
//! Texts are as the source has them; what of them reaches a site, and in which form, is for the writer to say.

use crate::Guess;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use std::collections::HashMap;

/// A programme.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Programme {
    /// The format it was read from, which parts ids of one from those of another.
    pub format: &'static str,
    /// What the event is called.
    pub title: Option<String>,
    /// Its first and last day, as the source says.
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// The zone in which the source says its hours are, as written.
    pub zone: Option<String>,
    /// The hour at which a day of the programme ends in the source.
    pub day_ends: Option<Time>,
    pub sessions: Vec<Session>,
    pub people: Vec<Person>,
    /// All of the source could be read.
    pub is_whole: bool,
    /// The end of it is missing, and with it maybe what belongs to what is there.
    pub is_cut: bool,
}

/// A talk, a workshop, a break: whatever the programme has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Session {
    /// What the source knows it by.
    pub id: Option<String>,
    pub title: String,
    pub subtitle: String,
    /// The short text, and the long one.
    pub summary: String,
    pub text: String,
    /// What sort of session it is, as the source says.
    pub kind: String,
    /// The source says that it is a break or the like.
    pub is_service: bool,
    pub track: String,
    pub level: String,
    /// As the source says.
    pub languages: Vec<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Who speaks: places in [`Programme::people`].
    pub people: Vec<usize>,
    pub slots: Vec<Slot>,
    pub links: Vec<Link>,
    pub videos: Vec<Link>,
    pub slides: Vec<Link>,
    /// An address.
    pub picture: String,
    /// The address at which one takes part from afar.
    pub online: String,
    pub licence: String,
    pub is_cancelled: bool,
    /// Line of the source, from 1, where the format has lines.
    pub line: Option<usize>,
    pub notes: Vec<Guess>,
}

/// When and where a session is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slot {
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    /// How long it is, where the source does not say when it ends.
    pub minutes: Option<i64>,
    pub room: String,
    /// The day of the programme that the source has it under.
    pub day: Option<Date>,
}

/// A time as a source says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A whole day.
    Day(Date),
    /// By the clock of the event.
    Local(DateTime),
    /// By a clock that is told.
    At(DateTime, Offset),
    /// An instant that says nothing of any clock.
    Instant(Timestamp),
}

impl Moment {
    /// The instant, where hours without a clock are meant in `zone`; `None` for a day, and for what is out of bounds.
    pub fn instant(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Day(_) => None,
            Self::Local(local) => zone.to_ambiguous_timestamp(local).compatible().ok(),
            Self::At(local, offset) => offset.to_timestamp(local).ok(),
            Self::Instant(instant) => Some(instant),
        }
    }
}

/// A person who speaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Person {
    /// What the source knows them by.
    pub id: Option<String>,
    pub name: String,
    pub biography: String,
    /// A line below the name.
    pub tagline: String,
    /// An address.
    pub picture: String,
    pub pronouns: String,
    pub affiliation: String,
    pub links: Vec<Link>,
}

/// An address and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Link {
    pub url: String,
    pub title: String,
}

/// The people of a programme while it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeopleIndex {
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl PeopleIndex {
    /// The place of a person; what is known of them here and not yet there is added.
    pub fn place(&mut self, people: &mut Vec<Person>, person: Person) -> usize {
        let known = match &person.id {
            Some(id) => self.by_id.get(id).copied(),
            None => self.by_name.get(&person.name).copied(),
        };
        if let Some(at) = known {
            if let Some(known) = people.get_mut(at) {
                known.complete(person);
            }
            return at;
        }
        let at = people.len();
        match &person.id {
            Some(id) => self.by_id.insert(id.clone(), at),
            None => self.by_name.insert(person.name.clone(), at),
        };
        people.push(person);
        at
    }

    /// The place of the person with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

impl Person {
    fn complete(&mut self, other: Self) {
        let fields = [
            (&mut self.name, other.name),
            (&mut self.biography, other.biography),
            (&mut self.tagline, other.tagline),
            (&mut self.picture, other.picture),
            (&mut self.pronouns, other.pronouns),
            (&mut self.affiliation, other.affiliation),
        ];
        for (own, others) in fields {
            if own.is_empty() {
                *own = others;
            }
        }
        for link in other.links {
            if self.links.iter().all(|known| known.url != link.url) {
                self.links.push(link);
            }
        }
    }
}

impl Programme {
    /// Adds what another file of the same source says.
    pub fn add(&mut self, other: Self) {
        let mut index = PeopleIndex::default();
        let mut people = Vec::with_capacity(self.people.len() + other.people.len());
        let mut place = |person| index.place(&mut people, person);
        let own: Vec<usize> = std::mem::take(&mut self.people).into_iter().map(&mut place).collect();
        let others: Vec<usize> = other.people.into_iter().map(&mut place).collect();
        self.people = people;
        let mut sessions = std::mem::take(&mut self.sessions);
        let own = sessions.iter_mut().map(|session| (session, &own));
        let mut more = other.sessions;
        for (session, places) in own.chain(more.iter_mut().map(|session| (session, &others))) {
            for person in &mut session.people {
                *person = places.get(*person).copied().unwrap_or(usize::MAX);
            }
        }
        sessions.append(&mut more);
        self.sessions = join(sessions);
        self.title = self.title.take().or(other.title);
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        self.zone = self.zone.take().or(other.zone);
        self.day_ends = self.day_ends.or(other.day_ends);
        self.is_whole &= other.is_whole;
        self.is_cut |= other.is_cut;
    }
}

/// Puts sessions with one id together: one that is given several times has a slot for each.
pub(crate) fn join(sessions: Vec<Session>) -> Vec<Session> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut joined: Vec<Session> = Vec::with_capacity(sessions.len());
    for session in sessions {
        let at = session.id.as_ref().and_then(|id| places.get(id).copied());
        match at.and_then(|at| joined.get_mut(at)) {
            Some(known) => {
                for slot in session.slots {
                    let is_known = |one: &Slot| one.starts == slot.starts && one.room == slot.room;
                    if !known.slots.iter().any(is_known) {
                        known.slots.push(slot);
                    }
                }
            }
            None => {
                if let Some(id) = &session.id {
                    places.insert(id.clone(), joined.len());
                }
                joined.push(session);
            }
        }
    }
    joined
}
