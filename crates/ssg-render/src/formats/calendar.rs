//! Calendars after RFC 5545: what takes place when, as lines that end with CR LF.
//!
//! Times are written in the zone of what takes place, which is described in the file itself, so that a
//! program which knows no zones by name reads the same instants; where no description is read alike
//! everywhere they are in UTC. Nothing comes from a clock: the stamp of an entry is the date of its last
//! change, else of its announcement, and 1970 where neither is known. A library was not used, for the one at hand makes stamps and
//! identities of its own while it writes.

mod line;
#[cfg(test)]
mod tests;
mod zone;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::escape;
use line::Lines;
use zone::Zones;

/// A calendar and its entries in the order to be written.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Plain text.
    pub title: String,
    /// The entries.
    pub entries: Vec<CalendarEntry>,
    /// It is worth to look for changes every day: more is to come.
    pub grows: bool,
}

/// Something that takes place.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// What it is known by, in every calendar that has it and for ever.
    pub uid: String,
    /// When it takes place.
    pub time: CalendarTime,
    /// Plain text on one line.
    pub title: String,
    /// Plain text; may be empty.
    pub description: String,
    /// Plain text; may be empty.
    pub location: String,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
    /// Permalink of its page, or where to take part from afar.
    pub url: String,
    /// When it last changed, where that is known.
    pub changed: Option<Timestamp>,
    /// When it was announced, where that is known.
    pub announced: Option<Timestamp>,
    /// Higher for every change that others should take over.
    pub revision: u32,
    /// It was called off.
    pub cancelled: bool,
    /// Nobody is busy because of it, as with a deadline.
    pub free: bool,
}

/// When something takes place.
#[derive(Clone, Debug)]
pub enum CalendarTime {
    /// Whole days, the last one included.
    Days(Date, Date),
    /// From an instant to a later one, as clocks in a zone show it; of no length without an end.
    Span(TimeZone, Timestamp, Option<Timestamp>),
}

/// The text of a calendar. Never fails: what the format cannot hold is left out of texts.
pub fn render_calendar(calendar: &Calendar) -> String {
    let mut lines = Lines::new();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//ssg//calendars//EN");
    lines.add("CALSCALE:GREGORIAN");
    // The name of RFC 7986, and the one that programs knew before.
    let title = escape::one_line(&calendar.title);
    lines.text("NAME", &title);
    lines.text("X-WR-CALNAME", &title);
    if calendar.grows {
        lines.add("REFRESH-INTERVAL;VALUE=DURATION:P1D");
        lines.add("X-PUBLISHED-TTL:P1D");
    }
    let mut zones = Zones::default();
    for entry in &calendar.entries {
        if let CalendarTime::Span(zone, start, end) = &entry.time {
            zones.add(zone, *start);
            if let Some(end) = end {
                zones.add(zone, *end);
            }
        }
    }
    if calendar.entries.is_empty() {
        // The format asks for one component at least.
        zones.add_utc();
    }
    zones.write(&mut lines);
    for entry in &calendar.entries {
        write_entry(entry, &zones, &mut lines);
    }
    lines.add("END:VCALENDAR");
    lines.done()
}

fn write_entry(entry: &CalendarEntry, zones: &Zones, lines: &mut Lines) {
    lines.add("BEGIN:VEVENT");
    lines.text("UID", &entry.uid);
    let stamp = entry.changed.or(entry.announced).unwrap_or(Timestamp::UNIX_EPOCH);
    lines.add(&format!("DTSTAMP:{}", zone::utc(stamp)));
    if let Some(changed) = entry.changed {
        lines.add(&format!("LAST-MODIFIED:{}", zone::utc(changed)));
    }
    lines.add(&format!("SEQUENCE:{}", entry.revision.min(i32::MAX.unsigned_abs())));
    match &entry.time {
        CalendarTime::Days(first, last) => {
            lines.add(&format!("DTSTART;VALUE=DATE:{}", zone::day(*first)));
            // The end is the first day that does not belong to it.
            if let Ok(after) = last.max(first).tomorrow() {
                lines.add(&format!("DTEND;VALUE=DATE:{}", zone::day(after)));
            }
        }
        CalendarTime::Span(zone, start, end) => {
            lines.add(&format!("DTSTART{}", zones.moment(zone, *start)));
            if let Some(end) = end.filter(|end| end > start) {
                lines.add(&format!("DTEND{}", zones.moment(zone, end)));
            }
        }
    }
    lines.text("SUMMARY", &escape::one_line(&entry.title));
    if !entry.description.trim().is_empty() {
        lines.text("DESCRIPTION", entry.description.trim());
    }
    if !entry.location.trim().is_empty() {
        lines.text("LOCATION", &escape::one_line(&entry.location));
    }
    if let Some((latitude, longitude)) = entry.coordinates {
        lines.add(&format!("GEO:{latitude};{longitude}"));
    }
    lines.add(&format!("URL:{}", escape::uri(&entry.url)));
    lines.add(if entry.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    // Whole days are for looking at: nobody's calendar is full from midnight to midnight because of them.
    if entry.free || entry.cancelled || matches!(entry.time, CalendarTime::Days(..)) {
        lines.add("TRANSP:TRANSPARENT");
    }
    lines.add("END:VEVENT");
}
