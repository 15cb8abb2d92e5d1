//! `--fix`: shows what would be mended, asks, and mends it.
//!
//! What is mended is tried before a file is written: the site is compiled with it, what makes more errors than there were
//! is left alone, and what can be mended then is mended too. So a second run finds nothing.

use super::look::{Look, look_over};
use crate::args::{Check, Format, Globals};
use crate::session::{Session, counted, fail, say};
use crate::terminal;
use ssg_build::Memo;
use ssg_build::files::replace;
use ssg_check::fix::{Change, Fix, added, changes};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, Severity, SitePath, Texts, codes};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// So many times what is left is looked at again: an unknown table may hold others.
const MOST_ROUNDS: usize = 16;
/// So many times the site is compiled to see what does harm; what is left then is left alone.
const MOST_LOOKS: usize = 100;

/// A site with what was mended in it so far.
struct Trial<'a> {
    globals: &'a Globals,
    verb: &'a Check,
    session: &'a Session,
    memo: Memo,
    /// Files that are mended, each in how many places.
    mended: BTreeMap<SitePath, (Change, usize)>,
    /// What was found when it was looked at last.
    look: Look,
    /// How many times it was.
    looks: usize,
}

/// What was mended.
pub struct Mended {
    /// The status of writing it.
    pub status: u8,
    /// What is found now; `None` where nothing was written.
    pub found: Option<Diagnostics>,
    /// What became of the places that were given, by file.
    pub given: Vec<Change>,
}

/// Mends what a look found, and what is `given` besides.
pub fn mend(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    (look, memo): (Look, Memo),
    given: Vec<Fix>,
) -> Mended {
    let mut trial = Trial { globals, verb, session, memo, mended: BTreeMap::new(), look, looks: 0 };
    trial.round(given);
    let given = trial.mended.values().map(|(change, _)| change.clone()).collect();
    // What does harm now may do none once something else is mended.
    for _ in 0..MOST_ROUNDS {
        if !trial.round(trial.look.fixes.clone()) {
            break;
        }
    }
    match trial.write() {
        Some(status) => Mended { status, found: Some(trial.look.found), given },
        None => Mended { status: 0, found: None, given: Vec::new() },
    }
}

impl Trial<'_> {
    /// Mends what does no harm. Whether anything was.
    fn round(&mut self, mut fixes: Vec<Fix>) -> bool {
        // From the end of each file, so that places that are left for later stay where they are.
        fixes.sort_by(|a, b| (&a.path, Reverse(a.within), a).cmp(&(&b.path, Reverse(b.within), b)));
        fixes.dedup();
        let (mut any, blamed) = self.try_out(fixes);
        // Of a file in which one place does harm, others may do none: one of each such file, then the next.
        let mut files: BTreeMap<&SitePath, Vec<&Fix>> = BTreeMap::new();
        for fix in &blamed {
            files.entry(&fix.path).or_default().push(fix);
        }
        files.retain(|_, fixes| fixes.len() > 1);
        for number in 0..files.values().map(Vec::len).max().unwrap_or_default() {
            let some = files.values().filter_map(|fixes| fixes.get(number)).map(|fix| (*fix).clone());
            any |= self.try_out(some.collect()).0;
        }
        any
    }

    /// Mends places if that does no harm, and otherwise those whose files have no new mistake. Gives whether anything was, and
    /// the places of the other files.
    fn try_out(&mut self, mut fixes: Vec<Fix>) -> (bool, Vec<Fix>) {
        let mut blamed = Vec::new();
        while !fixes.is_empty() && self.looks < MOST_LOOKS {
            let changes = self.changes(&fixes);
            let changed: BTreeSet<&SitePath> = changes.iter().map(|change| &change.path).collect();
            let mut harmed: BTreeSet<SitePath> =
                fixes.iter().map(|fix| &fix.path).filter(|path| !changed.contains(path)).cloned().collect();
            if harmed.is_empty() {
                let Some(look) = self.look_with(&changes) else { break };
                let errors = new_errors(&self.look, &look, self.verb.compile.skip_broken);
                if errors.is_empty() {
                    self.look = look;
                    self.keep(changes);
                    return (true, blamed);
                }
                harmed = errors.iter().filter_map(|one| one.path.clone()).collect();
            }
            let is_harmed = |fix: &mut Fix| harmed.contains(&fix.path);
            let more: Vec<Fix> = fixes.extract_if(.., is_harmed).collect();
            if more.is_empty() {
                // The new mistake is in a file where nothing was to be mended.
                return (self.halve(&fixes), blamed);
            }
            blamed.extend(more);
        }
        (false, blamed)
    }

    /// Mends places in halves.
    fn halve(&mut self, fixes: &[Fix]) -> bool {
        if fixes.len() < 2 {
            return false;
        }
        let (first, rest) = fixes.split_at(fixes.len() / 2);
        let (any, _) = self.try_out(first.to_vec());
        self.try_out(rest.to_vec()).0 || any
    }

    /// What becomes of files.
    fn changes(&self, fixes: &[Fix]) -> Vec<Change> {
        let options = ssg_render::parse_options(&self.session.settings.config);
        let read = |path: &SitePath| match self.mended.get(path) {
            Some((change, _)) => Some(change.after.clone()),
            None => self.session.inputs.read(path).ok().map(|bytes| bytes.to_vec()),
        };
        let mut changes = changes(fixes, &options, &read);
        // A theme that lies elsewhere is not the site's to mend.
        changes.retain(|change| self.globals.root.join(change.path.as_str()).is_file());
        changes
    }

    /// Looks at the site with these changes and what is mended already.
    fn look_with(&mut self, changes: &[Change]) -> Option<Look> {
        self.looks += 1;
        let before = self.mended.iter().map(|(path, (change, _))| (path, change));
        let all = before.chain(changes.iter().map(|change| (&change.path, change)));
        let texts: Texts = all.map(|(path, change)| (path.clone(), change.after.clone().into())).collect();
        look_over(self.globals, self.verb, self.session, &mut self.memo, texts)
    }

    fn keep(&mut self, changes: Vec<Change>) {
        for change in changes {
            let count = change.places.len();
            match self.mended.get_mut(&change.path) {
                Some((known, places)) => {
                    known.after = change.after;
                    *places += count;
                }
                None => {
                    self.mended.insert(change.path.clone(), (change, count));
                }
            }
        }
    }

    /// Shows what is mended, asks, and writes it. Gives the status of writing; `None` where nothing was to be written.
    fn write(&self) -> Option<u8> {
        let Self { globals, verb, mended, .. } = self;
        if mended.is_empty() {
            say(globals, "nothing can be mended for sure");
            return None;
        }
        if matches!(globals.format, Format::Human | Format::Github) && !globals.quiet {
            for (change, _) in mended.values() {
                anstream::eprint!("{}", change.diff());
            }
        }
        let places: usize = mended.values().map(|(_, places)| places).sum();
        let what = format!("{} in {}", counted(places, "place"), counted(mended.len(), "file"));
        if !verb.yes && terminal::ask(&format!("mend {what}?")) != Some(true) {
            say(globals, &format!("{what} can be mended: `--yes` does"));
            return None;
        }
        let (mut status, mut done) = (0, 0);
        let mut written: BTreeMap<PathBuf, &[u8]> = BTreeMap::new();
        for (change, places) in mended.values() {
            let path = globals.root.join(change.path.as_str());
            // Two links may lead to one file.
            let file = path.canonicalize().unwrap_or_else(|_| path.clone());
            if written.insert(file, &change.after).is_some_and(|after| after == change.after) {
                continue;
            }
            match replace(&path, &change.before, &change.after) {
                Ok(()) => done += places,
                Err(error) => {
                    let message = format!("cannot mend `{}`: {error}", change.path);
                    status = fail(globals, Diagnostic::error(codes::FIX, message).class(Class::Machine));
                }
            }
        }
        say(globals, &format!("mended {}", counted(done, "place")));
        Some(status)
    }
}

/// Errors that were not there before; where broken pages are left out, also what these are told with. Where nothing could be
/// compiled before, it is enough that something can, and a table that is known now may have keys that are not.
fn new_errors(before: &Look, after: &Look, skips_broken: bool) -> Diagnostics {
    let mut added = match (&before.compiled, &after.compiled) {
        (None, Some(_)) => Diagnostics::new(),
        _ => added(&before.found, &after.found),
    };
    added.retain(|one| {
        let is_told = one.severity == Severity::Error || skips_broken && one.severity == Severity::Warning;
        is_told && one.code != codes::UNKNOWN_KEY
    });
    added
}
