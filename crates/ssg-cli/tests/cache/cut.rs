//! `kill -9` at any instant: each file of the output is the old one or the new one, never torn and
//! never missing; the next build equals a clean one, and nothing stays behind.

use super::site::{Random, Site, Tree};
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// What happens to the site before the build that is killed.
const KINDS: [&str; 5] = ["a body", "a template", "deletions", "additions", "the first build"];

fn edit(site: &Site, kind: usize, round: usize) {
    match kind {
        0 => site.put_post(round % 3 + 1, &format!("Round {round}.")),
        1 => site.put_frame(&format!("round {round}")),
        2 => {
            for number in [4, 5] {
                site.put(
                    &format!("content/posts/p{number}.md"),
                    format!("---\ntitle: Moved {round}\nslug: moved-{round}-{number}\n---\nText.\n"),
                );
            }
            let _ = fs::remove_dir_all(site.root.join("content/posts/bundle"));
            let _ = fs::remove_dir_all(site.root.join("content/extra"));
        }
        _ => {
            for number in 0..5 {
                site.put(&format!("content/extra/{round}/e{number}.md"), "---\ntitle: Extra\n---\nText.\n");
            }
            site.put("content/posts/bundle/index.md", format!("---\ntitle: Bundle {round}\n---\nBack.\n"));
        }
    }
}

/// Builds and kills it after `delay`; says whether it was still running.
fn kill_after(site: &Site, delay: Duration) -> bool {
    let mut child =
        site.command("build").stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    let begun = Instant::now();
    let mut running = true;
    while running && begun.elapsed() < delay {
        std::thread::sleep(Duration::from_micros(200));
        running = child.try_wait().expect("a child can be waited for").is_none();
    }
    child.kill().expect("killed");
    child.wait().expect("a child can be waited for");
    running
}

/// Each file is an old or a new one, and what both have is there.
fn assert_whole(now: &Tree, old: &Tree, new: &Tree, when: &str) {
    // The manifest says in between that files are being replaced.
    let own = |path: &str| path.starts_with(".ssg-");
    for (path, bytes) in now.iter().filter(|(path, _)| !own(path)) {
        let known = [old.get(path), new.get(path)];
        assert!(known.contains(&Some(bytes)), "{when}: `{path}` is torn: {} bytes", bytes.len());
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(now.contains_key(path), "{when}: `{path}` is missing");
    }
}

/// Kills `count` builds; gives how many of them were running.
fn kill(count: usize, seed: u64) -> usize {
    let site = Site::small();
    site.build();
    let mut random = Random(seed);
    let mut cut = 0;
    for round in 0..count {
        let kind = round % KINDS.len();
        let when = format!("seed {seed}, round {round}, {}", KINDS[kind]);
        let old = if kind == 4 {
            let _ = fs::remove_dir_all(&site.out);
            let _ = fs::remove_dir_all(site.cache());
            Tree::new()
        } else {
            site.tree()
        };
        edit(&site, kind, round);
        let begun = Instant::now();
        let new = site.clean_tree();
        let delay = begun.elapsed() * u32::try_from(random.below(1000)).unwrap_or(0) / 1000;
        cut += usize::from(kill_after(&site, delay));
        assert_whole(&site.tree(), &old, &new, &when);
        // Sometimes twice in a row.
        if round % 7 == 6 {
            kill_after(&site, delay / 2);
            assert_whole(&site.tree(), &old, &new, &when);
        }
        let said = site.build();
        assert!(said.of_cache().is_empty(), "{when}: {}", said.stderr);
        super::site::assert_equal(&site.tree(), &new, &when);
        site.assert_tidy(&when);
    }
    cut
}

#[test]
fn killed_at_forty_instants() {
    let cut = kill(40, 1);
    assert!(cut >= 10, "only {cut} builds were still running");
}

#[test]
#[ignore = "takes minutes"]
fn killed_at_five_hundred_instants() {
    let cut = kill(500, 2);
    println!("{cut} of 500 builds were running when they were killed");
    assert!(cut >= 250, "only {cut} builds were still running");
}

/// The cache is written last, and quickly: kills that aim at the end of a build.
#[test]
#[ignore = "takes minutes"]
fn killed_while_the_cache_is_written() {
    let site = Site::small();
    // A cache that takes a while to write.
    for number in 0..1500 {
        site.put(
            &format!("content/many/m{number}.md"),
            format!("---\ntitle: Many {number}\n---\n{}\n", "Text. ".repeat(200)),
        );
    }
    site.build();
    let mut torn = 0;
    for round in 0..60 {
        site.put_post(round % 3 + 1, &format!("Round {round}."));
        let new = site.clean_tree();
        let mut child = site.command("build").stderr(Stdio::null()).spawn().expect("the program runs");
        let begun = Instant::now();
        let is_temporary = || {
            let entries = fs::read_dir(site.cache()).expect("a cache").flatten();
            entries.into_iter().any(|entry| entry.file_name().to_string_lossy().contains(".memo.tmp-"))
        };
        while begun.elapsed() < Duration::from_secs(20) && !is_temporary() {
            if child.try_wait().expect("a child can be waited for").is_some() {
                break;
            }
        }
        child.kill().expect("killed");
        child.wait().expect("a child can be waited for");
        torn += usize::from(is_temporary());
        let said = site.build();
        assert!(said.of_cache().is_empty(), "round {round}: {}", said.stderr);
        super::site::assert_equal(&site.tree(), &new, "after a kill");
        site.assert_tidy("after a kill");
    }
    println!("{torn} of 60 caches were half written");
    assert!(torn > 0, "no kill hit the writing of the cache");
}
