//! What others may see of a body: its summary, its headings and ids, how it begins and how long it is.
//!
//! The site is assembled from outlines and headers alone. What is between the headings is a matter of the
//! [`Document`](crate::Document).

use crate::markdown::{Body, Heading, Piece};
use crate::mentions::mentions;
use crate::value::Node;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// What others may see of a body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// What lists show of it.
    pub summary: Option<Summary>,
    /// Headings in order; ids are unique within the page.
    pub headings: Vec<Heading>,
    /// Every other `id` that the body defines (raw HTML, footnotes), for checking anchors.
    pub ids: Vec<String>,
    /// Text of the first paragraph, without markup, at most 300 characters.
    pub lead: String,
    /// How many words the body has; a CJK character counts as one.
    pub words: u32,
    /// Files that header and body name, which may lie beside it.
    pub files: Vec<String>,
    /// How many of them are single signs of Chinese, Japanese or Korean.
    pub signs: u32,
    #[serde(skip)]
    anchors: Anchors,
}

/// The positions of all ids of a body in the order of the ids, made when somebody looks for one.
#[derive(Clone, Debug, Default)]
struct Anchors(OnceLock<Vec<usize>>);

impl Anchors {
    fn get(&self, outline: &Outline) -> &[usize] {
        self.0.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..outline.headings.len() + outline.ids.len()).collect();
            sorted.sort_unstable_by_key(|at| outline.id_at(*at));
            sorted
        })
    }
}

/// What is derived from a body makes no difference to it.
impl PartialEq for Anchors {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The part of a body that lists show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Its pieces, a copy of the body's.
    pub pieces: Arc<[Piece]>,
    /// The author marked its end with `<!-- more -->`; else it is the first paragraph.
    pub marked: bool,
}

impl Outline {
    /// Whether the body has an element of this id.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        anchor.is_empty() || self.anchors.get(self).binary_search_by(|at| self.id_at(*at).cmp(anchor)).is_ok()
    }

    /// The same with nothing but headings and ids.
    #[must_use]
    pub fn anchors_only(&self) -> Self {
        Self { headings: self.headings.clone(), ids: self.ids.clone(), ..Self::default() }
    }

    /// The id at a position among those of the headings and then all others.
    fn id_at(&self, at: usize) -> &str {
        let other = || self.ids.get(at - self.headings.len()).map_or("", String::as_str);
        self.headings.get(at).map_or_else(other, |heading| heading.id.as_str())
    }

    /// Minutes that reading takes.
    #[must_use]
    pub fn reading_time(&self) -> u32 {
        /// Words read in a minute, and signs.
        const PACE: u64 = 220;
        const SIGNS: u64 = 500;
        let (words, signs) = (u64::from(self.words.saturating_sub(self.signs)), u64::from(self.signs));
        u32::try_from((words * SIGNS + signs * PACE).div_ceil(PACE * SIGNS)).unwrap_or(u32::MAX)
    }

    /// Of a body, and of the files that its header names.
    pub(crate) fn of(body: Body, header: Option<&Node>) -> (Self, Arc<[Piece]>) {
        let Body { pieces, summary, headings, ids, lead, words, signs } = body;
        let summary = summary.and_then(|summary| {
            let shown = pieces.get(summary.pieces)?;
            Some(Summary { pieces: shown.into(), marked: summary.marked })
        });
        let files = mentions(header, &pieces);
        let anchors = Anchors::default();
        (Self { summary, headings, ids, lead, words, files, signs, anchors }, pieces.into())
    }
}
