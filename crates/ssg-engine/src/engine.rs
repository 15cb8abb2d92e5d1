//! Keeps outputs and answers true from one snapshot to the next.
//!
//! A build begins with a new snapshot: facets whose digests differ make suspects of everything that rests
//! on them. Suspects are decided when somebody asks: a query whose reads have not changed is the same
//! without being run, and one that gives the same answer as before is where a change ends. What is no
//! suspect is not even looked at.

use crate::facet::{FacetName, Snapshot};
use crate::graph::{ByDigest, Graph, Name, Node, State, facet_key, output_key, query_key};
use crate::query::AnyQuery;
use crate::reads::{Notes, Reads};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostics, Digest, Digester};
use std::any::Any;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Parts of the table of answers, so that threads seldom wait for each other.
const SHARDS: usize = 16;

/// What is remembered of outputs and answers, from one build to the next and on disk.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Memory<S: Snapshot> {
    graph: Graph<S>,
    #[serde(skip)]
    answers: Answers,
    #[serde(skip)]
    unnoted: Option<&'static str>,
}

type Answers = Vec<ByDigest<Arc<dyn Any + Send + Sync>>>;

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

/// A build: computes answers and outputs from one snapshot.
pub struct Engine<S: Snapshot> {
    snapshot: S,
    graph: RwLock<Graph<S>>,
    answers: Vec<Mutex<ByDigest<Arc<dyn Any + Send + Sync>>>>,
    /// Outputs that something has changed for.
    suspects: Vec<u32>,
    unnoted: Option<&'static str>,
}

/// An answer as the engine has it.
pub(crate) struct Asked {
    pub answer: Arc<dyn Any + Send + Sync>,
    pub found: Option<Arc<Diagnostics>>,
    pub distrusted: bool,
}

/// What is known of an output before it is made.
pub enum Verdict<S: Snapshot> {
    /// Nothing.
    Unknown,
    /// It would be the same.
    Same,
    /// This has changed.
    Changed(Read<S>),
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

impl<S: Snapshot> Clone for Read<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Facet(name) => Self::Facet(name.clone()),
            Self::Query(query) => Self::Query(query.clone()),
        }
    }
}

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

    /// The files of all outputs that are remembered.
    pub fn outputs(&self) -> impl Iterator<Item = &Arc<str>> {
        self.graph.nodes.iter().filter_map(|node| match &node.name {
            Name::Output(file) => Some(file),
            _ => None,
        })
    }

    /// Leaves out what is read of one kind, from now on. For tests, which see whether that is missed.
    #[doc(hidden)]
    pub fn leave_out(&mut self, kind: Option<&'static str>) {
        self.unnoted = kind;
    }
}

impl<S: Snapshot> Engine<S> {
    /// What everything is computed from. For whoever plans; what computes has [`Reads`].
    pub fn snapshot(&self) -> &S {
        &self.snapshot
    }

    pub(crate) fn notes_kind(&self, kind: &'static str) -> bool {
        self.unnoted != Some(kind)
    }

    fn graph(&self) -> RwLockReadGuard<'_, Graph<S>> {
        self.graph.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn graph_mut(&self) -> RwLockWriteGuard<'_, Graph<S>> {
        self.graph.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn shard(&self, key: Digest) -> MutexGuard<'_, ByDigest<Arc<dyn Any + Send + Sync>>> {
        self.answers[usize::from(key.first_byte()) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }

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

    /// Tells whether an output must be made.
    pub fn judge(self: &Arc<Self>, output: &str) -> Verdict<S> {
        let (state, reads) = {
            let graph = self.graph();
            let Some(node) = graph.number(output_key(output)).and_then(|number| graph.node(number)) else {
                return Verdict::Unknown;
            };
            (node.state(), node.reads.clone())
        };
        match state {
            State::Same => Verdict::Same,
            State::Stale => Verdict::Unknown,
            State::Suspect | State::Changed => match self.first_changed(&reads, &[]) {
                Some(read) => Verdict::Changed(read),
                None => {
                    let graph = self.graph();
                    if let Some(node) = graph.number(output_key(output)).and_then(|number| graph.node(number))
                    {
                        node.set_state(State::Same);
                    }
                    Verdict::Same
                }
            },
        }
    }

    /// The first of some nodes that has changed.
    fn first_changed(self: &Arc<Self>, reads: &[u32], running: &[Digest]) -> Option<Read<S>> {
        for number in reads {
            let (state, name, inner) = {
                let graph = self.graph();
                let node = graph.node(*number)?;
                if node.state() == State::Same {
                    continue;
                }
                (node.state(), node.name.clone(), node.reads.clone())
            };
            match name {
                Name::Facet(name) if state == State::Changed => return Some(Read::Facet(name)),
                Name::Facet(_) | Name::Output(_) => {}
                Name::Set => {
                    if let Some(read) = self.first_changed(&inner, running) {
                        return Some(read);
                    }
                }
                Name::Query(query) => {
                    if self.has_changed(&query, *number, running) {
                        return Some(Read::Query(query));
                    }
                }
            }
        }
        None
    }

    /// Decides whether the answer to a query is another one.
    fn has_changed(self: &Arc<Self>, query: &S::Query, number: u32, running: &[Digest]) -> bool {
        let (state, key, reads) = {
            let graph = self.graph();
            let Some(node) = graph.node(number) else { return true };
            (node.state(), node.key, node.reads.clone())
        };
        match state {
            State::Same => false,
            State::Changed => true,
            State::Suspect => {
                if running.contains(&key) {
                    return true;
                }
                let inside: Vec<Digest> = running.iter().copied().chain([key]).collect();
                if self.first_changed(&reads, &inside).is_none() {
                    if let Some(node) =
                        self.graph().node(number).filter(|node| node.state() == State::Suspect)
                    {
                        node.set_state(State::Same);
                    }
                    return self.graph().node(number).is_none_or(|node| node.state() == State::Changed);
                }
                self.run(query, key, running);
                self.graph().node(number).is_none_or(|node| node.state() == State::Changed)
            }
            State::Stale => {
                self.run(query, key, running);
                self.graph().node(number).is_none_or(|node| node.state() == State::Changed)
            }
        }
    }

    /// The answer to a query, from what is remembered or by running it.
    pub(crate) fn answer(self: &Arc<Self>, query: &S::Query, key: Digest, running: &[Digest]) -> Asked {
        let known = {
            let graph = self.graph();
            graph.number(key).and_then(|number| Some((number, graph.node(number)?.state())))
        };
        if let Some((number, state)) = known {
            if matches!(state, State::Suspect | State::Stale) {
                self.has_changed(query, number, running);
            }
            let answer = self.shard(key).get(&key).cloned();
            if let Some(answer) = answer {
                let graph = self.graph();
                let node = graph.node(number);
                return Asked {
                    answer,
                    found: node.and_then(|node| node.found.clone()),
                    distrusted: node.is_none_or(|node| node.digest.is_none()),
                };
            }
        }
        self.run(query, key, running)
    }

    /// Runs a query and remembers what it read.
    fn run(self: &Arc<Self>, query: &S::Query, key: Digest, running: &[Digest]) -> Asked {
        let inside: Vec<Digest> = running.iter().copied().chain([key]).collect();
        let (answered, notes) = self.noting(&inside, |reads| query.run(reads));
        let found = (!notes.found.is_empty() && !answered.silent).then(|| Arc::new(notes.found.clone()));
        let (reads, distrusted) = self.enter(notes);
        let digest = (!distrusted).then_some(answered.digest);
        let mut graph = self.graph_mut();
        match graph.number(key) {
            Some(number) => {
                graph.set_reads(number, reads);
                let node = &mut graph.nodes[number as usize];
                let is_same = digest.is_some() && node.digest == digest;
                debug_assert!(
                    is_same || distrusted || self.unnoted.is_some() || node.state() != State::Same,
                    "another answer to {query:?}, though nothing that it read has changed",
                );
                node.digest = digest;
                node.found.clone_from(&found);
                // Another thread may have answered it just now, and was the first to know.
                if matches!(node.state(), State::Suspect | State::Stale) {
                    node.set_state(if is_same { State::Same } else { State::Changed });
                }
            }
            None => {
                let node = Node::new(key, Name::Query(query.clone()), digest, reads);
                graph.add(node.finding(found.clone()));
            }
        }
        drop(graph);
        if answered.shared {
            self.shard(key).insert(key, answered.answer.clone());
        } else {
            self.shard(key).remove(&key);
        }
        Asked { answer: answered.answer, found, distrusted }
    }

    fn noting<T>(self: &Arc<Self>, running: &[Digest], make: impl FnOnce(&Reads<S>) -> T) -> (T, Notes<S>) {
        let reads = Reads::begin(self.clone(), running);
        let value = make(&reads);
        (value, reads.end())
    }

    /// The numbers of what was read, and whether it is not to be trusted: a facet may have been seen as it
    /// was not when the build began.
    fn enter(&self, notes: Notes<S>) -> (Arc<[u32]>, bool) {
        let mut distrusted = notes.distrusted;
        let is_common = |name: &Name<S>| matches!(name, Name::Facet(name) if name.is_common());
        let (common, own): (Vec<_>, Vec<_>) =
            notes.read.into_iter().partition(|(_, (name, _))| is_common(name));
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

    /// Runs every query again that is taken to be the same, and names those that are not. For debug builds
    /// and tests.
    #[must_use]
    pub fn check(self: &Arc<Self>) -> Vec<String> {
        let same: Vec<(S::Query, Digest, Option<Digest>)> = {
            let graph = self.graph();
            let nodes =
                graph.nodes.iter().filter(|node| node.state() == State::Same && node.digest.is_some());
            nodes
                .filter_map(|node| match &node.name {
                    Name::Query(query) => Some((query.clone(), node.key, node.digest)),
                    _ => None,
                })
                .collect()
        };
        let mut wrong: Vec<String> = same
            .into_par_iter()
            .filter_map(|(query, key, digest)| {
                let (answered, notes) = self.noting(&[key], |reads| query.run(reads));
                let is_same = notes.distrusted || Some(answered.digest) == digest;
                (!is_same).then(|| format!("{query:?}"))
            })
            .collect();
        let facets: Vec<String> = {
            let graph = self.graph();
            let differs = |node: &&Node<S>| match &node.name {
                Name::Facet(name) => {
                    node.key != facet_key(name) || name.digest(&self.snapshot) != node.digest
                }
                Name::Query(query) => node.key != query_key(query),
                _ => false,
            };
            graph
                .nodes
                .iter()
                .filter(differs)
                .map(|node| match &node.name {
                    Name::Facet(name) => format!("{name:?}"),
                    Name::Query(query) => format!("{query:?}"),
                    _ => String::new(),
                })
                .collect()
        };
        wrong.extend(facets);
        wrong.sort();
        wrong
    }
}
