//! When things of a schedule end, and on which day they are: one rule for all that is made of it.
//!
//! A slot without an end lasts until something else begins in its room on the same day, else as long as its kind
//! usually does; so does one whose end is no later than its beginning. What begins before the hour at which a
//! day ends (`day_ends`, six in the morning) belongs to the evening before, but for the event's first day.

use crate::event::{Event, Slot};
use crate::kinds::OTHER_KINDS;
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp, Zoned};
use ssg_source::hash::HashMap;

/// The minute until which a day lasts where the event does not say.
pub(super) const DAY_ENDS: i16 = 6 * 60;

/// How many minutes a kind usually lasts, as it is written, else as it is drawn.
fn usual_minutes(kind: &str, drawn: &str) -> i64 {
    match (kind, drawn) {
        ("lunch" | "registration", _) => 60,
        ("social", _) => 120,
        (_, "workshop") => 90,
        (_, "keynote" | "panel" | "open-space") => 45,
        (_, "ignite") => 5,
        (_, "talk") => 30,
        _ => 15,
    }
}

/// The end of something of a kind that begins at a moment.
pub(super) fn usual_end(starts: &Zoned, kind: &str, drawn: &str) -> Zoned {
    let minutes = Span::new().minutes(usual_minutes(kind, drawn));
    starts.checked_add(minutes).unwrap_or_else(|_| starts.clone())
}

/// The day of the programme that a moment belongs to.
pub(super) fn day_of(event: &Event, at: &Zoned) -> Date {
    let (date, time) = (at.date(), at.time());
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    if minute >= event.day_ends || date <= event.start.date() {
        return date;
    }
    date.yesterday().unwrap_or(date)
}

/// Where something takes place, for telling what comes after it.
fn place(slot: &Slot, any_room: bool) -> Option<&str> {
    slot.room.as_deref().or_else(|| slot.track.as_deref().filter(|_| !any_room))
}

/// Gives every slot its day, and an end to each that begins at an hour. Slots are in order of time.
pub(super) fn settle(event: &Event, slots: &mut [Slot]) {
    for slot in slots.iter_mut() {
        slot.day = slot.starts.as_ref().map(
            |starts| {
                if slot.is_day { starts.date() } else { day_of(event, starts) }
            },
        );
        if slot.is_day || slot.ends <= slot.starts {
            slot.ends = None;
        }
    }
    let any_room = slots.iter().any(|slot| slot.room.is_some());
    let mut begins: HashMap<Option<&str>, Vec<(Timestamp, Option<Date>)>> = HashMap::default();
    for slot in slots.iter().filter(|slot| !slot.is_day) {
        if let Some(starts) = &slot.starts {
            begins.entry(place(slot, any_room)).or_default().push((starts.timestamp(), slot.day));
        }
    }
    let is_one_room = begins.keys().flatten().count() < 2;
    let next = |slot: &Slot, starts: Timestamp| {
        let own = place(slot, any_room);
        let after = |place: Option<&str>| {
            let all = begins.get(&place)?;
            let at = all.partition_point(|(begins, _)| *begins <= starts);
            all.get(at).filter(|(_, day)| *day == slot.day).map(|(begins, _)| *begins)
        };
        // What has no room is for all rooms; of several rooms that holds for breaks and the like.
        let is_for_all = own.is_none() && (is_one_room || OTHER_KINDS.contains(&slot.drawn));
        let others = begins.keys().filter(|place| is_for_all && place.is_some());
        [own, None].into_iter().chain(others.copied()).filter_map(after).min()
    };
    let ends: Vec<Option<Zoned>> = slots
        .iter()
        .map(|slot| {
            let starts = slot.starts.as_ref().filter(|_| !slot.is_day && slot.ends.is_none())?;
            let next = next(slot, starts.timestamp());
            let next = next.map(|next| next.to_zoned(starts.time_zone().clone()));
            Some(next.unwrap_or_else(|| usual_end(starts, &slot.kind, slot.drawn)))
        })
        .collect();
    for (slot, ends) in slots.iter_mut().zip(ends) {
        slot.ends = slot.ends.take().or(ends);
    }
}

/// Settles when an event ends, after its schedule: see [`Event::last`].
pub(super) fn settle_end(event: &mut Event, starts_as_day: bool, written: Option<bool>) {
    if event.open.is_some() {
        event.last_day = event.last.date();
        return;
    }
    // A day that the event ends on after it began at an hour is enough, unless it is the same day.
    let same_day = event.last.date() <= event.start.date();
    event.ends_as_day = match written {
        Some(is_day) => is_day && (starts_as_day || !same_day),
        None => starts_as_day,
    };
    if !event.ends_as_day && written != Some(false) {
        let first_day = Some(event.start.date());
        let of_day = event.slots.iter().filter(|slot| slot.day == first_day && !slot.cancelled);
        let last = of_day.filter_map(|slot| slot.ends.as_ref()).max_by_key(|ends| ends.timestamp());
        let last = last.filter(|last| **last > event.start);
        event.ends_with_day = last.is_none();
        event.last = last.unwrap_or(&event.end).clone();
        // While somebody speaks it is not over, be it after midnight.
        if written.is_none() && event.last > event.end {
            event.end = event.last.clone();
        }
    }
    let at_midnight = !event.ends_as_day && event.last > event.start && event.last.time() == Time::midnight();
    let day = event.last.date();
    event.last_day = if at_midnight { day.yesterday().unwrap_or(day) } else { day };
}
