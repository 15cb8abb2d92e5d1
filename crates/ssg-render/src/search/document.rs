//! A document: what a result shows of a page or a term, and its words by where they stand: in its name, near it (whom and what a
//! page names, its headings), in its text.

use super::layout::DocumentKey;
use super::shards::BACKWARDS;
use super::tally::Tally;
use crate::facets::files::PageWords;
use crate::reads::{ReadSite, Reads};
use crate::views::person_name;
use crate::words::bodies::{self, is_worth};
use crate::words::words;
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
    pub(crate) fn count<'d>(&'d self, tally: &mut Tally<'d>) {
        for (word, counts) in &self.words.own {
            if counts.name > 0 {
                tally.name(word, counts.name);
            }
            tally.text(word, counts.near, 0);
        }
        for filter in &self.words.filters {
            tally.text(filter, 0, 1);
        }
        let body = self.words.body.as_ref().map_or("", |body| &*body.0);
        let ([in_text, _], body) = bodies::read(body);
        for (word, [in_text, in_headings]) in body {
            tally.text(word, in_headings, in_text);
        }
        tally.end(in_text);
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
    Some(Document { order: date, row: row.to_string(), about: lead, words })
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
    Some(Document { order: 0, row: row.to_string(), about, words })
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

/// Where a word stands that is not of the body.
#[derive(Clone, Copy, Default)]
struct Own {
    /// How many words the shortest name has that it stands in, 0 for none.
    name: u32,
    /// How often it stands near the name.
    near: u32,
}

/// Words of a document.
#[derive(Default)]
struct Words {
    /// Those of names and near them.
    own: HashMap<Box<str>, Own>,
    /// What only filters look for.
    filters: Vec<String>,
    /// Those of the body.
    body: Option<Arc<PageWords>>,
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
                    self.count(&before, length);
                } else {
                    before.clear();
                    before.push_str(word);
                }
            } else if !is_worth(word) {
                return;
            }
            self.count(word, length);
        });
    }

    /// Counts a word of a name that has so many, or of what is near it where that is 0.
    fn count(&mut self, word: &str, length: u32) {
        if !self.own.contains_key(word) {
            self.own.insert(word.into(), Own::default());
        }
        let Some(own) = self.own.get_mut(word) else { return };
        match length {
            0 => own.near = own.near.saturating_add(1),
            _ if own.name == 0 => own.name = length,
            _ => own.name = own.name.min(length),
        }
    }

    /// The name of a person, a tool: also found by how its words end, for those who misspell how they begin.
    fn name_of_term(&mut self, name: &str) {
        self.add(name, Field::Name);
        let length = length_of(name);
        words(name, &mut |word, _| {
            if word.chars().count() > SHORT {
                let backwards: String = std::iter::once(BACKWARDS).chain(word.chars().rev()).collect();
                self.count(&backwards, length);
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
            self.body = reads.get::<PageWords>(key);
        }
    }
}

/// How many words a name has, at least one.
fn length_of(name: &str) -> u32 {
    let mut length = 0_u32;
    words(name, &mut |_, _| length = length.saturating_add(1));
    length.max(1)
}
