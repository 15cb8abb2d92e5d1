//! What each output asked when it was rendered, and what it gave.

use super::needs::AllNeeds;
use crate::write::OutputPath;
use indexmap::IndexMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_render::{Differences, Needs, Output, Question, World};
use ssg_source::{Diagnostics, Digest};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// Every output's record.
///
/// A question has one digest for all outputs that asked it: at the end of a build each of them has
/// been rendered with the same answer, or found to be so.
#[derive(Default, Serialize, Deserialize)]
pub struct Records {
    questions: IndexMap<Question, Answered>,
    outputs: HashMap<String, Record>,
    pub(crate) needs: AllNeeds,
    #[serde(skip)]
    edges: Option<Edges>,
}

/// The records from the other side, made when they are first needed. An output that asks something
/// else now may still be found from what it asked before: whoever comes this way looks at its record.
#[derive(Default)]
struct Edges {
    /// By number of a question: the outputs that asked it.
    asked_by: Vec<Vec<Arc<str>>>,
    /// Outputs that have something wrong with them.
    found: BTreeSet<Arc<str>>,
}

impl Edges {
    fn add(&mut self, file: &str, record: &Record) {
        let file: Arc<str> = file.into();
        for number in &record.asked {
            let number = *number as usize;
            if self.asked_by.len() <= number {
                self.asked_by.resize_with(number + 1, Vec::new);
            }
            // An output that is rendered often is named often: that is told apart when it is read.
            if let Some(files) = self.asked_by.get_mut(number) {
                files.push(file.clone());
            }
        }
        if record.found.is_empty() {
            self.found.remove(&file);
        } else {
            self.found.insert(file);
        }
    }
}

/// What is known of a question's answer.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Answered {
    /// `None` where there was no answer, which is never the same as before.
    digest: Option<Digest>,
    basis: Option<Digest>,
}

/// What is known of an output.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    recipe: Digest,
    /// Numbers of questions, sorted.
    asked: Vec<u32>,
    pub files: Vec<(OutputPath, Hash)>,
    pub found: Diagnostics,
    cause: Cause,
    /// Number of what it needs of a content security policy.
    needs: u32,
}

/// Why an output was last rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// It was not known before.
    New,
    /// Something else lay at its path.
    Replaced,
    /// The file was missing in the output, or somebody had changed it.
    Restored,
    /// The answer to this question changed.
    Answer(Question),
}

/// An output that was rendered now.
pub(crate) struct Fresh {
    pub asked: Prepared,
    pub files: Vec<(OutputPath, Hash)>,
    pub found: Diagnostics,
    pub cause: Cause,
    pub recipe: Digest,
    pub needs: Needs,
}

/// Questions, with what is known of the answers that [`Records`] does not know yet.
pub(crate) type Prepared = Vec<(Question, Option<Answered>)>;

/// Which answers are no longer the same.
pub(crate) struct Changes {
    answers: Vec<bool>,
    bases: bool,
}

impl Changes {
    /// Whether anything is to be remembered anew.
    pub(crate) fn any(&self) -> bool {
        self.bases || self.answers.contains(&true)
    }
}

/// What is known of the answer to a question that a render asked.
pub(crate) enum Ask {
    /// All: its digest.
    Known(Option<Digest>),
    /// Its digest.
    Told(Digest),
    /// Nothing.
    New,
}

/// Looks up the answers to the new ones among the questions of a render. `None` where a file had
/// changed between the time when its question was asked again and the render: then nothing can be
/// said of the output.
pub(crate) fn look_up(world: &World, asked: Vec<(Question, Ask)>) -> Option<Prepared> {
    let is_stale = |question: &Question, ask: &Ask| {
        matches!((question, ask), (Question::Data { .. } | Question::Image(_), Ask::Known(known))
            if known.is_none() || world.digest(question) != *known)
    };
    if asked.iter().any(|(question, ask)| is_stale(question, ask)) {
        return None;
    }
    let answered = |question: &Question, ask: Ask| {
        let digest = match ask {
            Ask::Known(_) => return None,
            Ask::Told(digest) => Some(digest),
            Ask::New => world.digest(question),
        };
        // A question without an answer is asked again by the next build.
        Some(Answered { digest, basis: world.basis(question) })
    };
    let looked_up = asked.into_iter().map(|(question, ask)| {
        let answered = answered(&question, ask);
        (question, answered)
    });
    Some(looked_up.collect())
}

impl Records {
    /// Asks every question again whose answer may be another one; without `differences` any may. From
    /// here on the new answers count as known, so whatever asked one that changed must be rendered or
    /// forgotten.
    pub(crate) fn ask_again(&mut self, world: &World, differences: Option<&Differences>) -> Changes {
        let bases = AtomicBool::new(false);
        let answers = self
            .questions
            .par_iter_mut()
            .map(|(question, answered)| {
                if matches!(question, Question::Needs) {
                    // Nobody knows before all but the late outputs are done.
                    return false;
                }
                let is_same = differences.is_some_and(|differences| !differences.may_touch(question));
                if is_same && answered.digest.is_some() {
                    return false;
                }
                let basis = world.basis(question);
                if basis.is_some() && basis == answered.basis {
                    return false;
                }
                let digest = world.digest(question);
                let same = digest.is_some() && digest == answered.digest;
                answered.digest = digest;
                // While the answer stays, an older basis for it stays true, and beats none.
                if answered.basis != basis && (basis.is_some() || !same) {
                    bases.store(true, Ordering::Relaxed);
                    answered.basis = basis;
                }
                !same
            })
            .collect();
        Changes { answers, bases: bases.into_inner() }
    }

    /// Puts together what all outputs need, and asks what could not be asked before.
    pub(crate) fn ask_late(&mut self, world: &World, changes: &mut Changes) {
        world.gather(self.needs.union(self.outputs.values().map(|record| record.needs)));
        let Some((number, _, answered)) = self.questions.get_full_mut(&Question::Needs) else { return };
        let digest = world.digest(&Question::Needs);
        if let Some(changed) = changes.answers.get_mut(number) {
            *changed = digest.is_none() || digest != answered.digest;
        }
        answered.digest = digest;
    }

    /// The record of an output if it need not be rendered, else why it must be. `recipe` is `None`
    /// where it is known to be the same.
    pub(crate) fn judge(
        &self,
        output: &Output,
        recipe: Option<Digest>,
        changes: &Changes,
    ) -> Result<&Record, Cause> {
        let record = self.outputs.get(&output.file).ok_or(Cause::New)?;
        if recipe.is_some_and(|recipe| record.recipe != recipe) {
            return Err(Cause::Replaced);
        }
        let changed =
            record.asked.iter().find(|number| changes.answers.get(**number as usize) != Some(&false));
        match changed.map(|number| self.questions.get_index(*number as usize)) {
            None => Ok(record),
            Some(Some((question, _))) => Err(Cause::Answer(question.clone())),
            Some(None) => Err(Cause::New),
        }
    }

    /// The outputs that may have to be rendered after these changes, where a record is known of each of
    /// `count` outputs, which are all there are; sorted.
    pub(crate) fn reached(&mut self, changes: &Changes, count: usize) -> Option<Vec<Arc<str>>> {
        if self.outputs.len() != count {
            return None;
        }
        let edges = self.edges.get_or_insert_with(|| {
            let mut edges = Edges::default();
            for (file, record) in &self.outputs {
                edges.add(file, record);
            }
            edges
        });
        let changed = changes.answers.iter().zip(&edges.asked_by).filter(|(changed, _)| **changed);
        let mut reached: Vec<Arc<str>> = changed.flat_map(|(_, files)| files.iter().cloned()).collect();
        reached.sort_unstable();
        reached.dedup();
        Some(reached)
    }

    /// What is wrong with the outputs that are known, of those that are wanted.
    pub(crate) fn found(&self, is_wanted: impl Fn(&str) -> bool) -> Diagnostics {
        let mut found = Diagnostics::new();
        let files = self.edges.iter().flat_map(|edges| &edges.found).filter(|file| is_wanted(file));
        for record in files.filter_map(|file| self.outputs.get(&**file)) {
            found.extend(record.found.iter().cloned());
        }
        found
    }

    /// Looks which of the questions of a render are new.
    pub(crate) fn prepare(&self, asked: Vec<(Question, Option<Digest>)>) -> Vec<(Question, Ask)> {
        asked
            .into_iter()
            .map(|(question, digest)| {
                let known = self.questions.get(&question).map(|answered| Ask::Known(answered.digest));
                (question, known.unwrap_or_else(|| digest.map_or(Ask::New, Ask::Told)))
            })
            .collect()
    }

    /// Remembers an output that was rendered now.
    pub(crate) fn remember(&mut self, file: &str, fresh: Fresh) {
        let mut asked: Vec<u32> = fresh
            .asked
            .into_iter()
            .map(|(question, answered)| {
                let entry = self.questions.entry(question);
                let number = entry.index();
                entry.or_insert(answered.unwrap_or_default());
                u32::try_from(number).unwrap_or(u32::MAX)
            })
            .collect();
        asked.sort_unstable();
        let needs = self.needs.number(fresh.needs);
        let record = Record {
            recipe: fresh.recipe,
            asked,
            files: fresh.files,
            found: fresh.found,
            cause: fresh.cause,
            needs,
        };
        if let Some(edges) = &mut self.edges {
            edges.add(file, &record);
        }
        self.outputs.insert(file.to_owned(), record);
    }

    /// Forgets an output.
    pub(crate) fn forget(&mut self, file: &str) {
        self.outputs.remove(file);
    }

    /// Forgets the outputs that are not planned any more. Says whether there were any.
    pub(crate) fn retain(&mut self, is_planned: impl Fn(&str) -> bool) -> bool {
        let before = self.outputs.len();
        self.outputs.retain(|file, _| is_planned(file));
        self.needs.retain(self.outputs.values_mut().map(|record| &mut record.needs));
        before != self.outputs.len()
    }

    /// Forgets questions that nobody asks; the others get new numbers. Says whether there were any.
    pub(crate) fn forget_unasked(&mut self) -> bool {
        let mut numbers = vec![None; self.questions.len()];
        for number in self.outputs.values().flat_map(|record| &record.asked) {
            if let Some(slot) = numbers.get_mut(*number as usize) {
                *slot = Some(0);
            }
        }
        if numbers.iter().all(Option::is_some) {
            return false;
        }
        self.edges = None;
        for (next, slot) in (0u32..).zip(numbers.iter_mut().flatten()) {
            *slot = next;
        }
        let mut at = 0;
        self.questions.retain(|_, _| {
            at += 1;
            numbers[at - 1].is_some()
        });
        for record in self.outputs.values_mut() {
            for number in &mut record.asked {
                *number = numbers.get(*number as usize).copied().flatten().unwrap_or(u32::MAX);
            }
        }
        true
    }

    /// Forgets that outputs asked these questions.
    pub(crate) fn forget_questions(&mut self, which: impl Fn(&Question) -> bool) {
        let hit: Vec<bool> = self.questions.keys().map(which).collect();
        self.edges = None;
        for record in self.outputs.values_mut() {
            record.asked.retain(|number| hit.get(*number as usize) != Some(&true));
        }
    }

    /// Forgets what answers rest on, which may be how files looked: each is made again.
    pub(crate) fn forget_bases(&mut self) {
        for answered in self.questions.values_mut() {
            answered.basis = None;
        }
    }

    /// What an output asked when it was last rendered, and why it was.
    #[must_use]
    pub fn of(&self, file: &str) -> Option<(Vec<&Question>, &Cause)> {
        let record = self.outputs.get(file)?;
        let asked = record.asked.iter().filter_map(|number| self.questions.get_index(*number as usize));
        Some((asked.map(|(question, _)| question).collect(), &record.cause))
    }

    /// The outputs that asked a question for which `wanted` holds, sorted, each with all such.
    #[must_use]
    pub fn asking(&self, wanted: impl Fn(&Question) -> bool) -> Vec<(&str, Vec<&Question>)> {
        let hit: Vec<bool> = self.questions.keys().map(wanted).collect();
        let mut outputs: Vec<(&str, Vec<&Question>)> = self
            .outputs
            .iter()
            .map(|(file, record)| {
                let hits = record.asked.iter().filter(|number| hit.get(**number as usize) == Some(&true));
                let asked = hits.filter_map(|number| self.questions.get_index(*number as usize));
                (file.as_str(), asked.map(|(question, _)| question).collect::<Vec<_>>())
            })
            .filter(|(_, asked)| !asked.is_empty())
            .collect();
        outputs.sort_unstable();
        outputs
    }

    /// The files that all outputs gave, with their digests.
    pub(crate) fn given(&self) -> impl Iterator<Item = &(OutputPath, Hash)> {
        self.outputs.values().flat_map(|record| &record.files)
    }

    /// Whether every question has an answer: then what is known of the outputs is all there is to know.
    pub(crate) fn are_certain(&self) -> bool {
        self.questions.values().all(|answered| answered.digest.is_some())
    }

    /// How many outputs are known.
    pub(crate) fn count(&self) -> usize {
        self.outputs.len()
    }

    /// Questions about files that only templates read, with the digests of the answers.
    pub(crate) fn about_files(&self) -> Vec<(Question, Option<Digest>)> {
        self.questions
            .iter()
            .filter(|(question, _)| matches!(question, Question::Data { .. } | Question::DataNames(_)))
            .map(|(question, answered)| (question.clone(), answered.digest))
            .collect()
    }

    /// Data files that templates load, as paths from the site's root.
    pub fn data_files(&self) -> impl Iterator<Item = &str> {
        self.questions.keys().filter_map(|question| match question {
            Question::Data { path, .. } => Some(path.as_str()),
            _ => None,
        })
    }

    /// The files of all outputs, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<&str> = self.outputs.keys().map(String::as_str).collect();
        files.sort_unstable();
        files
    }
}
