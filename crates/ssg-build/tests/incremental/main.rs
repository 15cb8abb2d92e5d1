//! The incremental engine is exact: after any sequence of edits the output and the diagnostics are
//! those of a clean build, and a build without an edit renders nothing.
//!
//! Three ways lead there. Stories are random, from seeds: a small site, edits, and what happens to caches and
//! outputs in between. Single changes are walked one by one: each value of each key, each file, each move. And
//! so that none of this is blind, one kind of read at a time is not noted, which must show.
//!
//! A failure is reduced to two states and few files. `SSG_TEST_SEED=n` begins with that seed, and runs it alone
//! where `SSG_TEST_SEQUENCES` does not say how many; `SSG_TEST_EVERY=n` has every nth single change. `just
//! nightly` runs thousands and all.

mod base;
mod change;
mod disk;
mod edits;
mod files;
mod keys;
mod moves;
mod page;
mod random;
mod routes;
mod run;
mod shrink;
mod site;
mod state;
mod subject;
mod sweep;
mod template;
mod tree;

use run::{Runner, Seen};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs the work on as many threads as there are processors; each takes the next number below
/// `end` when it is done with the one before.
fn each_on_its_own_thread(end: u64, work: impl Fn(&dyn Fn() -> Option<u64>) + Sync) {
    let next = AtomicU64::new(0);
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < end);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| work(&take));
        }
    });
}

/// Runs the stories of so many seeds and gives those that fail; it ends when there are enough of them.
fn run_seeds(first: u64, count: u64) -> (Seen, Vec<String>) {
    const ENOUGH: usize = 5;
    /// After so many a line says how far a run of hours is.
    const PROGRESS: u64 = 250;
    let results = Mutex::new((Seen::default(), Vec::new()));
    each_on_its_own_thread(count, |next| {
        let mut runner = Runner::new();
        while let Some(number) = next()
            && results.lock().expect("no panic").1.len() < ENOUGH
        {
            if number > 0 && number.is_multiple_of(PROGRESS) {
                eprintln!("{number} sequences");
            }
            if let Err(failure) = runner.sequence(first + number) {
                // A run of hours tells what it finds when it finds it.
                eprintln!("{failure}");
                results.lock().expect("no panic").1.push(failure);
            }
        }
        results.lock().expect("no panic").0.add(runner.seen);
    });
    results.into_inner().expect("no panic")
}

#[test]
fn incremental_builds_equal_clean_builds() {
    let only = number("SSG_TEST_SEED");
    let usual = if only.is_some() { 1 } else { 24 };
    let count = number("SSG_TEST_SEQUENCES").unwrap_or(usual);
    let start = std::time::Instant::now();
    let (seen, failures) = run_seeds(only.unwrap_or(0), count);
    eprintln!("{seen:?} in {:.1} s", start.elapsed().as_secs_f64());
    // Where all builds fail, nothing was compared.
    assert!(count == 1 || seen.failed * 3 < seen.builds * 2, "most builds fail: {seen:?}");
    assert!(failures.is_empty(), "SSG_TEST_SEED repeats one of these:\n{}", failures.join("\n\n"));
}
