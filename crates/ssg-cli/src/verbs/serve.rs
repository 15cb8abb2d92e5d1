//! `ssg serve`: what the loop of `ssg-serve` opens and compiles, and how the terminal is told.

mod lacking;
mod sources;

use crate::args::{Format, Globals, Serve};
use crate::session::{Session, allowed_hosts, counted, fail, open, report, say};
use crate::verbs::suggest::known;
use ssg_build::{Compiled, Memo, Sink, compile};
use ssg_parse::Originals;
use ssg_serve::{Address, Built, Opened, PreviewOptions, Said, Server, SiteSource, WatchMode, preview};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Folders of a site that a build may read.
const READ: &[&str] = &["content", "templates", "themes", "data", "static", "assets", "i18n"];

pub fn run(globals: &Globals, verb: &Serve) -> u8 {
    let session = match open(globals, &verb.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    // What is wrong with a site is shown; where there is none there is nothing to show.
    if let Some(problem) = session.found.iter().find(|one| one.code == codes::NO_CONFIGURATION) {
        return fail(globals, problem.clone());
    }
    let allowed = match allowed_hosts(&verb.allow_host) {
        Ok(allowed) => allowed,
        Err(problem) => return fail(globals, problem),
    };
    let memo = sources::load(&session);
    let options = PreviewOptions {
        interface: verb.interface,
        port: verb.port,
        mode: if verb.poll { WatchMode::Poll } else { WatchMode::Events },
        navigate: verb.navigate,
    };
    let suggesting = (!globals.quiet).then(|| {
        let format = globals.format;
        lacking::start(move |lacks| say_lacks(format, lacks))
    });
    let mut served =
        Served { globals, verb, allowed, session, memo, saved: Vec::new(), known: Cell::new(0), suggesting };
    match preview(&mut served, &options) {
        Ok(()) => 0,
        Err(problem) => fail(globals, problem),
    }
}

/// The site of the command line, as it was opened last, and what is remembered of it.
struct Served<'a> {
    globals: &'a Globals,
    verb: &'a Serve,
    /// Hosts that are allowed besides those of the configuration.
    allowed: Vec<String>,
    session: Session,
    memo: Memo,
    /// Posts and talks that the last compilation was for.
    saved: Vec<SitePath>,
    /// The number of the assembly whose names were told to whoever says what posts lack.
    known: Cell<usize>,
    /// Who says what they lack.
    suggesting: Option<Sender<lacking::Saved>>,
}

impl SiteSource for Served<'_> {
    fn open(&mut self) -> Result<Opened, Diagnostic> {
        let mut session = open(self.globals, &self.verb.compile)?;
        let config = &mut session.settings.config;
        // Names of assets stay, so that browsers can put a changed style sheet in place.
        config.outputs.fingerprints = false;
        // Compressed files are for hosts.
        config.hosting.precompress.clear();
        // Pictures themselves are shown from where they lie, rather than held in memory; nobody else sees them.
        config.pictures.originals = Originals::Keep;
        let config = &session.settings.config;
        let hosts = [&config.allowed_hosts[..], &self.allowed].concat();
        let opened = Opened {
            inputs: session.shared(),
            root: session.inputs.root().to_owned(),
            address: Address::new(&config.base_url, config.base_path(), &hosts),
            found: session.found.clone(),
        };
        self.session = session;
        Ok(opened)
    }

    fn compile(&mut self, files: Option<BTreeSet<SitePath>>, sink: &dyn Sink) -> Compiled {
        self.saved = files.as_ref().map(lacking::pages).unwrap_or_default();
        match files {
            Some(files) => self.memo.look_at_only(files),
            None => self.memo.look_at_all(),
        }
        self.memo.set_clock(sources::cache(&self.session).now());
        compile(&self.session.shared(), &self.session.settings, &mut self.memo, sink)
    }

    fn roots(&mut self) -> Vec<PathBuf> {
        let root = self.session.inputs.root();
        let mut roots: BTreeSet<PathBuf> = READ.iter().map(|dir| root.join(dir)).collect();
        roots.insert(root.join(&self.globals.config));
        if let Some(theme) = &self.session.settings.config.theme {
            // A theme outside the site; one inside lies below `themes`.
            let dir = root.join(&theme.value);
            let is_path = theme.value.contains('/');
            // One that is gone may come back.
            roots.extend(dir.canonicalize().ok().or_else(|| is_path.then_some(dir)));
        }
        for file in self.memo.loaded_files() {
            if !READ.iter().any(|dir| file.below(dir).is_some()) {
                roots.insert(root.join(file.as_str()));
            }
        }
        roots.into_iter().collect()
    }

    fn ignored(&self) -> Vec<PathBuf> {
        // What a build writes.
        ["public", ".ssg-cache", ".git"].iter().map(|dir| self.session.inputs.root().join(dir)).collect()
    }

    fn save(&mut self) {
        sources::save(&self.session, &mut self.memo);
    }

    fn say(&self, said: Said<'_>) {
        match said {
            Said::Serving(server) => self.greet(server),
            Said::Warning(warning) => say(self.globals, &format!("warning: {warning}")),
            Said::Built(built) => {
                self.say_built(built);
                self.suggest();
            }
            Said::Found(found) => self.say_found(found),
            Said::Fixed => say(self.globals, "fixed"),
        }
    }
}

impl Served<'_> {
    /// Has it said what the posts lack that were saved; nothing waits for it.
    fn suggest(&self) {
        let Some(suggesting) = self.suggesting.as_ref().filter(|_| !self.saved.is_empty()) else { return };
        if !self.session.settings.config.suggests_under_serve {
            return;
        }
        let assembled = self.memo.assembled();
        let site = self.memo.site().filter(|_| self.known.get() != assembled);
        let known = site.map(|site| {
            self.known.set(assembled);
            known(&self.session.settings.config, site)
        });
        let saved = lacking::Saved {
            root: self.session.inputs.root().to_owned(),
            inputs: self.session.shared(),
            settings: self.session.settings.clone(),
            known,
            files: self.saved.clone(),
        };
        // A thread that has ended says nothing more.
        let _ = suggesting.send(saved);
    }

    fn greet(&self, server: &Server) {
        let (globals, verb) = (self.globals, self.verb);
        if let Some(taken) = server.taken() {
            say(globals, &format!("port {taken} is taken, so this is another one"));
        }
        if !verb.interface.is_loopback() {
            say(globals, "warning: others can reach the site; they see drafts where you build them");
        }
        say(globals, &format!("serving at {}  (Ctrl-C ends)", server.url()));
        let others = server.other_urls();
        if !others.is_empty() {
            say(globals, &format!("from elsewhere at {}", others.join(", ")));
        }
        if globals.format == Format::Json {
            let mut line = serde_json::json!({ "event": "serving", "url": server.url() });
            if !others.is_empty() {
                line["others"] = others.into();
            }
            print_line(&line);
        }
        if verb.open {
            open_browser(globals, &server.url());
        }
    }

    fn say_built(&self, Built { changed, rendered, reused, took }: Built) {
        let took = took.as_secs_f64() * 1000.0;
        let files = counted(changed, "changed file");
        say(self.globals, &format!("{files}: {rendered} rendered, {reused} reused, {took:.0} ms"));
        if self.globals.format == Format::Json {
            let line = serde_json::json!({
                "event": "built", "changed": changed, "rendered": rendered, "reused": reused,
                "milliseconds": took,
            });
            print_line(&line);
        }
    }

    fn say_found(&self, found: &Diagnostics) {
        report(self.globals, Some(&self.session.inputs), found);
        if found.has_errors() {
            say(self.globals, "the site is served as it was before");
        }
    }
}

fn say_lacks(format: Format, lacks: &lacking::Lacks) {
    if format == Format::Human {
        anstream::eprintln!("{}", lacks.line());
        return;
    }
    let names: serde_json::Map<String, serde_json::Value> =
        lacks.names.iter().map(|(subject, names)| (subject.key().to_owned(), names.clone().into())).collect();
    print_line(&serde_json::json!({ "event": "lacks", "path": lacks.path.as_str(), "names": names }));
}

/// Prints for programs; that nobody reads it is no reason to fail.
fn print_line(line: &serde_json::Value) {
    let _ = writeln!(std::io::stdout(), "{line}");
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
