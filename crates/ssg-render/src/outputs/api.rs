//! A file of the API.

use super::{Kind, Planner, Rendered, Result};
use crate::exports::api::{RowOf, event_path, slot_value};
use crate::queries::api_row::ApiRow;
use crate::reads::{ReadSite, Reads};
use serde::Serialize;
use serde_json::{Value, json};
use ssg_taxonomy::facets::{AllTerms, EventTalks, Events, LooseTalks, Schedule};
use ssg_taxonomy::{LangId, PageKey};
use std::sync::Arc;

/// Which file of the API.
#[derive(Clone, Debug, Serialize)]
enum ApiOf {
    /// All events.
    Events,
    /// All talks.
    Talks,
    /// All terms of a taxonomy.
    Terms(Arc<str>),
    /// An event, by its page, with its talks and its schedule.
    Event(PageKey),
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ApiFile(ApiOf);

impl Kind for ApiFile {
    const WORDS: &'static str = "API";

    fn plan(planner: &mut Planner<'_>) {
        if !planner.snapshot.config().outputs.api {
            return;
        }
        for (path, of) in [
            ("/api/events.json", ApiOf::Events),
            ("/api/talks.json", ApiOf::Talks),
            ("/api/speakers.json", ApiOf::Terms("speakers".into())),
            ("/api/tools.json", ApiOf::Terms("tools".into())),
        ] {
            planner.planned.add(path, Self(of), None);
        }
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        for event in site.events.iter().filter(|event| !site.page(event.page).is_unlisted()) {
            // Of two events with one id, content refers to one of them only.
            if site.event(&event.id).is_some_and(|other| other.page == event.page) {
                let of = ApiOf::Event(facets.page_key(event.page));
                let source = &site.page(event.page).source;
                planner.planned.add(&event_path(&event.id), Self(of), Some(source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        Ok(Rendered::text(text(reads, &self.0).unwrap_or_default()))
    }
}

/// The text of a file of the API; `None` where there is none.
fn text(reads: &Reads, of: &ApiOf) -> Option<String> {
    let ask = |row: RowOf| (*reads.ask(&ApiRow(row))).clone();
    let events = || reads.get::<Events>(&()).map_or_else(Vec::new, |events| events.0.clone());
    let talks_of =
        |event: &PageKey| reads.get::<EventTalks>(event).map_or_else(Vec::new, |all| all.0.clone());
    let value = match of {
        ApiOf::Events => {
            json!({ "events": events().into_iter().filter_map(|key| ask(RowOf::Event(key))).collect::<Vec<_>>() })
        }
        ApiOf::Talks => {
            let of_events = events().into_iter().flat_map(|event| talks_of(&event));
            let loose = reads.get::<LooseTalks>(&()).map_or_else(Vec::new, |loose| loose.0.clone());
            let talks = of_events.chain(loose).filter_map(|key| ask(RowOf::Talk(key)));
            json!({ "talks": talks.collect::<Vec<_>>() })
        }
        ApiOf::Terms(taxonomy) => {
            let is_listed =
                reads.taxonomy(taxonomy).is_some_and(|taxonomy| !taxonomy.standing(LangId::MAIN).unlisted);
            let terms = reads.get::<AllTerms>(taxonomy).filter(|_| is_listed);
            let terms = terms.map_or_else(Vec::new, |terms| terms.0.clone());
            let values: Vec<Value> = terms.into_iter().filter_map(|key| ask(RowOf::Term(key))).collect();
            json!({ &**taxonomy: values })
        }
        ApiOf::Event(key) => {
            let mut value = ask(RowOf::Event(*key))?;
            let talks = talks_of(key).into_iter().filter_map(|key| ask(RowOf::Talk(key)));
            let slots = reads.get::<Schedule>(key);
            let slots = slots.iter().flat_map(|slots| &slots.0).map(|slot| slot_value(reads, slot));
            // In the place of the talks' ids stand the talks.
            value["talks"] = Value::from(talks.collect::<Vec<_>>());
            value["slots"] = Value::from(slots.collect::<Vec<_>>());
            value
        }
    };
    Some(format!("{value}\n"))
}
