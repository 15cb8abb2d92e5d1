//! Every single change of the whole site by itself: from the site to the changed one and back.

use super::change::{self, Change};
use super::run::Runner;
use super::site::Site;
use super::state::{Before, How, State};
use super::{each_on_its_own_thread, number};
use std::sync::Mutex;

/// How a state is built, so that all ways occur in turn.
fn how(number: usize) -> How {
    let before = match number % 7 {
        3 => Before::NewProcess,
        5 => Before::Check,
        _ => Before::Nothing,
    };
    How { hinted: number.is_multiple_of(2), stays: number.is_multiple_of(3), before, ..How::default() }
}

/// The whole site and the same with a change, as states.
pub fn states(site: &Site, change: &Change, at: usize) -> [State; 2] {
    let mut changed = site.clone();
    change.apply(&mut changed);
    let edit = format!("{change:?}");
    [State::of(&changed, edit.clone(), how(at)), State::of(site, format!("{edit} undone"), how(at + 1))]
}

/// In every test run, one change of so many.
const USUAL: u64 = 200;

#[test]
fn every_single_change_by_itself() {
    let every = number("SSG_TEST_EVERY").unwrap_or(USUAL);
    let every = usize::try_from(every.max(1)).expect("small");
    let site = Site::whole();
    let changes: Vec<Change> = change::all().into_iter().step_by(every).collect();
    // Each part begins with a build of the whole site.
    let parts: Vec<&[Change]> = changes.chunks(changes.len().div_ceil(2).clamp(1, 40)).collect();
    let failures = Mutex::new(Vec::new());
    each_on_its_own_thread(parts.len() as u64, |next| {
        let mut runner = Runner::new();
        while let Some(part) = next() {
            let changes = parts[usize::try_from(part).expect("small")];
            if let Err(failure) = run(&mut runner, &site, changes) {
                failures.lock().expect("no panic").push(failure);
            }
        }
    });
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn run(runner: &mut Runner, site: &Site, changes: &[Change]) -> Result<(), String> {
    let first = State::of(site, "the whole site".to_owned(), How::default());
    let changed = changes.iter().enumerate().flat_map(|(at, change)| states(site, change, at));
    let mut states = std::iter::once(first).chain(changed);
    // What was built last is the site as it is, not a changed one.
    let mut is_undone = false;
    runner.tell("single changes", true, |failed| {
        // Where the site itself has errors, nothing is compared.
        assert!(!is_undone || !failed, "the whole site has errors");
        is_undone = !is_undone;
        states.next()
    })
}
