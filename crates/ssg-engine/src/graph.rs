//! What read what: facets, sets of facets, queries and outputs as nodes of one flat graph.
//!
//! Nodes have numbers and know the numbers of what they read. Names are digested to 128 bits; by that
//! they are found again. Nothing here runs a query: that is the engine's.

use crate::facet::Snapshot;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use ssg_source::{Digest, Digester};
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// A map by digests, which are hashes already.
pub(crate) type ByDigest<T> = HashMap<Digest, T, BuildHasherDefault<Low>>;

/// Takes the lower half of a digest for its hash.
#[derive(Default)]
pub(crate) struct Low(u64);

impl Hasher for Low {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, number: u128) {
        let bytes = number.to_le_bytes();
        let mut low = [0; 8];
        low.copy_from_slice(&bytes[..8]);
        self.0 = u64::from_le_bytes(low);
    }
}

/// What a node is.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) enum Name<S: Snapshot> {
    Facet(S::Facet),
    Query(S::Query),
    /// Facets that nearly everything reads.
    Set,
    /// A file of the output.
    Output(Arc<str>),
}

impl<S: Snapshot> Clone for Name<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Facet(name) => Self::Facet(name.clone()),
            Self::Query(query) => Self::Query(query.clone()),
            Self::Set => Self::Set,
            Self::Output(file) => Self::Output(file.clone()),
        }
    }
}

pub(crate) fn facet_key<F: Serialize>(name: &F) -> Digest {
    Digester::new().flag(false).value(name).done()
}

pub(crate) fn query_key<Q: Serialize>(query: &Q) -> Digest {
    Digester::new().flag(true).value(query).done()
}

pub(crate) fn output_key(file: &str) -> Digest {
    Digester::new().count(2).text(file).done()
}

/// What is known of a node in this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum State {
    /// It is what it was in the last build.
    Same,
    /// It is not.
    Changed,
    /// Something that it rests on has changed; whether it has, shows when that is looked at.
    Suspect,
    /// It was left a suspect by an earlier build: it must be made again.
    Stale,
}

impl State {
    fn of(number: u8) -> Self {
        match number {
            0 => Self::Same,
            1 => Self::Changed,
            2 => Self::Suspect,
            _ => Self::Stale,
        }
    }
}

pub(crate) struct Node<S: Snapshot> {
    pub key: Digest,
    pub name: Name<S>,
    /// Of a facet's value, or of a query's answer; `None` for one that is never the same.
    pub digest: Option<Digest>,
    /// Numbers of what it read, sorted.
    pub reads: Arc<[u32]>,
    state: AtomicU8,
}

impl<S: Snapshot> Node<S> {
    pub fn new(key: Digest, name: Name<S>, digest: Option<Digest>, reads: Arc<[u32]>) -> Self {
        Self { key, name, digest, reads, state: AtomicU8::new(State::Same as u8) }
    }

    pub fn state(&self) -> State {
        State::of(self.state.load(Ordering::Relaxed))
    }

    pub fn set_state(&self, state: State) {
        self.state.store(state as u8, Ordering::Relaxed);
    }
}

/// All nodes.
pub(crate) struct Graph<S: Snapshot> {
    pub nodes: Vec<Node<S>>,
    numbers: ByDigest<u32>,
    /// By number: who reads it. Made when it is first needed; may name some that no longer do.
    read_by: Option<Vec<Vec<u32>>>,
    /// How often nodes were made again or given up, each of which may leave others that nobody reads.
    pub loosened: usize,
}

impl<S: Snapshot> Default for Graph<S> {
    fn default() -> Self {
        Self { nodes: Vec::new(), numbers: ByDigest::default(), read_by: None, loosened: 0 }
    }
}

impl<S: Snapshot> Graph<S> {
    /// The number of the node of a key.
    pub fn number(&self, key: Digest) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    pub fn node(&self, number: u32) -> Option<&Node<S>> {
        self.nodes.get(number as usize)
    }

    /// Adds a node that is not there.
    pub fn add(&mut self, node: Node<S>) -> u32 {
        let number = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.numbers.insert(node.key, number);
        if let Some(read_by) = &mut self.read_by {
            read_by.push(Vec::new());
            enter(read_by, number, &node.reads);
        }
        self.nodes.push(node);
        number
    }

    /// Makes room for nodes that are to come: moving hundreds of thousands of them to larger places costs more than
    /// memory that is never touched.
    pub fn reserve(&mut self, count: usize) {
        let count = count.min(ROOM);
        self.nodes.reserve_exact(count.saturating_sub(self.nodes.len()));
        self.numbers.reserve(count.saturating_sub(self.numbers.len()));
    }

    /// Gives a node other things that it reads.
    pub fn set_reads(&mut self, number: u32, reads: Arc<[u32]>) {
        let Some(node) = self.nodes.get_mut(number as usize) else { return };
        if node.reads == reads {
            return;
        }
        self.loosened += 1;
        if let Some(read_by) = &mut self.read_by {
            enter(read_by, number, &reads);
        }
        node.reads = reads;
    }

    /// Begins a build: what an earlier one left undecided is stale, and so is what is never the same.
    pub fn settle_states(&mut self) {
        for node in &self.nodes {
            let is_undecided = matches!(node.state(), State::Suspect | State::Stale);
            let is_stale = match node.name {
                Name::Facet(_) | Name::Set => false,
                Name::Query(_) => is_undecided || node.digest.is_none(),
                Name::Output(_) => is_undecided,
            };
            node.set_state(if is_stale { State::Stale } else { State::Same });
        }
    }

    /// Makes everything that rests on these nodes a suspect, and gives the outputs among that.
    pub fn suspect(&mut self, changed: &[u32]) -> Vec<u32> {
        if changed.is_empty() {
            return Vec::new();
        }
        let nodes = &self.nodes;
        let read_by = self.read_by.get_or_insert_with(|| {
            let mut read_by = vec![Vec::new(); nodes.len()];
            for (number, node) in (0u32..).zip(nodes) {
                enter(&mut read_by, number, &node.reads);
            }
            read_by
        });
        let mut outputs = Vec::new();
        let mut open: Vec<u32> = changed.to_vec();
        while let Some(number) = open.pop() {
            for reader in read_by.get(number as usize).into_iter().flatten() {
                let Some(node) = nodes.get(*reader as usize) else { continue };
                if node.state() == State::Same && node.reads.binary_search(&number).is_ok() {
                    node.set_state(State::Suspect);
                    if matches!(node.name, Name::Output(_)) {
                        outputs.push(*reader);
                    }
                    open.push(*reader);
                }
            }
        }
        outputs
    }

    /// Drops every node that no output rests on.
    pub fn sweep(&mut self) {
        self.loosened = 0;
        let mut kept = vec![false; self.nodes.len()];
        let is_output = |(_, node): &(u32, &Node<S>)| matches!(node.name, Name::Output(_));
        let mut open: Vec<u32> =
            (0u32..).zip(&self.nodes).filter(is_output).map(|(number, _)| number).collect();
        while let Some(number) = open.pop() {
            let Some(slot) = kept.get_mut(number as usize).filter(|kept| !**kept) else { continue };
            *slot = true;
            open.extend(self.nodes[number as usize].reads.iter());
        }
        if kept.iter().all(|kept| *kept) {
            return;
        }
        let mut numbers = vec![u32::MAX; kept.len()];
        for (next, (number, _)) in (0..).zip(numbers.iter_mut().zip(&kept).filter(|(_, kept)| **kept)) {
            *number = next;
        }
        let mut old = 0;
        self.nodes.retain(|_| {
            old += 1;
            kept[old - 1]
        });
        for node in &mut self.nodes {
            node.reads = node.reads.iter().map(|number| numbers[*number as usize]).collect();
        }
        self.find_again();
    }

    /// Forgets that nodes for whose names this holds are read.
    pub fn forget_reads(&mut self, is_forgotten: impl Fn(&Name<S>) -> bool) {
        let forgotten: Vec<bool> = self.nodes.iter().map(|node| is_forgotten(&node.name)).collect();
        for node in &mut self.nodes {
            node.reads = node.reads.iter().copied().filter(|number| !forgotten[*number as usize]).collect();
        }
        self.read_by = None;
    }

    /// Removes an output.
    pub fn remove_output(&mut self, file: &str) {
        if let Some(number) = self.numbers.remove(&output_key(file)) {
            // Its number stays taken until the next sweep.
            let node = &mut self.nodes[number as usize];
            node.name = Name::Set;
            // Or the number would be found again by the file's name once the graph was written and read.
            node.key = Digest::default();
            node.reads = Arc::from([]);
            self.loosened += 1;
        }
    }

    fn find_again(&mut self) {
        self.read_by = None;
        self.numbers = (0u32..).zip(&self.nodes).map(|(number, node)| (node.key, number)).collect();
    }
}

fn enter(read_by: &mut [Vec<u32>], reader: u32, reads: &[u32]) {
    for number in reads {
        if let Some(readers) = read_by.get_mut(*number as usize) {
            readers.push(reader);
        }
    }
}

/// A node as it is written down, with its name and what it read, owned or borrowed.
#[derive(Serialize, Deserialize)]
struct Written<N, R> {
    key: Digest,
    name: N,
    digest: Option<Digest>,
    reads: R,
    stale: bool,
}

impl<S: Snapshot> Serialize for Graph<S> {
    fn serialize<W: serde::Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        serializer.collect_seq(self.nodes.iter().map(|node| Written {
            key: node.key,
            name: &node.name,
            digest: node.digest,
            reads: &node.reads,
            stale: matches!(node.state(), State::Suspect | State::Stale),
        }))
    }
}

impl<'de, S: Snapshot> Deserialize<'de> for Graph<S> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let graph = deserializer.deserialize_seq(Nodes(PhantomData))?;
        let count = graph.nodes.len();
        let leads_nowhere = |node: &Node<S>| node.reads.iter().any(|number| *number as usize >= count);
        if graph.nodes.iter().any(leads_nowhere) {
            return Err(serde::de::Error::custom("a node reads one that is not there"));
        }
        Ok(graph)
    }
}

/// Reads nodes to where they stay: there are tens of thousands, and moving them costs more than reading them.
struct Nodes<S>(PhantomData<S>);

/// For so many nodes there is room from the start, if that many are promised.
const ROOM: usize = 1 << 20;

impl<'de, S: Snapshot> Visitor<'de> for Nodes<S> {
    type Value = Graph<S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nodes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut written: A) -> Result<Graph<S>, A::Error> {
        let count = written.size_hint().unwrap_or(0).min(ROOM);
        // What this build adds finds room too.
        let room = count + count / 8;
        let mut graph = Graph { nodes: Vec::with_capacity(room), ..Graph::default() };
        graph.numbers.reserve(room);
        while let Some(one) = written.next_element::<Written<Name<S>, Arc<[u32]>>>()? {
            let node = Node::new(one.key, one.name, one.digest, one.reads);
            node.set_state(if one.stale { State::Stale } else { State::Same });
            graph.add(node);
        }
        Ok(graph)
    }
}
