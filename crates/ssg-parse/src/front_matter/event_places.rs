//! The rooms and venues of an event by their names.

use super::{EventTable, Room, Venue};
use ssg_source::hash::HashMap;

/// The rooms and venues of an event, to be looked up. Of two of one name the first is meant.
#[derive(Debug, Default)]
pub struct EventPlaces<'t> {
    rooms: HashMap<&'t str, &'t Room>,
    /// By id and by name.
    venues: HashMap<&'t str, &'t Venue>,
}

impl<'t> EventPlaces<'t> {
    /// Of one event.
    #[must_use]
    pub fn new(table: &'t EventTable) -> Self {
        let mut places = Self::default();
        for room in &table.rooms {
            places.rooms.entry(&room.name).or_insert(room);
        }
        for venue in table.venues.iter().chain(&table.venue) {
            for word in [&venue.id, &venue.name].into_iter().flatten() {
                places.venues.entry(word).or_insert(venue);
            }
        }
        places
    }

    /// What is told of the room of a name.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<&'t Room> {
        self.rooms.get(name).copied()
    }

    /// The venue that a room is in, where the event says so.
    #[must_use]
    pub fn venue_of(&self, room: &Room) -> Option<&'t Venue> {
        self.venues.get(room.venue.as_ref()?.value.as_str()).copied()
    }
}
