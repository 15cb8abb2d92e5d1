//! What functions of templates are answered with: which pages or terms, and no more. What a template sees
//! of each is a card, which it asks for; so a list changes when its members do, and not when one of them
//! gets a new title.

use super::bare_card::BareCard;
use super::card_view::CardView;
use super::term_reference::TermReference;
use crate::reads::Reads;
use crate::table::Table;
use serde::Serialize;
use ssg_taxonomy::{LangId, PageKey, TermKey};
use tera::Value;

/// An answer, or what is wrong with the question.
pub(crate) type Found = Result<Answer, String>;

/// What a function is answered with.
#[derive(Clone, Debug, Serialize)]
pub(crate) enum Answer {
    /// A list of pages.
    Pages(Vec<PageKey>),
    /// One page or none.
    Page(Option<PageKey>),
    /// The older and the newer neighbour.
    Neighbours(Option<PageKey>, Option<PageKey>),
    /// Terms, with how many pages each has where that was asked.
    Terms(Vec<(TermKey, Option<usize>)>),
    /// One term or none.
    Term(Option<TermKey>),
    /// Posts by year and month.
    Archive(Vec<Year>),
    /// What is in a data file, and how many values that are.
    Data { path: String, value: Value, count: usize },
    /// Anything else.
    Value(Value),
}

/// A year with its months, each with its posts.
pub(crate) type Year = (i16, Vec<(i8, Vec<PageKey>)>);

impl Answer {
    /// How many values of a data file it holds; nothing else is counted.
    pub(crate) fn size(&self) -> usize {
        if let Self::Data { count, .. } = self { *count } else { 0 }
    }

    /// What templates see of it.
    pub(crate) fn show(&self, reads: &Reads, language: LangId, in_summary: bool) -> Value {
        let card = |key: &PageKey| show_card(reads, *key, in_summary);
        let cards = |keys: &[PageKey]| Value::from(keys.iter().map(card).collect::<Vec<_>>());
        let maybe = |key: &Option<PageKey>| key.as_ref().map_or_else(Value::none, card);
        match self {
            Self::Pages(keys) => cards(keys),
            Self::Page(key) => maybe(key),
            Self::Neighbours(older, newer) => {
                Table::new().set("previous", maybe(older)).set("next", maybe(newer)).done()
            }
            Self::Terms(terms) => Value::from(
                terms
                    .iter()
                    .filter_map(|(key, count)| {
                        let reference = reads.ask(&TermReference(*key, language)).0.clone();
                        (!reference.is_none()).then(|| match count {
                            Some(count) => Table::from_value(&reference).set("count", *count).done(),
                            None => reference,
                        })
                    })
                    .collect::<Vec<_>>(),
            ),
            Self::Term(key) => {
                key.map_or_else(Value::none, |key| reads.ask(&TermReference(key, language)).0.clone())
            }
            Self::Archive(years) => {
                let month = |(month, pages): &(i8, Vec<PageKey>)| {
                    Table::new().set("month", i64::from(*month)).set("pages", cards(pages)).done()
                };
                let year = |(year, months): &Year| {
                    let months: Vec<Value> = months.iter().map(month).collect();
                    Table::new().set("year", *year).set("months", months).done()
                };
                Value::from(years.iter().map(year).collect::<Vec<_>>())
            }
            Self::Data { value, .. } | Self::Value(value) => value.clone(),
        }
    }
}

/// The card of a page as templates see it.
pub(crate) fn show_card(reads: &Reads, key: PageKey, in_summary: bool) -> Value {
    if in_summary { reads.ask(&BareCard(key)).0.clone() } else { reads.ask(&CardView(key)).0.clone() }
}

/// Cards of several pages.
pub(crate) fn show_cards(reads: &Reads, keys: &[PageKey]) -> Value {
    Value::from(keys.iter().map(|key| show_card(reads, *key, false)).collect::<Vec<_>>())
}
