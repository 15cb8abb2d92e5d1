//! What pages are drawn from their own facts: the score of a programme, a figure for a person, a staff of years,
//! the ink of an event.
//!
//! Pure geometry: numbers and words in, SVG with classes out. Nothing here knows the site, and nothing has a colour:
//! the classes are those of the book's page on drawings, and a theme gives them their paint. The same facts give the
//! same bytes on every machine, with one decimal. Shapes may be stretched with the width, dots and half discs are not.

pub(crate) mod figure;
pub(crate) mod ink;
pub(crate) mod score;
pub(crate) mod staff;
pub(crate) mod text;

/// A number with one decimal at most, and no sign before a zero.
fn short(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    let text = format!("{tenths:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A count as a number to reckon with; what is beyond all reason is as much as a million.
fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count.min(1_000_000)).unwrap_or(1_000_000))
}

/// Text that may stand in an attribute between double quotes.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [1.0, 0.25, -0.04, 12.34, 100.0].iter().map(|n| short(*n)).collect();
        assert_eq!(shown, ["1", "0.3", "0", "12.3", "100"]);
    }

    #[test]
    fn what_stands_in_an_attribute_ends_nothing() {
        assert_eq!(attribute("a\"b<c>&d"), "a&quot;b&lt;c&gt;&amp;d");
    }
}
