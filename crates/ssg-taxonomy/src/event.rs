//! Events, talks and schedule slots, resolved.
//!
//! Times are instants in the zone of the event, and speakers are terms. How headers are read into these is told in
//! `assemble/events.rs`, what is wrong with them in `assemble/lint/`.

use crate::ids::{PageId, TermId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use serde::Serialize;
use ssg_parse::{MediaLink, Online, OpenDate, Venue, When, Window};

/// State of an event at the instant of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum EventState {
    /// Talks can be proposed.
    CfpOpen,
    /// Still to come.
    Upcoming,
    /// Taking place.
    OnNow,
    /// Over.
    Past,
    /// Called off.
    Cancelled,
}

impl EventState {
    /// Its name in templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CfpOpen => "cfp-open",
            Self::Upcoming => "upcoming",
            Self::OnNow => "on-now",
            Self::Past => "past",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the event is still to come or taking place.
    #[must_use]
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::CfpOpen | Self::Upcoming | Self::OnNow)
    }
}

/// State of a window at the instant of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum WindowState {
    /// Not open yet.
    Before,
    /// Open.
    Open,
    /// Closed.
    Closed,
}

impl WindowState {
    /// Its name in templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// State of `window` at `instant`, with days meant in `zone`. A window without any date is
    /// closed; one without an opening has always been open.
    #[must_use]
    pub fn of(window: &Window, zone: &TimeZone, instant: Timestamp) -> Self {
        let opens = window.opens.as_ref().map(|when| when.value.start(zone).timestamp());
        let closes = window.closes.as_ref().map(|when| when.value.end(zone).timestamp());
        match (opens, closes) {
            (None, None) => Self::Closed,
            (Some(opens), _) if instant < opens => Self::Before,
            (_, Some(closes)) if instant >= closes => Self::Closed,
            _ => Self::Open,
        }
    }
}

/// An event, with what its page's header says resolved.
#[derive(Clone, Debug)]
pub struct Event {
    /// Folder name.
    pub id: String,
    /// Its page.
    pub page: PageId,
    /// What is known of its days, where they are not: then its start is the first moment that it may be, and its
    /// end the last; of one of which nothing is known both are far in the future.
    pub open: Option<OpenDate>,
    /// First moment, in the event's zone.
    pub start: Zoned,
    /// The last moment as readers are told it: for a day, its beginning. An event that starts at an hour and
    /// names none ends with the last slot of its schedule, else with its day.
    pub last: Zoned,
    /// The last day of it. What ends at midnight ends on the evening before.
    pub last_day: Date,
    /// Only the day on which it ends is known.
    pub ends_as_day: bool,
    /// Nobody says when it ends: it is taken to last until its day does.
    pub ends_with_day: bool,
    /// First moment after it. An event that names no end lasts to the end of the day it starts on.
    pub end: Zoned,
    /// What begins before this minute of a day belongs to the evening before.
    pub day_ends: i16,
    /// Its zone.
    pub zone: TimeZone,
    /// IANA name of the zone.
    pub timezone: String,
    /// Name of the series.
    pub series: Option<String>,
    /// Talks in order of time, then title.
    pub talks: Vec<PageId>,
    /// Posts about it, in the site's order.
    pub recaps: Vec<PageId>,
    /// The schedule, in order of time.
    pub slots: Vec<Slot>,
}

/// Something on the schedule of an event: a talk, or what a row says. Every output reads these.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What it is known by among the slots of its event.
    pub id: String,
    /// From, in the zone of the event.
    pub starts: Option<Zoned>,
    /// To; later than the beginning, and always there where that has an hour (`schedule_times.rs` has the rule).
    pub ends: Option<Zoned>,
    /// Only the day of it is known.
    pub is_day: bool,
    /// The day of the programme that it belongs to: until the event's day ends that is the evening before.
    pub day: Option<Date>,
    /// Room.
    pub room: Option<String>,
    /// The venue that its room is in, where the event says so.
    pub venue: Option<Venue>,
    /// Track.
    pub track: Option<String>,
    /// Kind, as it is written.
    pub kind: String,
    /// The kind that it is drawn as.
    pub drawn: &'static str,
    /// Title; empty for what is to be announced.
    pub title: String,
    /// The talk's page.
    pub talk: Option<PageId>,
    /// Who speaks.
    pub speakers: Vec<TermId>,
    /// It does not take place.
    pub cancelled: bool,
    /// The talk that takes its place.
    pub replaced_by: Option<PageId>,
    /// No more than its kind and its time may be told.
    pub is_unannounced: bool,
    /// Where one takes part from afar.
    pub online: Option<Online>,
    /// What a row says of itself in a sentence or two.
    pub description: Option<String>,
    /// Which row of the event's file it is; `None` where its talk says when it is.
    pub row: Option<usize>,
}

/// What makes a page a talk.
#[derive(Clone, Debug, Default)]
pub struct TalkInfo {
    /// Index of its event in the site's list of events.
    pub event: Option<usize>,
    /// `<event>/<slug>`
    pub id: String,
    /// Kind, as it is written.
    pub kind: String,
    /// The kind that it is drawn as.
    pub drawn: &'static str,
    /// When and where it is given, in order of time: once, seldom more often, or not known.
    pub times: Vec<TalkTime>,
    /// Track.
    pub track: Option<String>,
    /// For whom.
    pub level: Option<String>,
    /// Languages that are spoken, as far as they are told.
    pub languages: Vec<String>,
    /// Slides.
    pub slides: Vec<MediaLink>,
    /// Recordings.
    pub video: Vec<MediaLink>,
    /// It does not take place.
    pub cancelled: bool,
    /// The talk that takes its place.
    pub replaced_by: Option<PageId>,
    /// Posts about it, in the site's order.
    pub recaps: Vec<PageId>,
}

/// One time at which a talk is given; as [`Slot`].
#[derive(Clone, Debug, Default, Serialize)]
#[expect(missing_docs, reason = "as in `Slot`")]
pub struct TalkTime {
    /// What it is known by among the slots of the event.
    pub slot: String,
    pub starts: Option<Zoned>,
    pub ends: Option<Zoned>,
    pub is_day: bool,
    pub day: Option<Date>,
    pub room: Option<String>,
    pub venue: Option<Venue>,
    pub cancelled: bool,
    pub online: Option<Online>,
}

impl TalkInfo {
    /// When it is given first, as far as that is known.
    #[must_use]
    pub fn starts(&self) -> Option<&Zoned> {
        self.times.first()?.starts.as_ref()
    }
}

impl Event {
    /// A year after its end, when `upcoming.ics` no longer has it.
    #[must_use]
    pub fn long_over(&self) -> Option<Timestamp> {
        Some(self.end.checked_add(Span::new().years(1)).ok()?.timestamp())
    }

    /// State at `instant`.
    #[must_use]
    pub fn state(&self, cancelled: bool, cfp: Option<&Window>, instant: Timestamp) -> EventState {
        if cancelled {
            EventState::Cancelled
        } else if instant >= self.end.timestamp() {
            EventState::Past
        } else if instant >= self.start.timestamp() && self.open.is_none() {
            EventState::OnNow
        } else if cfp.is_some_and(|cfp| WindowState::of(cfp, &self.zone, instant) == WindowState::Open) {
            EventState::CfpOpen
        } else {
            EventState::Upcoming
        }
    }
}

/// The moment of a date in a zone.
pub(crate) fn moment(when: Option<&ssg_parse::Spanned<When>>, zone: &TimeZone) -> Option<Zoned> {
    when.map(|when| when.value.start(zone))
}
