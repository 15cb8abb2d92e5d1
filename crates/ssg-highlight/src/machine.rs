//! Runs a grammar over code, line by line.
//!
//! Does what syntect's `ParseState` does, rule for rule, and a test holds the
//! two against each other. It exists beside it for two reasons. Every search is
//! counted here, so that no block runs without bound and a failing expression
//! is noticed. And it is several times faster: first bytes rule out most
//! searches (see `first`), results of searches live in an array instead of a
//! hash map, and styles are pushed instead of lists of operations built.

mod search;

use crate::{
    class::{Class, Style},
    grammar::{Action, Context, ContextId, Grammars, Link, Rule},
    layers::Layers,
    regex::{Failure, Span},
};
pub(crate) use search::Searches;
use std::rc::Rc;

/// Contexts on the stack; syntect's figure, so that output agrees.
const MAX_DEPTH: usize = 100;

/// Rules tried for the price of one step; most need no search.
const RULES_PER_STEP: u64 = 32;
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
    /// Kept for their memory only.
    groups: Vec<Option<Span>>,
    edges: Vec<(usize, i64, Edge)>,
}

/// Where a styled group begins or ends.
enum Edge {
    Open(Style),
    Close(usize),
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

struct Best<'a> {
    rule: &'a Rule,
    span: Span,
    captured: Option<Captured>,
    from_prototype: bool,
    would_loop: bool,
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
        loop {
            let height = self.levels.len();
            while self.prototype_starts.last().is_some_and(|start| *start >= height) {
                self.prototype_starts.pop();
            }
            let Some(best) = self.best(line, at, empty_push == (at, height))? else {
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
    fn best(&mut self, line: &str, at: usize, loops: bool) -> Result<Option<Best<'a>>, Failure> {
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
        let mut tries = TryRules { line, at, loops, full, from_prototype: true };
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

    /// Styles the groups of a match. They may come in any order and nest:
    /// longer ones open first, and at one place closing precedes opening.
    fn style_captures(&mut self, rule: &Rule, groups: &[Option<Span>], sink: &mut impl Sink) {
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
    fn enter(&mut self, rule: &Rule, old: &Context, at: usize, sink: &mut impl Sink) -> Result<(), Failure> {
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
    fn leave(&mut self, rule: &Rule, old: &Context, at: usize, sink: &mut impl Sink) -> Result<(), Failure> {
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

/// One list of rules tried at one place.
struct TryRules<'l> {
    line: &'l str,
    at: usize,
    /// A match that consumes nothing and pops would undo the last push.
    loops: bool,
    /// No further context fits on the stack.
    full: bool,
    from_prototype: bool,
}

impl TryRules<'_> {
    /// Improves on `best`; true when nothing tried later can do better.
    fn run<'a>(
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
            if useless || span.0 >= bound {
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

#[cfg(test)]
mod tests;
