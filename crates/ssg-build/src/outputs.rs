//! Renders what is no longer the same, keeps the rest, and hands all of it to the sink.

use crate::compile::Sink;
use crate::copies::copy_outputs;
use crate::load::Listing;
use crate::memo::{Cause, Changes, Fresh, Memo, Records, Seen, look_up};
use crate::precompress::{Effort, compress, is_text};
use crate::write::{Body, OutputFile, OutputPath};
use rayon::prelude::*;
use ssg_parse::Encoding;
use ssg_render::{Differences, Output, Question, Rendered, World, render};
use ssg_source::{Diagnostics, Digest, Digester, SitePath};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The outputs of a compilation, and what is known of them beforehand.
pub(crate) struct Work<'a> {
    pub world: &'a Arc<World>,
    pub outputs: &'a [Output],
    pub listing: &'a Listing,
    /// What may differ from the last compilation in this process; `None` where anything may.
    pub differences: Option<&'a Differences>,
    /// Where the outputs are those of the last compilation and no file that is copied is another: the
    /// numbers of those that are rendered, by file.
    pub same: Option<&'a HashMap<String, usize>>,
    /// Files of the plan that end as compressed forms do: these are not made.
    pub taken: BTreeSet<&'a str>,
}

impl<'a> Work<'a> {
    /// Outputs of which nothing is known beforehand.
    pub(crate) fn new(world: &'a Arc<World>, outputs: &'a [Output], listing: &'a Listing) -> Self {
        let is_form = |file: &&str| file.ends_with(".gz") || file.ends_with(".br");
        let taken = if world.config.hosting.precompress.is_empty() {
            BTreeSet::new()
        } else {
            outputs.iter().map(|output| output.file.as_str()).filter(is_form).collect()
        };
        Self { world, outputs, listing, differences: None, same: None, taken }
    }

    /// What an output is made of, as far as the plan and the configuration say it.
    fn recipe(&self, output: &Output) -> Digest {
        let recipe = self.world.recipe(output);
        let encodings = &self.world.config.hosting.precompress;
        if encodings.is_empty() {
            return recipe;
        }
        let mut digester = Digester::new();
        digester.digest(recipe);
        for encoding in encodings {
            let name = format!("{}{}", output.file, encoding.value.suffix());
            digester.text(encoding.value.suffix()).flag(self.taken.contains(name.as_str()));
        }
        if output.file == "sitemap.xml" {
            // It may come in several files.
            digester.value(&self.taken);
        }
        digester.done()
    }

    /// Whether the sink holds all that is not handed over. A file that has become too small for a compressed
    /// form would leave an old one there.
    fn stays(&self, sink: &dyn Sink) -> bool {
        self.world.config.hosting.precompress.is_empty() && sink.stays()
    }

    /// The compressed forms that a file of the output should have.
    pub(crate) fn forms(&self, file: &str) -> Vec<(Encoding, OutputPath)> {
        if !is_text(file) {
            return Vec::new();
        }
        let encodings = self.world.config.hosting.precompress.iter().map(|encoding| encoding.value);
        let form = |encoding: Encoding| {
            let name = format!("{file}{}", encoding.suffix());
            let is_taken = self.taken.contains(name.as_str());
            Some((encoding, OutputPath::new(&name).ok().filter(|_| !is_taken)?))
        };
        encodings.filter_map(form).collect()
    }
}

/// What was handed to the sink, besides what was kept.
#[derive(Default)]
pub(crate) struct Done {
    /// Outputs that were rendered, sorted, with the reason.
    pub rendered: Vec<(String, Cause)>,
    /// Outputs with an error of their own, by file, with what is wrong.
    pub failed: Vec<(String, Diagnostics)>,
    /// Files whose bytes come from the theme.
    pub fixed: Vec<(OutputPath, [u8; 32])>,
    /// Not all outputs were rendered, since the sink wants no more of them.
    pub cut: bool,
    /// Copies of files.
    pub copies: Vec<(OutputPath, SitePath, Seen, [u8; 32])>,
}

/// What becomes of an output.
enum Fate {
    /// It is the same as before, which is what was wrong with it.
    Kept(Diagnostics),
    /// It is rendered.
    Stale(Cause),
}

/// Hands every output to the sink: what is the same as before is kept, the rest is rendered, in
/// parallel and each at once handed over, so that none is held longer than it takes to write it. Late
/// outputs have their turn when all others are done.
pub(crate) fn render_outputs(work: &Work, memo: &mut Memo, sink: &dyn Sink, found: &mut Diagnostics) -> Done {
    let Work { world, outputs, same, .. } = *work;
    if found.has_errors() {
        sink.fails();
    }
    if world.is_without_templates() {
        // Nothing is known of the new answers, so nothing of what is remembered may change.
        return copy_outputs(work, memo, sink, found);
    }
    memo.records.needs.begin();
    let mut changes = memo.records.ask_again(world, work.differences);
    memo.changed |= changes.any();
    let numbers = same.filter(|_| work.stays(sink));
    let reached = numbers.and_then(|numbers| memo.records.reached(&changes, numbers.len()));
    let (Some(numbers), Some(reached)) = (numbers, reached) else {
        return render_all(work, &mut changes, memo, sink, found);
    };
    let is_late = |file: &str| {
        numbers.get(file).and_then(|number| outputs.get(*number)).is_some_and(|output| output.kind.is_late())
    };
    let judge = |file: Arc<str>| {
        let output = outputs.get(*numbers.get(&*file)?).filter(|output| !output.kind.is_late())?;
        Some((output, memo.records.judge(output, None, &changes).err()?))
    };
    let mut stale: Vec<(&Output, Cause)> = reached.into_iter().filter_map(judge).collect();
    stale.sort_by_key(|(output, _)| numbers.get(&output.file).copied());
    for (output, _) in &stale {
        memo.records.forget(&output.file);
    }
    found.extend(memo.records.found(|file| !is_late(file)));
    let done = render_stale(work, stale, Done::default(), memo, sink, found);
    render_late(work, &mut changes, true, done, memo, sink, found)
}

/// As [`render_outputs`], where every output must be looked at.
fn render_all(
    work: &Work,
    changes: &mut Changes,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    let Work { outputs, same, .. } = *work;
    // Some outputs may have no record: they are new, or had errors.
    let stays = same.is_some() && work.stays(sink);
    let early = outputs.iter().filter(|output| output.kind.is_rendered() && !output.kind.is_late());
    let stale = judge_all(work, early.collect(), changes, stays, memo, sink, found);
    let done = if stays { Done::default() } else { copy_outputs(work, memo, sink, found) };
    let done = render_stale(work, stale, done, memo, sink, found);
    // Late outputs must not hear of those that are gone.
    let planned: HashSet<&str> = outputs.iter().map(|output| output.file.as_str()).collect();
    memo.changed |= memo.records.retain(|file| planned.contains(file));
    let done = render_late(work, changes, stays, done, memo, sink, found);
    memo.changed |= memo.records.forget_unasked();
    done
}

/// Tells of outputs which must be rendered, and forgets those; what was wrong with the others is found
/// again.
fn judge_all<'a>(
    work: &Work,
    outputs: Vec<&'a Output>,
    changes: &Changes,
    stays: bool,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Vec<(&'a Output, Cause)> {
    let fates: Vec<Fate> = outputs
        .par_iter()
        .map(|output| {
            let recipe = work.same.is_none().then(|| work.recipe(output));
            match memo.records.judge(output, recipe, changes) {
                Ok(record) if stays || sink.keep(&record.files) => Fate::Kept(record.found.clone()),
                Ok(_) => Fate::Stale(Cause::Restored),
                Err(cause) => Fate::Stale(cause),
            }
        })
        .collect();
    let mut stale: Vec<(&Output, Cause)> = Vec::new();
    for (output, fate) in outputs.into_iter().zip(fates) {
        match fate {
            Fate::Kept(problems) => found.extend(problems),
            Fate::Stale(cause) => {
                // Until it is rendered, nothing is known of it.
                memo.records.forget(&output.file);
                stale.push((output, cause));
            }
        }
    }
    stale
}

/// Renders the outputs that ask what came of all others, unless some of these are left undone.
fn render_late(
    work: &Work,
    changes: &mut Changes,
    stays: bool,
    done: Done,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    let late: Vec<&Output> = work.outputs.iter().filter(|output| output.kind.is_late()).collect();
    if late.is_empty() || done.cut {
        // Their questions have new answers already, of which they have not heard.
        for output in late {
            memo.records.forget(&output.file);
        }
        return done;
    }
    memo.records.ask_late(work.world, changes);
    memo.changed |= changes.any();
    let stale = judge_all(work, late, changes, stays, memo, sink, found);
    render_stale(work, stale, done, memo, sink, found)
}

/// Renders outputs and remembers them.
fn render_stale(
    work: &Work,
    stale: Vec<(&Output, Cause)>,
    mut done: Done,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    memo.changed |= !stale.is_empty();
    let records = RwLock::new(std::mem::take(&mut memo.records));
    let (problems, begun) = render_in_order(work, &stale, &records, sink);
    memo.records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (number, problems) in problems {
        if let Some((output, _)) = stale.get(number).filter(|_| problems.has_errors()) {
            done.failed.push((output.file.clone(), problems.clone()));
        }
        found.extend(problems);
    }
    done.cut |= begun.contains(&false);
    let rendered = stale.into_iter().zip(begun).filter(|(_, begun)| *begun);
    done.rendered.extend(rendered.map(|((output, cause), _)| (output.file.clone(), cause)));
    done.rendered.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

/// Renders outputs, those first that the sink waits for. Gives what is wrong with them by their number,
/// and tells of each whether it was rendered.
fn render_in_order(
    work: &Work,
    stale: &[(&Output, Cause)],
    records: &RwLock<Records>,
    sink: &dyn Sink,
) -> (Vec<(usize, Diagnostics)>, Vec<bool>) {
    let numbers: HashMap<&str, usize> =
        stale.iter().enumerate().map(|(number, (output, _))| (output.file.as_str(), number)).collect();
    let begun: Vec<AtomicBool> = stale.iter().map(|_| AtomicBool::new(false)).collect();
    let next = AtomicUsize::new(0);
    let cut = AtomicBool::new(false);
    let begin = |number: &usize| begun.get(*number).is_some_and(|begun| !begun.swap(true, Ordering::Relaxed));
    let wanted = || {
        while let Some(file) = sink.wanted() {
            if let Some(number) = numbers.get(file.as_str()).copied().filter(begin) {
                return Some(number);
            }
        }
        None
    };
    // Pages that were edited come first: somebody wants to see what came of it.
    let is_own = |number: &usize| {
        stale.get(*number).is_some_and(|(_, cause)| matches!(cause, Cause::Answer(Question::Own(_))))
    };
    let (mut order, rest): (Vec<usize>, Vec<usize>) = (0..stale.len()).partition(is_own);
    order.extend(rest);
    let in_turn = || {
        let mut numbers = order.iter().map(|_| next.fetch_add(1, Ordering::Relaxed));
        numbers.find_map(|turn| order.get(turn).copied().filter(begin))
    };
    // One step for each output, whichever it takes.
    let mut problems: Vec<(usize, Diagnostics)> = stale
        .par_iter()
        .filter_map(|_| {
            let wanted = wanted();
            if wanted.is_none() && (cut.load(Ordering::Relaxed) || sink.is_full()) {
                cut.store(true, Ordering::Relaxed);
                return None;
            }
            let number = wanted.or_else(in_turn)?;
            let (output, cause) = stale.get(number)?;
            Some((number, render_one(work, output, cause, records, sink)))
        })
        .collect();
    // What is found must not depend on which thread was faster.
    problems.sort_by_key(|(number, _)| *number);
    (problems, begun.into_iter().map(AtomicBool::into_inner).collect())
}

/// Renders one output, hands it over and remembers what it asked. One with an error is not
/// remembered, so the next build meets the error again.
fn render_one(
    work: &Work,
    output: &Output,
    cause: &Cause,
    records: &RwLock<Records>,
    sink: &dyn Sink,
) -> Diagnostics {
    let world = work.world;
    let render = render(world, output);
    let Some(rendered) = render.rendered else { return render.found };
    if !render.found.has_errors() {
        let files = hand_over(work, output, rendered, sink);
        let prepared = records.read().unwrap_or_else(PoisonError::into_inner).prepare(render.asked);
        if let Some(asked) = look_up(world, prepared) {
            let (found, recipe) = (render.found.clone(), work.recipe(output));
            let fresh = Fresh { asked, files, found, cause: cause.clone(), recipe, needs: render.needs };
            records.write().unwrap_or_else(PoisonError::into_inner).remember(&output.file, fresh);
        } else {
            records.write().unwrap_or_else(PoisonError::into_inner).needs.pass(render.needs);
        }
    }
    render.found
}

/// Hands an output over, and its compressed forms; gives their files with their digests.
fn hand_over(
    work: &Work,
    output: &Output,
    rendered: Rendered,
    sink: &dyn Sink,
) -> Vec<(OutputPath, [u8; 32])> {
    let mut files = Vec::new();
    for (name, bytes) in hand_over_plain(output, rendered, sink, &mut files) {
        for (encoding, path) in work.forms(&name) {
            if let Some(form) = compress(&bytes, encoding, Effort::Often) {
                files.push(send(path, form.into(), sink));
            }
        }
    }
    files
}

/// Hands an output over; gives what it consists of.
pub(crate) fn hand_over_plain(
    output: &Output,
    rendered: Rendered,
    sink: &dyn Sink,
    files: &mut Vec<(OutputPath, [u8; 32])>,
) -> Vec<(String, Arc<[u8]>)> {
    let parts = match rendered {
        Rendered::Bytes(bytes) => vec![(output.file.clone(), bytes)],
        Rendered::Copy(from) => {
            if let Ok(path) = OutputPath::new(&output.file) {
                sink.take(OutputFile { path, body: Body::Copy(from), hash: None });
            }
            Vec::new()
        }
        Rendered::Several(parts) => parts,
    };
    for (name, bytes) in &parts {
        if let Ok(path) = OutputPath::new(name) {
            files.push(send(path, bytes.clone(), sink));
        }
    }
    parts
}

/// Hands a file over; gives its digest with it.
pub(crate) fn send(path: OutputPath, bytes: Arc<[u8]>, sink: &dyn Sink) -> (OutputPath, [u8; 32]) {
    let hash = *blake3::hash(&bytes).as_bytes();
    sink.take(OutputFile { path: path.clone(), body: Body::Bytes(bytes), hash: Some(hash) });
    (path, hash)
}
