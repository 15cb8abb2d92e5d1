//! `events`: the events in a state, by time.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::did_you_mean;
use ssg_taxonomy::facets::{EventMoment, Events as AllEvents};
use ssg_taxonomy::{EventState, LangId, PageKey};
use tera::TeraResult;

const STATES: [&str; 5] = ["upcoming", "cfp-open", "on-now", "past", "cancelled"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Events {
    state: Option<String>,
    limit: usize,
    descending: bool,
    language: LangId,
}

impl Function for Events {
    const NAME: &'static str = "events";
    const ARGUMENTS: &'static [&'static str] = &["state", "limit", "order"];
    const ROWS: &'static [Entry] = &[entry(
        &["events(state=\"upcoming\", limit=5, order=\"asc\")"],
        "list of cards",
        "events; without `state` all; `state=\"upcoming\"` includes CFP open and on now",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            state: arguments.optional("state")?,
            limit: arguments.limit(ALL)?,
            descending: arguments.optional("order")?.is_some_and(|order| order == "desc"),
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let state = self.state.as_deref();
        if let Some(wrong) = state.filter(|state| !STATES.contains(state)) {
            let hint = did_you_mean(wrong, STATES).map_or_else(String::new, |hint| format!(": {hint}"));
            return Err(format!("`{wrong}` is no state of an event{hint}"));
        }
        let wanted = |key: &PageKey| match state {
            None => true,
            Some(wanted) => reads.get::<EventMoment>(key).is_some_and(|event| match wanted {
                "upcoming" => event.state.is_ahead(),
                "past" => event.state == EventState::Past,
                other => event.state.name() == other,
            }),
        };
        let all = reads.get::<AllEvents>(&()).map_or_else(Vec::new, |all| all.0.clone());
        let mut pages: Vec<PageKey> = all.into_iter().filter(wanted).collect();
        if self.descending {
            pages.reverse();
        }
        pages.truncate(self.limit);
        Ok(Answer::Pages(pages.into_iter().map(|key| reads.nearest(key, self.language)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match &self.state {
            Some(state) => format!("which events are {state}"),
            None => "which events there are".to_owned(),
        }
    }
}
