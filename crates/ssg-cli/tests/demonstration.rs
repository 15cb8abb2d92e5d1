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

/// Names with a wrong letter, two words of a title, aliases and phrases are found, by the script that readers have.
#[test]
fn its_search_finds_what_is_in_it() {
    let version = Command::new("node").arg("--version").stdin(Stdio::null()).output();
    let version =
        version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        ssg_testing::skip("the search (there is no node 20)");
        return;
    }
    let folder = tempfile::tempdir().expect("temporary folder");
    let out = folder.path().join("site");
    let (done, said) = build(&root(), &out, &[]);
    assert!(done, "{said}");
    let asked = Command::new("node")
        .arg(root().join("tests/search/quality.mjs"))
        .arg(&out)
        .args(["--least"])
        .stdin(Stdio::null())
        .output()
        .expect("node runs");
    let table = String::from_utf8_lossy(&asked.stdout);
    println!("{table}");
    assert!(asked.status.success(), "{table}{}", String::from_utf8_lossy(&asked.stderr));
}

/// From a page to what must be one click away.
const CLICKS: &[(&str, &[&str])] = &[
    // A speaker: talks, their events, the recaps of them, who spoke with them.
    (
        "speakers/tom-mclaughlin",
        &[
            "/events/2018-chicago/talks/flying-v-driving/",
            "/events/2018-chicago/",
            "/posts/devopsdays-chicago/",
        ],
    ),
    ("speakers/tomas-jetty", &["/speakers/lior-gangway/", "/speakers/amara-keelson/"]),
    // An organizer who has a page.
    ("events/2009-ghent", &["/speakers/patrick-debois/"]),
    ("speakers/patrick-debois", &["/events/2009-ghent/"]),
    // A talk: event, speakers, tools, recaps.
    (
        "events/2018-chicago/talks/flying-v-driving",
        &["/events/2018-chicago/", "/speakers/tom-mclaughlin/", "/tools/aws/", "/posts/devopsdays-chicago/"],
    ),
    // A tool: talks and posts.
    ("tools/aws", &["/events/2018-chicago/talks/flying-v-driving/", "/posts/devopsdays-chicago/"]),
    // An event: talks, recaps, the other editions; its venue on a map.
    ("events/2018-chicago", &["/events/2018-chicago/talks/flying-v-driving/", "/posts/devopsdays-chicago/"]),
    ("events/2014-boston", &["/events/2022-boston/"]),
    ("events/2016-toronto", &["https://www.openstreetmap.org/"]),
    // The index of events: series.
    ("events", &["/events/2014-boston/", "/events/2022-boston/", "/events/2026-harbour/"]),
    // A recap: event, talks, people, tools.
    (
        "posts/devopsdays-chicago",
        &[
            "/events/2018-chicago/",
            "/events/2018-chicago/talks/flying-v-driving/",
            "/speakers/tom-mclaughlin/",
            "/tools/aws/",
        ],
    ),
];

#[test]
fn every_relation_can_be_walked_by_clicks() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let out = folder.path().join("out");
    let (done, said) = build(&root(), &out, &["--no-cache"]);
    assert!(done, "{said}");
    for (page, links) in CLICKS {
        let html = std::fs::read_to_string(out.join(page).join("index.html")).expect("a page");
        let main = html.split_once("<main").map_or("", |(_, main)| main);
        for link in *links {
            assert!(main.contains(&format!("href=\"{link}")), "{page} does not lead to {link}");
        }
    }
}

#[test]
fn its_events_have_every_state_on_some_day() {
    for (day, state, event) in [
        ("2026-08-01", "upcoming", "2027-harbour"),
        ("2026-10-21", "cfp-open", "2027-harbour"),
        ("2027-03-18", "on-now", "2027-harbour"),
        ("2027-03-20", "past", "2027-harbour"),
        ("2026-01-01", "cancelled", "2026-harbour"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["list", "events", "--date", day, "-r"])
            .arg(root())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(&format!("\t{state}\t{event}\t")), "on {day}:\n{said}");
    }
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
            ssg_testing::skip("the HTML validator cannot be installed");
            return;
        }
    }
    if !Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success()) {
        ssg_testing::skip("Java is not installed");
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
        ssg_testing::skip("the corpus is not there");
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
