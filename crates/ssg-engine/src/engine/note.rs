//! Makes outputs, and enters what was read for them into the graph.

use super::Engine;
use crate::facet::{FacetName, Snapshot};
use crate::graph::{Name, Node, State, facet_key, output_key};
use crate::reads::{Notes, Reads};
use ssg_source::{Diagnostics, Digest, Digester};
use std::sync::{Arc, PoisonError};

/// Something that was made, and what it read.
pub struct Made<S: Snapshot, T> {
    /// What was made.
    pub value: T,
    /// What was found wrong.
    pub found: Diagnostics,
    notes: Notes<S>,
}

impl<S: Snapshot, T> Made<S, T> {
    /// Whether it may be remembered: all that it saw belongs to the snapshot.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        !self.notes.distrusted
    }
}

/// How many nodes a site has for each output, measured on blogs and on sites of events.
const NODES_OF_AN_OUTPUT: usize = 10;

/// A facet on its way into the graph.
struct Noted<S: Snapshot> {
    key: Digest,
    name: S::Facet,
    /// The digest that was seen.
    seen: Option<Digest>,
}

impl<S: Snapshot> Engine<S> {
    pub(super) fn noting<T>(
        self: &Arc<Self>,
        running: &[Digest],
        make: impl FnOnce(&Reads<S>) -> T,
    ) -> (T, Notes<S>) {
        let reads = Reads::begin(self.clone(), running);
        let value = make(&reads);
        (value, reads.end())
    }

    /// The numbers of what was read, and whether it is not to be trusted: a facet may have been seen as it
    /// was not when the build began.
    pub(super) fn enter(&self, notes: Notes<S>) -> (Arc<[u32]>, bool) {
        let mut distrusted = notes.distrusted;
        let mut own = Vec::with_capacity(notes.facets.len());
        let mut common = Vec::new();
        for (name, seen) in notes.facets {
            let place = if name.is_common() { &mut common } else { &mut own };
            place.push(Noted { key: facet_key(&name), name, seen: seen.digest });
        }
        let mut numbers: Vec<u32> = notes.queries.into_keys().collect();
        numbers.reserve_exact(own.len() + 1);
        distrusted |= self.enter_each(own, &mut numbers);
        if !common.is_empty() {
            distrusted |= self.enter_set(common, &mut numbers);
        }
        numbers.sort_unstable();
        (numbers.into(), distrusted)
    }

    /// Enters facets and adds their numbers. Says whether one was seen as it was not when the build began.
    fn enter_each(&self, noted: Vec<Noted<S>>, numbers: &mut Vec<u32>) -> bool {
        let mut distrusted = false;
        let mut missing = Vec::new();
        {
            let graph = self.graph();
            for one in noted {
                match graph.number(one.key).and_then(|number| Some((number, graph.node(number)?))) {
                    Some((number, node)) => {
                        distrusted |= node.digest != one.seen;
                        numbers.push(number);
                    }
                    None => missing.push(one),
                }
            }
        }
        if !missing.is_empty() {
            let mut graph = self.graph_mut();
            for Noted { key, name, seen } in missing {
                // Another thread may have been faster.
                let number = graph.number(key);
                numbers
                    .push(number.unwrap_or_else(|| {
                        graph.add(Node::new(key, Name::Facet(name), seen, Arc::from([])))
                    }));
            }
        }
        distrusted
    }

    /// Enters common facets as one set, whose number it adds. Most sets are known, with what was seen of each
    /// facet.
    fn enter_set(&self, mut common: Vec<Noted<S>>, numbers: &mut Vec<u32>) -> bool {
        common.sort_unstable_by_key(|one| one.key);
        let (mut set, mut seen) = (Digester::new(), Digester::new());
        for one in &common {
            set.digest(one.key);
            seen.digest(one.key).value(&one.seen);
        }
        let (set, seen) = (set.count(3).done(), seen.done());
        let known = self.common_sets.read().unwrap_or_else(PoisonError::into_inner).get(&seen).copied();
        if let Some(number) = known {
            numbers.push(number);
            return false;
        }
        let mut members = Vec::with_capacity(common.len());
        let distrusted = self.enter_each(common, &mut members);
        members.sort_unstable();
        let mut graph = self.graph_mut();
        let number =
            graph.number(set).unwrap_or_else(|| graph.add(Node::new(set, Name::Set, None, members.into())));
        drop(graph);
        if !distrusted {
            self.common_sets.write().unwrap_or_else(PoisonError::into_inner).insert(seen, number);
        }
        numbers.push(number);
        distrusted
    }

    /// Tells how many outputs will be made, so that there is room for what they read.
    pub fn expect(&self, outputs: usize) {
        self.graph_mut().reserve(outputs.saturating_mul(NODES_OF_AN_OUTPUT));
    }

    /// Makes something, and notes what it reads.
    pub fn make<T>(self: &Arc<Self>, make: impl FnOnce(&Reads<S>) -> T) -> Made<S, T> {
        let (value, mut notes) = self.noting(&[], make);
        Made { value, found: std::mem::take(&mut notes.found), notes }
    }

    /// Remembers an output that was made. Says whether it could be: what is not to be trusted is forgotten.
    pub fn remember<T>(self: &Arc<Self>, output: &str, made: Made<S, T>) -> bool {
        let (reads, distrusted) = self.enter(made.notes);
        if distrusted {
            self.forget(output);
            return false;
        }
        let mut graph = self.graph_mut();
        let key = output_key(output);
        match graph.number(key) {
            Some(number) => {
                graph.set_reads(number, reads);
                graph.nodes[number as usize].set_state(State::Same);
            }
            None => {
                graph.add(Node::new(key, Name::Output(output.into()), None, reads));
            }
        }
        true
    }

    /// Forgets an output.
    pub fn forget(&self, output: &str) {
        self.graph_mut().remove_output(output);
    }
}
