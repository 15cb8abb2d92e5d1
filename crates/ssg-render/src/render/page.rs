//! The page of a content file.

use super::Result;
use super::frame::{Frame, template};
use crate::exports::calendars;
use crate::plan::FeedOf;
use crate::reader::About;
use crate::views;
use crate::world::World;
use ssg_parse::Spanned;
use ssg_source::{Class, Diagnostic, SitePath, did_you_mean};
use ssg_taxonomy::PageId;

/// The template that a header names.
pub(super) fn own_template(world: &World, own: &Spanned<String>, source: &SitePath) -> Result<String> {
    if world.look.engine.has(&own.value) {
        return Ok(own.value.clone());
    }
    let problem = match SitePath::new(&own.value) {
        Ok(_) => Diagnostic::error("unknown-template", format!("there is no template `{}`", own.value))
            .hint_if(did_you_mean(&own.value, world.look.engine.names())),
        Err(error) => Diagnostic::error("template", format!("refused: `{}`: {error}", own.value))
            .class(Class::Policy)
            .hint("templates are named from the folder `templates/`"),
    };
    Err(Box::new(problem.in_file(source).at(own.span)))
}

/// Renders a page with its own template or that of its kind.
pub(super) fn page(world: &World, id: PageId, lang: &str) -> Result<String> {
    let page = world.site.page(id);
    let kind = page.kind.name();
    let mut names = vec![format!("{kind}.html"), "page.html".to_owned()];
    if let Some(own) = &page.document.front.template {
        names.insert(0, own_template(world, own, &page.source)?);
    }
    let view = views::page_view(world, id);
    let is_below = world.site.section(page.section).parent.is_some();
    let list = if is_below { FeedOf::Section(page.section) } else { FeedOf::Site(page.language) };
    let list = Some(list);
    let (source, calendar) =
        (Some(&page.source), calendars::of_page(world.site.page(world.site.original(id))));
    let frame = Frame { list, source, calendar, ..Frame::new(kind, About::Page(id), &page.path, lang) };
    template(world, &names, &frame, "page", view, &[])
}
