//! `ssg serve`: compiles the site after every change, serves it from memory, and tells browsers.

mod problems;
mod sources;

use crate::args::{Format, Globals, Serve};
use crate::session::{Session, counted, fail, open, report, say};
use problems::problems;
use ssg_build::{Cause, Compiled, Memo, compile};
use ssg_serve::{Audience, Hint, Hints, News, Outputs, Problem, Server, ServerOptions, WatchMode, Watcher};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Folders of a site that a build may read.
const READ: &[&str] = &["content", "templates", "themes", "data", "static", "assets", "i18n"];
/// How long an empty file may take to be filled: some programs empty a file before they write it.
const FILLING: Duration = Duration::from_millis(25);
/// More files than this at once are a checkout, or a folder that is being copied: the end of that is
/// waited for, which is a lull, but not for ever.
const FEW: usize = 8;
const LULL: Duration = Duration::from_millis(120);
const FLOOD: Duration = Duration::from_secs(1);
/// How long an error may take to be mended by the next change, and how often in a row.
const SETTLING: Duration = Duration::from_millis(80);
const SETTLING_ROUNDS: usize = 20;
/// How often the date is looked at: events begin, and posts are published, without any edit.
const TICK: Duration = Duration::from_secs(60);
/// How long after a look at some files all are looked at, should events have been lost.
const RESCAN: Duration = Duration::from_secs(2);
/// How long other pages are rendered at least before an edit may come between.
const AT_LEAST: Duration = Duration::from_millis(150);

pub fn run(globals: &Globals, verb: &Serve) -> u8 {
    let session = match open_site(globals, verb) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let mut author = Author {
        globals,
        verb,
        memo: sources::load(&session),
        outputs: Outputs::new(),
        last: None,
        problems: Vec::new(),
        missed: false,
        cut: false,
    };
    let mut roots = roots(&session, globals, &mut author.memo);
    let mode = if verb.poll { WatchMode::Poll } else { WatchMode::Events };
    // Watched from before the first compilation on, so that no edit is lost.
    let (watcher, hints) = Watcher::start(&roots, ignored(&session), mode);
    // And served from before it has ended: a request waits for its page, which is rendered first.
    let mut address = Address::of(&session);
    let mut server = match start(verb, verb.port, &address, &author.outputs) {
        Ok(server) => server,
        Err(problem) => return fail(globals, problem),
    };
    greet(globals, verb, &server);
    sources::save(&author.compile(session, &hints, &server).session, &mut author.memo);
    let mut patience = TICK;
    while !hints.is_closed() {
        let hint = next(&hints, patience);
        author.warn(&hint);
        let session = match open_site(globals, verb) {
            Ok(session) => session,
            Err(problem) => {
                fail(globals, problem);
                (author.missed, patience) = (true, RESCAN);
                continue;
            }
        };
        let files = files(&session, &hint);
        // What is said of the files is believed for now, and looked at a little later.
        patience = if files.is_some() { RESCAN } else { TICK };
        match files {
            Some(files) => author.memo.look_at_only(files),
            None => {
                author.memo.look_at_all();
                let now = self::roots(&session, globals, &mut author.memo);
                if now != roots {
                    watcher.replace_roots(&now);
                    roots = now;
                }
                sources::save(&session, &mut author.memo);
            }
        }
        // A broken configuration does not say where the site lies.
        let now = if session.found.has_errors() { address.clone() } else { Address::of(&session) };
        if now != address {
            // Another base URL: the site lies elsewhere now, on the same port.
            let port = server.address().port();
            drop(server);
            server = match start(verb, port, &now, &author.outputs) {
                Ok(server) => server,
                Err(problem) => return fail(globals, problem),
            };
            address = now;
            greet(globals, verb, &server);
            author.retell(&server);
        }
        if author.compile(session, &hints, &server).leaves_something {
            patience = Duration::ZERO;
        }
    }
    0
}

/// The files of a hint, where it names all that is to be looked at.
fn files(session: &Session, hint: &Hint) -> Option<BTreeSet<SitePath>> {
    if hint.rescan || hint.paths.is_empty() {
        return None;
    }
    let root = session.inputs.root();
    let file = |path: &PathBuf| SitePath::new(path.strip_prefix(root).ok()?.to_str()?).ok();
    hint.paths.iter().map(file).collect()
}

/// What decides where the site is served.
#[derive(Clone, PartialEq, Eq)]
struct Address {
    base_path: String,
    origin: String,
    allowed_hosts: Vec<String>,
}

impl Address {
    fn of(session: &Session) -> Self {
        let config = &session.settings.config;
        let scheme = config.base_url.find("://").map_or(0, |at| at + 3);
        let host = config.base_url[scheme..].find('/').map_or(config.base_url.len(), |at| scheme + at);
        Self {
            base_path: config.base_path().to_owned(),
            origin: config.base_url[..host].to_owned(),
            allowed_hosts: config.allowed_hosts.clone(),
        }
    }
}

fn start(verb: &Serve, port: u16, address: &Address, outputs: &Outputs) -> Result<Server, Diagnostic> {
    let options = ServerOptions {
        interface: verb.interface,
        port,
        base_path: address.base_path.clone(),
        allowed_hosts: address.allowed_hosts.clone(),
        site_origin: address.origin.clone(),
        navigate: verb.navigate,
    };
    Server::start(&options, Arc::new(outputs.clone()))
        .map_err(|error| Diagnostic::error("serve", error.to_string()).class(Class::Machine))
}

fn greet(globals: &Globals, verb: &Serve, server: &Server) {
    if let Some(taken) = server.taken() {
        say(globals, &format!("port {taken} is taken, so this is another one"));
    }
    if !verb.interface.is_loopback() {
        say(globals, "warning: others can reach the site; they see drafts where you build them");
    }
    say(globals, &format!("serving at {}  (Ctrl-C ends)", server.url()));
    if globals.format == Format::Json {
        println!("{}", serde_json::json!({ "event": "serving", "url": server.url() }));
    }
    if verb.open {
        open_browser(globals, &server.url());
    }
}

fn open_site(globals: &Globals, verb: &Serve) -> Result<Session, Diagnostic> {
    open(globals, &verb.compile, false)
}

fn open_browser(globals: &Globals, url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = std::process::Stdio::null;
    let opened =
        std::process::Command::new(program).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    if opened.is_err() {
        say(globals, &format!("no browser can be opened: there is no `{program}`"));
    }
}

/// Waits for something to do; after some time without any, everything is looked at.
fn next(hints: &Hints, patience: Duration) -> Hint {
    let mut hint = hints.wait_until(Instant::now() + patience).unwrap_or_default();
    let is_empty = |path: &PathBuf| path.metadata().is_ok_and(|data| data.is_file() && data.len() == 0);
    if hint.paths.iter().any(is_empty)
        && let Some(more) = hints.wait_until(Instant::now() + FILLING)
    {
        hint.merge(more);
    }
    let end = Instant::now() + FLOOD;
    while hint.paths.len() > FEW && Instant::now() < end {
        match hints.wait_until(Instant::now() + LULL) {
            Some(more) => hint.merge(more),
            None => break,
        }
    }
    hint
}

/// Files and folders whose changes matter.
fn roots(session: &Session, globals: &Globals, memo: &mut Memo) -> Vec<PathBuf> {
    let root = session.inputs.root();
    let mut roots: BTreeSet<PathBuf> = READ.iter().map(|dir| root.join(dir)).collect();
    roots.insert(root.join(&globals.config));
    if let Some(theme) = &session.settings.config.theme {
        // A theme outside the site; one inside lies below `themes`.
        let dir = root.join(&theme.value);
        if let Ok(dir) = dir.canonicalize() {
            roots.insert(dir);
        }
    }
    for file in memo.records().data_files() {
        if !READ.iter().any(|dir| file.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'))) {
            roots.insert(root.join(file));
        }
    }
    roots.into_iter().collect()
}

/// What a build writes.
fn ignored(session: &Session) -> Vec<PathBuf> {
    ["public", ".ssg-cache", ".git"].iter().map(|dir| session.inputs.root().join(dir)).collect()
}

/// Whoever has the site open: what was compiled and said last.
struct Author<'a> {
    globals: &'a Globals,
    verb: &'a Serve,
    memo: Memo,
    outputs: Outputs,
    last: Option<Diagnostics>,
    problems: Vec<Problem>,
    /// Something changed of which no compilation knows.
    missed: bool,
    /// The last compilation was called away.
    cut: bool,
}

/// A compilation that is over.
struct Done {
    session: Session,
    /// It was called away, or began anew with another state of the site: another one should follow as
    /// soon as there is nothing else to see to.
    leaves_something: bool,
}

impl Author<'_> {
    /// Compiles, and once more where an error may come of files that are only half written: a rename
    /// or a checkout takes a while, and nobody wants to read what was wrong in the middle of it. Tells
    /// browsers what came of it.
    fn compile(&mut self, mut session: Session, hints: &Hints, server: &Server) -> Done {
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
        // What is served is compressed for those who ask for it.
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

    fn warn(&self, hint: &Hint) {
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
    fn retell(&self, server: &Server) {
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
