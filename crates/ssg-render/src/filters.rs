//! Template filters beyond Tera's own.
//!
//! None reads anything but its arguments, the configuration and the language of the output; what looks at pages is a
//! function, and so a query.

mod distinct;
mod growing;

use crate::dates;
use crate::engine::THIS_VALUE;
use crate::facets::config::Markup;
use crate::formats::read_entities;
use crate::formats::script_safe;
use crate::functions;
use crate::limits;
use crate::links::{Where, href};
use crate::owner::Owner;
use crate::reads::ReadSite;
use crate::scope::current;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ssg_parse::{parse_markdown, slugify};
use ssg_source::{Diagnostics, SitePath};
use std::cmp::Ordering;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// What is encoded in a query: all but the unreserved signs of RFC 3986.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How many passes it counts as to read a text as Markdown.
const MARKDOWN: usize = 64;
/// How long a format of dates may be: a directive of a few bytes can ask for hundreds.
const LONGEST_FORMAT: usize = 1024;

/// Registers every filter.
pub(crate) fn register(tera: &mut Tera) {
    distinct::register(tera);
    growing::register(tera);
    tera.register_filter("url", |path: &Value, _: Kwargs, state: &State| -> TeraResult<Value> {
        limits::looked_at(path)?;
        let path = text("url", "an address", path, state)?;
        Ok(Value::from(href(&current()?.reads, path)))
    });
    tera.register_filter("permalink", |path: &Value, _: Kwargs, state: &State| -> TeraResult<Value> {
        limits::looked_at(path)?;
        let path = text("permalink", "a path", path, state)?;
        let reads = current()?.reads;
        Ok(Value::from(if path.starts_with('/') { reads.permalink(path) } else { path.to_owned() }))
    });
    tera.register_filter("date", |date: &Value, kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let date = text("date", "a date", date, state)?;
        let format = kwargs.get::<&str>("format")?.unwrap_or("%-d %B %Y");
        let date = read_date(date)?;
        let lang = current()?.lang;
        let named = if is_name(format) { Some(named_form(format)?) } else { None };
        let form = named.as_deref().unwrap_or(format);
        if form.len() > LONGEST_FORMAT {
            let message = format!("a format of dates may be {LONGEST_FORMAT} bytes long");
            return Err(Error::message(message));
        }
        let shown = dates::format(&date, form, &lang).map_err(Error::message)?;
        limits::make(shown.len())?;
        Ok(Value::from(shown))
    });
    tera.register_filter("date_range", |from: &Value, kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let from = text("date_range", "a date", from, state)?;
        let to = kwargs.must_get::<&str>("to")?;
        date_range(&read_date(from)?, &read_date(to)?)
    });
    tera.register_filter("markdown", |source: &Value, kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let source = text("markdown", "a text", source, state)?;
        Ok(Value::safe_string(&markdown(source, kwargs.get::<bool>("inline")?.unwrap_or(false))?))
    });
    tera.register_filter("striptags", |html: &Value, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(strip_tags(text("striptags", "a text", html, state)?))
    });
    tera.register_filter("slugify", |name: &Value, _: Kwargs, state: &State| -> TeraResult<String> {
        Ok(slugify(text("slugify", "a text", name, state)?))
    });
    tera.register_filter("urlencode", |value: &Value, _: Kwargs, state: &State| -> TeraResult<String> {
        // An id of digits alone is a number.
        let number = value.as_i64().map(|number| number.to_string());
        let value = number.as_deref().map_or_else(|| text("urlencode", "a text", value, state), Ok)?;
        Ok(utf8_percent_encode(value, IN_QUERY).to_string())
    });
    tera.register_filter("json", |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        limits::put_together(value)?;
        let json = serde_json::to_string(value).map_err(Error::message)?;
        Ok(Value::safe_string(&script_safe(&json)))
    });
    tera.register_filter("lines", |source: &Value, kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let source = text("lines", "a text", source, state)?;
        let chosen = lines(source, kwargs.must_get::<&str>("range")?)?;
        limits::make(chosen.len())?;
        Ok(chosen)
    });
    tera.register_filter("initials", |name: &Value, _: Kwargs, state: &State| -> TeraResult<String> {
        limits::looked_at(name)?;
        Ok(initials(text("initials", "a name", name, state)?))
    });
    tera.register_filter("where", |list: &[Value], kwargs: Kwargs, _: &State| -> TeraResult<Vec<Value>> {
        let attribute = kwargs.must_get::<&str>("attribute")?;
        let wanted = kwargs.must_get::<&Value>("value")?;
        limits::list(list.len())?;
        looked_at(list, attribute)?;
        Ok(list.iter().filter(|value| value.get_from_path(attribute) == Some(wanted)).cloned().collect())
    });
    tera.register_filter("sort_by", |list: &[Value], kwargs: Kwargs, _: &State| -> TeraResult<Vec<Value>> {
        let attribute = kwargs.must_get::<&str>("attribute")?;
        limits::list(list.len())?;
        looked_at(list, attribute)?;
        let mut sorted = list.to_vec();
        sorted.sort_by(|a, b| compare(a.get_from_path(attribute), b.get_from_path(attribute)));
        Ok(sorted)
    });
}

/// Takes what it needs to look at an attribute of each value of a list.
fn looked_at(list: &[Value], attribute: &str) -> TeraResult<()> {
    list.iter().filter_map(|value| value.get_from_path(attribute)).try_for_each(limits::nodes)
}

/// The text that a filter is called on, or what it needs, in the words of whoever writes templates.
fn text<'v>(filter: &str, needs: &str, value: &'v Value, state: &State) -> TeraResult<&'v str> {
    value.as_str().ok_or_else(|| {
        let kind = match value {
            value if value.is_none() || value.is_undefined() => "none",
            value if value.as_array().is_some() => "a list",
            value if value.as_map().is_some() => "a table",
            value if value.as_f64().is_some() => "a number",
            _ => "true or false",
        };
        let whose = if filter == "date" && kind == "none" { undated(state) } else { None };
        let whose = whose.map_or_else(String::new, |source| format!(" for {source}"));
        Error::message(format!("`{filter}` needs {needs}; {THIS_VALUE} is {kind}{whose}"))
    })
}

/// The file of a page without a date that a loop of a template has come to.
fn undated(state: &State) -> Option<ssg_source::SitePath> {
    let scope = current().ok()?;
    scope.templates.loop_variables().into_iter().find_map(|name| {
        let value = state.get::<Value>(&name).ok().flatten()?;
        let path = value.get_from_path("path")?.as_str()?.to_owned();
        value.get_from_path("date").filter(|date| date.is_none())?;
        match scope.reads.at_path(&path)? {
            ssg_taxonomy::facets::Destination::Page(key) => Some(scope.reads.card(&key)?.source.clone()),
            _ => None,
        }
    })
}

/// Whether a format is the name of one: `long`.
fn is_name(format: &str) -> bool {
    !matches!(format, "iso" | "rfc2822")
        && !format.is_empty()
        && format.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// The format that the texts of the output's language have under a name.
fn named_form(name: &str) -> TeraResult<String> {
    let form = theme_text(&format!("date-{name}"))?;
    form.as_str().map(str::to_owned).ok_or_else(|| Error::message(format!("`date-{name}` must be one text")))
}

/// A text of the theme in the output's language.
fn theme_text(key: &str) -> TeraResult<Value> {
    let scope = current()?;
    functions::text(&scope.reads, &scope.lang, key).map(|text| text.value.clone())
}

/// A range of days, as the texts of the output's language have it.
fn date_range(from: &jiff::Zoned, to: &jiff::Zoned) -> TeraResult<Value> {
    let lang = current()?.lang;
    let texts = theme_text("date-range")?;
    let text = |key: &'static str| texts.get_from_path(key).and_then(Value::as_str);
    let pair = |case: &'static str, first: &'static str, last: &'static str| {
        let forms = text(first).zip(text(last));
        forms
            .ok_or_else(|| Error::message(format!("`date-range` has no forms `{case}-from` and `{case}-to`")))
    };
    let day = named_form("long")?;
    let forms = dates::RangeForms {
        month: pair("month", "month-from", "month-to")?,
        year: pair("year", "year-from", "year-to")?,
        years: pair("years", "years-from", "years-to")?,
        day: &day,
    };
    dates::range(from, to, &forms, &lang).map(Value::from).map_err(Error::message)
}

fn read_date(text: &str) -> TeraResult<jiff::Zoned> {
    dates::read(text).ok_or_else(|| Error::message(format!("`{text}` is not a date")))
}

/// Markdown without shortcodes. What an argument of a shortcode says is part of the page that has the call; links of all
/// other texts are those of the home page. What is wrong with links is told at the call, where there is one.
fn markdown(text: &str, inline: bool) -> TeraResult<String> {
    limits::pass(MARKDOWN)?;
    limits::make(text.len())?;
    let scope = current()?;
    let markup = scope.reads.get::<Markup>(&()).ok_or_else(|| Error::message("there is no configuration"))?;
    let body = parse_markdown(text, 0, &markup.markdown, &mut Diagnostics::new());
    let caller = crate::addresses::caller();
    let argument = caller.as_ref().filter(|caller| caller.texts.iter().any(|one| one == text));
    let (owner, place) = argument.map_or_else(
        || (Owner::new(&SitePath::root(), "/", scope.language, &scope.lang), Where::Elsewhere),
        |caller| (caller.owner.clone(), caller.place),
    );
    let html = crate::body::render_without_shortcodes(&scope.reads, &owner, &body.pieces, place, caller);
    limits::make(html.len())?;
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    Ok(inner.filter(|inner| inline && !inner.contains("<p>")).unwrap_or(html).to_owned())
}

/// The lines of a text from one to another, both counted from 1: `3-10`, `3-` or `3`.
fn lines(text: &str, range: &str) -> TeraResult<String> {
    let wrong = || Error::message(format!("`{range}` names no lines: write `3-10`, `3-` or `3`"));
    let number =
        |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number > 0).ok_or_else(wrong);
    let (first, last) = match range.split_once('-') {
        Some((first, "")) => (number(first)?, usize::MAX),
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(range)?, number(range)?),
    };
    let count = last.checked_sub(first).ok_or_else(wrong)?.saturating_add(1);
    let chosen: Vec<&str> = text.lines().skip(first - 1).take(count).collect();
    if chosen.is_empty() {
        return Err(Error::message(format!(
            "there is no line {first}: the text has {}",
            text.lines().count()
        )));
    }
    Ok(chosen.join("\n"))
}

/// HTML to text: tags go, the five basic entities are read.
fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    read_entities(&text)
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letter = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let first = words.first().and_then(letter);
    let last = if words.len() > 1 { words.last().and_then(letter) } else { None };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// How often what a list has in it has been grouped: groups of groups are deeper each time.
fn grouped(list: &[Value]) -> usize {
    let mut depth = 0;
    let mut lists = vec![list];
    while depth <= limits::DEEPEST {
        let below = lists.iter().copied().flatten().filter_map(|value| {
            value.as_map().filter(|table| table.len() == 2)?;
            value.get_from_path("items")?.as_array()
        });
        // One list may be in many groups; to look at each once is enough.
        let mut below: Vec<&[Value]> = below.collect();
        below.sort_unstable_by_key(|list| list.as_ptr());
        below.dedup_by_key(|list| list.as_ptr());
        if below.is_empty() {
            break;
        }
        depth += 1;
        lists = below;
    }
    depth
}

/// Missing values come last; values of different kinds keep their order.
fn compare(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    let present =
        |value: Option<&Value>| value.filter(|value| !value.is_none() && !value.is_undefined()).cloned();
    match (present(a), present(b)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => match (a.as_f64(), b.as_f64(), a.as_str(), b.as_str()) {
            (Some(a), Some(b), ..) => a.total_cmp(&b),
            (.., Some(a), Some(b)) => a.cmp(b),
            _ => Ordering::Equal,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_text_filters() {
        assert_eq!(initials("Bridget Kromhout"), "BK");
        assert_eq!(initials("山田 太郎"), "山太");
        assert_eq!(initials(""), "");
        assert_eq!(utf8_percent_encode("a b&c.~é", IN_QUERY).to_string(), "a%20b%26c.~%C3%A9");
        assert_eq!(strip_tags("<p>a &amp; <b>b</b></p>"), "a & b");
        assert_eq!(script_safe("\"</script>\""), "\"\\u003c/script\\u003e\"");
    }
}
