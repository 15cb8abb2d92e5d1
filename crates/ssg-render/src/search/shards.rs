//! Which file of the index a word is in.
//!
//! There are four groups of shards, since what is asked of a word differs: words of names are also found by how they begin and
//! when they are misspelt, so all that begin alike lie together; words of texts are many and are found as they are written.

use super::layout::{KindOf, steps};
use crate::words::is_unspaced;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What stands before a word that is written from its end to its beginning.
pub(crate) const BACKWARDS: char = '<';
/// What parts the two halves of a filter: `docker=tools`.
pub(crate) const FILTER: char = '=';

/// Bytes of a shard, as far as they can be told beforehand.
const SHARD: usize = 4_000;
/// Bytes of a posting with its share of the word.
const POSTING: usize = 4;
/// Words of a name.
const NAME: usize = 5;
/// Filters of a document.
const FILTERS: usize = 4;
/// Most shards of a group.
const MOST_NAMES: usize = 256;
const MOST_ENDS: usize = 32;
const MOST_TEXTS: usize = 768;
const MOST_FILTERS: usize = 32;
/// Where names have so few shards, all are looked through for what is misspelt, and there are no ends.
const FEW: u16 = 4;
/// Shards that are made together.
const BAND: u16 = 16;

/// A group of shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Words of names, by their first three letters.
    Names,
    /// Words of names of terms from their end to their beginning, by the last three letters.
    Ends,
    /// Words of texts, by their first five letters.
    Texts,
    /// What filters look for.
    Filters,
}

impl Group {
    /// All of them, in the order in which their shards are counted.
    pub(crate) const ALL: [Self; 4] = [Self::Names, Self::Ends, Self::Texts, Self::Filters];

    /// What its files are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Ends => "ends",
            Self::Texts => "texts",
            Self::Filters => "filters",
        }
    }

    /// So many letters of a word decide in which shard it is.
    fn letters(self) -> usize {
        match self {
            Self::Names => 3,
            Self::Ends => 4,
            Self::Texts => 5,
            Self::Filters => usize::MAX,
        }
    }
}

/// How many shards each group has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shards([u16; 4]);

impl Shards {
    /// How many there are for so many documents of each kind.
    pub(crate) fn of(counts: &[(KindOf, usize)]) -> Self {
        let all: usize = counts.iter().map(|(_, count)| count).sum();
        let terms: usize =
            counts.iter().filter(|(kind, _)| matches!(kind, KindOf::Terms(_))).map(|(_, count)| count).sum();
        let texts: usize = counts.iter().map(|(kind, count)| kind.words() * count).sum();
        let names = steps(all * NAME * POSTING, SHARD, MOST_NAMES);
        Self([
            names,
            if names > FEW { steps(terms * POSTING * 2, SHARD, MOST_ENDS) } else { 0 },
            steps(texts * POSTING, SHARD, MOST_TEXTS),
            steps((all - terms) * FILTERS * POSTING, SHARD, MOST_FILTERS),
        ])
    }

    /// So many of each group.
    #[cfg(test)]
    pub(crate) fn new(counts: [u16; 4]) -> Self {
        Self(counts)
    }

    /// How many each group has, in their order.
    pub(crate) fn counts(self) -> [u16; 4] {
        self.0
    }

    /// How many a group has.
    pub(crate) fn count(self, group: Group) -> u16 {
        self.0[group as usize]
    }

    /// How many all have.
    pub(crate) fn all(self) -> u16 {
        self.0.iter().sum()
    }

    /// The number of a group's first.
    pub(crate) fn first(self, group: Group) -> u16 {
        self.0.iter().take(group as usize).sum()
    }

    /// The group of a shard.
    pub(crate) fn group(self, shard: u16) -> Group {
        let is_in = |group: &&Group| shard < self.first(**group) + self.count(**group);
        Group::ALL.iter().find(is_in).copied().unwrap_or(Group::Filters)
    }

    /// The number of the shard that a word of a group is in.
    pub(crate) fn shard(self, word: &str, group: Group) -> u16 {
        self.first(group) + place(word, group, self.count(group))
    }

    /// How many bands there are.
    pub(crate) fn bands(self) -> u16 {
        self.all().div_ceil(BAND)
    }

    /// All shards: the first of each band, then the second of each, and so on.
    pub(crate) fn in_turn(self) -> impl Iterator<Item = u16> {
        (0..BAND)
            .flat_map(move |place| {
                (0..self.bands()).map(move |band| band.saturating_mul(BAND).saturating_add(place))
            })
            .filter(move |shard| *shard < self.all())
    }

    /// The shards of a band.
    pub(crate) fn of_band(self, band: u16) -> Range<u16> {
        let first = band.saturating_mul(BAND);
        first.min(self.all())..first.saturating_add(BAND).min(self.all())
    }
}

/// The band that a shard is made in.
pub(crate) fn band(shard: u16) -> u16 {
    shard / BAND
}

/// In which of so many shards of a group a word is: all that begin with the same letters are in one, of a script without spaces
/// those with the same first one.
fn place(word: &str, group: Group, shards: u16) -> u16 {
    let is_unspaced = group != Group::Filters && word.chars().next().is_some_and(is_unspaced);
    let count = if is_unspaced { 1 } else { group.letters() };
    let end = word.char_indices().nth(count).map_or(word.len(), |(at, _)| at);
    // FNV-1a, which is a line in any language.
    let mut hash: u32 = 0x811c_9dc5;
    for byte in word.as_bytes().get(..end).unwrap_or_default() {
        hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    u16::try_from(hash % u32::from(shards.max(1))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_alike_are_in_one_shard() {
        let of = |word, group| place(word, group, 128);
        assert_eq!(of("kubernetes", Group::Names), of("kube", Group::Names));
        assert_eq!(of("kubernetes", Group::Texts), of("kubers", Group::Texts));
        assert_eq!(of("東京", Group::Texts), of("東", Group::Texts));
        assert_ne!(of("docker", Group::Names), of("kube", Group::Names));
        // As `engine.js` has it.
        assert_eq!(of("kube", Group::Names), 125);
        assert_eq!(of("<ebuk", Group::Ends), of("<ebux", Group::Ends));
    }

    #[test]
    fn shards_are_counted_through_all_groups() {
        let shards = Shards([3, 1, 12, 2]);
        assert_eq!((shards.all(), shards.bands()), (18, 2));
        assert_eq!((shards.of_band(0), shards.of_band(1)), (0..16, 16..18));
        assert_eq!(
            [0, 3, 4, 16, 17].map(|shard| shards.group(shard)),
            [Group::Names, Group::Ends, Group::Texts, Group::Filters, Group::Filters]
        );
        let mut in_turn: Vec<u16> = shards.in_turn().collect();
        assert_eq!(in_turn[..4], [0, 16, 1, 17]);
        in_turn.sort_unstable();
        assert_eq!(in_turn, (0..18).collect::<Vec<_>>());
        let shard = shards.shard("docker=tools", Group::Filters);
        assert!(shards.group(shard) == Group::Filters && band(shard) == 1);
    }
}
