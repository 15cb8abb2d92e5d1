//! The incremental engine is exact: after any sequence of edits the output and the diagnostics are
//! those of a clean build, and a build without an edit renders nothing.
//!
//! Sites and edits are random, from seeds. `SSG_TEST_SEED=n` runs one seed, `SSG_TEST_SEQUENCES=n`
//! that many; `just nightly` runs 2,000.

mod change;
mod disk;
mod edits;
mod files;
mod keys;
mod moves;
mod mutation;
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

#[test]
fn incremental_builds_equal_clean_builds() {
    const ENOUGH: usize = 5;
    let only = number("SSG_TEST_SEED");
    let count = if only.is_some() { 1 } else { number("SSG_TEST_SEQUENCES").unwrap_or(200) };
    let start = std::time::Instant::now();
    let results = Mutex::new((Seen::default(), Vec::new()));
    each_on_its_own_thread(count, |next| {
        let mut runner = Runner::new();
        while let Some(seed) = next()
            && results.lock().expect("no panic").1.len() < ENOUGH
        {
            if let Err(failure) = runner.sequence(only.unwrap_or(seed)) {
                results.lock().expect("no panic").1.push(failure);
            }
        }
        results.lock().expect("no panic").0.add(runner.seen);
    });
    let (seen, failures) = results.into_inner().expect("no panic");
    eprintln!("{seen:?} in {:.1} s", start.elapsed().as_secs_f64());
    // Where all builds fail, nothing was compared.
    assert!(count == 1 || seen.failed * 3 < seen.builds * 2, "most builds fail: {seen:?}");
    assert!(failures.is_empty(), "SSG_TEST_SEED repeats one of these:\n{}", failures.join("\n\n"));
}
