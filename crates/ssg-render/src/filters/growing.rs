//! Tera's filters whose result can be far larger than what they are given. They do the same here,
//! after the length of the result is taken from what a template may keep.

use crate::limits;
use std::borrow::Cow;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("replace", |text: StringInput, kwargs: Kwargs, state: &State| {
        replace(&text, &kwargs, state)
    });
    tera.register_filter("str", |value: &Value, _: Kwargs, _: &State| text(value));
    tera.register_filter("split", |text: &str, kwargs: Kwargs, _: &State| split(text, &kwargs));
    tera.register_filter("join", |list: &[Value], kwargs: Kwargs, state: &State| join(list, &kwargs, state));
    tera.register_filter("indent", |text: StringInput, kwargs: Kwargs, state: &State| {
        indent(&text, &kwargs, state)
    });
}

/// The text of a value.
fn text(value: &Value) -> TeraResult<String> {
    limits::put_together(value)?;
    Ok(value.to_string())
}

fn split(text: &str, kwargs: &Kwargs) -> TeraResult<Vec<Value>> {
    let by = kwargs.must_get::<&str>("pat")?;
    let parts = text.matches(by).count().saturating_add(1);
    limits::pass(parts)?;
    limits::make(parts.saturating_mul(size_of::<Value>()).saturating_add(text.len()))?;
    Ok(text.split(by).map(Value::from).collect())
}

/// A text that is safe, or not.
fn value(text: String, is_safe: bool) -> Value {
    if is_safe { Value::safe_string(&text) } else { Value::from(text) }
}

/// As it is written into the output where the result is safe, else as it is.
fn shown<'t>(text: &'t StringInput<'_>, is_safe: bool, state: &State) -> TeraResult<Cow<'t, str>> {
    if is_safe { text.rendered(state) } else { Ok(Cow::Borrowed(text.as_str())) }
}

fn replace(text: &StringInput<'_>, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = (shown(text, is_safe, state)?, shown(&to, is_safe, state)?);
    let grown = text.matches(from).count().saturating_mul(to.len());
    limits::make(grown.saturating_add(text.len()))?;
    Ok(value(text.replace(from, &to), is_safe))
}

fn join(list: &[Value], kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let separator = kwargs.get::<StringInput>("sep")?;
    let has_safe = list.iter().any(|value| value.is_string() && value.is_safe());
    let is_safe =
        state.autoescaping_enabled() && (has_safe || separator.as_ref().is_some_and(StringInput::is_safe));
    let separator = match &separator {
        Some(separator) => shown(separator, is_safe, state)?,
        None => Cow::Borrowed(""),
    };
    let mut joined = String::new();
    limits::pass(list.len())?;
    for (number, value) in list.iter().enumerate() {
        limits::put_together(value)?;
        let part = match value {
            value if is_safe && value.is_undefined() => String::new(),
            value if is_safe => state.escape_if_needed(value)?,
            value => value.to_string(),
        };
        let separator = if number == 0 { "" } else { &separator };
        limits::make(separator.len())?;
        joined.push_str(separator);
        joined.push_str(&part);
    }
    Ok(value(joined, is_safe))
}

fn indent(text: &StringInput<'_>, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4).min(1000);
    let by = kwargs.get::<StringInput>("indentation")?;
    let (first, blank) =
        (kwargs.get::<bool>("first")?.unwrap_or(false), kwargs.get::<bool>("blank")?.unwrap_or(false));
    if by.as_ref().is_some_and(|by| by.as_str().chars().count() != 1) {
        return Err(Error::message("`indentation` must be one character"));
    }
    let is_safe =
        state.autoescaping_enabled() && (text.is_safe() || by.as_ref().is_some_and(StringInput::is_safe));
    let text = shown(text, is_safe, state)?;
    let by = match &by {
        Some(by) => shown(by, is_safe, state)?.repeat(width),
        None => " ".repeat(width),
    };
    limits::make(text.lines().count().saturating_mul(by.len()).saturating_add(text.len()))?;
    let mut indented = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            indented.push('\n');
        }
        let wanted = if number == 0 { first } else { blank || !line.is_empty() };
        if wanted {
            indented.push_str(&by);
        }
        indented.push_str(line);
    }
    if text.ends_with('\n') {
        indented.push('\n');
    }
    Ok(value(indented, is_safe))
}
