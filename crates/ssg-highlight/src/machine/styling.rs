//! What a match does to the layers of styles.
//!
//! Follows Sublime Text to the letter, odd as some of it is: the order in which
//! layers come and go decides the class of the text between.

use super::{Machine, Sink};
use crate::{
    class::Style,
    grammar::{Action, Context, Rule},
    regex::{Failure, Span},
};

/// Where a styled group begins or ends.
pub(super) enum Edge {
    Open(Style),
    Close(usize),
}

impl Machine<'_> {
    /// Styles the groups of a match. They may come in any order and nest:
    /// longer ones open first, and at one place closing precedes opening.
    pub(super) fn style_captures(&mut self, rule: &Rule, groups: &[Option<Span>], sink: &mut impl Sink) {
        let mut edges = std::mem::take(&mut self.edges);
        edges.clear();
        for (group, styles) in &rule.captures {
            let Some(Some((start, end))) = groups.get(*group) else {
                continue;
            };
            if start != end {
                let order = -((end - start) as i64);
                edges.extend(styles.iter().map(|style| (*start, order, Edge::Open(*style))));
                edges.push((*end, i64::MIN, Edge::Close(styles.len())));
            }
        }
        edges.sort_by_key(|(at, order, _)| (*at, *order));
        for (at, _, edge) in &edges {
            self.give(*at, sink);
            match edge {
                Edge::Open(style) => self.layers.push(*style),
                Edge::Close(count) => self.layers.pop(*count),
            }
        }
        self.edges = edges;
    }

    /// Layers that change where a match begins.
    pub(super) fn enter(
        &mut self,
        rule: &Rule,
        old: &Context,
        at: usize,
        sink: &mut impl Sink,
    ) -> Result<(), Failure> {
        let (targets, is_set) = match &rule.action {
            Action::Stay => return Ok(()),
            Action::Pop => {
                if !old.content.is_empty() {
                    self.give(at, sink);
                    self.layers.pop(old.content.len());
                }
                return Ok(());
            }
            Action::Push(targets) => (targets, false),
            Action::Set(targets) => (targets, true),
        };
        self.give(at, sink);
        if is_set && old.clear.is_some() {
            self.layers.restore();
        }
        for target in targets {
            let context = self.grammars.context(*target)?;
            if let (Some(amount), false) = (context.clear, is_set) {
                self.layers.clear(amount);
            }
            self.push_all(&context.meta);
        }
        Ok(())
    }

    /// Layers that change where a match ends. With `set`, the match itself
    /// carries the layers of both contexts; that is how Sublime Text does it.
    pub(super) fn leave(
        &mut self,
        rule: &Rule,
        old: &Context,
        at: usize,
        sink: &mut impl Sink,
    ) -> Result<(), Failure> {
        let (targets, is_set) = match &rule.action {
            Action::Stay => return Ok(()),
            Action::Pop => {
                self.give(at, sink);
                self.layers.pop(old.meta.len());
                if old.clear.is_some() {
                    self.layers.restore();
                }
                return Ok(());
            }
            Action::Push(targets) => (targets, false),
            Action::Set(targets) => (targets, true),
        };
        let mut again = is_set && !(old.meta.is_empty() && old.content.is_empty());
        let mut pushed = 0;
        for target in targets {
            let context = self.grammars.context(*target)?;
            again |= !context.content.is_empty() || is_set && context.clear.is_some();
            pushed += context.meta.len();
        }
        if !again {
            return Ok(());
        }
        self.give(at, sink);
        if is_set {
            pushed += old.meta.len() + old.content.len();
        }
        self.layers.pop(pushed);
        for target in targets {
            let context = self.grammars.context(*target)?;
            if let (Some(amount), true) = (context.clear, is_set) {
                self.layers.clear(amount);
            }
            self.push_all(&context.meta);
            self.push_all(&context.content);
        }
        Ok(())
    }

    fn push_all(&mut self, styles: &[Style]) {
        for style in styles {
            self.layers.push(*style);
        }
    }
}
