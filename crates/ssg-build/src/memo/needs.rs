//! What outputs need of a content security policy, beside their records.
//!
//! Most pages of a site need the same, so each of these is kept once and known by its number. Files
//! that are copied have no record; theirs are known by the digest of their bytes.

use serde::{Deserialize, Serialize};
use ssg_render::Needs;
use ssg_source::hash::{HashMap, HashSet};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// The needs of all outputs.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct AllNeeds {
    /// Each once; records name them by number.
    known: Vec<Needs>,
    /// The same the other way round; made when it is needed.
    #[serde(skip)]
    numbers: HashMap<Needs, u32>,
    /// Of copies, by the file of the output, with a digest of what they were made of.
    copied: HashMap<String, (Hash, Needs)>,
    /// Of outputs that were rendered in this build and of which nothing else is remembered.
    #[serde(skip)]
    passing: Vec<Needs>,
}

impl AllNeeds {
    /// The number of these needs.
    pub(crate) fn number(&mut self, needs: Needs) -> u32 {
        // As a rule there are few: those of the templates, and of what stands in bodies.
        if self.numbers.is_empty() {
            self.numbers = self.known.iter().cloned().zip(0..).collect();
        }
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(needs).or_insert_with_key(|needs| {
            self.known.push(needs.clone());
            next
        })
    }

    /// Begins a build.
    pub(crate) fn begin(&mut self) {
        self.passing.clear();
    }

    /// Takes the needs of an output that has no record.
    pub(crate) fn pass(&mut self, needs: Needs) {
        if !needs.is_empty() {
            self.passing.push(needs);
        }
    }

    /// What a copy needs, where that would be made of the same still.
    pub(crate) fn of_copy(&self, file: &str, made_of: &Hash) -> Option<&Needs> {
        self.copied.get(file).filter(|(known, _)| known == made_of).map(|(_, needs)| needs)
    }

    /// Takes the needs of all copies. Says whether anything is new.
    pub(crate) fn replace_copied(&mut self, copied: HashMap<String, (Hash, Needs)>) -> bool {
        let changed = self.copied != copied;
        self.copied = copied;
        changed
    }

    /// All needs together, of which `numbers` are those of records.
    pub(crate) fn union(&self, numbers: impl Iterator<Item = u32>) -> Needs {
        let numbers: HashSet<u32> = numbers.collect();
        let mut all = Needs::default();
        for number in numbers {
            if let Some(needs) = self.known.get(number as usize) {
                all.add(needs);
            }
        }
        for needs in self.copied.values().map(|(_, needs)| needs).chain(&self.passing) {
            all.add(needs);
        }
        all
    }

    /// Forgets what no record names any more, and gives records their new numbers.
    pub(crate) fn retain<'a>(&mut self, numbers: impl Iterator<Item = &'a mut u32>) {
        let old = std::mem::take(&mut self.known);
        self.numbers.clear();
        let mut renumbered: HashMap<u32, u32> = HashMap::default();
        for number in numbers {
            let new = renumbered.entry(*number).or_insert_with(|| {
                self.known.push(old.get(*number as usize).cloned().unwrap_or_default());
                u32::try_from(self.known.len() - 1).unwrap_or(u32::MAX)
            });
            *number = *new;
        }
    }
}
