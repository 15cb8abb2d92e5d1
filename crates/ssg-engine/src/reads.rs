//! The door through which everything is read.

use crate::engine::{Engine, Read, ReadKind};
use crate::facet::{Facet, Snapshot};
use crate::graph::query_key;
use crate::query::Query;
use ssg_source::{Diagnostic, Diagnostics, Digest};
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Reads facets and asks queries on behalf of one output or query, and notes each.
///
/// Whoever computes something gets one of these and nothing else. It belongs to one thread: what another
/// thread reads would be noted nowhere.
///
/// Only the engine makes one, so nothing can be read without being noted:
///
/// ```compile_fail,E0624
/// # use ssg_engine::{Engine, Reads, Snapshot};
/// # use std::sync::Arc;
/// fn sneak<S: Snapshot>(engine: Arc<Engine<S>>) -> Reads<S> {
///     Reads::begin(engine, &[])
/// }
/// ```
///
/// The snapshot itself cannot be reached through it:
///
/// ```compile_fail,E0616
/// # use ssg_engine::{Reads, Snapshot};
/// fn peek<S: Snapshot>(reads: &Reads<S>) {
///     let _ = &reads.engine;
/// }
/// ```
///
/// Nor can it be handed to another thread:
///
/// ```compile_fail,E0277
/// # use ssg_engine::{Reads, Snapshot};
/// fn share<S: Snapshot>(reads: &Reads<S>) {
///     std::thread::scope(|scope| {
///         scope.spawn(|| reads.distrust());
///     });
/// }
/// ```
pub struct Reads<S: Snapshot> {
    engine: Arc<Engine<S>>,
    notes: Rc<RefCell<Notes<S>>>,
    /// The queries that are being answered on the way here.
    running: Rc<[Digest]>,
}

impl<S: Snapshot> Clone for Reads<S> {
    fn clone(&self) -> Self {
        Self { engine: self.engine.clone(), notes: self.notes.clone(), running: self.running.clone() }
    }
}

/// What was read.
pub(crate) struct Notes<S: Snapshot> {
    /// Facets as they were seen.
    pub facets: HashMap<S::Facet, Seen, foldhash::fast::RandomState>,
    /// Queries by the numbers of their nodes.
    pub queries: HashMap<u32, S::Query, foldhash::fast::RandomState>,
    pub found: Diagnostics,
    /// Something was seen that belongs to no state of the site.
    pub distrusted: bool,
}

/// A facet that was read.
pub(crate) struct Seen {
    pub digest: Option<Digest>,
    /// For whoever reads it again on behalf of the same output or query.
    value: Option<Arc<dyn Any + Send + Sync>>,
}

impl<S: Snapshot> Default for Notes<S> {
    fn default() -> Self {
        Self {
            facets: HashMap::default(),
            queries: HashMap::default(),
            found: Diagnostics::new(),
            distrusted: false,
        }
    }
}

impl<S: Snapshot> Reads<S> {
    pub(crate) fn begin(engine: Arc<Engine<S>>, running: &[Digest]) -> Self {
        Self { engine, notes: Rc::default(), running: running.into() }
    }

    pub(crate) fn end(self) -> Notes<S> {
        self.notes.take()
    }

    /// Reads a facet; that there is none is noted as well.
    #[must_use]
    pub fn get<F: Facet<S>>(&self, key: &F::Key) -> Option<Arc<F>> {
        let name = F::name(key);
        if let Some(seen) = self.notes.borrow().facets.get(&name) {
            // A name tells the type of its facet.
            return seen.value.clone().and_then(|value| value.downcast().ok());
        }
        let held = F::read(self.engine.snapshot(), key);
        let digest = held.digest();
        let value = held.into_value();
        if self.engine.notes_kind(ReadKind::Facet(crate::facet::FacetName::kind(&name))) {
            let mut notes = self.notes.borrow_mut();
            notes.distrusted |= digest.is_none();
            let shared = value.clone().map(|value| value as Arc<dyn Any + Send + Sync>);
            notes.facets.entry(name).or_insert(Seen { digest, value: shared });
        }
        value
    }

    /// Asks a query. Answers that several need are computed once.
    ///
    /// # Panics
    /// Where the answer needs itself.
    #[must_use]
    pub fn ask<Q: Query<S>>(&self, query: &Q) -> Arc<Q::Answer> {
        let any: S::Query = query.clone().into();
        let key = query_key(&any);
        assert!(!self.running.contains(&key), "the answer to {any:?} needs itself");
        let asked = self.engine.answer(&any, key, &self.running);
        let mut notes = self.notes.borrow_mut();
        notes.distrusted |= asked.distrusted;
        if let Some(found) = &asked.found {
            notes.found.extend((**found).clone());
        }
        if self.engine.notes_kind(ReadKind::Query(crate::query::AnyQuery::kind(&any))) {
            notes.queries.entry(asked.number).or_insert(any);
        }
        drop(notes);
        // The table of queries pairs each with its own answer.
        asked.answer.downcast().unwrap_or_else(|_| Arc::new(query.answer(self)))
    }

    /// What was read so far on behalf of the same output or query, in no order.
    #[must_use]
    pub fn so_far(&self) -> Vec<Read<S>> {
        let notes = self.notes.borrow();
        let facets = notes.facets.keys().map(|name| Read::Facet(name.clone()));
        let queries = notes.queries.values().map(|query| Read::Query(query.clone()));
        facets.chain(queries).collect()
    }

    /// Notes something that is wrong: whoever asks for what is being made hears of it.
    pub fn report(&self, problem: Diagnostic) {
        self.notes.borrow_mut().found.add(problem);
    }

    /// Notes that something was seen that belongs to no state of the site, such as a file that was being
    /// written: what is being made is used and not remembered.
    pub fn distrust(&self) {
        self.notes.borrow_mut().distrusted = true;
    }
}
