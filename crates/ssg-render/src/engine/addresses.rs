//! Where a template puts a value into an address: `href="{{ … }}"` and its like.
//!
//! Such a value goes through a filter that lets no `javascript:` through, whoever wrote the theme
//! and whether they thought of it. A small reader of HTML (`html.rs`) follows the text of the template:
//! it knows tags, attributes and scripts, takes both branches of an `{% if %}` from where it stands,
//! and does not run the template. Once the text itself has said how an address begins (`/`, `?`,
//! `#`, `mailto:`), what follows can no longer make it run. What writes at its place without being a
//! value - an include, a filter or a component with a body - goes through the same filter as a section;
//! a block that stands in an address begins in one wherever it is filled.

mod html;
#[cfg(test)]
mod tests;

use crate::theme::Tag;
use html::Reader;
use ssg_source::Digester;
use std::collections::BTreeSet;
use std::ops::Range;

/// How a value is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An address, or how one begins.
    Address,
    /// The scheme of an address: a colon follows.
    Scheme,
    /// Addresses between spaces, commas or semicolons.
    Addresses,
    /// The same after the first has begun.
    Further,
    /// A part of a style sheet.
    Style,
    /// An address in a style sheet, and what may follow it.
    StyleAddress,
    /// Text of a page that is written in an attribute.
    Text,
}

/// What looks at the values that are written at one place of a template.
#[derive(Clone, Debug)]
pub(crate) struct AddressCheck {
    /// The name of the filter that does it. Every place has one of its own, since a filter with arguments
    /// costs a table of them at each call.
    pub filter: String,
    /// The name of the template in Tera.
    pub template: String,
    /// The place in it.
    pub at: usize,
    pub form: Form,
    /// As in [`Spot`].
    pub in_page: bool,
    /// As in [`Spot`].
    pub is_whole: bool,
}

/// How the names of the filters begin.
const FILTER: &str = "ssg_address_";

/// A value that goes into an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The expression, without white space around it; of a section all from its first to its last tag.
    pub range: Range<usize>,
    pub form: Form,
    /// It stands in a page that is written in an attribute, and is read twice.
    pub in_page: bool,
    /// Nothing follows it in its attribute, and nothing stands before it.
    pub is_whole: bool,
    pub is_section: bool,
}

impl Spot {
    /// What the value goes through, in a template of this name.
    pub(super) fn check(&self, template: &str) -> AddressCheck {
        let Self { range, form, in_page, is_whole, is_section: _ } = self;
        let place = Digester::new().text(template).count(range.start).flag(*in_page).done();
        AddressCheck {
            filter: format!("{FILTER}{place}"),
            template: template.to_owned(),
            at: range.start,
            form: *form,
            in_page: *in_page,
            is_whole: *is_whole,
        }
    }
}

/// Finds the values that go into addresses. `tags` are those of the text, `blocks` the names of blocks
/// that stand in an address.
pub(super) fn spots(text: &str, tags: &[Tag], blocks: &BTreeSet<String>) -> Vec<Spot> {
    follow(text, tags, blocks).0
}

/// Names of the blocks of a template that stand in an address.
pub(super) fn blocks_in_addresses(text: &str, tags: &[Tag]) -> BTreeSet<String> {
    follow(text, tags, &BTreeSet::new()).1
}

/// Whether an expression is all of an attribute in quotation marks.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).map(|text| text.trim_end().trim_end_matches('-'));
    let after = text.get(range.end..).map(|text| text.trim_start().trim_start_matches('-'));
    let quote = before.and_then(|text| text.strip_suffix("{{")).and_then(|text| text.chars().next_back());
    let end = after.and_then(|text| text.strip_prefix("}}")).and_then(|text| text.chars().next());
    quote == end && matches!(quote, Some('"' | '\''))
}

/// A section that may go through the filter, and the keyword that ends it.
struct Section {
    ends: &'static str,
    spot: Option<Spot>,
}

fn follow(text: &str, tags: &[Tag], blocks: &BTreeSet<String>) -> (Vec<Spot>, BTreeSet<String>) {
    let mut reader = Reader::default();
    let mut branches = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut filled = Vec::new();
    let mut found = BTreeSet::new();
    let mut at = 0;
    for tag in tags {
        reader.read(text.get(at..tag.start).unwrap_or(""));
        at = tag.end;
        if !tag.is_block {
            if let Some(range) = super::guard::tight(text, tag.inside.clone()) {
                reader.value(range);
            }
            continue;
        }
        let inside = text.get(tag.inside.clone()).unwrap_or("").trim();
        match tag.keyword(text) {
            "if" | "for" => branches.push(reader.place()),
            "elif" | "else" => {
                if let Some(before) = branches.last() {
                    reader.go(before.clone());
                }
            }
            "endif" | "endfor" => drop(branches.pop()),
            "set" | "set_global" if !inside.contains('=') => {
                branches.push(reader.place());
                reader.go_to_text();
            }
            "endset" => match branches.pop() {
                Some(before) => reader.go(before),
                None => reader.go_to_text(),
            },
            "block" => {
                let name = inside.split_whitespace().nth(1).unwrap_or("");
                if reader.is_in_address() {
                    found.insert(name.to_owned());
                }
                // What fills a block of another template goes on there.
                let goes_on = reader.is_in_text() && blocks.contains(name);
                filled.push(goes_on.then(|| reader.place()));
                if goes_on {
                    reader.go_to_address();
                }
            }
            "endblock" => {
                if let Some(before) = filled.pop().flatten() {
                    reader.go(before);
                }
            }
            keyword @ ("include" | "filter" | "") if !inside.starts_with("</") => {
                // What is in a section that goes through the filter need not.
                let is_inner = sections.iter().any(|section| section.spot.is_some());
                let spot = reader.section(tag.start..tag.end).filter(|_| !is_inner);
                match keyword {
                    "include" => reader.spots.extend(spot),
                    "filter" => sections.push(Section { ends: "endfilter", spot }),
                    _ => sections.push(Section { ends: "", spot }),
                }
            }
            keyword @ ("endfilter" | "") => {
                if let Some(section) = sections.pop_if(|section| section.ends == keyword)
                    && let Some(spot) = section.spot
                {
                    let range = spot.range.start..tag.end;
                    reader.spots.push(Spot { range, ..spot });
                }
            }
            _ => {}
        }
    }
    // What follows the last value may make a scheme of it.
    reader.read(text.get(at..).unwrap_or(""));
    for spot in &mut reader.spots {
        spot.is_whole = spot.form == Form::Address && !spot.is_section && is_whole(text, &spot.range);
    }
    (reader.spots, found)
}
