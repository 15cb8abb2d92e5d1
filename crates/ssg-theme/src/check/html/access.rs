//! Whether a page can be used by all: words for pictures, links and controls, a language, a title,
//! headings in order, and ids that lead somewhere.

use super::nesting::Nesting;
use super::{Fault, Tag};
use ssg_source::{Code, Span, codes};
use std::collections::{BTreeMap, BTreeSet};

const UNNAMED: Code = codes::HTML_NAME;

/// What was seen of a page so far.
#[derive(Default)]
pub(super) struct Access {
    has_doctype: bool,
    html: Option<Span>,
    head: Option<Span>,
    body: Option<Span>,
    main: Option<Span>,
    has_title: bool,
    has_viewport: bool,
    headings: Vec<(u8, Span)>,
    ids: BTreeMap<String, Span>,
    /// Attribute, id that it names, tag.
    names: Vec<(&'static str, String, Span)>,
    labelled: BTreeSet<String>,
    /// Controls that only a label elsewhere can name.
    controls: Vec<(String, Option<String>, Span)>,
    /// Open elements that need words.
    waiting: Vec<Waiting>,
    /// Depths of open elements that are hidden from readers.
    hidden: Vec<usize>,
}

/// An open element that must hold words.
struct Waiting {
    depth: usize,
    name: String,
    span: Span,
    has_words: bool,
}

/// Attributes that name ids.
const REFERENCES: [&str; 5] = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];

impl Access {
    pub(super) fn doctype(&mut self) {
        self.has_doctype = true;
    }

    /// Words were met.
    pub(super) fn words(&mut self) {
        if self.hidden.is_empty() {
            for waiting in &mut self.waiting {
                waiting.has_words = true;
            }
        }
    }

    /// A start tag; the element is open already where it has content.
    pub(super) fn open(&mut self, tag: &Tag, nesting: &Nesting, faults: &mut Vec<Fault>) {
        // An element may have ended others.
        let own = usize::from(!super::names::VOID.contains(&tag.name.as_str()) && !tag.self_closing);
        self.keep(nesting.depth().saturating_sub(own), faults);
        self.read_ids(tag, faults);
        if tag.get("aria-hidden") == Some("true") && own == 1 {
            self.hidden.push(nesting.depth());
        }
        let is_named = tag.says("aria-label") || tag.says("aria-labelledby");
        let span = tag.span;
        match tag.name.as_str() {
            "html" => {
                self.html = Some(span);
                if !tag.says("lang") {
                    let fault = Fault::error(codes::HTML_LANG, "`<html>` does not say its language", span);
                    faults.push(fault.hint("write `<html lang=\"{{ lang }}\">`"));
                }
            }
            "head" => self.head = Some(span),
            "body" => self.body = Some(span),
            "main" => {
                if self.main.is_some() {
                    faults.push(Fault::error(codes::HTML_MAIN, "the page has a second `<main>`", span));
                }
                self.main = Some(span);
            }
            "meta" if tag.get("name") == Some("viewport") => self.has_viewport = true,
            "title" if nesting.is_in("head") => {
                self.has_title = true;
                self.wait(tag, nesting, false);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag.name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                if let Some((before, _)) = self.headings.last()
                    && level > before + 1
                {
                    let message = format!("`<h{level}>` follows `<h{before}>`: a level is left out");
                    faults.push(Fault::warning(codes::HTML_HEADING, message, span));
                }
                self.headings.push((level, span));
                self.wait(tag, nesting, is_named);
            }
            "img" => match tag.get("alt") {
                None => faults.push(
                    Fault::error(codes::HTML_ALT, "`<img>` has no `alt`", span)
                        .hint("say what it shows; `alt=\"\"` for what only decorates"),
                ),
                Some(alt) if !alt.trim().is_empty() => self.words(),
                Some(_) => {}
            },
            "svg" if is_named => self.words(),
            "svg" if tag.get("role") == Some("img") => self.wait(tag, nesting, false),
            "a" if tag.get("href").is_some() => self.wait(tag, nesting, is_named || tag.says("title")),
            "button" => self.wait(tag, nesting, is_named || tag.says("title")),
            "iframe" if !tag.says("title") && !is_named => {
                faults.push(Fault::error(UNNAMED, "`<iframe>` has no `title`", span));
            }
            "input" | "select" | "textarea" => self.control(tag, nesting, is_named),
            _ => {}
        }
    }

    fn wait(&mut self, tag: &Tag, nesting: &Nesting, has_words: bool) {
        let (depth, name) = (nesting.depth(), tag.name.clone());
        self.waiting.push(Waiting { depth, name, span: tag.span, has_words });
    }

    fn control(&mut self, tag: &Tag, nesting: &Nesting, is_named: bool) {
        let kind = tag.get("type").unwrap_or("text");
        let names_itself = tag.name == "input"
            && (matches!(kind, "hidden" | "submit" | "reset") || (kind == "image" && tag.says("alt")))
            || (kind == "button" && tag.says("value"));
        if !is_named && !names_itself && !tag.says("title") && !nesting.is_in("label") {
            self.controls.push((tag.name.clone(), tag.get("id").map(str::to_owned), tag.span));
        }
    }

    fn read_ids(&mut self, tag: &Tag, faults: &mut Vec<Fault>) {
        if let Some(id) = tag.get("id") {
            if id.is_empty() || id.contains(char::is_whitespace) {
                faults.push(Fault::error(codes::HTML_ID, format!("`{id}` is no id"), tag.span));
            } else if self.ids.insert(id.to_owned(), tag.span).is_some() {
                let fault =
                    Fault::error(codes::HTML_ID, format!("the id `{id}` is on the page twice"), tag.span);
                faults.push(fault.hint("links and labels find the first one only"));
            }
        }
        for name in REFERENCES {
            for id in tag.get(name).into_iter().flat_map(str::split_whitespace) {
                self.names.push((name, id.to_owned(), tag.span));
                if name == "for" {
                    self.labelled.insert(id.to_owned());
                }
            }
        }
        let anchor = tag.get("href").filter(|_| tag.name == "a").and_then(|href| href.strip_prefix('#'));
        if let Some(id) = anchor.filter(|id| !id.is_empty() && *id != "top") {
            self.names.push(("href", decoded(id), tag.span));
        }
    }

    /// Elements below this depth are still open; what waits at a greater one has ended.
    pub(super) fn keep(&mut self, depth: usize, faults: &mut Vec<Fault>) {
        self.hidden.retain(|hidden| *hidden <= depth);
        while let Some(waiting) = self.waiting.pop_if(|waiting| waiting.depth > depth) {
            if waiting.has_words {
                continue;
            }
            let (message, hint) = match waiting.name.as_str() {
                "a" => ("a link has no words", "a text, an `alt` of its image, or `aria-label`"),
                "button" => ("a button has no words", "a text, or `aria-label`"),
                "svg" => ("a drawing with `role=\"img\"` has no words", "`aria-label`, or a `<title>` in it"),
                "title" => ("the page's title is empty", "say what the page is"),
                _ => ("a heading is empty", "leave it out, or say what follows"),
            };
            faults.push(Fault::error(UNNAMED, message, waiting.span).hint(hint));
        }
    }

    pub(super) fn end(mut self, length: usize, faults: &mut Vec<Fault>) {
        self.keep(0, faults);
        let top = self.html.unwrap_or_else(|| Span::at(0));
        let head = self.head.unwrap_or(top);
        let body = self.main.or(self.body).unwrap_or(top);
        if length == 0 {
            faults.push(Fault::error(codes::HTML_EMPTY, "the page is empty", top));
            return;
        }
        if !self.has_doctype {
            let fault =
                Fault::error(codes::HTML_DOCTYPE, "the page does not begin with `<!doctype html>`", top);
            faults.push(fault.hint("browsers show it as pages of the nineties without"));
        }
        if self.html.is_none() {
            faults.push(Fault::error(codes::HTML_LANG, "the page has no `<html lang=…>`", top));
        }
        if !self.has_title {
            faults.push(Fault::error(codes::HTML_TITLE, "the page has no `<title>`", head));
        }
        if !self.has_viewport {
            let fault =
                Fault::warning(codes::HTML_VIEWPORT, "the page does not fit itself to telephones", head);
            faults.push(
                fault.hint("`<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">`"),
            );
        }
        if self.main.is_none() {
            faults.push(Fault::warning(codes::HTML_MAIN, "the page has no `<main>`", body));
        }
        let mut main = self.headings.iter().filter(|(level, _)| *level == 1);
        match (main.next(), main.next()) {
            (None, _) => faults.push(Fault::error(codes::HTML_HEADING, "the page has no `<h1>`", body)),
            (_, Some((_, second))) => {
                faults.push(Fault::error(codes::HTML_HEADING, "the page has a second `<h1>`", *second));
            }
            _ => {}
        }
        for (attribute, id, span) in &self.names {
            if !self.ids.contains_key(id) {
                let message = format!("`{attribute}` names `{id}`, which is not on the page");
                faults.push(Fault::error(codes::HTML_ID, message, *span));
            }
        }
        for (name, id, span) in &self.controls {
            if !id.as_ref().is_some_and(|id| self.labelled.contains(id)) {
                let fault = Fault::error(UNNAMED, format!("`<{name}>` has no label"), *span);
                faults.push(fault.hint("put it within `<label>`, or give it an `id` that a label is `for`"));
            }
        }
    }
}

/// An id as it is written in an address.
fn decoded(id: &str) -> String {
    let mut bytes = Vec::with_capacity(id.len());
    let mut rest = id.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
