//! `ssg serve`: compiles the site after every change, serves it from memory, and tells browsers.

mod address;
mod author;
mod hints;
mod problems;
mod sources;

use crate::args::{Format, Globals, Serve};
use crate::session::{Session, fail, open, say};
use address::Address;
use author::Author;
use hints::{files, next};
use ssg_build::Memo;
use ssg_serve::{Outputs, Server, ServerOptions, WatchMode, Watcher};
use ssg_source::{Class, Diagnostic, codes};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Folders of a site that a build may read.
const READ: &[&str] = &["content", "templates", "themes", "data", "static", "assets", "i18n"];
/// How often the date is looked at: events begin, and posts are published, without any edit.
const TICK: Duration = Duration::from_secs(60);
/// How long after a look at some files all are looked at, should events have been lost.
const RESCAN: Duration = Duration::from_secs(2);
pub fn run(globals: &Globals, verb: &Serve) -> u8 {
    let session = match open_site(globals, verb) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let mut author = Author::new(globals, verb, sources::load(&session));
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
        .map_err(|error| Diagnostic::error(codes::SERVE, error.to_string()).class(Class::Machine))
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
