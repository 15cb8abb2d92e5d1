//! `ssg check`: the same compilation as a build, no output written, and what pages lack besides.

mod external;
mod fix;

use super::baseline::Baseline;
use super::build::name_left_out;
use crate::args::{Check, Format, Globals};
use crate::progress::Progress;
use crate::remembered::Remembered;
use crate::session::{Session, counted, fail, open, report, say};
use ssg_build::{Compiled, assemble_site, compile};
use ssg_check::fix::Fix;
use ssg_check::{Watched, pages};
use ssg_source::{Class, Diagnostic, Diagnostics, Severity, codes};
use std::path::Path;

pub fn run(globals: &Globals, verb: &Check) -> u8 {
    let session = match open(globals, &verb.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let mut found = session.found.clone();
    let mut compiled = None;
    let mut fixes = Vec::new();
    if !found.has_errors() {
        let remembered = match Remembered::open(globals, &session, verb.no_cache) {
            Ok(remembered) => remembered,
            Err(problem) => {
                found.add(problem);
                return report(globals, Some(&session.inputs), &found);
            }
        };
        compiled = Some(look(globals, verb, &session, remembered, &mut found, &mut fixes));
        if verb.strict {
            found.make_strict();
            found.sort();
        }
    }
    if verb.fix {
        // As they were found: what is known may be mended all the same.
        fixes.extend(ssg_check::fix::keys(&found));
    }
    if let Some(file) = &verb.baseline {
        leave_out_known(globals, file, verb.write_baseline, &mut found);
    }
    let mut status = report(globals, Some(&session.inputs), &found);
    if let Some(compiled) = compiled.as_ref().filter(|_| status == 0) {
        name_left_out(globals, compiled);
    }
    say(globals, &summary(compiled.as_ref().map_or(0, |compiled| compiled.counts.pages), &found));
    if verb.fix {
        status = fix::mend(globals, verb, &session, &fixes, &mut found).max(left(status, &found));
    }
    status
}

/// Compiles the site and looks at what came of it; gives what can be mended besides.
fn look(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    mut remembered: Remembered,
    found: &mut Diagnostics,
    fixes: &mut Vec<Fix>,
) -> Compiled {
    let config = &session.settings.config;
    let progress = Progress::new(globals, None);
    let watched = Watched::new(&progress, &config.base_url, pages::needs_outputs(&config.check));
    let mut compiled = compile(&session.shared(), &session.settings, &mut remembered.memo, &watched);
    let seen = watched.into_seen();
    progress.done();
    remembered.save(globals);
    found.extend(std::mem::take(&mut compiled.diagnostics));
    if pages::needs_site(&config.check) || verb.external || verb.fix {
        let site = assemble_site(&*session.inputs, &session.settings, &mut Diagnostics::new());
        // Of a site with errors outputs are missing, and their links with them.
        let seen = seen.filter(|_| !found.has_errors());
        pages::look(&site, config, seen.as_ref(), found);
        if verb.fix {
            fixes.extend(ssg_check::fix::terms(&site));
        }
        if verb.external {
            fixes.extend(external::ask(globals, verb, session, &site, found));
        }
    }
    found.sort();
    compiled
}

/// What was found, in one line.
fn summary(pages: usize, found: &Diagnostics) -> String {
    let (errors, warnings) = found.counts();
    let hints = match found.count_of(Severity::Hint) {
        0 => String::new(),
        hints => format!(", {}", counted(hints, "hint")),
    };
    format!(
        "checked {}: {}, {}{hints}",
        counted(pages, "page"),
        counted(errors, "error"),
        counted(warnings, "warning")
    )
}

/// The status of what is left once something was mended.
fn left(before: u8, found: &Diagnostics) -> u8 {
    if before == 0 { 0 } else { found.status() }
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
