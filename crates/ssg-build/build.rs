//! Gives the program an identity finer than its version: a digest of the sources, so that a cache
//! written by another state of the program is never taken for its own.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut files = Vec::new();
    for root in ["../../Cargo.lock", "..", "../../themes"] {
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
        if !["target", "tests", "examples", "benches"].iter().any(|skipped| name == *skipped) {
            collect(&entry.path(), files);
        }
    }
}
