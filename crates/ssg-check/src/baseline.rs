//! Problems that are known, so that new ones are told from them.
//!
//! A problem is known again by its code, file and message, and by how many there are of it, so that lines may move.

use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// One problem that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    path: Option<String>,
    code: String,
    message: String,
    count: usize,
}

impl Known {
    fn of(one: &Diagnostic) -> Self {
        let path = one.path.as_ref().map(ToString::to_string);
        Self { path, code: one.code.name().to_owned(), message: one.message.clone(), count: 0 }
    }
}

/// Problems that are known, and how many there are of each. As JSON it is a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<Known>", into = "Vec<Known>")]
pub struct Baseline(BTreeMap<Known, usize>);

impl From<Vec<Known>> for Baseline {
    fn from(all: Vec<Known>) -> Self {
        Self(all.into_iter().map(|one| (Known { count: 0, ..one.clone() }, one.count)).collect())
    }
}

impl From<Baseline> for Vec<Known> {
    fn from(baseline: Baseline) -> Self {
        baseline.0.into_iter().map(|(one, count)| Known { count, ..one }).collect()
    }
}

impl Baseline {
    /// Of what was found.
    #[must_use]
    pub fn of(found: &Diagnostics) -> Self {
        let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
        for one in found {
            *counts.entry(Known::of(one)).or_default() += 1;
        }
        Self(counts)
    }

    /// Takes out of what was found what is known. Gives how many were, and how many that are known are no longer there.
    pub fn take_out(&self, found: &mut Diagnostics) -> (usize, usize) {
        let mut left = self.0.clone();
        let before = found.len();
        found.retain(|one| match left.get_mut(&Known::of(one)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        (before - found.len(), left.values().sum())
    }
}
