//! A document: what a result shows of a page or a term, and its words with their weights.
//!
//! A word weighs by where it stands and how often, as BM25 has it, with fields weighed before (BM25F): the name most, then whom
//! and what a page names and its headings, then the text. A weight is one of 32 steps, so that one word more in a long text changes
//! few others.

use super::layout::DocumentKey;
use super::postings::{IN_NAME, sign};
use crate::facets::files::PageWords;
use crate::reads::{ReadSite, Reads};
use crate::views::person_name;
use crate::words::bodies::{self, is_worth};
use crate::words::{BACKWARDS, words};
use serde::Serialize;
use serde_json::json;
use ssg_parse::encode_url;
use ssg_source::hash::HashMap;
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
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Document {
    /// What its order within a chunk goes by: newer ones come first.
    pub order: i64,
    /// A JSON list: path, name, year, marks, event, people.
    pub row: String,
    /// What it is about.
    pub about: String,
    /// A line for each word, in order: the word and the sign of its weight.
    pub words: String,
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
    let lead = reads.lead(&key).plain();
    words.add(&lead, Field::Near);
    let named = |key: &TermKey| reads.term(key).map(|term| term.in_language(language).name.clone());
    for name in card.terms.iter().flat_map(|(_, terms)| terms).filter_map(named) {
        words.add(&name, Field::Near);
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
    words.body(reads, &key, &card);
    for (taxonomy, terms) in &card.terms {
        terms.iter().filter_map(|key| reads.term(key)).for_each(|term| words.narrow(&term.slug, taxonomy));
    }
    if let Some(event) = own_event.and_then(|event| reads.event(&event)) {
        words.narrow(&term_slug(&event.id), "event");
    }
    let speakers: Vec<String> = card.terms_of("speakers").iter().filter_map(named).collect();
    let people = if card.kind == Kind::Talk { speakers } else { authors };
    let talk = card.talk.as_ref();
    let has_video = card.video_added.is_some() || talk.is_some_and(|talk| !talk.video.is_empty());
    let marks = if has_video { VIDEO } else { 0 }
        | if talk.is_some_and(|talk| !talk.slides.is_empty()) { SLIDES } else { 0 };
    let people = people.iter().take(PEOPLE).map(String::as_str).collect::<Vec<_>>().join(", ");
    let row = json!([path(&card.path), card.title, card.year.unwrap_or(0), marks, event, people]);
    let date = card.date.as_ref().map_or(i64::MIN, |date| date.timestamp().as_second());
    Some(Document { order: date, row: row.to_string(), about: lead, words: words.done() })
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
        about = reads.lead(&card.key).plain();
        words.add(&about, Field::Near);
        words.body(reads, &card.key, card);
        // Found by, and shown nowhere.
        let content = reads.get::<Content>(&card.key);
        for former in content.iter().flat_map(|content| &content.0.front.former_names) {
            words.name_of_term(&former.value);
        }
    }
    let row = json!([path(&named.path), named.name, 0, 0, "", ""]);
    Some(Document { order: 0, row: row.to_string(), about, words: words.done() })
}

/// Whether a page is to be found.
fn is_found(card: &Card) -> bool {
    !card.standing.unlisted && !card.standing.noindex && !card.standing.unsearched
}

fn path(path: &str) -> String {
    encode_url(path).collect()
}

/// Where a word stands.
#[derive(Clone, Copy)]
enum Field {
    Name,
    Near,
}

/// How often a word stands in the name, near it and in the text.
type Counts = [u32; 3];

/// Words of a document.
#[derive(Default)]
struct Words {
    /// Those of the name and near it.
    counts: HashMap<Box<str>, Counts>,
    /// How many words each field has.
    lengths: Counts,
    /// Those of the body.
    body: Option<Arc<PageWords>>,
}

impl Words {
    fn add(&mut self, text: &str, field: Field) {
        let mut before = String::new();
        let Self { counts, lengths, .. } = self;
        words(text, &mut |word, is_joined| {
            if matches!(field, Field::Name) {
                // `Node.js` is looked for as `nodejs`, and `CI/CD` as `cicd`.
                if is_joined {
                    before.push_str(word);
                    count(counts, &before, field);
                } else {
                    before.clear();
                    before.push_str(word);
                }
            } else if !is_worth(word) {
                return;
            }
            if let Some(length) = lengths.get_mut(field as usize) {
                *length = length.saturating_add(1);
            }
            count(counts, word, field);
        });
    }

    /// The name of a person, a tool: also found by how its words end, for those who misspell how they begin.
    fn name_of_term(&mut self, name: &str) {
        self.add(name, Field::Name);
        words(name, &mut |word, _| {
            if word.chars().count() > SHORT {
                let backwards: String = std::iter::once(BACKWARDS).chain(word.chars().rev()).collect();
                count(&mut self.counts, &backwards, Field::Name);
            }
        });
    }

    /// What only filters look for.
    fn narrow(&mut self, slug: &str, taxonomy: &str) {
        self.counts.entry(format!("{slug}={taxonomy}").into()).or_default();
    }

    /// Headings and text.
    fn body(&mut self, reads: &Reads, key: &PageKey, card: &Card) {
        // The file of a row's event is that of the event.
        if !card.is_row {
            self.body = reads.get::<PageWords>(key);
        }
    }

    fn done(self) -> String {
        let Self { counts, mut lengths, body } = self;
        let body = body.as_ref().map_or("", |body| &*body.0);
        let ([in_text, in_headings], body) = bodies::read(body);
        let [_, near, text] = &mut lengths;
        *near = near.saturating_add(in_headings);
        *text = text.saturating_add(in_text);
        let mut own: Vec<(Box<str>, Counts)> = counts.into_iter().collect();
        own.sort_unstable();
        let (mut own, mut body) = (own.iter().peekable(), body.peekable());
        let mut text = String::new();
        // Both are in order.
        loop {
            let (is_own, is_body) = match (own.peek(), body.peek()) {
                (None, None) => break,
                (Some(_), None) => (true, false),
                (None, Some(_)) => (false, true),
                (Some((one, _)), Some((other, _))) => (**one <= **other, **one >= **other),
            };
            let mut word = "";
            let mut counts = Counts::default();
            if let Some((one, of)) = own.next_if(|_| is_own) {
                word = one;
                counts = *of;
            }
            if let Some((one, [in_text, in_headings])) = body.next_if(|_| is_body) {
                word = one;
                let [_, near, text] = &mut counts;
                *near = near.saturating_add(in_headings);
                *text = text.saturating_add(in_text);
            }
            text.push_str(word);
            text.push(sign(weight(counts, lengths)));
            text.push('\n');
        }
        text
    }
}

fn count(counts: &mut HashMap<Box<str>, Counts>, word: &str, field: Field) {
    let add = |counts: &mut Counts| {
        if let Some(count) = counts.get_mut(field as usize) {
            *count = count.saturating_add(1);
        }
    };
    match counts.get_mut(word) {
        Some(known) => add(known),
        None => add(counts.entry(word.into()).or_default()),
    }
}

/// How much a word weighs, of 32 steps, with the bit for names.
fn weight([name, near, body]: Counts, [names, _, bodies]: Counts) -> u8 {
    // In thousandths. A text of 256 words is of middle length, a name of four; lengths count in steps of two.
    let long = |length: u32, middle: u64, part: u64| {
        1000 - part + part * u64::from(length.next_power_of_two()) / middle
    };
    let of_name = 8_000_000 * u64::from(name) / long(names, 4, 500);
    let of_near = 2_500 * u64::from(near.min(4));
    let of_body = 1_000_000 * u64::from(body) / long(bodies.min(1 << 20), 256, 600);
    let sum = of_name + of_near + of_body;
    let steps = u8::try_from(31 * sum / (1_200 + sum)).unwrap_or(31);
    steps | if name > 0 { IN_NAME } else { 0 }
}
