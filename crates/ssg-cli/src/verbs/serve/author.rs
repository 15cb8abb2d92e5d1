//! What `ssg serve` compiled and said last, and the next compilation.

use super::problems::problems;
use super::{open_site, sources};
use crate::args::{Format, Globals, Serve};
use crate::session::{Session, counted, report, say};
use ssg_build::{Cause, Compiled, Memo, compile};
use ssg_serve::{Audience, Hint, Hints, News, Outputs, Problem, Server};
use ssg_source::Diagnostics;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long an error may take to be mended by the next change, and how often in a row.
const SETTLING: Duration = Duration::from_millis(80);
const SETTLING_ROUNDS: usize = 20;
/// How long other pages are rendered at least before an edit may come between.
const AT_LEAST: Duration = Duration::from_millis(150);

/// Whoever has the site open: what was compiled and said last.
pub struct Author<'a> {
    globals: &'a Globals,
    verb: &'a Serve,
    pub memo: Memo,
    pub outputs: Outputs,
    last: Option<Diagnostics>,
    problems: Vec<Problem>,
    /// Something changed of which no compilation knows.
    pub missed: bool,
    /// The last compilation was called away.
    cut: bool,
}

/// A compilation that is over.
pub struct Done {
    pub session: Session,
    /// It was called away, or began anew with another state of the site: another one should follow as
    /// soon as there is nothing else to see to.
    pub leaves_something: bool,
}

impl<'a> Author<'a> {
    /// Nothing is compiled yet; `memo` is what earlier processes left.
    pub fn new(globals: &'a Globals, verb: &'a Serve, memo: Memo) -> Self {
        Self {
            globals,
            verb,
            memo,
            outputs: Outputs::new(),
            last: None,
            problems: Vec::new(),
            missed: false,
            cut: false,
        }
    }

    /// Compiles, and once more where an error may come of files that are only half written: a rename
    /// or a checkout takes a while, and nobody wants to read what was wrong in the middle of it. Tells
    /// browsers what came of it.
    pub fn compile(&mut self, mut session: Session, hints: &Hints, server: &Server) -> Done {
        let started = Instant::now();
        let early = AtomicUsize::new(0);
        let tell = |path: &str| {
            early.fetch_add(1, Ordering::Relaxed);
            server.tell(News::Changed { paths: vec![path.to_owned()] });
        };
        let is_called_away = || started.elapsed() > AT_LEAST && hints.is_waiting();
        let mut rounds = 0;
        let (found, built) = loop {
            let open = server.open_paths();
            let audience = Audience { open, tell: &tell, is_called_away: &is_called_away };
            let (found, built) = self.attempt(&mut session, audience);
            rounds += 1;
            let may_settle = built.is_none() && rounds < SETTLING_ROUNDS;
            if !may_settle {
                break (found, built);
            }
            let Some(hint) = hints.wait_until(Instant::now() + SETTLING) else { break (found, built) };
            self.warn(&hint);
            self.missed = true;
            if let Ok(again) = open_site(self.globals, self.verb) {
                session = again;
            }
        };
        if let Some((compiled, changed)) = built {
            self.say_built(&compiled, changed.len() + early.load(Ordering::Relaxed), started.elapsed());
            if self.verb.navigate
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
                return Done { session, leaves_something: true };
            }
        }
        if let Some(news) = self.say_found(&session, found) {
            server.tell(news);
        }
        Done { session, leaves_something: rounds > 1 }
    }

    /// Compiles once, and publishes what came of it if that is without errors. Gives the paths of the
    /// files that browsers have not been told of yet.
    fn attempt(
        &mut self,
        session: &mut Session,
        audience: Audience<'_>,
    ) -> (Diagnostics, Option<(Compiled, Vec<String>)>) {
        // Names of assets stay, so that browsers can put a changed style sheet in place.
        session.settings.config.outputs.fingerprints = false;
        // Compressed files are for hosts.
        session.settings.config.hosting.precompress.clear();
        let mut found = session.found.clone();
        let draft = self.outputs.draft(audience);
        if found.has_errors() {
            self.missed = true;
            return (found, None);
        }
        if std::mem::take(&mut self.missed) {
            self.memo.look_at_all();
        }
        self.memo.set_clock(sources::cache(session).now());
        let compiled = compile(&session.shared(), &session.settings, &mut self.memo, &draft);
        found.extend(compiled.diagnostics.clone());
        found.sort();
        if found.has_errors() {
            return (found, None);
        }
        let changed =
            if compiled.cut { draft.publish_part() } else { draft.publish(compiled.unpublished.as_deref()) };
        (found, Some((compiled, changed)))
    }

    pub fn warn(&self, hint: &Hint) {
        if let Some(warning) = &hint.warning {
            say(self.globals, &format!("warning: {warning}"));
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
        let took = took.as_secs_f64() * 1000.0;
        say(
            self.globals,
            &format!(
                "{}: {rendered} rendered, {reused} reused, {took:.0} ms",
                counted(changed, "changed file")
            ),
        );
        if self.globals.format == Format::Json {
            let line = serde_json::json!({
                "event": "built", "changed": changed, "rendered": rendered, "reused": reused,
                "milliseconds": took,
            });
            println!("{line}");
        }
    }

    /// Tells a server that has just started what is wrong.
    pub fn retell(&self, server: &Server) {
        if !self.problems.is_empty() {
            server.tell(self.about_problems());
        }
    }

    fn about_problems(&self) -> News {
        if self.problems.is_empty() { News::Fixed } else { News::Problems(self.problems.clone()) }
    }

    /// Prints what is wrong, once, and says when that is mended.
    fn say_found(&mut self, session: &Session, found: Diagnostics) -> Option<News> {
        if self.last.as_ref() == Some(&found) {
            return None;
        }
        let had_errors = self.last.as_ref().is_some_and(Diagnostics::has_errors);
        report(self.globals, Some(&session.inputs), &found);
        if found.has_errors() {
            say(self.globals, "the site is served as it was before");
        } else if had_errors {
            say(self.globals, "fixed");
        }
        self.problems = problems(&session.inputs, &found);
        self.last = Some(found);
        Some(self.about_problems())
    }
}

/// The page whose own content was edited, if that is one. After a compilation that was cut, what it left
/// out seems new.
fn edited(compiled: &Compiled, after_cut: bool) -> Option<String> {
    let mut own = compiled.rendered.iter().filter(|(_, cause)| match cause {
        Cause::Answer(question) => matches!(question, ssg_build::Question::Own(_)),
        Cause::New => !after_cut,
        _ => false,
    });
    match (own.next(), own.next()) {
        (Some((file, _)), None) => Some(file.clone()),
        _ => None,
    }
}
