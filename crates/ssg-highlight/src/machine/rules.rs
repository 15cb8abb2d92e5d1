//! Finds which of a list of rules matches first.

use super::{Captured, Searches};
use crate::{
    grammar::{Action, Link, Rule},
    regex::{Failure, Span},
};

/// Rules tried for the price of one step; most need no search.
const RULES_PER_STEP: u64 = 32;

/// The best match so far.
pub(super) struct Best<'a> {
    pub(super) rule: &'a Rule,
    pub(super) span: Span,
    pub(super) captured: Option<Captured>,
    pub(super) from_prototype: bool,
    pub(super) would_loop: bool,
}

/// One list of rules tried at one place.
pub(super) struct TryRules<'l> {
    pub(super) line: &'l str,
    pub(super) at: usize,
    /// A match that consumes nothing and pops would undo the last push.
    pub(super) loops: bool,
    /// Matches that consume nothing led round in circles.
    pub(super) stuck: bool,
    /// No further context fits on the stack.
    pub(super) full: bool,
    pub(super) from_prototype: bool,
}

impl TryRules<'_> {
    /// Improves on `best`; true when nothing tried later can do better.
    pub(super) fn run<'a>(
        &self,
        rules: &'a [Link],
        captured: Option<&Captured>,
        searches: &mut Searches,
        steps: &mut u64,
        best: &mut Option<Best<'a>>,
    ) -> Result<bool, Failure> {
        let cost = 1 + rules.len() as u64 / RULES_PER_STEP;
        *steps = steps.checked_sub(cost).ok_or(Failure::Steps)?;
        // The first place where a match would be of no more use.
        let mut bound = best.as_ref().map_or(usize::MAX, Best::bound);
        for link in rules {
            let rule = &*link.rule;
            let captured = captured.filter(|_| rule.has_backrefs);
            let found = match captured {
                None => searches.find(link, self.line, self.at, bound, steps)?,
                Some(groups) => searches.find_with(rule, groups, self.line, self.at, steps)?,
            };
            let Some(span) = found else { continue };
            let useless = match rule.action {
                Action::Stay => span.0 == span.1,
                Action::Push(_) => self.full,
                Action::Set(_) | Action::Pop => false,
            };
            let circles = self.stuck && span.1 <= self.at;
            if useless || circles || span.0 >= bound {
                continue;
            }
            let would_loop = self.loops && span.1 <= self.at && matches!(rule.action, Action::Pop);
            let found = Best {
                rule,
                span,
                captured: captured.cloned(),
                from_prototype: self.from_prototype,
                would_loop,
            };
            bound = found.bound();
            *best = Some(found);
            if span.0 == self.at && !would_loop {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Best<'_> {
    fn bound(&self) -> usize {
        self.span.0 + usize::from(self.would_loop)
    }
}
