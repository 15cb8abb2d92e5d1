//! What a body shows, as the search reads it, and the words of that.

use super::ids::Tag;
use super::runs::runs;
use super::text::text_of;
use super::words_of_run;
use ssg_parse::{Heading, Piece};

/// Longest number that is a word of a text, in digits.
const DIGITS: usize = 6;

/// The text of a body, in small letters as far as ASCII goes.
#[derive(Debug, Default)]
pub(crate) struct BodyText {
    pub text: String,
    pub headings: Vec<String>,
    /// Something in it is marked as not for search, so that what is known of how it begins is not to be found.
    pub is_marked: bool,
}

impl BodyText {
    /// Of the pieces of a body with its headings.
    pub(crate) fn of(headings: &[Heading], pieces: &[Piece]) -> Self {
        let mut text = text_of(pieces);
        // Faster for all of it than word by word.
        text.out.make_ascii_lowercase();
        let headings = if text.is_marked {
            text.headings().into_iter().map(str::to_owned).collect()
        } else {
            headings.iter().map(|heading| heading.title.to_ascii_lowercase()).collect()
        };
        Self { is_marked: text.is_marked, headings, text: text.out }
    }
}

/// Whether a word of a text is worth its place: a single letter of ASCII and a long number are not.
pub(crate) fn is_worth(word: &str) -> bool {
    word.len() > 1 && !(word.len() > DIGITS && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A word of a body: most are short enough for a tag.
pub(crate) enum Spelled<'t> {
    Short(Tag),
    Long(&'t str),
}

/// Calls `each` with the words of a text in small letters that are worth it.
pub(crate) fn worthy(text: &str, mut each: impl FnMut(Spelled<'_>)) {
    let bytes = text.as_bytes();
    runs(bytes, |start, end| {
        let tag = Tag::of(bytes.get(start..).unwrap_or_default(), end - start);
        let has_signs = matches!(bytes.get(end), Some(b'+' | b'#'));
        let may_be_long_number = |tag: Tag| end - start > DIGITS && tag.begins_with_digit();
        match tag.filter(|tag| tag.is_ascii() && !has_signs && !may_be_long_number(*tag)) {
            Some(tag) if end - start > 1 => each(Spelled::Short(tag)),
            Some(_) => {}
            None => {
                words_of_run(text, start..end, &mut false, &mut |word, _| {
                    if is_worth(word) {
                        let tag = Tag::of(word.as_bytes(), word.len());
                        each(tag.map_or(Spelled::Long(word), Spelled::Short));
                    }
                });
            }
        }
    });
}

/// The first bytes of a word as a number: words in the order of these and then of themselves are in order, and most are told
/// apart by them.
pub(crate) fn beginning(word: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::Span;

    fn words(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        worthy(text, |word| {
            all.push(match word {
                Spelled::Long(word) => word.to_owned(),
                Spelled::Short(tag) => {
                    let mut bytes = Vec::new();
                    tag.push_to(&mut bytes);
                    String::from_utf8(bytes).expect("it was a word")
                }
            });
        });
        all
    }

    #[test]
    fn a_body_has_a_text_and_headings() {
        let heading =
            Heading { level: 2, id: "x".into(), title: "Boats at sea".into(), span: Span::default() };
        let pieces =
            [Piece::Html("<h2>Boats at sea</h2><p>Two boats, a 12345678 and Zürich.</p>".to_owned())];
        let body = BodyText::of(&[heading], &pieces);
        assert_eq!((body.headings, body.is_marked), (vec!["boats at sea".to_owned()], false));
        assert_eq!(words(&body.text), ["boats", "at", "sea", "two", "boats", "and", "zurich"]);
    }

    #[test]
    fn worthy_words_are_those_of_the_text_that_are_worth_it() {
        let text = "c++ a an “so–called” … 1234 12 1234567 (zürich, zürich) node.js f# x+y 東京都 \
                    a-word-of-antidisestablishmentarianism pneumonoultramicroscopic antidisestablishmentarianism";
        let mut expected: Vec<String> = Vec::new();
        super::super::words(text, &mut |word, _| {
            if is_worth(word) {
                expected.push(word.to_owned());
            }
        });
        assert_eq!(words(text), expected);
        assert_eq!(words(text).last().map(String::as_str), Some("antidisestablishmentarianism"));
    }
}
