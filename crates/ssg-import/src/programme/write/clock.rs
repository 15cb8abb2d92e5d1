//! By which clock the hours of an event are written.

use crate::EventOptions;
use crate::Guess;
use crate::content_page::header_of;
use crate::programme::model::{Moment, Programme};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// By which clock the hours of an event are written.
pub(super) struct Clock {
    pub zone: TimeZone,
    /// Its name, where the event's file is to say it.
    pub name: Option<String>,
}

impl Clock {
    /// The clock of the event's file, else the one that was asked for, else that of the source or the site: whichever
    /// has the offsets that the source's hours are written with.
    pub fn choose(programme: &Programme, options: &EventOptions<'_>, notes: &mut Vec<Guess>) -> Self {
        let note = |what: String| Guess::new(0, what);
        let own = options.site.index.as_ref().and_then(|(_, bytes)| {
            let header = header_of(bytes);
            Some(header.get("event")?.value.get("timezone")?.value.as_str()?.to_owned())
        });
        let moments = || {
            let slots = programme.sessions.iter().flat_map(|session| &session.slots);
            slots.flat_map(|slot| [slot.starts, slot.ends]).flatten()
        };
        let offsets: Vec<(DateTime, Offset)> = moments()
            .filter_map(|moment| match moment {
                Moment::At(local, offset) => Some((local, offset)),
                _ => None,
            })
            .collect();
        let fits = |zone: &TimeZone| {
            offsets.iter().all(|(local, offset)| {
                offset.to_timestamp(*local).is_ok_and(|instant| zone.to_offset(instant) == *offset)
            })
        };
        let get = |name: &Option<String>| {
            let name = name.as_deref()?;
            let zone = TimeZone::get(name).ok()?;
            Some((zone.iana_name().unwrap_or(name).to_owned(), zone))
        };
        if let Some((name, zone)) = get(&own).or_else(|| get(&options.zone)) {
            return Self { zone, name: Some(name) };
        }
        let (said, sites) = (get(&programme.zone), get(&options.site.zone));
        if let (Some(written), None) = (&programme.zone, &said) {
            notes.push(note(format!("the source's time zone `{written}` is not known")));
        }
        if let Some((name, zone)) = said.clone().filter(|(_, zone)| fits(zone)) {
            return Self { zone, name: Some(name) };
        }
        if let Some((name, zone)) = sites.clone().filter(|(_, zone)| !offsets.is_empty() && fits(zone)) {
            if let Some((said, _)) = &said {
                notes.push(note(format!("the source says {said}, and its hours are those of {name}")));
            }
            return Self { zone, name: Some(name) };
        }
        if let Some((_, first)) = offsets.first()
            && let Some((name, zone)) = fixed(*first).filter(|(_, zone)| fits(zone))
        {
            let source = said.map_or_else(|| "no time zone".to_owned(), |(name, _)| name);
            notes.push(note(format!(
                "the source says {source}, and its hours are UTC{first}: name the zone with `--timezone`, or in \
                 the event's file, where {name} stands for it"
            )));
            return Self { zone, name: Some(name) };
        }
        if let Some((name, zone)) = said {
            notes.push(note(format!("the source says {name}, and not all of its hours are of that zone")));
            return Self { zone, name: Some(name) };
        }
        match sites {
            Some((_, zone)) => Self { zone, name: None },
            None => {
                notes.push(note(
                    "nothing says in which time zone its hours are meant: name it with `--timezone`, or in \
                     the event's file"
                        .to_owned(),
                ));
                Self { zone: TimeZone::UTC, name: None }
            }
        }
    }

    /// The local time of a moment; `None` for one out of bounds.
    pub fn local(&self, moment: Moment) -> Option<DateTime> {
        match moment {
            Moment::Day(day) => Some(day.at(0, 0, 0, 0)),
            Moment::Local(local) => Some(local),
            moment => Some(self.zone.to_datetime(moment.instant(&self.zone)?)),
        }
    }

    /// A moment as front matter has it.
    pub fn written(&self, moment: Moment) -> Option<String> {
        match moment {
            Moment::Day(day) => Some(day.to_string()),
            Moment::Local(local) => Some(seconds(local)),
            moment => Some(self.of_instant(moment.instant(&self.zone)?)),
        }
    }

    /// An instant as front matter has it: with an offset in an hour that the clock shows twice.
    pub fn of_instant(&self, instant: Timestamp) -> String {
        let local = self.zone.to_datetime(instant);
        if self.zone.to_ambiguous_timestamp(local).is_ambiguous() {
            return instant.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        }
        seconds(local)
    }
}

fn seconds(local: DateTime) -> String {
    local.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A zone that has always this offset, of whole hours.
fn fixed(offset: Offset) -> Option<(String, TimeZone)> {
    let hours = offset.seconds() / 3600;
    if hours * 3600 != offset.seconds() {
        return None;
    }
    // These names count the other way round.
    let name = match hours {
        0 => "UTC".to_owned(),
        hours if hours > 0 => format!("Etc/GMT-{hours}"),
        hours => format!("Etc/GMT+{}", -hours),
    };
    let zone = TimeZone::get(&name).ok()?;
    Some((name, zone))
}
