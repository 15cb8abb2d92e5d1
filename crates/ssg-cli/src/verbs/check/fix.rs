//! `--fix`: shows what would be mended, asks, and mends it.
//!
//! What is mended is tried before a file is written: the site is compiled with it, what makes more errors than there were
//! is left alone, and what can be mended then is mended too. So a second run finds nothing.

use super::look::{Look, look_over};
use crate::args::{Check, Format, Globals};
use crate::files::replace;
use crate::session::{Session, counted, fail, say};
use crate::terminal;
use ssg_build::Memo;
use ssg_check::fix::{Change, Fix, changes};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, Texts, codes};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many times what is left is looked at again: an unknown table may hold others.
const MOST_ROUNDS: usize = 16;

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
    /// What makes errors: in which file what would become what.
    harmful: BTreeSet<(SitePath, String, String)>,
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
    let mut trial =
        Trial { globals, verb, session, memo, mended: BTreeMap::new(), look, harmful: BTreeSet::new() };
    trial.round(given);
    let given = trial.mended.values().map(|(change, _)| change.clone()).collect();
    for _ in 0..MOST_ROUNDS {
        let fixes = std::mem::take(&mut trial.look.fixes);
        if !trial.round(fixes) {
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
        fixes.retain(|fix| !self.harmful.contains(&named(fix)));
        // From the end of each file, so that places that are left for later stay where they are.
        fixes.sort_by(|a, b| (&a.path, Reverse(a.within), a).cmp(&(&b.path, Reverse(b.within), b)));
        fixes.dedup();
        self.try_out(&fixes)
    }

    /// Mends places if that does no harm, and otherwise those of them that do none.
    fn try_out(&mut self, fixes: &[Fix]) -> bool {
        let options = ssg_render::parse_options(&self.session.settings.config);
        let read = |path: &SitePath| match self.mended.get(path) {
            Some((change, _)) => Some(change.after.clone()),
            None => self.session.inputs.read(path).ok().map(|bytes| bytes.to_vec()),
        };
        let mut changes = changes(fixes, &options, &read);
        // A theme that lies elsewhere is not the site's to mend.
        changes.retain(|change| self.globals.root.join(change.path.as_str()).is_file());
        let files: BTreeSet<&SitePath> = fixes.iter().map(|fix| &fix.path).collect();
        // Of a file that one place would make worse, others may still be mended.
        if changes.len() == files.len() && !changes.is_empty() {
            let before = self.mended.iter().map(|(path, (change, _))| (path, change));
            let all = before.chain(changes.iter().map(|change| (&change.path, change)));
            let texts: Texts =
                all.map(|(path, change)| (path.clone(), change.after.clone().into())).collect();
            let look = look_over(self.globals, self.verb, self.session, &mut self.memo, texts);
            if let Some(look) = look.filter(|look| !is_worse(&self.look, look)) {
                self.look = look;
                self.keep(changes);
                return true;
            }
        }
        match fixes {
            [] => false,
            [fix] => {
                self.harmful.insert(named(fix));
                false
            }
            _ => {
                let (first, rest) = fixes.split_at(fixes.len() / 2);
                let any = self.try_out(first);
                self.try_out(rest) || any
            }
        }
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
        for (change, places) in mended.values() {
            match replace(&globals.root.join(change.path.as_str()), &change.before, &change.after) {
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

/// What a place would become, wherever in its file it is.
fn named(fix: &Fix) -> (SitePath, String, String) {
    (fix.path.clone(), fix.old.clone(), fix.new.clone())
}

/// Whether there are more errors than before. Where nothing could be compiled before, it is enough that something can.
fn is_worse(before: &Look, after: &Look) -> bool {
    match (&before.compiled, &after.compiled) {
        (None, Some(_)) => false,
        (Some(_), None) => true,
        _ => after.found.counts().0 > before.found.counts().0,
    }
}
