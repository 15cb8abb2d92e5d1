//! The two regular expression engines behind one face.
//!
//! Both are asked for the first match at or after a position, under a limit on
//! backtracking that depends on nothing but the text, so that a hostile block
//! fails at the same place on every machine.

#[cfg(all(feature = "fancy-regex", not(feature = "onig")))]
#[path = "regex/fancy.rs"]
mod engine;
#[cfg(feature = "onig")]
#[path = "regex/onig.rs"]
mod engine;

#[cfg(not(any(feature = "onig", feature = "fancy-regex")))]
compile_error!("ssg-highlight needs the feature `onig` or `fancy-regex`");

pub(crate) use engine::{ENGINE, Memory, Regex};

/// A match: its first byte and the one after its last.
pub(crate) type Span = (usize, usize);

/// Why a block cannot be highlighted to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A regular expression does not compile.
    Regex,
    /// A single search backtracked too much, or the block took too many steps.
    Steps,
    /// The grammar refers to something that it does not have.
    Grammar,
}
