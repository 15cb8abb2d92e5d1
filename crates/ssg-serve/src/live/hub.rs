//! Who listens, what has happened, and what each tab has to know of it.

use super::stream::EventStream;
use super::visit::Visit;
use crate::news::{News, Problem};
use crate::path::BasePath;
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc::{Sender, channel};

/// Most tabs at a time: half of all connections, so that there are others to give way.
const TABS: usize = 256;
/// Has the browser wait before it connects again, lest tabs take each other's place all the time.
const LATER: &[u8] = b"retry: 30000\n\n";
/// Events that may wait for one tab; a tab that takes none is let go, and catches up when it returns.
const WAITING: usize = 64;
/// Changes that are remembered for tabs that return.
const CHANGES: usize = 1024;
/// Paths that are remembered, over all changes.
const PATHS: usize = 100_000;
/// Files besides the page that are told by name; beyond that the page reloads.
const NAMED: usize = 200;
/// Pages that are remembered after their tab has gone, for the author looks at them again.
const RECENT: usize = 8;
/// How much older than its age a tab may be, in what is told to be safe.
const MARGIN: Duration = Duration::from_secs(1);

/// The meeting point of the one who tells news and the tabs that listen.
pub(crate) struct Hub {
    base: BasePath,
    navigate: bool,
    /// When this server began: as an identity, and to know older tabs.
    boot: u128,
    started: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The number of the latest change.
    sequence: u64,
    /// Changes in order, with no gap, up to the latest.
    log: VecDeque<Change>,
    /// Paths in the log.
    logged: usize,
    /// When the latest change that the log has forgotten happened.
    forgotten: Option<Instant>,
    /// The problems there are, as the browser reads them.
    problems: Option<Value>,
    tabs: Vec<Tab>,
    next_tab: u64,
    /// Pages of tabs that have gone, latest first.
    recent: VecDeque<String>,
}

struct Change {
    sequence: u64,
    at: Instant,
    paths: Vec<String>,
}

struct Tab {
    number: u64,
    visit: Visit,
    events: Sender<Bytes>,
}

/// What a tab missed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Missed {
    reload: bool,
    /// Files besides the page that have changed.
    assets: Vec<String>,
    /// Files that may have changed before the tab loaded them.
    maybe: Vec<String>,
}

impl Hub {
    /// `navigate` lets [`News::Navigate`] through.
    pub(crate) fn new(base: BasePath, navigate: bool) -> Self {
        let boot = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self { base, navigate, boot, started: Instant::now(), state: Mutex::default() }
    }

    /// Tells every tab what concerns it. Never waits for one.
    pub(crate) fn tell(&self, news: News) {
        let mut state = self.lock();
        match news {
            News::Changed { paths } => self.changed(&mut state, paths),
            News::Problems(problems) => {
                let problems: Value = problems.iter().map(Problem::to_json).collect();
                self.send_all(&mut state, "problems", &problems);
                state.problems = Some(problems);
            }
            News::Fixed => {
                state.problems = None;
                self.send_all(&mut state, "fixed", &Value::Null);
            }
            News::Navigate(file) if self.navigate => {
                let event = self.event(state.sequence, "navigate", &json!(self.base.url_of(&file)));
                state
                    .tabs
                    .retain(|tab| tab.visit.concerns(&file) || tab.events.try_send(event.clone()).is_ok());
            }
            News::Navigate(_) => {}
        }
    }

    /// The files of the output that browsers show: of open tabs first, the latest first, then of
    /// tabs that have gone lately.
    pub(crate) fn open_paths(&self) -> Vec<String> {
        let state = self.lock();
        let open = state.tabs.iter().rev().filter_map(|tab| tab.visit.shows().map(str::to_owned));
        let mut paths: Vec<String> = Vec::new();
        for path in open.chain(state.recent.iter().cloned()) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }

    /// Lets a tab in, with what it missed. When there are too many, the oldest is let go.
    pub(crate) fn enter(self: &Arc<Self>, visit: &Visit) -> EventStream {
        let mut state = self.lock();
        if state.tabs.len() >= TABS {
            let oldest = state.tabs.remove(0);
            state.remember(&oldest);
            let _ = oldest.events.try_send(Bytes::from_static(LATER));
        }
        let (events, receiver) = channel(WAITING);
        let number = state.next_tab;
        state.next_tab += 1;
        let mut greeting = vec![("hello", Value::Null)];
        let missed = self.missed(&state, visit);
        if missed.reload {
            greeting.push(("reload", Value::Null));
        } else if !(missed.assets.is_empty() && missed.maybe.is_empty()) {
            greeting.push(("assets", self.assets(&missed.assets, &missed.maybe)));
        }
        if let Some(problems) = &state.problems {
            greeting.push(("problems", problems.clone()));
        } else if visit.seen.is_some() {
            // It may still show what has been mended while it slept.
            greeting.push(("fixed", Value::Null));
        }
        for (name, content) in greeting {
            // There is room, for the channel is new.
            let _ = events.try_send(self.event(state.sequence, name, &content));
        }
        state.tabs.push(Tab { number, visit: visit.clone(), events });
        drop(state);
        EventStream::new(Arc::clone(self), number, receiver)
    }

    /// Has one tab reload its page.
    pub(crate) fn reload(&self, number: u64) {
        let state = self.lock();
        if let Some(tab) = state.tabs.iter().find(|tab| tab.number == number) {
            let _ = tab.events.try_send(self.event(state.sequence, "reload", &Value::Null));
        }
    }

    /// The tab is gone.
    pub(super) fn leave(&self, number: u64) {
        let mut state = self.lock();
        let Some(at) = state.tabs.iter().position(|tab| tab.number == number) else { return };
        let tab = state.tabs.remove(at);
        state.remember(&tab);
    }

    /// An event that says nothing but the latest number.
    pub(super) fn beat(&self) -> Bytes {
        let sequence = self.lock().sequence;
        self.event(sequence, "beat", &Value::Null)
    }

    fn changed(&self, state: &mut State, paths: Vec<String>) {
        if paths.is_empty() {
            return;
        }
        state.sequence += 1;
        let sequence = state.sequence;
        let assets: Vec<String> = paths.iter().filter(|path| !is_page(path)).cloned().collect();
        let assets_event =
            (!assets.is_empty()).then(|| self.event(sequence, "assets", &self.assets(&assets, &[])));
        let reload = self.event(sequence, "reload", &Value::Null);
        state.tabs.retain(|tab| {
            let own = paths.iter().any(|path| tab.visit.concerns(path));
            let event = if own || assets.len() > NAMED { Some(&reload) } else { assets_event.as_ref() };
            event.is_none_or(|event| tab.events.try_send(event.clone()).is_ok())
        });
        state.logged += paths.len();
        state.log.push_back(Change { sequence, at: Instant::now(), paths });
        while state.log.len() > CHANGES || (state.logged > PATHS && state.log.len() > 1) {
            if let Some(old) = state.log.pop_front() {
                state.logged -= old.paths.len();
                state.forgotten = Some(old.at);
            }
        }
    }

    fn send_all(&self, state: &mut State, name: &str, content: &Value) {
        let event = self.event(state.sequence, name, content);
        state.tabs.retain(|tab| tab.events.try_send(event.clone()).is_ok());
    }

    /// What has happened since the tab last heard, or since it began to load.
    fn missed(&self, state: &State, visit: &Visit) -> Missed {
        let mut missed = Missed::default();
        if let Some(seen) = &visit.seen {
            let seen = seen.split_once('-').and_then(|(boot, sequence)| {
                let ours = u128::from_str_radix(boot, 16) == Ok(self.boot);
                sequence.parse::<u64>().ok().filter(|sequence| ours && *sequence <= state.sequence)
            });
            let first = state.log.front().map_or(state.sequence + 1, |change| change.sequence);
            match seen {
                Some(seen) if seen + 1 >= first => {
                    for change in state.log.iter().filter(|change| change.sequence > seen) {
                        missed.reload |= change.paths.iter().any(|path| visit.concerns(path));
                        missed.assets.extend(change.paths.iter().filter(|path| !is_page(path)).cloned());
                    }
                }
                // Another server's tab, or one that slept for longer than is remembered.
                _ => missed.reload = true,
            }
        } else {
            // The page itself is compared by its digest; only what it loaded is in question.
            let since = |at: Instant| at.elapsed();
            missed.reload = visit.age > self.started.elapsed() + MARGIN
                || state.forgotten.is_some_and(|at| since(at) <= visit.age);
            for change in state.log.iter().rev().take_while(|change| since(change.at) <= visit.age + MARGIN) {
                let assets = change.paths.iter().filter(|path| !is_page(path)).cloned();
                if since(change.at) <= visit.age {
                    missed.assets.extend(assets);
                } else {
                    missed.maybe.extend(assets);
                }
            }
        }
        missed.reload |= missed.assets.len() > NAMED;
        missed.maybe.truncate(NAMED);
        missed
    }

    /// The addresses of changed files, for the browser to find on its page.
    fn assets(&self, changed: &[String], maybe: &[String]) -> Value {
        let urls = |paths: &[String]| -> Value { paths.iter().map(|path| self.base.url_of(path)).collect() };
        json!({ "changed": urls(changed), "maybe": urls(maybe) })
    }

    fn event(&self, sequence: u64, name: &str, content: &Value) -> Bytes {
        // JSON holds no line break, so one line of data is enough.
        format!("id: {:x}-{sequence}\nevent: {name}\nretry: 500\ndata: {content}\n\n", self.boot).into()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn remember(&mut self, tab: &Tab) {
        let Some(path) = tab.visit.shows() else { return };
        self.recent.retain(|known| known != path);
        self.recent.push_front(path.to_owned());
        self.recent.truncate(RECENT);
    }
}

/// Whether the file is a page, which matters to nobody but who shows it.
fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}
