//! What is remembered from one build to the next, and how a build begins with it and ends.

use super::{Answers, Engine, Read, ReadKind};
use crate::facet::{FacetName, Snapshot};
use crate::graph::{Graph, Name, Node, State, output_key};
use crate::query::AnyQuery;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_source::Digest;
use std::sync::{Arc, PoisonError, RwLock};

/// What is remembered of outputs and answers, from one build to the next and on disk.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Memory<S: Snapshot> {
    graph: Graph<S>,
    #[serde(skip)]
    answers: Answers,
    /// How many builds have begun with it in this process.
    #[serde(skip)]
    builds: u64,
    #[serde(skip)]
    unnoted: Option<ReadKind>,
    #[serde(skip)]
    may_be_wrong: bool,
}

impl<S: Snapshot> Default for Memory<S> {
    fn default() -> Self {
        Self {
            graph: Graph::default(),
            answers: Answers::default(),
            builds: 0,
            unnoted: None,
            may_be_wrong: false,
        }
    }
}

/// Which facets may have another digest than in the last build.
pub enum Scope<'a, S: Snapshot> {
    /// Any.
    All,
    /// Those for which this holds.
    Where(&'a (dyn Fn(&S::Facet) -> bool + Sync)),
}

/// An output, and what it reads on the way to some facets, each with the queries that lie between.
pub type RestingOn<S> = (Arc<str>, Vec<(u32, Read<S>)>);

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
        Engine {
            snapshot,
            graph: RwLock::new(self.graph),
            answers: self.answers,
            common_sets: RwLock::default(),
            build: self.builds + 1,
            suspects,
            unnoted: self.unnoted,
            may_be_wrong: self.may_be_wrong,
        }
    }

    /// The outputs that rest on facets for which `wanted` holds, sorted, each with what it reads on the way
    /// to them, and how many queries lie between that and the nearest of them: none for the facet itself.
    #[must_use]
    pub fn resting_on(&self, wanted: impl Fn(&S::Facet) -> bool) -> Vec<RestingOn<S>> {
        let is_wanted = |node: &Node<S>| matches!(&node.name, Name::Facet(name) if wanted(name));
        let mut steps: Vec<Option<u32>> =
            self.graph.nodes.iter().map(|node| is_wanted(node).then_some(0)).collect();
        // Nodes read others that may have any number, so until nothing is nearer.
        loop {
            let mut more = false;
            for (index, node) in self.graph.nodes.iter().enumerate() {
                let nearest = node.reads.iter().filter_map(|number| steps[*number as usize]).min();
                let own = nearest.map(|nearest| nearest + u32::from(!matches!(node.name, Name::Set)));
                if own.is_some_and(|own| steps[index].is_none_or(|known| own < known)) {
                    steps[index] = own;
                    more = true;
                }
            }
            if !more {
                break;
            }
        }
        let of_output = |(node, steps_of_node): (&Node<S>, &Option<u32>)| match &node.name {
            Name::Output(file) if steps_of_node.is_some() => {
                let mut reads = Vec::new();
                self.flat(&node.reads, &mut |number, read| {
                    reads.extend(steps[number as usize].map(|steps| (steps, read)));
                });
                Some((file.clone(), reads))
            }
            _ => None,
        };
        let mut outputs: Vec<_> = self.graph.nodes.iter().zip(&steps).filter_map(of_output).collect();
        outputs.sort_by(|a, b| a.0.cmp(&b.0));
        outputs
    }

    /// What an output read when it was made.
    #[must_use]
    pub fn reads_of(&self, output: &str) -> Option<Vec<Read<S>>> {
        let node = self.graph.node(self.graph.number(output_key(output))?)?;
        let mut flat = Vec::new();
        self.flat(&node.reads, &mut |_, read| flat.push(read));
        Some(flat)
    }

    /// Takes what is read here, by its number, with sets opened.
    fn flat(&self, reads: &[u32], take: &mut dyn FnMut(u32, Read<S>)) {
        for number in reads {
            let Some(node) = self.graph.node(*number) else { continue };
            match &node.name {
                Name::Facet(name) => take(*number, Read::Facet(name.clone())),
                Name::Query(query) => take(*number, Read::Query(query.clone())),
                Name::Set => self.flat(&node.reads, take),
                Name::Output(_) => {}
            }
        }
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

    /// Says whether what is remembered may be wrong, such as what a file says that somebody may have made: it is
    /// used all the same, and debug builds do not stop where it is.
    pub fn set_may_be_wrong(&mut self, may_be_wrong: bool) {
        self.may_be_wrong = may_be_wrong;
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
        let mut answers = self.answers;
        let mut graph = self.graph.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Sweeping looks at every node: it waits until there may be much to sweep.
        if graph.loosened * 16 > graph.nodes.len() {
            graph.sweep();
            answers.retain(|key| graph.number(*key).is_some());
        }
        let memory = Memory {
            graph,
            answers,
            builds: self.build,
            unnoted: self.unnoted,
            may_be_wrong: self.may_be_wrong,
        };
        (memory, self.snapshot)
    }
}
