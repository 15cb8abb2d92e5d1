//! Labels with addresses, as they stand under an interview: `Website`, then a URL.

use super::shape::{Address, address, question};
use super::unit::Unit;
use std::collections::HashSet;

/// The labels that have an address after them somewhere in the text, in lower case.
pub(crate) fn labels(units: &[Unit]) -> HashSet<String> {
    units
        .windows(2)
        .filter(|pair| could_be_label(&pair[0].text) && pair[0].opens && address(&pair[1].text).is_some())
        .map(|pair| key(&pair[0].text))
        .collect()
}

/// The pairs that begin at unit `at`, and how many units they take.
///
/// A label known from elsewhere may have a few words in place of an address.
pub(crate) fn pairs(
    units: &[Unit],
    labels: &HashSet<String>,
    at: usize,
) -> Option<(Vec<(String, String)>, usize)> {
    let mut pairs = Vec::new();
    let mut next = at;
    while let [label, value, ..] = &units[next.min(units.len())..] {
        let known = label.opens && could_be_label(&label.text) && labels.contains(&key(&label.text));
        let fits = address(&value.text).is_some() || (!pairs.is_empty() || known) && value.text.len() <= 60;
        if !known || !fits || labels.contains(&key(&value.text)) {
            break;
        }
        pairs.push((label.text.trim_end_matches(':').to_owned(), value.text.clone()));
        next += 2;
    }
    (!pairs.is_empty()).then_some((pairs, next - at))
}

fn could_be_label(text: &str) -> bool {
    text.len() <= 40
        && text.split(' ').count() <= 4
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ',', '!', ';'])
        && !question(text)
        && address(text).is_none()
}

fn key(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    short.trim_end_matches(':').to_lowercase()
}

/// The address as Markdown, when it is a URL.
pub(crate) fn markdown(value: &str) -> Option<String> {
    match address(value)? {
        Address::Url(url) => Some(format!("<{url}>")),
        Address::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;

    #[test]
    fn a_label_known_elsewhere_needs_no_address() {
        let text = "Website\n\nhttps://example.org\n\nBlog:\n\nNone yet.\n\nText.\n\nBlog\n\nhttps://example.org/b\n";
        let units = units(lines(text, &mut Vec::new()));
        let labels = labels(&units);
        let (pairs, taken) = pairs(&units, &labels, 0).expect("pairs");
        assert_eq!(taken, 4);
        assert_eq!(pairs[1], ("Blog".to_owned(), "None yet.".to_owned()));
        assert_eq!(super::pairs(&units, &labels, 4), None);
    }
}
