//! A page on its own page: its card and what only it shows.

use super::event::event_view;
use crate::body::{check_summary, render_pieces};
use crate::exports::enclosure::{enclosure, sound_type};
use crate::facets::config::Markup;
use crate::facets::files::PageBody;
use crate::hidden;
use crate::image_references;
use crate::links::{Where, resolve};
use crate::owner::Owner;
use crate::queries::card::with_whole_lists;
use crate::queries::card_view::CardView;
use crate::reads::{ReadSite, Reads};
use crate::table::{Table, html};
use crate::views::section_title;
use ssg_parse::{FrontMatter, Heading, Outline, Piece, parse_markdown};
use ssg_source::Diagnostics;
use ssg_taxonomy::facets::{Audio, Content, References, SectionCard};
use ssg_taxonomy::{PageKey, SectionKey};
use std::sync::Arc;
use tera::Value;

/// Headings from which on a table of contents is worth its room.
const CONTENTS_FROM: usize = 2;

/// The view of a page.
pub(crate) fn page_view(reads: &Reads, key: PageKey) -> Value {
    let (Some(page), Some(file)) = (reads.card(&key), reads.get::<Content>(&key)) else {
        return Value::none();
    };
    let (front, outline) = (&file.0.front, &file.0.outline);
    let owner = Owner::of_page(&page);
    let body = reads.get::<PageBody>(&key);
    let content = body.map_or_else(String::new, |body| render_pieces(reads, &owner, &body.0, Where::Own));
    let summary = outline.summary.as_ref();
    if let Some(problem) = summary.and_then(|summary| check_summary(reads, &owner, &summary.pieces)) {
        reads.report(problem);
    }
    check_excerpt(reads, &owner, front);
    if !page.is_row {
        hidden::check(reads, &page.source, &file.0);
    }
    hidden::check_path(reads, &page.source, &page.path);
    image_references::check_own(reads, &owner, front);
    let references = reads.get::<References>(&key);
    let talks: Vec<Value> = references
        .iter()
        .flat_map(|references| &references.talks)
        .filter_map(|talk| {
            let talk = reads.card(&reads.nearest(*talk, page.language))?;
            let id = talk.talk.as_ref().map_or("", |talk| talk.id.as_str());
            Some(Table::new().set("id", id).set("title", talk.title.as_str()).set("path", &*talk.path).done())
        })
        .collect();
    let event = page.talk.as_ref().and_then(|talk| talk.event);
    let edit_url = reads.addressing().edit_url(&page.source);
    let mut view = with_whole_lists(Table::from_value(&reads.ask(&CardView(key)).0), reads, &page)
        .set("content", html(&content))
        .set("toc", toc(outline))
        .set("show_toc", front.toc.unwrap_or(false))
        .set("word_count", outline.words)
        .set("breadcrumbs", breadcrumbs(reads, page.section, event))
        .set("aliases", references.as_ref().map_or_else(Vec::new, |all| all.aliases.clone()))
        .set("assets", references.as_ref().map_or_else(Vec::new, |all| all.assets.clone()))
        .set("talks", talks)
        .set("source", page.source.as_str())
        .set("edit_url", edit_url)
        .set("audio", page.audio.as_ref().map_or_else(Value::none, |audio| audio_view(reads, audio)));
    if let Some(event) = page.event.and_then(|event| reads.event(&event)) {
        view = view.set("event", event_view(reads, &event, page.language));
    }
    view.done()
}

/// A recording to listen to.
fn audio_view(reads: &Reads, audio: &Audio) -> Value {
    let file = enclosure(reads, audio);
    Table::new()
        .set("url", audio.url.as_str())
        .set("length", file.as_ref().map_or(0, |file| file.length))
        .set("type", file.map_or_else(|| sound_type(&audio.url).to_owned(), |file| file.media_type))
        .done()
}

/// Reports links of an excerpt that lead nowhere and images that cannot be shown, at the excerpt: it is shown on other pages only.
fn check_excerpt(reads: &Reads, owner: &Owner, front: &FrontMatter) {
    let (Some(excerpt), Some(markup)) = (&front.excerpt, reads.get::<Markup>(&())) else { return };
    let parsed = parse_markdown(&excerpt.value, 0, &markup.markdown, &mut Diagnostics::new());
    for piece in &parsed.pieces {
        if let Piece::LinkOpen { dest, .. } | Piece::Image { dest, .. } = piece
            && let Some(problem) = resolve(reads, owner, dest, Where::Own, excerpt.span).problem
        {
            reads.report(problem);
        }
        if let Piece::Image { dest, .. } = piece
            && let Some(problem) = image_references::referred(reads, owner, dest, excerpt.span).problem
        {
            reads.report(problem);
        }
    }
}

/// From the home page down to a section, and to the event for a talk.
pub(super) fn breadcrumbs(reads: &Reads, section: SectionKey, event: Option<PageKey>) -> Vec<Value> {
    let crumb = |title: &str, path: &str| Table::new().set("title", title).set("path", path).done();
    let above: Vec<_> = reads.ancestors(section).into_iter().filter(|section| section.has_list).collect();
    let of = |section: &Arc<SectionCard>| crumb(&section_title(reads, section), &section.path);
    let mut crumbs: Vec<Value> = above.iter().map(of).collect();
    let language = above.last().map_or_else(Default::default, |section| section.language);
    if let Some(page) = event.and_then(|event| reads.card(&reads.nearest(event, language))) {
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
