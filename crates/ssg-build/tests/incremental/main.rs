//! The incremental engine is exact: after any sequence of edits the output and the diagnostics are
//! those of a clean build, and a build without an edit renders nothing.
//!
//! Sites and edits are random, from seeds. `SSG_TEST_SEED=n` runs one seed, `SSG_TEST_SEQUENCES=n`
//! that many; `just nightly` runs 2,000.

mod disk;
mod edits;
mod page;
mod random;
mod run;
mod site;
mod template;
mod tree;

use run::Runner;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn incremental_builds_equal_clean_builds() {
    let seeds = match number("SSG_TEST_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SSG_TEST_SEQUENCES").unwrap_or(200),
    };
    let mut runner = Runner::new();
    let mut failures = Vec::new();
    let start = std::time::Instant::now();
    for seed in seeds {
        failures.extend(runner.sequence(seed, None).err());
        if failures.len() >= 5 {
            break;
        }
    }
    eprintln!("{:?} in {:.1} s", runner.seen, start.elapsed().as_secs_f64());
    assert!(failures.is_empty(), "SSG_TEST_SEED repeats one of these:\n{}", failures.join("\n\n"));
}
