//! When the site changes though no file does.

use jiff::Zoned;
use std::cmp::Ordering;

/// The next moment at which a build gives something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextChange {
    /// First moment at which it does.
    pub at: Zoned,
    /// What happens then, for whoever builds the site.
    pub reason: String,
    /// The same for everybody: it does not name what is not published yet.
    pub public: String,
}

/// By the moment; several at the same one by what happens, so that there is always one first.
impl Ord for NextChange {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.at.timestamp(), one.reason.clone());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for NextChange {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
