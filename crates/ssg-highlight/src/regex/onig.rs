//! Oniguruma, the default: slower to build (a C compiler), fast to start.

use super::{Failure, Span};
use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};

/// The engine's name, part of [`crate::Highlighter::identity`].
pub(crate) const ENGINE: &str = "onig";

/// What a search may backtrack at first, at no extra cost; less in a long rest
/// of a line, where each time it may run to the end again.
const RETRIES: u64 = 2048;
const RETRIES_LONG: u64 = 512;
const LONG: u64 = 256;
/// When a search needs more, the limit grows by a factor, and every so many
/// bytes that it may have looked at cost a step.
const GROWTH: u64 = 4;
const BYTES_PER_STEP: u64 = 1024;

/// A compiled expression.
pub(crate) struct Regex(onig::Regex);

/// Room for the groups of a match, used again and again.
#[derive(Default)]
pub(crate) struct Memory(Region);

impl Regex {
    pub(crate) fn new(source: &str) -> Result<Self, Failure> {
        let options = RegexOptions::REGEX_OPTION_CAPTURE_GROUP;
        onig::Regex::with_options(source, options, Syntax::default()).map(Self).map_err(|_| Failure::Regex)
    }

    /// The first match at or after `from`, in bytes; takes from `steps` when
    /// the search backtracks unusually much, and fails when none are left.
    pub(crate) fn find(
        &self,
        text: &str,
        from: usize,
        memory: &mut Memory,
        steps: &mut u64,
    ) -> Result<Option<Span>, Failure> {
        let found = limited(text.len() - from.min(text.len()), steps, |retries| {
            self.search(text, from, memory, retries)
        })?;
        Ok(if found { memory.0.pos(0) } else { None })
    }

    /// The groups of the match that a search from `from` finds.
    pub(crate) fn groups(
        &self,
        text: &str,
        from: usize,
        memory: &mut Memory,
        groups: &mut Vec<Option<Span>>,
    ) -> Result<(), Failure> {
        groups.clear();
        match self.search(text, from, memory, u64::from(u32::MAX)) {
            Ok(true) => groups.extend((0..memory.0.len()).map(|i| memory.0.pos(i))),
            Ok(false) => {}
            Err(_) => return Err(Failure::Steps),
        }
        Ok(())
    }

    fn search(
        &self,
        text: &str,
        from: usize,
        memory: &mut Memory,
        retries: u64,
    ) -> Result<bool, onig::Error> {
        let limits = MatchParam::default();
        // SAFETY: the pointer is that of `limits`, which lives on; the function
        // stores a number behind it. The `onig` crate has no method for this
        // limit, and the one it has, for each start position, bounds nothing.
        unsafe {
            onig_sys::onig_set_retry_limit_in_search_of_match_param(
                limits.as_raw(),
                retries as std::ffi::c_ulong,
            );
        }
        self.0
            .search_with_param(
                text,
                from,
                text.len(),
                SearchOptions::SEARCH_OPTION_NONE,
                Some(&mut memory.0),
                limits,
            )
            .map(|found| found.is_some())
    }
}

/// Runs a search over `bytes` bytes with a limit, and with higher ones as long as
/// it ends at the limit and there are steps to pay with.
fn limited<T>(
    bytes: usize,
    steps: &mut u64,
    mut run: impl FnMut(u64) -> Result<T, onig::Error>,
) -> Result<T, Failure> {
    let bytes = bytes as u64;
    let mut retries = if bytes < LONG { RETRIES } else { RETRIES_LONG };
    loop {
        match run(retries) {
            Ok(found) => return Ok(found),
            Err(error) if !is_limit(&error) => return Err(Failure::Regex),
            Err(_) => {}
        }
        retries *= GROWTH;
        let cost = retries * (64 + bytes) / BYTES_PER_STEP;
        *steps = steps.checked_sub(cost).ok_or(Failure::Steps)?;
    }
}

/// Whether a search ended at a limit.
fn is_limit(error: &onig::Error) -> bool {
    [
        onig_sys::ONIGERR_RETRY_LIMIT_IN_SEARCH_OVER,
        onig_sys::ONIGERR_RETRY_LIMIT_IN_MATCH_OVER,
        onig_sys::ONIGERR_MATCH_STACK_LIMIT_OVER,
    ]
    .contains(&error.code())
}
