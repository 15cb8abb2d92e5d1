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
    How { hinted: number % 2 == 0, stays: number % 3 == 0, before, ..How::default() }
}

/// The whole site and the same with a change, as states.
pub fn states(site: &Site, change: &Change, at: usize) -> [State; 2] {
    let mut changed = site.clone();
    change.apply(&mut changed);
    let edit = format!("{change:?}");
    [State::of(&changed, edit.clone(), how(at)), State::of(site, format!("{edit} undone"), how(at + 1))]
}

#[test]
fn every_single_change_by_itself() {
    // In every test run some of them.
    let every = number("SSG_TEST_EVERY").unwrap_or(if cfg!(debug_assertions) { 12 } else { 1 });
    let every = usize::try_from(every.max(1)).expect("small");
    let site = Site::whole();
    let groups = change::all();
    // Parts of about the same size.
    let parts: Vec<(String, Vec<Change>)> = groups
        .into_iter()
        .flat_map(|(name, changes)| {
            let changes: Vec<Change> = changes.into_iter().step_by(every).collect();
            let parts: Vec<_> = changes.chunks(40).map(|part| (name.clone(), part.to_vec())).collect();
            parts
        })
        .collect();
    let failures = Mutex::new(Vec::new());
    each_on_its_own_thread(parts.len() as u64, |next| {
        let mut runner = Runner::new();
        while let Some(part) = next() {
            let (name, changes) = &parts[usize::try_from(part).expect("small")];
            if let Err(failure) = run(&mut runner, &site, name, changes) {
                failures.lock().expect("no panic").push(failure);
            }
        }
    });
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn run(runner: &mut Runner, site: &Site, name: &str, changes: &[Change]) -> Result<(), String> {
    let first = State::of(site, "the whole site".to_owned(), How::default());
    let changed = changes.iter().enumerate().flat_map(|(at, change)| states(site, change, at));
    let mut states = std::iter::once(first).chain(changed);
    let mut is_undone = true;
    runner.tell(name, true, |failed| {
        // Where the site itself has errors, nothing is compared.
        assert!(!is_undone || !failed, "the whole site has errors");
        is_undone = !is_undone;
        states.next()
    })
}
