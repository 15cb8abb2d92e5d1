//! Looks through a page for what a content security policy must allow.
//!
//! A tokenizer reads tags, attributes and the text of scripts and style sheets; no tree is built, since
//! it does not matter where in the page something stands. What is found too much makes the policy wider
//! and breaks nothing.

use super::needs::{Directive, Finder};
use super::{css, policy};
use crate::attributes::{Holds, known};
use crate::crowded::without_crowded;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Notes what a page needs.
pub(super) fn look(text: &str, finder: &mut Finder<'_>) {
    let text = &*without_crowded(text);
    let mut emitter: DefaultEmitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    // A script or style sheet whose end has not come yet, with its text so far.
    let mut open: Option<(Tag, String)> = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let tag = Tag::new(&tag);
                if matches!(tag.name.as_str(), "script" | "style") {
                    open = Some((tag, String::new()));
                } else {
                    element(&tag, "", finder);
                }
            }
            Token::String(text) => {
                if let Some((_, inside)) = &mut open {
                    inside.push_str(&String::from_utf8_lossy(&text.value));
                }
            }
            Token::EndTag(_) => {
                if let Some((tag, inside)) = open.take() {
                    element(&tag, &inside, finder);
                }
            }
            _ => {}
        }
    }
    if let Some((tag, inside)) = open {
        element(&tag, &inside, finder);
    }
}

/// A tag with its attributes, names in small letters.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn new(tag: &StartTag<()>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
        Self { name: text(&tag.name), attributes }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has_word(&self, name: &str, word: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word)))
    }
}

fn element(tag: &Tag, inside: &str, finder: &mut Finder<'_>) {
    for (name, value) in &tag.attributes {
        let is_handler =
            name.len() > 4 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_handler {
            finder.handler(&format!("{name}=\"…\""));
        } else if name == "style" && !value.trim().is_empty() {
            finder.source(Directive::StyleAttr, policy::INLINE.to_owned());
            css::look(value, finder);
        } else if known(&tag.name, name) == Some(Holds::Address) && is_script(value) {
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

fn link(tag: &Tag, finder: &mut Finder<'_>) {
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

fn script(tag: &Tag, inside: &str, finder: &mut Finder<'_>) {
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
