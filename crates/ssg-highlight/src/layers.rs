//! The stack of scopes, kept as styles, with what they add up to.
//!
//! Each layer stores the class that results from it and all below, so that
//! asking for the current class costs nothing and a push costs one match.

use crate::class::{Class, Style};
use syntect::parsing::ClearAmount;

#[derive(Clone, Copy)]
struct Layer {
    style: Style,
    class: Class,
    /// Inside the key of a mapping, where strings are keys.
    key: bool,
}

/// What lies on top of each other at one place in the code.
#[derive(Default)]
pub(crate) struct Layers {
    stack: Vec<Layer>,
    cleared: Vec<Vec<Layer>>,
}

impl Layers {
    /// The class of text here.
    pub(crate) fn class(&self) -> Class {
        self.stack.last().map_or(Class::Plain, |layer| layer.class)
    }

    /// Adds a layer.
    pub(crate) fn push(&mut self, style: Style) {
        let (below, in_key) =
            self.stack.last().map_or((Class::Plain, false), |layer| (layer.class, layer.key));
        let (class, key) = match style {
            Style::Inherit => (below, in_key),
            Style::Reset => (Class::Plain, false),
            Style::KeyMark => (below, true),
            Style::Is(Class::String) if in_key => (Class::Key, true),
            Style::Is(class) => (class, in_key),
        };
        self.stack.push(Layer { style, class, key });
    }

    /// Removes `count` layers, or all if there are fewer.
    pub(crate) fn pop(&mut self, count: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(count));
    }

    /// Sets layers aside until [`Layers::restore`].
    pub(crate) fn clear(&mut self, amount: ClearAmount) {
        let keep = match amount {
            ClearAmount::TopN(count) => self.stack.len().saturating_sub(count),
            ClearAmount::All => 0,
        };
        self.cleared.push(self.stack.split_off(keep));
    }

    /// Puts back what was set aside last; nothing happens without it.
    pub(crate) fn restore(&mut self) {
        for layer in self.cleared.pop().unwrap_or_default() {
            self.push(layer.style);
        }
    }
}
