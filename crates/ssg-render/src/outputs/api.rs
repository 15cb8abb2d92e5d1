//! A file of the API.

use super::{Kind, Planner, Rendered, Result};
use crate::exports::api::{self, ApiOf, event_path};
use crate::reads::Reads;
use serde::Serialize;

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
        for event in &site.events {
            // Of two events with one id, content refers to one of them only.
            if site.event(&event.id).is_some_and(|other| other.page == event.page) {
                let of = ApiOf::Event(facets.page_key(event.page));
                let source = &site.page(event.page).source;
                planner.planned.add(&event_path(&event.id), Self(of), Some(source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        Ok(Rendered::text(api::text(reads, &self.0).unwrap_or_default()))
    }
}
