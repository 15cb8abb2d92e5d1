//! People who speak at two events at once.
//!
//! Who is in two places of one event is [`super::clash`]'s to say. Here all talks of a person are put
//! in order of time, so that the work grows with their number. An event that was called off keeps
//! nobody, and a slot without an end lasts no time.

use super::clash::span;
use super::schedule::Classified;
use crate::ids::TermId;
use crate::site::Site;
use jiff::Timestamp;
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::collections::BTreeMap;

/// A talk of somebody: when, at which event, in which of its slots.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Appearance {
    from: Timestamp,
    to: Timestamp,
    event: usize,
    slot: usize,
}

impl Appearance {
    fn overlaps(&self, later: &Self) -> bool {
        self.from == later.from || later.from < self.to
    }

    fn placed<'s>(&self, site: &'s Site) -> Option<Classified<'s>> {
        let event = site.events.get(self.event)?;
        Some(Classified::new(site, event, event.slots.get(self.slot)?))
    }
}

/// Warns of every talk whose speaker is at another event meanwhile.
pub(super) fn check(site: &Site, found: &mut Diagnostics) {
    let mut by_speaker: BTreeMap<TermId, Vec<Appearance>> = BTreeMap::new();
    for (number, event) in site.events.iter().enumerate() {
        let table = site.page(event.page).document.front.event.as_deref();
        if table.is_some_and(|table| table.cancelled) {
            continue;
        }
        for (place, slot) in
            event.slots.iter().enumerate().filter(|(_, slot)| slot.talk.is_some() && !slot.cancelled)
        {
            let Some((from, to)) = span(slot) else { continue };
            let one = Appearance { from, to, event: number, slot: place };
            for speaker in &slot.speakers {
                by_speaker.entry(*speaker).or_default().push(one);
            }
        }
    }
    for (speaker, mut talks) in by_speaker {
        let first = talks.first().map(|one| one.event);
        if talks.iter().any(|one| Some(one.event) != first) {
            talks.retain(|one| one.placed(site).is_some_and(|placed| placed.is_timed()));
            talks.sort_unstable();
            check_speaker(site, speaker, &talks, found);
        }
    }
}

/// Looks through the talks of one person, in order of their beginnings.
fn check_speaker(site: &Site, speaker: TermId, talks: &[Appearance], found: &mut Diagnostics) {
    // The one that lasts longest so far, and the one that does at any other event.
    let (mut longest, mut elsewhere): (Option<Appearance>, Option<Appearance>) = (None, None);
    for talk in talks {
        let other = [longest, elsewhere].into_iter().flatten().find(|before| before.event != talk.event);
        if let Some(warning) = other.filter(|before| before.overlaps(talk)).and_then(|before| {
            let name = &site.term(speaker).name;
            two_places(site, name, &before, talk)
        }) {
            found.add(warning);
        }
        match longest {
            Some(before) if talk.to < before.to => {
                let lasts = talk.event != before.event && elsewhere.is_none_or(|other| talk.to >= other.to);
                elsewhere = if lasts { Some(*talk) } else { elsewhere };
            }
            before => {
                elsewhere = before.filter(|before| before.event != talk.event).or(elsewhere);
                longest = Some(*talk);
            }
        }
    }
}

fn two_places(site: &Site, name: &str, before: &Appearance, later: &Appearance) -> Option<Diagnostic> {
    let (one, other) = (before.placed(site)?, later.placed(site)?);
    let (at, at_other) = (site.events.get(before.event)?, site.events.get(later.event)?);
    let message = format!(
        "{name} speaks in `{}` of `{}` and in `{}` of `{}` at the same time",
        one.name(),
        at.id,
        other.name(),
        at_other.id
    );
    let ((other_file, other_span), (file, span)) = (one.place(), other.place());
    let time = one
        .slot
        .starts
        .as_ref()
        .map_or_else(String::new, |from| from.strftime(", %Y-%m-%d %H:%M %Z").to_string());
    Some(Diagnostic::warning(codes::SCHEDULE_SPEAKER, message).in_file(&file).at(span).label(
        &other_file,
        Some(other_span),
        format!("`{}`{time}", one.name()),
    ))
}
