//! Keeps outputs and answers true from one snapshot to the next.
//!
//! A build begins with a new snapshot: facets whose digests differ make suspects of everything that rests
//! on them. Suspects are decided when somebody asks: a query whose reads have not changed is the same
//! without being run, and one that gives the same answer as before is where a change ends. What is no
//! suspect is not even looked at.

mod answers;
mod check;
mod decide;
mod memory;
mod note;

use answers::Answers;

pub use decide::Verdict;
pub use memory::{Memory, RestingOn, Scope};
pub use note::Made;

use crate::facet::Snapshot;
use crate::graph::{ByDigest, Graph, Name};
use crate::query::Answer;
use serde::{Deserialize, Serialize};
use ssg_source::Diagnostics;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A build: computes answers and outputs from one snapshot.
pub struct Engine<S: Snapshot> {
    snapshot: S,
    graph: RwLock<Graph<S>>,
    answers: Answers,
    /// Sets of common facets that were entered, by what was seen of each: the number of the set's node.
    common_sets: RwLock<ByDigest<u32>>,
    /// How many builds this memory has seen, this one too.
    build: u64,
    /// Outputs that something has changed for.
    suspects: Vec<u32>,
    unnoted: Option<ReadKind>,
    may_be_wrong: bool,
}

/// An answer as the engine has it.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The number of the query's node.
    pub number: u32,
    pub answer: Answer,
    pub found: Option<Arc<Diagnostics>>,
    pub distrusted: bool,
}

/// Something that was read.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Read<S: Snapshot> {
    /// A facet.
    Facet(S::Facet),
    /// The answer to a query.
    Query(S::Query),
}

/// A kind of what is read: of facets or of queries, by its name in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadKind {
    /// Facets of this kind.
    Facet(&'static str),
    /// Queries of this kind.
    Query(&'static str),
}

impl<S: Snapshot> Clone for Read<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Facet(name) => Self::Facet(name.clone()),
            Self::Query(query) => Self::Query(query.clone()),
        }
    }
}

impl<S: Snapshot> Engine<S> {
    /// What everything is computed from. For whoever plans; what computes has [`crate::Reads`].
    pub fn snapshot(&self) -> &S {
        &self.snapshot
    }

    pub(crate) fn notes_kind(&self, kind: ReadKind) -> bool {
        self.unnoted != Some(kind)
    }

    fn graph(&self) -> RwLockReadGuard<'_, Graph<S>> {
        self.graph.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn graph_mut(&self) -> RwLockWriteGuard<'_, Graph<S>> {
        self.graph.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The outputs for which something has changed. All others are the same, if they are known.
    #[must_use]
    pub fn suspects(&self) -> BTreeSet<Arc<str>> {
        let graph = self.graph();
        let nodes = self.suspects.iter().filter_map(|number| graph.node(*number));
        nodes
            .filter_map(|node| match &node.name {
                Name::Output(file) => Some(file.clone()),
                _ => None,
            })
            .collect()
    }
}
