//! `fancy-regex`, pure Rust: no C compiler, but slow to start.

use super::{Failure, Span};

/// The engine's name, part of [`crate::Highlighter::identity`].
pub(crate) const ENGINE: &str = "fancy-regex";

/// Backtracking steps that one search may take; above it the search fails.
const MOST_RETRIES: usize = 100_000;

/// A compiled expression.
pub(crate) struct Regex(fancy_regex::Regex);

/// This engine needs no room of its own.
#[derive(Default)]
pub(crate) struct Memory;

impl Regex {
    pub(crate) fn new(source: &str) -> Result<Self, Failure> {
        fancy_regex::RegexBuilder::new(source)
            .oniguruma_mode(true)
            .backtrack_limit(MOST_RETRIES)
            .build()
            .map(Self)
            .map_err(|_| Failure::Regex)
    }

    /// The first match at or after `from`, in bytes; fails beyond the limit.
    pub(crate) fn find(
        &self,
        text: &str,
        from: usize,
        _memory: &mut Memory,
        _steps: &mut u64,
    ) -> Result<Option<Span>, Failure> {
        let found = self.0.find_from_pos(text, from).map_err(|_| Failure::Steps)?;
        Ok(found.map(|found| (found.start(), found.end())))
    }

    /// The groups of the match that a search from `from` finds.
    pub(crate) fn groups(
        &self,
        text: &str,
        from: usize,
        _memory: &mut Memory,
        groups: &mut Vec<Option<Span>>,
    ) -> Result<(), Failure> {
        groups.clear();
        let found = self.0.captures_from_pos(text, from).map_err(|_| Failure::Steps)?;
        if let Some(found) = found {
            groups.extend(found.iter().map(|group| group.map(|g| (g.start(), g.end()))));
        }
        Ok(())
    }
}
