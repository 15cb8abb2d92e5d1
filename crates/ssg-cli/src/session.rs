//! What every verb that works on a site needs: its folder, configuration, instant, and printing.
//!
//! The clock and the environment are read here, once; from here on they are arguments. A verb gets a session or a
//! diagnostic, and all that is printed goes through the functions below.

use crate::args::{Color, Compile, Format, Globals};
use jiff::Timestamp;
use ssg_build::{Overrides, Settings, assemble_site, mount_theme};
use ssg_parse::When;
use ssg_source::{
    Class, Diagnostic, Diagnostics, DiskInputs, Inputs, ReportOptions, Reporter, SiteOrigin, SitePath, codes,
    decode,
};
use ssg_taxonomy::Site;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// An open site.
pub struct Session {
    pub inputs: Arc<DiskInputs>,
    pub settings: Settings,
    /// What opening it found.
    pub found: Diagnostics,
}

impl Session {
    /// The inputs as the threads of a build share them.
    pub fn shared(&self) -> Arc<dyn Inputs + Send + Sync> {
        self.inputs.clone()
    }
}

/// Stack of a thread that renders, in bytes. Only what is used of it takes memory.
const STACK: usize = 32 << 20;

/// Opens a site with all that is withheld, for verbs that help to write it; what is wrong with its files is for `check` to
/// say.
///
/// # Errors
/// The status of the program, after what is wrong with the folder or the configuration was printed.
pub fn open_with_all(globals: &Globals) -> Result<(Session, Site), u8> {
    let compile = Compile { drafts: true, future: true, expired: true, ..Compile::default() };
    let session = open(globals, &compile).map_err(|problem| fail(globals, problem))?;
    if session.found.has_errors() {
        return Err(report(globals, Some(&session.inputs), &session.found));
    }
    let site = assemble_site(&*session.inputs, &session.settings, &mut Diagnostics::new());
    Ok((session, site))
}

/// A folder as it is called from where the program was started, absolute. A relative path leads into a folder that has
/// been removed even when another has taken its place.
fn from_start(folder: &Path) -> PathBuf {
    static START: OnceLock<PathBuf> = OnceLock::new();
    START.get_or_init(|| std::env::current_dir().unwrap_or_default()).join(folder)
}

/// Opens the site that the flags name.
///
/// # Errors
/// When there is no such folder, or the flags make no sense; what is wrong with the configuration
/// is in [`Session::found`].
pub fn open(globals: &Globals, compile: &Compile) -> Result<Session, Diagnostic> {
    let usage = |code, message: String| Diagnostic::error(code, message).class(Class::Usage);
    prepare_threads(compile.jobs);
    let mut inputs =
        DiskInputs::new(&from_start(&globals.root), Timestamp::now(), VERSION).map_err(|error| {
            usage(
                codes::NO_SITE,
                format!("cannot open the folder `{}`: {error}", ssg_source::shown(&globals.root)),
            )
        })?;
    let file = SitePath::new(&globals.config)
        .map_err(|error| usage(codes::NO_CONFIGURATION, format!("`{}`: {error}", globals.config)))?;
    let overrides = Overrides {
        base_url: compile.base_url.clone(),
        drafts: compile.drafts,
        future: compile.future,
        expired: compile.expired,
        skip_broken: compile.skip_broken,
        preview: compile.preview,
    };
    let mut found = Diagnostics::new();
    let first = Settings::read(&inputs, &file, overrides.clone(), &mut found);
    inputs.set_instant(instant(compile, &first)?);
    let settings = match &first.config.theme {
        Some(theme) => {
            let theme = theme.value.clone();
            // A folder that is not there is reported as an unknown theme when read again.
            let _ = mount_theme(&mut inputs, &theme);
            found = Diagnostics::new();
            Settings::read(&inputs, &file, overrides, &mut found)
        }
        None => first,
    };
    Ok(Session { inputs: Arc::new(inputs), settings, found })
}

/// Prepares the threads that render; no number of them means as many as there are processors.
pub fn prepare_threads(jobs: Option<usize>) {
    // Templates may include and call each other some hundred levels deep. A second call in one process
    // changes nothing; there is none.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0));
    let _ = threads.stack_size(STACK).build_global();
}

/// The instant of the build: `--date`, else `SOURCE_DATE_EPOCH`, else now.
fn instant(compile: &Compile, settings: &Settings) -> Result<Timestamp, Diagnostic> {
    let Some(text) = &compile.date else { return now() };
    let when = ssg_parse::read_when(text).map_err(|(message, hint)| no_instant(text, &message, hint))?;
    if matches!(when, When::Local(_)) {
        let hint = "write a day, or an instant such as 2027-03-18T09:00:00+01:00".to_owned();
        return Err(no_instant(text, "a time of day needs its offset from UTC", hint));
    }
    Ok(when.start(&settings.config.zone()).timestamp())
}

/// The instant that `SOURCE_DATE_EPOCH` names, else that of the machine's clock.
///
/// # Errors
///
/// Where the variable is no number of seconds since 1970.
pub fn now() -> Result<Timestamp, Diagnostic> {
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(Timestamp::now()) };
    let seconds = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds
        .ok_or_else(|| no_instant(&text, "SOURCE_DATE_EPOCH is no number of seconds", "unset it".to_owned()))
}

fn no_instant(text: &str, message: &str, hint: String) -> Diagnostic {
    Diagnostic::error(codes::DATE, format!("`{text}`: {message}")).class(Class::Usage).hint(hint)
}

/// Hosts by which `serve` may be asked for, of flags and of `SSG_ALLOWED_HOSTS`.
///
/// # Errors
/// When no request can name one of them.
pub fn allowed_hosts(flags: &[String]) -> Result<Vec<String>, Diagnostic> {
    let variable = std::env::var("SSG_ALLOWED_HOSTS").unwrap_or_default();
    let set = variable.split([',', ' ']).filter(|host| !host.is_empty());
    let read = |(text, origin): (&str, &str)| {
        ssg_parse::read_allowed_host(text).map_err(|hint| {
            let wrong = ssg_parse::wrong_host(text).class(Class::Usage).hint(hint);
            wrong.hint(format!("it comes from {origin}"))
        })
    };
    let flags = flags.iter().map(|host| (host.as_str(), "`--allow-host`"));
    flags.chain(set.map(|host| (host, "SSG_ALLOWED_HOSTS"))).map(read).collect()
}

/// Whether colours go to standard error.
pub fn colored(globals: &Globals) -> bool {
    match globals.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let set =
                |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
            set("CLICOLOR_FORCE") || (std::io::stderr().is_terminal() && !set("NO_COLOR"))
        }
    }
}

/// Prints diagnostics to standard error (as JSON to standard output) and gives the exit status.
pub fn report(globals: &Globals, inputs: Option<&DiskInputs>, found: &Diagnostics) -> u8 {
    let text = |path: &SitePath| -> Option<Arc<str>> {
        let bytes = inputs?.read(path).ok()?;
        Some(decode(&bytes).ok()?.into_owned().into())
    };
    let json = globals.format == Format::Json;
    let options =
        ReportOptions { color: colored(globals) && !json, verbose: globals.verbose, json, width: width() };
    let mut shown = found.clone();
    if globals.quiet {
        shown.retain(|one| one.severity == ssg_source::Severity::Error);
    }
    let reporter = Reporter::new(options, &text);
    let folder = globals.root.to_str().filter(|_| globals.root.is_relative()).unwrap_or_default();
    let origin = SiteOrigin { version: VERSION, folder };
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    // A closed pipe is no reason to fail.
    let _ = match globals.format {
        Format::Json => out.write_all(reporter.render(&shown).as_bytes()),
        Format::Sarif => out.write_all(reporter.sarif(&shown, origin).as_bytes()),
        Format::Human => err.write_all(reporter.render(&shown).as_bytes()),
        Format::Github => err
            .write_all(reporter.render(&shown).as_bytes())
            .and_then(|()| out.write_all(reporter.github(&shown, origin).as_bytes())),
    };
    found.status()
}

/// Reports one diagnostic that ends the run.
pub fn fail(globals: &Globals, diagnostic: Diagnostic) -> u8 {
    let mut found = Diagnostics::new();
    found.add(diagnostic);
    report(globals, None, &found)
}

/// Prints a line for people, unless quiet or in JSON.
pub fn say(globals: &Globals, line: &str) {
    if !globals.quiet && matches!(globals.format, Format::Human | Format::Github) {
        anstream::eprintln!("{line}");
    }
}

/// "1 page", "2 pages".
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// How wide the terminal is that messages go to.
fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stderr())?;
    Some(usize::from(width.0))
}
