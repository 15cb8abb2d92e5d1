//! Oniguruma, the default: slower to build (a C compiler), fast to start.

use super::{Failure, Span};
use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};
use std::sync::OnceLock;

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
///
/// Searches seldom ask for groups, and to keep track of them takes Oniguruma much of its time: a group that
/// is repeated for each letter makes its stack grow by several entries a letter. So an expression whose
/// match does not depend on its groups is compiled without them, and once more for whoever asks for them.
pub(crate) struct Regex {
    search: onig::Regex,
    grouped: Option<Grouped>,
}

/// The same expression with its groups, compiled when somebody asks for them.
struct Grouped {
    source: Box<str>,
    compiled: OnceLock<Option<onig::Regex>>,
}

/// Room for the groups of a match, used again and again.
#[derive(Default)]
pub(crate) struct Memory(Region);

impl Regex {
    pub(crate) fn new(source: &str) -> Result<Self, Failure> {
        if !refers_to_groups(source)
            && let Some(search) = compile(source, RegexOptions::REGEX_OPTION_DONT_CAPTURE_GROUP)
        {
            let grouped = Grouped { source: source.into(), compiled: OnceLock::new() };
            return Ok(Self { search, grouped: Some(grouped) });
        }
        let search = compile(source, RegexOptions::REGEX_OPTION_CAPTURE_GROUP).ok_or(Failure::Regex)?;
        Ok(Self { search, grouped: None })
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
            search(&self.search, text, from, memory, retries)
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
        let regex = match &self.grouped {
            None => &self.search,
            Some(Grouped { source, compiled }) => compiled
                .get_or_init(|| compile(source, RegexOptions::REGEX_OPTION_CAPTURE_GROUP))
                .as_ref()
                .ok_or(Failure::Regex)?,
        };
        match search(regex, text, from, memory, u64::from(u32::MAX)) {
            Ok(true) => groups.extend((0..memory.0.len()).map(|i| memory.0.pos(i))),
            Ok(false) => {}
            Err(_) => return Err(Failure::Steps),
        }
        Ok(())
    }
}

fn compile(source: &str, options: RegexOptions) -> Option<onig::Regex> {
    onig::Regex::with_options(source, options, Syntax::default()).ok()
}

/// Whether what an expression matches may depend on what its groups have matched, or on that they are there:
/// it refers back to one, calls one, or gives one a name. Says so too often rather than not.
fn refers_to_groups(source: &str) -> bool {
    let mut bytes = source.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && matches!(bytes.next(), Some(b'1'..=b'9' | b'k' | b'g')) {
            return true;
        }
    }
    let named =
        source.match_indices("(?<").any(|(at, open)| !source[at + open.len()..].starts_with(['=', '!']));
    named || ["(?'", "(?(", "(?P", "(?~|"].iter().any(|open| source.contains(open))
}

fn search(
    regex: &onig::Regex,
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
    regex
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_there_for_whoever_asks() {
        let regex = Regex::new(r"(a|b)*(c)").expect("it compiles");
        assert!(regex.grouped.is_some());
        let (mut memory, mut groups, mut steps) = (Memory::default(), Vec::new(), 1000);
        assert_eq!(regex.find("xabc", 0, &mut memory, &mut steps), Ok(Some((1, 4))));
        regex.groups("xabc", 1, &mut memory, &mut groups).expect("it is found");
        assert_eq!(groups, [Some((1, 4)), Some((2, 3)), Some((3, 4))]);
    }

    #[test]
    fn an_expression_that_refers_to_a_group_keeps_its_groups() {
        for source in [r"(a)\1", r"(?<n>a)\k<n>", r"(?<n>a)b", r"(a)\g<1>", r"(a)(?(1)b|c)", r"\\(a)\1"] {
            assert!(refers_to_groups(source), "{source}");
        }
        for source in [r"(?<=a)(b)", r"(?<!a)(b)", r"\\1(a)", r"(?:a)(b)", r"\(\d\)"] {
            assert!(!refers_to_groups(source), "{source}");
        }
    }
}
