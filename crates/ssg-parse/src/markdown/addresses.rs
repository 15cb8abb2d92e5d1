//! Addresses in raw HTML, which are resolved and checked like those of Markdown.

use super::html::{Attribute, tags};
use crate::attributes::{Holds, known};
use std::ops::Range;

/// An address in raw HTML.
pub(super) struct InHtml {
    /// The value in the HTML.
    pub(super) value: Range<usize>,
    /// The value in the text that the HTML is from.
    pub(super) place: Range<usize>,
}

/// The addresses of `html`, which stands at `range` of `source`; what a placeholder or an entity makes
/// uncertain is left alone.
pub(super) fn in_html(html: &str, source: &str, range: Range<usize>) -> Vec<InHtml> {
    let mut found = Vec::new();
    // The HTML may be without the marks of a quotation or a comment: each attribute is looked for again.
    let mut at = range.start;
    let end = range.end.min(source.len());
    for tag in tags(html).filter(|tag| !tag.closing) {
        let element = tag.name.to_ascii_lowercase();
        for attribute in &tag.attributes {
            let Some(holds) = known(&element, &attribute.name.to_ascii_lowercase()) else { continue };
            let written = &html[attribute.range.clone()];
            let place = source.get(at..end).and_then(|rest| rest.find(written)).map(|place| at + place);
            let start = place.unwrap_or(range.start);
            at = place.map_or(at, |place| place + written.len());
            for value in values(html, attribute, holds, &element) {
                let offset = if place.is_some() { value.start - attribute.range.start } else { 0 };
                let length = if place.is_some() { value.len() } else { 0 };
                found.push(InHtml { value, place: start + offset..start + offset + length });
            }
        }
    }
    found
}

fn values(html: &str, attribute: &Attribute<'_>, holds: Holds, element: &str) -> Vec<Range<usize>> {
    // What a form is sent to is a program, as a rule, and none of the site.
    const SHOWN: [&str; 8] =
        ["href", "xlink:href", "src", "poster", "data", "cite", "background", "longdesc"];
    let name = attribute.name.to_ascii_lowercase();
    let all = match holds {
        Holds::Address if SHOWN.contains(&name.as_str()) && element != "base" => {
            vec![attribute.value.clone()]
        }
        Holds::Style => in_style(html, attribute.value.clone()),
        Holds::Addresses if name.ends_with("srcset") => candidates(html, attribute.value.clone()),
        _ => Vec::new(),
    };
    all.into_iter().filter(|value| is_plain(&html[value.clone()])).collect()
}

/// The addresses of a `srcset`.
fn candidates(html: &str, value: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = value.start;
    for part in html[value].split(',') {
        let start = at + (part.len() - part.trim_start().len());
        let length = part.trim_start().find(char::is_whitespace).unwrap_or(part.trim().len());
        if length > 0 {
            found.push(start..start + length);
        }
        at += part.len() + 1;
    }
    found
}

/// The addresses of a `style`: `url(…)`.
fn in_style(html: &str, value: Range<usize>) -> Vec<Range<usize>> {
    const URL: &str = "url(";
    let text = html.get(value.clone()).unwrap_or_default().to_ascii_lowercase();
    let of = |(at, _): (usize, &str)| {
        let inner = &text[at + URL.len()..];
        let inner = &inner[..inner.find(')')?];
        let is_around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
        let start = value.start + at + URL.len() + inner.len() - inner.trim_start_matches(is_around).len();
        Some(start..start + inner.trim_matches(is_around).len())
    };
    text.match_indices(URL).filter_map(of).collect()
}

/// Whether an address may lead into the site, and is written without anything that hides what it says.
fn is_plain(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let is_web = ["http:", "https:"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let has_entity = address.replace("&amp;", "").contains('&') && address.contains(';');
    !address.is_empty()
        && (is_web || !scheme.contains(':'))
        && !has_entity
        && !address.contains(['\u{fdd0}', '{', '\n', '\r', '\t', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_with_their_places() {
        let quoted = "<img src=b.png srcset=\"/c.png, d.png 2x\"><a href=\"x:y\">\
                      <q cite=/e style=\"background: URL( '/f.png' ); x: url(/g), url()\"><form action=/h>";
        let source = format!("> <p><a href='/a/'>x</a>\n> {quoted}");
        let html = format!("<p><a href='/a/'>x</a>\n{quoted}");
        let found = in_html(&html, &source, 0..source.len());
        let values: Vec<&str> = found.iter().map(|one| &html[one.value.clone()]).collect();
        assert_eq!(values, ["/a/", "b.png", "/c.png", "d.png", "/e", "/f.png", "/g"]);
        let places: Vec<&str> = found.iter().map(|one| &source[one.place.clone()]).collect();
        assert_eq!(places, values);
    }
}
