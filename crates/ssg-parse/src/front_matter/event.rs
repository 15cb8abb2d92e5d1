//! The `[event]` and `[talk]` tables: what they hold. How they are read is told in `read_event.rs`.

use crate::address::Address;
use crate::open_date::OpenDate;
use crate::value::Spanned;
use crate::when::When;
use serde::{Deserialize, Serialize};
use ssg_source::Span;

/// The `[event]` table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventTable {
    /// First day or moment.
    pub start: Option<Spanned<When>>,
    /// Last day (to its end) or moment.
    pub end: Option<Spanned<When>>,
    /// What is known of the start, where its day is not.
    pub open_start: Option<OpenDate>,
    /// What is known of the end, where its day is not.
    pub open_end: Option<OpenDate>,
    /// IANA name of the zone.
    pub timezone: Option<Spanned<String>>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Name of the series that it is an edition of.
    pub series: Option<Spanned<String>>,
    /// Called off.
    pub cancelled: bool,
    /// Where one takes part from afar.
    pub online: Option<Online>,
    /// It takes place at its venue and online.
    pub hybrid: bool,
    /// When it was to start before it was moved.
    pub previous_start: Option<Spanned<When>>,
    /// Where it was to take place before it was moved.
    pub previous_city: Option<String>,
    /// Minutes after midnight until which what begins belongs to the evening before.
    pub day_ends: Option<i16>,
    /// Where it takes place; of several venues the first.
    pub venue: Option<Venue>,
    /// All venues, of an event that names several.
    pub venues: Vec<Venue>,
    /// Rooms of which more is told than their names.
    pub rooms: Vec<Room>,
    /// Call for papers.
    pub cfp: Option<Window>,
    /// Registration.
    pub registration: Option<Window>,
    /// Who runs it.
    pub organizers: Vec<Organizer>,
    /// Who pays for it.
    pub sponsors: Vec<Sponsor>,
    /// Levels of sponsoring, highest first.
    pub sponsor_levels: Vec<SponsorLevel>,
    /// Rows of the schedule.
    pub schedule: Vec<Row>,
}

/// Where an event takes place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Venue {
    /// What rooms name it by, where that is not its name.
    pub id: Option<String>,
    /// Name of the house.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// City, where that is another one than the event's.
    pub city: Option<String>,
    /// Latitude and longitude in degrees, north and east positive.
    pub coordinates: Option<(f64, f64)>,
    /// Its site.
    pub url: Option<Address>,
}

/// A room of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// What rows and talks name it by.
    pub name: String,
    /// Id or name of the venue that it is in.
    pub venue: Option<Spanned<String>>,
    /// Where one takes part from afar in what goes on there.
    pub online: Option<Online>,
}

/// Taking part from afar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// Address of the stream or the meeting, where it is told.
    pub url: Option<Address>,
}

/// How one takes part in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attendance {
    /// By being there.
    InPerson,
    /// From afar only.
    Online,
    /// Either way.
    Hybrid,
}

impl Attendance {
    /// Its name in templates and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }
}

impl EventTable {
    /// How one takes part. An event that is online and names a venue is both.
    #[must_use]
    pub fn attendance(&self) -> Attendance {
        let has_venue =
            self.venue.as_ref().is_some_and(|venue| venue.name.is_some() || venue.address.is_some());
        match &self.online {
            _ if self.hybrid => Attendance::Hybrid,
            Some(_) if has_venue => Attendance::Hybrid,
            Some(_) => Attendance::Online,
            None => Attendance::InPerson,
        }
    }
}

/// Slides or a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaLink {
    /// Its address in the file.
    pub span: Span,
    /// Where it is.
    pub url: Address,
    /// Language that is heard or read, where it is told.
    pub language: Option<String>,
    /// What it is called among several, such as "part 2".
    pub title: Option<String>,
}

/// A time in which something is open: the call for papers or the registration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Opens then.
    pub opens: Option<Spanned<When>>,
    /// Closes at the end of that day, or at that moment.
    pub closes: Option<Spanned<When>>,
    /// When the programme is announced.
    pub announced: Option<Spanned<When>>,
    /// Where to go.
    pub url: Option<Address>,
    /// What a ticket costs, a number; 0 for what is free.
    pub price: Option<String>,
    /// The currency of the price, such as `EUR`.
    pub currency: Option<String>,
    /// There are no tickets left.
    pub sold_out: bool,
}

/// Somebody who runs an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organizer {
    /// Name.
    pub name: Spanned<String>,
    /// Address of a page of theirs.
    pub url: Option<Address>,
    /// It is an organization and no person.
    pub is_organization: bool,
}

/// A sponsor of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sponsor {
    /// File name in `data/sponsors/`, without the extension; one that has none is told of here alone.
    pub id: Option<Spanned<String>>,
    /// Name, in place of the one in the file.
    pub name: Option<String>,
    /// Address of the sponsor at this event, in place of the one in the file.
    pub url: Option<Address>,
    /// Path or address of a logo, in place of the one in the file.
    pub logo: Option<Address>,
    /// Level of sponsoring.
    pub level: Option<Spanned<String>>,
}

/// A level of sponsoring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SponsorLevel {
    /// What sponsors name.
    pub id: String,
    /// What readers see.
    pub label: Option<String>,
    /// How many sponsors it may have.
    pub max: Option<i64>,
}

/// A row of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The row in the file.
    pub span: Span,
    /// What it is known by, also when its title changes.
    pub id: Option<Spanned<String>>,
    /// From.
    pub starts: Option<Spanned<When>>,
    /// To.
    pub ends: Option<Spanned<When>>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// What kind of thing it is.
    pub kind: Option<Spanned<String>>,
    /// What it is called, for rows without a talk of their own.
    pub title: Option<Spanned<String>>,
    /// Slug of the talk's file.
    pub talk: Option<Spanned<String>>,
    /// Who speaks.
    pub speakers: Vec<Spanned<String>>,
    /// One or two sentences about it.
    pub description: Option<Spanned<String>>,
    /// Paths that redirect to the page of a talk without a file.
    pub aliases: Vec<Spanned<String>>,
    /// What is as in the `[talk]` table.
    pub details: Details,
}

/// What a row of a schedule and the `[talk]` table say alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Details {
    /// It does not take place.
    pub cancelled: bool,
    /// Slug of the talk that takes its place.
    pub replaced_by: Option<Spanned<String>>,
    /// Whether it may be told what it is; no for one that is to be announced.
    pub announced: Option<bool>,
    /// Where one takes part from afar.
    pub online: Option<Online>,
    /// Languages that are spoken.
    pub languages: Vec<String>,
    /// Slides.
    pub slides: Vec<MediaLink>,
    /// Recordings.
    pub video: Vec<MediaLink>,
}

/// The `[talk]` table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TalkTable {
    /// Keynote, talk, ignite, workshop, open-space or panel.
    pub kind: Option<Spanned<String>>,
    /// From.
    pub starts: Option<Spanned<When>>,
    /// To.
    pub ends: Option<Spanned<When>>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// For whom.
    pub level: Option<String>,
    /// Id of the event, for a talk whose file does not lie in the event's folder.
    pub event: Option<Spanned<String>>,
    /// What is as in a row of a schedule.
    pub details: Details,
}
