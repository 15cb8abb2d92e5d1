//! Incremental computation that is exact by construction.
//!
//! Three things are told apart. A *facet* is a part of what everything is made of, with one digest of its
//! own. A *query* is computed from facets and from other queries. An *output* is computed like a query, and
//! kept elsewhere. Whoever computes gets a [`Reads`] and can reach nothing else; each read is noted there.
//! So what something depends on is not declared by anybody, and cannot be forgotten.
//!
//! The crate knows nothing of sites: the program says what its facets and queries are, and hands over a
//! [`Snapshot`] for each build.

#![forbid(unsafe_code)]

mod engine;
mod facet;
mod graph;
mod query;
mod reads;
mod store;
#[cfg(test)]
mod tests;

pub use engine::{Engine, Made, Memory, Read, ReadKind, RestingOn, Scope, Verdict};
pub use facet::{Facet, FacetName, Held, Snapshot};
pub use query::{Answered, AnyQuery, Query};
pub use reads::Reads;
pub use store::Store;
