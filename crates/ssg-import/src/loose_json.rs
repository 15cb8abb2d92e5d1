//! JSON as other programs write it: texts that are numbers, keys that are missing, files that are cut off.

use crate::record::json_place;
use serde_json::Value;

/// Reads JSON. What is cut off or broken is read up to there, with the reason.
pub(crate) fn read(text: &str) -> (Value, Option<String>) {
    match serde_json::from_str(text) {
        Ok(value) => (value, None),
        Err(error) => {
            let why = format!("{error}");
            let end = if error.is_eof() { text.len() } else { json_place(text, &error) };
            let mended = mend(text.get(..end).unwrap_or(""));
            let value = mended.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
            (value, Some(why))
        }
    }
}

/// The text up to the last value that is whole, with everything closed that is open there.
fn mend(text: &str) -> Option<String> {
    let mut open: Vec<u8> = Vec::new();
    let mut last: Option<(usize, Vec<u8>)> = None;
    let (mut in_text, mut is_escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                open.pop();
                // What follows a whole object or list may be left out.
                keep(&mut last, at + 1, &open);
            }
            b',' => keep(&mut last, at, &open),
            _ => {}
        }
    }
    let (end, open) = last?;
    let mut mended = text.get(..end)?.to_owned();
    for (at, byte) in open.iter().enumerate().rev() {
        // An object of a list is one of several alike, and not all of this one is there.
        if *byte == b'}' && at.checked_sub(1).and_then(|at| open.get(at)) == Some(&b']') {
            mended.push_str(&format!(",\"{CUT}\":true"));
        }
        mended.push(char::from(*byte));
    }
    Some(mended)
}

/// The key that marks an object of which the end is missing.
const CUT: &str = "(cut off)";

/// Whether the end of an object is missing.
pub(crate) fn is_cut(value: &Value) -> bool {
    value.get(CUT).is_some()
}

fn keep(last: &mut Option<(usize, Vec<u8>)>, at: usize, open: &[u8]) {
    // Deeper than any reader goes nothing is kept.
    if open.len() < 128 {
        let (end, kept) = last.get_or_insert_default();
        *end = at;
        kept.clear();
        kept.extend_from_slice(open);
    }
}

/// The fields of an object; of anything else there are none.
pub(crate) fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The values of a list; of anything else there are none.
pub(crate) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text or a number as text, trimmed; `None` for an empty one and for all else.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The text of the first of these keys that has one.
pub(crate) fn text_of(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(value.get(key)))
}

/// Whether a value says yes.
pub(crate) fn yes(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => matches!(text.to_lowercase().as_str(), "true" | "yes" | "1"),
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        _ => false,
    }
}

/// Whether a value says nothing.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_empty),
        Value::Object(fields) => fields.values().all(is_empty),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_cut_off_is_read_up_to_there() {
        let whole = r#"{"a": [{"x": 1}, {"x": "}]\""}, {"x": 3}], "b": {"c": [1, 2]}}"#;
        assert_eq!(read(whole).1, None);
        for end in 0..whole.len() {
            let (value, why) = read(&whole[..end]);
            assert!(why.is_some(), "{end}");
            if end > 17 {
                assert_eq!(value["a"][0]["x"], 1, "{end}");
            }
        }
        assert_eq!(read(&whole[..46]).0["a"], json!([{"x": 1}, {"x": "}]\""}, {"x": 3}]));
        let (value, _) = read(r#"{"a": [{"x": 1, "y": [{"z": 2}], "w": "#);
        assert!(is_cut(&value["a"][0]) && !is_cut(&value["a"][0]["y"][0]) && !is_cut(&value));
        assert_eq!(read(r#"{"a": [1, 2, oops, 4]}"#).0, json!({"a": [1, 2]}));
        assert!(read(&"[".repeat(100_000)).0.is_null());
    }
}
