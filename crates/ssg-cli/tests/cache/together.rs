//! Builds at the same time, and files that change meanwhile.

use super::site::{Random, Said, Site};
use std::fs::{self, File, FileTimes};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Edits a site a little, differently each round.
fn edit(site: &Site, round: usize) {
    site.put_post(round % 3 + 1, &format!("Round {round}."));
    match round % 5 {
        0 => site.put("data/facts.toml", format!("a = \"round {round}\"\nb = \"other\"\n")),
        1 => site
            .put(&format!("content/posts/new{round}.md"), "---\ntitle: New\ndate: 2016-03-01\n---\nText.\n"),
        2 => site.put_frame(&format!("round {round}")),
        3 => site.put("static/robots-of-old.txt", format!("round {round}\n")),
        _ => fs::remove_file(site.root.join(format!("content/posts/new{}.md", round - 3))).expect("there"),
    }
}

fn wait(child: std::process::Child) -> Said {
    child.wait_with_output().expect("a child can be waited for").into()
}

fn spawn(site: &Site, verb: &str) -> std::process::Child {
    let piped = std::process::Stdio::piped;
    site.command(verb).stdout(piped()).stderr(piped()).spawn().expect("the program runs")
}

#[test]
fn two_builds_of_one_site() {
    let site = Site::small();
    for round in 0..20 {
        edit(&site, round);
        let second = if round % 4 == 3 { "check" } else { "build" };
        let (one, two) = (spawn(&site, "build"), spawn(&site, second));
        for said in [wait(one), wait(two)] {
            assert_eq!(said.status, Some(0), "round {round}: {}", said.stderr);
            assert!(said.of_cache().is_empty(), "round {round}: {}", said.stderr);
        }
        site.assert_exact(&format!("round {round}"));
    }
    assert_eq!(site.build().rendered(), Some(0), "the cache that both left is good");
    site.assert_exact("afterwards");
    site.assert_tidy("afterwards");
}

/// Two outputs of one site do not wait for each other; the cache is of either.
#[test]
fn two_outputs_of_one_site() {
    let site = Site::small();
    let other = site.out.with_file_name("other");
    for round in 0..5 {
        edit(&site, round);
        let mut second = std::process::Command::new(env!("CARGO_BIN_EXE_ssg"));
        second.args(["build", "-q", "--date", super::site::DATE, "-r"]).arg(&site.root).arg("-o").arg(&other);
        let (one, mut two) = (spawn(&site, "build"), second.spawn().expect("the program runs"));
        assert_eq!(wait(one).status, Some(0));
        assert!(two.wait().expect("a child can be waited for").success());
    }
    site.build();
    site.assert_exact("afterwards");
    super::site::assert_equal(&super::site::tree(&other), &site.tree(), "the other output");
}

/// Somebody writes without a pause while builds run.
#[test]
fn files_that_change_during_a_build() {
    let site = Site::small();
    site.build();
    for round in 0..2 {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut random = Random(round);
                // Few different contents, so that a file is often what it was some time ago.
                while !stop.load(Ordering::Relaxed) {
                    let word = ["one", "two", "three"][random.below(3)];
                    match random.below(4) {
                        0 => site.put("data/facts.toml", format!("a = \"{word}\"\nb = \"other\"\n")),
                        1 => site.put(
                            "content/about.md",
                            format!("---\ntitle: About {word}\n---\n{{{{ fact(key=\"a\") }}}} {word}\n"),
                        ),
                        number => site.put_post(number, &format!("Text {word}.")),
                    }
                }
            });
            for _ in 0..4 {
                // What is read half written may be an error, and says so.
                let said = site.run("build", &[]);
                assert!(matches!(said.status, Some(0 | 1)), "{}", said.stderr);
                assert!(!said.stderr.contains("panicked"), "{}", said.stderr);
            }
            stop.store(true, Ordering::Relaxed);
        });
        site.build();
        site.assert_exact(&format!("round {round}"));
    }
}

/// An editor, or a tool that keeps times: size and time of modification stay.
#[test]
fn an_edit_that_keeps_size_and_time() {
    let site = Site::small();
    let edits = [
        ("content/posts/p3.md", "Text", "Tent"),
        ("content/posts/p2.md", "Post 2", "Past 2"),
        ("data/facts.toml", "first", "other"),
        ("templates/shortcodes/fact.html", "b>", "i>"),
        ("static/robots-of-old.txt", "nothing", "no more"),
        ("content/posts/bundle/plot.svg", "2000", "2001"),
        ("ssg.toml", "Cache", "Cabin"),
    ];
    // Old enough for every stamp to be believed.
    std::thread::sleep(Duration::from_millis(120));
    site.build();
    site.build();
    for (file, from, to) in edits {
        let path = site.root.join(file);
        let before = fs::metadata(&path).expect("there");
        let text = fs::read_to_string(&path).expect("text");
        assert!(text.contains(from), "{file}");
        fs::write(&path, text.replace(from, to)).expect("written");
        let times = FileTimes::new().set_modified(before.modified().expect("a time"));
        File::options().write(true).open(&path).and_then(|file| file.set_times(times)).expect("set");
        let after = fs::metadata(&path).expect("there");
        assert_eq!((before.len(), before.modified().ok()), (after.len(), after.modified().ok()), "{file}");
        let old = site.tree();
        site.build();
        assert!(site.tree() != old, "{file}: not noticed");
        site.assert_exact(file);
    }
}

/// An edit at once after a build, and one at once after that: within the clock's coarseness.
#[test]
fn edits_in_quick_succession() {
    let site = Site::small();
    site.build();
    let begun = Instant::now();
    for round in 0..6 {
        // Each is as long as the one before.
        site.put_post(3, &format!("Round {round:02}."));
        site.put("data/facts.toml", format!("a = \"{round:02}\"\nb = \"other\"\n"));
        let child = spawn(&site, "build");
        if round % 2 == 1 {
            std::thread::sleep(Duration::from_millis(10));
            site.put_post(3, &format!("Later {round:02}"));
            site.put("data/facts.toml", format!("a = \"{:02}\"\nb = \"other\"\n", 50 + round));
        }
        let said = wait(child);
        assert!(matches!(said.status, Some(0 | 1)), "{}", said.stderr);
        site.build();
        site.assert_exact(&format!("round {round}, {:?}", begun.elapsed()));
    }
}
