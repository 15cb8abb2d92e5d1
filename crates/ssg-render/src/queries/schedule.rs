//! `schedule`: the schedule of an event by day and room.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schedule {
    event: String,
    language: LangId,
}

impl Function for Schedule {
    const NAME: &'static str = "schedule";
    const ARGUMENTS: &'static [&'static str] = &["event"];
    const ROWS: &'static [Entry] =
        &[entry(&["schedule(event=…)"], "list of days", "the event's schedule, see below")];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { event: arguments.text("event")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let view = event_of(reads, &self.event).map(|key| views::schedule_view(reads, key, self.language));
        Ok(Answer::Value(view.unwrap_or_else(|| Value::from(Vec::<Value>::new()))))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the schedule of `{}`", self.event)
    }
}
