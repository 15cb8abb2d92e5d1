//! Hashes the sources of this crate, so that caches notice when they change.

#![expect(clippy::disallowed_methods, reason = "a build script reads the sources")]

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::Path,
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut hasher = DefaultHasher::new();
    add(Path::new("src"), &mut hasher)?;
    println!("cargo::rustc-env=SSG_HIGHLIGHT_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn add(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            add(&path, hasher)?;
        } else {
            // Line ends may differ between checkouts; the program does not.
            let source = fs::read_to_string(&path)?.replace("\r\n", "\n");
            hasher.write(source.as_bytes());
        }
    }
    Ok(())
}
