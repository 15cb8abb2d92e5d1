//! The words of a body with how often each stands in it, made once for each text and remembered.
//!
//! They are a text: a line with how many words text and headings have; then each word in the order in which they come, behind
//! signs that say how long it is, how often it stands in the text and, where it does, in headings.

use super::counter::Counter;
use super::text::text_of;
use super::{LONGEST, words};
use crate::remembered::{ReadRemembered, Remembered, Texts};
use ssg_parse::{Heading, Piece};
use ssg_source::Digest;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

/// Longest number that is a word of a text, in digits.
const DIGITS: usize = 6;

/// Words of bodies.
#[derive(Default)]
pub struct BodyWords(Texts);

impl BodyWords {
    /// Words of a site whose earlier builds are remembered somewhere.
    #[must_use]
    pub fn remembering(read: ReadRemembered) -> Self {
        Self(Texts::remembering(read, 0))
    }

    /// What makes words of a body: what another program has made is not used.
    #[must_use]
    pub fn identity() -> Digest {
        let made_by = [
            include_str!("../words.rs"),
            include_str!("text.rs"),
            include_str!("counter.rs"),
            include_str!("ids.rs"),
            include_str!("bodies.rs"),
        ];
        Digest::of_text(&made_by.concat())
    }

    /// The words of the body whose content has this digest. `body` gives its pieces, and whether they are of that content: a
    /// file may be written meanwhile, and nothing of what is in it then is remembered. Gives the words with the same.
    pub(crate) fn of(
        &self,
        content: Option<Digest>,
        headings: &[Heading],
        body: impl FnOnce() -> (Arc<[Piece]>, bool),
    ) -> (Arc<str>, bool) {
        let make = || {
            let (pieces, is_same) = body();
            (Arc::<str>::from(made_of(headings, &pieces)), is_same)
        };
        let Some(content) = content.filter(|_| self.0.is_remembering()) else { return make() };
        if let Some((known, is_certain)) = self.0.find(content) {
            if !cfg!(debug_assertions) {
                return (known, true);
            }
            let (anew, is_same) = make();
            debug_assert!(
                !is_certain || !is_same || anew == known,
                "the remembered words of a body are others"
            );
            return (anew, is_same);
        }
        let (made, is_same) = make();
        self.0.count_one();
        if is_same {
            self.0.keep(content, &made);
        }
        (made, is_same)
    }

    /// What the next build is to remember, where that is worth being written.
    #[must_use]
    pub fn to_remember(&self) -> Option<Remembered> {
        self.0.to_remember()
    }
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

/// Whether a word of a text is worth its place: a single letter of ASCII and a long number are not.
pub(crate) fn is_worth(word: &str) -> bool {
    word.len() > 1 && !(word.len() > DIGITS && word.bytes().all(|byte| byte.is_ascii_digit()))
}

thread_local! {
    /// A thread counts one text after another.
    static COUNTER: RefCell<Counter> = RefCell::default();
}

fn made_of(headings: &[Heading], pieces: &[Piece]) -> String {
    let mut body = text_of(pieces);
    // Faster for all of it than word by word.
    body.make_ascii_lowercase();
    COUNTER.with_borrow_mut(|counter| counted(counter, headings, &body))
}

fn counted(counter: &mut Counter, headings: &[Heading], body: &str) -> String {
    counter.clear();
    let mut lengths = [0_u32; 2];
    let heads = headings.iter().map(|heading| (1, heading.title.as_str()));
    for (field, text) in std::iter::once((0, body)).chain(heads) {
        let mut length = 0_u32;
        words(text, &mut |word, _| {
            if is_worth(word) {
                counter.count(word, field);
                length = length.saturating_add(1);
            }
        });
        lengths[field] = lengths[field].saturating_add(length);
    }
    let mut text = String::with_capacity(counter.size() + 24);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{} {}", lengths[0], lengths[1]);
    for (word, [in_text, in_headings]) in counter.words() {
        text.push(sign(word.len() + if in_headings > 0 { LONGEST } else { 0 }));
        text.push(sign(in_text as usize));
        if in_headings > 0 {
            text.push(sign(in_headings as usize));
        }
        text.push_str(word);
    }
    text
}

/// The first sign that stands for a number, which is 0, and the largest number that has one: more counts no more.
const FIRST: u8 = b'!';
const MOST: u8 = b'~' - FIRST;
const _: () = assert!(2 * LONGEST <= MOST as usize, "every length has a sign");

fn sign(number: usize) -> char {
    char::from(FIRST + u8::try_from(number).unwrap_or(MOST).min(MOST))
}

/// The words of a text that this module made: how many there are in the text and in headings, and each with the same.
pub(crate) fn read(text: &str) -> ([u32; 2], impl Iterator<Item = (&str, [u32; 2])>) {
    let number = |part: Option<&str>| part.and_then(|part| part.parse().ok()).unwrap_or_default();
    let (first, mut rest) = text.split_once('\n').unwrap_or_default();
    let mut lengths = first.split(' ');
    let lengths = [number(lengths.next()), number(lengths.next())];
    let words = std::iter::from_fn(move || {
        let number = |at: usize| Some(usize::from(rest.as_bytes().get(at)?.wrapping_sub(FIRST)));
        let (length, in_text) = (number(0)?, number(1)?);
        let (length, in_headings, start) =
            if length > LONGEST { (length - LONGEST, number(2)?, 3) } else { (length, 0, 2) };
        let (word, after) = rest.get(start..)?.split_at_checked(length)?;
        rest = after;
        Some((word, [in_text, in_headings].map(|count| u32::try_from(count).unwrap_or_default())))
    });
    (lengths, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::Span;

    #[test]
    fn words_are_counted_and_come_back() {
        let heading =
            Heading { level: 2, id: "x".into(), title: "Boats at sea".into(), span: Span::default() };
        let pieces =
            [Piece::Html("<h2>Boats at sea</h2><p>Two boats, a 12345678 and Zürich.</p>".to_owned())];
        let text = made_of(&[heading], &pieces);
        assert_eq!(text, "7 3\nN#\"boatsK\"\"atL\"\"sea$\"two$\"and'\"zurich");
        let (lengths, words) = read(&text);
        assert_eq!(lengths, [7, 3]);
        let words: Vec<_> = words.collect();
        assert_eq!((words[0], words[5]), (("boats", [2, 1]), ("zurich", [1, 0])));
        assert_eq!(words.len(), 6);
        // What is cut or no such text ends, and no more.
        for end in 0..text.len() {
            assert!(read(&text[..end]).1.count() < 6);
        }
        assert_eq!((read("").1.count(), read("0 0\n$\"öö\u{7f}").1.count()), (0, 0));
        let long = [Piece::Html(format!("{} <i>ü{}</i>", "many ".repeat(300), "x".repeat(37)))];
        let long = made_of(&[], &long);
        let words: Vec<_> = read(&long).1.collect();
        assert_eq!((words[0], words[1].0.len()), (("many", [93, 0]), 38));
    }

    #[test]
    fn what_an_earlier_build_has_made_is_not_made_again() {
        let body = |number: u32| -> (Arc<[Piece]>, bool) {
            (Arc::from([Piece::Html(format!("<p>word{number}</p>"))]), true)
        };
        let key = |number: u32| Some(Digest::of_text(&number.to_string()));
        let first = BodyWords::remembering(Box::new(Remembered::default));
        for number in 0..100 {
            first.of(key(number), &[], || body(number));
        }
        let remembered = first.to_remember().expect("there are many");
        let second = BodyWords::remembering(Box::new(move || remembered.again()));
        assert_eq!(&*second.of(key(7), &[], || body(7)).0, "1 0\n&\"word7");
        assert!(second.to_remember().is_none());
    }
}
