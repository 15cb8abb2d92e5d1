//! Puts the limits into a template's text before Tera gets it, since Tera counts nothing itself.
//!
//! What is looped over goes through a filter that takes its length from the allowance, what is shown or
//! put together through one that takes its size (`expression.rs`), and components, includes and blocks
//! begin with a call that takes a pass and the text that stands in them. The text grows by that;
//! [`Guarded::original`] tells places in what the author wrote.

mod expression;
mod tokens;
mod weight;

use super::addresses::{AddressCheck, spots};
use crate::limits;
use crate::theme::{Tag, tags};
use expression::{constant, guard_expression, is_call, looped_over};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};
use weight::Weights;

/// Before an operand of `~`, and behind it.
const CAT: &str = "ssg_cat";
/// What is compared with another value.
const DEEP: &str = "ssg_deep";
/// In what something is looked for.
const HAY: &str = "ssg_hay";
/// A list or a table that was put together.
const MADE: &str = "ssg_made";
/// A text that is looked at, and of which nothing is made that is as long.
const LOOK: &str = "ssg_look";
/// What a filter makes something of.
const PART: &str = "ssg_part";
/// What is sorted.
const SORT: &str = "ssg_sort";
/// What is looped over.
const WALK: &str = "ssg_walk";
/// What is shown.
const SHOW: &str = "ssg_show";
/// How deep tags may stand in each other, where every `elif` stands in its `if`: Tera reads them by
/// recursion.
pub(super) const DEEPEST: usize = 128;

/// That a variable is shown which is not there. Tera says it better, when it is asked without limits.
pub(super) const UNDEFINED: &str = "ssg: undefined";

/// Takes from the allowance what something needs.
type Count = fn(&Value) -> TeraResult<()>;

/// Registers what the inserted text calls.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("ssg_pass", |weight: u64, _: Kwargs, _: &State| -> TeraResult<bool> {
        let (bytes, passes) = weight::read(weight);
        limits::pass(passes)?;
        limits::write(bytes).map(|()| false)
    });
    tera.register_filter(WALK, |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let (bytes, passes) = weight::read(kwargs.get::<u64>("n")?.unwrap_or(1));
        let count = value.len().unwrap_or(0);
        limits::pass(count.saturating_mul(passes).saturating_add(1))?;
        limits::write(count.saturating_mul(bytes))?;
        Ok(value.clone())
    });
    tera.register_filter(SHOW, |value: &Value, _: Kwargs, state: &State| -> TeraResult<Value> {
        if value.is_undefined() {
            return Err(Error::message(UNDEFINED));
        }
        limits::shown(value, state.autoescaping_enabled())?;
        Ok(value.clone())
    });
    let each: [(&'static str, Count); 7] = [
        (CAT, limits::put_together),
        (DEEP, limits::nodes),
        (MADE, limits::depth),
        (PART, limits::in_filter),
        (SORT, limits::in_sort),
        (HAY, searched),
        (LOOK, limits::looked_at),
    ];
    for (name, count) in each {
        tera.register_filter(name, move |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
            count(value)?;
            Ok(value.clone())
        });
    }
}

/// Takes what it needs to look for something in a value.
fn searched(value: &Value) -> TeraResult<()> {
    match (value.as_str(), value.as_array()) {
        (Some(text), _) => limits::pass(text.len() / 1024),
        (_, Some(list)) => {
            let is_plain = list.first().is_none_or(|first| first.len().is_none() || first.as_str().is_some());
            limits::pass(list.len().saturating_mul(if is_plain { 1 } else { 32 }))
        }
        _ => Ok(()),
    }
}

/// A text with the limits in it.
pub(super) struct Guarded {
    pub source: String,
    /// What looks at the values that go into addresses; the text calls the filters of these names.
    pub checks: Vec<AddressCheck>,
    /// Where something was inserted, in the text as it was written, how many bytes, and the place that
    /// stands for them.
    inserted: Vec<(usize, usize, usize)>,
    /// Where tags stand in each other deeper than they may.
    pub too_deep: Option<Range<usize>>,
}

impl Guarded {
    /// The same for the end of a span, which does not reach into what begins there. One that ends in
    /// what was inserted ends where it was inserted.
    pub(super) fn original_end(&self, place: usize) -> usize {
        let last = place.saturating_sub(1);
        let mut before = 0;
        for (at, length, stands_for) in &self.inserted {
            let from = at + before;
            if (from..from + length).contains(&last) {
                return *at.max(&(stands_for + 1));
            }
            before += length;
        }
        self.original(last) + usize::from(place > 0)
    }

    /// The place in the text as it was written.
    pub(super) fn original(&self, place: usize) -> usize {
        let mut before = 0;
        for (at, length, stands_for) in &self.inserted {
            let from = at + before;
            if place < from {
                break;
            }
            if place < from + length {
                return *stands_for;
            }
            before += length;
        }
        place - before
    }
}

/// Puts the limits in. Without `shows`, what is shown is not counted, for the words that Tera has for
/// what is not there; every place is the same.
///
/// `blocks` are the names of those that stand in an address.
pub(super) fn guard(name: &str, text: &str, shows: bool, blocks: &BTreeSet<String>) -> Guarded {
    let mut inserts: Vec<Insert> = Vec::new();
    let tags = tags(text);
    let mut addresses: BTreeMap<usize, String> = BTreeMap::new();
    let mut checks = Vec::new();
    for spot in spots(text, &tags, blocks) {
        let check = spot.check(name);
        let filter = check.filter.clone();
        checks.push(check);
        if spot.is_section {
            let section = &text[spot.range.clone()];
            let (before, after) = (
                &"-"[..usize::from(section.starts_with("{%-"))],
                &"-"[..usize::from(section.ends_with("-%}"))],
            );
            let Range { start, end } = spot.range;
            inserts.push((start, format!("{{%{before} filter {filter} %}}"), start + 2));
            inserts.push((end, format!("{{% endfilter {after}%}}"), start + 2));
        } else {
            addresses.insert(spot.range.start, filter);
        }
    }
    let mut weights = Weights::new(text, &tags);
    for tag in &tags {
        weights.tag(tag, &mut inserts);
        if tag.is_block {
            guard_block(text, tag, &mut inserts);
        } else {
            show(text, tag, shows, &addresses, &mut inserts);
        }
    }
    let too_deep = weights.done(&mut inserts);
    inserts.sort_by_key(|(at, ..)| *at);
    let mut source = String::with_capacity(text.len() + inserts.len() * 16);
    let mut from = 0;
    let mut inserted = Vec::with_capacity(inserts.len());
    for (at, insert, stands_for) in inserts {
        source.push_str(&text[from..at]);
        from = at;
        inserted.push((at, insert.len(), stands_for));
        source.push_str(&insert);
    }
    source.push_str(&text[from..]);
    Guarded { source, checks, inserted, too_deep }
}

/// Where something is inserted, what, and the place that stands for it.
type Insert = (usize, String, usize);

/// A `{{ … }}`.
fn show(text: &str, tag: &Tag, shows: bool, addresses: &BTreeMap<usize, String>, inserts: &mut Vec<Insert>) {
    let Some(range) = tight(text, tag.inside.clone()) else { return };
    let is_shown = !is_call(text, range.clone()) && constant(text, range.clone()).is_none();
    let address = addresses.get(&range.start);
    if address.is_some() {
        inserts.push((range.start, "(".to_owned(), range.start));
    }
    if is_shown {
        inserts.push((range.start, "(".to_owned(), range.start));
    }
    guard_expression(text, range.clone(), inserts);
    if is_shown {
        let count = if shows { format!(") | {SHOW}") } else { format!(")   {:1$}", "", SHOW.len()) };
        inserts.push((range.end, count, range.start));
    }
    if let Some(filter) = address {
        inserts.push((range.end, format!(") | {filter}"), range.start));
    }
}

/// The expressions in a `{% … %}`.
fn guard_block(text: &str, tag: &Tag, inserts: &mut Vec<Insert>) {
    let keyword = tag.keyword(text);
    let inside = tag.inside.clone();
    match keyword {
        "for" => {
            if let Some(range) = looped_over(text, inside) {
                guard_expression(text, range, inserts);
            }
        }
        "filter" => {
            let after = inside.start + text[inside.clone()].find("filter").unwrap_or(0) + "filter".len();
            if let Some(range) = tight(text, after..inside.end) {
                inserts.push((range.start, format!("{PART} | "), range.start));
                guard_expression(text, range, inserts);
            }
        }
        "set" | "set_global" | "if" | "elif" => {
            let after = text[inside.clone()].find(keyword).unwrap_or(0) + keyword.len();
            guard_expression(text, inside.start + after..inside.end, inserts);
        }
        "" => guard_expression(text, inside, inserts),
        _ => {}
    }
}

/// A range without the white space at its ends; `None` where nothing is left.
pub(super) fn tight(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests;
