//! Photographs as a site has them, drawn for the test: what is published of them, what pages offer, and what a second
//! build does. And a program that cannot process them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[cfg(feature = "pictures")]
mod drawn;
#[cfg(feature = "pictures")]
mod icons;
#[cfg(feature = "pictures")]
mod shown;
#[cfg(feature = "pictures")]
mod sizes;

fn put(dir: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

fn ssg(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(arguments)
        .args(["--date", "2026-11-21", "-r"])
        .arg(dir)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

const CONFIG: &str = "base_url = \"https://example.org/blog/\"\ntitle = \"Pictures\"\ntheme = \"runbook\"\n\
                      feeds.content = \"full\"\n[pictures]\nwidths = [200, 400]\n";

#[cfg(not(feature = "pictures"))]
#[test]
fn a_program_without_the_feature_says_so_and_copies() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    put(dir, "ssg.toml", CONFIG);
    put(dir, "content/a/index.md", "# A\n\n![Wall](wall.gif)\n");
    put(dir, "content/a/x.jpg", b"\xFF\xD8\xFF\xE1\0\x04ab\xFF\xD9");
    let (status, said) = ssg(dir, &["build"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("without the cargo feature `pictures`"), "{said}");
    let copied = std::fs::read(dir.join("public/a/x.jpg")).expect("a copy");
    assert_eq!(copied, b"\xFF\xD8\xFF\xE1\0\x04ab\xFF\xD9");
    assert!(!tree(&dir.join("public")).keys().any(|file| file.ends_with(".webp")));
    put(dir, "ssg.toml", CONFIG.replace("[pictures]", "[pictures]\nenabled = false"));
    assert!(!ssg(dir, &["build"]).1.contains("cargo feature"));
}

/// All files of a folder, by their paths in it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut folders, mut tree): (Vec<PathBuf>, _) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let name = entry.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                tree.insert(name, std::fs::read(&entry).expect("a file"));
            }
        }
    }
    tree
}

#[cfg(feature = "pictures")]
fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// Names of a page's files without their digests, and the page with such names.
#[cfg(feature = "pictures")]
fn without_digests(text: &str) -> String {
    let mut parts: Vec<&str> = text.split('.').collect();
    let is_digest = |part: &&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.retain(|part| !is_digest(part));
    parts.join(".")
}
