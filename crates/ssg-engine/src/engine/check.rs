//! Looks whether what is said to be the same is. For debug builds and tests.

use super::Engine;
use crate::facet::{FacetName, Snapshot};
use crate::graph::{Name, Node, State, facet_key, query_key};
use crate::query::AnyQuery;
use rayon::prelude::*;
use ssg_source::Digest;
use std::sync::Arc;

impl<S: Snapshot> Engine<S> {
    /// Runs every query again that is taken to be the same, and names those that are not. For debug builds
    /// and tests. Facets for which `may_change` holds are read anew each time: where one is another by now,
    /// what rests on them is too, and nothing is said.
    #[must_use]
    pub fn check(self: &Arc<Self>, may_change: &(dyn Fn(&S::Facet) -> bool + Sync)) -> Vec<String> {
        let has_changed = |node: &Node<S>| match &node.name {
            Name::Facet(name) => may_change(name) && name.digest(&self.snapshot) != node.digest,
            _ => false,
        };
        if self.graph().nodes.iter().any(has_changed) {
            return Vec::new();
        }
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
                    // One that was seen to change has no digest, and counts as another one in any case.
                    let is_other = node.digest.is_some() && name.digest(&self.snapshot) != node.digest;
                    node.key != facet_key(name) || is_other
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
