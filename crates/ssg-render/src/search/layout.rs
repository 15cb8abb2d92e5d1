//! How the index of a language is cut: into how many chunks documents of each kind go, and into how many shards words.
//!
//! Both follow from how many documents there are, in steps of two: so one page more or less seldom cuts anything anew.

use serde::{Deserialize, Serialize};
use ssg_source::Digester;
use ssg_taxonomy::{Kind, LangId, PageKey, Site, TermKey};
use std::sync::Arc;

/// Documents of a chunk.
const CHUNK: usize = 64;
/// Most chunks of a kind.
const MOST_CHUNKS: usize = 128;
/// Bytes of a shard, as far as they can be told beforehand.
const SHARD: usize = 48_000;
/// Most shards.
const MOST_SHARDS: usize = 128;
/// Bytes of a posting with its share of the word.
const POSTING: usize = 3;
/// Of more documents rows have no summaries: these would be most of what a search loads, and stand in the pages.
const MANY: usize = 4_000;
/// Of so few documents no word is too common.
const FEW: usize = 64;

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

    /// How many different words a document has, as a rule.
    fn words(&self) -> usize {
        match self {
            Self::Terms(_) => 12,
            Self::Pages(Kind::Talk) => 80,
            Self::Pages(Kind::Event) => 150,
            Self::Pages(_) => 300,
        }
    }
}

/// How the index of a language is cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Layout {
    /// Kinds that there are, with how many chunks each has, in the order in which chunks are numbered.
    pub kinds: Vec<(KindOf, u16)>,
    /// How many shards there are.
    pub shards: u16,
    /// More documents than this have no word that is not too common; half of all or more.
    pub common: usize,
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
        let size: usize = counts.iter().map(|(kind, count)| kind.words() * count * POSTING).sum();
        let steps = |size: usize, each: usize, most: usize| {
            u16::try_from(size.div_ceil(each).next_power_of_two().min(most)).unwrap_or(1)
        };
        let kinds = counts.into_iter().map(|(kind, count)| {
            let chunks = steps(count, CHUNK, MOST_CHUNKS);
            (kind, chunks)
        });
        let floor = (all + 1).next_power_of_two() / 2;
        Self {
            kinds: kinds.collect(),
            shards: steps(size, SHARD, MOST_SHARDS),
            has_summaries: all <= MANY,
            common: if all < FEW { usize::MAX } else { floor },
        }
    }

    /// All chunks in order.
    pub(crate) fn chunks(&self, language: LangId) -> impl Iterator<Item = ChunkOf> {
        self.kinds.iter().flat_map(move |(kind, of)| {
            let of = ChunkOf {
                language,
                kind: kind.clone(),
                number: 0,
                of: *of,
                shards: self.shards,
                has_summaries: self.has_summaries,
            };
            (0..of.of).map(move |number| ChunkOf { number, ..of.clone() })
        })
    }
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
    pub shards: u16,
    /// Whether its rows say what documents are about.
    pub has_summaries: bool,
}

impl ChunkOf {
    /// Whether a document of the kind belongs to it.
    pub(crate) fn has(&self, key: &DocumentKey) -> bool {
        u16::from(Digester::new().value(key).done().first_byte()) % self.of.max(1) == self.number
    }
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
        assert_eq!(of(50, 20).shards, 1);
        assert_eq!(of(50, 20).kinds.iter().map(|(_, of)| *of).collect::<Vec<_>>(), [1, 1]);
        assert_eq!((of(1000, 300).shards, of(1100, 310).shards), (32, 32));
        assert_eq!(of(100_000, 300).shards, 128);
        assert_eq!(of(20, 20).common, usize::MAX);
        assert_eq!((of(64, 0).common, of(127, 0).common, of(128, 0).common), (64, 64, 128));
    }
}
