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
