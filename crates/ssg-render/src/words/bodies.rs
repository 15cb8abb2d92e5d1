//! The words of a body with how often each stands in it, made once for each text and remembered.
//!
//! They are a text: a line with how many words text and headings have, and whether something is marked as not for search; then each word in the order in which they come, behind
//! signs that say how long it is, how often it stands in the text and, where it does, in headings.

use super::LONGEST;
use super::counter::{Counter, Spelled};
use super::ids::Tag;
use super::text::text_of;
use crate::remembered::{ReadRemembered, Remembered, Texts};
use ssg_parse::{Heading, Piece};
use ssg_source::Digest;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

/// Longest number that is a word of a text, in digits.
pub(super) const DIGITS: usize = 6;

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
            include_str!("html.rs"),
            include_str!("text.rs"),
            include_str!("counter.rs"),
            include_str!("ids.rs"),
            include_str!("runs.rs"),
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
    let mut text = text_of(pieces);
    let is_marked = text.is_marked;
    // Faster for all of it than word by word.
    text.out.make_ascii_lowercase();
    let headings: Vec<Cow<'_, str>> = if is_marked {
        text.headings().into_iter().map(Cow::Borrowed).collect()
    } else {
        headings.iter().map(|heading| heading.title.to_ascii_lowercase().into()).collect()
    };
    COUNTER.with_borrow_mut(|counter| counted(counter, &headings, &text.out, is_marked))
}

fn counted(counter: &mut Counter, headings: &[Cow<'_, str>], body: &str, is_marked: bool) -> String {
    counter.clear();
    let in_text = counter.count_all(body, 0);
    let in_headings =
        headings.iter().map(|heading| counter.count_all(heading, 1)).fold(0, u32::saturating_add);
    let marked = if is_marked { MARKED } else { "" };
    let mut text = format!("{in_text} {in_headings}{marked}\n").into_bytes();
    text.reserve(counter.len() * MIDDLE);
    for (word, [in_text, in_headings]) in counter.words() {
        let length = match word {
            Spelled::Short(tag) => tag.length(),
            Spelled::Long(word) => word.len(),
        };
        text.push(sign(length + if in_headings > 0 { LONGEST } else { 0 }));
        text.push(sign(in_text as usize));
        if in_headings > 0 {
            text.push(sign(in_headings as usize));
        }
        match word {
            Spelled::Short(tag) => tag.push_to(&mut text),
            Spelled::Long(word) => text.extend_from_slice(word.as_bytes()),
        }
    }
    // All of it are words of texts, so nothing of it is passed over.
    String::from_utf8(text).unwrap_or_default()
}

/// What stands behind the lengths of a body in which something is marked as not for search.
const MARKED: &str = " marked";

/// Whether something in the body whose words these are is marked as not for search, so that what is known of how it begins
/// is not to be found.
pub(crate) fn is_marked(text: &str) -> bool {
    text.split_once('\n').is_some_and(|(first, _)| first.ends_with(MARKED))
}

/// Bytes of a word with its signs, with room for longer ones.
const MIDDLE: usize = 12;

/// The first sign that stands for a number, which is 0, and the largest number that has one: more counts no more.
const FIRST: u8 = b'!';
const MOST: u8 = b'~' - FIRST;
const _: () = assert!(2 * LONGEST <= MOST as usize, "every length has a sign");

fn sign(number: usize) -> u8 {
    FIRST + u8::try_from(number).unwrap_or(MOST).min(MOST)
}

/// A word of a body.
pub(crate) struct Counted<'t> {
    pub word: &'t str,
    /// `None` of a long one.
    pub tag: Option<Tag>,
    /// How often it stands in the text, and in headings.
    pub in_text: u32,
    pub in_headings: u32,
}

/// The words of a text that this module made: how many there are in the text and in headings, and each with the same.
pub(crate) fn read(text: &str) -> ([u32; 2], impl Iterator<Item = Counted<'_>>) {
    let number = |part: Option<&str>| part.and_then(|part| part.parse().ok()).unwrap_or_default();
    let (first, mut rest) = text.split_once('\n').unwrap_or_default();
    let mut lengths = first.split(' ');
    let lengths = [number(lengths.next()), number(lengths.next())];
    let words = std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let number = |at: usize| Some(bytes.get(at)?.wrapping_sub(FIRST));
        let (length, in_text) = (usize::from(number(0)?), number(1)?);
        let (length, in_headings, start) =
            if length > LONGEST { (length - LONGEST, number(2)?, 3) } else { (length, 0, 2) };
        let tag = Tag::of(bytes.get(start..)?, length);
        let word = rest.get(start..start + length)?;
        rest = rest.get(start + length..)?;
        Some(Counted { word, tag, in_text: in_text.into(), in_headings: in_headings.into() })
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
        let of = |one: Counted<'_>| (one.word.to_owned(), [one.in_text, one.in_headings]);
        let words: Vec<_> = words.map(of).collect();
        assert_eq!((&words[0], &words[5]), (&("boats".into(), [2, 1]), &("zurich".into(), [1, 0])));
        assert_eq!(words.len(), 6);
        // What is cut or no such text ends, and no more.
        for end in 0..text.len() {
            assert!(read(&text[..end]).1.count() < 6);
        }
        assert_eq!((read("").1.count(), read("0 0\n$\"öö\u{7f}").1.count()), (0, 0));
        let long = [Piece::Html(format!("{} <i>ü{}</i>", "many ".repeat(300), "x".repeat(37)))];
        let long = made_of(&[], &long);
        let words: Vec<_> = read(&long).1.collect();
        assert_eq!((words[0].word, words[0].in_text, words[1].word.len()), ("many", 93, 38));
        assert!(words[0].tag.is_some() && words[1].tag.is_none());
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
