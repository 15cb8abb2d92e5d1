//! The archive of a language: all posts by year.

use super::frame::{Frame, template};
use super::origin::{Origin, first};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::lists::List;
use crate::page_views;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use crate::views::archive_path;
use serde::Serialize;
use ssg_taxonomy::LangId;
use tera::Value;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Archive(LangId);

impl Kind for Archive {
    const WORDS: &'static str = "archive";
    const CLASS: Class = Class::List;

    fn plan(planner: &mut Planner<'_>) {
        let Some(reads) = planner.reads else {
            let site = planner.snapshot.site();
            for language in site.languages().filter(|_| planner.snapshot.config().outputs.archive) {
                let path = format!("{}archive/", site.home_path(language));
                planner.planned.add(&path, Self(language), None);
            }
            return;
        };
        for language in planner.snapshot.site().languages().filter(|one| reads.has_archive(*one)) {
            planner.planned.add(&archive_path(reads, language), Self(language), None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let path = archive_path(reads, self.0);
        let lang = reads.tag(self.0);
        let view = Table::from_value(&page_views::section_view(reads, reads.languages().home(self.0), &[]))
            .set("kind", "archive")
            .set("title", reads.word(&lang, "archive", "Archive"))
            .set("path", path.as_str())
            .set("permalink", reads.permalink(&path))
            .set("content", html(""))
            .set("description", "")
            .set("lede", Value::none())
            .done();
        let list = Some(List::Site(self.0));
        let frame = Frame { list, ..Frame::new("archive", About::Archive, &path, (&lang, self.0)) };
        let names = ["archive.html".to_owned(), "section.html".to_owned()];
        template(reads, &names, &frame, "section", view, &[("paginator", Value::none())]).map(Rendered::text)
    }

    fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
        let posts = snapshot.site().pages.iter().filter(|page| page.kind == ssg_taxonomy::Kind::Post);
        let words = "a post, and posts have an archive by year".to_owned();
        Some(Origin { path: first(posts)?, words, distance: 2 })
    }
}
