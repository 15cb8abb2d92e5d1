//! `ssg suggest --write` on a site: headers get what they lack, once, and nothing else changes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const TOML: &str = "+++\ntitle = \"Recap\" # mine\ndate = 2016-06-02\ntools = [\"Git\"] # first\n\n[extra]\na = 1\n+++\n\nThe talks: Bridget Kromhout gave a talk on Docker and Kubernetes.\n";
const YAML: &str = "---\ntitle: Recap # mine\ndate: 2016-06-03\ntags:\n  - x\n---\n\nThe talks: Bridget Kromhout gave a talk on Docker, kubernetes and a tool called Dockyard.\n";

fn suggest(root: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_ssg");
    Command::new(program)
        .arg("suggest")
        .args(arguments)
        .current_dir(root)
        .env_clear()
        .output()
        .expect("the program runs")
}

#[test]
fn headers_get_what_they_lack_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let posts = root.join("content/posts");
    fs::create_dir_all(&posts).expect("made");
    fs::write(root.join("ssg.toml"), "title = \"T\"\nbase_url = \"https://example.org/\"\n")
        .expect("written");
    fs::write(posts.join("a.md"), TOML).expect("written");
    fs::write(posts.join("b.md"), YAML).expect("written");
    let seen = suggest(root, &["--all", "--min", "0.6"]);
    assert_eq!(seen.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&seen.stdout).contains("2 of 2 files lack something"));
    assert_eq!(fs::read_to_string(posts.join("a.md")).expect("read"), TOML, "nothing is added in silence");
    let written = suggest(root, &["--all", "--write", "--min", "0.6"]);
    assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
    let a = fs::read_to_string(posts.join("a.md")).expect("read");
    let b = fs::read_to_string(posts.join("b.md")).expect("read");
    let wanted = TOML.replace(
        "tools = [\"Git\"] # first\n",
        "tools = [\"Git\", \"Docker\", \"Kubernetes\"] # first\nspeakers = [\"Bridget Kromhout\"]\n",
    );
    assert_eq!(a, wanted);
    assert!(b.starts_with("---\ntitle: Recap # mine\ndate: 2016-06-03\ntags:\n  - x\ntools:\n  - "), "{b}");
    assert!(b.contains("speakers:\n  - Bridget Kromhout\n---\n\nThe talks"), "{b}");
    let again = suggest(root, &["--all", "--write", "--min", "0.6"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(fs::read_to_string(posts.join("a.md")).expect("read"), a);
    assert_eq!(fs::read_to_string(posts.join("b.md")).expect("read"), b);
    let left: Vec<_> = fs::read_dir(&posts).expect("read").flatten().collect();
    assert_eq!(left.len(), 2, "no file is left behind");
}

/// A site with posts that mention Docker, and one whose header says more than its text.
fn site_to_lint(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let posts = root.join("content/posts");
    fs::create_dir_all(&posts).expect("made");
    fs::create_dir_all(root.join("content/speakers")).expect("made");
    fs::write(root.join("ssg.toml"), "title = \"T\"\nbase_url = \"https://example.org/\"\n")
        .expect("written");
    fs::write(
        root.join("content/speakers/bridget-kromhout.md"),
        "+++\ntitle = \"Bridget Kromhout\"\naliases = [\"Bea Kay\"]\n+++\n",
    )
    .expect("written");
    for number in 0..count {
        let text = format!(
            "+++\ntitle = \"Post {number}\"\ndate = 2016-06-02\n+++\n\nWe run Docker, and containers of Docker are what this is about.\n"
        );
        fs::write(posts.join(format!("p{number}.md")), text).expect("written");
    }
    let text = "+++\ntitle = \"Recap\"\ndate = 2016-06-03\ntools = [\"Kubernetes\", \"Puppet\"]\nspeakers = [\"Bridget Kromhout\", \"Ann Lee\"]\n+++\n\nBea Kay told us for an hour how k8s came to be, and why nobody in the room had ever asked for it before that day.\n";
    fs::write(posts.join("recap.md"), text).expect("written");
    folder
}

#[test]
fn headers_that_say_more_than_their_texts_are_told() {
    let folder = site_to_lint(20);
    let seen = suggest(folder.path(), &["content/posts/recap.md", "--lint"]);
    let errors = String::from_utf8_lossy(&seen.stderr);
    assert_eq!(seen.status.code(), Some(0), "{errors}");
    for part in [
        "the header names the tool `Puppet`, which the text never mentions",
        "the header names the speaker `Ann Lee`, which the text never mentions",
        "content/posts/recap.md:4:",
        "content/posts/recap.md:5:",
        "read 1 file: 0 errors, 2 warnings",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    assert!(!errors.contains("has no page"), "{errors}");
    let seen = suggest(folder.path(), &["--all", "--lint", "--format", "json"]);
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&seen.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object a line"))
        .collect();
    let codes: Vec<&str> = lines.iter().filter_map(|line| line["code"].as_str()).collect();
    assert_eq!(codes, ["term-without-page", "unmentioned", "unmentioned"], "{lines:?}");
    assert_eq!(lines[1]["line"], 4, "{lines:?}");
    assert!(
        lines[0]["message"].as_str().is_some_and(|text| text.contains("`Docker` is mentioned in 20 files"))
    );
}

#[test]
fn a_name_that_few_posts_mention_needs_no_page() {
    let folder = site_to_lint(19);
    let seen = suggest(folder.path(), &["--all", "--lint"]);
    let errors = String::from_utf8_lossy(&seen.stderr);
    assert!(!errors.contains("has no page") && errors.contains("Puppet"), "{errors}");
}

#[test]
fn what_a_listed_talk_is_about_needs_no_mention() {
    let folder = site_to_lint(0);
    let root = folder.path();
    let talks = root.join("content/events/2016-here/talks");
    fs::create_dir_all(&talks).expect("made");
    let event = "+++\ntitle = \"Here 2016\"\n[event]\nstart = 2016-06-02\nend = 2016-06-03\n+++\n";
    fs::write(root.join("content/events/2016-here/index.md"), event).expect("written");
    let talk = "+++\ntitle = \"Strings\"\ntools = [\"Puppet\", \"Terraform\"]\nspeakers = [\"Ann Lee\"]\n+++\n\nWhat an hour of pulling strings, rule after rule and host after host, had told a team that wished to be elsewhere all day.\n";
    fs::write(talks.join("strings.md"), talk).expect("written");
    let post = root.join("content/posts/recap.md");
    let text = fs::read_to_string(&post).expect("read");
    let listed = text.replace("date = 2016-06-03\n", "date = 2016-06-03\ntalks = [\"2016-here/strings\"]\n");
    assert_ne!(text, listed);
    fs::write(&post, listed).expect("written");
    let seen = suggest(root, &["--all", "--lint"]);
    let errors = String::from_utf8_lossy(&seen.stderr);
    assert!(errors.contains("0 errors, 0 warnings"), "{errors}");
}
