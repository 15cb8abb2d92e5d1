//! Decides whether outputs and answers are what they were, and answers queries.

use super::{Asked, Engine, Read};
use crate::facet::Snapshot;
use crate::graph::{Name, Node, State, output_key};
use crate::query::AnyQuery;
use ssg_source::Digest;
use std::sync::Arc;

/// What is known of an output before it is made.
pub enum Verdict<S: Snapshot> {
    /// Nothing.
    Unknown,
    /// It would be the same.
    Same,
    /// This has changed.
    Changed(Read<S>),
}

impl<S: Snapshot> Engine<S> {
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
        if let Some(asked) = self.answers.get(key, self.build) {
            return asked;
        }
        let known = {
            let graph = self.graph();
            graph.number(key).and_then(|number| Some((number, graph.node(number)?.state())))
        };
        if let Some((number, state)) = known {
            if matches!(state, State::Suspect | State::Stale) {
                self.has_changed(query, number, running);
            }
            if let Some(asked) = self.answers.confirm(key, self.build, number) {
                return asked;
            }
            if let Some(asked) = self.kept(query, key, number) {
                return asked;
            }
        }
        self.run(query, key, running)
    }

    /// The answer that an earlier process has kept, where it is known to be the same as then. It is the one of its digest,
    /// whoever wrote it.
    fn kept(&self, query: &S::Query, key: Digest, number: u32) -> Option<Asked> {
        if !query.is_kept() {
            return None;
        }
        let digest = self.graph().node(number).filter(|node| node.state() == State::Same)?.digest?;
        let answered = query.read(&self.snapshot.kept(digest)?)?;
        if answered.digest != digest {
            return None;
        }
        let asked = Asked { number, answer: answered.answer, found: None, distrusted: false };
        self.answers.keep(key, asked.clone(), self.build, answered.size, S::ROOM);
        Some(asked)
    }

    /// Runs a query and remembers what it read.
    fn run(self: &Arc<Self>, query: &S::Query, key: Digest, running: &[Digest]) -> Asked {
        let inside: Vec<Digest> = running.iter().copied().chain([key]).collect();
        let (answered, mut notes) = self.noting(&inside, |reads| query.run(reads));
        let found = std::mem::take(&mut notes.found);
        let found = (!found.is_empty() && !answered.silent).then(|| Arc::new(found));
        let (reads, distrusted) = self.enter(notes);
        let digest = (!distrusted).then_some(answered.digest);
        if let Some(digest) = digest.filter(|_| query.is_kept() && answered.silent) {
            self.snapshot.keep(digest, &mut || (answered.write)(&answered.answer));
        }
        let mut graph = self.graph_mut();
        let known = graph.number(key);
        let number = known
            .unwrap_or_else(|| graph.add(Node::new(key, Name::Query(query.clone()), digest, reads.clone())));
        let asked = Asked { number, answer: answered.answer, found, distrusted };
        // Before the graph says that there is another answer: whoever hears of it takes it from here.
        if answered.shared {
            self.answers.keep(key, asked.clone(), self.build, answered.size, S::ROOM);
        } else {
            self.answers.remove(key);
        }
        if known.is_some() {
            graph.set_reads(number, reads);
            let node = &mut graph.nodes[number as usize];
            let is_same = digest.is_some() && node.digest == digest;
            // Of two threads that run it at once, one may have seen what belongs to no state.
            let was_certain = node.digest.is_some();
            debug_assert!(
                is_same
                    || distrusted
                    || !was_certain
                    || self.unnoted.is_some()
                    || self.may_be_wrong
                    || node.state() != State::Same,
                "another answer to {query:?}, though nothing that it read has changed",
            );
            node.digest = digest;
            // Another thread may have answered it just now, and was the first to know.
            if matches!(node.state(), State::Suspect | State::Stale) {
                node.set_state(if is_same { State::Same } else { State::Changed });
            }
        }
        drop(graph);
        asked
    }
}
