//! Looks through a page for what a content security policy must allow.
//!
//! Reads tags, attributes and the text of scripts and style sheets as the tokenizer of the HTML
//! standard does, and builds no tree: it does not matter where in the page something stands. What it
//! finds too much makes the policy wider and breaks nothing.

use super::needs::{Directive, Finder};
use super::{css, policy};
use std::borrow::Cow;

/// Elements whose text holds no tags.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Notes what a page needs.
pub(super) fn look(text: &str, finder: &mut Finder<'_>) {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if rest.starts_with("!--") {
            // `<!-->` is a whole comment.
            rest = rest.get(1..).and_then(|rest| rest.split_once("-->")).map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = Tag::read(rest);
            rest = after;
            let inside = RAW.contains(&tag.name.as_str()).then(|| raw_text(rest, &tag.name));
            element(&tag, inside.unwrap_or_default(), finder);
            rest = rest.get(inside.map_or(0, str::len)..).unwrap_or_default();
        } else if rest.starts_with('/') {
            rest = Tag::read(rest.get(1..).unwrap_or_default()).1;
        } else if rest.starts_with(['!', '?']) {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
}

/// A tag with its attributes; of two of one name the first counts.
struct Tag<'t> {
    name: String,
    attributes: Vec<(String, Cow<'t, str>)>,
}

impl<'t> Tag<'t> {
    /// Reads from the tag's name on; gives what follows the tag too.
    fn read(text: &'t str) -> (Self, &'t str) {
        let end = text.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let mut tag = Self { name: name.to_ascii_lowercase(), attributes: Vec::new() };
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return (tag, rest);
            }
            if let Some(after) = rest.strip_prefix('>') {
                return (tag, after);
            }
            // An equals sign at its start belongs to the name.
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
            let after_first = rest.get(first..).unwrap_or_default();
            let end = first + after_first.find(ends).unwrap_or(after_first.len());
            let (name, after) = rest.split_at(end);
            let (value, after) = read_value(after);
            rest = after;
            let name = name.to_ascii_lowercase();
            if !tag.attributes.iter().any(|(known, _)| *known == name) {
                tag.attributes.push((name, decoded(value)));
            }
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    fn has_word(&self, name: &str, word: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word)))
    }
}

/// The value of an attribute after its name, and what follows it.
fn read_value(text: &str) -> (&str, &str) {
    let Some(after) = text.trim_ascii_start().strip_prefix('=') else { return ("", text) };
    let after = after.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(inside) = after.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
    after.split_at(end)
}

/// Resolves the references that can stand in an address.
fn decoded(value: &str) -> Cow<'_, str> {
    const NAMED: &[(&str, char)] = &[
        ("amp", '&'),
        ("colon", ':'),
        ("sol", '/'),
        ("period", '.'),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
    ];
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(after.len());
        let (name, after_name) = after.split_at(end);
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        });
        let known = NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        match number.and_then(char::from_u32).or(known) {
            Some(c) => {
                text.push(c);
                rest = after_name.strip_prefix(';').unwrap_or(after_name);
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The text of an element up to its end tag.
fn raw_text<'t>(text: &'t str, name: &str) -> &'t str {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let begin = from + at;
        let after = text.get(begin + 2..).unwrap_or_default();
        let is_end = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && after.get(name.len()..).is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            });
        if is_end {
            return text.get(..begin).unwrap_or_default();
        }
        from = begin + 2;
    }
    text
}

fn element(tag: &Tag<'_>, inside: &str, finder: &mut Finder<'_>) {
    for (name, value) in &tag.attributes {
        let is_handler =
            name.len() > 4 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_handler {
            finder.handler(&format!("{name}=\"…\""));
        } else if name == "style" && !value.trim().is_empty() {
            finder.source(Directive::StyleAttr, policy::INLINE.to_owned());
            css::look(value, finder);
        } else if matches!(&**name, "href" | "action" | "formaction" | "src") && is_script(value) {
            finder.handler("javascript:…");
        } else if name == "data-embed" {
            // The built-in theme makes a frame of it when it is clicked.
            finder.address(Directive::Frame, value);
        }
    }
    let mut address = |directive: Directive, name: &str| {
        if let Some(address) = tag.get(name) {
            finder.address(directive, address);
        }
    };
    match tag.name.as_str() {
        "img" => address(Directive::Img, "src"),
        "input" if tag.has_word("type", "image") => address(Directive::Img, "src"),
        "image" => {
            address(Directive::Img, "href");
            address(Directive::Img, "xlink:href");
        }
        "source" | "track" | "audio" => address(Directive::Media, "src"),
        "video" => {
            address(Directive::Media, "src");
            address(Directive::Img, "poster");
        }
        "iframe" | "frame" => address(Directive::Frame, "src"),
        "object" => address(Directive::Object, "data"),
        "embed" => address(Directive::Object, "src"),
        "form" => address(Directive::Form, "action"),
        "button" => address(Directive::Form, "formaction"),
        "base" => address(Directive::Base, "href"),
        "link" => link(tag, finder),
        "script" => script(tag, inside, finder),
        "style" => {
            finder.source(Directive::Style, policy::hash(inside));
            css::look(inside, finder);
        }
        _ => {}
    }
    if matches!(tag.name.as_str(), "img" | "source") {
        // Commas inside an address are kept; one at its end separates.
        for part in tag.get("srcset").unwrap_or_default().split_ascii_whitespace() {
            finder.address(Directive::Img, part.trim_matches(','));
        }
    }
}

fn is_script(address: &str) -> bool {
    let start: String = address.chars().filter(|c| !c.is_ascii_control() && *c != ' ').take(11).collect();
    start.eq_ignore_ascii_case("javascript:")
}

fn link(tag: &Tag<'_>, finder: &mut Finder<'_>) {
    let Some(href) = tag.get("href") else { return };
    let of_preload = || match tag.get("as").map(str::to_ascii_lowercase).as_deref() {
        Some("script" | "worker") => Some(Directive::Script),
        Some("style") => Some(Directive::Style),
        Some("font") => Some(Directive::Font),
        Some("image") => Some(Directive::Img),
        Some("audio" | "video" | "track") => Some(Directive::Media),
        _ => None,
    };
    for rel in tag.get("rel").unwrap_or_default().split_ascii_whitespace() {
        let directive = match rel.to_ascii_lowercase().as_str() {
            "stylesheet" => Some(Directive::Style),
            "icon" | "apple-touch-icon" | "mask-icon" => Some(Directive::Img),
            "manifest" => Some(Directive::Manifest),
            "modulepreload" => Some(Directive::Script),
            "preload" => of_preload(),
            _ => None,
        };
        if let Some(directive) = directive {
            finder.address(directive, href);
        }
    }
}

fn script(tag: &Tag<'_>, inside: &str, finder: &mut Finder<'_>) {
    if let Some(src) = tag.get("src") {
        finder.address(Directive::Script, src);
        return;
    }
    let kind = tag.get("type").unwrap_or_default().trim().to_ascii_lowercase();
    let language = tag.get("language").unwrap_or_default();
    // Any other type makes it a block of data, such as JSON-LD, which no policy keeps from being there.
    let runs = match kind.as_str() {
        "" => language.is_empty() || language.to_ascii_lowercase().starts_with("javascript"),
        "module" | "importmap" | "speculationrules" => true,
        kind => {
            let essence = kind.split(';').next().unwrap_or_default().trim();
            essence.ends_with("/javascript")
                || essence.ends_with("/ecmascript")
                || essence.ends_with("/x-javascript")
                || essence.ends_with("/x-ecmascript")
                || essence.ends_with("/jscript")
        }
    };
    if runs {
        finder.source(Directive::Script, policy::hash(inside));
    }
}
