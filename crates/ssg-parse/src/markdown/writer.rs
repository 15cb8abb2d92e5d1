//! Turns the events of the Markdown parser into pieces.
//!
//! One event at a time and without recursion, so depth costs nothing. Only the bodies of
//! shortcodes are parsed within each other, to a fixed depth.

mod annotations;
mod blocks;
mod headings;
mod inlines;
mod out;

use self::annotations::Annotations;
use self::blocks::{Cells, OpenCode};
use self::headings::OpenHeading;
use self::inlines::OpenImage;
use self::out::Out;
use super::footnotes::{self, Names};
use super::heading_attributes::ByHeading;
use super::inserts::Insert;
use super::literal::Literal;
use super::page::Page;
use super::shortcodes::Prepared;
use super::source_map::SourceMap;
use super::text::Lead;
use super::{Piece, html};
use pulldown_cmark::{Event, Tag, TagEnd};
use ssg_source::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// A footnote that is being collected.
struct Note<'t> {
    range: Range<usize>,
    events: Events<'t>,
}

/// Writes one part of a body.
pub(super) struct Writer<'t, 'p, 'd> {
    prepared: &'t Prepared<'t>,
    map: &'t SourceMap,
    inserts: Vec<(Range<usize>, Insert)>,
    level: usize,
    page: &'p mut Page<'d>,
    out: Out,
    /// How many blocks and spans are open.
    depth: usize,
    /// What authors say of headings that are yet to come.
    attributes: ByHeading,
    /// Raw elements that hold literal text.
    literal: Literal,
    /// How many of them the paragraph at hand stands in.
    literal_around: usize,
    heading: Option<OpenHeading>,
    image: Option<OpenImage>,
    code: Option<OpenCode>,
    annotations: Annotations,
    /// Source of the raw HTML block at hand, and its place in the text.
    raw: Option<(String, Range<usize>)>,
    lead: Option<Lead>,
    /// Where the paragraph at hand begins, while it may become the summary.
    first: Option<usize>,
    /// The paragraph at hand is only calls, and gets no tags.
    only_calls: bool,
    /// How many blocks and spans are open right within the paragraph at hand, where it has tags.
    paragraph: Option<usize>,
    /// A task's label is open.
    label: bool,
    cells: Cells,
    names: Names,
    /// Footnote definitions being collected, with their events.
    open_notes: Vec<(String, Note<'t>)>,
    notes: HashMap<String, Note<'t>>,
    /// References to footnotes that are not there: names, and places in the text.
    lone_references: Vec<(String, Range<usize>)>,
    /// The footnotes are being written: nothing in them is a summary.
    in_notes: bool,
}

impl<'t, 'p, 'd> Writer<'t, 'p, 'd> {
    pub(super) fn new(
        prepared: &'t Prepared<'t>,
        attributes: ByHeading,
        map: &'t SourceMap,
        level: usize,
        page: &'p mut Page<'d>,
    ) -> Self {
        Self {
            prepared,
            attributes,
            literal: Literal::default(),
            literal_around: 0,
            map,
            inserts: Vec::new(),
            level,
            page,
            out: Out { pieces: Vec::new(), html: String::with_capacity(prepared.text.len().min(1 << 16)) },
            depth: 0,
            heading: None,
            image: None,
            code: None,
            annotations: Annotations::default(),
            raw: None,
            lead: None,
            first: None,
            only_calls: false,
            paragraph: None,
            label: false,
            cells: Cells::default(),
            names: Names::default(),
            open_notes: Vec::new(),
            notes: HashMap::new(),
            lone_references: Vec::new(),
            in_notes: false,
        }
    }

    /// What takes the place of text, by the ranges that it replaces.
    pub(super) fn with_inserts(mut self, inserts: Vec<(Range<usize>, Insert)>) -> Self {
        self.inserts = inserts;
        self
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.open_notes.push((name.to_string(), Note { range, events: Vec::new() }));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((name, note)) = self.open_notes.pop() {
                    match self.notes.entry(name) {
                        Entry::Vacant(free) => drop(free.insert(note)),
                        Entry::Occupied(taken) => {
                            let place = self.map.span(note.range);
                            self.page.found.add(footnotes::twice(taken.key()).at(place));
                        }
                    }
                }
            }
            event => match self.open_notes.last_mut() {
                Some((_, note)) => note.events.push((event, range)),
                None => self.write(event, range),
            },
        }
    }

    /// Writes the footnotes that were referred to, and returns all other pieces.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.no_list_of_annotations();
        self.out.flush();
        let pieces = std::mem::take(&mut self.out.pieces);
        self.in_notes = true;
        let mut next = 0;
        // A footnote may refer to further ones.
        while let Some(name) = self.names.order.get(next).cloned() {
            next += 1;
            for (event, range) in self.notes.remove(&name).map(|note| note.events).unwrap_or_default() {
                self.write(event, range);
            }
            self.no_list_of_annotations();
            self.out.flush();
            let note = std::mem::take(&mut self.out.pieces);
            self.names.define(self.page, &name, note);
        }
        self.tell_of_lone_notes();
        pieces
    }

    /// Says which footnotes nothing refers to, and which references lead to none.
    fn tell_of_lone_notes(&mut self) {
        let mut notes: Vec<(String, Range<usize>)> =
            self.notes.drain().map(|(name, note)| (name, note.range)).collect();
        notes.sort_by_key(|(_, range)| range.start);
        let references = std::mem::take(&mut self.lone_references);
        for warning in footnotes::lone(&references, &notes, self.prepared.source, self.map) {
            self.page.found.add(warning);
        }
    }

    fn write(&mut self, event: Event<'t>, range: Range<usize>) {
        if self.annotations.are_awaited() && !matches!(event, Event::Start(Tag::List(Some(_)))) {
            self.no_list_of_annotations();
        }
        match event {
            Event::Start(tag) => {
                self.start(tag, range);
                self.depth += 1;
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag);
                self.boundary();
            }
            Event::Code(code) => {
                let code = self.restore(&code);
                self.plain(&code, &code);
                if self.image.is_none() {
                    self.out.html.push_str("<code>");
                    html::push_text(&mut self.out.html, &code);
                    self.out.html.push_str("</code>");
                }
            }
            Event::Html(text) | Event::InlineHtml(text) => match &mut self.raw {
                Some((raw, _)) => raw.push_str(&text),
                None => self.raw_html(&text, false, range),
            },
            Event::FootnoteReference(name) => {
                if self.image.is_none() {
                    self.names.refer(self.page, &mut self.out.html, &name);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.plain(" ", " ");
                if self.image.is_none() {
                    let hard = matches!(event, Event::HardBreak);
                    self.out.html.push_str(if hard { "<br>\n" } else { "\n" });
                }
            }
            Event::Rule => {
                self.out.block("<hr>\n");
                self.boundary();
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(tex) => self.formula(&tex, false, range),
            Event::DisplayMath(tex) => self.formula(&tex, true, range),
            Event::Text(text) => {
                self.tell_of_foreign(range.clone());
                if self.inserts.is_empty() || self.code.is_some() || text.len() != range.len() {
                    self.text_at(&text, range);
                } else {
                    self.text_with_inserts(&text, range);
                }
            }
        }
    }

    fn text_at(&mut self, text: &str, range: Range<usize>) {
        match self.straight(range) {
            // Code keeps the signs that its author wrote.
            Some(straight) if self.literal.is_open() => self.text(straight),
            Some(straight) => self.typographic(text, straight),
            None => self.text(text),
        }
    }

    /// Between blocks that stand for themselves: the summary may end here.
    fn boundary(&mut self) {
        if self.depth > 0 || self.level > 0 || self.in_notes || !self.page.more || self.page.marked.is_some()
        {
            return;
        }
        self.out.flush();
        if self.out.pieces.is_empty() {
            self.page.more = false; // Nothing stands above the mark.
        } else {
            self.page.marked = Some(0..self.out.pieces.len());
        }
    }

    /// What the author wrote where smart punctuation may have put another sign.
    fn straight(&self, range: Range<usize>) -> Option<&'t str> {
        let source = self.prepared.source.get(range)?;
        matches!(source, "\"" | "'" | "--" | "---" | "...").then_some(source)
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }
}
