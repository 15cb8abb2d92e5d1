//! Words of the documents of a chunk: counted document by document, then put in order once.

use super::part::Part;
use super::postings::{HEAVIEST, posting};
use super::shards::{BACKWARDS, FILTER, Group, Shards, band};
use crate::words::bodies::{Spelled, beginning, worthy};
use crate::words::ids::Ids;
use std::sync::Arc;

/// What is known of a word.
struct Word {
    /// The last document that had it, counted from one.
    document: u32,
    in_document: Counts,
    /// How many postings it has in names and in texts; later, where these go.
    names: u32,
    texts: u32,
}

/// How often a word stands in a document.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// How many words the shortest name has that it stands in, 0 where it stands in none.
    name: u32,
    near: u32,
    text: u32,
}

/// Words that are being counted.
#[derive(Default)]
pub(crate) struct Tally {
    ids: Ids,
    words: Vec<Word>,
    /// Words of the document that is being counted.
    seen: Vec<u32>,
    /// How many documents were counted.
    documents: u32,
    /// Words with postings, whether these are those of a name, in the order of documents.
    postings: Vec<(u32, bool, u32)>,
}

impl Tally {
    /// A word stands in a name that has so many.
    pub(crate) fn name(&mut self, word: &str, length: u32) {
        let counts = self.counts(word);
        counts.name = if counts.name == 0 { length.max(1) } else { counts.name.min(length.max(1)) };
    }

    /// A word stands so often near the name and in the text.
    pub(crate) fn text(&mut self, word: &str, near: u32, text: u32) {
        let counts = self.counts(word);
        counts.near = counts.near.saturating_add(near);
        counts.text = counts.text.saturating_add(text);
    }

    /// The words of a body, or of one of its headings. Gives how many there are.
    pub(crate) fn body(&mut self, text: &str, is_heading: bool) -> u32 {
        let mut length = 0_u32;
        worthy(text, |word| {
            length = length.saturating_add(1);
            let id = match word {
                Spelled::Short(tag) => self.ids.of_tag(tag),
                Spelled::Long(word) => self.ids.of(word),
            };
            let Counts { near, text, .. } = self.counts_of(id);
            let count = if is_heading { near } else { text };
            *count = count.saturating_add(1);
        });
        length
    }

    fn counts(&mut self, text: &str) -> &mut Counts {
        let id = self.ids.of(text);
        self.counts_of(id)
    }

    /// What is counted of a word in the document, by its number and whether it is a new one.
    fn counts_of(&mut self, (id, is_new): (usize, bool)) -> &mut Counts {
        if is_new {
            self.words.push(Word { document: 0, in_document: Counts::default(), names: 0, texts: 0 });
        }
        let word = &mut self.words[id];
        if word.document != self.documents + 1 {
            word.document = self.documents + 1;
            word.in_document = Counts::default();
            self.seen.push(u32::try_from(id).unwrap_or(u32::MAX));
        }
        &mut word.in_document
    }

    /// Ends a document whose text has so many words.
    pub(crate) fn end(&mut self, length: u32) {
        // Of most words no more is known than that they stand a few times in the text.
        let plain: [u8; 8] = std::array::from_fn(|text| {
            weight(Counts { text: u32::try_from(text).unwrap_or_default(), ..Counts::default() }, length)
        });
        for id in self.seen.drain(..) {
            let Some(word) = self.words.get_mut(id as usize) else { continue };
            let is_name = word.in_document.name > 0;
            *(if is_name { &mut word.names } else { &mut word.texts }) += 1;
            let weight = match word.in_document {
                Counts { name: 0, near: 0, text } => plain.get(text as usize).copied(),
                _ => None,
            };
            let weight = weight.unwrap_or_else(|| self::weight(word.in_document, length));
            self.postings.push((id, is_name, posting(self.documents, weight)));
        }
        self.documents += 1;
    }

    /// All words by band.
    pub(crate) fn parts(mut self, shards: Shards) -> Vec<Arc<Part>> {
        let (text, places) = self.ids.spelled();
        let mut entries: Vec<(u16, u64, &str, u32, bool)> = Vec::with_capacity(self.words.len());
        for ((id, word), place) in (0..).zip(&mut self.words).zip(places) {
            let spelled = text.get(place).unwrap_or_default();
            let (is_end, is_filter) = (spelled.starts_with(BACKWARDS), spelled.contains(FILTER));
            let groups = [
                (true, &mut word.names, if is_end { Group::Ends } else { Group::Names }),
                (false, &mut word.texts, if is_filter { Group::Filters } else { Group::Texts }),
            ];
            for (is_name, count, group) in groups.into_iter().filter(|(_, count, _)| **count > 0) {
                if shards.count(group) > 0 {
                    entries.push((shards.shard(spelled, group), beginning(spelled), spelled, id, is_name));
                } else {
                    // Its postings go nowhere.
                    *count = u32::MAX;
                }
            }
        }
        entries.sort_unstable();
        // Postings go where their words are, in the order of documents.
        let mut next = 0;
        for (.., id, is_name) in &entries {
            let Some(word) = self.words.get_mut(*id as usize) else { continue };
            let place = if *is_name { &mut word.names } else { &mut word.texts };
            (next, *place) = (next + *place, next);
        }
        let mut sorted = vec![0; self.postings.len()];
        for (id, is_name, posting) in self.postings {
            let Some(word) = self.words.get_mut(id as usize) else { continue };
            let place = if is_name { &mut word.names } else { &mut word.texts };
            if let Some(to) = sorted.get_mut(*place as usize) {
                *to = posting;
            }
            *place = place.saturating_add(1);
        }
        // Each place is now the end of the word's postings.
        let mut parts = vec![Part::default(); usize::from(shards.bands())];
        let mut from = 0;
        for (shard, _, word, id, is_name) in entries {
            let Some(counted) = self.words.get(id as usize) else { continue };
            let end = if is_name { counted.names } else { counted.texts } as usize;
            if let Some(part) = parts.get_mut(usize::from(band(shard))) {
                part.push(shard, word, sorted.get(from..end).unwrap_or_default());
            }
            from = end;
        }
        parts.into_iter().map(Arc::new).collect()
    }
}

/// How much a word weighs. In names that is how many words these have, less one: who asks for all of them means this one. In
/// texts it is a step of what BM25 has of how often the word stands there, where a word near the name counts two and a half.
fn weight(Counts { name, near, text }: Counts, length: u32) -> u8 {
    if name > 0 {
        return u8::try_from(name - 1).unwrap_or(HEAVIEST).min(HEAVIEST);
    }
    // In thousandths. A text of 256 words is of middle length; lengths count in steps of two, so that a word more in a long text
    // changes few others.
    let long = 400 + 600 * u64::from(length.min(1 << 20).next_power_of_two()) / 256;
    let sum = 2_500 * u64::from(near.min(4)) + 1_000_000 * u64::from(text) / long;
    u8::try_from(u64::from(HEAVIEST + 1) * sum / (1_200 + sum)).unwrap_or(HEAVIEST).min(HEAVIEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::postings::WEIGHT_BITS;

    #[test]
    fn words_are_counted_by_document_and_put_in_order() {
        let mut tally = Tally::default();
        tally.text("boat", 0, 2);
        tally.name("docker", 2);
        tally.name("docker", 1);
        tally.text("docker", 1, 5);
        tally.name("<rekcod", 1);
        tally.end(300);
        tally.text("docker", 0, 1);
        tally.text("docker=tools", 0, 1);
        tally.end(100);
        let parts = tally.parts(Shards::new([1; 4]));
        assert_eq!(parts.len(), 1);
        let part = &parts[0];
        assert_eq!(part.words, "docker\n<rekcod\nboat\ndocker\ndocker=tools\n");
        assert_eq!(part.shards, [(0, 1), (1, 1), (2, 2), (3, 1)]);
        // Each word is in one document: the number of it and the weight follow a one. The name is one word, which weighs nothing more.
        assert_eq!(part.postings[..4], [1, 0, 1, 0]);
        let numbers: Vec<u8> = part.postings.chunks(2).map(|posting| posting[1] >> WEIGHT_BITS).collect();
        assert_eq!(numbers, [0, 0, 0, 1, 1]);
    }

    #[test]
    fn words_of_a_group_without_files_are_left_out() {
        let mut tally = Tally::default();
        for name in ["docker", "<rekcod", "consul", "<lusnoc"] {
            tally.name(name, 1);
        }
        tally.end(0);
        tally.name("docker", 1);
        tally.end(0);
        let parts = tally.parts(Shards::new([1, 0, 1, 1]));
        assert_eq!(parts[0].words, "consul\ndocker\n");
        assert_eq!(parts[0].shards, [(0, 2)]);
        assert_eq!(parts[0].postings, [1, 0, 2, 0, 1 << WEIGHT_BITS]);
    }

    #[test]
    fn what_stands_more_often_or_in_less_weighs_more() {
        let of = |near, text, length| weight(Counts { name: 0, near, text }, length);
        assert!(of(0, 1, 1000) < of(0, 1, 100));
        assert!(of(0, 1, 300) < of(0, 3, 300));
        assert!(of(0, 1, 300) < of(1, 1, 300));
        assert_eq!(of(4, u32::MAX, 0), HEAVIEST);
        assert_eq!(weight(Counts { name: 40, near: 0, text: 0 }, 1), HEAVIEST);
    }
}
