//! Repositories that would do harm: each is refused, nothing runs, nothing is left behind.

use crate::repository::{Repository, Site};
use std::fmt::Write;

/// Adds a theme that must be refused by policy, in these words.
fn refused(site: &Site, address: &str, words: &str) {
    let config = site.read("ssg.toml");
    let run = site.ssg(&["theme", "add", address]);
    assert_eq!(run.status, 3, "{address}: {}", run.all());
    assert!(run.stderr.contains(words), "{address}: {}", run.stderr);
    assert!(!site.is_marked(), "{address}: something ran");
    assert_eq!(site.names(), ["content", "ssg.toml"], "{address}: something is left");
    assert_eq!(site.read("ssg.toml"), config);
}

#[test]
fn addresses_that_run_programs_are_refused() {
    let site = Site::new();
    site.plant_home();
    let mark = site.outside().join("mark").display().to_string();
    for (address, words) in [
        (format!("ext::sh -c touch% {mark}"), "blank"),
        (format!("ext::touch%20{mark}"), "names a helper program"),
        (format!("--upload-pack=touch {mark}"), "is no address"),
        (format!("-u{mark}"), "is no address"),
        ("fd::3".to_owned(), "names a helper program"),
        ("http://host.invalid/x".to_owned(), "not fetched by `http`"),
        (format!("ssh://-oProxyCommand=touch%20{mark}/x"), "names no host"),
        ("https://user:secret@host.invalid/x".to_owned(), "name or a password"),
        (format!("{}@--upload-pack=x", site.outside().display()), "no branch, tag or commit"),
    ] {
        refused(&site, &address, words);
    }
}

#[test]
fn links_submodules_and_unsafe_names_are_refused() {
    let site = Site::new();
    let repository = site.repository();
    site.plant_home();
    let address = repository.address();
    let blob = repository.git(&["hash-object", "-w", "--stdin"], b"/etc/passwd");
    let commit = repository.git(&["rev-parse", "v1"], b"");
    let base = repository.git(&["ls-tree", "v1"], b"");
    for (entry, words) in [
        (format!("120000 blob {blob}\tlink"), "`link` is a link"),
        (format!("160000 commit {commit}\tmodule"), "`module` is a submodule"),
        (format!("100644 blob {blob}\ta:b"), "a character that not every system allows"),
        (format!("100644 blob {blob}\tNUL.txt"), "is no file name on every system"),
        (format!("100644 blob {blob}\tTHEME.toml"), "one name where case does not count"),
    ] {
        let tree = repository.git(&["mktree", "--missing"], format!("{base}\n{entry}\n").as_bytes());
        repository.commit_tree(&tree);
        refused(&site, &address, words);
    }
    // A submodule that is named as well.
    repository.write(".gitmodules", "[submodule \"module\"]\npath = module\nurl = ext::sh -c touch% mark\n");
    repository.git(&["add", ".gitmodules"], b"");
    repository.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},module")], b"");
    let tree = repository.git(&["write-tree"], b"");
    repository.commit_tree(&tree);
    refused(&site, &address, "is a submodule");
    // Names that git itself would not write.
    for name in ["..", ".git", ".GIT", "git~1"] {
        let tree = raw_tree(&repository, &blob, name);
        repository.commit_tree(&tree);
        let run = site.ssg(&["theme", "add", &address]);
        assert!(run.status >= 3, "{name}: {}", run.all());
        assert_eq!(site.names(), ["content", "ssg.toml"], "{name}: something is left");
        assert!(!site.outside().join("evil").exists() && !site.is_marked());
    }
}

/// A tree with one file in a folder of this name, made without the checks of git.
fn raw_tree(repository: &Repository, blob: &str, name: &str) -> String {
    let raw = |mode: &str, name: &str, object: &str| {
        let mut tree = format!("{mode} {name}\0").into_bytes();
        let bytes = object.as_bytes().chunks(2).map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).expect("hexadecimal"), 16).expect("hexadecimal")
        });
        tree.extend(bytes);
        tree
    };
    let write = ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"];
    let inner = repository.git(&write, &raw("100644", "evil", blob));
    repository.git(&write, &raw("40000", name, &inner))
}

#[test]
fn bombs_are_refused() {
    let site = Site::new();
    let repository = site.repository();
    let address = repository.address();
    let blob = repository.git(&["hash-object", "-w", "--stdin"], b"x");
    let mut many = String::new();
    for number in 0..2_001 {
        writeln!(many, "100644 blob {blob}\tf{number:05}").expect("text");
    }
    let tree = repository.git(&["mktree"], many.as_bytes());
    repository.commit_tree(&tree);
    refused(&site, &address, "more than 2000 files");
    // A hundred million files in a handful of trees.
    let hundred: String = many.lines().take(100).map(|line| format!("{line}\n")).collect();
    let mut level = repository.git(&["mktree"], hundred.as_bytes());
    for _ in 0..3 {
        let mut folders = String::new();
        for number in 0..100 {
            writeln!(folders, "040000 tree {level}\td{number:03}").expect("text");
        }
        level = repository.git(&["mktree"], folders.as_bytes());
    }
    repository.commit_tree(&level);
    refused(&site, &address, "too many files");
    // Zeros pack well.
    let large = repository.git(&["hash-object", "-w", "--stdin"], &vec![0; 9 << 20]);
    let tree = repository.git(&["mktree"], format!("100644 blob {large}\tlarge\n").as_bytes());
    repository.commit_tree(&tree);
    refused(&site, &address, "are allowed");
    let large = repository.git(&["hash-object", "-w", "--stdin"], &vec![0; 7 << 20]);
    let five: String = (0..5).map(|number| format!("100644 blob {large}\tl{number}\n")).collect();
    let tree = repository.git(&["mktree"], five.as_bytes());
    repository.commit_tree(&tree);
    refused(&site, &address, "its files have more than");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_themes_is_refused() {
    let site = Site::new();
    let repository = site.repository();
    let elsewhere = site.outside().join("other");
    std::fs::create_dir(&elsewhere).expect("made");
    std::os::unix::fs::symlink(&elsewhere, site.root().join("themes")).expect("linked");
    let run = site.ssg(&["theme", "add", &repository.address()]);
    assert_eq!(run.status, 3, "{}", run.all());
    std::fs::remove_file(site.root().join("themes")).expect("removed");
    std::os::unix::fs::symlink(&elsewhere, site.root().join("templates")).expect("linked");
    let run = site.ssg(&["theme", "eject", "post.html"]);
    assert_eq!(run.status, 3, "{}", run.all());
    assert_eq!(std::fs::read_dir(&elsewhere).expect("readable").count(), 0);
}
