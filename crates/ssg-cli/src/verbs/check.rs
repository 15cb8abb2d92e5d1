//! `ssg check`: the same compilation as a build, and nothing written.

use super::build::name_left_out;
use crate::args::{Check, Globals};
use crate::progress::Progress;
use crate::remembered::Remembered;
use crate::session::{counted, fail, open, report, say};
use ssg_build::compile;

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
