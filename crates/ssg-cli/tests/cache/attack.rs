//! A folder `.ssg-cache` that somebody made on purpose: it may come with a cloned site.
//!
//! What is promised is written in the docs of `ssg-build`'s `memo::store`.

use super::site::{Random, Site};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

/// The cache with other bytes inside and a digest that fits them.
///
/// The digest is found by trying, so that the format is not repeated here: at the end, of what stands between
/// it and a head.
fn forge(whole: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let (rest, digest) = whole.split_last_chunk::<32>().expect("a cache ends with a digest");
    let at = (0..400)
        .find(|at| rest.get(*at..).is_some_and(|body| blake3::hash(body).as_bytes() == digest))
        .expect("the digest of all but the head stands at the end: adapt this to the format");
    let (head, body) = rest.split_at(at);
    let mut body = body.to_vec();
    change(&mut body);
    [head, &body, blake3::hash(&body).as_bytes()].concat()
}

/// Forged at random: the program ends in order whatever it makes of it, and one build without the
/// cache heals the output.
#[test]
fn nonsense_with_the_right_digest() {
    nonsense(16, 1);
}

#[test]
#[ignore = "takes minutes"]
fn much_nonsense_with_the_right_digest() {
    nonsense(1000, 2);
}

fn nonsense(rounds: usize, seed: u64) {
    let site = Site::small();
    site.build();
    let whole = fs::read(site.memo()).expect("a cache");
    site.put_post(3, "Edited.");
    site.put("content/posts/p4.md", "---\ntitle: Warned\nevents: [2016-tornto]\n---\nNew.\n");
    let clean = site.clean_tree();
    let mut random = Random(seed);
    let mut wrong = 0;
    for round in 0..rounds {
        let forged = forge(&whole, |body| match round % 4 {
            0 => {
                let at = random.below(body.len());
                body[at] ^= 1 << random.below(8);
            }
            1 => {
                let (at, count) = (random.below(body.len()), 1 + random.below(40));
                for (slot, byte) in body[at..].iter_mut().zip(random.bytes(count)) {
                    *slot = byte;
                }
            }
            2 => body.truncate(random.below(body.len())),
            _ => {
                let (from, to) = (random.below(body.len()), random.below(body.len()));
                let part = body[from..(from + 300).min(body.len())].to_vec();
                body.splice(to..to, part);
            }
        });
        fs::write(site.memo(), &forged).expect("written");
        let said = site.run("build", &[]);
        assert!(
            matches!(said.status, Some(0..=4)) && !said.stderr.contains("panicked"),
            "seed {seed}, round {round}: {:?} {}",
            said.status,
            said.stderr
        );
        wrong += usize::from(site.tree() != clean);
        if round % 10 == 0 {
            site.build_with(&["--no-cache"]);
            super::site::assert_equal(&site.tree(), &clean, "without the cache");
        }
    }
    println!("{wrong} of {rounds} forged caches were believed");
    site.run("clean", &[]);
    site.build();
    super::site::assert_equal(&site.tree(), &clean, "after `ssg clean`");
}

/// Links at the names that `ssg` uses must not make it write elsewhere, nor pipes make it wait.
#[test]
fn links_and_pipes_at_every_name() {
    let site = Site::small();
    let precious = site.root.with_file_name("precious");
    fs::write(&precious, "precious").expect("written");
    site.build();
    for name in ["build.memo", "build.memo.tmp-1", "clock", "clock.tmp-1", ".gitignore"] {
        let path = site.cache().join(name);
        let _ = fs::remove_file(&path);
        symlink(&precious, &path).expect("linked");
        site.put_post(3, &format!("With a link at {name}."));
        site.build();
        site.assert_exact("with a link");
        assert_eq!(fs::read_to_string(&precious).expect("still there"), "precious", "{name}");
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()));
        site.put_post(3, &format!("With a pipe at {name}."));
        let begun = Instant::now();
        let mut child = site.command("build").spawn().expect("the program runs");
        while child.try_wait().expect("a child can be waited for").is_none() {
            if begun.elapsed() > Duration::from_secs(20) {
                let _ = child.kill();
                panic!("it waits for the pipe at {name}");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        site.assert_exact("with a pipe");
        let _ = fs::remove_file(&path);
    }
}

/// `ssg clean` removes what `ssg` wrote, also where the folder leads elsewhere.
#[test]
fn clean_behind_a_link() {
    let site = Site::small();
    let elsewhere = site.root.with_file_name("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    for name in [".gitignore", "notes.memo.md", "clock", "own.memo"] {
        fs::write(elsewhere.join(name), "mine").expect("written");
    }
    symlink(&elsewhere, site.cache()).expect("linked");
    let said = site.run("clean", &[]);
    assert_eq!((said.status, said.of_cache().len()), (Some(0), 1), "{}", said.stderr);
    assert_eq!(fs::read_dir(&elsewhere).expect("still there").count(), 4);
}
