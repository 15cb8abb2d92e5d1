//! What all parts of one body share: anchors, headings, counts and the place of the summary.

use super::footnotes::Notes;
use super::text::{Lead, Words};
use super::{Heading, MarkdownOptions, Piece, SummaryRange, heading_ids};
use ssg_source::Diagnostics;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The state of a body across its parts: the text itself and the bodies of its shortcodes.
pub(super) struct Page<'d> {
    pub(super) options: MarkdownOptions,
    pub(super) found: &'d mut Diagnostics,
    pub(super) headings: Vec<Heading>,
    pub(super) notes: Notes,
    pub(super) words: Words,
    /// The first paragraph that stands for itself.
    pub(super) lead: Option<String>,
    /// The first paragraph anywhere.
    pub(super) any_lead: Option<String>,
    /// A mark that ends the summary was seen.
    pub(super) more: bool,
    /// Pieces before that mark.
    pub(super) marked: Option<Range<usize>>,
    /// Pieces of the first paragraph.
    pub(super) first: Option<Range<usize>>,
    anchors: Anchors,
    /// Ids wanted for headings without one, in order.
    made_ids: Vec<String>,
}

/// The text of a heading.
#[derive(Default)]
pub(super) struct HeadingText {
    /// With typographic signs.
    pub(super) shown: String,
    /// With the signs that were written.
    pub(super) written: String,
}

impl HeadingText {
    pub(super) fn add(&mut self, shown: &str, written: &str) {
        self.shown.push_str(shown);
        self.written.push_str(written);
    }
}

impl<'d> Page<'d> {
    pub(super) fn new(options: &MarkdownOptions, found: &'d mut Diagnostics) -> Self {
        Self {
            options: options.clone(),
            found,
            headings: Vec::new(),
            notes: Notes::default(),
            words: Words::default(),
            lead: None,
            any_lead: None,
            more: false,
            marked: None,
            first: None,
            anchors: Anchors::default(),
            made_ids: Vec::new(),
        }
    }

    /// The `id` of a heading: the author's own, else a mark for the one that [`give_ids`](Self::give_ids)
    /// makes of its text when all of the authors' own are known.
    pub(super) fn heading_id(&mut self, own: Option<String>, text: &HeadingText) -> String {
        if let Some(id) = own.filter(|id| !id.is_empty()) {
            return self.anchors.own(id);
        }
        self.made_ids.push(heading_ids::of(text, self.options.heading_ids));
        heading_ids::mark(self.made_ids.len() - 1)
    }

    /// Gives ids to the headings that have none of their own, and puts them into `pieces`.
    pub(super) fn give_ids(&mut self, pieces: &mut [Piece]) {
        let made: Vec<String> =
            std::mem::take(&mut self.made_ids).into_iter().map(|id| self.anchors.unique(id)).collect();
        if made.is_empty() {
            return;
        }
        for heading in &mut self.headings {
            if let Some(id) = heading_ids::marked(&heading.id).and_then(|number| made.get(number)) {
                heading.id.clone_from(id);
            }
        }
        heading_ids::put(pieces, &made);
    }

    /// An `id` for something else, recorded in [`super::Body::ids`].
    pub(super) fn other_id(&mut self, wanted: String) -> String {
        let id = self.anchors.unique(wanted);
        self.anchors.others.push(id.clone());
        id
    }

    /// Records an `id` of raw HTML.
    pub(super) fn raw_id(&mut self, id: &str) {
        if self.anchors.raw.insert(id.to_owned()) {
            self.anchors.taken.insert(id.to_owned());
            self.anchors.others.push(id.to_owned());
        }
    }

    /// The finished parts: headings, other ids, lead, words and summary.
    pub(super) fn finish(self) -> (Vec<Heading>, Vec<String>, String, u32, Option<SummaryRange>) {
        let marked = self.marked.map(|pieces| SummaryRange { pieces, marked: true });
        let first = self.first.map(|pieces| SummaryRange { pieces, marked: false });
        let lead = self.lead.or(self.any_lead).unwrap_or_default();
        (self.headings, self.anchors.others, lead, self.words.count, marked.or(first))
    }

    /// Offers the text of a paragraph as the lead. Returns whether it is taken for the summary.
    pub(super) fn offer_lead(&mut self, lead: Lead, top: bool) -> bool {
        let text = lead.finish();
        if text.is_empty() {
            return false;
        }
        let slot = if top { &mut self.lead } else { &mut self.any_lead };
        let taken = slot.is_none();
        if taken {
            *slot = Some(text);
        }
        taken && top
    }
}

#[derive(Default)]
struct Anchors {
    taken: HashSet<String>,
    raw: HashSet<String>,
    /// The last number given to a repeated id, so that many repeats stay linear.
    numbers: HashMap<String, u32>,
    others: Vec<String>,
}

impl Anchors {
    /// An id that an author gave to a heading.
    fn own(&mut self, id: String) -> String {
        self.unique(id)
    }

    fn unique(&mut self, wanted: String) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let number = self.numbers.entry(wanted.clone()).or_insert(0);
        loop {
            *number += 1;
            let id = format!("{wanted}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
