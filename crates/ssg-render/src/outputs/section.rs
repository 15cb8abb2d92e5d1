//! A pager of a section: its text, and the pages that it lists.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::page::own_template;
use super::{Class, Kind, Planner, Rendered, Result};
use crate::exports::calendars::CalendarOf;
use crate::lists::{List, pager_count, pager_path, section_pager};
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use ssg_taxonomy::facets::SectionText;
use ssg_taxonomy::{SectionId, SectionKey};
use tera::Value;

#[derive(Clone, Debug, Serialize)]
pub(super) struct SectionPager {
    key: SectionKey,
    /// From 1.
    number: usize,
}

impl SectionPager {
    pub(super) fn first(key: SectionKey) -> Self {
        Self { key, number: 1 }
    }
}

impl Kind for SectionPager {
    const WORDS: &'static str = "section";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let (config, facets) = (planner.snapshot.config(), planner.snapshot.facets());
        for (number, section) in (0u32..).zip(&planner.snapshot.site().sections) {
            if !section.has_list {
                continue;
            }
            let key = facets.section_key(SectionId(number));
            let own = section.document.front.paginate_by.and_then(|size| usize::try_from(size).ok());
            let size = own.filter(|size| *size > 0).or(config.paginate_by);
            for number in 1..=pager_count(section.pages.len(), size) {
                let path = pager_path(&section.path, number);
                planner.planned.add(&path, Self { key, number }, section.source.as_ref());
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("section");
        let section = reads.section(&self.key).ok_or_else(gone)?;
        let text = reads.get::<SectionText>(&self.key).ok_or_else(gone)?;
        let pager = section_pager(reads, self.key, self.number);
        let view = page_views::section_view(reads, self.key, &pager.pages);
        let is_home = section.parent.is_none();
        let mut names = vec!["section.html".to_owned()];
        if is_home {
            names.insert(0, "index.html".to_owned());
        }
        if let Some(own) = &text.0.0.front.template {
            let source = section.source.clone().unwrap_or_default();
            names.insert(0, own_template(reads, own, &source)?);
        }
        let path = pager_path(&section.path, self.number);
        let list = if is_home { List::Site(section.language) } else { List::Section(self.key) };
        let kind = if is_home { "home" } else { "section" };
        let lang = reads.tag(section.language);
        let frame = Frame {
            list: Some(list),
            source: section.source.as_ref(),
            calendar: (is_home || *section.dir == *"events").then_some(CalendarOf::All),
            first_pager: &section.path,
            ..Frame::new(kind, About::Section(self.key), &path, (&lang, section.language))
        };
        let paginator = if pager.is_paginated {
            page_views::paginator_view(&section.path, self.number, pager.total)
        } else {
            Value::none()
        };
        template(reads, &names, &frame, "section", view, &[("paginator", paginator)]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let site = snapshot.site();
        let dir = site.section(snapshot.facets().section_id(&self.key)?).dir.as_str();
        let below = format!("content/{dir}");
        // The home page is there in any case.
        let is_below = |page: &&ssg_taxonomy::Page| !dir.is_empty() && page.source.below(&below).is_some();
        let words = format!("a page below `content/{dir}/`, which makes that folder a section");
        Some(Origin { path: first(site.pages.iter().filter(is_below))?, words, distance: 1 })
    }

    fn advice(&self, snapshot: &SiteSnapshot, path: &SitePath) -> Option<String> {
        let site = snapshot.site();
        let dir = site.section(snapshot.facets().section_id(&self.key)?).dir.as_str();
        let folder = dir.split('/').next().filter(|folder| !folder.is_empty())?;
        Some(match site.taxonomy(folder) {
            Some(_) => {
                format!(
                    "move `{path}`: pages of terms lie directly in `content/{folder}/`, one file for each"
                )
            }
            None => format!("rename the folder `content/{dir}/`"),
        })
    }
}
