//! `ssg check`: the same compilation as a build, and nothing written.

use super::baseline::Baseline;
use super::build::name_left_out;
use crate::args::{Check, Format, Globals};
use crate::progress::Progress;
use crate::remembered::Remembered;
use crate::session::{counted, fail, open, report, say};
use ssg_build::compile;
use ssg_source::{Class, Diagnostic, Diagnostics, codes};
use std::path::Path;

pub fn run(globals: &Globals, verb: &Check) -> u8 {
    let session = match open(globals, &verb.compile, verb.strict) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let mut found = session.found.clone();
    let mut checked = 0;
    let mut left_out = None;
    if !found.has_errors() {
        let mut remembered = match Remembered::open(globals, &session, verb.no_cache) {
            Ok(remembered) => remembered,
            Err(problem) => {
                found.add(problem);
                return report(globals, Some(&session.inputs), &found);
            }
        };
        let progress = Progress::new(globals, None);
        let mut compiled = compile(&session.shared(), &session.settings, &mut remembered.memo, &progress);
        progress.done();
        remembered.save(globals);
        checked = compiled.counts.pages;
        found.extend(std::mem::take(&mut compiled.diagnostics));
        found.sort();
        left_out = Some(compiled);
    }
    if let Some(file) = &verb.baseline {
        leave_out_known(globals, file, verb.write_baseline, &mut found);
    }
    let status = report(globals, Some(&session.inputs), &found);
    if let Some(compiled) = left_out.filter(|_| status == 0) {
        name_left_out(globals, &compiled);
    }
    let (errors, warnings) = found.counts();
    let line = format!(
        "checked {}: {}, {}",
        counted(checked, "page"),
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    say(globals, &line);
    status
}

/// Takes out what a file lists, or writes the file.
fn leave_out_known(globals: &Globals, file: &Path, write: bool, found: &mut Diagnostics) {
    let name = ssg_source::shown(file);
    let baseline = if write {
        let baseline = Baseline::of(found);
        baseline.write(file).map(|()| baseline)
    } else {
        Baseline::read(file)
    };
    match baseline {
        Ok(baseline) => {
            let (known, gone) = baseline.take_out(found);
            let gone = if gone > 0 { format!(", {gone} of it no longer there") } else { String::new() };
            say(globals, &format!("{} known from {name}{gone}", counted(known, "problem")));
        }
        Err(problem) => {
            found.add(problem);
            found.sort();
        }
    }
}

/// Says that a verb does not print SARIF.
pub fn refuse_format(globals: &Globals) -> u8 {
    let globals = Globals { format: Format::Human, ..globals.clone() };
    let problem = Diagnostic::error(codes::FORMAT, "only `ssg check` prints SARIF").class(Class::Usage);
    fail(&globals, problem.hint("take `human`, `json` or `github`"))
}
