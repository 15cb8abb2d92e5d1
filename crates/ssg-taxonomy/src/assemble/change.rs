//! The next moment at which the site changes though no file does: an event's edge, a date of
//! publication, an end.

use super::AssembleOptions;
use super::classify::{Classified, Location, Role};
use crate::change::NextChange;
use crate::page::{Kind, Withheld};
use crate::site::Site;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use ssg_parse::{Config, Edge, EventTable, FrontMatter, When, edges, zone_word};

/// The next change that one content file brings; `withheld` says why it is not published now.
pub(super) fn next(
    config: &Config,
    options: &AssembleOptions,
    zone: &TimeZone,
    one: &Classified,
    (withheld, is_unlisted): (Option<Withheld>, bool),
) -> Option<NextChange> {
    let front = &one.source.document.front;
    let location = match &one.role {
        Role::Page(location) => Some(location),
        _ => None,
    };
    let named = location.and_then(|location| location.name.date);
    let is_event = location.is_some_and(|location| location.kind == Kind::Event && !location.is_translation);
    // What is withheld for another reason stays so whatever the date.
    if withheld.is_some_and(|why| why != Withheld::Future) {
        return None;
    }
    let moments = edges(front, named).into_iter().filter(|(edge, _)| match edge {
        Edge::Dated | Edge::Published => withheld.is_some() && counts(*edge, front, location),
        Edge::Updated | Edge::VideoAdded => withheld.is_none(),
        Edge::Expires => withheld.is_none() && !options.expired,
        _ => withheld.is_none() && is_event,
    });
    let event_zone = event_zone(front.event.as_deref(), zone);
    let event = location.filter(|_| is_event).map(|location| Event {
        id: if location.bundle.is_some() { &location.name.dated_stem } else { &location.name.stem },
        cancelled: front.event.as_deref().is_some_and(|event| event.cancelled),
    });
    // An event whose table says nothing of a start takes place on the page's date.
    let has_start =
        front.event.as_deref().is_some_and(|event| event.start.is_some() || event.open_start.is_some());
    let dated = edges(front, named).into_iter().find(|(edge, _)| *edge == Edge::Dated && is_event);
    let by_date = dated.filter(|_| withheld.is_none() && !has_start).map(|(_, when)| when);
    let ends = by_date.filter(|_| front.event.as_deref().is_none_or(|event| event.end.is_none()));
    let by_date = by_date.map(|when| (Edge::Starts, when)).into_iter();
    let changes = moments.chain(by_date).chain(ends.map(|when| (Edge::EndsThatDay, when)));
    changes
        // That a cancelled event does not start is no news, nor what nobody can answer or buy; once it would
        // be over, calendars of what is to come no longer say that it is cancelled.
        .filter(|(edge, _)| {
            let is_of_event = matches!(
                edge,
                Edge::Starts
                    | Edge::CfpOpens
                    | Edge::CfpCloses
                    | Edge::Announced
                    | Edge::RegistrationOpens
                    | Edge::RegistrationCloses
            );
            !is_of_event || !event.as_ref().is_some_and(|event| event.cancelled)
        })
        .filter_map(|(edge, when)| {
            let of_site = matches!(
                edge,
                Edge::Dated | Edge::Published | Edge::Expires | Edge::Updated | Edge::VideoAdded
            );
            let zone = if of_site && !(edge == Edge::Dated && is_event) { zone } else { &event_zone };
            let at = edge.moment(when, zone);
            if at.timestamp() > options.instant {
                return Some(change(edge, when, at, one, event.as_ref()));
            }
            // What is over stays for a year in the calendar of what is to come.
            let is_end = matches!(edge, Edge::Ends | Edge::EndsThatDay) && config.outputs.calendars;
            let later = at.checked_add(Span::new().years(1)).ok().filter(|_| is_end)?;
            (later.timestamp() > options.instant).then(|| forgotten(later, event.as_ref()))
        })
        // What is in no list is not told by its name.
        .map(|change| match &event {
            Some(event) if is_unlisted => {
                NextChange { public: change.public.replacen(event.id, "an event", 1), ..change }
            }
            _ => change,
        })
        .min()
}

/// The next change that the assembled site knows of and no header alone: an event or a talk comes into feeds, or an
/// event is over with its last talk.
pub(super) fn next_of_site(config: &Config, options: &AssembleOptions, site: &Site) -> Option<NextChange> {
    let is_to_come = |at: &Zoned| at.timestamp() > options.instant;
    let announced = site.announcements().filter(|(_, at)| is_to_come(at)).map(|(id, at)| {
        let time = at.strftime("%Y-%m-%d %H:%M %Z");
        NextChange {
            reason: format!("{} is published {time}", site.page(id).source),
            public: format!("a page is published {time}"),
            at,
        }
    });
    let ends = site.events.iter().filter_map(|event| {
        let table = site.page(event.page).document.front.event.as_deref();
        if event.ends_with_day || event.open.is_some() || table.is_some_and(|table| table.end.is_some()) {
            return None;
        }
        let is_unlisted = site.page(event.page).is_unlisted();
        let id = if is_unlisted { "an event" } else { &event.id };
        let known = Event { id, cancelled: false };
        if !is_to_come(&event.end) {
            let later =
                event.end.checked_add(Span::new().years(1)).ok().filter(|_| config.outputs.calendars)?;
            return is_to_come(&later).then(|| forgotten(later, Some(&known)));
        }
        let reason = format!("{id} ends {}", event.end.strftime("%Y-%m-%d %H:%M %Z"));
        Some(NextChange { public: reason.clone(), reason, at: event.end.clone() })
    });
    announced.chain(ends).min()
}

struct Event<'a> {
    id: &'a str,
    cancelled: bool,
}

/// Whether a page waits for this date: `publish_at` goes before the date, and the date of an event
/// or a talk is when it takes place.
fn counts(edge: Edge, front: &FrontMatter, location: Option<&Location>) -> bool {
    match edge {
        Edge::Dated => {
            front.publish_at.is_none()
                && location.is_some_and(|location| !matches!(location.kind, Kind::Event | Kind::Talk))
        }
        _ => true,
    }
}

fn event_zone(table: Option<&EventTable>, zone: &TimeZone) -> TimeZone {
    let own = table.and_then(|table| table.timezone.as_ref());
    own.and_then(|name| TimeZone::get(&name.value).ok()).unwrap_or_else(|| zone.clone())
}

/// A year after its end an event leaves `upcoming.ics`.
fn forgotten(at: Zoned, event: Option<&Event<'_>>) -> NextChange {
    let id = event.map_or("", |event| event.id);
    let reason = format!("{id} leaves upcoming.ics {}", at.strftime("%Y-%m-%d %H:%M %Z"));
    NextChange { public: reason.clone(), reason, at }
}

fn change(edge: Edge, when: When, at: Zoned, one: &Classified, event: Option<&Event<'_>>) -> NextChange {
    // A day means until its end: readers see the last minute of it.
    let shown = if edge.is_end() && (when.is_day() || edge == Edge::EndsThatDay) {
        at.checked_sub(Span::new().minutes(1)).unwrap_or_else(|_| at.clone())
    } else {
        at.clone()
    };
    let id = event.map_or("", |event| event.id);
    let file = one.source.path.as_str();
    let (subject, public, happens) = match edge {
        Edge::Dated | Edge::Published => (file.to_owned(), "a page".to_owned(), "is published"),
        Edge::Updated | Edge::VideoAdded => (file.to_owned(), "a page".to_owned(), "changes"),
        Edge::Announced => {
            let name = format!("programme of {id}");
            (name.clone(), name, "is announced")
        }
        Edge::Expires => (file.to_owned(), "a page".to_owned(), "expires"),
        Edge::Starts => (id.to_owned(), id.to_owned(), "starts"),
        Edge::Ends | Edge::EndsThatDay => (id.to_owned(), id.to_owned(), "ends"),
        Edge::CfpOpens | Edge::CfpCloses => {
            let name = format!("CFP of {id}");
            (name.clone(), name, if edge.is_end() { "closes" } else { "opens" })
        }
        Edge::RegistrationOpens | Edge::RegistrationCloses => {
            let name = format!("registration of {id}");
            (name.clone(), name, if edge.is_end() { "closes" } else { "opens" })
        }
    };
    let time = format!("{} {}", shown.strftime("%Y-%m-%d %H:%M"), zone_word(&shown));
    NextChange {
        reason: format!("{subject} {happens} {time}"),
        public: format!("{public} {happens} {time}"),
        at,
    }
}
