//! The cache that machines share: it spares work, decides nothing, and whatever is wrong with it costs
//! a line and time.

use super::site::{Said, Site, assert_equal};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A store that machines share, in a folder.
struct Store {
    _keep: TempDir,
    dir: PathBuf,
}

impl Store {
    fn new() -> Self {
        let keep = tempfile::tempdir().expect("a folder");
        let dir = keep.path().join("store");
        Self { _keep: keep, dir }
    }

    /// A machine with a clone of the site and no cache.
    fn machine(&self) -> Site {
        let site = Site::small();
        site.put(
            "ssg.toml",
            format!(
                "title = \"Cache\"\nbase_url = \"https://cache.example\"\ntheme = \"runbook\"\n\
                 [cache]\nremote = \"file://{}\"\n\
                 [hosting]\nheaders = true\nprecompress = [\"gzip\"]\n",
                self.dir.display()
            ),
        );
        site
    }

    /// One whose build is put into the store.
    fn filled() -> Self {
        let store = Self::new();
        let said = write(&store.machine());
        assert!(said.stderr.contains("the shared cache has this build now"), "{}", said.stderr);
        store
    }

    /// Every file in it, sorted: the head, then the objects.
    fn files(&self) -> Vec<PathBuf> {
        fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), files);
                } else {
                    files.push(entry.path());
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.dir, &mut files);
        files.sort_by_key(|file| (file.to_string_lossy().contains("/objects/"), file.clone()));
        files
    }

    /// What is in its files.
    fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.files().into_iter().map(|file| (file.clone(), fs::read(file).expect("readable"))).collect()
    }
}

fn build(command: &mut Command) -> Said {
    let said: Said = command.output().expect("the program runs").into();
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    said
}

/// A build that may write the shared cache.
fn write(site: &Site) -> Said {
    build(site.command("build").env("SSG_CACHE_WRITE", "1"))
}

/// A build that may not.
fn read(site: &Site) -> Said {
    build(site.command("build").env_remove("SSG_CACHE_WRITE"))
}

#[test]
fn another_machine_renders_nothing() {
    let store = Store::filled();
    let other = store.machine();
    let said = read(&other);
    assert_eq!(said.of_cache(), ["starting from the shared cache"]);
    assert_eq!(said.rendered(), Some(0), "{}", said.stderr);
    other.assert_exact("from the shared cache");
    // From here on it has a cache of its own.
    let said = read(&other);
    assert!(said.of_cache().is_empty(), "{}", said.stderr);
    assert_eq!(said.rendered(), Some(0), "{}", said.stderr);
    other.assert_exact("from its own");
    let checked = store.machine().run("check", &[]);
    assert_eq!((checked.status, checked.of_cache()), (Some(0), vec!["starting from the shared cache"]));
}

#[test]
fn an_edit_costs_what_it_costs_anywhere() {
    let store = Store::filled();
    let (here, there) = (store.machine(), store.machine());
    read(&here);
    for site in [&here, &there] {
        site.put_post(2, "Edited.");
        site.put("static/robots-of-old.txt", "nothing yet\n");
        site.put("data/facts.toml", "a = \"edited\"\nb = \"second\"\n");
    }
    let (here_said, said) = (read(&here), read(&there));
    assert!(here_said.rendered().is_some_and(|count| count > 1), "{}", here_said.stderr);
    assert_eq!(said.rendered(), here_said.rendered(), "{}", said.stderr);
    there.assert_exact("edited");
    // And it is put, so that the next machine has it.
    there.put_post(1, "Edited as well.");
    write(&there);
    let third = store.machine();
    for (number, text) in [(1, "Edited as well."), (2, "Edited.")] {
        third.put_post(number, text);
    }
    third.put("static/robots-of-old.txt", "nothing yet\n");
    third.put("data/facts.toml", "a = \"edited\"\nb = \"second\"\n");
    assert_eq!(read(&third).rendered(), Some(0));
    third.assert_exact("on a third machine");
}

#[test]
fn only_the_switch_lets_it_be_written() {
    let store = Store::new();
    let site = store.machine();
    let said = read(&site);
    assert_eq!(said.of_cache(), ["the shared cache has nothing for this site and version of ssg yet"]);
    for value in ["", "0", "true"] {
        build(site.command("build").env("SSG_CACHE_WRITE", value));
    }
    build(site.command("build").arg("--no-cache").env("SSG_CACHE_WRITE", "1"));
    build(site.command("check").env("SSG_CACHE_WRITE", "1"));
    assert!(store.files().is_empty());
    // Nothing is rendered, but there is nothing yet.
    let said = write(&site);
    assert_eq!(said.rendered(), Some(0), "{}", said.stderr);
    let contents = store.contents();
    assert_eq!(contents.len(), 3);
    // Nothing is new.
    write(&site);
    assert!(store.contents() == contents);
    // A build that fails puts nothing.
    site.put("content/broken.md", "---\ntitle: [\n---\n");
    let said: Said = site.command("build").env("SSG_CACHE_WRITE", "1").output().expect("runs").into();
    assert_eq!(said.status, Some(1), "{}", said.stderr);
    assert!(store.contents() == contents);
    // Without a cache, nothing is read either.
    let said = build(store.machine().command("build").arg("--no-cache"));
    assert!(said.of_cache().is_empty() && said.rendered().is_none(), "{}", said.stderr);
}

#[test]
fn damage_costs_a_line_and_time() {
    type Damage = fn(&Path);
    const DAMAGES: &[(&str, Damage)] = &[
        ("gone", |file| fs::remove_file(file).expect("removed")),
        ("empty", |file| fs::write(file, "").expect("written")),
        ("cut", |file| {
            let bytes = fs::read(file).expect("read");
            fs::write(file, &bytes[..bytes.len() - 1]).expect("written");
        }),
        ("flipped", |file| {
            let mut bytes = fs::read(file).expect("read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).expect("written");
        }),
        ("longer", |file| {
            let mut bytes = fs::read(file).expect("read");
            bytes.push(b'\n');
            fs::write(file, bytes).expect("written");
        }),
        ("huge", |file| {
            let huge = fs::File::create(file).expect("made");
            huge.set_len(1 << 40).expect("sparse");
        }),
        ("a folder", |file| {
            fs::remove_file(file).expect("removed");
            fs::create_dir(file).expect("made");
        }),
        ("a pipe", |file| {
            fs::remove_file(file).expect("removed");
            assert!(Command::new("mkfifo").arg(file).status().expect("mkfifo runs").success());
        }),
    ];
    let filled = Store::filled();
    let contents = filled.contents();
    let machine = filled.machine();
    let clean = machine.clean_tree();
    for (number, _) in contents.iter().enumerate() {
        for (name, damage) in DAMAGES {
            let when = format!("file {number} is {name}");
            let _ = fs::remove_dir_all(&filled.dir);
            for (path, bytes) in &contents {
                fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                fs::write(path, bytes).expect("written");
            }
            damage(&contents[number].0);
            let _ = fs::remove_dir_all(machine.cache());
            let _ = fs::remove_dir_all(&machine.out);
            let said = read(&machine);
            assert!((1..=2).contains(&said.of_cache().len()), "{when}: {}", said.stderr);
            assert_ne!(said.rendered(), Some(0), "{when}");
            assert_equal(&machine.tree(), &clean, &when);
        }
    }
}

#[test]
fn a_damaged_object_is_replaced_by_whoever_may_write() {
    let store = Store::filled();
    for (file, mut bytes) in store.contents().into_iter().skip(1) {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file, bytes).expect("written");
    }
    let said = write(&store.machine());
    assert!(
        said.stderr.contains("the shared cache is not used: what it holds is damaged"),
        "{}",
        said.stderr
    );
    let other = store.machine();
    assert_eq!(read(&other).rendered(), Some(0));
    other.assert_exact("made good");
}

#[test]
fn a_head_of_another_program_is_not_followed() {
    let store = Store::filled();
    let head = store.files().remove(0);
    let text = fs::read_to_string(&head).expect("text");
    let identity = text.lines().nth(1).expect("an identity").to_owned();
    let body = text.replace(&identity, &"0".repeat(identity.len()));
    let body = &body[..=body.trim_end().rfind('\n').expect("lines")];
    fs::write(&head, format!("{body}{}\n", blake3::hash(body.as_bytes()).to_hex())).expect("written");
    let site = store.machine();
    let said = read(&site);
    assert_eq!(said.of_cache(), ["the shared cache is not used: its head is damaged"]);
    site.assert_exact("with a foreign head");
}

#[test]
fn a_store_that_cannot_be_used_is_done_without() {
    let store = Store::new();
    // A file where the folder should be.
    fs::write(&store.dir, "").expect("written");
    let site = store.machine();
    let said = write(&site);
    let lines = said.of_cache();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("the shared cache is not used: "), "{lines:?}");
    assert!(lines[1].starts_with("the shared cache cannot be written: "), "{lines:?}");
    site.assert_exact("without a store");
}

#[test]
fn many_write_at_once() {
    let store = Store::new();
    let sites: Vec<Site> = (0..4).map(|_| store.machine()).collect();
    for (number, site) in sites.iter().enumerate() {
        site.put_post(1, &format!("Text of machine {number}."));
    }
    std::thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| write(site));
        }
    });
    // Of whichever it is, it is whole.
    let other = store.machine();
    let said = read(&other);
    assert_eq!(said.of_cache(), ["starting from the shared cache"]);
    assert!(said.rendered().is_some(), "nothing is reused: {}", said.stderr);
    other.assert_exact("after many");
    let left = store.files().iter().filter(|file| file.to_string_lossy().contains(".tmp-")).count();
    assert_eq!(left, 0);
}

#[test]
fn what_is_wrong_with_the_table_is_told() {
    let site = Site::small();
    for (table, message) in [
        ("remote = \"https://x\"", "`remote` is no place for a cache"),
        ("remote = \"file://here\"", "`remote` is no place for a cache"),
        ("remote = \"file:///x\"\nname = \"../x\"", "`../x` cannot be the name of a shared cache"),
        ("remote = \"s3://b\"\nendpoint = \"http://a:hunter2@x\"", "`endpoint` is no address"),
        ("remote = \"s3://a:hunter2@b\"", "`remote` is no place for a cache"),
        ("remote = \"s3://b\"\nsecret_access_key = \"hunter2\"", "`secret_access_key` looks like a secret"),
        ("remotes = \"file:///x\"", "unknown key `remotes`"),
    ] {
        site.put(
            "ssg.toml",
            format!("title = \"Cache\"\nbase_url = \"https://cache.example\"\ntheme = \"runbook\"\n[cache]\n{table}\n"),
        );
        let said = site.run("build", &[]);
        assert_eq!(said.status, Some(2), "{}", said.stderr);
        assert!(said.stderr.contains(message), "{}", said.stderr);
        assert!(!said.stderr.contains("hunter2"), "{}", said.stderr);
    }
}
