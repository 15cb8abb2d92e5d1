//! Finds the themes that are built into the program: in this crate, as its package has them and the repository by
//! links; else, where a checkout cannot have links, at the top of the repository.

#![expect(clippy::disallowed_methods, reason = "a build script looks at what there is")]

use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(themes_inside)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=themes");
    // A link that a checkout could not make is a file with the name of its target.
    if ["runbook", "score"].iter().all(|theme| Path::new("themes").join(theme).join("theme.toml").is_file()) {
        println!("cargo::rustc-cfg=themes_inside");
    }
}
