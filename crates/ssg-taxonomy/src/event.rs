//! Events, talks and schedule slots, resolved.
//!
//! Times are instants in the zone of the event, and speakers are terms. How headers are read into these is told in
//! `assemble/events.rs`, what is wrong with them in `assemble/lint/`.

use crate::ids::{PageId, TermId};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;
use ssg_parse::{Address, When, Window};

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
    /// First moment, in the event's zone.
    pub start: Zoned,
    /// The last moment as written: for a day, its beginning; without any, the first moment.
    pub last: Zoned,
    /// First moment after it. An event that names no end lasts to the end of the day it starts on.
    pub end: Zoned,
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

/// A row of a schedule, with its talk.
#[derive(Clone, Debug)]
pub struct Slot {
    /// From.
    pub starts: Option<Zoned>,
    /// To.
    pub ends: Option<Zoned>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// Kind, as it is written.
    pub kind: String,
    /// The kind that it is drawn as.
    pub drawn: &'static str,
    /// Title.
    pub title: String,
    /// The talk's page.
    pub talk: Option<PageId>,
    /// Who speaks.
    pub speakers: Vec<TermId>,
    /// Which row of the event's file it is; `None` where the schedule comes from the talks' times.
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
    /// From.
    pub starts: Option<Zoned>,
    /// To.
    pub ends: Option<Zoned>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// For whom.
    pub level: Option<String>,
    /// Language that is spoken.
    pub language: Option<String>,
    /// Address of the slides.
    pub slides: Option<Address>,
    /// Address of the video.
    pub video: Option<Address>,
    /// Posts about it, in the site's order.
    pub recaps: Vec<PageId>,
}

impl Event {
    /// State at `instant`.
    #[must_use]
    pub fn state(&self, cancelled: bool, cfp: Option<&Window>, instant: Timestamp) -> EventState {
        if cancelled {
            EventState::Cancelled
        } else if instant >= self.end.timestamp() {
            EventState::Past
        } else if instant >= self.start.timestamp() {
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
