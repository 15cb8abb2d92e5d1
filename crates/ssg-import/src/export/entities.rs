//! Entities of HTML and XML as the characters that they stand for.

use crate::blog::calls::is_mark;

/// A text with characters for the entities that are usual.
pub(crate) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let end = here.find(';').filter(|end| *end < 10);
        let known = end.and_then(|end| Some((end, character(here.get(1..end)?)?)));
        match known {
            Some((end, c)) => {
                out.push(c);
                rest = here.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = here.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => char::from_u32(number?)?,
    };
    ((!c.is_control() || c.is_whitespace()) && !is_mark(c)).then_some(c)
}
