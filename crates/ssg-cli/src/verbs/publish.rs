//! `ssg publish`: builds the site and puts the difference online.

mod interrupt;
mod preview;

use super::build::{tell, write};
use super::output_dir;
use crate::args::{Format, Globals, Publish};
use crate::session::{Session, counted, fail, open, report, say};
use crate::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use interrupt::Sending;
use ssg_build::write::OutputPath;
use ssg_publish::{
    Built, Concern, Failure, LocalRun, Named, Options, Outputs, Plan, Site, Watch, config::choose, publish,
    read_targets,
};
use ssg_source::{Diagnostics, Inputs, SitePath};
use std::sync::Mutex;
use std::time::Instant;

pub fn run(globals: &Globals, verb: &Publish) -> u8 {
    let started = Instant::now();
    let session = match open(globals, &verb.build.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    // What is wrong with the target shows before anything is built.
    let name = match named(globals, &session, verb, session.inputs.root().join(".ssg-cache")) {
        Ok(named) => named.name,
        Err(status) => return status,
    };
    let dir = output_dir(&session, verb.build.output_dir.as_deref());
    let built = match write(globals, &session, &dir, verb.build.no_cache) {
        Ok(built) => built,
        Err(status) => return status,
    };
    tell(globals, &built, started);
    let done = put_online(globals, &session, verb, &name, &dir, started);
    // Until now no other build could change what is sent.
    drop(built.held);
    done.map_or_else(|status| status.max(built.status), |()| built.status)
}

/// The target that is meant.
fn named(
    globals: &Globals,
    session: &Session,
    verb: &Publish,
    scratch: std::path::PathBuf,
) -> Result<Named, u8> {
    let site = Site {
        root: session.inputs.root().to_owned(),
        base_url: session.settings.config.base_url.clone(),
        scratch,
    };
    let mut found = Diagnostics::new();
    let mut targets = Vec::new();
    if let Ok(file) = SitePath::new(&globals.config)
        && let Ok(bytes) = session.inputs.read(&file)
    {
        targets = read_targets(&file, &bytes, &site, &mut found);
    }
    if found.has_errors() {
        return Err(report(globals, Some(&session.inputs), &found));
    }
    choose(targets, verb.target.as_deref()).map_err(|problem| fail(globals, problem))
}

fn put_online(
    globals: &Globals,
    session: &Session,
    verb: &Publish,
    name: &str,
    dir: &std::path::Path,
    started: Instant,
) -> Result<(), u8> {
    let stopped = |failure: Failure, changed| fail(globals, failure.into_diagnostic(changed));
    let outputs = Outputs::read(dir).map_err(|failure| stopped(failure, false))?;
    let local = LocalRun::begin(session.inputs.root(), name, || {
        say(globals, "another publish to this target is under way here: waiting for it");
    })
    .map_err(|failure| stopped(failure, false))?;
    let mut target = named(globals, session, verb, local.scratch.clone())?.target;
    let base_url = &session.settings.config.base_url;
    let options =
        Options { max_deletes: verb.max_deletes, ..Options::new(base_url, &local.id, local.last.clone()) };
    let watcher = Watcher::new(globals, verb, name, target.place(), &local);
    interrupt::expect(globals, &watcher.sending, &watcher.bar);
    let published = publish(&mut *target, &outputs, &options, &watcher);
    watcher.bar.finish_and_clear();
    let published = published.map_err(|problem| stopped(problem.failure, problem.changed))?;
    if let Some(status) = watcher.refused.lock().map_or(None, |refused| *refused) {
        return Err(status);
    }
    if verb.dry_run {
        // Nothing was asked where there is nothing to do.
        if published.done {
            watcher.preview(&published.plan);
        }
        return Ok(());
    }
    let plan = &published.plan;
    let (removed, seconds) = (plan.clear.len() + plan.remove.len(), started.elapsed().as_secs_f64());
    if globals.format == Format::Json {
        let line = serde_json::json!({
            "event": "published", "target": name, "sent": plan.puts().count(), "bytes": plan.bytes(),
            "removed": removed, "unchanged": plan.kept, "url": base_url,
        });
        println!("{line}");
    } else if plan.is_empty() {
        say(
            globals,
            &format!("`{name}` is up to date: {} unchanged, {base_url}", counted(plan.kept, "file")),
        );
    } else {
        let line = format!(
            "published to `{name}` in {seconds:.2} s: {} sent ({}), {removed} removed, {} unchanged: {base_url}",
            counted(plan.puts().count(), "file"),
            preview::size(plan.bytes()),
            plan.kept,
        );
        say(globals, &line);
    }
    Ok(())
}

/// Shows the plan and the progress, and asks.
struct Watcher<'a> {
    globals: &'a Globals,
    verb: &'a Publish,
    name: &'a str,
    place: String,
    local: &'a LocalRun,
    bar: ProgressBar,
    sending: Sending,
    /// Exit status, where the publish was refused.
    refused: Mutex<Option<u8>>,
}

impl<'a> Watcher<'a> {
    fn new(
        globals: &'a Globals,
        verb: &'a Publish,
        name: &'a str,
        place: String,
        local: &'a LocalRun,
    ) -> Self {
        let hidden = globals.quiet || globals.format == Format::Json;
        // Standard error that is no terminal hides the bar by itself.
        let drawn = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(0), drawn);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {msg}") {
            bar.set_style(style);
        }
        Self {
            globals,
            verb,
            name,
            place,
            local,
            bar,
            sending: Sending::default(),
            refused: Mutex::new(None),
        }
    }

    fn preview(&self, plan: &Plan) {
        if self.globals.format == Format::Json {
            print!("{}", preview::json(self.name, plan));
        } else if !self.globals.quiet {
            let heading = format!("`{}` ({}): ", self.name, self.place);
            anstream::eprint!("{heading}{}", preview::tree(plan, self.globals.verbose));
        }
    }

    /// Asks a person, where there is one.
    fn is_confirmed(&self, concerns: &[Concern]) -> bool {
        if self.verb.yes || concerns.is_empty() {
            return true;
        }
        let mut found = Diagnostics::new();
        found.extend(concerns.iter().map(|concern| concern.to_diagnostic(&self.place)));
        let status = report(self.globals, None, &found);
        if self.globals.format == Format::Human && terminal::ask("publish all the same?") == Some(true) {
            return true;
        }
        if let Ok(mut refused) = self.refused.lock() {
            *refused = Some(status);
        }
        say(self.globals, "nothing was published");
        false
    }
}

impl Watch for Watcher<'_> {
    fn decide(&self, plan: &Plan, concerns: &[Concern]) -> bool {
        if self.verb.dry_run {
            self.preview(plan);
            let mut found = Diagnostics::new();
            found.extend(concerns.iter().map(|concern| concern.to_diagnostic(&self.place)));
            for one in &mut found {
                one.severity = ssg_source::Severity::Warning;
            }
            report(self.globals, None, &found);
            return false;
        }
        if !concerns.is_empty() {
            self.preview(plan);
        }
        self.is_confirmed(concerns)
    }

    fn begins(&self, files: usize, bytes: u64) {
        self.sending.begins();
        self.local.begins();
        self.bar.set_length(bytes);
        self.bar.set_message(counted(files, "file"));
    }

    fn sent(&self, file: &Built) {
        self.bar.inc(file.size);
    }

    fn waits(&self) {
        say(
            self.globals,
            "another publish to this target is under way elsewhere: waiting for it, or for two minutes without a sign of life",
        );
    }

    fn restores(&self, paths: &[OutputPath]) {
        let first = paths.first().map_or_else(String::new, ToString::to_string);
        let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
        say(self.globals, &format!("`{first}`{more} was changed there by somebody else: it is sent again"));
    }
}
