//! The demonstration site, seen by real clients: an HTML validator where Java and npm are there.
//!
//! What cannot be installed is skipped with a printed line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds a site; gives what standard error shows, and whether it went well.
fn build(site: &Path, out: &Path, more: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-21", "-r"])
        .arg(site)
        .arg("-o")
        .arg(out)
        .args(more)
        // Neither the machine's zone nor its locale may show.
        .env("TZ", if more.is_empty() { "UTC" } else { "Asia/Tokyo" })
        .env("LC_ALL", if more.is_empty() { "C" } else { "de_DE.UTF-8" })
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn it_builds_without_a_warning_and_twice_the_same() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (done, said) = build(&root(), &one, &["-j", "1"]);
    assert!(done && !said.contains("warning"), "{said}");
    let (done, said) = build(&root(), &two, &[]);
    assert!(done, "{said}");
    let manifest = |out: &Path| std::fs::read_to_string(out.join(".ssg-manifest")).expect("a manifest");
    assert_eq!(manifest(&one), manifest(&two), "threads, zone or locale show in the output");
}

#[test]
fn its_html_is_valid() {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vnu");
    let jar = tools.join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !jar.exists() {
        let installed = std::fs::create_dir_all(&tools).is_ok()
            && Command::new("npm")
                .args(["install", "--no-audit", "--no-fund", "--silent", "vnu-jar", "--prefix"])
                .arg(&tools)
                .stdin(Stdio::null())
                .output()
                .is_ok_and(|output| output.status.success());
        if !installed || !jar.exists() {
            println!("skipped: the HTML validator cannot be installed");
            return;
        }
    }
    if !Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success()) {
        println!("skipped: Java is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let out = folder.path().join("out");
    let (done, said) = build(&root(), &out, &[]);
    assert!(done, "{said}");
    let checked = Command::new("java")
        .args(["-Xss8m", "-jar"])
        .arg(&jar)
        .args(["--skip-non-html", "--errors-only", "--format", "gnu"])
        .arg(&out)
        .output()
        .expect("java runs");
    let errors = String::from_utf8_lossy(&checked.stderr);
    assert!(errors.trim().is_empty(), "{errors}");
}

/// Real posts of other generators: each is a page, or is named with its reason.
#[test]
fn real_posts_become_pages_or_are_named() {
    let corpus =
        std::env::var_os("SSG_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let posts = corpus.join("theforeman-jekyll/_posts");
    if !posts.is_dir() {
        println!("skipped: the corpus is not there");
        return;
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let content = folder.path().join("content/posts");
    std::fs::create_dir_all(&content).expect("made");
    let config = "base_url = \"https://real.example/\"\ntitle = \"Real posts\"\n";
    std::fs::write(folder.path().join("ssg.toml"), config).expect("written");
    let mut count = 0;
    for entry in std::fs::read_dir(&posts).expect("readable") {
        let entry = entry.expect("readable");
        let bytes = std::fs::read(entry.path()).expect("readable");
        std::fs::write(content.join(entry.file_name()), bytes).expect("written");
        count += 1;
    }
    for (seed, name) in [("000", "austin.md"), ("003", "boston.md")] {
        let seeds = std::fs::read_dir(corpus.join("seeds")).expect("readable");
        let found = seeds.flatten().find(|entry| entry.file_name().to_string_lossy().starts_with(seed));
        let bytes = std::fs::read(found.expect("a seed").path()).expect("readable");
        std::fs::write(content.join(name), bytes).expect("written");
        count += 1;
    }
    let out = folder.path().join("public");
    let (done, said) = build(folder.path(), &out, &["--skip-broken"]);
    assert!(done, "{said}");
    let left_out = said.lines().filter(|line| line.starts_with("left out: ")).count();
    let pages = std::fs::read_dir(out.join("posts"))
        .expect("readable")
        .flatten()
        .filter(|entry| entry.path().join("index.html").exists() && entry.file_name() != "page")
        .count();
    assert_eq!(pages + left_out, count, "{said}");
    assert!(left_out <= 2, "{said}");
}
