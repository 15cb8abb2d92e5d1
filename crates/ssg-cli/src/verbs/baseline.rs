//! Problems that are known: a file that lists them, so that `check` speaks of new ones alone.
//!
//! A problem is known again by its code, file and message, and by how many there are of it, so that lines may move.

use serde::{Deserialize, Serialize};
use ssg_source::{Class, Diagnostic, Diagnostics, codes, shown};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

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

/// Problems that are known, and how many there are of each.
pub struct Baseline(BTreeMap<Known, usize>);

impl Baseline {
    /// Of what was found.
    pub fn of(found: &Diagnostics) -> Self {
        let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
        for one in found {
            *counts.entry(Known::of(one)).or_default() += 1;
        }
        Self(counts)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or lists nothing.
    pub fn read(file: &Path) -> Result<Self, Diagnostic> {
        let problem = |why: String| {
            let message = format!("cannot read the known problems in `{}`: {why}", shown(file));
            Diagnostic::error(codes::BASELINE, message)
                .class(Class::Usage)
                .hint("`ssg check --baseline FILE --write-baseline` makes one of what is found now")
        };
        let mut text = String::new();
        let opened = fs::File::open(file).map_err(|error| problem(error.to_string()))?;
        opened.take(LARGEST).read_to_string(&mut text).map_err(|error| problem(error.to_string()))?;
        let all: Vec<Known> = serde_json::from_str(&text).map_err(|error| problem(error.to_string()))?;
        Ok(Self(all.into_iter().map(|one| (Known { count: 0, ..one.clone() }, one.count)).collect()))
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), Diagnostic> {
        let all: Vec<Known> =
            self.0.iter().map(|(one, count)| Known { count: *count, ..one.clone() }).collect();
        let text = serde_json::to_string_pretty(&all).unwrap_or_default();
        fs::write(file, format!("{text}\n")).map_err(|error| {
            let message = format!("cannot write the known problems to `{}`: {error}", shown(file));
            Diagnostic::error(codes::BASELINE, message).class(Class::Machine)
        })
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
