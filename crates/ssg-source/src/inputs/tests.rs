//! Tests of both kinds of inputs.

use super::*;
use std::path::Path;

fn disk(root: &Path) -> DiskInputs {
    DiskInputs::new(root, Timestamp::UNIX_EPOCH, "0.0.0").expect("folder exists")
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("valid")
}

#[cfg(unix)]
#[test]
fn links_out_loops_and_pipes_are_left_out_with_a_warning() {
    let outside = tempfile::tempdir().expect("temporary folder");
    std::fs::write(outside.path().join("secret"), "x").expect("written");
    for name in ["one", "one/two", "three"] {
        std::fs::create_dir(outside.path().join(name)).expect("made");
        std::fs::write(outside.path().join(name).join("secret"), "x").expect("written");
    }
    let site = tempfile::tempdir().expect("temporary folder");
    let content = site.path().join("content");
    std::fs::create_dir(&content).expect("made");
    std::os::unix::fs::symlink(outside.path(), site.path().join("static")).expect("linked");
    std::fs::write(content.join("a.md"), "a").expect("written");
    std::fs::write(content.join("a.md~"), "a").expect("written");
    std::os::unix::fs::symlink(outside.path(), content.join("out")).expect("linked");
    std::os::unix::fs::symlink(outside.path().join("secret"), content.join("s.md")).expect("linked");
    std::os::unix::fs::symlink(&content, content.join("loop")).expect("linked");
    std::os::unix::fs::symlink("nowhere", content.join("dangling.md")).expect("linked");
    // Reading a pipe would wait for ever.
    let piped = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status();
    assert!(piped.is_ok_and(|status| status.success()));
    let inputs = disk(site.path());
    let mut found = Diagnostics::new();
    let listed = inputs.list(&path("content"), &mut found);
    let names: Vec<_> = listed.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(names, ["content/a.md"]);
    // One word for each, however much lies where a link leads.
    assert_eq!(found.len(), 5, "{found:?}");
    let mut of_static = Diagnostics::new();
    assert!(inputs.list(&path("static"), &mut of_static).is_empty());
    assert_eq!(of_static.len(), 1, "{of_static:?}");
    assert_eq!(inputs.read(&path("content/pipe.md")), Err(ReadError::NotAFile));
    assert!(!found.has_errors());
    assert_eq!(inputs.read(&path("content/s.md")), Err(ReadError::Outside));
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_judged_by_its_own_name() {
    let site = tempfile::tempdir().expect("temporary folder");
    for folder in [".git", "static", "data", "notes"] {
        std::fs::create_dir(site.path().join(folder)).expect("made");
    }
    for file in [".env", ".git/config", "id_rsa", "notes/a.txt", "notes/.env.local"] {
        std::fs::write(site.path().join(file), "x").expect("written");
    }
    let leads = [
        ("../.env", "one.txt"),
        ("../.git", "two"),
        ("../id_rsa", "three"),
        ("../notes", "four"),
        ("../notes/.env.local", "five"),
    ];
    for (to, name) in leads {
        for folder in ["static", "data"] {
            std::os::unix::fs::symlink(to, site.path().join(folder).join(name)).expect("linked");
        }
    }
    let inputs = disk(site.path());
    let mut found = Diagnostics::new();
    let listed = inputs.list(&path("static"), &mut found);
    let names: Vec<_> = listed.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(names, ["static/four/a.txt"]);
    for secret in ["data/one.txt", "data/two/config", "data/three", "data/five"] {
        assert_eq!(inputs.read(&path(secret)), Err(ReadError::Outside), "{secret}");
    }
    assert!(inputs.read(&path("data/four/a.txt")).is_ok());
}

#[test]
fn the_beginning_of_a_file_comes_with_the_length_of_the_whole() {
    let site = tempfile::tempdir().expect("temporary folder");
    std::fs::write(site.path().join("a.png"), "0123456789").expect("written");
    let mut memory = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    memory.write(path("a.png"), "0123456789");
    for inputs in [&disk(site.path()) as &dyn Inputs, &memory] {
        let (start, length) = inputs.read_start(&path("a.png"), 4).expect("readable");
        assert_eq!((&*start, length), (b"0123".as_slice(), 10));
        let (all, length) = inputs.read_start(&path("a.png"), 40).expect("readable");
        assert_eq!((all.len(), length), (10, 10));
        assert_eq!(inputs.read_start(&path("b.png"), 4), Err(ReadError::Missing));
    }
}

#[test]
fn a_mounted_theme_is_a_root_of_its_own() {
    let theme = tempfile::tempdir().expect("temporary folder");
    std::fs::write(theme.path().join("theme.toml"), "name = 'x'").expect("written");
    let site = tempfile::tempdir().expect("temporary folder");
    let mut inputs = disk(site.path());
    inputs.mount(path("theme@x"), theme.path()).expect("mounted");
    assert!(inputs.exists(&path("theme@x/theme.toml")));
    let listed = inputs.list(&path("theme@x"), &mut Diagnostics::new());
    assert_eq!(listed[0].path, path("theme@x/theme.toml"));
}
