//! The themes of this repository beside the default one: what a child theme consists of, how short a theme of
//! its own can be, and that both show the demonstration site without a word.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(theme: &str) -> BTreeSet<String> {
    fn walk(folder: &Path, base: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, base, names);
            } else {
                let name = path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/");
                names.insert(name);
            }
        }
    }
    let base = root().join("themes").join(theme);
    let mut names = BTreeSet::new();
    walk(&base, &base, &mut names);
    names
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

fn read(theme: &str, name: &str) -> String {
    fs::read_to_string(root().join("themes").join(theme).join(name)).expect("a text")
}

#[test]
fn a_child_is_options_three_blocks_two_style_sheets_and_a_logo() {
    let expected =
        ["assets/child.css", "assets/home.css", "static/quayside.svg", "templates/index.html", "theme.toml"];
    assert_eq!(files("quayside"), expected.iter().map(ToString::to_string).collect());

    let home = read("quayside", "templates/index.html");
    assert!(home.starts_with("{% extends \"theme/index.html\" %}"));
    assert_eq!(home.matches("{% block ").count(), 3, "three blocks");

    let parent = read("score", "theme.toml");
    for line in read("quayside", "theme.toml").lines() {
        if line.starts_with("[options.") {
            assert!(parent.contains(line), "an option that the parent does not have: {line}");
        }
        assert!(!line.starts_with("type"), "no option is declared anew");
    }
}

#[test]
fn a_theme_of_its_own_takes_fewer_than_200_lines() {
    let lines = |name: &String| read("handbill", name).lines().count();
    let names = files("handbill");
    let sum: usize =
        names.iter().filter(|name| name.ends_with(".html") || name.ends_with(".css")).map(lines).sum();
    assert!(sum < 200, "{sum} lines");
}

#[test]
fn every_theme_shows_the_demonstration_without_a_word() {
    for theme in ["score", "runbook", "quayside", "handbill"] {
        let folder = tempfile::tempdir().expect("temporary folder");
        let site = folder.path().join("site");
        for part in ["content", "data", "static", "themes"] {
            copy(&root().join(part), &site.join(part));
        }
        let config = fs::read_to_string(root().join("ssg.toml")).expect("a configuration");
        let config = config.replace("name = \"score\"", &format!("name = \"{theme}\""));
        fs::write(site.join("ssg.toml"), config).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["build", "--date", "2026-11-21", "--no-cache", "-q", "-r"])
            .arg(&site)
            .arg("-o")
            .arg(folder.path().join("out"))
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("warning"), "{theme}: {said}");
    }
}

/// Where a site puts a bare page in the place of a template, of any theme, it is shown, or it is said of that file what
/// the theme's others need of it.
#[test]
fn a_bare_template_in_place_of_any_is_shown_or_told_what_it_lacks() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let site = folder.path().join("site");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssg"));
        command.args(arguments).env("SOURCE_DATE_EPOCH", "1764460800").stdin(Stdio::null());
        command.output().expect("it runs")
    };
    let at = site.to_string_lossy().into_owned();
    assert!(run(&["init", "--quiet", &at]).status.success());
    for theme in ["quayside", "handbill"] {
        copy(&root().join("themes").join(theme), &site.join("themes").join(theme));
    }
    let config = fs::read_to_string(site.join("ssg.toml")).expect("a configuration");
    let (mut shown, mut told) = (0, 0);
    for theme in ["score", "runbook", "quayside", "handbill"] {
        fs::write(site.join("ssg.toml"), format!("theme = \"{theme}\"\n{config}")).expect("written");
        for name in files(theme).iter().filter(|name| name.starts_with("templates/")) {
            let path = site.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, "<!doctype html>\n<title>Bare</title>\n").expect("written");
            let output = run(&["check", "--no-cache", "--format", "json", "--root", &at]);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            if output.status.success() {
                shown += 1;
            } else {
                told += 1;
                assert_eq!(output.status.code(), Some(1), "{theme}: {name}: {said}");
                for line in said.lines() {
                    let one: serde_json::Value = serde_json::from_str(line).expect("an object a line");
                    let is_error = one["severity"] == "error";
                    assert!(!is_error || one["path"] == **name, "{theme}: {name}: {line}");
                }
            }
            fs::remove_file(&path).expect("removed");
        }
    }
    assert!(shown > 30 && told >= 4, "{shown} shown, {told} told");
}
