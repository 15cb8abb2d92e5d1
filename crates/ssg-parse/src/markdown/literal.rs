//! Raw elements whose text is meant literally, in which no sign becomes a typographic one.
//!
//! Readers copy commands out of `<code>` and `<kbd>`, and a shell knows no en dash.

use super::html::tags;

/// Elements with literal text.
const ELEMENTS: [&str; 10] =
    ["code", "kbd", "samp", "var", "pre", "tt", "script", "style", "textarea", "math"];

/// The open ones, outermost first.
#[derive(Default)]
pub(super) struct Literal(Vec<&'static str>);

impl Literal {
    /// Whether literal text stands here.
    pub(super) fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// Takes note of the tags of raw HTML.
    pub(super) fn see(&mut self, html: &str) {
        for tag in tags(html) {
            let Some(name) = ELEMENTS.iter().find(|name| tag.name.eq_ignore_ascii_case(name)) else {
                continue;
            };
            if !tag.closing {
                self.0.push(name);
            } else if let Some(at) = self.0.iter().rposition(|open| open == name) {
                self.0.truncate(at);
            }
        }
    }

    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Closes those that were opened within a paragraph and not closed.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.0.truncate(depth);
    }
}
