//! What stands between a text and its reader: tags, entities, calls of shortcodes.

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Html<'h> {
    /// Text, with its place in the piece.
    Text(&'h str, usize),
    /// A tag opens: name in small letters, and all of the tag.
    Open(String, &'h str),
    /// A tag closes.
    Close(String),
}

/// Parts a piece of HTML. Of scripts and style sheets nothing is told.
pub(crate) fn html(source: &str) -> Vec<Html<'_>> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut hidden: Option<&str> = None;
    while let Some(open) = source[at..].find('<').map(|open| at + open) {
        if hidden.is_none() && open > at {
            parts.push(Html::Text(&source[at..open], at));
        }
        let Some(close) = source[open..].find('>').map(|close| open + close) else {
            return parts;
        };
        let tag = &source[open + 1..close];
        let is_closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        match hidden {
            Some(until) if is_closing && name == until => hidden = None,
            Some(_) => {}
            None if is_closing => parts.push(Html::Close(name)),
            None if name == "script" => hidden = Some("script"),
            None if name == "style" => hidden = Some("style"),
            None => parts.push(Html::Open(name, tag)),
        }
        at = close + 1;
    }
    if hidden.is_none() && at < source.len() {
        parts.push(Html::Text(&source[at..], at));
    }
    parts
}

/// The value of an attribute of a tag.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        let Some(value) = after.strip_prefix('=').filter(|_| before.is_none_or(char::is_whitespace)) else {
            continue;
        };
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        };
    }
}

/// Decodes the entities that texts have.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let character = end.and_then(|end| entity(&rest[1..end]));
        match (character, end) {
            (Some(character), Some(end)) => {
                plain.push(character);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "eacute" => 'é',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "aring" => 'å',
        "oslash" => 'ø',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

/// The text with spaces in the place of calls: `{{ … }}`, `{% … %}`. Places stay what they were.
pub(crate) fn without_calls(text: &str) -> Cow<'_, str> {
    if !text.contains("{{") && !text.contains("{%") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Once nothing closes, nothing will.
    let (mut can_close, mut can_close_tag) = (true, true);
    while let Some(at) = rest.find('{') {
        let call = &rest[at..];
        let end = if call.starts_with("{{") && can_close {
            let end = call.find("}}");
            can_close = end.is_some();
            end
        } else if call.starts_with("{%") && can_close_tag {
            let end = call.find("%}");
            can_close_tag = end.is_some();
            end
        } else {
            None
        };
        match end {
            Some(end) if end <= 4_000 => {
                plain.push_str(&rest[..at]);
                let call = &call[..end + 2];
                plain.extend(call.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
                rest = &rest[at + end + 2..];
            }
            _ => {
                plain.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_entities() {
        assert_eq!(attribute("a data-href='x' href=\"y z\"", "href"), Some("y z"));
        assert_eq!(attribute("a href=y", "href"), Some("y"));
        assert_eq!(attribute("a", "href"), None);
        assert_eq!(decoded("A &amp; B &#233; &unknown; &"), "A & B é &unknown; &");
    }

    #[test]
    fn places_stay() {
        let text = "a {{ é }} b {% x %} {{ never closed";
        assert_eq!(without_calls(text).len(), text.len());
        assert_eq!(without_calls(text).find('b'), text.find('b'));
    }
}
