//! The whole story of a publish.
//!
//! Look, compare, let the caller decide; write the intents; send assets, then pages, then what
//! tells of them; remove what is stale; complete the record. Every write of the record is tied to
//! the version that was read, and is repeated while files are sent, so that two publishers notice
//! each other where the target can tell.

use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::plan::Plan;
use crate::record::{Record, State};
use crate::safety::Concern;
use crate::stage::Stage;
use crate::target::{Portion, Target, TargetState, Version};
use ssg_build::write::OutputPath;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// How long after its last sign of life another run counts as dead.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often a run gives a sign of life.
const BEAT: Duration = Duration::from_secs(20);

/// How to publish.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the site is online.
    pub base_url: String,
    /// A name for this run that no other has.
    pub id: String,
    /// The name of the last run here, which is known to have ended.
    pub last: Option<String>,
    /// Most files to remove without asking, in percent of what is there.
    pub max_deletes: u8,
    /// How long after its last sign of life another run counts as dead.
    pub patience: Duration,
}

impl Options {
    /// The usual options.
    pub fn new(base_url: &str, id: &str, last: Option<String>) -> Self {
        let (base_url, id) = (base_url.to_owned(), id.to_owned());
        Self { base_url, id, last, max_deletes: 10, patience: PATIENCE }
    }
}

/// Who watches over a publish: shows how far it is, and says whether it may go on.
pub trait Watch: Sync {
    /// Whether to go on with this plan in spite of these concerns. Asked before anything is changed.
    fn decide(&self, plan: &Plan, concerns: &[Concern]) -> bool;
    /// So much will be sent. From now on the target may change.
    fn begins(&self, _files: usize, _bytes: u64) {}
    /// A file is there.
    fn sent(&self, _file: &Built) {}
    /// Another run is at it: waiting for it.
    fn waits(&self) {}
    /// Files of ours that somebody else changed at the target and that are sent again.
    fn restores(&self, _paths: &[OutputPath]) {}
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Published {
    /// What was to be done.
    pub plan: Plan,
    /// Whether it was done, or there was nothing to do.
    pub done: bool,
}

/// What went wrong, and whether the target was changed before.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// Why.
    pub failure: Failure,
    /// Something was changed.
    pub changed: bool,
}

/// Brings a target up to date.
///
/// # Errors
/// See [`Stopped`]; the next run completes what this one left.
pub fn publish(
    target: &mut dyn Target,
    outputs: &Outputs,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Published, Stopped> {
    let mut tries = 0;
    loop {
        let changed = Cell::new(false);
        match attempt(target, outputs, options, watch, &changed) {
            // Nothing has come of it, and who was faster is done: one more try.
            Err(failure) if failure.reason == Reason::Conflict && !changed.get() && tries == 0 => tries += 1,
            Err(failure) => {
                let changed = changed.get() || failure.changed;
                return Err(Stopped { failure, changed });
            }
            Ok(published) => return Ok(published),
        }
    }
}

fn attempt(
    target: &mut dyn Target,
    outputs: &Outputs,
    options: &Options,
    watch: &dyn Watch,
    changed: &Cell<bool>,
) -> Result<Published, Failure> {
    let state = wait_for_others(target, options, watch)?;
    let known = state.record.as_deref().map(Record::parse);
    let is_damaged = matches!(known, Some(None));
    let before = known.flatten().unwrap_or_default();
    let plan = compare(target, outputs, &before, watch)?;
    if plan.is_empty() && before.site == options.base_url && state.record.is_some() {
        return Ok(Published { plan, done: true });
    }
    let mut concerns = Concern::of(&plan, outputs, &before, &options.base_url, options.max_deletes);
    if is_damaged {
        concerns.push(Concern::Damaged);
    } else if state.record.is_none() {
        concerns.extend(target.foreign()?.map(Concern::Foreign));
    } else {
        let new: Vec<Built> = plan.puts().filter(|file| plan.new.contains(&file.path)).cloned().collect();
        let cleared: BTreeSet<&str> = plan.clear.iter().map(OutputPath::as_str).collect();
        let taken = if new.is_empty() { Vec::new() } else { target.taken(&new, &cleared, outputs)? };
        if !taken.is_empty() {
            concerns.push(Concern::Taken(taken));
        }
    }
    if !watch.decide(&plan, &concerns) {
        return Ok(Published { plan, done: false });
    }
    let mut run = Run { target, outputs, watch, changed, version: state.version, pending: None };
    run.send(&plan, &before, options)?;
    Ok(Published { plan, done: true })
}

/// The difference, after what is unknown or doubtful was looked at.
fn compare(
    target: &mut dyn Target,
    outputs: &Outputs,
    before: &Record,
    watch: &dyn Watch,
) -> Result<Plan, Failure> {
    let all = before.recipe != target.recipe();
    let is_uncertain = |file: &Built| matches!(before.files.get(&file.path), Some(State::Sending(..)));
    let uncertain: Vec<Built> = outputs.iter().filter(is_uncertain).collect();
    let held = if uncertain.is_empty() || all { BTreeSet::new() } else { target.held(&uncertain)? };
    let stays = |file: &Built| before.there(&file.path).is_some_and(|(hash, _)| hash == file.hash);
    let staying: Vec<Built> = outputs.iter().filter(stays).collect();
    let changed = if staying.is_empty() || all { Vec::new() } else { target.changed(&staying, outputs)? };
    if !changed.is_empty() {
        watch.restores(&changed);
    }
    Ok(Plan::new(outputs, before, &held, &changed, all))
}

/// Looks; while another run is at it, until it is done or has given no sign of life for long enough.
fn wait_for_others(
    target: &mut dyn Target,
    options: &Options,
    watch: &dyn Watch,
) -> Result<TargetState, Failure> {
    let mut state = target.state()?;
    let mut since = Instant::now();
    let mut told = false;
    loop {
        let run = state.record.as_deref().and_then(Record::parse).and_then(|record| record.run);
        let is_other = run.is_some_and(|(id, _)| Some(&id) != options.last.as_ref() && id != options.id);
        if state.exclusive || !is_other || since.elapsed() >= options.patience {
            return Ok(state);
        }
        if !told {
            watch.waits();
            told = true;
        }
        std::thread::sleep((options.patience / 20).clamp(Duration::from_millis(10), Duration::from_secs(5)));
        let next = target.state()?;
        if next.version != state.version {
            since = Instant::now();
        }
        state = next;
    }
}

/// A publish that is under way.
struct Run<'a> {
    target: &'a mut dyn Target,
    outputs: &'a Outputs,
    watch: &'a dyn Watch,
    changed: &'a Cell<bool>,
    version: Version,
    /// The pending record and when it was last written; none where all comes in one step.
    pending: Option<(Record, Instant)>,
}

impl Run<'_> {
    fn send(&mut self, plan: &Plan, before: &Record, options: &Options) -> Result<(), Failure> {
        let files = self.outputs.iter().map(|file| (file.path, State::There(file.hash, file.size)));
        let after = Record {
            run: None,
            site: options.base_url.clone(),
            recipe: self.target.recipe(),
            files: files.collect(),
        };
        self.watch.begins(plan.puts().count(), plan.bytes());
        let in_one_step = self.target.begin()?;
        if !in_one_step {
            let pending = plan.pending(self.outputs, before, &after);
            let pending = Record { run: Some((options.id.clone(), 0)), ..pending };
            self.version = self.target.record(&pending.to_text(), &self.version)?;
            self.changed.set(true);
            self.pending = Some((pending, Instant::now()));
        }
        self.remove(&plan.clear)?;
        for files in &plan.put {
            for portion in portions(files, self.target.portion()) {
                self.give_sign_of_life()?;
                self.target.put(portion, self.outputs, &|file| self.watch.sent(file))?;
            }
        }
        self.remove(&plan.remove)?;
        self.target.record(&after.to_text(), &self.version)?;
        Ok(())
    }

    /// Removes files, one stage after the other: a target may remove what it is given in any order, and a
    /// page that is still there needs its assets.
    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        let stage = |path: &OutputPath| Stage::of(path.as_str());
        for paths in paths.chunk_by(|a, b| stage(a) == stage(b)) {
            for portion in paths.chunks(self.target.portion().files.max(1)) {
                self.give_sign_of_life()?;
                self.target.remove(portion)?;
            }
        }
        Ok(())
    }

    /// Writes the pending record anew now and then: others see that this run lives, and it learns
    /// whether another has taken over.
    fn give_sign_of_life(&mut self) -> Result<(), Failure> {
        let Some((pending, written)) = &mut self.pending else { return Ok(()) };
        if written.elapsed() < BEAT {
            return Ok(());
        }
        if let Some((_, beat)) = &mut pending.run {
            *beat = beat.saturating_add(1);
        }
        self.version = self.target.record(&pending.to_text(), &self.version)?;
        *written = Instant::now();
        Ok(())
    }
}

/// Cuts files into portions.
fn portions(files: &[Built], most: Portion) -> Vec<&[Built]> {
    let mut portions = Vec::new();
    let mut rest = files;
    while !rest.is_empty() {
        let mut bytes = 0_u64;
        let fits = |file: &&Built| {
            bytes = bytes.saturating_add(file.size);
            bytes <= most.bytes
        };
        let count = rest.iter().take(most.files.max(1)).take_while(fits).count().max(1);
        let (portion, more) = rest.split_at(count);
        portions.push(portion);
        rest = more;
    }
    portions
}
