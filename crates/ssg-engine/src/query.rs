//! Queries: what is computed from facets and from other queries.

use crate::facet::Snapshot;
use crate::reads::Reads;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ssg_source::{Digest, Digester};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// An answer of any type.
pub(crate) type Answer = Arc<dyn Any + Send + Sync>;

/// A question with its arguments. Its answer follows from what [`Reads`] gives, and from nothing else.
pub trait Query<S: Snapshot>: Into<S::Query> + Clone {
    /// What it is answered with.
    type Answer: Serialize + Send + Sync + 'static;

    /// Whether several ask it, so that the answer is worth its memory.
    const SHARED: bool = true;

    /// Whether several ask this one, where that depends on its arguments.
    fn is_shared(&self) -> bool {
        Self::SHARED
    }

    /// Whether what is found wrong on the way is passed over, since somebody else says it.
    const SILENT: bool = false;

    /// Whether its answer is kept for later processes ([`Snapshot::keep`]): one that takes long, is needed again when something
    /// beside it changes, and is [silent](Self::SILENT).
    const KEPT: bool = false;

    /// Answers it.
    fn answer(&self, reads: &Reads<S>) -> Self::Answer;

    /// An answer as bytes, where it is kept.
    fn to_bytes(_: &Self::Answer) -> Option<Vec<u8>> {
        None
    }

    /// The answer that was written as these bytes; anything else for others.
    fn from_bytes(_: &[u8]) -> Option<Self::Answer> {
        None
    }

    /// How large an answer is, if that is worth counting: as many as [`Snapshot::ROOM`] holds are kept.
    fn size(_: &Self::Answer) -> usize {
        0
    }
}

/// Any query of a program: what the table of its queries makes of them.
pub trait AnyQuery<S: Snapshot>:
    Clone + Eq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Name of its kind.
    fn kind(&self) -> &'static str;

    /// Answers it, whichever it is.
    fn run(&self, reads: &Reads<S>) -> Answered;

    /// Whether its answer is kept for later processes.
    fn is_kept(&self) -> bool;

    /// The answer that was written as these bytes.
    fn read(&self, bytes: &[u8]) -> Option<Answered>;
}

/// An answer of any type, with its digest.
#[derive(Clone)]
pub struct Answered {
    pub(crate) digest: Digest,
    pub(crate) answer: Answer,
    pub(crate) size: usize,
    pub(crate) shared: bool,
    pub(crate) silent: bool,
    /// Writes the answer.
    pub(crate) write: fn(&Answer) -> Option<Vec<u8>>,
}

impl Answered {
    /// Answers a query.
    pub fn of<S: Snapshot, Q: Query<S>>(query: &Q, reads: &Reads<S>) -> Self {
        Self::with(query, query.answer(reads))
    }

    /// The answer to a query that was written as these bytes. They may be any: the digest tells whether it is the one.
    pub fn read<S: Snapshot, Q: Query<S>>(query: &Q, bytes: &[u8]) -> Option<Self> {
        Q::from_bytes(bytes).map(|answer| Self::with(query, answer))
    }

    fn with<S: Snapshot, Q: Query<S>>(query: &Q, answer: Q::Answer) -> Self {
        let digest = Digester::new().value(&answer).done();
        let size = Q::size(&answer);
        let write = |answer: &Answer| answer.downcast_ref().and_then(Q::to_bytes);
        Self { digest, answer: Arc::new(answer), size, shared: query.is_shared(), silent: Q::SILENT, write }
    }
}
