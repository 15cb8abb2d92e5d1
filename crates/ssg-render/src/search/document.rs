//! A document: what a result shows of a page or a term, and its words by where they stand: in its name, near it (whom and what a
//! page names, its headings), in its text.

use super::layout::DocumentKey;
use super::shards::BACKWARDS;
use super::tally::Tally;
use crate::facets::files::PageText;
use crate::reads::{ReadSite, Reads};
use crate::views::person_name;
use crate::words::bodies::is_worth;
use crate::words::{fold, words};
use ssg_parse::encode_url;
use ssg_taxonomy::facets::{Card, Content, TermAliases, TermCard};
use ssg_taxonomy::{Kind, LangId, PageKey, TermKey, term_slug};
use std::sync::Arc;

/// People that a row names.
const PEOPLE: usize = 3;
/// Letters of the longest word of a name that is not also found by its end.
const SHORT: usize = 3;

/// Marks of a row.
const VIDEO: u8 = 1;
const SLIDES: u8 = 2;

/// A document.
pub(crate) struct Document {
    /// What its order within a chunk goes by: newer ones come first.
    pub order: i64,
    /// A JSON list: path, name, year, marks, event, people.
    pub row: String,
    /// What it is about.
    pub about: String,
    words: Words,
}

impl Document {
    /// Adds its words to those of other documents.
    pub(crate) fn count(&self, tally: &mut Tally) {
        for (word, length) in self.words.own() {
            match length {
                0 => tally.text(word, 1, 0),
                _ => tally.name(word, length),
            }
        }
        for filter in &self.words.filters {
            tally.text(filter, 0, 1);
        }
        let mut length = 0;
        if let Some(PageText(body)) = self.words.body.as_deref() {
            length = tally.body(&body.text, false);
            for heading in &body.headings {
                tally.body(heading, true);
            }
        }
        tally.end(length);
    }
}

/// What a document is; `None` for what is not to be found.
pub(crate) fn document(reads: &Reads, key: DocumentKey, language: LangId) -> Option<Document> {
    match key {
        DocumentKey::Page(key) => page(reads, key, language),
        DocumentKey::Term(key) => term(reads, key, language),
    }
}

fn page(reads: &Reads, key: PageKey, language: LangId) -> Option<Document> {
    let card = reads.card(&key).filter(|card| is_found(card))?;
    let mut words = Words::default();
    words.add(&card.title, Field::Name);
    words.body(reads, &key, &card);
    let lead = lead(reads, &key, &words);
    words.add(&lead, Field::Near);
    let mut speakers: Vec<String> = Vec::new();
    for (taxonomy, keys) in &card.terms {
        for term in keys.iter().filter_map(|key| reads.term(key)) {
            let name = &term.in_language(language).name;
            words.add(name, Field::Near);
            words.narrow(&term.slug, taxonomy);
            if card.kind == Kind::Talk && &**taxonomy == "speakers" {
                speakers.push(name.clone());
            }
        }
    }
    let authors: Vec<String> = card.authors.iter().map(|author| person_name(reads, author)).collect();
    for name in &authors {
        words.add(name, Field::Near);
    }
    let event = card.talk.as_ref().and_then(|talk| talk.event).or_else(|| card.events.first().copied());
    let own_event = card.event.or(event);
    let event =
        event.filter(|event| *event != key).and_then(|event| reads.card(&reads.nearest(event, language)));
    let event = event.map_or_else(String::new, |event| event.title.clone());
    words.add(&event, Field::Near);
    if let Some(event) = own_event.and_then(|event| reads.event(&event)) {
        words.narrow(&term_slug(&event.id), "event");
    }
    let people = if card.kind == Kind::Talk { speakers } else { authors };
    let talk = card.talk.as_ref();
    let has_video = card.video_added.is_some() || talk.is_some_and(|talk| !talk.video.is_empty());
    let marks = if has_video { VIDEO } else { 0 }
        | if talk.is_some_and(|talk| !talk.slides.is_empty()) { SLIDES } else { 0 };
    let people = people.iter().take(PEOPLE).map(String::as_str).collect::<Vec<_>>().join(", ");
    let row = row(&card.path, &card.title, (card.year.unwrap_or(0), marks), &event, &people);
    let date = card.date.as_ref().map_or(i64::MIN, |date| date.timestamp().as_second());
    Some(Document { order: date, row, about: lead, words })
}

fn term(reads: &Reads, key: TermKey, language: LangId) -> Option<Document> {
    let term: Arc<TermCard> = reads.term(&key).filter(|term| !term.in_language(language).noindex)?;
    let named = term.in_language(language);
    let card = named.page.and_then(|page| reads.card(&page));
    if card.as_ref().is_some_and(|card| !is_found(card)) {
        return None;
    }
    let mut words = Words::default();
    words.name_of_term(&named.name);
    let aliases = reads.get::<TermAliases>(&key).map_or_else(Vec::new, |aliases| aliases.0.clone());
    for alias in &aliases {
        words.name_of_term(alias);
    }
    let mut about = String::new();
    if let Some(card) = &card {
        words.body(reads, &card.key, card);
        about = lead(reads, &card.key, &words);
        words.add(&about, Field::Near);
        // Found by, and shown nowhere.
        let content = reads.get::<Content>(&card.key);
        for former in content.iter().flat_map(|content| &content.0.front.former_names) {
            words.name_of_term(&former.value);
        }
    }
    let row = row(&named.path, &named.name, (0, 0), "", "");
    Some(Document { order: 0, row, about, words })
}

/// What a result shows, with a year and marks.
fn row(path: &str, name: &str, (year, marks): (i16, u8), event: &str, people: &str) -> String {
    // Writing such values cannot fail.
    serde_json::to_string(&(self::path(path, name), name, year, marks, event, people)).unwrap_or_default()
}

/// What a page is about, in a sentence or two. How a text begins is not told where something in it is marked: that may be
/// it.
fn lead(reads: &Reads, key: &PageKey, words: &Words) -> String {
    let is_marked = words.body.as_ref().is_some_and(|body| body.0.is_marked);
    let is_own = || {
        let content = reads.get::<Content>(key);
        content
            .is_some_and(|content| content.0.front.description.is_some() || content.0.front.excerpt.is_some())
    };
    if is_marked && !is_own() { String::new() } else { reads.lead(key).plain() }
}

/// Whether a page is to be found.
fn is_found(card: &Card) -> bool {
    !card.standing.unlisted && !card.standing.noindex && !card.standing.unsearched
}

/// What ends a path whose rest follows from the name.
const FOLLOWS: char = '<';
/// The letters of names of which that is so come before this one: those of Europe, which every browser folds alike.
const BEYOND: char = '\u{250}';

/// The path of a row, without its last part where that is the name in small letters with hyphens for what is neither a letter nor a
/// digit.
fn path(path: &str, name: &str) -> String {
    let encoded: String = encode_url(path).collect();
    if name.contains(|letter| letter >= BEYOND) {
        return encoded;
    }
    let folded = fold(name);
    let parts: Vec<&str> = folded
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let last = format!("/{}/", parts.join("-"));
    match encoded.strip_suffix(&last) {
        Some(before) if !parts.is_empty() => format!("{before}/{FOLLOWS}"),
        _ => encoded,
    }
}

/// Where a word stands.
#[derive(Clone, Copy)]
enum Field {
    Name,
    Near,
}

/// Words of a document.
#[derive(Default)]
struct Words {
    /// Those of names and near them, one behind the other.
    text: String,
    /// Where each ends, and how many words the name has that it stands in, 0 for what is near it.
    ends: Vec<(usize, u32)>,
    /// What only filters look for.
    filters: Vec<String>,
    /// Those of the body.
    body: Option<Arc<PageText>>,
}

impl Words {
    fn add(&mut self, text: &str, field: Field) {
        let length = match field {
            Field::Name => length_of(text),
            Field::Near => 0,
        };
        let mut before = String::new();
        words(text, &mut |word, is_joined| {
            if matches!(field, Field::Name) {
                // `Node.js` is looked for as `nodejs`, and `CI/CD` as `cicd`.
                if is_joined {
                    before.push_str(word);
                    self.push(&before, length);
                } else {
                    before.clear();
                    before.push_str(word);
                }
            } else if !is_worth(word) {
                return;
            }
            self.push(word, length);
        });
    }

    /// Adds a word of a name that has so many, or of what is near it where that is 0.
    fn push(&mut self, word: &str, length: u32) {
        self.text.push_str(word);
        self.ends.push((self.text.len(), length));
    }

    /// All that were pushed.
    fn own(&self) -> impl Iterator<Item = (&str, u32)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        starts
            .zip(&self.ends)
            .filter_map(|(start, (end, length))| Some((self.text.get(start..*end)?, *length)))
    }

    /// The name of a person, a tool: also found by how its words end, for those who misspell how they begin.
    fn name_of_term(&mut self, name: &str) {
        self.add(name, Field::Name);
        let length = length_of(name);
        words(name, &mut |word, _| {
            if word.chars().count() > SHORT {
                let backwards: String = std::iter::once(BACKWARDS).chain(word.chars().rev()).collect();
                self.push(&backwards, length);
            }
        });
    }

    /// What only filters look for.
    fn narrow(&mut self, slug: &str, taxonomy: &str) {
        self.filters.push(format!("{slug}={taxonomy}"));
    }

    /// Headings and text.
    fn body(&mut self, reads: &Reads, key: &PageKey, card: &Card) {
        // The file of a row's event is that of the event.
        if !card.is_row {
            self.body = reads.get::<PageText>(key);
        }
    }
}

/// How many words a name has, at least one.
fn length_of(name: &str) -> u32 {
    let mut length = 0_u32;
    words(name, &mut |_, _| length = length.saturating_add(1));
    length.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_follows_from_the_name_is_short() {
        assert_eq!(path("/speakers/jose-nunez/", "José Núñez"), "/speakers/<");
        assert_eq!(path("/talks/c-and-go-2-0/", "“C” and Go 2.0!"), "/talks/c-and-go-2-0/");
        assert_eq!(path("/talks/c-and-go-2-0/", "C and Go, 2.0!"), "/talks/<");
        assert_eq!(path("/talks/other/", "C and Go"), "/talks/other/");
        assert_eq!(path("//", "!"), "//");
        assert_eq!(path("/a/ß d/", "ß"), "/a/%C3%9F%20d/");
    }
}
