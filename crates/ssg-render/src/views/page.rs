//! A page on its own page: its card and what only it shows.

use super::event::event_view;
use super::languages::shown_section_title;
use crate::body::{check_summary, render_pieces};
use crate::hidden;
use crate::images;
use crate::links::{Owner, Place, resolve};
use crate::question::Question;
use crate::reader;
use crate::table::{Table, html};
use crate::world::World;
use ssg_parse::{Heading, Outline, Piece, parse_markdown};
use ssg_source::Diagnostics;
use ssg_taxonomy::{Page, PageId, SectionId};
use tera::Value;

/// Headings from which on a table of contents is worth its room.
const CONTENTS_FROM: usize = 2;

/// The view of a page.
pub(crate) fn page_view(world: &World, id: PageId) -> Value {
    let page = world.site.page(id);
    let outline = &page.document.outline;
    reader::looked_up(Question::Own(world.path(id)));
    let owner = Owner { source: &page.source, path: &page.path };
    let pieces = world.pieces(&page.source, &page.document);
    let content = render_pieces(world, owner, &pieces, Place::Own);
    let summary = page.document.outline.summary.as_ref();
    if let Some(problem) = summary.and_then(|summary| check_summary(world, owner, &summary.pieces)) {
        reader::note(problem);
    }
    check_excerpt(world, owner, page);
    if page.row.is_none() {
        hidden::check(world, &page.source, &page.document);
    }
    hidden::check_path(world, &page.source, &page.path);
    images::check_own(world, owner, &page.document.front);
    let talks: Vec<Value> = page
        .talks
        .iter()
        .map(|talk| {
            let talk = world.site.page(world.site.nearest(*talk, page.language));
            let id = talk.talk.as_ref().map_or("", |talk| talk.id.as_str());
            Table::new()
                .set("id", id)
                .set("title", talk.title.as_str())
                .set("path", talk.path.as_str())
                .done()
        })
        .collect();
    let assets: Vec<&str> = world
        .site
        .page(world.site.original(id))
        .assets
        .iter()
        .filter_map(|asset| world.beside.get(asset))
        .map(String::as_str)
        .collect();
    let mut view = Table::from_value(&world.card(id))
        .set("content", html(&content))
        .set("toc", toc(outline))
        .set("show_toc", page.document.front.toc.unwrap_or(false))
        .set("word_count", outline.words)
        .set("breadcrumbs", breadcrumbs(world, page.section, page.talk.as_ref().and_then(|talk| talk.event)))
        .set("aliases", page.aliases.clone())
        .set("assets", assets)
        .set("talks", talks);
    if let Some(event) = world.site.event_of(id) {
        view = view.set("event", event_view(world, event, page.language));
    }
    view.done()
}

/// Reports links of an excerpt that lead nowhere and images that cannot be shown, at the excerpt: it is shown on other pages only.
fn check_excerpt(world: &World, owner: Owner<'_>, page: &Page) {
    let Some(excerpt) = &page.document.front.excerpt else { return };
    let parsed = parse_markdown(&excerpt.value, 0, &world.config.markdown, &mut Diagnostics::new());
    for piece in &parsed.pieces {
        if let Piece::LinkOpen { dest, .. } | Piece::Image { dest, .. } = piece
            && let Some(problem) = resolve(world, owner, dest, Place::Own, excerpt.span).problem
        {
            reader::note(problem);
        }
        if let Piece::Image { dest, .. } = piece
            && let Err(problem) = images::referred(world, owner, dest, excerpt.span)
        {
            reader::note(problem);
        }
    }
}

/// From the home page down to a section, and to the event for a talk.
pub(super) fn breadcrumbs(world: &World, section: SectionId, event: Option<usize>) -> Vec<Value> {
    let crumb = |title: &str, path: &str| Table::new().set("title", title).set("path", path).done();
    let mut crumbs: Vec<Value> = world
        .site
        .ancestors(section)
        .into_iter()
        .map(|id| crumb(&shown_section_title(world, id), &world.site.section(id).path))
        .collect();
    if let Some(event) = event {
        let language = world.site.section(section).language;
        let page = world.site.page(world.site.nearest(world.site.events[event].page, language));
        crumbs.push(crumb(&page.title, &page.path));
    }
    crumbs
}

/// Headings as a tree, for two or more of them.
pub(super) fn toc(outline: &Outline) -> Value {
    let headings: Vec<&Heading> =
        outline.headings.iter().filter(|heading| !heading.title.is_empty()).collect();
    if headings.len() < CONTENTS_FROM {
        return Value::from(Vec::<Value>::new());
    }
    Value::from(subtree(&headings))
}

/// The headings as a forest: each takes those below it that are deeper. Levels are six at most, so
/// the recursion is bounded.
fn subtree(headings: &[&Heading]) -> Vec<Value> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < headings.len() {
        let heading = headings[at];
        let below = headings[at + 1..].iter().take_while(|other| other.level > heading.level).count();
        let children = subtree(&headings[at + 1..=at + below]);
        entries.push(
            Table::new()
                .set("level", u64::from(heading.level))
                .set("id", heading.id.as_str())
                .set("title", heading.title.as_str())
                .set("children", children)
                .done(),
        );
        at += below + 1;
    }
    entries
}
