//! What shells are offered: the program is asked as the script of bash asks it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The values that are offered after these words; flags are left out.
fn offered(site: &Path, words: &[&str]) -> Vec<String> {
    let asked = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .current_dir(site)
        .env("SSG_COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", (words.len() + 1).to_string())
        .args(["--", "ssg"])
        .args(words)
        .arg("")
        .output()
        .expect("ssg runs");
    assert!(asked.status.success(), "{asked:?}");
    let text = String::from_utf8(asked.stdout).expect("text");
    text.lines().filter(|line| !line.starts_with('-')).map(str::to_owned).collect()
}

#[test]
fn values_are_those_of_the_program_and_of_the_site() {
    let site = tempfile::tempdir().expect("a folder");
    for folder in ["content/events/2020-tampere", "themes/own"] {
        fs::create_dir_all(site.path().join(folder)).expect("a folder");
    }
    fs::write(site.path().join("content/events/2021-porto.md"), "").expect("a file");
    fs::write(site.path().join("content/events/_index.md"), "").expect("a file");
    let settings = "[publish.live]\nkind = \"folder\"\n[taxonomies.places]\n";
    fs::write(site.path().join("ssg.toml"), settings).expect("a file");
    let offered = |words: &[&str]| offered(site.path(), words);
    assert_eq!(offered(&["new"]), ["post", "event", "talk", "speaker", "tool", "recap"]);
    assert_eq!(offered(&["new", "talk", "--event"]), ["2020-tampere", "2021-porto"]);
    assert_eq!(offered(&["publish"]), ["live"]);
    assert_eq!(offered(&["theme", "show"]), ["own", "runbook", "score"]);
    assert_eq!(offered(&["init", "--ci"]), ["github", "gitlab", "netlify", "cloudflare"]);
    assert!(offered(&["list"]).contains(&"places".to_owned()));
    assert!(offered(&["import"]).contains(&"jekyll".to_owned()));
    assert!(offered(&["explain"]).contains(&"dead-link".to_owned()));
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let made =
            Command::new(env!("CARGO_BIN_EXE_ssg")).args(["completions", shell]).output().expect("ssg runs");
        let script = String::from_utf8(made.stdout).expect("text");
        assert!(made.status.success() && script.contains("SSG_COMPLETE"), "{shell}: {script}");
    }
}
