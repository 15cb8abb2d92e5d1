//! Does the comparison bite? For every kind of facet and of query, builds do not note that it is read, and
//! some edit must then end in a stale output.

use super::routes::{kinds, name};
use super::run::{Failure, Runner, Stage};
use super::state::{Author, State};
use super::subject::Subject;
use ssg_engine::ReadKind;

/// How many stories are tried at most.
const TRIED: u64 = 300;

/// Those that do not note one kind each, until they are seen to be wrong.
struct Forgetful {
    kinds: Vec<ReadKind>,
    subjects: Vec<Subject>,
}

impl Forgetful {
    fn new(runner: &Runner, kinds: Vec<ReadKind>) -> Self {
        let subjects = kinds.iter().map(|kind| runner.subject(Some(*kind))).collect();
        Self { kinds, subjects }
    }

    /// Builds a state with each; says whether the site has errors.
    fn step(&mut self, runner: &mut Runner, stage: &mut Stage, state: &State) -> bool {
        let (has_errors, problems) = runner.step(stage, state, &mut self.subjects).expect("a clean build");
        let before = std::mem::take(&mut self.kinds).into_iter().zip(std::mem::take(&mut self.subjects));
        for ((kind, subject), problem) in before.zip(problems) {
            match problem {
                None => {
                    self.kinds.push(kind);
                    self.subjects.push(subject);
                }
                Some(Failure { text, .. }) => {
                    let text = text.lines().next().unwrap_or("");
                    eprintln!("{} is missed after {}: {text}", name(kind), state.edit);
                }
            }
        }
        has_errors
    }
}

#[test]
#[ignore = "takes minutes; `just nightly` runs it"]
fn random_edits_miss_every_kind_that_is_not_noted() {
    let mut runner = Runner::new();
    let mut left: Vec<ReadKind> = kinds().collect();
    for seed in 0..TRIED {
        let mut forgetful = Forgetful::new(&runner, left);
        let mut author = Author::new(seed, true);
        let mut stage = Stage::new(author.stamped());
        let mut failed = false;
        while let Some(state) = author.next(failed)
            && !forgetful.kinds.is_empty()
        {
            failed = forgetful.step(&mut runner, &mut stage, &state);
        }
        left = forgetful.kinds;
        if left.is_empty() {
            return;
        }
    }
    let left: Vec<String> = left.into_iter().map(name).collect();
    panic!("no story shows that these are noted for a reason: {left:?}");
}
