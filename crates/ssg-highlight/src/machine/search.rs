//! Searches on the current line, and what is remembered of them.
//!
//! Most rules are tried again at every token of a line, with the same answer:
//! "next at column 40" or "nowhere". Each expression has a slot for that, valid
//! for one line. One [`Searches`] serves a thread for all its blocks.

use super::Captured;
use crate::{
    first::{ByteSet, NEVER},
    grammar::{Link, Rule},
    regex::{Failure, Memory, Regex, Span},
};
use std::{
    collections::{HashMap, hash_map::Entry},
    rc::Rc,
};

/// Bytes passed over for the price of one step.
const BYTES_PER_STEP: usize = 32;
/// The price of compiling an expression for one block.
const COMPILE_STEPS: u64 = 500;
/// Expressions with inserted groups that are kept from block to block.
const MAX_INSERTED: usize = 200;

/// What is known of one expression on one line.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// The line that this is about.
    line: u32,
    known: Known,
}

#[derive(Clone, Copy)]
enum Known {
    /// The next match, if it is not passed yet.
    Match(u32, u32),
    /// No match begins before this.
    NoneBefore(u32),
    /// No match to the end of the line.
    Nowhere,
}

impl Default for Known {
    fn default() -> Self {
        Self::NoneBefore(0)
    }
}

/// An expression with groups of an earlier match inserted.
struct Inserted {
    regex: Option<Regex>,
    starts: ByteSet,
    slot: Slot,
}

/// Memory of searches, used again for every line and block of a thread.
#[derive(Default)]
pub(crate) struct Searches {
    slots: Vec<Slot>,
    line: u32,
    present: Option<ByteSet>,
    memory: Memory,
    captures: u32,
    inserted: Vec<Inserted>,
    by_source: HashMap<String, usize>,
    by_capture: HashMap<(u32, u32), usize>,
}

impl Searches {
    /// Begins a block.
    pub(crate) fn next_block(&mut self) {
        self.captures = 0;
        self.by_capture.clear();
        if self.inserted.len() > MAX_INSERTED {
            self.inserted.clear();
            self.by_source.clear();
        }
    }

    /// Begins a line: forgets results of the last one.
    pub(crate) fn next_line(&mut self, line: &str) {
        self.present = Some(ByteSet::of_line(line.as_bytes()));
        self.line = self.line.wrapping_add(1);
        if self.line == 0 {
            self.slots.clear();
            self.inserted.clear();
            self.by_source.clear();
            self.by_capture.clear();
            self.line = 1;
        }
    }

    /// Names groups that rules may refer back to.
    pub(crate) fn capture(&mut self, groups: Rc<[Option<String>]>) -> Captured {
        self.captures += 1;
        Captured { id: self.captures, groups }
    }

    /// The first match of a rule at or after `at`, as bytes of the line.
    ///
    /// May answer `None` when there is one, but only at or after `bound`.
    pub(crate) fn find(
        &mut self,
        link: &Link,
        line: &str,
        at: usize,
        bound: usize,
        steps: &mut u64,
    ) -> Result<Option<Span>, Failure> {
        let index = link.slot as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 256, Slot::default());
        }
        let slot = &mut self.slots[index];
        if slot.line != self.line {
            let possible = self.present.is_none_or(|present| link.starts.meets(&present));
            let known = if possible { Known::NoneBefore(0) } else { Known::Nowhere };
            *slot = Slot { line: self.line, known };
        }
        let from = match slot.known {
            Known::Nowhere => return Ok(None),
            Known::Match(start, end) if start as usize >= at => {
                return Ok(Some((start as usize, end as usize)));
            }
            Known::Match(..) => at,
            Known::NoneBefore(from) => at.max(from as usize),
        };
        let from = link.starts.next(line.as_bytes(), from);
        if from == NEVER {
            slot.known = Known::Nowhere;
            return Ok(None);
        }
        if from >= bound {
            slot.known = Known::NoneBefore(from as u32);
            return Ok(None);
        }
        let regex = link.rule.pattern.regex()?;
        slot.search(regex, line, from, &mut self.memory, steps)
    }

    /// As [`Searches::find`], for a rule that refers back to groups.
    pub(crate) fn find_with(
        &mut self,
        rule: &Rule,
        captured: &Captured,
        line: &str,
        at: usize,
        steps: &mut u64,
    ) -> Result<Option<Span>, Failure> {
        let index = self.insert(rule, captured, steps)?;
        let Some(inserted) = self.inserted.get_mut(index) else {
            return Err(Failure::Regex);
        };
        let slot = &mut inserted.slot;
        if slot.line != self.line {
            *slot = Slot { line: self.line, known: Known::default() };
        }
        match slot.known {
            Known::Nowhere => return Ok(None),
            Known::Match(start, end) if start as usize >= at => {
                return Ok(Some((start as usize, end as usize)));
            }
            _ => {}
        }
        let from = inserted.starts.next(line.as_bytes(), at);
        if from == NEVER {
            slot.known = Known::Nowhere;
            return Ok(None);
        }
        let regex = inserted.regex.as_ref().ok_or(Failure::Regex)?;
        slot.search(regex, line, from, &mut self.memory, steps)
    }

    /// The groups of a match that begins at `from`.
    pub(crate) fn groups(
        &mut self,
        rule: &Rule,
        captured: Option<&Captured>,
        line: &str,
        from: usize,
        groups: &mut Vec<Option<Span>>,
    ) -> Result<(), Failure> {
        let regex = match captured {
            None => rule.pattern.regex()?,
            Some(captured) => {
                let index = self.by_capture.get(&(captured.id, rule.pattern.slot));
                index.and_then(|index| self.inserted.get(*index)?.regex.as_ref()).ok_or(Failure::Regex)?
            }
        };
        regex.groups(line, from, &mut self.memory, groups)
    }

    /// The expression of a rule with groups inserted; compiled once.
    fn insert(&mut self, rule: &Rule, captured: &Captured, steps: &mut u64) -> Result<usize, Failure> {
        let key = (captured.id, rule.pattern.slot);
        if let Some(index) = self.by_capture.get(&key) {
            return Ok(*index);
        }
        let source = with_groups(&rule.pattern.source, &captured.groups);
        let cost = COMPILE_STEPS + (source.len() / BYTES_PER_STEP) as u64;
        *steps = steps.checked_sub(cost).ok_or(Failure::Steps)?;
        let index = match self.by_source.entry(source) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.inserted.push(Inserted {
                    regex: Regex::new(new.key()).ok(),
                    starts: ByteSet::of_regex(new.key()),
                    slot: Slot::default(),
                });
                *new.insert(self.inserted.len() - 1)
            }
        };
        self.by_capture.insert(key, index);
        Ok(index)
    }
}

impl Slot {
    fn search(
        &mut self,
        regex: &Regex,
        line: &str,
        from: usize,
        memory: &mut Memory,
        steps: &mut u64,
    ) -> Result<Option<Span>, Failure> {
        let found = regex.find(line, from, memory, steps)?;
        let passed = found.map_or(line.len(), |span| span.1).saturating_sub(from);
        let cost = 1 + (passed / BYTES_PER_STEP) as u64;
        *steps = steps.checked_sub(cost).ok_or(Failure::Steps)?;
        self.known = match found {
            Some((start, end)) => Known::Match(start as u32, end as u32),
            None => Known::Nowhere,
        };
        Ok(found)
    }
}

/// Replaces `\1` and the like in an expression by the text of groups, escaped.
fn with_groups(source: &str, groups: &[Option<String>]) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(digit) if digit.is_ascii_digit() => {
                let index = digit as usize - '0' as usize;
                for c in groups.get(index).into_iter().flatten().flat_map(|t| t.chars()) {
                    if r"\.+*?()|[]{}^$#&-~".contains(c) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::with_groups;

    #[test]
    fn groups_are_inserted_and_escaped() {
        let groups = [None, Some("a.b".to_owned())];
        assert_eq!(with_groups(r"^\s*\1$\\1\2\n", &groups), r"^\s*a\.b$\\1\n");
    }
}
