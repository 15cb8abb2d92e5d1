//! The `[event]` and `[talk]` tables.

use crate::address::Address;
use crate::fields::Fields;
use crate::value::Spanned;
use crate::when::When;
use serde::{Deserialize, Serialize};
use ssg_source::{Severity, Span, codes};

/// The `[event]` table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventTable {
    /// First day or moment.
    pub start: Option<Spanned<When>>,
    /// Last day (to its end) or moment.
    pub end: Option<Spanned<When>>,
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
    /// Where it takes place.
    pub venue: Option<Venue>,
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
    /// Name of the house.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Latitude and longitude in degrees, north and east positive.
    pub coordinates: Option<(f64, f64)>,
    /// Its site.
    pub url: Option<Address>,
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
}

/// Somebody who runs an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organizer {
    /// Name.
    pub name: Spanned<String>,
    /// Address of a page of theirs.
    pub url: Option<Address>,
}

/// A sponsor of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sponsor {
    /// File name in `data/sponsors/`, without the extension.
    pub id: Spanned<String>,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The row in the file.
    pub span: Span,
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
    /// Language that is spoken.
    pub language: Option<String>,
    /// Id of the event, for a talk whose file does not lie in the event's folder.
    pub event: Option<Spanned<String>>,
    /// Address of the slides.
    pub slides: Option<Spanned<Address>>,
    /// Address of the video.
    pub video: Option<Spanned<Address>>,
}

fn plain<T>(text: Option<Spanned<T>>) -> Option<T> {
    text.map(|text| text.value)
}

pub(super) fn read_event(fields: &mut Fields<'_>) -> EventTable {
    let event = EventTable {
        start: fields.when(&["start", "starts", "startdate"]),
        end: fields.when(&["end", "ends", "enddate"]),
        timezone: fields.text(&["timezone"]),
        city: plain(fields.text(&["city"])),
        country: plain(fields.text(&["country"])),
        series: fields.text(&["series"]),
        cancelled: fields.flag(&["cancelled", "canceled", "cancel"]).is_some_and(|flag| flag.value),
        venue: fields.table(&["venue"], read_venue),
        cfp: fields.table(&["cfp"], read_window),
        registration: fields.table(&["registration"], read_window),
        organizers: fields.tables(&["organizers"], |fields, _| {
            let organizer =
                fields.person(&["name"]).map(|name| Organizer { name, url: plain(fields.address(&["url"])) });
            // Handles and the like are the author's to keep.
            fields.rest();
            organizer
        }),
        sponsors: fields.tables(&["sponsors"], |fields, _| {
            let sponsor = fields.text(&["id"]).map(|id| Sponsor { id, level: fields.text(&["level"]) });
            fields.report_unknown(Severity::Warning, "", &[]);
            sponsor
        }),
        sponsor_levels: fields.tables(&["sponsor_levels"], |fields, _| {
            let level = fields.text(&["id"]).map(|id| SponsorLevel {
                id: id.value,
                label: plain(fields.text(&["label"])),
                max: fields.integer(&["max"]).map(|max| max.value),
            });
            fields.report_unknown(Severity::Warning, "", &[]);
            level
        }),
        schedule: fields.tables(&["schedule"], |fields, span| Some(read_row(fields, span))),
    };
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &[]);
    event
}

fn read_venue(fields: &mut Fields<'_>) -> Venue {
    let coordinates = fields.text(&["coordinates"]);
    let venue = Venue {
        name: plain(fields.text(&["name"])),
        address: plain(fields.text(&["address"])),
        coordinates: coordinates.as_ref().and_then(|text| {
            let (latitude, longitude) = text.value.split_once(',')?;
            let (latitude, longitude): (f64, f64) =
                (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
            (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
        }),
        url: plain(fields.address(&["url"])),
    };
    if let (Some(text), None) = (coordinates, venue.coordinates) {
        let message = format!("`{}` are no coordinates", text.value);
        fields.found().add(
            ssg_source::Diagnostic::error(codes::COORDINATES, message)
                .at(text.span)
                .hint("write latitude and longitude in degrees: \"43.6446,-79.3884\""),
        );
    }
    fields.report_unknown(Severity::Warning, "", &[]);
    venue
}

fn read_window(fields: &mut Fields<'_>) -> Window {
    let window = Window {
        opens: fields.when(&["opens", "open"]),
        closes: fields.when(&["closes", "close"]),
        announced: fields.when(&["announced"]),
        url: plain(fields.address(&["url", "link"])),
    };
    fields.report_unknown(Severity::Warning, "", &[]);
    window
}

fn read_row(fields: &mut Fields<'_>, span: Span) -> Row {
    let row = Row {
        span,
        starts: fields.when(&["starts", "start"]),
        ends: fields.when(&["ends", "end"]),
        room: plain(fields.text(&["room"])),
        track: plain(fields.text(&["track"])),
        kind: fields.text(&["kind", "type"]),
        title: fields.text(&["title"]),
        talk: fields.text(&["talk"]),
        speakers: fields.people(&["speakers", "speaker"]).unwrap_or_default(),
    };
    fields.report_unknown(Severity::Warning, "", &[]);
    row
}

pub(super) fn read_talk(fields: &mut Fields<'_>) -> TalkTable {
    let talk = TalkTable {
        kind: fields.text(&["kind", "type"]),
        starts: fields.when(&["starts", "start"]),
        ends: fields.when(&["ends", "end"]),
        room: plain(fields.text(&["room"])),
        track: plain(fields.text(&["track"])),
        level: plain(fields.text(&["level"])),
        language: plain(fields.text(&["language"])),
        event: fields.text(&["event"]),
        slides: fields.address(&["slides"]),
        video: fields.address(&["video"]),
    };
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &[]);
    talk
}
