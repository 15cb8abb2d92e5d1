//! `_redirects`: all old addresses, for hosts that read it.

use super::moved_page::destination;
use super::redirect::path_of;
use super::{Kind, Output, OutputKind, Planner, Rendered, Result};
use crate::facets::config::HostingSettings;
use crate::formats::{Redirect, render_redirects_file};
use crate::hosting::check_redirects;
use crate::reads::{ReadSite, Reads};
use serde::Serialize;
use ssg_parse::Host;
use ssg_taxonomy::PageKey;
use ssg_taxonomy::facets::Redirects;

#[derive(Clone, Debug, Serialize)]
pub(super) struct RedirectsFile {
    /// What follows from aliases, sorted.
    moved: Vec<(String, String)>,
    /// Pages that lead on, by their paths: the order of pages may change with their titles, and the file does not.
    pages: Vec<(String, PageKey)>,
}

impl Kind for RedirectsFile {
    const WORDS: &'static str = "file for hosts";

    fn plan(planner: &mut Planner<'_>) {
        let has_own = planner.snapshot.theme().theme.statics.contains_key("_redirects");
        let is_empty =
            planner.snapshot.facets().get::<Redirects>(&()).into_value().is_none_or(|all| all.0.is_empty());
        let of_page = |output: &Output| match &output.kind {
            OutputKind::MovedPage(page) => Some((path_of(&output.file), page.0)),
            _ => None,
        };
        let mut pages: Vec<(String, PageKey)> =
            planner.planned.outputs().iter().filter_map(of_page).collect();
        pages.sort();
        let is_empty = is_empty && pages.is_empty();
        if planner.snapshot.config().outputs.redirects && !is_empty && !has_own {
            let mut moved = std::mem::take(&mut planner.planned.moved);
            moved.sort();
            planner.planned.add("/_redirects", Self { moved, pages }, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let all = reads.get::<Redirects>(&()).map_or_else(Vec::new, |all| all.0.clone());
        let all = all.into_iter().map(|(from, to, _)| (from, to)).chain(self.moved.clone());
        let pages =
            self.pages.iter().filter_map(|(from, page)| Some((from.clone(), destination(reads, *page)?)));
        let all: Vec<Redirect> = all.chain(pages).map(|(from, to)| Redirect { from, to }).collect();
        let host = reads.get::<HostingSettings>(&()).and_then(|settings| settings.host);
        let addressing = reads.addressing();
        let file = render_redirects_file(&all, addressing.base_path(), host == Some(Host::Netlify));
        for problem in check_redirects(&file, host) {
            reads.report(problem);
        }
        Ok(Rendered::text(file))
    }
}
