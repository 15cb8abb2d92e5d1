//! Runs a sequence: a site, then edits, and after each the incremental output against a clean one.

use super::disk::Disk;
use super::random::Random;
use super::site::Site;
use super::tree::{Staging, Tree};
use rayon::{ThreadPool, ThreadPoolBuilder};
use ssg_build::{Cache, Cause, Compiled, Memo, Overrides, Settings, compile};
use ssg_render::SharedInputs;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::sync::Arc;

/// Something that builds incrementally.
pub struct Subject {
    memo: Memo,
    /// The output, as the last build without errors left it.
    tree: Tree,
    /// That is all that the last build gave.
    complete: bool,
    leaves_out: Option<&'static str>,
    /// What it was first seen to do otherwise than a clean build.
    pub problem: Option<String>,
}

/// What was seen in many sequences.
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

/// Runs sequences one after another with what is costly to make.
pub struct Runner {
    pools: [ThreadPool; 2],
    folder: tempfile::TempDir,
    /// Lends its highlighter to every new memo.
    model: Memo,
    pub seen: Seen,
}

/// One state of a site, ready to be built.
struct Build<'a> {
    /// Only what was touched is looked at.
    hinted: bool,
    /// Where nothing else is said, what was kept before stays.
    stays: bool,
    /// The first attempt ends after so many outputs.
    room: Option<usize>,
    inputs: SharedInputs,
    settings: Settings,
    disk: &'a Disk,
    pool: &'a ThreadPool,
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
    pub fn sequence(&mut self, seed: u64) -> Result<(), String> {
        let mut subjects = [self.subject(None)];
        let story = self.run(seed, &mut subjects, false);
        match subjects[0].problem.take() {
            Some(problem) => Err(format!("seed {seed}:\n{story}{problem}")),
            None => Ok(()),
        }
    }

    /// One that does not note what is read of a kind of facets or queries, to see that it is missed.
    pub fn subject(&self, leaves_out: Option<&'static str>) -> Subject {
        let mut memo = self.model.emptied(false);
        memo.leave_out(leaves_out);
        Subject { memo, tree: Tree::default(), complete: false, leaves_out, problem: None }
    }

    /// Runs a sequence, or a long one on a thorough site, with several that build the same; ends early
    /// when all have a problem. Gives what was done, line by line.
    pub fn run(&mut self, seed: u64, subjects: &mut [Subject], thorough: bool) -> String {
        let mut random = Random::new(seed);
        let mut site = Site::random(&mut random, thorough);
        let mut disk = Disk::new(site.now(), random.chance(50));
        let mut story = "  0. the first build\n".to_owned();
        let mut fails = false;
        let edits = if thorough { 40 } else { 5 + random.below(11) };
        for step in 0..=edits {
            if step > 0 {
                let edit = if fails && random.chance(60) { site.repair() } else { site.edit(&mut random) };
                story.push_str(&format!("  {step}. {edit}\n"));
            }
            disk.set_instant(site.now());
            disk.become_files(&site.files());
            // Sometimes the next edit comes before the clock has moved.
            if random.chance(70) {
                disk.clock += 1_000_000_000;
            }
            let pool = &self.pools[random.below(2)];
            let mut build = Build::new(&site, &disk, pool);
            build.hinted = random.chance(50);
            build.stays = random.chance(50);
            build.room = random.chance(25).then(|| random.below(6));
            let through_the_disk = random.chance(25);
            // To load the look is what a small build spends most of its time on.
            let mut clean = self.model.emptied(random.chance(80));
            let (tree, compiled) = build.run(&mut clean, &Tree::default(), false, None);
            self.model = clean;
            fails = compiled.diagnostics.has_errors();
            self.seen.builds += 1;
            self.seen.failed += usize::from(fails);
            for subject in subjects.iter_mut().filter(|subject| subject.problem.is_none()) {
                if through_the_disk && subject.leaves_out.is_none() {
                    subject.memo = self.through_the_disk(&mut subject.memo);
                }
                let mut seen = Seen::default();
                subject.problem = subject.step(&build, &tree, &compiled.diagnostics, &mut seen).err();
                self.seen.add(seen);
            }
            if subjects.iter().all(|subject| subject.problem.is_some()) {
                break;
            }
        }
        story
    }

    /// What comes of saving a memo and reading it back.
    fn through_the_disk(&self, memo: &mut Memo) -> Memo {
        let cache = Cache::new(self.folder.path(), "test", "0");
        memo.touch();
        cache.save(memo).expect("the cache is written");
        let mut read = memo.emptied(true);
        read.replace_by(cache.load().0);
        read
    }
}

impl<'a> Build<'a> {
    fn new(site: &Site, disk: &'a Disk, pool: &'a ThreadPool) -> Self {
        let overrides = Overrides {
            drafts: site.drafts,
            future: site.future,
            expired: site.expired,
            ..Overrides::default()
        };
        let file = SitePath::new("ssg.toml").expect("valid");
        let settings = Settings::read(disk, &file, overrides, &mut Diagnostics::new());
        let inputs = Arc::new(disk.clone());
        Self { hinted: false, stays: false, room: None, inputs, settings, disk, pool }
    }

    fn run(&self, memo: &mut Memo, before: &Tree, complete: bool, room: Option<usize>) -> (Tree, Compiled) {
        let sink = Staging::new(before, self.disk, complete && self.stays, room.unwrap_or(usize::MAX));
        memo.set_clock(self.disk.clock);
        let compiled = self.pool.install(|| compile(&self.inputs, &self.settings, memo, &sink));
        (sink.done(compiled.cut), compiled)
    }
}

impl Subject {
    /// Builds incrementally, and once more without an edit, and compares with what a clean build
    /// gave.
    fn step(
        &mut self,
        build: &Build<'_>,
        clean: &Tree,
        found: &Diagnostics,
        seen: &mut Seen,
    ) -> Result<(), String> {
        if build.hinted {
            self.memo.look_at_only(build.disk.touched.clone());
        }
        if build.room.is_some() {
            let (next, cut) = build.run(&mut self.memo, &self.tree, self.complete, build.room);
            self.complete = false;
            if cut.cut && !cut.diagnostics.has_errors() {
                self.tree = next;
            }
        }
        let stayed = self.complete && build.stays;
        let (next, first) = build.run(&mut self.memo, &self.tree, self.complete, None);
        seen.rendered += first.rendered.len();
        seen.reused += first.reused;
        // A build with errors gives nothing: where files stay, an output with an error seems to be there.
        let next = if stayed && found.has_errors() { clean.clone() } else { next };
        same(&next, clean, &first, found)?;
        if self.leaves_out.is_none() {
            self.once_more(build, &next, clean, found)?;
        }
        // A build with errors leaves the output as it was.
        self.complete = !found.has_errors();
        if self.complete {
            self.tree = next;
        }
        Ok(())
    }

    fn once_more(
        &mut self,
        build: &Build<'_>,
        before: &Tree,
        clean: &Tree,
        found: &Diagnostics,
    ) -> Result<(), String> {
        let (again, second) = build.run(&mut self.memo, before, !found.has_errors(), None);
        same(&again, clean, &second, found).map_err(|problem| format!("without an edit: {problem}"))?;
        // What had an error is not remembered, so it is new each time; and where two pages have one
        // path, what leads there has no one answer. All else must be reused.
        let collides = found.iter().any(|one| one.code == codes::OUTPUT_COLLISION);
        let needless = second
            .rendered
            .iter()
            .find(|(_, cause)| !collides && (!found.has_errors() || *cause != Cause::New));
        match needless {
            Some((file, cause)) => Err(format!("{file} is rendered without an edit: {cause:?}")),
            None => Ok(()),
        }
    }
}

/// Compares an incremental build with a clean one.
fn same(tree: &Tree, clean: &Tree, compiled: &Compiled, found: &Diagnostics) -> Result<(), String> {
    if let Some(difference) = tree.difference(clean) {
        return Err(difference);
    }
    if compiled.diagnostics == *found {
        return Ok(());
    }
    let only = |these: &Diagnostics, those: &Diagnostics| -> Vec<Diagnostic> {
        these.iter().filter(|one| !those.iter().any(|other| other == *one)).cloned().collect()
    };
    Err(format!(
        "the diagnostics differ; only incremental: {:#?}\nonly clean: {:#?}",
        only(&compiled.diagnostics, found),
        only(found, &compiled.diagnostics)
    ))
}
