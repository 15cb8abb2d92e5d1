//! `--skip-broken` leaves out what is wrong, says so, and builds all else.

#[path = "shared/small_site.rs"]
mod small_site;

use small_site::small_site;
use std::path::Path;
use std::process::Command;

/// Builds, and gives the status and what was said.
fn build(site: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .arg("build")
        .args(arguments)
        .current_dir(site)
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// An error without the flag; with it a warning that names the same file, and these outputs are there.
#[track_caller]
fn is_left_out(files: &[(&str, &str)], file: &str, there: &[(&str, &str)]) {
    let site = small_site(files);
    let (status, said) = build(site.path(), &[]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains(file), "{said}");
    let (status, said) = build(site.path(), &["--skip-broken"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("warning") && said.contains(file), "{said}");
    for (output, text) in there {
        let written =
            std::fs::read_to_string(site.path().join("public").join(output)).expect("it is written");
        assert!(written.contains(text), "{output}: {written}");
    }
}

const PAGE: &str = "---\ntitle: A page\n---\nWords of the page.\n";

#[test]
fn a_second_page_of_an_alias_stays_without_it() {
    let with_alias = |title: &str| format!("---\ntitle: {title}\naliases: [/old/]\n---\nWords.\n");
    is_left_out(
        &[("content/a.md", &with_alias("First")), ("content/b.md", &with_alias("Second"))],
        "content/b.md:3",
        &[("a/index.html", "First"), ("b/index.html", "Second"), ("old/index.html", "/a/")],
    );
}

#[test]
fn a_file_in_the_place_of_a_page_is_not_copied() {
    is_left_out(
        &[("content/a.md", PAGE), ("static/a/index.html", "a file")],
        "static/a/index.html",
        &[("a/index.html", "Words of the page.")],
    );
}

#[test]
fn what_was_meant_to_keep_others_back_keeps_them_back() {
    const SECRET: &str = "---\ntitle: Secret\n---\nSecret words.\n";
    for header in [
        "draft: tru",
        "drfat: true",
        "status: secrt",
        "publish_at: 2099-13-01",
        "cascade: {drfat: true}",
        "draft: true\ntitle: [",
    ] {
        let mistaken = format!("---\n{header}\n---\nWords.\n");
        let mut files = vec![
            ("content/a.md", PAGE),
            ("content/sec/_index.md", mistaken.as_str()),
            ("content/sec/p.md", SECRET),
        ];
        // What cascades says nothing of translations.
        if !header.starts_with("cascade") {
            files.extend([("content/b.md", mistaken.as_str()), ("content/b.de.md", SECRET)]);
        }
        let site = small_site(&files);
        let config = site.path().join("ssg.toml");
        let text = std::fs::read_to_string(&config).expect("a configuration");
        std::fs::write(&config, format!("{text}\n[languages.de]\n")).expect("written");
        let (status, said) = build(site.path(), &["--skip-broken"]);
        assert_eq!(status, Some(0), "{header}: {said}");
        assert!(site.path().join("public/a/index.html").is_file(), "{header}");
        for leak in ["public/sec/p/index.html", "public/de/b/index.html"] {
            assert!(!site.path().join(leak).exists(), "{header}: {leak}");
        }
    }
}

#[test]
fn a_mistake_that_says_nothing_of_going_out_keeps_no_others_back() {
    let site = small_site(&[
        ("content/sec/_index.md", "---\nweight: heavy\n---\n[x](@/gone.md)\n"),
        ("content/sec/p.md", PAGE),
    ]);
    let (status, said) = build(site.path(), &["--skip-broken"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(site.path().join("public/sec/p/index.html").is_file());
}
