//! Runs a story: a site, then edits, and after each the incremental output against a clean one.

use super::disk::Disk;
use super::shrink;
use super::state::{Author, State, Story};
use super::subject::{Build, Clean, Into, Subject};
use super::tree::Tree;
use rayon::{ThreadPool, ThreadPoolBuilder};
use ssg_build::{Compiled, Memo};
use ssg_engine::ReadKind;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What an incremental build does otherwise than a clean one.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What kind of thing it is.
    pub kind: &'static str,
    pub text: String,
}

impl Failure {
    pub fn new(kind: &'static str, text: String) -> Self {
        Self { kind, text }
    }

    /// Says when it was.
    pub fn after(self, when: &str) -> Self {
        Self { text: format!("{when}: {}", self.text), ..self }
    }
}

/// What was seen in many stories.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub builds: usize,
    pub failed: usize,
    pub rendered: usize,
    pub reused: usize,
}

impl Seen {
    pub fn add(&mut self, other: Self) {
        self.builds += other.builds;
        self.failed += other.failed;
        self.rendered += other.rendered;
        self.reused += other.reused;
    }
}

/// Runs stories one after another with what is costly to make.
pub struct Runner {
    pools: [ThreadPool; 2],
    /// Lends its highlighter to every new memo.
    model: Memo,
    /// What builds do not note, so that they fail.
    leaves_out: Option<ReadKind>,
    pub seen: Seen,
}

/// The disk while a story runs.
pub struct Stage {
    disk: Disk,
    is_new: bool,
}

impl Stage {
    pub fn new(stamped: bool) -> Self {
        Self { disk: Disk::new(jiff::Timestamp::UNIX_EPOCH, stamped), is_new: true }
    }
}

impl Runner {
    pub fn new() -> Self {
        Self::leaving_out(None)
    }

    /// One whose builds do not note what is read of a kind.
    pub fn leaving_out(leaves_out: Option<ReadKind>) -> Self {
        let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        Self { pools: [pool(1), pool(4)], model: Memo::new(), leaves_out, seen: Seen::default() }
    }

    /// One that does not note what is read of a kind of facets or queries, to see that it is missed.
    pub fn subject(&self, leaves_out: Option<ReadKind>) -> Subject {
        Subject::new(&self.model, leaves_out)
    }

    /// Runs the story of a seed; the first thing that is not as a clean build has it is an error, which is
    /// reduced to what it takes.
    pub fn sequence(&mut self, seed: u64) -> Result<(), String> {
        let mut author = Author::new(seed, false);
        let stamped = author.stamped();
        self.tell(&format!("seed {seed}"), stamped, |failed| author.next(failed))
    }

    /// Runs a story that is made while it runs: the next state may depend on whether the site had errors.
    pub fn tell(
        &mut self,
        name: &str,
        stamped: bool,
        mut next: impl FnMut(bool) -> Option<State>,
    ) -> Result<(), String> {
        let mut story = Story { stamped, states: Vec::new() };
        let mut stage = Stage::new(stamped);
        let mut subjects = [self.subject(self.leaves_out)];
        let mut failed = false;
        while let Some(state) = next(failed) {
            let stepped = self.step(&mut stage, &state, &mut subjects);
            story.states.push(state);
            let failure = match stepped {
                Ok((has_errors, problems)) => {
                    failed = has_errors;
                    problems.into_iter().flatten().next()
                }
                Err(failure) => Some(failure),
            };
            if let Some(failure) = failure {
                return Err(shrink::report(self, name, story, failure));
            }
        }
        Ok(())
    }

    /// Runs a story that is known; gives the first failure with the number of its state.
    pub fn replay(&mut self, story: &Story) -> Option<(usize, Failure)> {
        let mut stage = Stage::new(story.stamped);
        let mut subjects = [self.subject(self.leaves_out)];
        for (number, state) in story.states.iter().enumerate() {
            let failure = match self.step(&mut stage, state, &mut subjects) {
                Ok((_, problems)) => problems.into_iter().flatten().next(),
                Err(failure) => Some(failure),
            };
            if let Some(failure) = failure {
                return Some((number, failure));
            }
        }
        None
    }

    /// Builds a state with nothing remembered.
    pub fn clean(&mut self, state: &State, disk: &Disk) -> Result<Clean, Failure> {
        let mut memo = self.model.emptied(!state.how.theme);
        let built = self.compile(state, disk, &mut memo, &Into::output(&Tree::default()));
        let (tree, compiled) = built.map_err(|failure| failure.after("a clean build"))?;
        self.model = memo;
        Ok(Clean { tree, compiled })
    }

    /// Builds a state with what is remembered, and makes a failure of a panic.
    pub fn compile(
        &self,
        state: &State,
        disk: &Disk,
        memo: &mut Memo,
        into: &Into<'_>,
    ) -> Result<(Tree, Compiled), Failure> {
        let build = Build::new(state, disk, &self.pools[usize::from(state.how.threads)]);
        no_panic(|| Ok(build.run(memo, into)))
    }

    /// An empty memo with what is costly to make.
    pub fn memo(&self) -> Memo {
        self.model.emptied(true)
    }

    /// Builds a state cleanly and with each subject. Says whether the site has errors, and what each does
    /// otherwise; an error where a clean build panics.
    pub fn step(
        &mut self,
        stage: &mut Stage,
        state: &State,
        subjects: &mut [Subject],
    ) -> Result<(bool, Vec<Option<Failure>>), Failure> {
        stage.disk.set_instant(state.instant);
        stage.disk.become_files(&state.files);
        if std::mem::take(&mut stage.is_new) {
            stage.disk.clock += 1;
        }
        if state.ticks {
            stage.disk.clock += 1_000_000_000;
        }
        let clean = self.clean(state, &stage.disk)?;
        let build = Build::new(state, &stage.disk, &self.pools[usize::from(state.how.threads)]);
        let has_errors = clean.compiled.diagnostics.has_errors();
        self.seen.builds += 1;
        self.seen.failed += usize::from(has_errors);
        let mut problems = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut seen = Seen::default();
            problems.push(no_panic(|| subject.step(&build, &clean, &mut seen)).err());
            self.seen.add(seen);
        }
        Ok((has_errors, problems))
    }
}

/// Does it, and makes a failure of a panic.
fn no_panic<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
        Err(Failure::new("panic", text.to_owned()))
    })
}
