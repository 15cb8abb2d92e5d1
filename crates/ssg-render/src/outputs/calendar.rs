//! A calendar: of an event, a talk, a series, a speaker or a tool; of what is to come, and of calls.

use super::{Kind, Planner, Rendered, Result};
use crate::exports::calendars::{self, CalendarOf, is_wanted};
use crate::reads::Reads;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::Kind as PageKind;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Calendar(CalendarOf);

impl Kind for Calendar {
    const WORDS: &'static str = "calendar";

    fn plan(planner: &mut Planner<'_>) {
        let outputs = &planner.snapshot.config().outputs;
        let any = outputs.calendars
            || outputs.talk_calendars
            || outputs.speaker_calendars
            || outputs.tool_calendars;
        if !any {
            return;
        }
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        let mut all: Vec<(CalendarOf, Option<&SitePath>)> = Vec::new();
        // What the configuration does not want is not looked at.
        for (id, page) in site.numbered_pages().filter(|(id, _)| site.is_original(*id)) {
            let is_wanted = match page.kind {
                PageKind::Event => outputs.calendars,
                PageKind::Talk => outputs.talk_calendars,
                PageKind::Page | PageKind::Post | PageKind::Term => false,
            };
            if is_wanted {
                all.push((CalendarOf::Page(facets.page_key(id)), Some(&page.source)));
            }
        }
        all.extend(facets.series().keys().map(|slug| (CalendarOf::Series(slug.as_str().into()), None)));
        let of_terms = [("speakers", outputs.speaker_calendars), ("tools", outputs.tool_calendars)];
        for (name, _) in of_terms.into_iter().filter(|(_, is_wanted)| *is_wanted) {
            for id in site.taxonomy(name).map_or_else(Vec::new, |index| site.term_ids(index)) {
                let source = site.term(id).page.map(|page| &site.page(page).source);
                all.push((CalendarOf::Term(facets.term_key(id)), source));
            }
        }
        all.extend([(CalendarOf::All, None), (CalendarOf::Upcoming, None), (CalendarOf::Calls, None)]);
        for (of, source) in all {
            let path = match planner.reads {
                Some(reads) => is_wanted(reads, &of).then(|| calendars::path(reads, &of)),
                None => Some(calendars::path_in(planner.snapshot, &of)),
            };
            if let Some(path) = path {
                planner.planned.add(&path, Self(of), source);
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        Ok(Rendered::text(calendars::text(reads, &self.0).unwrap_or_default()))
    }
}
