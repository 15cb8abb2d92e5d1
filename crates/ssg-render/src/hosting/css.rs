//! Looks for what a style sheet loads: `url(…)` and `@import "…"`.

use super::needs::{Directive, Finder};

/// Notes the addresses in a style sheet, or in a style attribute.
pub(super) fn look(text: &str, finder: &mut Finder<'_>) {
    let mut rest = text;
    let mut imports = false;
    while let Some(at) = rest.find(['u', 'U', '@', '/', ';']) {
        let (_, here) = rest.split_at(at);
        rest = here.get(1..).unwrap_or_default();
        if let Some(comment) = here.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if here.starts_with(';') {
            imports = false;
        } else if starts_with(here, "@import") {
            imports = true;
            let after = here.get("@import".len()..).unwrap_or_default().trim_start();
            if let Some((address, after)) = quoted(after) {
                finder.address(Directive::Style, address);
                rest = after;
            } else {
                rest = after;
            }
        } else if starts_with(here, "url(") {
            let after = here.get("url(".len()..).unwrap_or_default().trim_start();
            let (address, after) = quoted(after).or_else(|| after.split_once(')')).unwrap_or((after, ""));
            finder.address(if imports { Directive::Style } else { directive(address) }, address);
            rest = after;
        }
    }
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A quoted text, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.get(1..)?.split_once(quote)
}

/// What an address in a style sheet is of, by its end: a font or an image.
fn directive(address: &str) -> Directive {
    let lower = address.to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let is_font = ["data:font/", "data:application/font", "data:application/x-font"]
        .iter()
        .any(|start| lower.starts_with(start))
        || [".woff2", ".woff", ".ttf", ".otf", ".eot"].iter().any(|end| path.ends_with(end));
    if is_font { Directive::Font } else { Directive::Img }
}
