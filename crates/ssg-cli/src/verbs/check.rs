//! `ssg check`: the same compilation as a build, no output written, and what pages lack besides.

mod external;
mod fix;
mod look;

use super::baseline;
use super::build::name_left_out;
use crate::args::{Check, Format, Globals};
use crate::remembered::Remembered;
use crate::session::{Session, counted, fail, open, report, say};
use look::Look;
use ssg_build::Memo;
use ssg_check::Baseline;
use ssg_check::fix::{Change, Fix};
use ssg_source::{Class, Diagnostic, Diagnostics, Severity, codes};
use std::path::Path;

pub fn run(globals: &Globals, verb: &Check) -> u8 {
    let session = match open(globals, &verb.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let mut remembered = if session.found.has_errors() {
        Remembered::nothing()
    } else {
        match Remembered::open(globals, &session, verb.no_cache) {
            Ok(remembered) => remembered,
            Err(problem) => return fail(globals, problem),
        }
    };
    let look = look::look(globals, verb, &session, &mut remembered.memo);
    remembered.save_while(globals, || ());
    let memo = std::mem::replace(&mut remembered.memo, Memo::new());
    let mut outside = Outside::default();
    if let Some(site) = look.site.as_ref().filter(|_| verb.external) {
        outside.fixes = external::ask(globals, verb, &session, site, &mut outside.found);
    }
    let told = tell(globals, verb, &session, &look, &outside.found);
    if verb.fix {
        return mend(globals, verb, &session, (look, memo), outside, told);
    }
    // The program ends soon: there is no point in freeing thousands of small things one by one.
    std::mem::forget((look, memo));
    told
}

/// What other sites say.
#[derive(Default)]
struct Outside {
    found: Diagnostics,
    fixes: Vec<Fix>,
}

/// Tells what was found. Gives the status.
fn tell(globals: &Globals, verb: &Check, session: &Session, look: &Look, outside: &Diagnostics) -> u8 {
    let mut found = all(verb, look.found.clone(), outside.clone());
    if let Some(file) = &verb.baseline {
        leave_out_known(globals, file, verb.write_baseline, &mut found);
    }
    let status = report(globals, Some(&session.inputs), &found);
    if let Some(compiled) = look.compiled.as_ref().filter(|_| status == 0) {
        name_left_out(globals, compiled);
    }
    let pages = look.compiled.as_ref().map_or(0, |compiled| compiled.counts.pages);
    say(globals, &summary(pages, &found));
    status
}

/// Mends what can be mended. Gives the status of what is left then, which is `told` where nothing is mended.
fn mend(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    (look, memo): (Look, Memo),
    mut outside: Outside,
    told: u8,
) -> u8 {
    let mended = fix::mend(globals, verb, session, (look, memo), outside.fixes);
    let Some(found) = mended.found else { return told };
    // Links that lead to where they have moved now.
    outside.found.retain(|one| {
        let is_mended = |change: &Change| {
            one.path.as_ref() == Some(&change.path)
                && one.span.is_some_and(|span| change.places.contains(&span))
        };
        !mended.given.iter().any(is_mended)
    });
    let mut left = all(verb, found, outside.found);
    if let Some(Ok(known)) = verb.baseline.as_deref().map(baseline::read) {
        known.take_out(&mut left);
    }
    mended.status.max(left.status())
}

/// All that was found, in order, with warnings as the flags have them.
fn all(verb: &Check, mut found: Diagnostics, outside: Diagnostics) -> Diagnostics {
    found.extend(outside);
    if verb.strict {
        found.make_strict();
    }
    found.sort();
    found
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

/// Takes out what a file lists, or writes the file.
fn leave_out_known(globals: &Globals, file: &Path, write: bool, found: &mut Diagnostics) {
    let name = ssg_source::shown(file);
    let baseline = if write {
        let baseline = Baseline::of(found);
        baseline::write(file, &baseline).map(|()| baseline)
    } else {
        baseline::read(file)
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
