//! `ssg build`

use super::{output_dir, with_target};
use crate::args::{Build, Globals};
use crate::progress::Progress;
use crate::session::{Remembered, counted, fail, open, report, say};
use ssg_build::compile;
use ssg_build::write::SiteWriter;
use std::time::Instant;

pub fn run(globals: &Globals, verb: &Build) -> u8 {
    let started = Instant::now();
    let session = match open(globals, &verb.compile, false) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let dir = output_dir(&session, verb.output_dir.as_deref());
    let writer = with_target(&session, &dir, |target| {
        SiteWriter::begin_or_wait(target, || {
            say(globals, "another build writes to this folder: waiting for it");
        })
    });
    let writer = match writer {
        Ok(writer) => writer,
        Err(problem) => return fail(globals, problem),
    };
    let progress = Progress::new(globals, Some(writer));
    let mut remembered = Remembered::open(globals, &session, verb.no_cache);
    let mut compiled = compile(&session.shared(), &session.settings, &mut remembered.memo, &progress);
    let Some(writer) = progress.done() else { return 4 };
    compiled.diagnostics.extend(session.found.clone());
    compiled.diagnostics.sort();
    let (errors, warnings) = compiled.diagnostics.counts();
    let status = report(globals, Some(&session.inputs), &compiled.diagnostics);
    if errors > 0 {
        writer.abandon();
        remembered.save(globals);
        let line =
            format!("{}, {}: nothing was written", counted(errors, "error"), counted(warnings, "warning"));
        say(globals, &line);
        return status;
    }
    let written = match writer.finish() {
        Ok(written) => written,
        Err(problem) => return fail(globals, problem),
    };
    remembered.save(globals);
    for path in &compiled.skipped {
        say(globals, &format!("left out: {path}"));
    }
    let counts = compiled.counts;
    let reused = match compiled.reused {
        0 => String::new(),
        reused => format!("{} rendered, {reused} reused; ", compiled.rendered.len()),
    };
    let mut line = format!(
        "built {}, {} and {} in {:.2} s: {reused}{} written, {} unchanged, {} removed",
        counted(counts.pages, "page"),
        counted(counts.lists, "list"),
        counted(counts.files, "file"),
        started.elapsed().as_secs_f64(),
        written.written,
        written.unchanged,
        written.removed,
    );
    if warnings > 0 {
        line.push_str(&format!(" ({})", counted(warnings, "warning")));
    }
    say(globals, &line);
    if let Some((at, reason)) = &compiled.next_change {
        say(globals, &format!("build again at {at}: {reason}"));
    }
    status
}
