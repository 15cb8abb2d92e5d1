//! A recap: a post with a heading for every talk of an event, ready to be written in.

use super::NewFile;
use super::create::{NewRequest, authors_line, file_at};
use super::text::{file_slug, markdown_link, markdown_text, one_line, toml_list};
use ssg_parse::toml_text;
use ssg_parse::{Media, MediaLink};
use ssg_source::Diagnostic;
use ssg_taxonomy::{Event, Page, PageId, Site, TermId};
use std::fmt::Write;

pub(super) fn recap(request: &NewRequest<'_>, event: &Event) -> Result<NewFile, Diagnostic> {
    let site = request.site;
    let talks: Vec<&Page> = in_schedule_order(site, event).into_iter().map(|id| site.page(id)).collect();
    let ids: Vec<&str> =
        talks.iter().filter_map(|page| page.talk.as_ref()).map(|talk| talk.id.as_str()).collect();
    let title = format!("Recap of {}", one_line(&site.page(event.page).title));
    let mut text = format!(
        "+++\ntitle = {}\ndraft = true\n{}events = {}\nspeakers = {}\ntools = {}\ntalks = {}\n+++\n\n",
        toml_text(&title),
        authors_line(request.author),
        toml_list(&[&event.id]),
        toml_list(&names(site, &talks, "speakers")),
        toml_list(&names(site, &talks, "tools")),
        toml_list(&ids),
    );
    text.push_str(&introduction(site, event));
    text.push_str("\n\n<!-- more -->\n\n");
    for talk in talks {
        text.push_str(&part(site, talk));
    }
    let path = match request.slug.filter(|slug| !slug.trim().is_empty()) {
        Some(slug) => format!("content/posts/{}-{}.md", request.today, file_slug(slug, "recap")),
        None => format!("content/posts/{}-recap-of-{}.md", request.today, file_slug(&event.id, "event")),
    };
    file_at(&path, text)
}

/// The talks by time; those at no time, or at the same, in the order of the schedule's rows, and
/// those in no row last.
fn in_schedule_order(site: &Site, event: &Event) -> Vec<PageId> {
    let mut order: Vec<PageId> = Vec::with_capacity(event.talks.len());
    for id in event.slots.iter().filter_map(|slot| slot.talk).chain(event.talks.iter().copied()) {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    order.sort_by_key(|id| {
        let starts = site.page(*id).talk.as_ref().and_then(ssg_taxonomy::TalkInfo::starts);
        (starts.is_none(), starts.map(jiff::Zoned::timestamp))
    });
    order
}

fn terms<'a>(site: &Site, page: &'a Page, taxonomy: &str) -> &'a [TermId] {
    site.taxonomy(taxonomy).and_then(|index| page.terms.get(index)).map_or(&[], Vec::as_slice)
}

/// Names of the terms of all these pages, each once, in the order of the pages.
fn names<'a>(site: &'a Site, pages: &[&Page], taxonomy: &str) -> Vec<&'a str> {
    let mut seen = std::collections::HashSet::new();
    let all = pages.iter().flat_map(|page| terms(site, page, taxonomy));
    all.filter(|id| seen.insert(**id)).map(|id| site.term(*id).name.as_str()).collect()
}

/// A link to a page's file; the bare label for a draft, which would be a dead link once published.
fn link_to(label: &str, page: &Page) -> String {
    match page.source.below("content") {
        Some(below) if !page.standing.is_draft => markdown_link(label, &format!("@/{below}")),
        _ => markdown_text(label),
    }
}

fn introduction(site: &Site, event: &Event) -> String {
    let page = site.page(event.page);
    let (first, last) = (event.start.date(), event.last_day);
    let when = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
    let city = page.document.front.event.as_deref().and_then(|table| table.city.as_deref());
    let place = city.map_or_else(String::new, |city| format!(" in {}", markdown_text(city)));
    format!(
        "{} took place{place} {when}. Replace this line with what stays with you: it is what lists show.",
        link_to(&page.title, page),
    )
}

/// Heading, speakers, slides and video of a talk, and room to write in.
fn part(site: &Site, talk: &Page) -> String {
    let mut text = format!("## {}\n\n", markdown_text(&talk.title));
    let people: Vec<String> = terms(site, talk, "speakers")
        .iter()
        .map(|id| {
            let term = site.term(*id);
            match term.page {
                Some(page) => link_to(&term.name, site.page(page)),
                None => markdown_text(&term.name),
            }
        })
        .collect();
    if let Some((last, others)) = people.split_last() {
        // The word in front keeps a name such as `1. FC` from being a list.
        let _ = match others {
            [] => writeln!(text, "By {last}\n"),
            _ => writeln!(text, "By {} and {last}\n", others.join(", ")),
        };
    }
    let info = talk.talk.as_ref();
    let slides = info.into_iter().flat_map(|talk| &talk.slides).map(|link| ("Slides", link));
    let video = info.into_iter().flat_map(|talk| &talk.video).map(|link| ("Video", link));
    let link = |(label, link): (&str, &MediaLink)| {
        let media = Media::recognise(&link.url)?;
        let label = link.title.as_ref().map_or_else(|| label.to_owned(), |title| format!("{label}: {title}"));
        Some(markdown_link(&label, &media.url))
    };
    let links: Vec<String> = slides.chain(video).filter_map(link).collect();
    if !links.is_empty() {
        let _ = writeln!(text, "{}\n", links.join(" · "));
    }
    text.push_str("\n\n");
    text
}
