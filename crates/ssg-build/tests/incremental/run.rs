//! Runs a sequence: a site, then edits, and after each the incremental output against a clean one.

use super::disk::Disk;
use super::random::Random;
use super::site::Site;
use super::tree::{Staging, Tree};
use rayon::{ThreadPool, ThreadPoolBuilder};
use ssg_build::{Cache, Cause, Compiled, Memo, Overrides, Settings, compile};
use ssg_render::{Question, SharedInputs};
use ssg_source::{Diagnostic, Diagnostics, SitePath};
use std::sync::Arc;

/// What is dropped from the records after every build, to see that it is missed.
pub type Forget = fn(&Question) -> bool;

/// What a run of sequences has seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub builds: usize,
    pub failed: usize,
    pub rendered: usize,
    pub reused: usize,
}

/// Runs sequences one after another with what is costly to make.
pub struct Runner {
    pools: [ThreadPool; 2],
    folder: tempfile::TempDir,
    /// Lends its highlighter to every new memo.
    model: Memo,
    pub seen: Seen,
}

impl Runner {
    pub fn new() -> Self {
        let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        Self {
            pools: [pool(1), pool(4)],
            folder: tempfile::tempdir().expect("temporary folder"),
            model: Memo::new(),
            seen: Seen::default(),
        }
    }

    /// Runs the sequence of a seed; the first thing that is not as a clean build has it is an error.
    pub fn sequence(&mut self, seed: u64, forget: Option<Forget>) -> Result<(), String> {
        let mut random = Random::new(seed);
        let mut site = Site::random(&mut random);
        let mut disk = Disk::new(site.now(), random.chance(50));
        let mut memo = self.model.emptied();
        let mut tree = Tree::default();
        let mut story = vec!["the first build".to_owned()];
        let mut failed = false;
        for step in 0..=5 + random.below(11) {
            if step > 0 {
                let repairs = failed && random.chance(60);
                story.push(if repairs { site.repair() } else { site.edit(&mut random) });
            }
            disk.set_instant(site.now());
            disk.become_files(&site.files());
            // Sometimes the next edit comes before the clock has moved.
            if random.chance(70) {
                disk.clock += 1_000_000_000;
            }
            let pool = random.below(2);
            if random.chance(25) {
                memo = self.through_the_disk(memo)?;
            }
            match self.step(&site, &disk, &mut memo, &tree, pool, forget) {
                Ok((next, fails)) => {
                    failed = fails;
                    // A build with errors leaves the output as it was.
                    if !fails {
                        tree = next;
                    }
                }
                Err(problem) => {
                    let story: Vec<String> =
                        story.iter().enumerate().map(|(at, edit)| format!("  {at}. {edit}")).collect();
                    return Err(format!("seed {seed}:\n{}\n{problem}", story.join("\n")));
                }
            }
        }
        Ok(())
    }

    /// Builds incrementally, twice, and cleanly, and compares.
    fn step(
        &mut self,
        site: &Site,
        disk: &Disk,
        memo: &mut Memo,
        tree: &Tree,
        pool: usize,
        forget: Option<Forget>,
    ) -> Result<(Tree, bool), String> {
        let inputs: SharedInputs = Arc::new(disk.clone());
        let settings = settings(site, &inputs);
        memo.set_clock(disk.clock);
        let (next, first) = self.build(&inputs, &settings, memo, tree, disk, pool);
        self.seen.builds += 1;
        self.seen.rendered += first.rendered.len();
        self.seen.reused += first.reused;
        let mut fresh = self.model.emptied();
        fresh.set_clock(disk.clock);
        let (clean, second) = self.build(&inputs, &settings, &mut fresh, &Tree::default(), disk, 0);
        // Two clean builds share one highlighter too.
        self.model = fresh.emptied();
        if let Some(difference) = next.difference(&clean) {
            return Err(difference);
        }
        same_diagnostics(&first.diagnostics, &second.diagnostics)?;
        let (again, third) = self.build(&inputs, &settings, memo, &next, disk, pool);
        if let Some(difference) = again.difference(&clean) {
            return Err(format!("once more, without an edit: {difference}"));
        }
        same_diagnostics(&third.diagnostics, &second.diagnostics)?;
        let fails = first.diagnostics.has_errors();
        // What had an error is not remembered, so it is new each time; all else must be reused.
        let needless = third.rendered.iter().find(|(_, cause)| !fails || *cause != Cause::New);
        if let (Some((file, cause)), None) = (needless, forget) {
            return Err(format!("{file} is rendered again without an edit: {cause:?}"));
        }
        if let Some(forget) = forget {
            memo.forget_questions(forget);
        }
        self.seen.failed += usize::from(fails);
        if std::env::var_os("SSG_TEST_DEBUG").is_some() { for one in first.diagnostics.iter().filter(|one| one.severity == ssg_source::Severity::Error) { eprintln!("E {} {} {:?}", one.code, one.message.lines().next().unwrap_or(""), one.path.as_ref().map(|p| p.to_string())); } }
        Ok((next, fails))
    }

    fn build(
        &self,
        inputs: &SharedInputs,
        settings: &Settings,
        memo: &mut Memo,
        before: &Tree,
        disk: &Disk,
        pool: usize,
    ) -> (Tree, Compiled) {
        let sink = Staging::new(before, disk);
        let compiled = self.pools[pool].install(|| compile(inputs, settings, memo, &sink));
        (sink.done(), compiled)
    }

    /// Saves the memo and reads it back.
    fn through_the_disk(&self, mut memo: Memo) -> Result<Memo, String> {
        let cache = Cache::new(self.folder.path(), "test", "0");
        // The folder is that of the sequence before too.
        Cache::remove(self.folder.path()).map_err(|error| error.to_string())?;
        memo.touch();
        cache.save(&mut memo).map_err(|error| error.to_string())?;
        let mut read = self.model.emptied();
        read.replace_by(cache.load().0);
        Ok(read)
    }
}

fn settings(site: &Site, inputs: &SharedInputs) -> Settings {
    let overrides = Overrides {
        drafts: site.drafts,
        future: site.future,
        expired: site.expired,
        ..Overrides::default()
    };
    let file = SitePath::new("ssg.toml").expect("valid");
    Settings::read(&**inputs, &file, overrides, &mut Diagnostics::new())
}

fn same_diagnostics(got: &Diagnostics, clean: &Diagnostics) -> Result<(), String> {
    if got == clean {
        return Ok(());
    }
    let only = |these: &Diagnostics, those: &Diagnostics| -> Vec<Diagnostic> {
        these.iter().filter(|one| !those.iter().any(|other| other == *one)).cloned().collect()
    };
    Err(format!(
        "the diagnostics differ; only incremental: {:#?}\nonly clean: {:#?}",
        only(got, clean),
        only(clean, got)
    ))
}
