//! Where the real data is: `SSG_CORPUS` names the folder; else it is `../shared/corpus`, seen from the
//! workspace.

use std::path::PathBuf;

/// A source of the corpus; `None`, with a line, where it is missing.
pub fn source(name: &str) -> Option<PathBuf> {
    let workspace = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let places = match std::env::var_os("SSG_CORPUS") {
        Some(folder) => vec![PathBuf::from(folder)],
        // A worktree lies one folder deeper than the checkout.
        None => vec![workspace.join("../shared/corpus"), workspace.join("../../shared/corpus")],
    };
    let found = places.into_iter().map(|place| place.join(name)).find(|place| place.is_dir());
    if found.is_none() {
        ssg_testing::skip(format_args!("{name} is not there (set SSG_CORPUS)"));
    }
    found
}
