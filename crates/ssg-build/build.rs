//! Gives the program an identity finer than its version: a digest of the sources, so that a cache
//! written by another state of the program is never taken for its own.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rustc-check-cfg=cfg(packaged)");
    let mut files = Vec::new();
    // In a package there are no other crates beside this one, or those of anybody. Its version tells which crates of
    // this project it is compiled with; which of others, the program asks the compiler.
    let in_repository = Path::new("../ssg-render/build.rs").is_file();
    if !in_repository {
        println!("cargo::rustc-cfg=packaged");
    }
    let roots: &[&str] = if in_repository { &["../../Cargo.lock", "..", "../../themes"] } else { &["src"] };
    for root in roots {
        let root = Path::new(root);
        if root.exists() {
            println!("cargo::rerun-if-changed={}", root.display());
            collect(root, &mut files);
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        if let Ok(bytes) = fs::read(&file) {
            file.hash(&mut hasher);
            bytes.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=SSG_BUILD_DIGEST={:016x}", hasher.finish());
}

/// Sources and what is built into the program; not tests.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        // Links lead to what is looked at elsewhere.
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if !is_link && !["target", "tests", "examples", "benches"].iter().any(|skipped| name == *skipped) {
            collect(&entry.path(), files);
        }
    }
}
