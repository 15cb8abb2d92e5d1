//! The dates of a content file at which a build of it gives something else.
//!
//! What they mean depends on the site: whose zone counts, what is withheld. Here they are only
//! found, in one place, so that whoever asks when to build again asks about the same ones.

use crate::front_matter::FrontMatter;
use crate::when::When;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What happens at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// The page's date: a post is published from then on.
    Dated,
    /// The page is published from then on.
    Published,
    /// It is withdrawn.
    Expires,
    /// A change of it is told.
    Updated,
    /// A recording of it is there.
    VideoAdded,
    /// The event starts.
    Starts,
    /// The event ends.
    Ends,
    /// It ends with the day on which it starts, for it names no end.
    EndsThatDay,
    /// The call for papers opens.
    CfpOpens,
    /// It closes.
    CfpCloses,
    /// The programme is announced.
    Announced,
    /// Registration opens.
    RegistrationOpens,
    /// It closes.
    RegistrationCloses,
}

impl Edge {
    /// Whether a day is meant to its end.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(self, Self::Ends | Self::EndsThatDay | Self::CfpCloses | Self::RegistrationCloses)
    }

    /// The first moment after the edge, with a day or a local time meant in `zone`.
    #[must_use]
    pub fn moment(self, when: When, zone: &TimeZone) -> Zoned {
        match self {
            Self::EndsThatDay => when.end_of_day(zone),
            _ if self.is_end() => when.end(zone),
            _ => when.start(zone),
        }
    }
}

/// The dates of a header; `named` is the day in the name of its file or folder. An event whose table
/// names no start takes place on the page's date.
#[must_use]
pub fn edges(front: &FrontMatter, named: Option<Date>) -> Vec<(Edge, When)> {
    let mut edges = Vec::new();
    let mut add = |edge: Edge, when: Option<When>| edges.extend(when.map(|when| (edge, when)));
    let value = |when: &crate::value::Spanned<When>| when.value;
    add(Edge::Dated, front.date.as_ref().map(value).or(named.map(When::Day)));
    add(Edge::Published, front.publish_at.as_ref().map(value));
    add(Edge::Expires, front.expires.as_ref().map(value));
    add(Edge::Updated, front.updated.as_ref().map(value));
    add(Edge::VideoAdded, front.video_added.as_ref().map(value));
    if let Some(event) = &front.event {
        add(Edge::Starts, event.start.as_ref().map(value));
        add(Edge::Ends, event.end.as_ref().map(value));
        // What is known of a day is over when nothing of it is left.
        let open = event.open_start.filter(|_| event.end.is_none());
        let open_end = open.and_then(|open| event.open_end.and_then(crate::OpenDate::last).or(open.last()));
        add(Edge::Ends, open_end.map(When::Day));
        if event.end.is_none() {
            add(Edge::EndsThatDay, event.start.as_ref().map(value));
        }
        if let Some(cfp) = &event.cfp {
            add(Edge::CfpOpens, cfp.opens.as_ref().map(value));
            add(Edge::CfpCloses, cfp.closes.as_ref().map(value));
            add(Edge::Announced, cfp.announced.as_ref().map(value));
        }
        if let Some(registration) = &event.registration {
            add(Edge::RegistrationOpens, registration.opens.as_ref().map(value));
            add(Edge::RegistrationCloses, registration.closes.as_ref().map(value));
        }
    }
    edges
}
