//! Links to other sites in the published texts and headers of a site, each address once with its places.

use crate::pages::texts;
use ssg_parse::{Arg, Config, Document, FrontMatter, Piece, path_on_own_host};
use ssg_source::{SitePath, Span};
use ssg_taxonomy::Site;
use std::collections::BTreeMap;
use url::Url;

/// A place where a link stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub source: SitePath,
    /// The link in it.
    pub span: Span,
    /// The address as it is written there.
    pub written: String,
    /// The year of the page, where it has one.
    pub year: Option<i16>,
}

/// An address of another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As it is asked for: without a fragment.
    pub address: String,
    /// Where links to it stand, in the order of files and places.
    pub places: Vec<Place>,
}

/// Which addresses are asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    ignored: Vec<String>,
}

impl Wanted {
    /// All but those that a pattern of `[check] ignore_links` fits.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { ignored: config.check.ignore_links.clone() }
    }

    fn has(&self, written: &str) -> bool {
        !self.ignored.iter().any(|pattern| fits(pattern, written))
    }
}

/// Whether a pattern fits a text as a whole; `*` stands for any text. Takes time in proportion to both lengths at most.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// All links to other sites, sorted by address.
#[must_use]
pub fn gather(site: &Site, config: &Config, wanted: &Wanted) -> Vec<Link> {
    let years: BTreeMap<&SitePath, i16> =
        site.pages.iter().filter_map(|page| Some((&page.source, page.year?))).collect();
    let mut all: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (source, document) in texts(site) {
        let year = years.get(source).copied();
        let mut add = |written: &str, span: Span| {
            let Some(address) = asked_for(&config.base_url, written).filter(|_| wanted.has(written)) else {
                return;
            };
            let place = Place { source: source.clone(), span, written: written.to_owned(), year };
            all.entry(address).or_default().push(place);
        };
        of_header(&document.front, &mut add);
        of_body(document, &mut add);
    }
    let links = all.into_iter().map(|(address, mut places)| {
        places.sort();
        places.dedup();
        Link { address, places }
    });
    links.collect()
}

/// The address to ask for, where one leads to another site over the web. One with a user's name is not asked for.
fn asked_for(base_url: &str, written: &str) -> Option<String> {
    let written = written.trim();
    if written.contains(char::is_whitespace) || path_on_own_host(base_url, written).is_some() {
        return None;
    }
    let whole = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
    let mut url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if !url.username().is_empty() || url.password().is_some() || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}

fn of_header(front: &FrontMatter, add: &mut dyn FnMut(&str, Span)) {
    for media in front.slides.iter().chain(&front.video) {
        add(&media.url, media.span);
    }
    if let Some(audio) = &front.audio {
        add(&audio.url, audio.span);
    }
    if let Some(image) = &front.image {
        add(&image.value, image.span);
    }
    if let Some(leads) = &front.redirect_to {
        add(&leads.value, leads.span);
    }
    for address in &front.table_addresses {
        add(&address.value, address.span);
    }
}

fn of_body(document: &Document, add: &mut dyn FnMut(&str, Span)) {
    walk(document.pieces.as_deref().unwrap_or_default(), add);
}

/// Bodies of shortcodes are no deeper than their reader allows.
fn walk(pieces: &[Piece], add: &mut dyn FnMut(&str, Span)) {
    for piece in pieces {
        match piece {
            Piece::LinkOpen { dest, span, .. } | Piece::Image { dest, span, .. } => add(dest, *span),
            Piece::Address { written, span } => add(&html_escape::decode_html_entities(written), *span),
            Piece::Shortcode(call) => {
                for (_, arg) in &call.args {
                    if let Arg::Text(text) = arg {
                        add(text, call.span);
                    }
                }
                walk(call.body.as_deref().unwrap_or_default(), add);
            }
            Piece::Html(_) | Piece::Code { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_addresses() {
        for (pattern, text, is) in [
            ("https://a.example/*", "https://a.example/b/c", true),
            ("https://a.example/*", "https://b.example/", false),
            ("*.pdf", "https://a.example/x.pdf", true),
            ("*.pdf", "https://a.example/x.pdf?y", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("https://a.example/", "https://a.example/", true),
            ("https://a.example/", "https://a.example/b", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn addresses_of_others_are_asked_for_once() {
        let base = "https://own.example/blog/";
        for (written, asked) in [
            ("https://A.example/x?y=1#z", Some("https://a.example/x?y=1")),
            ("//a.example", Some("https://a.example/")),
            ("http://own.example/blog/a/", None),
            ("https://own.example/other/", Some("https://own.example/other/")),
            ("/a/", None),
            ("mailto:a@a.example", None),
            ("https://user:word@a.example/", None),
            ("a text with https://a.example/", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(asked_for(base, written).as_deref(), asked, "{written}");
        }
    }
}
