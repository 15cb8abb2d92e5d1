//! Counts words, each of which is copied once.

use super::ids::Ids;

/// Words with how often each stands in two texts, in the order in which they came.
#[derive(Default)]
pub(super) struct Counter {
    ids: Ids,
    /// All words, one behind the other.
    text: String,
    words: Vec<Counted>,
}

#[derive(Clone, Copy)]
struct Counted {
    start: usize,
    end: usize,
    counts: [u32; 2],
}

impl Counter {
    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.text.clear();
        self.words.clear();
    }

    /// Counts a word of the first or the second text.
    pub(super) fn count(&mut self, word: &str, field: usize) {
        let Self { ids, text, words } = self;
        let is = |id: usize| words.get(id).and_then(|known| text.get(known.start..known.end)) == Some(word);
        let (id, is_new) = ids.of(word, is);
        if is_new {
            let start = text.len();
            text.push_str(word);
            words.push(Counted { start, end: text.len(), counts: [0; 2] });
        }
        if let Some(count) = words.get_mut(id).and_then(|word| word.counts.get_mut(field)) {
            *count = count.saturating_add(1);
        }
    }

    /// Bytes of all words, with two for each.
    pub(super) fn size(&self) -> usize {
        self.text.len() + 2 * self.words.len()
    }

    /// The words, each with how often it stands in either text.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, [u32; 2])> {
        self.words.iter().map(|word| (self.text.get(word.start..word.end).unwrap_or_default(), word.counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_words_are_counted() {
        let mut counter = Counter::default();
        for round in 0..2 {
            counter.clear();
            let words: Vec<String> = (0..5000).map(|number| format!("w{number}")).collect();
            for word in words.iter().chain(&words) {
                counter.count(word, 0);
            }
            counter.count("w7", 1);
            assert_eq!(counter.words().count(), 5000, "{round}");
            assert!(
                counter.words().zip(&words).all(|((word, counts), other)| word == other && counts[0] == 2)
            );
            assert_eq!(counter.words().nth(7), Some(("w7", [2, 1])));
        }
    }
}
