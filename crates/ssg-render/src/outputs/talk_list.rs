//! A pager of a list of talks: all of them, or those of a year, of an event, of a kind, about a tool, with a video.
//!
//! Where the site has a page or a section of its own at `/talks/`, there are none of these.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::lists::{List, pager_count, pager_path, talk_pager, talks_on_a_pager};
use crate::page_views;
use crate::queries::card::shown_event;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::Serialize;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{EventTalks, Events, TalkFilter, TalkGroups, tool_key};
use tera::Value;

#[derive(Clone, Debug, Serialize)]
pub(super) struct TalkPager {
    filter: TalkFilter,
    language: LangId,
    /// From 1.
    number: usize,
}

impl Kind for TalkPager {
    const WORDS: &'static str = "list of talks";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let config = planner.snapshot.config();
        if !config.outputs.talks {
            return;
        }
        let (site, facets) = (planner.snapshot.site(), planner.snapshot.facets());
        let size = talks_on_a_pager(config.paginate_by);
        for language in site.languages() {
            let home = site.home_path(language);
            let is_taken = site.at_path(&TalkFilter::All.path(home)).is_some();
            let groups = facets.get::<TalkGroups>(&language).into_value().filter(|_| !is_taken);
            for (filter, count) in groups.iter().flat_map(|groups| groups.lists()) {
                let path = filter.path(home);
                for number in 1..=pager_count(count, Some(size)) {
                    let pager = Self { filter: filter.clone(), language, number };
                    planner.planned.add(&pager_path(&path, number), pager, None);
                }
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("list of talks");
        let (language, lang) = (self.language, reads.tag(self.language));
        let first_path = self.filter.path(reads.languages().path(language));
        let path = pager_path(&first_path, self.number);
        let pager = talk_pager(reads, &self.filter, language, self.number).ok_or_else(gone)?;
        let all = reads.word(&lang, "all-talks", "All talks");
        let narrowed = self.name(reads);
        let crumb = narrowed.as_ref().zip(reads.talk_library(language));
        let crumb = crumb
            .map(|(_, path)| Table::new().set("title", all.as_str()).set("path", path).done())
            .into_iter()
            .collect::<Vec<_>>();
        let title = narrowed.map_or(all.clone(), |name| format!("{all} · {name}"));
        let view = page_views::list_view(reads, "talks", &title, &first_path, &pager.pages)
            .set("permalink", reads.permalink(&path))
            .set("count", pager.all)
            .set("breadcrumbs", crumb)
            .set("events", self.events(reads))
            .done();
        let frame = Frame {
            list: Some(List::Site(language)),
            first_pager: &first_path,
            ..Frame::new("talks", About::Archive, &path, (&lang, language))
        };
        let names = ["talks.html".to_owned(), "section.html".to_owned()];
        let paginator = page_views::paginator_view(&first_path, self.number, pager.total);
        template(reads, &names, &frame, "section", view, &[("paginator", paginator)]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let talks = snapshot.site().pages.iter().filter(|page| page.kind == ssg_taxonomy::Kind::Talk);
        let words = "a talk, and talks have lists".to_owned();
        Some(Origin { path: first(talks)?, words, distance: 2 })
    }
}

impl TalkPager {
    /// What the list is narrowed down to, in words; nothing for the list of all talks.
    fn name(&self, reads: &Reads) -> Option<String> {
        let lang = reads.tag(self.language);
        match &self.filter {
            TalkFilter::All => None,
            TalkFilter::Video => Some(reads.word(&lang, "with-video", "With video")),
            TalkFilter::Year(year) => Some(year.to_string()),
            TalkFilter::Event(slug) => {
                let groups = reads.get::<TalkGroups>(&self.language)?;
                let (_, event, _) = groups.events.iter().find(|(own, ..)| own == slug)?;
                Some(reads.card(&reads.nearest(*event, self.language))?.title.clone())
            }
            TalkFilter::Kind(slug) => {
                let groups = reads.get::<TalkGroups>(&self.language);
                let word = groups.iter().flat_map(|groups| &groups.kinds).find(|(own, ..)| own == slug);
                word.map(|(_, word, _)| reads.word(&lang, &format!("kind-{word}"), word))
            }
            TalkFilter::Tool(slug) => {
                Some(reads.term(&tool_key(slug))?.in_language(self.language).name.clone())
            }
        }
    }

    /// The events of the year, on the first pager of its talks.
    fn events(&self, reads: &Reads) -> Vec<Value> {
        let TalkFilter::Year(year) = self.filter else { return Vec::new() };
        let events = reads.get::<Events>(&()).filter(|_| self.number == 1);
        let of_year = events.iter().flat_map(|events| &events.0).filter(|key| {
            reads.event(key).is_some_and(|event| event.is_dated() && event.start.year() == year)
                && reads.get::<EventTalks>(key).is_some_and(|talks| !talks.0.is_empty())
        });
        of_year.filter_map(|key| shown_event(reads, *key, self.language)).collect()
    }
}
