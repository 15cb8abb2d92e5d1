//! Renders what is no longer the same, keeps the rest, and hands all of it to the sink.

use crate::compile::Sink;
use crate::load::Listing;
use crate::memo::{Cause, Changes, Fresh, Memo, Records, Seen, look_up};
use crate::write::{Body, OutputFile, OutputPath};
use rayon::prelude::*;
use ssg_render::{Differences, Output, OutputKind, Question, Rendered, World, render};
use ssg_source::{Diagnostics, SitePath};
use std::collections::{HashMap, HashSet};
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
}

impl<'a> Work<'a> {
    /// Outputs of which nothing is known beforehand.
    pub(crate) fn new(world: &'a Arc<World>, outputs: &'a [Output], listing: &'a Listing) -> Self {
        Self { world, outputs, listing, differences: None, same: None }
    }
}

/// What was handed to the sink, besides what was kept.
#[derive(Default)]
pub(crate) struct Done {
    /// Outputs that were rendered, sorted, with the reason.
    pub rendered: Vec<(String, Cause)>,
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
/// parallel and each at once handed over, so that none is held longer than it takes to write it.
pub(crate) fn render_outputs(work: &Work, memo: &mut Memo, sink: &dyn Sink, found: &mut Diagnostics) -> Done {
    let Work { world, outputs, same, .. } = *work;
    if found.has_errors() {
        sink.fails();
    }
    if world.is_without_templates() {
        // Nothing is known of the new answers, so nothing of what is remembered may change.
        return copy_outputs(work, memo, sink, found);
    }
    let changes = memo.records.ask_again(world, work.differences);
    memo.changed |= changes.any();
    let numbers = same.filter(|_| sink.stays());
    let reached = numbers.and_then(|numbers| memo.records.reached(&changes, numbers.len()));
    let (Some(numbers), Some(reached)) = (numbers, reached) else {
        return render_all(work, &changes, memo, sink, found);
    };
    let judge = |file: Arc<str>| {
        let output = outputs.get(*numbers.get(&*file)?)?;
        Some((output, memo.records.judge(output, None, &changes).err()?))
    };
    let mut stale: Vec<(&Output, Cause)> = reached.into_iter().filter_map(judge).collect();
    stale.sort_by_key(|(output, _)| numbers.get(&output.file).copied());
    for (output, _) in &stale {
        memo.records.forget(&output.file);
    }
    found.extend(memo.records.found());
    render_stale(world, stale, Done::default(), memo, sink, found)
}

/// As [`render_outputs`], where every output must be looked at.
fn render_all(
    work: &Work,
    changes: &Changes,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    let Work { world, outputs, same, .. } = *work;
    // Some outputs may have no record: they are new, or had errors.
    let stays = same.is_some() && sink.stays();
    let rendered: Vec<&Output> = outputs.iter().filter(|output| output.kind.is_rendered()).collect();
    let fates: Vec<Fate> = rendered
        .par_iter()
        .map(|output| {
            let recipe = same.is_none().then(|| world.recipe(output));
            match memo.records.judge(output, recipe, changes) {
                Ok(record) if stays || sink.keep(&record.files) => Fate::Kept(record.found.clone()),
                Ok(_) => Fate::Stale(Cause::Restored),
                Err(cause) => Fate::Stale(cause),
            }
        })
        .collect();
    let mut stale: Vec<(&Output, Cause)> = Vec::new();
    for (output, fate) in rendered.into_iter().zip(fates) {
        match fate {
            Fate::Kept(problems) => found.extend(problems),
            Fate::Stale(cause) => {
                // Until it is rendered, nothing is known of it.
                memo.records.forget(&output.file);
                stale.push((output, cause));
            }
        }
    }
    let done = if stays { Done::default() } else { copy_outputs(work, memo, sink, found) };
    let done = render_stale(world, stale, done, memo, sink, found);
    let planned: HashSet<&str> = outputs.iter().map(|output| output.file.as_str()).collect();
    memo.changed |= memo.records.retain(|file| planned.contains(file));
    done
}

/// Renders outputs and remembers them.
fn render_stale(
    world: &Arc<World>,
    stale: Vec<(&Output, Cause)>,
    mut done: Done,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    memo.changed |= !stale.is_empty();
    let records = RwLock::new(std::mem::take(&mut memo.records));
    let (problems, begun) = render_in_order(world, &stale, &records, sink);
    memo.records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.extend(problems.into_iter().flatten());
    done.cut = begun.contains(&false);
    done.rendered = stale
        .into_iter()
        .zip(begun)
        .filter(|(_, begun)| *begun)
        .map(|((output, cause), _)| (output.file.clone(), cause))
        .collect();
    done.rendered.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

/// Renders outputs, those first that the sink waits for. Tells of each whether it was rendered.
fn render_in_order(
    world: &Arc<World>,
    stale: &[(&Output, Cause)],
    records: &RwLock<Records>,
    sink: &dyn Sink,
) -> (Vec<Diagnostics>, Vec<bool>) {
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
            Some((number, render_one(world, output, cause, records, sink)))
        })
        .collect();
    // What is found must not depend on which thread was faster.
    problems.sort_by_key(|(number, _)| *number);
    let problems = problems.into_iter().map(|(_, problems)| problems).collect();
    (problems, begun.into_iter().map(AtomicBool::into_inner).collect())
}

/// Renders one output, hands it over and remembers what it asked. One with an error is not
/// remembered, so the next build meets the error again.
fn render_one(
    world: &Arc<World>,
    output: &Output,
    cause: &Cause,
    records: &RwLock<Records>,
    sink: &dyn Sink,
) -> Diagnostics {
    let render = render(world, output);
    let Some(rendered) = render.rendered else { return render.found };
    if !render.found.has_errors() {
        let files = hand_over(output, rendered, sink);
        let prepared = records.read().unwrap_or_else(PoisonError::into_inner).prepare(render.asked);
        if let Some(asked) = look_up(world, prepared) {
            let (found, recipe) = (render.found.clone(), world.recipe(output));
            let fresh = Fresh { asked, files, found, cause: cause.clone(), recipe };
            records.write().unwrap_or_else(PoisonError::into_inner).remember(&output.file, fresh);
        }
    }
    render.found
}

/// Hands over what is copied as it is.
fn copy_outputs(work: &Work, memo: &mut Memo, sink: &dyn Sink, found: &mut Diagnostics) -> Done {
    let Work { world, outputs, listing, .. } = *work;
    let copies: Vec<_> = outputs
        .par_iter()
        .filter(|output| !output.kind.is_rendered())
        .map(|output| {
            let seen = output.source.as_ref().and_then(|source| Some((source, listing.seen(source)?)));
            match (&output.kind, seen) {
                (OutputKind::Copy(from), Some((source, seen))) => {
                    let hash = memo.copies.digest(source, &seen);
                    let file = OutputPath::new(&output.file).ok();
                    let taken = file.clone().and_then(|path| {
                        sink.take(OutputFile { path, body: Body::Copy(from.clone()), hash })
                    });
                    let copy =
                        file.zip(taken.or(hash)).map(|(path, hash)| (path, source.clone(), seen, hash));
                    (copy, Vec::new(), Diagnostics::new())
                }
                _ => {
                    let render = render(world, output);
                    let files =
                        render.rendered.map_or_else(Vec::new, |rendered| hand_over(output, rendered, sink));
                    (None, files, render.found)
                }
            }
        })
        .collect();
    let mut done = Done::default();
    for (copy, files, problems) in copies {
        done.copies.extend(copy);
        done.fixed.extend(files);
        found.extend(problems);
    }
    let known = done.copies.iter().map(|(_, source, seen, hash)| (source.clone(), (*seen, *hash))).collect();
    memo.changed |= memo.copies.replace(known);
    done
}

/// Hands an output over; gives its files with their digests.
fn hand_over(output: &Output, rendered: Rendered, sink: &dyn Sink) -> Vec<(OutputPath, [u8; 32])> {
    let send = |name: &str, bytes: Arc<[u8]>| {
        let path = OutputPath::new(name).ok()?;
        let hash = *blake3::hash(&bytes).as_bytes();
        sink.take(OutputFile { path: path.clone(), body: Body::Bytes(bytes), hash: Some(hash) });
        Some((path, hash))
    };
    match rendered {
        Rendered::Bytes(bytes) => send(&output.file, bytes).into_iter().collect(),
        Rendered::Copy(from) => {
            if let Ok(path) = OutputPath::new(&output.file) {
                sink.take(OutputFile { path, body: Body::Copy(from), hash: None });
            }
            Vec::new()
        }
        Rendered::Several(files) => {
            files.into_iter().filter_map(|(name, bytes)| send(&name, bytes)).collect()
        }
    }
}
