//! What YAML takes for marks and authors may have meant as text: `&Co and friends`, `!important note`.

use ssg_source::{Diagnostic, Diagnostics, Span, codes};
use std::collections::BTreeMap;

/// Anchors of texts that nothing refers to so far, by their numbers.
#[derive(Default)]
pub(super) struct Unseen {
    lone: BTreeMap<usize, Diagnostic>,
    tags: Vec<Diagnostic>,
}

impl Unseen {
    /// Notes the anchor of a text that ends at byte `end` and begins at `start` of `text`.
    pub(super) fn anchor(&mut self, anchor: usize, text: &str, start: usize, end: usize, offset: usize) {
        if anchor == 0 {
            return;
        }
        let Some((at, name)) = mark_before(text, start, '&') else { return };
        let message = format!("`{name}` names this value, and nothing refers to it; it is not shown");
        self.lone.insert(anchor, told(message, text, at, name.len(), end, offset));
    }

    /// Notes that something refers to an anchor.
    pub(super) fn refer(&mut self, anchor: usize) {
        self.lone.remove(&anchor);
    }

    /// Notes a tag of a text that is none of YAML's own.
    pub(super) fn tag(&mut self, text: &str, start: usize, end: usize, offset: usize) {
        let Some((at, name)) = mark_before(text, start, '!').filter(|(_, name)| name.len() > 1) else {
            return;
        };
        let message = format!("the tag `{name}` is not read, and not shown");
        self.tags.push(told(message, text, at, name.len(), end, offset));
    }

    /// Reports all of it.
    pub(super) fn tell(self, found: &mut Diagnostics) {
        for warning in self.lone.into_values().chain(self.tags) {
            found.add(warning);
        }
    }
}

/// The last word that begins with a sign before a place: where it is, and the word.
fn mark_before(text: &str, start: usize, sign: char) -> Option<(usize, &str)> {
    let before = text.get(..start)?;
    let at = before.rfind(sign)?;
    // Tags of YAML begin with two signs, and a tag may stand between an anchor and its value.
    let word = before[at..].split(char::is_whitespace).next()?;
    Some((at, word.trim_end_matches([',', ']', '}'])))
}

fn told(message: String, text: &str, at: usize, length: usize, end: usize, offset: usize) -> Diagnostic {
    let whole = text.get(at..end.max(at + length)).unwrap_or_default().trim();
    let warning = Diagnostic::warning(codes::YAML, message).at(Span::new(offset + at, offset + at + length));
    if whole.contains(['\n', '"', '\'']) {
        warning.hint("a text that begins with this sign stands in quotation marks")
    } else {
        warning.hint(format!("write `\"{whole}\"` if that is the text"))
    }
}
