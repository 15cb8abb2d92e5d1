//! `speakers`: who speaks at an event, in the order of its programme.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::TermKey;
use ssg_taxonomy::facets::{EventTalks, Schedule};
use std::collections::HashSet;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Speakers {
    event: String,
}

impl Function for Speakers {
    const NAME: &'static str = "speakers";
    const ARGUMENTS: &'static [&'static str] = &["event"];
    const ROWS: &'static [Entry] = &[entry(
        &["speakers(event=…)"],
        "list of term references",
        "who speaks at an event, in the order of its programme",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { event: arguments.text("event")? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let Some(event) = event_of(reads, &self.event) else { return Ok(Answer::Terms(Vec::new())) };
        let schedule = reads.get::<Schedule>(&event);
        let slots = schedule.iter().flat_map(|schedule| &schedule.0).filter(|slot| !slot.cancelled);
        let mut all: Vec<TermKey> = slots.flat_map(|slot| slot.speakers.iter().copied()).collect();
        let talks = reads.get::<EventTalks>(&event);
        for card in talks.iter().flat_map(|talks| &talks.0).filter_map(|key| reads.card(key)) {
            if card.talk.as_ref().is_some_and(|talk| !talk.cancelled) {
                all.extend(card.terms_of("speakers"));
            }
        }
        let mut known = HashSet::new();
        all.retain(|speaker| known.insert(*speaker));
        Ok(Answer::Terms(all.into_iter().map(|speaker| (speaker, None)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("who speaks at `{}`", self.event)
    }
}
