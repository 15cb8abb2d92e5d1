//! Counts the words of texts.

use super::bodies::{DIGITS, is_worth};
use super::ids::{Ids, Tag};
use super::runs::runs;
use super::words_of_run;

/// Words with how often each stands in two texts, in the order in which they came.
#[derive(Default)]
pub(super) struct Counter {
    ids: Ids,
    words: Vec<Counted>,
    /// Words that are too long for a tag, in order.
    long: Vec<Box<str>>,
}

#[derive(Clone, Copy)]
struct Counted {
    /// `None` for the next long word.
    tag: Option<Tag>,
    counts: [u32; 2],
}

/// A word as it was counted.
pub(super) enum Spelled<'c> {
    Short(Tag),
    Long(&'c str),
}

impl Counter {
    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.words.clear();
        self.long.clear();
    }

    /// Counts the words of a text in small letters that are worth it, as the first or the second text, and says how many there are.
    pub(super) fn count_all(&mut self, text: &str, field: usize) -> u32 {
        let bytes = text.as_bytes();
        let mut length = 0_u32;
        runs(bytes, |start, end| {
            let tag = Tag::of(bytes.get(start..).unwrap_or_default(), end - start);
            let has_signs = matches!(bytes.get(end), Some(b'+' | b'#'));
            let may_be_long_number = |tag: Tag| end - start > DIGITS && tag.begins_with_digit();
            match tag.filter(|tag| tag.is_ascii() && !has_signs && !may_be_long_number(*tag)) {
                Some(tag) if end - start > 1 => {
                    self.count_tag(tag, field);
                    length = length.saturating_add(1);
                }
                Some(_) => {}
                None => {
                    words_of_run(text, start..end, &mut false, &mut |word, _| {
                        if is_worth(word) {
                            self.count(word, field);
                            length = length.saturating_add(1);
                        }
                    });
                }
            }
        });
        length
    }

    fn count_tag(&mut self, tag: Tag, field: usize) {
        let (id, is_new) = self.ids.of_tag(tag);
        if is_new {
            self.words.push(Counted { tag: Some(tag), counts: [0; 2] });
        }
        self.count_id(id, field);
    }

    /// Counts a word of the first or the second text.
    fn count(&mut self, word: &str, field: usize) {
        let tag = Tag::of(word.as_bytes(), word.len());
        let (id, is_new) = self.ids.of(word);
        if is_new {
            self.words.push(Counted { tag, counts: [0; 2] });
            if tag.is_none() {
                self.long.push(word.into());
            }
        }
        self.count_id(id, field);
    }

    fn count_id(&mut self, id: usize, field: usize) {
        if let Some(count) = self.words.get_mut(id).and_then(|word| word.counts.get_mut(field)) {
            *count = count.saturating_add(1);
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words, each with how often it stands in either text.
    pub(super) fn words(&self) -> impl Iterator<Item = (Spelled<'_>, [u32; 2])> {
        let mut long = self.long.iter();
        self.words.iter().map(move |word| {
            let spelled = match word.tag {
                Some(tag) => Spelled::Short(tag),
                None => Spelled::Long(long.next().map_or("", |word| word)),
            };
            (spelled, word.counts)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(counter: &Counter) -> Vec<(String, [u32; 2])> {
        let spelled = |spelled| match spelled {
            Spelled::Long(word) => word.to_owned(),
            Spelled::Short(tag) => {
                let mut bytes = Vec::new();
                tag.push_to(&mut bytes);
                String::from_utf8(bytes).expect("it was a word")
            }
        };
        counter.words().map(|(word, counts)| (spelled(word), counts)).collect()
    }

    #[test]
    fn many_words_are_counted() {
        let mut counter = Counter::default();
        for _ in 0..2 {
            counter.clear();
            let words: Vec<String> = (0..5000).map(|number| format!("w{number}")).collect();
            let text = words.join(" ");
            assert_eq!(counter.count_all(&format!("{text} {text}"), 0), 10_000);
            assert_eq!(counter.count_all("w7", 1), 1);
            let all = counts(&counter);
            assert_eq!((all.len(), counter.len()), (5000, 5000));
            assert!(all.iter().zip(&words).all(|((word, counts), other)| word == other && counts[0] == 2));
            assert_eq!(all[7], ("w7".to_owned(), [2, 1]));
        }
    }

    #[test]
    fn what_is_counted_are_the_words_that_are_worth_it() {
        let text = "c++ a an “so–called” … 1234 12 1234567 (zürich, zürich) node.js f# x+y 東京都 \
                    a-word-of-antidisestablishmentarianism pneumonoultramicroscopic antidisestablishmentarianism";
        let mut counter = Counter::default();
        let length = counter.count_all(text, 0);
        let mut expected: Vec<(String, u32)> = Vec::new();
        super::super::words(text, &mut |word, _| {
            if is_worth(word) {
                match expected.iter_mut().find(|(known, _)| known == word) {
                    Some((_, count)) => *count += 1,
                    None => expected.push((word.to_owned(), 1)),
                }
            }
        });
        assert_eq!(length, expected.iter().map(|(_, count)| count).sum::<u32>());
        let counted: Vec<_> = counts(&counter).into_iter().map(|(word, [count, _])| (word, count)).collect();
        assert_eq!(counted, expected);
        assert!(counted.contains(&("antidisestablishmentarianism".to_owned(), 2)));
    }
}
