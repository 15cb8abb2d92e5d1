//! The schedule of an event for apps that read XML; it goes with the one in JSON.

use super::{Kind, Planner, Rendered, Result};
use crate::exports::schedule_xml;
use crate::reads::Reads;
use serde::Serialize;
use ssg_taxonomy::PageKey;

#[derive(Clone, Debug, Serialize)]
pub(super) struct ScheduleXml(PageKey);

impl Kind for ScheduleXml {
    const WORDS: &'static str = "schedule for apps in XML";

    fn plan(planner: &mut Planner<'_>) {
        if !planner.snapshot.config().outputs.schedule_json {
            return;
        }
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        for event in site
            .events
            .iter()
            .filter(|event| event.slots.iter().any(|slot| slot.starts.is_some() && !slot.cancelled))
        {
            let page = site.page(event.page);
            let kind = Self(facets.page_key(event.page));
            planner.planned.add(&schedule_xml::path(&page.path), kind, Some(&page.source));
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        Ok(Rendered::text(schedule_xml::text(reads, &self.0).unwrap_or_default()))
    }
}
