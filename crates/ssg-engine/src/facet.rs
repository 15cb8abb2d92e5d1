//! Facets: the parts that everything is computed from.

use serde::Serialize;
use serde::de::DeserializeOwned;
use ssg_source::{Digest, Digester};
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

/// Everything that queries can read, at one moment. It does not change while it is read.
pub trait Snapshot: Send + Sync + Sized + 'static {
    /// The name of any facet.
    type Facet: FacetName<Self>;
    /// Any query.
    type Query: crate::AnyQuery<Self>;

    /// How large all answers may be that are kept, by what [`crate::Query::size`] tells of each.
    const ROOM: usize = usize::MAX;

    /// Keeps an answer for later processes, by its digest.
    fn keep(&self, _: Digest, _: &mut dyn FnMut() -> Option<Vec<u8>>) {}

    /// The bytes of the answer with this digest that an earlier process has kept, if they are what it wrote.
    fn kept(&self, _: Digest) -> Option<Arc<[u8]>> {
        None
    }
}

/// The name of a facet: its kind and its key. A name means the same in every build.
pub trait FacetName<S: Snapshot>:
    Clone + Eq + Hash + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Name of its kind.
    fn kind(&self) -> &'static str;

    /// The digest that the facet has in a snapshot. `None` where it cannot be told: then it is never the
    /// same as before.
    fn digest(&self, snapshot: &S) -> Option<Digest>;

    /// Whether nearly everything reads it, such as a text of the theme. Those that a computation reads are
    /// remembered as one set.
    fn is_common(&self) -> bool {
        false
    }
}

/// A part of a snapshot with one digest, which is made of all that a reader of the facet can see.
///
/// Where something has no such part, that is a facet too: one that is absent.
pub trait Facet<S: Snapshot>: Sized + Send + Sync + 'static {
    /// What tells facets of the kind apart.
    type Key: Clone;

    /// The name of a facet of this kind.
    fn name(key: &Self::Key) -> S::Facet;

    /// The facet in a snapshot.
    fn read(snapshot: &S, key: &Self::Key) -> Held<Self>;
}

/// A value with the digest of it. There is no other way to a facet's value, so no digest can leave
/// anything out.
#[derive(Debug)]
pub struct Held<T> {
    digest: Option<Digest>,
    value: Option<Arc<T>>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        Self { digest: self.digest, value: self.value.clone() }
    }
}

impl<T> Held<T> {
    /// What is not there.
    #[must_use]
    pub fn absent() -> Self {
        Self { digest: Some(Digest::default()), value: None }
    }

    /// A value that follows from bytes of this digest, and from nothing else.
    #[must_use]
    pub fn made_of(origin: Digest, value: Arc<T>) -> Self {
        Self { digest: Some(origin), value: Some(value) }
    }

    /// A value of which nothing tells whether it will be the same: what reads it is done again by the
    /// next build.
    #[must_use]
    pub fn passing(value: Arc<T>) -> Self {
        Self { digest: None, value: Some(value) }
    }

    /// The digest; `None` where it cannot be told.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// The value; `None` for what is not there.
    #[must_use]
    pub fn into_value(self) -> Option<Arc<T>> {
        self.value
    }
}

impl<T: Serialize> Held<T> {
    /// A value with its digest.
    ///
    /// # Panics
    /// In debug builds, where the value serialises otherwise the second time.
    #[must_use]
    pub fn new(value: T) -> Self {
        let digest = Digester::new().value(&value).done();
        if cfg!(debug_assertions) {
            // What has no order of its own would give another digest in the next process.
            let again = Digester::new().value(&value).done();
            assert_eq!(digest, again, "a facet serialises otherwise the second time");
        }
        Self { digest: Some(digest), value: Some(Arc::new(value)) }
    }
}
