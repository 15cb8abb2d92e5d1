//! Something that builds incrementally, through all that may happen to caches and outputs in between.

use super::disk::Disk;
use super::run::{Failure, Seen};
use super::state::{Before, State};
use super::tree::{Nowhere, Staging, Tree};
use rayon::ThreadPool;
use ssg_build::{
    Cache, Compiled, FolderStore, Memo, Overrides, Restoring, Settings, SharedCache, SharedOutputs, compile,
};
use ssg_engine::ReadKind;
use ssg_render::SharedInputs;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Something that builds incrementally.
pub struct Subject {
    /// Two, of which the first is in use.
    caches: [Remembered; 2],
    /// The output, as the last build without errors left it.
    tree: Tree,
    /// That is all that the last build gave.
    complete: bool,
    /// Outputs that were kept, in the order of the caches that were kept with them.
    older: Vec<Tree>,
    leaves_out: Option<ReadKind>,
    folder: tempfile::TempDir,
}

struct Remembered {
    memo: Memo,
    /// What was touched since its last build; `None` where that cannot be told.
    touched: Option<BTreeSet<SitePath>>,
}

/// One state of a site, ready to be built.
pub struct Build<'a> {
    pub state: &'a State,
    pub inputs: SharedInputs,
    pub settings: Settings,
    pub disk: &'a Disk,
    pub pool: &'a ThreadPool,
}

/// What a clean build gave.
pub struct Clean {
    pub tree: Tree,
    pub compiled: Compiled,
}

impl<'a> Build<'a> {
    pub fn new(state: &'a State, disk: &'a Disk, pool: &'a ThreadPool) -> Self {
        let settings = settings(disk, state.overrides.clone());
        Self { state, inputs: Arc::new(disk.clone()), settings, disk, pool }
    }

    /// Compiles into an output that has some files already.
    pub fn run(&self, memo: &mut Memo, into: &Into<'_>) -> (Tree, Compiled) {
        let sink = Staging::new(into.before, self.disk, into.stays, into.room.unwrap_or(usize::MAX));
        let restoring = Restoring::new(&sink, into.restored);
        memo.set_clock(self.disk.clock);
        let compiled = self.pool.install(|| compile(&self.inputs, &self.settings, memo, &restoring));
        (sink.done(compiled.cut), compiled)
    }

    /// The same site with other flags, and seen at another time.
    fn otherwise(&self, disk: &'a Disk) -> Self {
        let flags = &self.state.overrides;
        let overrides = Overrides { drafts: !flags.drafts, future: !flags.future, ..flags.clone() };
        let settings = settings(disk, overrides);
        Self { inputs: Arc::new(disk.clone()), settings, disk, ..*self }
    }
}

fn settings(disk: &Disk, overrides: Overrides) -> Settings {
    let file = SitePath::new("ssg.toml").expect("valid");
    Settings::read(disk, &file, overrides, &mut Diagnostics::new())
}

/// The output that a build goes into.
#[derive(Clone, Copy)]
pub struct Into<'a> {
    pub before: &'a Tree,
    /// It is all that the last build gave, so what is not named stays.
    pub stays: bool,
    /// How many outputs are taken before it is full.
    pub room: Option<usize>,
    /// Outputs of another machine.
    pub restored: Option<&'a SharedOutputs>,
}

impl<'a> Into<'a> {
    /// An output that is looked at file by file.
    pub fn output(before: &'a Tree) -> Self {
        Self { before, stays: false, room: None, restored: None }
    }
}

impl Subject {
    /// One that does not note what is read of a kind of facets or queries, where one is named.
    pub fn new(model: &Memo, leaves_out: Option<ReadKind>) -> Self {
        let memo = || {
            let mut memo = model.emptied(false);
            if let Some(kind) = leaves_out {
                memo.leave_out(kind);
            }
            Remembered { memo, touched: None }
        };
        Self {
            caches: [memo(), memo()],
            tree: Tree::default(),
            complete: false,
            older: Vec::new(),
            leaves_out,
            folder: tempfile::tempdir().expect("temporary folder"),
        }
    }

    /// Builds incrementally, and once more without an edit, and compares with what a clean build gave.
    pub fn step(&mut self, build: &Build<'_>, clean: &Clean, seen: &mut Seen) -> Result<(), Failure> {
        let state = build.state;
        for touched in self.caches.iter_mut().filter_map(|cache| cache.touched.as_mut()) {
            touched.extend(build.disk.touched.iter().cloned());
        }
        let restored = if self.leaves_out.is_none() { self.prepare(build) } else { None };
        self.hint(build);
        let found = &clean.compiled.diagnostics;
        if state.how.room.is_some() {
            let (next, cut) = self.run(build, state.how.room, restored.as_ref());
            self.complete = false;
            if cut.cut && !cut.diagnostics.has_errors() {
                self.tree = next;
            }
        }
        let stayed = state.how.stays && self.complete;
        let (next, first) = self.run(build, None, restored.as_ref());
        seen.rendered += first.rendered.len();
        seen.reused += first.reused;
        // A build with errors gives nothing: where files stay, an output with an error seems to be there.
        let next = if stayed && found.has_errors() { clean.tree.clone() } else { next };
        same(&next, &first, clean)?;
        self.caches[0].touched = (!state.overrides.skip_broken).then(BTreeSet::new);
        if self.leaves_out.is_none() {
            self.once_more(build, &next, clean)?;
        }
        // A build with errors leaves the output as it was.
        self.complete = !found.has_errors() && !state.overrides.skip_broken;
        if !found.has_errors() {
            self.tree = next;
        }
        if state.how.keeps && self.leaves_out.is_none() && self.older.len() < 4 {
            self.cache(&self.older.len().to_string()).save_all(&mut self.caches[0].memo);
            self.older.push(self.tree.clone());
        }
        Ok(())
    }

    /// Tells the cache in use what alone was touched since it was last in use, if it is to know.
    fn hint(&mut self, build: &Build<'_>) {
        let cache = &mut self.caches[0];
        match &cache.touched {
            Some(touched) if build.state.how.hinted => cache.memo.look_at_only(touched.clone()),
            _ => cache.memo.look_at_all(),
        }
    }

    /// Builds into the output with the cache in use.
    fn run(
        &mut self,
        build: &Build<'_>,
        room: Option<usize>,
        restored: Option<&SharedOutputs>,
    ) -> (Tree, Compiled) {
        let into = Into { before: &self.tree, stays: build.state.how.stays && self.complete, room, restored };
        build.run(&mut self.caches[0].memo, &into)
    }

    /// Does to cache and output what happens before a build.
    fn prepare(&mut self, build: &Build<'_>) -> Option<SharedOutputs> {
        match build.state.how.before {
            Before::Nothing => return None,
            Before::NewProcess => {
                let cache = self.cache("build");
                cache.save_all(&mut self.caches[0].memo);
                self.load(&cache);
                // Outputs are where they were, and what was touched is looked for.
            }
            Before::NewServer => {
                let cache = self.cache("serve");
                self.caches[0].memo.touch();
                cache.0.save_sources(&mut self.caches[0].memo).expect("the cache is written");
                self.load(&cache);
            }
            Before::OtherCache => self.caches.swap(0, 1),
            Before::OlderCache(number) | Before::Older(number) if !self.older.is_empty() => {
                let number = number % self.older.len();
                self.load(&self.cache(&number.to_string()));
                if matches!(build.state.how.before, Before::Older(_)) {
                    self.tree = self.older[number].clone();
                }
            }
            Before::OlderOutput(number) if !self.older.is_empty() => {
                self.tree = self.older[number % self.older.len()].clone();
            }
            Before::OlderCache(_) | Before::Older(_) | Before::OlderOutput(_) => {}
            Before::NoOutput => self.tree = Tree::default(),
            Before::Shared => {
                self.complete = false;
                return Some(self.share());
            }
            Before::Check => {
                self.hint(build);
                let memo = &mut self.caches[0].memo;
                memo.set_clock(build.disk.clock);
                let _ = build.pool.install(|| compile(&build.inputs, &build.settings, memo, &Nowhere));
                self.caches[0].touched = None;
            }
            Before::OtherFlags | Before::Elsewhere => {
                let mut disk = build.disk.clone();
                let later = jiff::SignedDuration::from_hours(24 * 30);
                disk.set_instant(build.state.instant + later);
                let other = build.otherwise(&disk);
                self.hint(build);
                let (tree, compiled) = other.run(&mut self.caches[0].memo, &Into::output(&self.tree));
                let stays_away = build.state.how.before == Before::Elsewhere;
                if !compiled.diagnostics.has_errors() && !stays_away {
                    self.tree = tree;
                }
                self.caches[0].touched = None;
            }
        }
        self.complete = false;
        None
    }

    fn cache(&self, name: &str) -> Saved {
        Saved(Cache::new(self.folder.path(), name, "0"))
    }

    fn load(&mut self, cache: &Saved) {
        let memo = cache.0.load().0;
        self.take_over(memo);
    }

    fn take_over(&mut self, memo: Memo) {
        let mut read = self.caches[0].memo.emptied(true);
        read.replace_by(memo);
        self.caches[0] = Remembered { memo: read, touched: None };
    }

    /// Has the cache go through the one that machines share; gives the outputs that came with it.
    fn share(&mut self) -> SharedOutputs {
        let dir = tempfile::tempdir_in(self.folder.path()).expect("temporary folder");
        self.tree.write(dir.path());
        let cache = self.cache("shared");
        let store: &Path = &self.folder.path().join("store");
        let shared = SharedCache::new(Box::new(FolderStore::new(store)), &cache.0, "site");
        shared.put(&cache.0, &mut self.caches[0].memo, dir.path(), true).expect("it is put");
        let fetched = shared.fetch(&cache.0).expect("it is whole").expect("it was put");
        let outputs = shared.fetch_outputs(&fetched.outputs).expect("they are whole");
        self.take_over(fetched.memo);
        self.tree = Tree::default();
        outputs
    }

    fn once_more(&mut self, build: &Build<'_>, before: &Tree, clean: &Clean) -> Result<(), Failure> {
        let found = &clean.compiled.diagnostics;
        // The hint is that nothing was touched, and it holds.
        self.caches[0].memo.look_at_all();
        let is_whole = !found.has_errors() && !build.state.overrides.skip_broken;
        let into = Into { stays: build.state.how.stays && is_whole, ..Into::output(before) };
        let (again, second) = build.run(&mut self.caches[0].memo, &into);
        same(&again, &second, clean).map_err(|failure| failure.after("without an edit"))?;
        if build.state.overrides.skip_broken {
            return Ok(());
        }
        // What had an error is not remembered, so it is new each time; and where two pages have one
        // path, what leads there has no one answer. All else must be reused.
        let collides = found.iter().any(|one| one.code == codes::OUTPUT_COLLISION);
        let fails = found.has_errors();
        let is_needless = |cause: &ssg_build::Cause| !collides && (!fails || *cause != ssg_build::Cause::New);
        match second.rendered.iter().find(|(_, cause)| is_needless(cause)) {
            Some((file, cause)) => {
                Err(Failure::new("needless", format!("{file} is rendered without an edit: {cause:?}")))
            }
            None => Ok(()),
        }
    }
}

/// A cache on disk.
struct Saved(Cache);

impl Saved {
    fn save_all(&self, memo: &mut Memo) {
        memo.touch();
        self.0.save(memo).expect("the cache is written");
    }
}

/// Compares an incremental build with a clean one.
pub fn same(tree: &Tree, compiled: &Compiled, clean: &Clean) -> Result<(), Failure> {
    if let Some(difference) = tree.difference(&clean.tree) {
        return Err(Failure::new("output", difference));
    }
    let facts = |one: &Compiled| {
        format!("{:?}, {:?}, {:?}, {:?}", one.counts, one.next_change, one.skipped, one.dropped)
    };
    let (got, wanted) = (facts(compiled), facts(&clean.compiled));
    if got != wanted {
        return Err(Failure::new("facts", format!("incremental: {got}\nclean:       {wanted}")));
    }
    let (got, wanted) = (&compiled.diagnostics, &clean.compiled.diagnostics);
    if got == wanted {
        return Ok(());
    }
    let only = |these: &Diagnostics, those: &Diagnostics| -> Vec<Diagnostic> {
        these.iter().filter(|one| !those.iter().any(|other| other == *one)).cloned().collect()
    };
    Err(Failure::new(
        "diagnostics",
        format!(
            "the diagnostics differ; only incremental: {:#?}\nonly clean: {:#?}",
            only(got, wanted),
            only(wanted, got)
        ),
    ))
}
