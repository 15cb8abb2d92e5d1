//! How much a value is: in memory, when it is shown, and how deep. Values are shared, so that a list of
//! two lists of two lists is small in memory and can be without end when somebody goes through it: all
//! that goes through a value stops at what is left.

use super::{DEEPEST, left_to_make, left_to_write, make, pass, write};
use tera::{Error, TeraResult, Value};

/// What a number takes when it is shown, and a bracket or a comma.
const SHORT: usize = 24;
/// What an element of a list takes in memory.
const ELEMENT: usize = size_of::<Value>();
/// What a row of a table takes in memory.
const ROW: usize = 4 * size_of::<Value>();
/// How many values count as a pass, where they are only looked at.
const LOOKED_AT: usize = 16;

/// How many bytes of a text count as a pass, where it is only looked at.
const BYTES_LOOKED_AT: usize = 256;

/// How long a text is with `&quot;` and its like.
fn escaped(text: &str) -> usize {
    let special = text.bytes().filter(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'')).count();
    text.len().saturating_add(special.saturating_mul(5))
}

/// How long a text can become in a filter: every sign but letters and digits may be written as six.
fn rewritten(text: &str) -> usize {
    let special = text.bytes().filter(|byte| !byte.is_ascii_alphanumeric() && *byte != b' ').count();
    text.len().saturating_add(special.saturating_mul(5))
}

/// How long a value is when it is shown, up to `most`; what is deeper than [`DEEPEST`] is more than
/// any length.
fn length(value: &Value, most: usize) -> usize {
    fn add(value: &Value, most: usize, depth: usize, sum: &mut usize) {
        *sum = sum.saturating_add(SHORT);
        if *sum > most {
            return;
        }
        if depth > DEEPEST {
            *sum = usize::MAX;
        } else if let Some(text) = value.as_str() {
            *sum = sum.saturating_add(rewritten(text));
        } else if let Some(list) = value.as_array() {
            for value in list {
                add(value, most, depth + 1, sum);
                if *sum > most {
                    return;
                }
            }
        } else if let Some(table) = value.as_map() {
            for (key, value) in table {
                *sum = sum.saturating_add(SHORT + key.as_str().map_or(0, rewritten));
                add(value, most, depth + 1, sum);
                if *sum > most {
                    return;
                }
            }
        }
    }
    let mut sum = 0;
    add(value, most, 0, &mut sum);
    sum
}

/// Takes what a value needs that is shown.
pub(crate) fn shown(value: &Value, is_escaped: bool) -> TeraResult<()> {
    match value.as_str() {
        Some(text) if !is_escaped || value.is_safe() => write(text.len()),
        Some(text) => write(escaped(text)),
        None => write(length(value, left_to_write())),
    }
}

/// Takes what it needs to look at a text from its beginning to its end. Lists are not gone through.
pub(crate) fn looked_at(value: &Value) -> TeraResult<()> {
    value.as_str().map_or(Ok(()), |text| pass(text.len() / BYTES_LOOKED_AT))
}

/// Takes what the text of a value needs, as it is put behind another.
pub(crate) fn put_together(value: &Value) -> TeraResult<()> {
    match value.as_str() {
        Some(text) => make(text.len()),
        None => make(length(value, left_to_make())),
    }
}

/// Takes what a filter needs to look at a value and to make another of the same size.
pub(crate) fn in_filter(value: &Value) -> TeraResult<()> {
    if let Some(text) = value.as_str() {
        return make(rewritten(text));
    }
    let count = value.len().unwrap_or(0);
    pass(count)?;
    make(count.saturating_mul(if value.as_map().is_some() { ROW } else { ELEMENT }))
}

/// The same, where texts of a list or of its tables are compared.
pub(crate) fn in_sort(value: &Value) -> TeraResult<()> {
    for value in value.as_array().into_iter().flatten() {
        looked_at(value)?;
        value.as_map().into_iter().flat_map(|table| table.values()).try_for_each(looked_at)?;
    }
    in_filter(value)
}

/// Takes what a list or a table needs that a template has put together, and sees that it is not too
/// deep: going through it, and dropping it, takes room on the stack.
pub(crate) fn depth(value: &Value) -> TeraResult<()> {
    fn below(value: &Value, depth: usize, looked_at: &mut usize) -> TeraResult<()> {
        if depth > DEEPEST {
            return Err(too_deep());
        }
        let mut one = |value: &Value| {
            *looked_at += 1;
            if *looked_at >= LOOKED_AT {
                *looked_at = 0;
                pass(1)?;
            }
            below(value, depth + 1, looked_at)
        };
        if let Some(list) = value.as_array() {
            list.iter().try_for_each(&mut one)?;
        } else if let Some(table) = value.as_map() {
            table.values().try_for_each(&mut one)?;
        }
        Ok(())
    }
    in_filter(value)?;
    below(value, 0, &mut 0)
}

/// That something is nested too deep.
pub(crate) fn too_deep() -> Error {
    Error::message(format!("nested too deep: lists and tables may be {DEEPEST} deep"))
}

/// Takes what it needs to compare a value with another: a pass for each that is in it.
pub(crate) fn nodes(value: &Value) -> TeraResult<()> {
    if let Some(text) = value.as_str() {
        return pass(text.len() / 1024);
    }
    if value.len().is_none() { Ok(()) } else { compared(value, 0) }
}

fn compared(value: &Value, depth: usize) -> TeraResult<()> {
    if depth > DEEPEST {
        return Err(too_deep());
    }
    pass(1)?;
    if let Some(list) = value.as_array() {
        list.iter().try_for_each(|value| compared(value, depth + 1))?;
    } else if let Some(table) = value.as_map() {
        table.values().try_for_each(|value| compared(value, depth + 1))?;
    }
    Ok(())
}
