//! The loop of `ssg serve`: waits for a hint, has the site compiled, and tells browsers and the author.
//!
//! It knows when to compile and what to publish, and neither how a site is opened nor what a terminal looks
//! like: that is a [`SiteSource`]'s. An error is told only when it has stayed for a moment; a compilation
//! that renders what nobody looks at gives way to an edit; and what a look at some files may have missed,
//! a look at all finds a little later.

mod address;
mod author;
mod pace;
mod problems;
#[cfg(test)]
mod tests;

pub use address::Address;

use crate::server::{Server, ServerOptions};
use crate::watch::{Hints, WatchMode, Watcher, with_links};
use author::{Again, Author};
use pace::{Pace, named_files};
use ssg_build::{Compiled, Sink};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A site that can be opened and compiled again and again.
pub trait SiteSource {
    /// Opens the site as it is now. Where that fails, the one that was opened last stays.
    ///
    /// # Errors
    /// When there is no such site; what is wrong with its configuration is among what was found.
    fn open(&mut self) -> Result<Opened, Diagnostic>;
    /// Compiles the site that was opened last. `files` are those that alone may have changed, come or gone
    /// since the last time; `None` where any may have.
    fn compile(&mut self, files: Option<BTreeSet<SitePath>>, sink: &dyn Sink) -> Compiled;
    /// Files and folders whose changes matter, as far as is known now.
    fn roots(&mut self) -> Vec<PathBuf>;
    /// Files and folders below these whose changes do not matter.
    fn ignored(&self) -> Vec<PathBuf>;
    /// Remembers for the next start what is worth it.
    fn save(&mut self);
    /// Tells the author.
    fn say(&self, said: Said<'_>);
}

/// A site that was opened.
pub struct Opened {
    /// What it is read through.
    pub inputs: Arc<dyn Inputs + Send + Sync>,
    /// Its folder.
    pub root: PathBuf,
    /// Where it lies.
    pub address: Address,
    /// What is wrong with its configuration.
    pub found: Diagnostics,
}

/// What the author is told.
pub enum Said<'a> {
    /// The site is served; again when it has moved.
    Serving(&'a Server),
    /// What should be known of the watching.
    Warning(&'a str),
    /// A compilation changed something.
    Built(Built),
    /// What is wrong, when that is something else than before.
    Found(&'a Diagnostics),
    /// There are no errors any more.
    Fixed,
}

/// What a compilation did.
#[derive(Clone, Copy, Debug)]
pub struct Built {
    /// Files that are different.
    pub changed: usize,
    /// Outputs that were rendered.
    pub rendered: usize,
    /// Outputs that were not.
    pub reused: usize,
    /// How long it took.
    pub took: Duration,
}

/// How a site is served.
#[derive(Clone, Debug)]
pub struct PreviewOptions {
    /// The address to listen on.
    pub interface: IpAddr,
    /// The port wanted.
    pub port: u16,
    /// How changes are noticed.
    pub mode: WatchMode,
    /// Whether browsers go to the page that was edited.
    pub navigate: bool,
}

/// Serves a site until the watcher ends.
///
/// # Errors
/// When the site cannot be opened at first, or a server cannot be started.
pub fn preview(source: &mut dyn SiteSource, options: &PreviewOptions) -> Result<(), Diagnostic> {
    let opened = source.open()?;
    // Watched from before the first compilation on, so that no edit is lost.
    let roots = with_links(source.roots(), &opened.root);
    let (watcher, hints) = Watcher::start(&roots, source.ignored(), options.mode);
    let watch = |roots: &[PathBuf]| watcher.replace_roots(roots);
    Preview { source, options, hints, roots, watch: &watch, pace: Pace::default() }.run(opened)
}

/// The loop, with what it works with.
struct Preview<'a> {
    source: &'a mut dyn SiteSource,
    options: &'a PreviewOptions,
    hints: Hints,
    /// What is watched.
    roots: Vec<PathBuf>,
    /// Has other roots watched.
    watch: &'a dyn Fn(&[PathBuf]),
    pace: Pace,
}

impl Preview<'_> {
    fn run(self, opened: Opened) -> Result<(), Diagnostic> {
        let Self { source, options, hints, mut roots, watch, pace } = self;
        // Has watched what matters now.
        let follow = |author: &mut Author, root: &Path, roots: &mut Vec<PathBuf>| {
            let now = with_links(author.source.roots(), root);
            if now != *roots {
                watch(&now);
                *roots = now;
            }
        };
        let mut address = opened.address.clone();
        let mut author = Author::new(source, options.navigate, pace);
        // Served from before the first compilation has ended: a request waits for its page, which is
        // rendered first.
        let mut server = start(options, options.port, &address, &author)?;
        author.source.say(Said::Serving(&server));
        let root = opened.root.clone();
        let again = author.compile(opened, None, &hints, &server);
        author.source.save();
        // What pages load from elsewhere is known only now.
        follow(&mut author, &root, &mut roots);
        let mut patience = pace.until(again);
        while !hints.is_closed() {
            let hint = pace.next(&hints, patience);
            author.warn(&hint);
            let opened = match author.source.open() {
                Ok(opened) => opened,
                Err(problem) => {
                    author.is_lost(problem, &server);
                    patience = pace.rescan;
                    continue;
                }
            };
            let files = named_files(&opened.root, &hint);
            let is_part = files.is_some();
            if files.is_none() {
                follow(&mut author, &opened.root, &mut roots);
                author.source.save();
            }
            // A broken configuration does not say where the site lies.
            let moves_to =
                Some(opened.address.clone()).filter(|to| !opened.found.has_errors() && *to != address);
            let again = author.compile(opened, files, &hints, &server);
            if let Some(to) = moves_to.filter(|_| !author.has_errors()) {
                // Another base URL: the site lies elsewhere now, on the same port. With errors what is served is the site as
                // it was, and its links lead to where that lay.
                address = to;
                let port = server.address().port();
                drop(server);
                server = start(options, port, &address, &author)?;
                author.source.say(Said::Serving(&server));
                author.retell(&server);
            }
            // What is said of the files is believed for now, and looked at a little later.
            patience = pace.until(if is_part && again == Again::Later { Again::Soon } else { again });
        }
        Ok(())
    }
}

fn start(
    options: &PreviewOptions,
    port: u16,
    address: &Address,
    author: &Author,
) -> Result<Server, Diagnostic> {
    let options = ServerOptions {
        interface: options.interface,
        port,
        base_path: address.base_path.clone(),
        allowed_hosts: address.allowed_hosts.clone(),
        site_origin: address.origin.clone(),
        navigate: options.navigate,
    };
    Server::start(&options, Arc::new(author.outputs.clone()))
        .map_err(|error| Diagnostic::error(codes::SERVE, error.to_string()).class(Class::Machine))
}
