//! Facets of events. Their keys are those of the events' pages.

use super::{Facets, SiteFacet};
use crate::event::{Event, EventState, WindowState};
use crate::keys::{PageKey, TermKey};
use crate::reorder::Reordered;
use jiff::civil::Date;
use jiff::{Span, Zoned};
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::{Address, Attendance, Online, OpenDate, Venue, Window};

/// What is shown of an event wherever it is referred to.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that is shown or not")]
pub struct EventCard {
    /// Its page.
    pub page: PageKey,
    /// Folder name.
    pub id: String,
    /// What calendars and apps know it by.
    pub lasting_id: String,
    /// What is known of its days, where they are not.
    pub open: Option<OpenDate>,
    /// First moment, in the event's zone.
    pub start: Zoned,
    /// The last moment, or the beginning of the last day.
    pub last: Zoned,
    /// The last day of it: of what ends at midnight the one that ends then.
    pub last_day: Date,
    /// First moment after it.
    pub end: Zoned,
    /// Whether the beginning is written as a day.
    pub starts_as_day: bool,
    /// Whether only the day of the end is known.
    pub ends_as_day: bool,
    /// Nobody says when it ends.
    pub ends_with_day: bool,
    /// What begins before this minute of a day belongs to the evening before.
    pub day_ends: i16,
    /// IANA name of the zone.
    pub timezone: String,
    /// Name of the series.
    pub series: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Called off.
    pub cancelled: bool,
    /// How one takes part.
    pub attendance: Attendance,
    /// Where one takes part from afar.
    pub online: Option<Online>,
}

/// What an event is at the instant of the build.
#[derive(Clone, Debug, Serialize)]
pub struct EventMoment {
    /// Its state.
    pub state: EventState,
    /// Its end has passed.
    pub is_over: bool,
    /// It passed more than a year ago.
    pub is_long_over: bool,
    /// The call for papers, while it is open.
    pub open_call: Option<OpenCall>,
    /// Where to register, while that is open and not sold out.
    pub registration_url: Option<Address>,
}

impl EventCard {
    /// Whether something is known of when it is, if not its days.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.open != Some(OpenDate::Unknown)
    }
}

/// A call for papers that is open.
#[derive(Clone, Debug, Serialize)]
pub struct OpenCall {
    /// When it closes, as readers see it.
    pub closes: Option<Zoned>,
    /// Where talks are proposed.
    pub url: Option<Address>,
}

fn event_of<'f>(facets: &'f Facets, key: &PageKey) -> Option<&'f Event> {
    let event = facets.site.event_of(facets.page_id(key)?)?;
    // A translation shows its original's event, which is asked for by its own key.
    (facets.page_key(event.page) == *key).then_some(event)
}

/// When a window closes, as readers see it: a day means until its end, and they see its last minute.
#[must_use]
pub fn closing(window: &Window, event_start: &Zoned) -> Option<Zoned> {
    let closes = window.closes.as_ref()?.value;
    let zone = event_start.time_zone();
    let end = closes.end(zone);
    if !closes.is_day() {
        return Some(end);
    }
    Some(end.checked_sub(Span::new().minutes(1)).unwrap_or(end))
}

impl SiteFacet for EventCard {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let event = event_of(facets, key)?;
        let front = &facets.site.page(event.page).document.front;
        let table = front.event.as_deref();
        let start = table.and_then(|table| table.start.as_ref()).or(front.date.as_ref());
        let cancelled = table.is_some_and(|table| table.cancelled);
        Some(Held::new(Self {
            page: *key,
            id: event.id.clone(),
            lasting_id: facets.site.lasting_id(event.page),
            open: event.open,
            start: event.start.clone(),
            last: event.last.clone(),
            last_day: event.last_day,
            end: event.end.clone(),
            starts_as_day: event.open.is_some() || start.is_none_or(|when| when.value.is_day()),
            ends_as_day: event.ends_as_day,
            ends_with_day: event.ends_with_day,
            day_ends: event.day_ends,
            timezone: event.timezone.clone(),
            series: event.series.clone(),
            city: table.and_then(|table| table.city.clone()),
            country: table.and_then(|table| table.country.clone()),
            cancelled,
            attendance: table.map_or(Attendance::InPerson, ssg_parse::EventTable::attendance),
            online: table.and_then(|table| table.online.clone()),
        }))
    }
}

impl SiteFacet for EventMoment {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let event = event_of(facets, key)?;
        let table = facets.site.page(event.page).document.front.event.as_deref();
        let cancelled = table.is_some_and(|table| table.cancelled);
        let call = table.and_then(|table| table.cfp.as_ref());
        let state = event.state(cancelled, call, facets.instant);
        let open = call.filter(|_| state == EventState::CfpOpen);
        let is_to_come = !cancelled && state != EventState::Past;
        let is_open = |window: &&Window| {
            !window.sold_out && WindowState::of(window, &event.zone, facets.instant) == WindowState::Open
        };
        let registration = table.filter(|_| is_to_come).and_then(|table| table.registration.as_ref());
        let registration = registration.filter(is_open);
        Some(Held::new(Self {
            state,
            is_over: event.end.timestamp() <= facets.instant,
            is_long_over: event.long_over().is_some_and(|at| at <= facets.instant),
            open_call: open
                .map(|call| OpenCall { closes: closing(call, &event.start), url: call.url.clone() }),
            registration_url: registration.and_then(|window| window.url.clone()),
        }))
    }
}

/// What the header of an event says: venue, windows, organizers, sponsors.
#[derive(Clone, Debug, Serialize)]
pub struct EventTable {
    /// The table as it is written; empty where there is none.
    pub table: ssg_parse::EventTable,
    /// State of the call for papers at the instant of the build.
    pub cfp: Option<WindowState>,
    /// State of the registration.
    pub registration: Option<WindowState>,
    /// The call for papers can be answered no more.
    pub cfp_is_over: bool,
}

impl SiteFacet for EventTable {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let event = event_of(facets, key)?;
        let table = facets.site.page(event.page).document.front.event.clone().unwrap_or_default();
        let state = |window: &Window| WindowState::of(window, &event.zone, facets.instant);
        let closes = table.cfp.as_ref().and_then(|cfp| cfp.closes.as_ref());
        Some(Held::new(Self {
            cfp: table.cfp.as_ref().map(state),
            registration: table.registration.as_ref().map(state),
            cfp_is_over: closes.is_some_and(|when| when.value.end(&event.zone).timestamp() <= facets.instant),
            table: *table,
        }))
    }
}

/// Where an event takes place.
#[derive(Clone, Debug, Serialize)]
pub struct EventVenue {
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// The venue.
    pub venue: Option<Venue>,
    /// All of them, where there are several.
    pub venues: Vec<Venue>,
}

impl SiteFacet for EventVenue {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let event = event_of(facets, key)?;
        let table = facets.site.page(event.page).document.front.event.as_deref();
        Some(Held::new(Self {
            city: table.and_then(|table| table.city.clone()),
            country: table.and_then(|table| table.country.clone()),
            venue: table.and_then(|table| table.venue.clone()),
            venues: table.map_or_else(Vec::new, |table| table.venues.clone()),
        }))
    }
}

/// The talks of an event, in order of time.
#[derive(Clone, Debug, Serialize)]
pub struct EventTalks(pub Vec<PageKey>);

impl SiteFacet for EventTalks {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let talks = event_of(facets, key)?.talks.iter().copied();
        Some(Held::new(Self(facets.page_keys(talks))))
    }

    fn is_reordered(key: &PageKey, lists: &Reordered) -> bool {
        lists.pages.contains(key)
    }
}

/// The schedule of an event, in order of time.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule(pub Vec<Slot>);

/// Something on a schedule: a talk, or what a row says.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "as in `event::Slot`")]
pub struct Slot {
    pub id: String,
    pub starts: Option<Zoned>,
    pub ends: Option<Zoned>,
    pub is_day: bool,
    pub day: Option<Date>,
    pub room: Option<String>,
    pub venue: Option<Venue>,
    pub track: Option<String>,
    pub kind: String,
    pub drawn: &'static str,
    pub title: String,
    pub talk: Option<PageKey>,
    pub speakers: Vec<TermKey>,
    pub cancelled: bool,
    pub replaced_by: Option<PageKey>,
    pub is_unannounced: bool,
    pub online: Option<Online>,
    pub description: Option<String>,
}

impl SiteFacet for Schedule {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let slots = event_of(facets, key)?.slots.iter().map(|slot| Slot {
            id: slot.id.clone(),
            starts: slot.starts.clone(),
            ends: slot.ends.clone(),
            is_day: slot.is_day,
            day: slot.day,
            room: slot.room.clone(),
            venue: slot.venue.clone(),
            track: slot.track.clone(),
            kind: slot.kind.clone(),
            drawn: slot.drawn,
            title: slot.title.clone(),
            talk: slot.talk.map(|id| facets.page_key(id)),
            speakers: slot.speakers.iter().map(|id| facets.term_key(*id)).collect(),
            cancelled: slot.cancelled,
            replaced_by: slot.replaced_by.map(|id| facets.page_key(id)),
            is_unannounced: slot.is_unannounced,
            online: slot.online.clone(),
            description: slot.description.clone(),
        });
        Some(Held::new(Self(slots.collect())))
    }

    fn is_reordered(key: &PageKey, lists: &Reordered) -> bool {
        lists.pages.contains(key)
    }
}
