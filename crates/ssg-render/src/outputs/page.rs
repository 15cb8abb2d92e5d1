//! The page of a content file.

use super::frame::{Frame, template};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::exports::calendars::CalendarOf;
use crate::facets::near::Names;
use crate::facets::theme::Template;
use crate::lists::List;
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_parse::Spanned;
use ssg_source::SitePath;
use ssg_source::{Class as Blame, Diagnostic, codes};
use ssg_taxonomy::facets::Content;
use ssg_taxonomy::{Kind as PageKind, PageKey};

/// The template of a page about feeds and calendars, which is given those of the site.
const SUBSCRIBE: &str = "subscribe.html";

/// The template that a header names.
pub(super) fn own_template(reads: &Reads, own: &Spanned<String>, source: &SitePath) -> Result<String> {
    if reads.get::<Template>(&own.value.as_str().into()).is_some() {
        return Ok(own.value.clone());
    }
    let problem = match SitePath::new(&own.value) {
        Ok(_) => Diagnostic::error(codes::UNKNOWN_TEMPLATE, format!("there is no template `{}`", own.value))
            .hint_if(reads.did_you_mean(Names::Templates, &own.value)),
        Err(error) => Diagnostic::error(codes::TEMPLATE, format!("refused: `{}`: {error}", own.value))
            .class(Blame::Policy)
            .hint("templates are named from the folder `templates/`"),
    };
    Err(Box::new(problem.in_file(source).at(own.span)))
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Page(pub PageKey);

impl Kind for Page {
    const WORDS: &'static str = "page";
    const CLASS: Class = Class::Page;

    fn plan(planner: &mut Planner<'_>) {
        let facets = planner.snapshot.facets();
        for (id, page) in planner.snapshot.site().numbered_pages() {
            if page.kind != PageKind::Term && page.document.front.redirect_to.is_none() {
                planner.planned.add(&page.path, Self(facets.page_key(id)), Some(&page.source));
            }
        }
    }

    /// With its own template or that of its kind.
    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let gone = || super::gone("page");
        let page = reads.card(&self.0).ok_or_else(gone)?;
        let kind = page.kind.name();
        let mut names = vec![format!("{kind}.html"), "page.html".to_owned()];
        let content = reads.get::<Content>(&self.0).ok_or_else(gone)?;
        if let Some(own) = &content.0.front.template {
            names.insert(0, own_template(reads, own, &page.source)?);
        }
        let view = page_views::page_view(reads, self.0);
        let is_below = reads.section(&page.section).is_some_and(|section| section.parent.is_some());
        let list = if is_below { List::Section(page.section) } else { List::Site(page.language) };
        // A translation has the calendar of its original.
        let original = reads.card(&page.original).unwrap_or_else(|| page.clone());
        let calendar = match original.kind {
            PageKind::Event | PageKind::Talk => Some(CalendarOf::Page(page.original)),
            _ => content
                .0
                .front
                .template
                .as_ref()
                .filter(|own| own.value == SUBSCRIBE)
                .map(|_| CalendarOf::All),
        };
        let frame = Frame {
            list: Some(list),
            source: Some(&page.source),
            calendar,
            ..Frame::new(kind, About::Page(self.0), &page.path, (&page.lang, page.language))
        };
        template(reads, &names, &frame, "page", view, &[]).map(Rendered::text)
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("set `slug` or `path` in `{path}`, or rename it"))
    }
}
