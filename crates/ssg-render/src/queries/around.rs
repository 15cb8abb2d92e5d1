//! `around`: what comes before and after a talk in its room, or an event in its series.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Editions, Schedule, Slot, TalkById};
use ssg_taxonomy::{LangId, PageKey};
use tera::TeraResult;

/// Of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Of {
    /// The talk of an id.
    Talk(String),
    /// The event of an id.
    Event(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Around {
    of: Of,
    language: LangId,
}

impl Function for Around {
    const NAME: &'static str = "around";
    const ARGUMENTS: &'static [&'static str] = &["talk", "event"];
    const ROWS: &'static [Entry] = &[entry(
        &["around(talk=…)", "around(event=…)"],
        "table",
        "`{previous, next}`, cards or null: the talks before and after in the programme, in the same room where the talk has one; or the editions before and after in the series",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let language = arguments.language()?;
        if let Some(talk) = arguments.optional("talk")? {
            return Ok(Self { of: Of::Talk(talk), language });
        }
        Ok(Self { of: Of::Event(arguments.text("event")?), language })
    }

    fn find(&self, reads: &Reads) -> Found {
        let (before, after) = match &self.of {
            Of::Talk(id) => around_talk(reads, id),
            Of::Event(id) => around_event(reads, id),
        }
        .unwrap_or_default();
        let shown = |key: Option<PageKey>| key.map(|key| reads.nearest(key, self.language));
        Ok(Answer::Neighbours(shown(before), shown(after)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match &self.of {
            Of::Talk(id) => format!("which talks come before and after `{id}`"),
            Of::Event(id) => format!("which editions come before and after `{id}`"),
        }
    }
}

type Two = (Option<PageKey>, Option<PageKey>);

/// The talks beside the first time of a talk. One that is given again is not its own neighbour.
fn around_talk(reads: &Reads, id: &str) -> Option<Two> {
    let key = reads.get::<TalkById>(&id.into())?.0;
    let event = reads.card(&key)?.talk.as_ref()?.event?;
    let schedule = reads.get::<Schedule>(&event)?;
    let at = schedule.0.iter().position(|slot| slot.talk == Some(key) && slot.starts.is_some())?;
    let own = schedule.0.get(at)?;
    let is_near = |slot: &&Slot| {
        let is_other = slot.talk.is_some_and(|talk| talk != key);
        let in_room = own.room.is_none() || slot.room == own.room;
        is_other && in_room && slot.starts.is_some() && !slot.cancelled
    };
    let before = schedule.0.get(..at)?.iter().rev().find(is_near);
    let after = schedule.0.get(at + 1..)?.iter().find(is_near);
    Some((before.and_then(|slot| slot.talk), after.and_then(|slot| slot.talk)))
}

/// The editions beside an event, of its series.
fn around_event(reads: &Reads, id: &str) -> Option<Two> {
    let key = event_of(reads, id)?;
    let series = reads.event(&key)?.series.clone()?;
    let editions = reads.get::<Editions>(&series.as_str().into())?;
    let at = editions.0.iter().position(|edition| *edition == key)?;
    let before = at.checked_sub(1).and_then(|before| editions.0.get(before));
    Some((before.copied(), editions.0.get(at + 1).copied()))
}
