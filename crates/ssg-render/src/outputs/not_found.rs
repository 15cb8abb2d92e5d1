//! The page for what is not found.

use super::frame::{Frame, template};
use super::{Kind, Planner, Rendered, Result};
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::table::{Table, html};
use serde::Serialize;
use ssg_taxonomy::LangId;

#[derive(Clone, Debug, Serialize)]
pub(super) struct NotFound;

impl Kind for NotFound {
    const WORDS: &'static str = "404 page";

    fn plan(planner: &mut Planner<'_>) {
        if planner.snapshot.config().outputs.not_found {
            planner.planned.add("/404.html", Self, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let lang = reads.tag(LangId::MAIN);
        let view =
            Table::from_value(&page_views::section_view(reads, reads.languages().home(LangId::MAIN), &[]))
                .set("kind", "404")
                .set("title", reads.word(&lang, "not-found", "Not found"))
                .set("path", "/404.html")
                .set("content", html(""))
                .set("description", "")
                .done();
        let frame = Frame::new("404", About::NotFound, "/404.html", (&lang, LangId::MAIN));
        let names = ["404.html".to_owned(), "page.html".to_owned()];
        template(reads, &names, &frame, "page", view, &[]).map(Rendered::text)
    }
}
