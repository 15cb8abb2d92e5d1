//! Follows open elements and tells where they nest in a way that browsers would repair on their own.

use super::names::{BLOCKS, LINES, OPEN_ENDED, VOID, children, ends, parents};
use super::{Fault, Tag};
use ssg_source::{Code, Span, codes};

const NESTED: Code = codes::HTML_NESTING;

/// The elements that are open.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
    /// Paragraphs that a block ended, with the block: whether that was meant is known when `</p>` comes.
    ended: Vec<(String, Span)>,
    /// Elements that were told to be unclosed: an end tag that comes late is no second fault.
    told: Vec<String>,
}

struct Open {
    name: String,
    span: Span,
}

impl Nesting {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether an element of this name is open.
    pub(super) fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    /// Whether what comes now is code and no text.
    pub(super) fn is_in_code(&self) -> bool {
        self.open.last().is_some_and(|open| matches!(open.name.as_str(), "script" | "style" | "template"))
    }

    /// Whether a drawing or a formula is open, which have rules of their own.
    pub(super) fn is_foreign(&self) -> bool {
        let last = self.open.iter().rev().find(|open| {
            matches!(open.name.as_str(), "svg" | "math" | "foreignobject" | "desc" | "annotation-xml")
        });
        last.is_some_and(|open| matches!(open.name.as_str(), "svg" | "math"))
    }

    pub(super) fn open(&mut self, tag: &Tag, faults: &mut Vec<Fault>) {
        let name = tag.name.as_str();
        if self.is_foreign() {
            if !tag.self_closing {
                self.push(tag);
            }
            return;
        }
        while let Some(last) = self.open.last().filter(|last| ends(&last.name, name)) {
            if last.name == "p" {
                self.ended.push((name.to_owned(), tag.span));
            }
            self.open.pop();
        }
        self.check_place(tag, faults);
        if VOID.contains(&name) {
            return;
        }
        if tag.self_closing && !matches!(name, "svg" | "math") {
            let message = format!("`<{name}/>` is not closed by its slash");
            faults.push(Fault::error(NESTED, message, tag.span).hint("write the end tag"));
        }
        if !(tag.self_closing && matches!(name, "svg" | "math")) {
            self.push(tag);
        }
    }

    fn push(&mut self, tag: &Tag) {
        self.open.push(Open { name: tag.name.clone(), span: tag.span });
    }

    /// Whether an element may stand where it stands.
    fn check_place(&self, tag: &Tag, faults: &mut Vec<Fault>) {
        let name = tag.name.as_str();
        let Some(parent) = self.open.last().map(|open| open.name.as_str()) else { return };
        let cannot = |within: &str| {
            Fault::error(NESTED, format!("`<{name}>` cannot stand within `<{within}>`"), tag.span)
        };
        if let Some(allowed) = children(parent)
            && !allowed.contains(&name)
        {
            faults.push(cannot(parent));
            return;
        }
        if let Some(allowed) = parents(name)
            && !allowed.contains(&parent)
        {
            let within: Vec<String> = allowed.iter().map(|parent| format!("`<{parent}>`")).collect();
            let message =
                format!("`<{name}>` stands within `<{parent}>`, not directly within {}", within.join(" or "));
            faults.push(Fault::error(NESTED, message, tag.span));
            return;
        }
        let heading = |name: &str| name.len() == 2 && name.starts_with('h') && name != "hr";
        if BLOCKS.contains(&name) {
            // A heading is what a summary may hold besides text.
            let line = self.open.iter().rev().take_while(|open| open.name != "template").find(|open| {
                LINES.contains(&open.name.as_str())
                    && !(matches!(&*open.name, "summary" | "legend") && heading(name))
            });
            if let Some(line) = line {
                faults.push(
                    cannot(&line.name).hint("a line of text holds no block: use `<span>`, or end it first"),
                );
                return;
            }
        }
        let acts = matches!(name, "a" | "button" | "select" | "textarea" | "details" | "iframe")
            || (name == "input" && tag.get("type") != Some("hidden"));
        if acts && let Some(outer) = self.open.iter().find(|open| matches!(&*open.name, "a" | "button")) {
            faults.push(cannot(&outer.name).hint("one of them would not work: put them side by side"));
        }
        if matches!(name, "form" | "label" | "main") && self.is_in(name) {
            faults.push(cannot(name));
        }
    }

    pub(super) fn close(&mut self, name: &str, span: Span, faults: &mut Vec<Fault>) {
        if VOID.contains(&name) {
            faults.push(Fault::error(
                NESTED,
                format!("`</{name}>` closes nothing: `<{name}>` has no content"),
                span,
            ));
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            self.stray(name, span, faults);
            return;
        };
        let above = self.open.split_off(at + 1);
        for open in above.iter().filter(|open| !OPEN_ENDED.contains(&open.name.as_str())) {
            let message = format!("`<{}>` is not closed before `</{name}>`", open.name);
            faults.push(Fault::error(NESTED, message, open.span));
            self.told.push(open.name.clone());
        }
        self.open.pop();
    }

    fn stray(&mut self, name: &str, span: Span, faults: &mut Vec<Fault>) {
        if let Some(at) = self.told.iter().position(|told| told == name) {
            self.told.remove(at);
        } else if let Some((block, at)) = (name == "p").then(|| self.ended.pop()).flatten() {
            let message = format!("`<{block}>` cannot stand within `<p>`");
            faults.push(
                Fault::error(NESTED, message, at)
                    .hint("the paragraph ends before it: use `<div>` around both"),
            );
        } else {
            faults.push(Fault::error(NESTED, format!("`</{name}>` closes nothing"), span));
        }
    }

    pub(super) fn end(&self, faults: &mut Vec<Fault>) {
        for open in self.open.iter().filter(|open| !OPEN_ENDED.contains(&open.name.as_str())) {
            faults.push(Fault::error(NESTED, format!("`<{}>` is not closed", open.name), open.span));
        }
    }
}
