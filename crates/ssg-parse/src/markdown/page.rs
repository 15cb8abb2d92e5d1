//! What all parts of one body share: anchors, headings, counts and the place of the summary.

use super::footnotes::Notes;
use super::text::{Lead, Words};
use super::{Heading, MarkdownOptions, SummaryRange};
use crate::slug::slugify;
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
        }
    }

    /// An `id` for a heading: the wanted one, else a slug of its text, with a number where taken.
    pub(super) fn heading_id(&mut self, wanted: Option<&str>, title: &str) -> String {
        if let Some(id) = wanted.filter(|id| !id.is_empty()) {
            return self.anchors.unique(id.to_owned());
        }
        let slug = slugify(title);
        self.anchors.unique(if slug.is_empty() { "section".to_owned() } else { slug })
    }

    /// An `id` for something else, recorded in [`super::Body::ids`].
    pub(super) fn other_id(&mut self, wanted: String) -> String {
        let id = self.anchors.unique(wanted);
        self.anchors.others.push(id.clone());
        id
    }

    /// Records an `id` of raw HTML.
    pub(super) fn raw_id(&mut self, id: &str) {
        if !self.anchors.raw.contains(id) {
            self.anchors.raw.insert(id.to_owned());
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
