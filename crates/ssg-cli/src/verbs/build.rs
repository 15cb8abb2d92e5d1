//! `ssg build`

use super::{output_dir, with_target};
use crate::args::{Build, Format, Globals};
use crate::progress::Progress;
use crate::remembered::Remembered;
use crate::session::{Session, counted, fail, open, report, say};
use ssg_build::write::{Held, SiteWriter, WriteReport};
use ssg_build::{Compiled, Restoring, compile};
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::path::Path;
use std::time::Instant;

/// A site that was built without errors.
pub struct Built {
    pub compiled: Compiled,
    pub written: WriteReport,
    pub warnings: usize,
    /// Exit status as far as the build is concerned.
    pub status: u8,
    /// Keeps other builds from changing the output.
    pub held: Held,
}

pub fn run(globals: &Globals, verb: &Build) -> u8 {
    let started = Instant::now();
    let session = match open(globals, &verb.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let dir = output_dir(&session, verb.output_dir.as_deref());
    match write(globals, &session, &dir, verb.no_cache) {
        Ok(built) => {
            tell(globals, &built, started);
            built.status
        }
        Err(status) => status,
    }
}

/// Compiles the site and writes it.
///
/// # Errors
/// The exit status of a build that failed, of which everything has been said.
pub fn write(globals: &Globals, session: &Session, dir: &Path, no_cache: bool) -> Result<Built, u8> {
    // What is remembered is read while the output is looked at.
    let (writer, remembered) = std::thread::scope(|scope| {
        let remembered = scope.spawn(|| Remembered::open(globals, session, no_cache));
        let writer = with_target(session, dir, |target| {
            SiteWriter::begin_or_wait(target, || {
                say(globals, "another build writes to this folder: waiting for it");
            })
        });
        // A panic goes on here.
        (writer, remembered.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let writer = writer.map_err(|problem| fail(globals, problem))?;
    let progress = Progress::new(globals, Some(writer));
    let mut remembered = remembered.map_err(|problem| {
        let mut found = session.found.clone();
        found.add(problem);
        report(globals, Some(&session.inputs), &found)
    })?;
    let outputs = remembered.take_outputs(globals);
    let sink = Restoring::new(&progress, outputs.as_ref());
    let mut compiled = compile(&session.shared(), &session.settings, &mut remembered.memo, &sink);
    let Some(writer) = progress.done() else { return Err(4) };
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
        return Err(status);
    }
    // The cache says nothing of the output, so neither waits for the other.
    let finished = remembered.save_while(globals, || writer.finish_and_hold());
    let (written, held) = finished.map_err(|problem| fail(globals, problem))?;
    remembered.share(globals, session, &compiled, dir);
    name_left_out(globals, &compiled);
    Ok(Built { compiled, written, warnings, status, held })
}

/// Names what `--skip-broken` left out: a line each for people, an error each for programs, which does
/// not count for the exit status.
pub fn name_left_out(globals: &Globals, compiled: &Compiled) {
    if globals.format != Format::Json {
        let outputs = compiled.dropped.iter().map(|file| format!("left out: the output {file}"));
        let pages = compiled.skipped.iter().map(|path| format!("left out: {path}"));
        pages.chain(outputs).for_each(|line| say(globals, &line));
        return;
    }
    let mut found = Diagnostics::new();
    let left_out = |message: String| Diagnostic::error(codes::LEFT_OUT, message);
    for path in &compiled.skipped {
        found.add(left_out(format!("`{path}` is left out: it has errors of its own")).in_file(path));
    }
    for file in &compiled.dropped {
        found.add(left_out(format!("the output `{file}` is left out: it cannot be rendered")));
    }
    report(globals, None, &found);
}

/// Says in one line what was built, and when to build again.
pub fn tell(globals: &Globals, built: &Built, started: Instant) {
    let Built { compiled, written, warnings, .. } = built;
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
    if *warnings > 0 {
        line.push_str(&format!(" ({})", counted(*warnings, "warning")));
    }
    say(globals, &line);
    if let Some((at, reason)) = &compiled.next_change {
        say(globals, &format!("build again at {at}: {reason}"));
    }
}
