//! Whoever has the site open: what was compiled and said last, and the next compilation.

use super::pace::Pace;
use super::problems::problems;
use super::{Built, Opened, Said, SiteSource};
use crate::news::{News, Problem};
use crate::outputs::{Audience, Outputs};
use crate::server::Server;
use crate::watch::{Hint, Hints};
use ssg_build::{Cause, Compiled};
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How soon another compilation should follow, should nothing happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Again {
    /// This one was called away, or began anew with another state of the site.
    AtOnce,
    /// It failed otherwise than the one before: a file may have vanished while it was read, or be half
    /// written, and what ends that may come without a hint.
    Soon,
    /// There is no hurry.
    Later,
}

/// What was compiled and said last.
pub(super) struct Author<'a> {
    pub source: &'a mut dyn SiteSource,
    pub outputs: Outputs,
    navigate: bool,
    pace: Pace,
    last: Option<Diagnostics>,
    problems: Vec<Problem>,
    /// Something changed of which no compilation knows.
    missed: bool,
    /// The last compilation was called away.
    cut: bool,
}

impl<'a> Author<'a> {
    /// Nothing is compiled yet.
    pub(super) fn new(source: &'a mut dyn SiteSource, navigate: bool, pace: Pace) -> Self {
        Self {
            source,
            outputs: Outputs::new(),
            navigate,
            pace,
            last: None,
            problems: Vec::new(),
            missed: false,
            cut: false,
        }
    }

    /// Compiles, and once more where an error may come of files that are only half written: a rename
    /// or a checkout takes a while, and nobody wants to read what was wrong in the middle of it. Tells
    /// browsers what came of it.
    pub(super) fn compile(
        &mut self,
        mut opened: Opened,
        mut files: Option<BTreeSet<SitePath>>,
        hints: &Hints,
        server: &Server,
    ) -> Again {
        let started = Instant::now();
        let early = AtomicUsize::new(0);
        let tell = |path: &str| {
            early.fetch_add(1, Ordering::Relaxed);
            server.tell(News::Changed { paths: vec![path.to_owned()] });
        };
        let at_least = self.pace.at_least;
        let is_called_away = || started.elapsed() >= at_least && hints.is_waiting();
        let mut rounds = 0;
        let (found, built) = loop {
            let open = server.open_paths();
            let is_early = !self.has_errors();
            let audience = Audience { open, tell: &tell, is_early, is_called_away: &is_called_away };
            let (found, built) = self.attempt(&opened, files.take(), audience);
            rounds += 1;
            let may_settle = built.is_none() && rounds < self.pace.rounds;
            if !may_settle {
                break (found, built);
            }
            let Some(hint) = hints.wait_until(Instant::now() + self.pace.settling) else {
                break (found, built);
            };
            self.warn(&hint);
            self.missed = true;
            if let Ok(again) = self.source.open() {
                opened = again;
            }
        };
        if let Some((compiled, changed)) = built {
            self.say_built(&compiled, changed.len() + early.load(Ordering::Relaxed), started.elapsed());
            if self.navigate
                && self.last.is_some()
                && let Some(file) = edited(&compiled, self.cut)
            {
                server.tell(News::Navigate(file));
            }
            if !changed.is_empty() {
                server.tell(News::Changed { paths: changed });
            }
            self.cut = compiled.cut;
            if compiled.cut {
                return Again::AtOnce;
            }
        }
        let has_errors = found.has_errors();
        let is_new = self.say_found(Some(&*opened.inputs), found, server);
        match (rounds > 1, has_errors && is_new) {
            (true, _) => Again::AtOnce,
            (false, true) => Again::Soon,
            (false, false) => Again::Later,
        }
    }

    /// The site cannot be opened: what is served stays, and all is looked at when it is there again.
    pub(super) fn is_lost(&mut self, problem: Diagnostic, server: &Server) {
        self.missed = true;
        let mut found = Diagnostics::new();
        found.add(problem);
        self.say_found(None, found, server);
    }

    /// Compiles once, and publishes what came of it if that is without errors. Gives the paths of the
    /// files that browsers have not been told of yet.
    fn attempt(
        &mut self,
        opened: &Opened,
        files: Option<BTreeSet<SitePath>>,
        audience: Audience<'_>,
    ) -> (Diagnostics, Option<(Compiled, Vec<String>)>) {
        let mut found = opened.found.clone();
        let draft = self.outputs.draft(audience);
        if found.has_errors() {
            self.missed = true;
            return (found, None);
        }
        let missed = std::mem::take(&mut self.missed);
        let compiled = self.source.compile(files.filter(|_| !missed), &draft);
        found.extend(compiled.diagnostics.clone());
        found.sort();
        if found.has_errors() {
            return (found, None);
        }
        if compiled.cut {
            draft.leave();
            return (found, Some((compiled, Vec::new())));
        }
        let changed = draft.publish(compiled.unpublished.as_deref());
        (found, Some((compiled, changed)))
    }

    /// Whether the last compilation had errors, so that nothing of it is served.
    pub(super) fn has_errors(&self) -> bool {
        self.last.as_ref().is_some_and(Diagnostics::has_errors)
    }

    pub(super) fn warn(&self, hint: &Hint) {
        if let Some(warning) = &hint.warning {
            self.source.say(Said::Warning(warning));
        }
    }

    /// One line for a compilation that changed something. The first, whose files are served as they come,
    /// changed all of them.
    fn say_built(&self, compiled: &Compiled, changed: usize, took: Duration) {
        let counts = compiled.counts;
        let is_first = self.last.is_none() && !compiled.cut;
        let changed = if is_first { counts.pages + counts.lists + counts.files } else { changed };
        if changed == 0 {
            return;
        }
        let (rendered, reused) = (compiled.rendered.len(), compiled.reused);
        self.source.say(Said::Built(Built { changed, rendered, reused, took }));
    }

    /// Tells a server that has just started what is wrong.
    pub(super) fn retell(&self, server: &Server) {
        if !self.problems.is_empty() {
            server.tell(self.about_problems());
        }
    }

    fn about_problems(&self) -> News {
        if self.problems.is_empty() { News::Fixed } else { News::Problems(self.problems.clone()) }
    }

    /// Tells what is wrong, once, and says when that is mended. Whether it is something else than before.
    fn say_found(&mut self, inputs: Option<&dyn Inputs>, found: Diagnostics, server: &Server) -> bool {
        if self.last.as_ref() == Some(&found) {
            return false;
        }
        let had_errors = self.has_errors();
        self.source.say(Said::Found(&found));
        if had_errors && !found.has_errors() {
            self.source.say(Said::Fixed);
        }
        self.problems = problems(inputs, &found);
        self.last = Some(found);
        server.tell(self.about_problems());
        true
    }
}

/// The page whose own content was edited, if that is one. After a compilation that was cut, what it left
/// out seems new.
fn edited(compiled: &Compiled, after_cut: bool) -> Option<String> {
    let mut own = compiled.rendered.iter().filter(|(_, cause)| match cause {
        Cause::Changed { is_own, .. } => *is_own,
        Cause::New => !after_cut,
        _ => false,
    });
    match (own.next(), own.next()) {
        (Some((file, _)), None) => Some(file.clone()),
        _ => None,
    }
}
