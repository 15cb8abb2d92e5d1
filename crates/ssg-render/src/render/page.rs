//! The page of a content file.

use super::Result;
use super::frame::{Frame, template};
use crate::exports::calendars;
use crate::plan::FeedOf;
use crate::reader::About;
use crate::views;
use crate::world::World;
use ssg_source::Diagnostic;
use ssg_taxonomy::PageId;

/// Renders a page with its own template or that of its kind.
pub(super) fn page(world: &World, id: PageId, lang: &str) -> Result<String> {
    let page = world.site.page(id);
    let kind = page.kind.name();
    let mut names = vec![format!("{kind}.html"), "page.html".to_owned()];
    if let Some(own) = &page.document.front.template {
        if !world.look.engine.has(&own.value) {
            let hint = world.look.engine.near().did_you_mean(&own.value);
            return Err(Box::new(
                Diagnostic::error("unknown-template", format!("there is no template `{}`", own.value))
                    .in_file(&page.source)
                    .at(own.span)
                    .hint_if(hint),
            ));
        }
        names.insert(0, own.value.clone());
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
