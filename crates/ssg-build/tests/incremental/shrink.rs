//! Reduces a failure to what it takes: two states if that is enough, and few files of few lines.

use super::run::{Failure, Runner};
use super::state::{How, State, Story};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(900);

/// Reduces a failure and tells of it.
pub fn report(runner: &mut Runner, whose: &str, story: Story, failure: Failure) -> String {
    let mut text = format!("{whose}, {}: {}\n", failure.kind, failure.text);
    for (number, state) in story.states.iter().enumerate() {
        let _ = writeln!(text, "  {number}. {}", state.line());
    }
    let mut reduction =
        Reduction { runner, kind: failure.kind, end: Instant::now() + LONGEST, best: story, failure };
    if !reduction.attempt(reduction.best.clone()) {
        return text + "It does not happen again when the same states are built in the same way.\n";
    }
    reduction.reduce();
    let Reduction { best, failure, .. } = reduction;
    let _ = writeln!(text, "Reduced to {} states: {}", best.states.len(), failure.text);
    tell(&mut text, &best);
    text
}

/// Tells all files of the first state, and of each later one what is different.
fn tell(text: &mut String, story: &Story) {
    let _ = writeln!(text, "the disk tells the times of files: {}", story.stamped);
    let mut before: Option<&State> = None;
    for (number, state) in story.states.iter().enumerate() {
        let _ = writeln!(
            text,
            "== state {number}: {}, at {}, {:?}",
            state.line(),
            state.instant,
            state.overrides
        );
        for (path, bytes) in &state.files {
            if before.is_none_or(|before| before.files.get(path) != Some(bytes)) {
                let _ = writeln!(text, "-- {path}\n{}", String::from_utf8_lossy(bytes));
            }
        }
        for path in before.into_iter().flat_map(|before| before.files.keys()) {
            if !state.files.contains_key(path) {
                let _ = writeln!(text, "-- {path} is gone");
            }
        }
        before = Some(state);
    }
}

struct Reduction<'r> {
    runner: &'r mut Runner,
    kind: &'static str,
    end: Instant,
    best: Story,
    failure: Failure,
}

impl Reduction<'_> {
    /// Whether a story fails in the same way; if so, it is the best so far.
    fn attempt(&mut self, story: Story) -> bool {
        if Instant::now() > self.end {
            return false;
        }
        match self.runner.replay(&story) {
            Some((last, failure)) if failure.kind == self.kind => {
                self.best = story;
                self.best.states.truncate(last + 1);
                self.failure = failure;
                true
            }
            _ => false,
        }
    }

    /// Whether the best story still fails when it is changed.
    fn with(&mut self, change: impl FnOnce(&mut Story)) -> bool {
        let mut story = self.best.clone();
        change(&mut story);
        self.attempt(story)
    }

    fn reduce(&mut self) {
        self.states();
        self.ways();
        loop {
            let size = self.size();
            self.files();
            self.differences();
            self.lines();
            if self.size() == size {
                break;
            }
        }
        self.ways();
    }

    /// How much there is.
    fn size(&self) -> usize {
        self.best.states.iter().flat_map(|state| state.files.values()).map(|bytes| bytes.len() + 1).sum()
    }

    /// Leaves out states: all but the last and one other, else as many as can be.
    fn states(&mut self) {
        let last = self.best.states.len() - 1;
        for other in (0..last).rev() {
            if self.with(|story| story.states = vec![story.states[other].clone(), story.states[last].clone()])
            {
                return;
            }
        }
        let mut at = 0;
        while at + 1 < self.best.states.len() {
            if !self.with(|story| drop(story.states.remove(at))) {
                at += 1;
            }
        }
    }

    /// Builds each state in the plainest way.
    fn ways(&mut self) {
        self.with(|story| story.stamped = false);
        for number in 0..self.best.states.len() {
            if number >= self.best.states.len() {
                break;
            }
            if self.with(|story| story.states[number].how = How::default()) {
                continue;
            }
            let plain: [fn(&mut How); 7] = [
                |how| how.threads = false,
                |how| how.hinted = false,
                |how| how.stays = false,
                |how| how.room = None,
                |how| how.theme = false,
                |how| how.keeps = false,
                |how| how.before = How::default().before,
            ];
            for simplify in plain {
                self.with(|story| {
                    if let Some(state) = story.states.get_mut(number) {
                        simplify(&mut state.how);
                    }
                });
            }
        }
        self.with(|story| {
            for state in &mut story.states {
                state.overrides = ssg_build::Overrides::default();
            }
        });
        self.with(|story| {
            let instant = story.states[0].instant;
            story.states.iter_mut().for_each(|state| state.instant = instant);
        });
        self.with(|story| story.states.iter_mut().for_each(|state| state.ticks = true));
    }

    /// Removes parts of a list, large ones first, as long as it fails without them.
    fn without<T: Clone>(&mut self, mut all: Vec<T>, remove: impl Fn(&mut Story, &[T])) {
        let mut size = all.len().div_ceil(2).max(1);
        loop {
            let mut at = 0;
            while at < all.len() {
                let end = all.len().min(at + size);
                let part = all[at..end].to_vec();
                if self.with(|story| remove(story, &part)) {
                    all.drain(at..end);
                } else {
                    at = end;
                }
            }
            if size == 1 {
                return;
            }
            size = size.div_ceil(2);
        }
    }

    fn files(&mut self) {
        let paths: BTreeSet<String> =
            self.best.states.iter().flat_map(|state| state.files.keys().cloned()).collect();
        self.without(paths.into_iter().collect(), |story, paths| {
            for state in &mut story.states {
                state.files.retain(|path, _| !paths.contains(path));
            }
        });
    }

    /// Lets files be in a state what they were in the one before.
    fn differences(&mut self) {
        for number in 1..self.best.states.len() {
            let Some([before, after]) = self.best.states.get(number - 1..=number) else { break };
            let paths = before.files.keys().chain(after.files.keys());
            let differ = paths.filter(|path| before.files.get(*path) != after.files.get(*path)).cloned();
            let differ: BTreeSet<String> = differ.collect();
            self.without(differ.into_iter().collect(), |story, paths| {
                let Some([before, after]) = story.states.get_mut(number - 1..=number) else { return };
                for path in paths {
                    match before.files.get(path) {
                        Some(bytes) => _ = after.files.insert(path.clone(), bytes.clone()),
                        None => _ = after.files.remove(path),
                    }
                }
            });
        }
    }

    /// Takes lines out of texts, in all states that have them.
    fn lines(&mut self) {
        let texts = self.best.states.iter().flat_map(|state| &state.files);
        let lines: BTreeSet<(String, String)> = texts
            .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
            .flat_map(|(path, text)| text.lines().map(|line| (path.clone(), line.to_owned())))
            .filter(|(_, line)| line != "+++")
            .collect();
        self.without(lines.into_iter().collect(), |story, lines| {
            for state in &mut story.states {
                for (path, bytes) in &mut state.files {
                    let Ok(text) = std::str::from_utf8(bytes) else { continue };
                    if lines.iter().any(|(of, _)| of == path) {
                        let is_left =
                            |line: &&str| !lines.iter().any(|(of, gone)| of == path && gone == line);
                        let left: String =
                            text.lines().filter(is_left).map(|line| format!("{line}\n")).collect();
                        *bytes = left.into_bytes();
                    }
                }
            }
        });
    }
}

/// A failure on a large site, after many edits, is told as two states with the file that was edited and the
/// few that it takes to see it.
#[test]
fn a_failure_is_reduced_to_two_states_and_few_files() {
    use super::change::Change;
    use super::site::Site;
    let mut whole = Site::whole();
    // A part of it, which takes less time.
    let asks_for_menu = |place: &str| {
        let template = place.strip_suffix(".md").map(|stem| format!("templates/{stem}.html"));
        template
            .and_then(|path| whole.templates.get(&path))
            .is_some_and(|template| template.text().contains("menu("))
    };
    let is_kept = |place: &str| ["about", "notes", "speakers"].iter().any(|top| place.starts_with(top));
    let kept: Vec<String> =
        whole.places().into_iter().filter(|place| is_kept(place) || asks_for_menu(place)).collect();
    whole.pages.retain(|place, _| kept.contains(place));
    whole.templates.retain(|path, template| !path.contains("probe") || template.text().contains("menu("));
    let changes = [
        Change::More("about.md", "Words."),
        Change::Config("outputs.robots", Some("false")),
        Change::Key("notes/_index.md", "title", Some("\"Jottings\"")),
    ];
    let states = changes.iter().map(|change| {
        let mut site = whole.clone();
        change.apply(&mut site);
        State::of(&site, format!("{change:?}"), How { stays: true, ..How::default() })
    });
    let mut states = states.collect::<Vec<_>>().into_iter();
    let mut runner = Runner::leaving_out(Some(ssg_engine::ReadKind::Query("Menu")));
    let report = runner.tell("a test", true, |_| states.next()).expect_err("the menu is not noted");
    let (_, reduced) = report.split_once("Reduced to ").expect("it happens again");
    assert!(reduced.starts_with("2 states"), "{report}");
    let files = |reduced: &str| reduced.matches("\n-- ").count();
    assert!(files(reduced) <= 6, "{report}");
    assert!(reduced.lines().count() < 40, "{report}");
}
