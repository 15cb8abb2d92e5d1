//! How files looked when they were listed, by which a later build tells whether they are the same.

use serde::{Deserialize, Serialize};
use ssg_source::Stamp;

/// How a file looked when it was listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    stamp: Option<Stamp>,
    /// The stamp is old enough for a later edit to have another one.
    settled: bool,
}

impl Seen {
    /// `now` is the file system's clock at the time of the listing or before.
    pub(crate) fn new(stamp: Option<Stamp>, now: i128) -> Self {
        Self { stamp, settled: stamp.is_some_and(|stamp| stamp.is_settled(now)) }
    }

    /// Whether this is worth remembering in place of `before`. What is not settled tells nothing later.
    pub(crate) fn tells_more_than(&self, before: &Self) -> bool {
        self.settled && self != before
    }

    /// Whether the file looked like this.
    pub(crate) fn is_of(&self, stamp: Stamp) -> bool {
        self.stamp == Some(stamp)
    }

    /// Whether a file that looks like `now` has the bytes that it had.
    pub(crate) fn is_same_file(&self, now: &Self) -> bool {
        self.settled && self.stamp == now.stamp
    }
}
