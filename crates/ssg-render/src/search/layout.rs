//! How the index of a language is cut: into how many chunks documents of each kind go, into how many files their rows, and into
//! how many shards words.
//!
//! All of it follows from how many documents there are, in steps: so one page more or less seldom cuts anything anew.

use super::postings::Bounds;
use super::shards::Shards;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::{Kind, LangId, PageKey, Site, TermKey};
use std::sync::Arc;

/// Documents of a chunk.
const CHUNK: usize = 128;
/// Most chunks of a kind.
const MOST_CHUNKS: usize = 32;
/// Rows of a file: of pages, of terms, and of either where rows have summaries.
const ROWS: usize = 32;
const ROWS_OF_TERMS: usize = 192;
const ROWS_WITH_SUMMARIES: usize = 24;
/// Most files of rows of a chunk.
const MOST_FILES: usize = 32;
/// Of more documents rows have no summaries: these would be most of what a search loads, and stand in the pages. Texts of
/// more documents are cut as well: see [`Bounds`].
const MANY: usize = 4_000;
/// Of so few documents no word is too common.
const FEW: usize = 64;
/// Documents of a cut word, at least.
const LEAST_OF_CUT: usize = 512;

/// What documents are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum KindOf {
    /// Terms of a taxonomy.
    Terms(Arc<str>),
    /// Pages of a kind that are no term's.
    Pages(Kind),
}

impl KindOf {
    /// Its name in the manifest.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Terms(taxonomy) => format!("term:{taxonomy}"),
            Self::Pages(kind) => kind.name().to_owned(),
        }
    }

    /// How many different words the text of a document has, as a rule.
    pub(super) fn words(&self) -> usize {
        match self {
            Self::Terms(_) => 4,
            Self::Pages(Kind::Talk) => 60,
            Self::Pages(Kind::Event) => 120,
            Self::Pages(_) => 250,
        }
    }

    fn rows(&self, has_summaries: bool) -> usize {
        match self {
            _ if has_summaries => ROWS_WITH_SUMMARIES,
            Self::Terms(_) => ROWS_OF_TERMS,
            Self::Pages(_) => ROWS,
        }
    }
}

/// A kind of documents in a layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cut {
    pub kind: KindOf,
    /// How many chunks it has.
    pub chunks: u16,
    /// Into how many files the rows of a chunk go.
    pub files: u16,
}

/// How the index of a language is cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// Kinds that there are, in the order in which chunks are numbered.
    pub kinds: Vec<Cut>,
    /// How many shards there are.
    pub shards: Shards,
    /// How much of the index is kept.
    pub bounds: Bounds,
    /// Whether rows say what documents are about.
    pub has_summaries: bool,
}

impl Layout {
    /// The layout for a language of a site.
    pub(crate) fn of(site: &Site, language: LangId) -> Self {
        let terms = site.taxonomies.iter().enumerate().map(|(index, taxonomy)| {
            (KindOf::Terms(taxonomy.name.as_str().into()), site.terms_in(index, language).len())
        });
        let pages = [Kind::Event, Kind::Talk, Kind::Post, Kind::Page]
            .map(|kind| (KindOf::Pages(kind), site.listed(kind, language).count()));
        Self::of_counts(terms.chain(pages).filter(|(_, count)| *count > 0).collect())
    }

    fn of_counts(counts: Vec<(KindOf, usize)>) -> Self {
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let has_summaries = all <= MANY;
        let shards = Shards::of(&counts);
        let kinds = counts.into_iter().map(|(kind, count)| {
            let chunks = steps(count, CHUNK, MOST_CHUNKS);
            let files = steps(count.div_ceil(usize::from(chunks)), kind.rows(has_summaries), MOST_FILES);
            Cut { kind, chunks, files }
        });
        let floor = (all + 1).next_power_of_two() / 2;
        let bounds = match all {
            0..FEW => Bounds::NONE,
            FEW..=MANY => Bounds { frequent: [floor / 2, floor / 4, floor / 8, floor / 16], ..Bounds::NONE },
            _ => Bounds {
                frequent: [floor / 8, floor / 16, floor / 32, floor / 64],
                texts: (floor / 32).max(LEAST_OF_CUT),
                names: (floor / 64).max(LEAST_OF_CUT),
            },
        };
        Self { kinds: kinds.collect(), shards, bounds, has_summaries }
    }

    /// All chunks in order, each with how many files of rows it has.
    pub(crate) fn chunks(&self, language: LangId) -> impl Iterator<Item = (ChunkOf, u16)> {
        self.kinds.iter().flat_map(move |cut| {
            let of = ChunkOf {
                language,
                kind: cut.kind.clone(),
                number: 0,
                of: cut.chunks,
                shards: self.shards,
                has_summaries: self.has_summaries,
            };
            (0..of.of).map(move |number| (ChunkOf { number, ..of.clone() }, cut.files))
        })
    }
}

/// How many parts of about a size there are: 1, 2, 3, 4, 6, 8, 12, 16 and so on.
pub(super) fn steps(size: usize, each: usize, most: usize) -> u16 {
    let wanted = size.div_ceil(each).max(1);
    let above = wanted.next_power_of_two();
    let step = if wanted <= above / 4 * 3 { above / 4 * 3 } else { above };
    u16::try_from(step.min(most)).unwrap_or(u16::MAX)
}

/// Which chunk of which kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChunkOf {
    pub language: LangId,
    pub kind: KindOf,
    /// Among those of the kind.
    pub number: u16,
    /// How many the kind has.
    pub of: u16,
    /// Into how many shards its words go.
    pub shards: Shards,
    /// Whether its rows say what documents are about.
    pub has_summaries: bool,
}

/// What is a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum DocumentKey {
    Page(PageKey),
    Term(TermKey),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_cut_in_steps() {
        let of = |posts: usize, people: usize| {
            Layout::of_counts(vec![
                (KindOf::Pages(Kind::Post), posts),
                (KindOf::Terms("speakers".into()), people),
            ])
        };
        let cut =
            |layout: &Layout| layout.kinds.iter().map(|cut| (cut.chunks, cut.files)).collect::<Vec<_>>();
        assert_eq!(cut(&of(50, 20)), [(1, 3), (1, 1)]);
        assert_eq!(cut(&of(1000, 300)), cut(&of(1010, 310)));
        assert_eq!(cut(&of(30_000, 10_000)), [(32, 32), (32, 2)]);
        assert_eq!(of(20, 20).bounds, Bounds::NONE);
        let common = |posts| of(posts, 0).bounds.frequent[0];
        assert_eq!((common(64), common(127), common(128)), (32, 32, 64));
        let large = Bounds { frequent: [4096, 2048, 1024, 512], texts: 1024, names: 512 };
        assert_eq!(of(40_000, 0).bounds, large);
        let all = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25].map(|size| steps(size, 1, 100));
        assert_eq!(all, [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]);
    }
}
