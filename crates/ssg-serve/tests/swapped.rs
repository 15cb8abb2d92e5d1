//! What takes the place of a file on disk after it was compiled: the server hands out the last good bytes,
//! or nothing, and never what lies elsewhere.
#![cfg(unix)]

mod common;

use common::{Files, ask, get, serve};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

const SECRET: &str = "what lies outside of the site";
/// More than is kept in memory.
const LARGE: usize = 3 << 20;

/// A folder of a site, and one outside of it with files of the same names.
struct Folders {
    _keep: tempfile::TempDir,
    folder: PathBuf,
}

impl Folders {
    fn new() -> Self {
        let keep = tempfile::tempdir().expect("a folder");
        let folder = keep.path().canonicalize().expect("it exists");
        for dir in ["site/static", "outside/static"] {
            fs::create_dir_all(folder.join(dir)).expect("made");
        }
        for name in ["asked.css", "new.css", "page.html"] {
            fs::write(folder.join("site/static").join(name), format!("good {name}")).expect("written");
            fs::write(folder.join("outside/static").join(name), SECRET).expect("written");
        }
        fs::write(folder.join("site/static/large.mp4"), vec![b'g'; LARGE]).expect("written");
        // Of the same size, so that only what the file is tells them apart.
        let secret = SECRET.repeat(LARGE / SECRET.len() + 1);
        fs::write(folder.join("outside/static/large.mp4"), &secret.as_bytes()[..LARGE]).expect("written");
        Self { _keep: keep, folder }
    }

    fn files(&self) -> [(&'static str, PathBuf, PathBuf); 4] {
        ["asked.css", "new.css", "page.html", "large.mp4"].map(|name| {
            (name, self.folder.join("site/static").join(name), self.folder.join("outside/static").join(name))
        })
    }
}

type Swap = (&'static str, fn(&Path, &Path));

/// Ways in which something else takes the place of a file; the second path lies outside.
const SWAPS: [Swap; 7] = [
    ("a link", |file, outside| {
        fs::remove_file(file).expect("removed");
        symlink(outside, file).expect("linked");
    }),
    ("a link with the name of a file that was renamed over", |file, outside| {
        symlink(outside, file.with_extension("new")).expect("linked");
        fs::rename(file.with_extension("new"), file).expect("renamed");
    }),
    ("another name of a file outside", |file, outside| {
        fs::remove_file(file).expect("removed");
        fs::hard_link(outside, file).expect("linked");
    }),
    ("a pipe", |file, _| {
        fs::remove_file(file).expect("removed");
        assert!(Command::new("mkfifo").arg(file).status().is_ok_and(|status| status.success()));
    }),
    ("a folder", |file, _| {
        fs::remove_file(file).expect("removed");
        fs::create_dir(file).expect("made");
    }),
    ("a link to a device", |file, _| {
        fs::remove_file(file).expect("removed");
        symlink("/dev/zero", file).expect("linked");
    }),
    ("nothing", |file, _| fs::remove_file(file).expect("removed")),
];

/// Asks for a file in every way. What was asked for before may still be there, with its own bytes.
fn holds(server: &ssg_serve::Server, name: &str, what: &str) {
    let path = format!("/{name}");
    let was_asked = name == "asked.css";
    let good = if was_asked { 200 } else { 404 };
    for lines in [&[][..], &["Accept-Encoding: gzip"], &["Range: bytes=0-10"]] {
        let answer = get(server, &path, lines);
        let part = was_asked && lines.iter().any(|line| line.starts_with("Range"));
        assert_eq!(answer.status, if part { 206 } else { good }, "{name}: {what} {lines:?}");
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!text.contains(&SECRET[..10]), "{name}: {what} {lines:?}");
        assert!(!was_asked || "good asked.css".starts_with(&text), "{name}: {what}: {text}");
    }
    let head = ask(server, "HEAD", &path, &[]);
    assert_eq!(head.status, good, "{name}: {what}");
    assert_ne!(head.header("content-length"), SECRET.len().to_string(), "{name}: {what}");
}

#[test]
fn what_takes_the_place_of_a_file_is_not_served() {
    for (what, swap) in SWAPS {
        let folders = Folders::new();
        let files = Files::new(&[]);
        for (name, inside, _) in folders.files() {
            files.put_disk(name, &inside);
        }
        let server = serve(&files);
        assert_eq!(get(&server, "/asked.css", &[]).text(), "good asked.css");
        for (name, inside, outside) in folders.files() {
            swap(&inside, &outside);
            holds(&server, name, what);
        }
    }
}

#[test]
fn a_folder_above_that_becomes_a_link_leads_nowhere() {
    let folders = Folders::new();
    let files = Files::new(&[]);
    for (name, inside, _) in folders.files() {
        files.put_disk(name, &inside);
    }
    let server = serve(&files);
    assert_eq!(get(&server, "/asked.css", &[]).text(), "good asked.css");
    let at = |path: &str| folders.folder.join(path);
    fs::rename(at("site/static"), at("site/old")).expect("renamed");
    symlink(at("outside/static"), at("site/static")).expect("linked");
    for (name, ..) in folders.files() {
        holds(&server, name, "a folder above");
    }
}

#[test]
fn the_page_for_what_does_not_exist_is_no_way_out() {
    let folders = Folders::new();
    let (_, inside, outside) = &folders.files()[2];
    let files = Files::new(&[]);
    files.put_disk("404.html", inside);
    let server = serve(&files);
    (SWAPS[0].1)(inside, outside);
    let answer = get(&server, "/nowhere/", &[]);
    assert!(
        answer.status == 404 && !answer.text().contains(SECRET) && answer.text().contains("no such page")
    );
}

#[test]
fn a_large_file_that_is_swapped_while_it_is_read_is_read_to_its_end() {
    use std::io::{BufReader, Read, Write};
    let folders = Folders::new();
    let (_, inside, outside) = &folders.files()[3];
    let files = Files::new(&[]);
    files.put_disk("large.mp4", inside);
    let server = serve(&files);
    let mut stream = common::connect(server.address());
    write!(stream, "GET /large.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut reader = BufReader::new(stream);
    assert_eq!(common::read_head(&mut reader).0, 200);
    (SWAPS[1].1)(inside, outside);
    let mut bytes = Vec::new();
    reader.take(LARGE as u64).read_to_end(&mut bytes).expect("the rest");
    assert!(bytes.len() == LARGE && bytes.iter().all(|byte| *byte == b'g'));
}
