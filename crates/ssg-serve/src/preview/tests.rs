//! The loop with a compiler and a watcher that do what a test says. No test waits for a time to pass: what
//! is waited for is there, or the wait has no length.

use super::*;
use crate::live::EVENTS;
use crate::watch::Hint;
use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Counts, Onlooker};
use ssg_source::MemoryInputs;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

const LONG: Duration = Duration::from_secs(20);

/// What one compilation does.
struct Step {
    /// The text of `index.html`; `None` for an error.
    text: Option<&'static str>,
    /// Paths of a hint that comes while it runs.
    hints: &'static [&'static str],
    /// Whether it renders everything, though it is called away.
    goes_on: bool,
}

const GOOD: Step = Step { text: Some("good"), hints: &[], goes_on: true };
const BAD: Step = Step { text: None, hints: &[], goes_on: true };

/// What the loop did.
#[derive(Debug, PartialEq)]
enum Did {
    Serves(String),
    Warns(String),
    Builds(usize),
    Finds(usize),
    Mends,
    /// With the files that alone may have changed.
    Compiles(Option<Vec<String>>),
    Saves,
    Watches(usize),
}

/// A site whose compilations follow a script; when that has ended, the hints are closed.
struct Script {
    steps: VecDeque<Step>,
    hints: Hints,
    did: Sender<Did>,
    /// What opening it gives: an address, an error in the configuration, or nothing.
    opens: VecDeque<Result<(&'static str, bool), &'static str>>,
    roots: usize,
    /// How many roots there are once the site has been compiled.
    roots_then: usize,
    address: Arc<Mutex<Option<SocketAddr>>>,
}

impl Script {
    fn did(&self, did: Did) {
        let _ = self.did.send(did);
    }
}

fn error(text: &str) -> Diagnostic {
    Diagnostic::error(codes::TEMPLATE, text.to_owned())
}

fn hint(paths: &[&str]) -> Hint {
    let paths = paths.iter().map(|path| PathBuf::from("/site").join(path)).collect();
    Hint { paths, ..Hint::default() }
}

impl SiteSource for Script {
    fn open(&mut self) -> Result<Opened, Diagnostic> {
        let (base, is_broken) = self.opens.pop_front().unwrap_or(Ok(("/", false))).map_err(error)?;
        let mut found = Diagnostics::new();
        if is_broken {
            found.add(error("the configuration"));
        }
        Ok(Opened {
            inputs: Arc::new(MemoryInputs::new("2026-11-28T00:00:00Z".parse().expect("an instant"))),
            root: "/site".into(),
            address: Address::new("https://example.org/", base, &[]),
            found,
        })
    }

    fn compile(&mut self, files: Option<BTreeSet<SitePath>>, sink: &dyn Sink) -> Compiled {
        let names = files.map(|files| files.iter().map(|file| file.as_str().to_owned()).collect());
        self.did(Did::Compiles(names));
        self.roots = self.roots_then;
        let step = self.steps.pop_front().unwrap_or(GOOD);
        self.hints.give(hint(step.hints));
        if self.steps.is_empty() {
            self.hints.close();
        }
        let mut diagnostics = Diagnostics::new();
        let mut cut = false;
        match step.text {
            None => {
                sink.fails();
                diagnostics.add(error("broken"));
            }
            Some(text) => {
                let path = OutputPath::new("index.html").expect("a path");
                let (body, hash) = (Body::Bytes(text.as_bytes().into()), None);
                sink.take(OutputFile { path, body, hash });
                cut = !step.goes_on && sink.onlooker().is_some_and(Onlooker::is_full);
            }
        }
        Compiled {
            diagnostics,
            counts: Counts { pages: 1, ..Counts::default() },
            rendered: Vec::new(),
            reused: 0,
            unpublished: None,
            next_change: None,
            skipped: Vec::new(),
            dropped: Vec::new(),
            cut,
        }
    }

    fn roots(&mut self) -> Vec<PathBuf> {
        vec![PathBuf::from("/site"); self.roots]
    }

    fn ignored(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn save(&mut self) {
        self.did(Did::Saves);
    }

    fn say(&self, said: Said<'_>) {
        self.did(match said {
            Said::Serving(server) => {
                *self.address.lock().expect("no panic") = Some(server.address());
                Did::Serves(server.url().splitn(4, '/').nth(3).unwrap_or("").to_owned())
            }
            Said::Warning(text) => Did::Warns(text.to_owned()),
            Said::Built(built) => Did::Builds(built.changed),
            Said::Found(found) => Did::Finds(found.counts().0),
            Said::Fixed => Did::Mends,
        });
    }
}

/// The loop, about to run.
struct Stage {
    script: Script,
    hints: Hints,
    did: Receiver<Did>,
    pace: Pace,
}

impl Stage {
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let (sender, did) = channel();
        let hints = Hints::default();
        let script = Script {
            steps: steps.into_iter().collect(),
            hints: hints.clone(),
            did: sender,
            opens: VecDeque::new(),
            roots: 1,
            roots_then: 1,
            address: Arc::default(),
        };
        // What comes is there, and nothing else is waited for.
        let none = Duration::ZERO;
        let pace = Pace {
            tick: none,
            rescan: none,
            filling: none,
            lull: none,
            flood: none,
            settling: none,
            rounds: 20,
            at_least: none,
        };
        Self { script, hints, did, pace }
    }

    /// Runs it to its end, which is that of the steps; gives what was done.
    fn run(mut self) -> Vec<Did> {
        let sender = self.script.did.clone();
        let watch = move |roots: &[PathBuf]| drop(sender.send(Did::Watches(roots.len())));
        let options = PreviewOptions {
            interface: [127, 0, 0, 1].into(),
            port: 0,
            mode: WatchMode::Events,
            navigate: false,
        };
        let opened = self.script.open().expect("a site");
        let roots = self.script.roots();
        let source = &mut self.script;
        Preview { source, options: &options, hints: self.hints, roots, watch: &watch, pace: self.pace }
            .run(opened)
            .expect("it is served");
        drop(watch);
        drop(self.script);
        self.did.into_iter().collect()
    }

    /// What was done besides saving.
    fn runs(self) -> Vec<Did> {
        let mut did = self.run();
        did.retain(|did| *did != Did::Saves);
        did
    }
}

fn compiles(files: &[&str]) -> Did {
    Did::Compiles(Some(files.iter().map(|file| (*file).to_owned()).collect()))
}

const ALL: Did = Did::Compiles(None);

#[test]
fn a_named_file_is_looked_at_alone_and_all_a_little_later() {
    let first = Step { hints: &["content/a.md"], ..GOOD };
    let stage = Stage::new([first, Step { text: Some("new"), ..GOOD }, GOOD]);
    let did = stage.run();
    let expected = [
        Did::Serves(String::new()),
        ALL,
        Did::Builds(1),
        Did::Finds(0),
        Did::Saves,
        compiles(&["content/a.md"]),
        Did::Builds(1),
        // Nothing came in time, so all is looked at; what is remembered is written then.
        Did::Saves,
        ALL,
        Did::Builds(1),
    ];
    assert_eq!(did, expected);
}

#[test]
fn an_error_that_the_next_change_mends_is_not_told() {
    let half = Step { hints: &["content/b.md"], ..BAD };
    let mut stage = Stage::new([GOOD, half, Step { text: Some("whole"), ..GOOD }, GOOD]);
    stage.pace.settling = LONG;
    let did = stage.runs();
    assert!(!did.contains(&Did::Finds(1)) && !did.contains(&Did::Mends), "{did:?}");
    // The files of the second half are all: nobody knows what was left from the first.
    let compiled: Vec<&Did> = did.iter().filter(|did| matches!(did, Did::Compiles(_))).collect();
    assert_eq!(compiled, [&ALL, &ALL, &ALL, &ALL]);
}

#[test]
fn an_error_that_stays_is_told_once_and_so_is_its_end() {
    let did = Stage::new([GOOD, BAD, BAD, BAD, GOOD, GOOD]).runs();
    let told: Vec<&Did> =
        did.iter().filter(|did| matches!(did, Did::Finds(_) | Did::Mends | Did::Builds(_))).collect();
    assert_eq!(told, [&Did::Builds(1), &Did::Finds(0), &Did::Finds(1), &Did::Finds(0), &Did::Mends]);
}

#[test]
fn a_site_that_changes_all_the_time_is_told_to_be_broken_in_the_end() {
    let mut steps = vec![GOOD];
    steps.extend((0..7).map(|_| Step { hints: &["content/a.md"], ..BAD }));
    steps.push(GOOD);
    let mut stage = Stage::new(steps);
    (stage.pace.settling, stage.pace.rounds) = (LONG, 5);
    let did = stage.runs();
    let broken = did.iter().position(|did| *did == Did::Finds(1)).expect("it is told");
    let before = did[..broken].iter().filter(|did| matches!(did, Did::Compiles(_))).count();
    assert_eq!(before, 1 + 5);
    assert_eq!(did.last(), Some(&Did::Mends));
}

#[test]
fn a_compilation_that_is_called_away_is_followed_by_another_at_once() {
    let cut = Step { text: Some("cut"), hints: &["content/b.md"], goes_on: false };
    let mut stage = Stage::new([GOOD, cut, Step { text: Some("rest"), ..GOOD }]);
    // Where the loop waited for the time to pass, this would take a day.
    stage.hints.give(hint(&["content/a.md"]));
    (stage.pace.tick, stage.pace.rescan) = (Duration::from_secs(86_400), Duration::from_secs(86_400));
    let did = stage.runs();
    assert_eq!(
        did[4..],
        [compiles(&["content/a.md"]), compiles(&["content/b.md"]), Did::Builds(1)],
        "what the first made is shown with the rest"
    );
}

#[test]
fn what_is_not_called_away_is_not_cut() {
    // Without a hint; and with one that comes too early to count.
    let cut = Step { text: Some("not cut"), hints: &[], goes_on: false };
    assert_eq!(Stage::new([GOOD, cut]).runs().len(), 6);
    let cut = Step { text: Some("not cut"), hints: &["content/b.md"], goes_on: false };
    let mut stage = Stage::new([GOOD, cut, GOOD]);
    stage.pace.at_least = LONG;
    let did = stage.runs();
    assert_eq!(did[4..7], [ALL, Did::Builds(1), compiles(&["content/b.md"])]);
}

#[test]
fn a_look_at_all_that_failed_is_followed_by_another_soon() {
    // A file may have vanished between the list of files and its turn, in a folder that is not watched
    // yet. Where the loop waited for the tick, this would take a day.
    let mut stage = Stage::new([GOOD, BAD, GOOD]);
    stage.hints.give(Hint { rescan: true, ..Hint::default() });
    stage.pace.tick = Duration::from_secs(86_400);
    let did = stage.runs();
    assert_eq!(did[4..], [ALL, Did::Finds(1), ALL, Did::Finds(0), Did::Mends]);
}

#[test]
fn a_configuration_that_cannot_be_read_hides_no_change() {
    let mut stage = Stage::new([GOOD, GOOD]);
    stage.hints.give(hint(&["content/a.md"]));
    // The first is that of the start; what was saved meanwhile has no second hint.
    stage.script.opens = VecDeque::from([Ok(("/", false)), Ok(("/elsewhere/", true))]);
    let did = stage.runs();
    assert_eq!(did[3..], [Did::Finds(0), Did::Finds(1), ALL, Did::Finds(0), Did::Mends]);
}

#[test]
fn a_site_that_vanishes_is_told_once_and_comes_back() {
    let mut stage = Stage::new([GOOD, GOOD]);
    let gone = Err("there is no such folder");
    stage.script.opens = VecDeque::from([Ok(("/", false)), gone, gone, gone, gone]);
    let did = stage.runs();
    assert_eq!(did[3..], [Did::Finds(0), Did::Finds(1), ALL, Did::Finds(0), Did::Mends]);
}

#[test]
fn another_address_is_served_on_the_same_port_once_nothing_is_wrong() {
    let mut stage = Stage::new([GOOD, BAD, BAD, GOOD]);
    let opens = ["/one/", "/one/", "/two/", "/two/"];
    stage.script.opens = opens.into_iter().map(|address| Ok((address, false))).collect();
    let address = Arc::clone(&stage.script.address);
    let did = stage.runs();
    let is_wanted = |did: &&Did| matches!(did, Did::Serves(_) | Did::Finds(_) | Did::Mends);
    let served: Vec<&Did> = did.iter().filter(is_wanted).collect();
    let (one, two) = (Did::Serves("one/".to_owned()), Did::Serves("two/".to_owned()));
    // The links of the pages that stay lead to where the site was.
    let last = [&Did::Finds(0), &Did::Mends, &two];
    assert_eq!(
        (served.first(), served.get(served.len() - 3..)),
        (Some(&&one), Some(&last[..])),
        "{served:?}"
    );
    assert!(address.lock().expect("no panic").is_some());
}

#[test]
fn what_is_watched_follows_the_site_and_a_warning_is_passed_on() {
    let mut stage = Stage::new([GOOD, GOOD, GOOD]);
    stage.hints.give(Hint { warning: Some("no events".to_owned()), rescan: true, ..Hint::default() });
    // Data files that templates load are known only once the site has been compiled.
    stage.script.roots_then = 3;
    let did = stage.runs();
    let told = |wanted: Did| did.iter().filter(|did| **did == wanted).count();
    assert_eq!((told(Did::Warns("no events".to_owned())), told(Did::Watches(3))), (1, 1));
}

#[test]
fn a_flood_is_waited_for_and_is_one_compilation() {
    let many: Vec<String> = (0..20).map(|number| format!("content/{number}.md")).collect();
    let names: Vec<&str> = many.iter().map(String::as_str).collect();
    let hints = Hints::default();
    hints.give(hint(&names));
    let pace = Pace { lull: Duration::ZERO, ..Pace::default() };
    let found = pace.next(&hints, LONG);
    assert_eq!(named_files("/site".as_ref(), &found).map(|files| files.len()), Some(20));
    // A file elsewhere, such as one of a theme beside the site, is no file of the site.
    assert_eq!(named_files("/other".as_ref(), &found), None);
    assert_eq!(named_files("/site".as_ref(), &Hint { rescan: true, ..found }), None);
}

/// A site that goes on compiling when a tab, which came after the first compilation, has heard of the last.
struct Heard {
    script: Script,
    /// What the tab hears next, before each compilation.
    expected: VecDeque<&'static str>,
    tab: Option<Receiver<String>>,
}

impl SiteSource for Heard {
    fn open(&mut self) -> Result<Opened, Diagnostic> {
        self.script.open()
    }

    fn compile(&mut self, files: Option<BTreeSet<SitePath>>, sink: &dyn Sink) -> Compiled {
        if let Some(expected) = self.expected.pop_front() {
            let address = self.script.address.lock().expect("no panic").expect("it is served");
            let tab = self.tab.get_or_insert_with(|| listen(address));
            assert_eq!(tab.recv_timeout(LONG).as_deref(), Ok(expected));
        } else {
            self.expected = VecDeque::from(["hello", "reload", "problems", "fixed"]);
        }
        self.script.compile(files, sink)
    }

    fn roots(&mut self) -> Vec<PathBuf> {
        self.script.roots()
    }

    fn ignored(&self) -> Vec<PathBuf> {
        self.script.ignored()
    }

    fn save(&mut self) {
        self.script.save();
    }

    fn say(&self, said: Said<'_>) {
        self.script.say(said);
    }
}

/// The names of the events of a tab that shows `index.html`.
fn listen(address: SocketAddr) -> Receiver<String> {
    let (names, heard) = channel();
    std::thread::spawn(move || {
        let mut stream = TcpStream::connect(address).expect("it listens");
        write!(stream, "GET {EVENTS}?file=index.html HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(name) = line.strip_prefix("event: ") {
                let _ = names.send(name.to_owned());
            }
        }
    });
    heard
}

#[test]
fn browsers_are_told() {
    let again = Step { text: Some("good"), ..GOOD };
    let stage = Stage::new([
        GOOD,
        Step { text: Some("new"), ..GOOD },
        BAD,
        Step { text: Some("new"), ..GOOD },
        again,
    ]);
    let mut source = Heard { script: stage.script, expected: VecDeque::new(), tab: None };
    let options = PreviewOptions {
        interface: [127, 0, 0, 1].into(),
        port: 0,
        mode: WatchMode::Events,
        navigate: false,
    };
    let opened = source.open().expect("a site");
    let (hints, pace, roots) = (stage.hints, stage.pace, source.roots());
    Preview { source: &mut source, options: &options, hints, roots, watch: &|_| {}, pace }
        .run(opened)
        .expect("it is served");
    assert!(source.expected.is_empty());
}
