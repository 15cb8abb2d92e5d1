//! Puts the limits into a template's text before Tera gets it, since Tera counts nothing itself.
//!
//! What is looped over goes through a filter that takes its length from the allowance, what goes into
//! a variable through one that takes its size, and components, includes and blocks begin with a call
//! that takes one pass. The text grows by that; [`Guarded::original`] tells places in what the author
//! wrote.

use super::addresses::spots;
use crate::limits;
use crate::theme::{Tag, tags};
use std::ops::Range;
use tera::{Kwargs, State, Tera, TeraResult, Value};

const PASS: &str = "{% if ssg_pass() %}{% endif %}";
/// As long as a pass, and nothing: in the body of a loop, whose length was taken at its beginning.
const NOTHING: &str = "{#                          #}";

/// Registers what the inserted text calls.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("ssg_pass", |_: Kwargs, _: &State| limits::pass(limits::CALL).map(|()| false));
    tera.register_filter("ssg_walk", |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        limits::pass(value.len().unwrap_or(0).saturating_add(1))?;
        Ok(value.clone())
    });
    tera.register_filter("ssg_keep", |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        limits::keep_value(value)?;
        Ok(value.clone())
    });
}

/// A text with the limits in it.
pub(super) struct Guarded {
    pub source: String,
    /// Where something was inserted, in the text as it was written, how many bytes, and the place that
    /// stands for them.
    inserted: Vec<(usize, usize, usize)>,
}

impl Guarded {
    /// The same for the end of a span, which does not reach into what begins there.
    pub(super) fn original_end(&self, place: usize) -> usize {
        self.original(place.saturating_sub(1)) + usize::from(place > 0)
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

/// Puts the limits in. With `each`, every time through a loop is a pass as well: slower, and used to
/// find out where a template went over the limit of what it may write.
pub(super) fn guard(name: &str, text: &str, each: bool) -> Guarded {
    let mut inserts: Vec<Insert> = Vec::new();
    let mut captures: Vec<Option<String>> = Vec::new();
    let tags = tags(text);
    for spot in spots(text, &tags) {
        // A component makes text, and the values in it are looked at there.
        if !text[spot.range.clone()].starts_with('<') {
            let filter = spot.filter(name);
            wrap(&mut inserts, spot.range, &filter);
        }
    }
    for tag in tags {
        for range in comprehensions(text, tag.inside.clone()) {
            wrap(&mut inserts, range, "ssg_walk");
        }
        if !tag.is_block {
            continue;
        }
        match tag.keyword(text) {
            "for" => {
                if let Some(range) = looped_over(text, &tag) {
                    wrap(&mut inserts, range, "ssg_walk");
                }
                let insert = trimmed(if each { PASS } else { NOTHING }, &tag, text);
                inserts.push((tag.end, insert, tag.inside.start));
            }
            "component" | "block" => {
                inserts.push((tag.end, trimmed(PASS, &tag, text), tag.inside.start));
            }
            "include" => {
                let dash = text[tag.start..].starts_with("{%-");
                let insert = if dash { PASS.replacen("{%", "{%-", 1) } else { PASS.to_owned() };
                inserts.push((tag.start, insert, tag.inside.start));
            }
            keyword @ ("set" | "set_global") => match assigned(text, &tag) {
                Some(range) => wrap(&mut inserts, range, "ssg_keep"),
                None => captures.push(
                    name_of(text, &tag).map(|name| format!("{{% {keyword} {name} = {name} | ssg_keep %}}")),
                ),
            },
            "endset" => {
                if let Some(keep) = captures.pop().flatten() {
                    inserts.push((tag.end, trimmed(&keep, &tag, text), tag.inside.start));
                }
            }
            _ => {}
        }
    }
    inserts.sort_by_key(|(at, ..)| *at);
    let mut source = String::with_capacity(text.len() + inserts.len() * PASS.len());
    let mut from = 0;
    let mut inserted = Vec::with_capacity(inserts.len());
    for (at, insert, stands_for) in inserts {
        source.push_str(&text[from..at]);
        from = at;
        inserted.push((at, insert.len(), stands_for));
        source.push_str(&insert);
    }
    source.push_str(&text[from..]);
    Guarded { source, inserted }
}

/// Where something is inserted, what, and the place that stands for it.
type Insert = (usize, String, usize);

/// What is inserted after a tag trims what follows as the tag did.
fn trimmed(insert: &str, tag: &Tag, text: &str) -> String {
    if !text[..tag.end].ends_with("-%}") {
        return insert.to_owned();
    }
    match insert.strip_suffix("%}") {
        Some(start) => format!("{start}-%}}"),
        // A comment, in which a dash counts as well.
        None => insert.replace(" #}", "-#}"),
    }
}

fn wrap(inserts: &mut Vec<Insert>, range: Range<usize>, filter: &str) {
    inserts.push((range.start, "(".to_owned(), range.start));
    inserts.push((range.end, format!(") | {filter}"), range.start));
}

/// A range without the white space at its ends; `None` where nothing is left.
pub(super) fn tight(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

/// The expression after the `in` of a loop.
fn looped_over(text: &str, tag: &Tag) -> Option<Range<usize>> {
    let (place, _) = words(text, tag.inside.clone()).into_iter().find(|(_, word)| *word == "in")?;
    tight(text, place.end..tag.inside.end)
}

/// The expression after the `=` of an assignment; `None` for a tag that begins a captured text.
fn assigned(text: &str, tag: &Tag) -> Option<Range<usize>> {
    let inside = text.get(tag.inside.clone())?;
    let at = tag.inside.start + inside.find(['=', '|', '"', '\'', '`'])?;
    text[at..].starts_with('=').then(|| tight(text, at + 1..tag.inside.end)).flatten()
}

/// The name that a tag assigns to.
fn name_of<'t>(text: &'t str, tag: &Tag) -> Option<&'t str> {
    words(text, tag.inside.clone()).get(1).map(|(_, word)| *word)
}

/// Words outside strings, and brackets one by one.
fn words(text: &str, part: Range<usize>) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    let mut start: Option<usize> = None;
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let inside = text.get(part.clone()).unwrap_or("");
    for (index, c) in inside.char_indices().map(|(index, c)| (part.start + index, c)) {
        if quote.is_none() && is_word(c) {
            start.get_or_insert(index);
            continue;
        }
        if let Some(from) = start.take() {
            words.push((from..index, &text[from..index]));
        }
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if c == '\\' => is_escaped = true,
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if matches!(c, '[' | ']' | '(' | ')' | '{' | '}') => {
                words.push((index..index + 1, &text[index..=index]));
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push((from..part.end, &text[from..part.end]));
    }
    words
}

/// What is looped over by `[… for x in … if …]` in a tag.
fn comprehensions(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let inside = text.get(part.clone()).unwrap_or("");
    if !(inside.contains('[') && inside.contains("for")) {
        return Vec::new();
    }
    let words = words(text, part);
    let mut found = Vec::new();
    // For every open bracket: whether a `for` stands in it, and where what it loops over begins.
    let mut open: Vec<(bool, Option<usize>)> = Vec::new();
    for (place, word) in words {
        let is_list = open.last().is_some();
        match word {
            "[" | "(" | "{" => open.push((false, None)),
            "]" | ")" | "}" => {
                if let Some((_, Some(from))) = open.pop() {
                    found.extend(tight(text, from..place.start));
                }
            }
            _ if !is_list => {}
            _ => {
                let Some(last) = open.last_mut() else { continue };
                match (word, *last) {
                    ("for", _) => *last = (true, None),
                    ("in", (true, None)) => *last = (false, Some(place.end)),
                    ("if", (_, Some(from))) => {
                        found.extend(tight(text, from..place.start));
                        *last = (false, None);
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(text: &str) -> String {
        guard("a", text, false).source.replace(NOTHING, "{##}").replace(PASS, "{P}")
    }

    #[test]
    fn limits_stand_where_work_is_done() {
        for (text, expected) in [
            ("{% for x in a.b -%} t", "{% for x in (a.b) | ssg_walk -%}{#                         -#} t"),
            ("{% for k, v in f(x=\"in\") %}", "{% for k, v in (f(x=\"in\")) | ssg_walk %}{##}"),
            ("{% set a = b ~ c -%}", "{% set a = (b ~ c) | ssg_keep -%}"),
            ("{% set a %}x{% endset %}", "{% set a %}x{% endset %}{% set a = a | ssg_keep %}"),
            ("{%- include \"a\" %}", "{%- if ssg_pass() %}{% endif %}{%- include \"a\" %}"),
            ("{% block a %}{% endblock a %}", "{% block a %}{P}{% endblock a %}"),
            ("{{ [x.y for x in xs if x] }}", "{{ [x.y for x in (xs) | ssg_walk if x] }}"),
            (
                "{{ [[y for y in x] for x in xs] }}",
                "{{ [[y for y in (x) | ssg_walk] for x in (xs) | ssg_walk] }}",
            ),
            (
                "{{ \"for x in [y]\" }} {# {% for x in y %} #}",
                "{{ \"for x in [y]\" }} {# {% for x in y %} #}",
            ),
            (
                r#"{% for x in f(a="\" in [") %}{{ [x for x in y | g(a='\']')] }}"#,
                r#"{% for x in (f(a="\" in [")) | ssg_walk %}{##}{{ [x for x in (y | g(a='\']')) | ssg_walk] }}"#,
            ),
            ("{% raw %}{% for x in y %}{% endraw %}", "{% raw %}{% for x in y %}{% endraw %}"),
        ] {
            assert_eq!(guarded(text), expected);
        }
        assert_eq!(PASS.len(), NOTHING.len());
    }

    #[test]
    fn places_are_those_of_the_author() {
        let text = "{% for x in list %}{{ x.nope }}{% endfor %}";
        let guarded = guard("a", text, true);
        for word in ["list", "nope", "endfor"] {
            let place = guarded.source.find(word).expect("kept");
            assert_eq!(guarded.original(place), text.find(word).expect("there"), "{word}");
        }
    }
}
