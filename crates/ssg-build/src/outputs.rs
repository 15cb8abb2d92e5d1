//! What is no longer the same is rendered, the rest is kept, and all of it goes to the sink.
//!
//! Which outputs are the same the engine tells from what each has read. What is copied goes through `copies`; what
//! is common to both, and how a file is handed over, is in `work`.

use crate::copies::copy_outputs;
use crate::memo::{Cause, Fresh, Memo, Records};
use crate::onlooker::Onlooker;
use crate::precompress::{Effort, compress};
use crate::sink::Sink;
use crate::work::{Done, Work, hand_over_plain, send};
use crate::write::OutputPath;
use rayon::prelude::*;
use ssg_engine::{Read, Verdict};
use ssg_render::{FacetName, Output, Rendered, needs, render, render_headers};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostics, SitePath};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What becomes of an output.
enum Fate {
    /// It is the same as before, which is what was wrong with it.
    Kept(Diagnostics),
    /// It is rendered.
    Stale(Cause),
}

/// Hands every output to the sink: what is the same as before is kept, the rest is rendered, in
/// parallel and each at once handed over, so that none is held longer than it takes to write it. What is
/// made of what came of all others comes last.
pub(crate) fn render_outputs(work: &Work, memo: &mut Memo, sink: &dyn Sink, found: &mut Diagnostics) -> Done {
    if found.has_errors() {
        sink.fails();
    }
    if work.snapshot().theme().is_without_templates() {
        // Nothing can be rendered, so nothing of what is remembered is kept.
        memo.forget_all_outputs(work.engine);
        return copy_outputs(work, memo, sink, found);
    }
    memo.records.needs.begin();
    let rendered = work.outputs.iter().filter(|output| output.kind.is_rendered() && !output.kind.is_last());
    let rendered: Vec<&Output> = rendered.collect();
    let is_known = rendered.len() + usize::from(has_last(work)) == memo.records.count();
    let stays = is_known && work.stays(sink);
    let mut done = if stays { Done::default() } else { copy_outputs(work, memo, sink, found) };
    let stale = if stays {
        let stale = judge_suspects(work, rendered, memo);
        found.extend(memo.records.found());
        stale
    } else {
        judge_all(work, rendered, memo, sink, found)
    };
    render_stale(work, stale, &mut done, memo, sink, found);
    if !stays {
        let planned: HashSet<&str> = work.outputs.iter().map(|output| output.file.as_str()).collect();
        for file in memo.records.retain(|file| planned.contains(file)) {
            work.engine.forget(&file);
            memo.changed = true;
        }
    }
    render_last(work, &mut done, stays, memo, sink, found);
    if memo.is_checked() && !done.handed.cut {
        // Under `serve` files are written whenever somebody saves; the next build looks at them.
        let config = SitePath::new("ssg.toml").unwrap_or_default();
        let is_live = sink.onlooker().is_some() && work.snapshot().inputs().on_disk(&config).is_some();
        let wrong = work.engine.check(&|name: &FacetName| is_live && name.is_of_files());
        assert!(wrong.is_empty(), "these are said to be what they were, and are not: {wrong:?}");
    }
    done
}

/// Whether the plan has an output that is written last.
fn has_last(work: &Work) -> bool {
    work.outputs.iter().any(|output| output.kind.is_last())
}

/// Tells whether an output would be the same as it was.
fn judge(work: &Work, output: &Output) -> Option<Cause> {
    let snapshot = work.snapshot();
    match work.engine.judge(&output.file) {
        Verdict::Same => None,
        Verdict::Unknown => Some(Cause::New),
        Verdict::Changed(Read::Facet(name)) => {
            let is_own = matches!(
                &name,
                FacetName::Content(key) | FacetName::PageBody(key) if output.kind.page() == Some(*key)
            );
            Some(Cause::Changed { what: name.words(snapshot), is_own })
        }
        Verdict::Changed(Read::Query(query)) => {
            Some(Cause::Changed { what: query.words(snapshot), is_own: false })
        }
    }
}

/// Tells of outputs which must be rendered; what was wrong with the others is found again.
fn judge_all<'a>(
    work: &Work,
    outputs: Vec<&'a Output>,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Vec<(&'a Output, Cause)> {
    let (records, is_checked) = (&memo.records, memo.is_checked());
    let fates: Vec<Fate> = outputs
        .par_iter()
        .map(|output| {
            let record = match records.get(&output.file, Some(work.identity(output))) {
                Ok(record) => record,
                Err(cause) => return Fate::Stale(cause),
            };
            if let Some(cause) = judge(work, output) {
                return Fate::Stale(cause);
            }
            if !sink.keep(&record.files) {
                return Fate::Stale(Cause::Restored);
            }
            if is_checked {
                check_kept(work, output, &record.files, &record.found);
            }
            Fate::Kept(record.found.clone())
        })
        .collect();
    let mut stale: Vec<(&Output, Cause)> = Vec::new();
    for (output, fate) in outputs.into_iter().zip(fates) {
        match fate {
            Fate::Kept(problems) => found.extend(problems),
            Fate::Stale(cause) => stale.push((output, cause)),
        }
    }
    forget(work, &stale, memo);
    stale
}

/// As [`judge_all`], where a record is known of every output and the sink holds all of them: only those are
/// looked at for which something has changed.
fn judge_suspects<'a>(work: &Work, outputs: Vec<&'a Output>, memo: &mut Memo) -> Vec<(&'a Output, Cause)> {
    let suspects = work.engine.suspects();
    let is_suspect = |output: &&Output| suspects.contains(&*output.file);
    let judged =
        outputs.into_iter().filter(is_suspect).filter_map(|output| Some((output, judge(work, output)?)));
    let stale: Vec<(&Output, Cause)> = judged.collect();
    forget(work, &stale, memo);
    stale
}

/// Until they are rendered, nothing is known of these outputs.
fn forget(work: &Work, stale: &[(&Output, Cause)], memo: &mut Memo) {
    for (output, _) in stale {
        memo.records.forget(&output.file);
        work.engine.forget(&output.file);
    }
}

/// Renders an output that is kept, and compares.
fn check_kept(work: &Work, output: &Output, files: &[(OutputPath, [u8; 32])], known: &Diagnostics) {
    let made = work.engine.make(|reads| render(reads, output));
    if !made.is_trusted() {
        return;
    }
    let parts = match made.value {
        Some(Rendered::Bytes(bytes)) => vec![(output.file.clone(), bytes)],
        Some(Rendered::Several(parts)) => parts,
        None => Vec::new(),
    };
    for (name, bytes) in parts {
        let hash = *blake3::hash(&bytes).as_bytes();
        let is_same = files.iter().any(|(path, kept)| path.as_str() == name && *kept == hash);
        assert!(is_same, "{name} is kept, and would be another file now");
    }
    assert!(
        made.found.iter().all(|one| known.iter().any(|known| known == one)),
        "{} is kept, and something else is wrong with it: {:?}",
        output.file,
        made.found
    );
}

/// Renders outputs and remembers them.
fn render_stale(
    work: &Work,
    stale: Vec<(&Output, Cause)>,
    done: &mut Done,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) {
    memo.changed |= !stale.is_empty();
    let records = Mutex::new(std::mem::take(&mut memo.records));
    let (problems, begun) = render_in_order(work, &stale, &records, sink);
    memo.records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (number, problems) in problems {
        if let Some((output, _)) = stale.get(number).filter(|_| problems.has_errors()) {
            done.failed.push((output.file.clone(), problems.clone()));
        }
        found.extend(problems);
    }
    done.handed.cut |= begun.contains(&false);
    let rendered = stale.into_iter().zip(begun).filter(|(_, begun)| *begun);
    done.rendered.extend(rendered.map(|((output, cause), _)| (output.file.clone(), cause)));
    done.rendered.sort_by(|a, b| a.0.cmp(&b.0));
}

/// Writes what is made of what came of all others, unless some of these are left undone.
fn render_last(
    work: &Work,
    done: &mut Done,
    stays: bool,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) {
    for output in work.outputs.iter().filter(|output| output.kind.is_last()) {
        if done.handed.cut {
            memo.records.forget(&output.file);
            continue;
        }
        let (text, problems) = render_headers(work.snapshot(), &memo.records.all_needs());
        found.extend(problems);
        let bytes: Arc<[u8]> = text.into_bytes().into();
        let Ok(path) = OutputPath::new(&output.file) else { continue };
        let file = (path, *blake3::hash(&bytes).as_bytes());
        let identity = work.identity(output);
        let is_same =
            memo.records.get(&output.file, Some(identity)).is_ok_and(|record| record.files.contains(&file));
        if is_same && (stays || sink.keep(std::slice::from_ref(&file))) {
            continue;
        }
        let what = "which scripts, styles and foreign hosts pages have".to_owned();
        let cause =
            memo.records.get(&output.file, None).err().unwrap_or(Cause::Changed { what, is_own: false });
        let files = hand_over(work, output, Rendered::Bytes(bytes), sink);
        done.rendered.push((output.file.clone(), cause.clone()));
        let fresh =
            Fresh { files, found: Diagnostics::new(), cause, identity, needs: ssg_render::Needs::default() };
        memo.records.remember(&output.file, fresh);
        memo.changed = true;
    }
    done.rendered.sort_by(|a, b| a.0.cmp(&b.0));
}

/// Renders outputs, those first that the sink waits for. Gives what is wrong with them by their number,
/// and tells of each whether it was rendered.
fn render_in_order(
    work: &Work,
    stale: &[(&Output, Cause)],
    records: &Mutex<Records>,
    sink: &dyn Sink,
) -> (Vec<(usize, Diagnostics)>, Vec<bool>) {
    let numbers: HashMap<&str, usize> =
        stale.iter().enumerate().map(|(number, (output, _))| (output.file.as_str(), number)).collect();
    let onlooker = sink.onlooker();
    let begun: Vec<AtomicBool> = stale.iter().map(|_| AtomicBool::new(false)).collect();
    let next = AtomicUsize::new(0);
    let cut = AtomicBool::new(false);
    let begin = |number: &usize| begun.get(*number).is_some_and(|begun| !begun.swap(true, Ordering::Relaxed));
    let wanted = || {
        while let Some(file) = onlooker?.wanted() {
            if let Some(number) = numbers.get(file.as_str()).copied().filter(begin) {
                return Some(number);
            }
        }
        None
    };
    // Pages that were edited come first: somebody wants to see what came of it.
    let is_own = |number: &usize| {
        stale.get(*number).is_some_and(|(_, cause)| matches!(cause, Cause::Changed { is_own: true, .. }))
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
            if wanted.is_none() && (cut.load(Ordering::Relaxed) || onlooker.is_some_and(Onlooker::is_full)) {
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

/// Renders one output, hands it over and remembers what it read. One with an error is not
/// remembered, so the next build meets the error again.
fn render_one(
    work: &Work,
    output: &Output,
    cause: &Cause,
    records: &Mutex<Records>,
    sink: &dyn Sink,
) -> Diagnostics {
    let mut made = work.engine.make(|reads| render(reads, output));
    let mut found = std::mem::take(&mut made.found);
    let Some(rendered) = made.value.take() else { return found };
    let (needs, problem) = needs(work.snapshot(), output, &rendered);
    found.extend(problem);
    if !found.has_errors() {
        let files = hand_over(work, output, rendered, sink);
        let is_remembered = work.engine.remember(&output.file, made);
        let mut records = records.lock().unwrap_or_else(PoisonError::into_inner);
        if is_remembered {
            let identity = work.identity(output);
            let fresh = Fresh { files, found: found.clone(), cause: cause.clone(), identity, needs };
            records.remember(&output.file, fresh);
        } else {
            records.needs.pass(needs);
        }
    }
    found
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
