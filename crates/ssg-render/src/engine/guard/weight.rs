//! What stands in a template between its expressions, and how many expressions stand in one another.
//!
//! Text is counted where what it stands in begins: a loop counts what one time through it writes, as
//! often as it goes round, and so do components, blocks and the template itself. A longer text that is
//! written on a condition counts at its place.

use super::{DEEPEST, Insert, WALK, looped_over};
use crate::limits;
use crate::theme::Tag;
use std::ops::Range;

/// From what length on a text on a condition counts by itself.
const LONG: usize = 128;
/// How many bytes of tags in a loop, a component or a comprehension count as a pass: about one
/// `{% set %}`, or three calls of a filter.
const TAGS: usize = 16;

/// What tags enclose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    For,
    Block,
    Component,
    /// An `if`, of which a part is written.
    If,
    /// What is written into a variable or goes through a filter.
    Captured,
}

struct Open {
    kind: Kind,
    /// Where it is counted: what is inserted there, the place that stands for it, and whether what is
    /// inserted trims what follows.
    at: usize,
    stands_for: usize,
    trims: bool,
    /// Bytes of texts, and of tags.
    texts: usize,
    tags: usize,
    /// How many stand in one another here: each `elif` counts.
    depth: usize,
}

pub(super) struct Weights<'t> {
    text: &'t str,
    open: Vec<Open>,
    /// Where the text after the last tag begins, and whether that tag trims it.
    from: usize,
    trims: bool,
    extends: bool,
    too_deep: Option<Range<usize>>,
}

impl<'t> Weights<'t> {
    pub(super) fn new(text: &'t str, tags: &[Tag]) -> Self {
        let extends = tags.iter().any(|tag| tag.is_block && tag.keyword(text) == "extends");
        let whole =
            Open { kind: Kind::Whole, at: 0, stands_for: 0, trims: false, texts: 0, tags: 0, depth: 0 };
        Self { text, open: vec![whole], from: 0, trims: false, extends, too_deep: None }
    }

    /// What counts the texts at this place; the whole is never closed.
    fn counting(&mut self) -> Option<&mut Open> {
        self.open.iter_mut().rev().find(|open| !matches!(open.kind, Kind::If | Kind::Captured))
    }

    /// Whether what stands here is written on a condition.
    fn is_conditional(&self) -> bool {
        let inner = self.open.iter().rev().take_while(|open| matches!(open.kind, Kind::If | Kind::Captured));
        inner.into_iter().any(|open| open.kind == Kind::If)
    }

    /// The text before a tag, or at the end.
    fn text_until(&mut self, end: usize, inserts: &mut Vec<Insert>) {
        let length = end.saturating_sub(self.from);
        if length >= LONG && self.is_conditional() {
            inserts.push((self.from, pass(length, 1, self.trims), self.from));
        } else if let Some(open) = self.counting() {
            open.texts = open.texts.saturating_add(length);
        }
    }

    fn push(&mut self, kind: Kind, tag: &Tag) {
        let depth = self.open.last().map_or(0, |open| open.depth) + 1;
        let trims = self.text[..tag.end].ends_with("-%}");
        self.open.push(Open {
            kind,
            at: tag.end,
            stands_for: tag.inside.start,
            trims,
            texts: 0,
            tags: 0,
            depth,
        });
        self.check(depth, tag);
    }

    fn check(&mut self, depth: usize, tag: &Tag) {
        if depth > DEEPEST && self.too_deep.is_none() {
            self.too_deep = Some(tag.inside.clone());
        }
    }

    fn pop(&mut self, kinds: &[Kind], inserts: &mut Vec<Insert>) {
        if self.open.len() > 1
            && self.open.last().is_some_and(|open| kinds.contains(&open.kind))
            && let Some(open) = self.open.pop()
        {
            self.close(&open, inserts);
        }
    }

    /// Counts a tag, with the text before it.
    pub(super) fn tag(&mut self, tag: &Tag, inserts: &mut Vec<Insert>) {
        self.text_until(tag.start, inserts);
        self.from = tag.end;
        self.trims = self.text[..tag.end].ends_with("-%}") || self.text[..tag.end].ends_with("-}}");
        if let Some(open) = self.counting() {
            open.tags = open.tags.saturating_add(tag.end - tag.start);
        }
        if !tag.is_block {
            return;
        }
        let inside = self.text.get(tag.inside.clone()).unwrap_or("").trim_start();
        match tag.keyword(self.text) {
            "for" => self.push(Kind::For, tag),
            "if" => self.push(Kind::If, tag),
            "elif" => {
                if let Some(open) = self.open.last_mut() {
                    open.depth += 1;
                    let depth = open.depth;
                    self.check(depth, tag);
                }
            }
            "block" => self.push(Kind::Block, tag),
            "component" => self.push(Kind::Component, tag),
            "filter" => self.push(Kind::Captured, tag),
            "set" | "set_global" => {
                let is_captured =
                    inside.find(['=', '|', '"', '\'', '`']).is_none_or(|at| !inside[at..].starts_with('='));
                if is_captured {
                    self.push(Kind::Captured, tag);
                }
            }
            "include" => {
                let pass = pass(0, limits::CALL, false);
                let dash = self.text[tag.start..].starts_with("{%-");
                let pass = if dash { pass.replacen("{%", "{%-", 1) } else { pass };
                inserts.push((tag.start, pass, tag.inside.start));
            }
            "endfor" => self.pop(&[Kind::For], inserts),
            "endif" => self.pop(&[Kind::If], inserts),
            "endblock" => self.pop(&[Kind::Block], inserts),
            "endcomponent" => self.pop(&[Kind::Component], inserts),
            "endset" | "endfilter" => self.pop(&[Kind::Captured], inserts),
            "" if inside.starts_with("</") => self.pop(&[Kind::Captured], inserts),
            "" if inside.starts_with('<') => self.push(Kind::Captured, tag),
            _ => {}
        }
    }

    /// Counts what has come to its end, where it begins.
    fn close(&self, open: &Open, inserts: &mut Vec<Insert>) {
        let passes = open.tags / TAGS;
        match open.kind {
            Kind::For => {
                let inside = inside_of(open);
                let Some(range) = looped_over(self.text, inside) else { return };
                inserts.push((range.start, "(".to_owned(), range.start));
                let walk = format!(") | {WALK}(n={})", together(open.texts, passes + 1));
                inserts.push((range.end, walk, range.start));
            }
            Kind::Block | Kind::Component => {
                inserts.push((open.at, pass(open.texts, limits::CALL + passes, open.trims), open.stands_for));
            }
            Kind::Whole if !self.extends && (open.texts > 0 || passes > 0) => {
                inserts.push((0, pass(open.texts, passes, false), 0));
            }
            _ => {}
        }
    }

    /// Counts what is still open; tells where tags stand in each other too deep.
    pub(super) fn done(mut self, inserts: &mut Vec<Insert>) -> Option<Range<usize>> {
        self.text_until(self.text.len(), inserts);
        while let Some(open) = self.open.pop() {
            self.close(&open, inserts);
        }
        self.too_deep
    }
}

/// The inside of the tag that opened something.
fn inside_of(open: &Open) -> Range<usize> {
    open.stands_for..open.at - if open.trims { 3 } else { 2 }
}

/// What counts the passes of a comprehension that is so many bytes long.
pub(super) fn walk(bytes: usize) -> String {
    match bytes / TAGS {
        0 => WALK.to_owned(),
        passes => format!("{WALK}(n={})", together(0, passes + 1)),
    }
}

/// Bytes and passes as one number, so that a call needs no arguments.
fn together(bytes: usize, passes: usize) -> u64 {
    let bytes = bytes.min((1 << 32) - 1) as u64;
    (bytes << 20) | passes.min((1 << 20) - 1) as u64
}

/// Bytes and passes of such a number.
pub(super) fn read(weight: u64) -> (usize, usize) {
    let part = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    (part(weight >> 20), part(weight & ((1 << 20) - 1)))
}

/// A call that takes a number of passes, and of bytes. What is inserted after a tag trims what follows
/// as the tag did.
fn pass(bytes: usize, passes: usize, trims: bool) -> String {
    let end = if trims { "-%}" } else { "%}" };
    format!("{{% if {} | ssg_pass %}}{{% endif {end}", together(bytes, passes))
}
