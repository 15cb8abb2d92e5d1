//! Runs a grammar over code, line by line.
//!
//! Does what syntect's `ParseState` does, rule for rule, and a test holds the
//! two against each other. It exists beside it for two reasons. Every search is
//! counted here, so that no block runs without bound and a failing expression
//! is noticed. And it is several times faster: first bytes rule out most
//! searches (see `first`), results of searches live in an array instead of a
//! hash map, and styles are pushed instead of lists of operations built.

mod rules;
mod search;
mod styling;

use crate::{
    class::Class,
    grammar::{Action, ContextId, Grammars, Rule},
    layers::Layers,
    regex::{Failure, Span},
};
use rules::{Best, TryRules};
pub(crate) use search::Searches;
use std::rc::Rc;
use styling::Edge;

/// Contexts on the stack; syntect's figure, so that output agrees.
const MAX_DEPTH: usize = 100;

/// Matches in a row that may consume nothing. Grammars nest contexts that way,
/// but some go round in circles (JavaScript's with a comment over several lines
/// behind an expression), where syntect never ends. Then only matches that
/// consume something count, which mostly finds the way out.
const MAX_IDLE: u32 = 128;
/// Contexts on the stack looked through for the price of one step.
const LEVELS_PER_STEP: u64 = 64;

/// Receives the pieces of a line from left to right, without gaps.
pub(crate) trait Sink {
    /// The bytes `from..to` of the current line are of this class.
    fn piece(&mut self, from: usize, to: usize, class: Class);
}

/// The state between two lines.
pub(crate) struct Machine<'a> {
    grammars: &'a Grammars,
    searches: &'a mut Searches,
    levels: Vec<Level>,
    /// Heights of levels pushed by a rule of a `with_prototype`; prototypes
    /// below the last do not apply.
    prototype_starts: Vec<usize>,
    layers: Layers,
    steps: u64,
    /// Bytes of the current line already handed out.
    given: usize,
    /// Where this is set, syntect never ends: no test may ask it.
    #[cfg(test)]
    was_stuck: bool,
    /// Kept for their memory only.
    groups: Vec<Option<Span>>,
    edges: Vec<(usize, i64, Edge)>,
}

struct Level {
    context: ContextId,
    prototypes: Vec<ContextId>,
    captured: Option<Captured>,
}

/// The groups that rules of a level refer back to.
#[derive(Clone)]
pub(crate) struct Captured {
    /// Tells captures of one block apart.
    pub(crate) id: u32,
    pub(crate) groups: Rc<[Option<String>]>,
}

impl<'a> Machine<'a> {
    /// A machine at the first line of code in a grammar; `steps` is what the
    /// whole block may take, about one for each search.
    pub(crate) fn new(
        grammars: &'a Grammars,
        grammar: usize,
        searches: &'a mut Searches,
        steps: u64,
    ) -> Result<Self, Failure> {
        let context = grammars.start(grammar)?;
        let mut layers = Layers::default();
        if let Some(style) = grammars.context(context)?.content.first() {
            layers.push(*style);
        }
        searches.next_block();
        Ok(Self {
            grammars,
            searches,
            levels: vec![Level { context, prototypes: Vec::new(), captured: None }],
            prototype_starts: Vec::new(),
            layers,
            steps,
            given: 0,
            #[cfg(test)]
            was_stuck: false,
            groups: Vec::new(),
            edges: Vec::new(),
        })
    }

    /// How much of the current line was handed out; after a failure, the rest
    /// of it was not.
    pub(crate) fn given(&self) -> usize {
        self.given
    }

    /// Handles one line, its line feed included.
    ///
    /// Fails when a bound is reached or the grammar is broken; the machine is
    /// of no use then.
    pub(crate) fn line(&mut self, line: &str, sink: &mut impl Sink) -> Result<(), Failure> {
        self.given = 0;
        self.searches.next_line(line);
        let mut at = 0;
        // Where the last push without consumed text led, to notice loops.
        let mut empty_push = (0, 0);
        // Matches without consumed text since the last one with any.
        let mut idle = 0;
        loop {
            let height = self.levels.len();
            while self.prototype_starts.last().is_some_and(|start| *start >= height) {
                self.prototype_starts.pop();
            }
            let stuck = idle > MAX_IDLE;
            #[cfg(test)]
            {
                self.was_stuck |= stuck;
            }
            let Some(best) = self.best(line, at, empty_push == (at, height), stuck)? else {
                break;
            };
            if best.would_loop {
                match line[at..].chars().next() {
                    Some(c) if at + c.len_utf8() < line.len() => at += c.len_utf8(),
                    _ => break,
                }
                continue;
            }
            let end = best.span.1;
            idle = if end > at { 0 } else { idle + 1 };
            if end <= at && matches!(best.rule.action, Action::Push(_)) {
                empty_push = (end, height + 1);
            }
            at = end;
            if best.from_prototype {
                self.prototype_starts.push(height);
            }
            self.apply(line, &best, sink)?;
        }
        self.give(line.len(), sink);
        Ok(())
    }

    /// The rule that matches first; of several at one place, the first tried.
    fn best(&mut self, line: &str, at: usize, loops: bool, stuck: bool) -> Result<Option<Best<'a>>, Failure> {
        let grammars = self.grammars;
        let Some(top) = self.levels.last() else {
            return Err(Failure::Grammar);
        };
        let full = self.levels.len() >= MAX_DEPTH;
        let mut best: Option<Best<'a>> = None;
        // `set` may leave several contexts for one, so that the stack grows
        // beyond the depth at which pushing ends.
        let cost = self.levels.len() as u64 / LEVELS_PER_STEP;
        self.steps = self.steps.checked_sub(cost).ok_or(Failure::Steps)?;
        let lowest = self.prototype_starts.last().copied().unwrap_or(0);
        let mut tries = TryRules { line, at, loops, stuck, full, from_prototype: true };
        let (searches, steps) = (&mut *self.searches, &mut self.steps);
        for level in self.levels.get(lowest..).unwrap_or_default() {
            for prototype in &level.prototypes {
                let rules = grammars.own_rules(*prototype)?;
                if tries.run(rules, level.captured.as_ref(), searches, steps, &mut best)? {
                    return Ok(best);
                }
            }
        }
        tries.from_prototype = false;
        if top.captured.is_none() {
            let rules = grammars.rules(top.context)?;
            tries.run(rules, None, searches, steps, &mut best)?;
            return Ok(best);
        }
        if let Some(prototype) = grammars.context(top.context)?.prototype {
            let rules = grammars.own_rules(prototype)?;
            if tries.run(rules, None, searches, steps, &mut best)? {
                return Ok(best);
            }
        }
        let rules = grammars.own_rules(top.context)?;
        tries.run(rules, top.captured.as_ref(), searches, steps, &mut best)?;
        Ok(best)
    }

    /// Styles what a rule matched and moves between contexts.
    fn apply(&mut self, line: &str, best: &Best<'a>, sink: &mut impl Sink) -> Result<(), Failure> {
        let (rule, (start, end)) = (best.rule, best.span);
        let grammars = self.grammars;
        let top = self.levels.last().ok_or(Failure::Grammar)?;
        let old = grammars.context(top.context)?;
        self.enter(rule, old, start, sink)?;
        if !rule.styles.is_empty() {
            self.give(start, sink);
            for style in &rule.styles {
                self.layers.push(*style);
            }
        }
        let mut groups = std::mem::take(&mut self.groups);
        groups.clear();
        if !rule.captures.is_empty() || self.refers_back(rule)? {
            self.searches.groups(rule, best.captured.as_ref(), line, start, &mut groups)?;
            self.style_captures(rule, &groups, sink);
        }
        if !rule.styles.is_empty() {
            self.give(end, sink);
            self.layers.pop(rule.styles.len());
        }
        self.leave(rule, old, end, sink)?;
        let done = self.change_levels(line, rule, &groups);
        self.groups = groups;
        done
    }

    /// Whether a context that the rule enters may refer to the rule's groups.
    fn refers_back(&self, rule: &Rule) -> Result<bool, Failure> {
        let refers = |id: &ContextId| self.grammars.context(*id).map(|c| c.uses_backrefs);
        let (targets, kept) = match &rule.action {
            Action::Pop | Action::Stay => return Ok(false),
            Action::Push(targets) => (targets, None),
            Action::Set(targets) => (targets, self.levels.last()),
        };
        let kept = kept.map_or(&[][..], |level| &level.prototypes);
        for id in targets.iter().chain(&rule.with_prototype).chain(kept) {
            if refers(id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn change_levels(&mut self, line: &str, rule: &Rule, groups: &[Option<Span>]) -> Result<(), Failure> {
        // A `with_prototype` stays in force when its context is `set`, on the
        // first of the new ones; a new one applies to the last of them.
        let (targets, mut kept) = match &rule.action {
            Action::Stay => return Ok(()),
            Action::Pop => {
                self.levels.pop();
                return Ok(());
            }
            Action::Push(targets) => (targets, Vec::new()),
            Action::Set(targets) => {
                let old = self.levels.pop();
                (targets, old.map_or_else(Vec::new, |level| level.prototypes))
            }
        };
        let mut captured = None;
        for (index, target) in targets.iter().enumerate() {
            let mut prototypes = std::mem::take(&mut kept);
            if index + 1 == targets.len() {
                prototypes.extend(rule.with_prototype);
            }
            let mut refers = self.grammars.context(*target)?.uses_backrefs;
            for prototype in &prototypes {
                refers |= self.grammars.context(*prototype)?.uses_backrefs;
            }
            if refers && captured.is_none() {
                let texts = groups.iter().map(|group| {
                    let (start, end) = (*group)?;
                    line.get(start..end).map(str::to_owned)
                });
                captured = Some(self.searches.capture(texts.collect()));
            }
            let captured = captured.clone().filter(|_| refers);
            self.levels.push(Level { context: *target, prototypes, captured });
        }
        Ok(())
    }

    /// Hands out the line up to `to` with the class that holds so far.
    fn give(&mut self, to: usize, sink: &mut impl Sink) {
        if to > self.given {
            sink.piece(self.given, to, self.layers.class());
            self.given = to;
        }
    }
}

#[cfg(test)]
mod tests;
