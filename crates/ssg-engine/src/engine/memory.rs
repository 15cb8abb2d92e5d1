//! What is remembered from one build to the next, and how a build begins with it and ends.

use super::{Answers, Engine, Read, ReadKind, SHARDS};
use crate::facet::{FacetName, Snapshot};
use crate::graph::{ByDigest, Graph, Name, Node, State, output_key};
use crate::query::AnyQuery;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_source::Digest;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What is remembered of outputs and answers, from one build to the next and on disk.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Memory<S: Snapshot> {
    graph: Graph<S>,
    #[serde(skip)]
    answers: Answers,
    #[serde(skip)]
    unnoted: Option<ReadKind>,
}

impl<S: Snapshot> Default for Memory<S> {
    fn default() -> Self {
        Self { graph: Graph::default(), answers: Answers::new(), unnoted: None }
    }
}

/// Which facets may have another digest than in the last build.
pub enum Scope<'a, S: Snapshot> {
    /// Any.
    All,
    /// Those for which this holds.
    Where(&'a (dyn Fn(&S::Facet) -> bool + Sync)),
}

impl<S: Snapshot> Memory<S> {
    /// Begins a build. Facets outside of `scope` are known to be what they were.
    #[must_use]
    pub fn begin(mut self, snapshot: S, scope: &Scope<'_, S>) -> Engine<S> {
        self.graph.settle_states();
        let look = |node: &Node<S>| {
            let Name::Facet(name) = &node.name else { return None };
            let is_in_scope = match scope {
                Scope::All => true,
                Scope::Where(may_differ) => may_differ(name),
            };
            if !is_in_scope {
                return None;
            }
            let digest = name.digest(&snapshot);
            (digest.is_none() || digest != node.digest).then_some(digest)
        };
        let looked: Vec<(u32, Option<Digest>)> = (0..self.graph.nodes.len())
            .into_par_iter()
            .with_min_len(1024)
            .filter_map(|index| Some((u32::try_from(index).ok()?, look(&self.graph.nodes[index])?)))
            .collect();
        for (number, digest) in &looked {
            let node = &mut self.graph.nodes[*number as usize];
            node.digest = *digest;
            node.set_state(State::Changed);
        }
        let changed: Vec<u32> = looked.into_iter().map(|(number, _)| number).collect();
        let mut suspects = self.graph.suspect(&changed);
        // What an earlier build left undecided was given up then, so nothing rests on it; what was never
        // the same is made again for those who rest on it.
        let stale: Vec<u32> = (0u32..)
            .zip(&self.graph.nodes)
            .filter(|(_, node)| node.state() == State::Stale)
            .map(|(n, _)| n)
            .collect();
        suspects.extend(self.graph.suspect(&stale));
        self.answers.resize_with(SHARDS, ByDigest::default);
        Engine {
            snapshot,
            graph: RwLock::new(self.graph),
            answers: self.answers.into_iter().map(Mutex::new).collect(),
            suspects,
            unnoted: self.unnoted,
        }
    }

    /// The outputs that rest on facets for which `wanted` holds, sorted, each with what it reads on the way
    /// to them.
    #[must_use]
    pub fn resting_on(&self, wanted: impl Fn(&S::Facet) -> bool) -> Vec<(Arc<str>, Vec<Read<S>>)> {
        let mut hit = vec![false; self.graph.nodes.len()];
        for (hit, node) in hit.iter_mut().zip(&self.graph.nodes) {
            *hit = matches!(&node.name, Name::Facet(name) if wanted(name));
        }
        // Nodes read others that may have any number, so until nothing is added.
        loop {
            let mut more = false;
            for (index, node) in self.graph.nodes.iter().enumerate() {
                if !hit[index] && node.reads.iter().any(|number| hit[*number as usize]) {
                    hit[index] = true;
                    more = true;
                }
            }
            if !more {
                break;
            }
        }
        let mut outputs: Vec<_> = self
            .graph
            .nodes
            .iter()
            .zip(&hit)
            .filter_map(|(node, hit)| match &node.name {
                Name::Output(file) if *hit => Some((file.clone(), &node.reads)),
                _ => None,
            })
            .map(|(file, reads)| (file, self.flat(reads, &|number| hit[number as usize])))
            .collect();
        outputs.sort_by(|a, b| a.0.cmp(&b.0));
        outputs
    }

    /// What an output read when it was made.
    #[must_use]
    pub fn reads_of(&self, output: &str) -> Option<Vec<Read<S>>> {
        let node = self.graph.node(self.graph.number(output_key(output))?)?;
        Some(self.flat(&node.reads, &|_| true))
    }

    /// What is read here, with sets opened.
    fn flat(&self, reads: &[u32], wanted: &dyn Fn(u32) -> bool) -> Vec<Read<S>> {
        let mut flat = Vec::new();
        for number in reads.iter().filter(|number| wanted(**number)) {
            let Some(node) = self.graph.node(*number) else { continue };
            match &node.name {
                Name::Facet(name) => flat.push(Read::Facet(name.clone())),
                Name::Query(query) => flat.push(Read::Query(query.clone())),
                Name::Set => flat.extend(self.flat(&node.reads, wanted)),
                Name::Output(_) => {}
            }
        }
        flat
    }

    /// Every facet that something rests on.
    pub fn facets(&self) -> impl Iterator<Item = &S::Facet> {
        self.graph.nodes.iter().filter_map(|node| match &node.name {
            Name::Facet(name) => Some(name),
            _ => None,
        })
    }

    /// Whether all that outputs rest on has a digest that can be compared later.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let is_set = |node: &Node<S>| matches!(node.name, Name::Set | Name::Output(_));
        self.graph.nodes.iter().all(|node| is_set(node) || node.digest.is_some())
    }

    /// Leaves out what is read of one kind, also what is noted already. For tests, which see whether that is
    /// missed.
    #[doc(hidden)]
    pub fn leave_out(&mut self, kind: ReadKind) {
        self.unnoted = Some(kind);
        self.graph.forget_reads(|name| match name {
            Name::Facet(name) => ReadKind::Facet(name.kind()) == kind,
            Name::Query(query) => ReadKind::Query(query.kind()) == kind,
            Name::Set | Name::Output(_) => false,
        });
    }
}

impl<S: Snapshot> Engine<S> {
    /// Ends the build.
    #[must_use]
    pub fn end(self) -> (Memory<S>, S) {
        let open = |one: Mutex<_>| one.into_inner().unwrap_or_else(PoisonError::into_inner);
        let answers = self.answers.into_iter().map(open).collect();
        let mut graph = self.graph.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Sweeping looks at every node: it waits until there may be much to sweep.
        let mut answers: Answers = answers;
        if graph.loosened * 16 > graph.nodes.len() {
            graph.sweep();
            for shard in &mut answers {
                shard.retain(|key, _| graph.number(*key).is_some());
            }
        }
        (Memory { graph, answers, unnoted: self.unnoted }, self.snapshot)
    }
}
