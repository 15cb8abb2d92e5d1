//! Makes outputs, and enters what was read for them into the graph.

use super::Engine;
use crate::facet::{FacetName, Snapshot};
use crate::graph::{Graph, Name, Node, State, facet_key, output_key};
use crate::reads::{Notes, Reads};
use ssg_source::{Diagnostics, Digest, Digester};
use std::sync::Arc;

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
        let facets =
            notes.facets.into_iter().map(|(name, seen)| (facet_key(&name), (Name::Facet(name), seen)));
        let is_common = |name: &Name<S>| matches!(name, Name::Facet(name) if name.is_common());
        let (common, mut own): (Vec<_>, Vec<_>) = facets.partition(|(_, (name, _))| is_common(name));
        own.extend(notes.queries.into_iter().map(|(key, query)| (key, (Name::Query(query), None))));
        let mut keys: Vec<Digest> = common.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        let set = (!keys.is_empty()).then(|| {
            let mut digester = Digester::new();
            for key in &keys {
                digester.digest(*key);
            }
            digester.count(3).done()
        });
        let mut numbers: Vec<u32> = Vec::with_capacity(own.len() + 1);
        let mut missing: Vec<(Digest, Name<S>, Option<Digest>)> = Vec::new();
        {
            let graph = self.graph();
            let mut look = |key: Digest, seen: Option<Digest>, name: &Name<S>| {
                let number = graph.number(key)?;
                let node = graph.node(number)?;
                if matches!(name, Name::Facet(_)) && node.digest != seen {
                    distrusted = true;
                }
                Some(number)
            };
            for (key, (name, seen)) in own {
                match look(key, seen, &name) {
                    Some(number) => numbers.push(number),
                    None => missing.push((key, name, seen)),
                }
            }
            for (key, (name, seen)) in &common {
                // Those of a set that is known are known.
                let _ = look(*key, *seen, name);
            }
        }
        let known_set = set.and_then(|set| self.graph().number(set));
        if missing.is_empty() && (set.is_none() || known_set.is_some()) {
            numbers.extend(known_set);
        } else {
            let mut graph = self.graph_mut();
            let add = |graph: &mut Graph<S>, key: Digest, name: Name<S>, seen: Option<Digest>| {
                graph.number(key).unwrap_or_else(|| graph.add(Node::new(key, name, seen, Arc::from([]))))
            };
            for (key, name, seen) in missing {
                numbers.push(add(&mut graph, key, name, seen));
            }
            if let Some(set) = set {
                let number = graph.number(set).unwrap_or_else(|| {
                    let mut members: Vec<u32> = common
                        .into_iter()
                        .map(|(key, (name, seen))| add(&mut graph, key, name, seen))
                        .collect();
                    members.sort_unstable();
                    graph.add(Node::new(set, Name::Set, None, members.into()))
                });
                numbers.push(number);
            }
        }
        numbers.sort_unstable();
        (numbers.into(), distrusted)
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
