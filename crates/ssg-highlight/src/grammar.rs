//! Grammars, taken out of syntect's dumps and laid out for the machine.
//!
//! syntect keeps the contexts of a grammar private and compressed until they
//! are needed. They are unpacked here into mirror types, on first use and once
//! per grammar, with scopes already mapped to styles. Includes are flattened
//! into chains of rules, also on first use; a regular expression that occurs
//! several times in a grammar is compiled and cached as one.

use crate::{
    class::Style,
    first::ByteSet,
    regex::{Failure, Regex},
};
use serde::Deserialize;
use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};
use syntect::parsing::{ClearAmount, SyntaxReference, SyntaxSet};

/// How deep includes may nest; real grammars stay below ten.
const MAX_INCLUDES: u32 = 64;

/// Names a context in a [`Grammars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct ContextId {
    grammar: usize,
    context: usize,
}

/// All grammars; each is unpacked when first asked for.
pub(crate) struct Grammars {
    set: SyntaxSet,
    unpacked: Vec<OnceLock<Option<Grammar>>>,
    slots: AtomicU32,
}

/// One unpacked grammar.
struct Grammar {
    start: ContextId,
    contexts: Vec<Context>,
}

/// A state of the machine: which rules are tried, and what it styles.
pub(crate) struct Context {
    pub(crate) meta: Vec<Style>,
    pub(crate) content: Vec<Style>,
    pub(crate) clear: Option<ClearAmount>,
    pub(crate) uses_backrefs: bool,
    pub(crate) prototype: Option<ContextId>,
    entries: Vec<Entry>,
    own: OnceLock<Chain>,
    full: OnceLock<Chain>,
}

enum Entry {
    Rule(Arc<Rule>),
    Include(ContextId),
}

/// Rules in the order in which they are tried.
pub(crate) type Chain = Box<[Link]>;

/// A rule in a chain, with what decides quickly that it cannot match.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) starts: ByteSet,
    pub(crate) slot: u32,
    pub(crate) rule: Arc<Rule>,
}

/// One `match` of a grammar.
pub(crate) struct Rule {
    pub(crate) pattern: Arc<Pattern>,
    pub(crate) has_backrefs: bool,
    pub(crate) styles: Vec<Style>,
    pub(crate) captures: Vec<(usize, Vec<Style>)>,
    pub(crate) action: Action,
    pub(crate) with_prototype: Option<ContextId>,
}

/// What a match does to the stack of contexts.
pub(crate) enum Action {
    Push(Vec<ContextId>),
    Set(Vec<ContextId>),
    Pop,
    Stay,
}

/// A regular expression, compiled on first use.
pub(crate) struct Pattern {
    pub(crate) source: String,
    pub(crate) slot: u32,
    starts: OnceLock<ByteSet>,
    compiled: OnceLock<Option<Regex>>,
}

impl ContextId {
    /// A reference that the dump does not resolve; following it fails.
    const MISSING: Self = Self { grammar: usize::MAX, context: usize::MAX };
}

impl Pattern {
    /// The compiled expression; fails when the engine rejects it.
    pub(crate) fn regex(&self) -> Result<&Regex, Failure> {
        self.compiled.get_or_init(|| Regex::new(&self.source).ok()).as_ref().ok_or(Failure::Regex)
    }
}

impl Grammars {
    /// Loads the syntax set; a few milliseconds, most of it reading names.
    pub(crate) fn load() -> Self {
        let set = two_face::syntax::extra_newlines();
        let unpacked = set.syntaxes().iter().map(|_| OnceLock::new()).collect();
        Self { set, unpacked, slots: AtomicU32::new(0) }
    }

    /// The syntaxes behind the grammars, in the order of their numbers.
    pub(crate) fn syntaxes(&self) -> &[SyntaxReference] {
        self.set.syntaxes()
    }

    /// The context in which text of a grammar begins.
    pub(crate) fn start(&self, grammar: usize) -> Result<ContextId, Failure> {
        self.grammar(grammar).map(|found| found.start)
    }

    /// The context of that name; fails when a grammar refers to a missing one.
    pub(crate) fn context(&self, id: ContextId) -> Result<&Context, Failure> {
        self.grammar(id.grammar)?.contexts.get(id.context).ok_or(Failure::Grammar)
    }

    /// The rules of a context, includes flattened, prototype left out.
    pub(crate) fn own_rules(&self, id: ContextId) -> Result<&[Link], Failure> {
        let context = self.context(id)?;
        if let Some(chain) = context.own.get() {
            return Ok(chain);
        }
        let mut chain = Vec::new();
        self.flatten(context, &mut chain, 0)?;
        Ok(context.own.get_or_init(|| chain.into()))
    }

    /// The rules of a context, those of its prototype first.
    pub(crate) fn rules(&self, id: ContextId) -> Result<&[Link], Failure> {
        let context = self.context(id)?;
        let Some(prototype) = context.prototype else {
            return self.own_rules(id);
        };
        if let Some(chain) = context.full.get() {
            return Ok(chain);
        }
        let mut chain = self.own_rules(prototype)?.to_vec();
        chain.extend_from_slice(self.own_rules(id)?);
        Ok(context.full.get_or_init(|| chain.into()))
    }

    /// One in `step` of the expressions that compile by themselves.
    #[cfg(test)]
    pub(crate) fn every_pattern(&self, step: usize) -> Vec<(String, Regex)> {
        let mut sources = std::collections::BTreeSet::new();
        for index in 0..self.unpacked.len() {
            for context in self.grammar(index).iter().flat_map(|g| &g.contexts) {
                sources.extend(context.entries.iter().filter_map(|entry| match entry {
                    Entry::Rule(rule) => Some(rule.pattern.source.clone()),
                    Entry::Include(_) => None,
                }));
            }
        }
        let compiled = |source: String| Some((source.clone(), Regex::new(&source).ok()?));
        sources.into_iter().step_by(step).filter_map(compiled).collect()
    }

    fn flatten(&self, from: &Context, chain: &mut Vec<Link>, depth: u32) -> Result<(), Failure> {
        if depth > MAX_INCLUDES {
            return Err(Failure::Grammar);
        }
        for entry in &from.entries {
            match entry {
                Entry::Include(id) => self.flatten(self.context(*id)?, chain, depth + 1)?,
                Entry::Rule(rule) => {
                    let pattern = &rule.pattern;
                    let starts = *pattern.starts.get_or_init(|| ByteSet::of_regex(&pattern.source));
                    chain.push(Link { starts, slot: pattern.slot, rule: Arc::clone(rule) });
                }
            }
        }
        Ok(())
    }

    fn grammar(&self, index: usize) -> Result<&Grammar, Failure> {
        let cell = self.unpacked.get(index).ok_or(Failure::Grammar)?;
        cell.get_or_init(|| self.unpack(index)).as_ref().ok_or(Failure::Grammar)
    }

    fn unpack(&self, index: usize) -> Option<Grammar> {
        let syntax = postcard::to_allocvec(self.set.syntaxes().get(index)?).ok()?;
        let syntax: raw::Syntax = postcard::from_bytes(&syntax).ok()?;
        let packed = syntax.serialized_lazy_contexts.as_slice();
        let found: raw::Contexts = syntect::dumps::from_reader(packed).ok()?;
        let start = *found.context_ids.get("__start")?;
        let mut patterns = HashMap::new();
        let mut intern = |source: String| -> Arc<Pattern> {
            let pattern = patterns.entry(source).or_insert_with_key(|source: &String| {
                Arc::new(Pattern {
                    source: source.clone(),
                    slot: self.slots.fetch_add(1, Ordering::Relaxed),
                    starts: OnceLock::new(),
                    compiled: OnceLock::new(),
                })
            });
            Arc::clone(pattern)
        };
        let contexts = found.contexts.into_iter().map(|c| c.compile(&mut intern)).collect();
        Some(Grammar { start, contexts })
    }
}

/// Mirrors of syntect's serialised types: same order of fields and variants.
/// A test compares the machine with syntect's, so a change would not pass.
mod raw {
    use super::{Action, Context, ContextId, Entry, Pattern, Rule, Style};
    use serde::Deserialize;
    use std::{
        collections::HashMap,
        sync::{Arc, OnceLock},
    };
    use syntect::parsing::ClearAmount;

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "fields before the last are read to skip them")]
    pub(super) struct Syntax {
        name: String,
        file_extensions: Vec<String>,
        scope: String,
        first_line_match: Option<String>,
        hidden: bool,
        variables: HashMap<String, String>,
        pub(super) serialized_lazy_contexts: Vec<u8>,
    }

    #[derive(Deserialize)]
    pub(super) struct Contexts {
        pub(super) context_ids: HashMap<String, ContextId>,
        pub(super) contexts: Vec<RawContext>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "read to skip them")]
    pub(super) struct RawContext {
        meta_scope: Vec<Style>,
        meta_content_scope: Vec<Style>,
        meta_include_prototype: bool,
        clear_scopes: Option<ClearAmount>,
        prototype: Option<ContextId>,
        uses_backrefs: bool,
        patterns: Vec<RawPattern>,
    }

    #[derive(Deserialize)]
    enum RawPattern {
        Match(RawMatch),
        Include(Reference),
    }

    #[derive(Deserialize)]
    struct RawMatch {
        has_captures: bool,
        regex: String,
        scope: Vec<Style>,
        captures: Option<Vec<(usize, Vec<Style>)>>,
        operation: Operation,
        with_prototype: Option<Reference>,
    }

    #[derive(Deserialize)]
    enum Operation {
        Push(Vec<Reference>),
        Set(Vec<Reference>),
        Pop,
        None,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only linked references are used, as in syntect")]
    enum Reference {
        Named(String),
        ByScope { scope: String, sub_context: Option<String>, with_escape: bool },
        File { name: String, sub_context: Option<String>, with_escape: bool },
        Inline(String),
        Direct(ContextId),
    }

    impl Reference {
        fn linked(self) -> Option<ContextId> {
            match self {
                Self::Direct(id) => Some(id),
                _ => None,
            }
        }
    }

    impl RawContext {
        pub(super) fn compile(self, intern: &mut impl FnMut(String) -> Arc<Pattern>) -> Context {
            let entry = |pattern| match pattern {
                RawPattern::Match(rule) => Some(Entry::Rule(Arc::new(rule.compile(intern)))),
                RawPattern::Include(reference) => reference.linked().map(Entry::Include),
            };
            Context {
                meta: self.meta_scope,
                content: self.meta_content_scope,
                clear: self.clear_scopes,
                uses_backrefs: self.uses_backrefs,
                prototype: self.prototype,
                entries: self.patterns.into_iter().filter_map(entry).collect(),
                own: OnceLock::new(),
                full: OnceLock::new(),
            }
        }
    }

    impl RawMatch {
        fn compile(self, intern: &mut impl FnMut(String) -> Arc<Pattern>) -> Rule {
            let linked = |targets: Vec<Reference>| {
                let id = |target: Reference| target.linked().unwrap_or(ContextId::MISSING);
                targets.into_iter().map(id).collect()
            };
            Rule {
                pattern: intern(self.regex),
                has_backrefs: self.has_captures,
                styles: self.scope,
                captures: self.captures.unwrap_or_default(),
                action: match self.operation {
                    Operation::Push(targets) => Action::Push(linked(targets)),
                    Operation::Set(targets) => Action::Set(linked(targets)),
                    Operation::Pop => Action::Pop,
                    Operation::None => Action::Stay,
                },
                with_prototype: self.with_prototype.and_then(Reference::linked),
            }
        }
    }
}
