//! Bodies that are written in HTML: the whole of one is what a block of raw HTML is in Markdown.
//!
//! Shortcodes are expanded, `<!-- more -->` ends the summary, and what the site says of raw HTML holds.

use super::page::Page;
use super::source_map::SourceMap;
use super::text::Lead;
use super::writer::Writer;
use super::{Body, MarkdownOptions, Piece, SummaryRange, html, shortcodes};
use pulldown_cmark::{Event, Options, Tag, TagEnd};
use ssg_source::Diagnostics;
use std::collections::HashMap;

/// The body of a page that is written in HTML. `offset` is where `text` begins in its file.
pub fn parse_html(text: &str, offset: usize, options: &MarkdownOptions, found: &mut Diagnostics) -> Body {
    let text = text.replace('\u{fdd0}', "\u{fffd}");
    let mut page = Page::new(options, found);
    let (first, rest) = text.split_at(end_of_first_paragraph(&text));
    let mut pieces = part(first, offset, &mut page);
    let before = pieces.len();
    let was_marked = page.marked.is_some();
    pieces.extend(part(rest, offset + first.len(), &mut page));
    if let Some(marked) = page.marked.as_mut().filter(|_| !was_marked) {
        *marked = 0..marked.end + before;
    }
    let mut lead = Lead::default();
    lead.add(&without_tags(if first.is_empty() { rest } else { first }));
    page.offer_lead(lead, true);
    page.words.add(&without_tags(&text));
    let signs = page.words.signs;
    let (headings, ids, lead, words, summary) = page.finish();
    let first = (before > 0).then_some(SummaryRange { pieces: 0..before, marked: false });
    Body { pieces, summary: summary.or(first), headings, ids, lead, words, signs }
}

fn part(text: &str, offset: usize, page: &mut Page<'_>) -> Vec<Piece> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let map = SourceMap::at(offset);
    let prepared = shortcodes::prepare(text, &map, Options::empty(), 0, page.found);
    let mut writer = Writer::new(&prepared, HashMap::new(), &map, 0, page);
    let marks = html::comments(&prepared.text)
        .into_iter()
        .filter(|range| html::is_more(&prepared.text[range.clone()]));
    let mut start = 0;
    for end in marks.map(|range| range.end).chain([prepared.text.len()]) {
        let block = &prepared.text[start..end];
        writer.event(Event::Start(Tag::HtmlBlock), start..end);
        writer.event(Event::Html(block.into()), start..end);
        writer.event(Event::End(TagEnd::HtmlBlock), start..end);
        start = end;
    }
    writer.finish()
}

/// Where the first paragraph ends, where the text begins with one; else 0.
fn end_of_first_paragraph(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let begins = lower.trim_start();
    let is_paragraph = begins.starts_with("<p>") || begins.starts_with("<p ");
    lower.find("</p>").filter(|_| is_paragraph).map_or(0, |at| at + "</p>".len())
}

/// Where the element of a name is closed, in letters of either case.
fn end_of(tag: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let after = tag.get(at + 2..at + 2 + name.len());
        tag.get(*at..at + 2) == Some("</") && after.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    tag.match_indices('<').map(|(at, _)| at).find(is_end).unwrap_or(tag.len())
}

/// The text between tags, without what browsers do not show.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open..];
        let closing = ["script", "style"]
            .into_iter()
            .find(|name| tag.get(1..=name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
        let end = match closing {
            Some(name) => end_of(tag, name),
            None if tag.starts_with("<!--") => tag.find("-->").map_or(tag.len(), |end| end + 3),
            None => tag.find('>').map_or(tag.len(), |end| end + 1),
        };
        text.push(' ');
        rest = &tag[end.max(1)..];
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
