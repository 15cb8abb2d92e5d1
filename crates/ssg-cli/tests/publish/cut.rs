//! `kill -9` at any instant: what is online is the old site or the new one, or every page has its
//! assets; the next run completes it and leaves nothing beside.

use super::site::{Said, Site, Tree, differences, tree};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A small generator, so that a failing case can be named by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Publishes and kills it after `delay`; says whether it was still running.
fn kill_after(site: &Site, target: &str, delay: Duration) -> bool {
    let mut command = site.command(&["publish", target, "--yes"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
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

/// Every file is an old or a new one; every page has the style sheets that it names.
fn assert_whole(now: &Tree, before: &Tree, after: &Tree, when: &str) {
    for (path, bytes) in now {
        let known = [before.get(path), after.get(path)];
        assert!(known.contains(&Some(bytes)), "{when}: `{path}` is torn: {} bytes", bytes.len());
        if path.ends_with(".html") {
            let text = String::from_utf8_lossy(bytes);
            for part in text.split("href=\"/assets/").skip(1) {
                let sheet = format!("assets/{}", part.split('"').next().unwrap_or_default());
                assert!(now.contains_key(&sheet), "{when}: `{path}` has lost {sheet}");
            }
        }
    }
    for path in before.keys().filter(|path| after.contains_key(*path)) {
        assert!(now.contains_key(path), "{when}: `{path}` is missing");
    }
}

/// Nothing beside the folders but the locks.
fn assert_tidy(site: &Site, when: &str) {
    for dir in [&site.dir, &site.dir.join("www"), &site.dir.join("plain"), &site.root.join(".ssg-cache")] {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let left = name.contains("tmp") || (name.contains(".ssg-publish-") && !name.ends_with("-lock"));
            assert!(!left, "{when}: left behind: {name}");
        }
    }
}

fn kill(target: &str, count: u64, seed: u64) -> usize {
    let site = Site::new();
    site.publish(target);
    let mut random = Random(seed);
    let mut cut = 0;
    // How long a whole run takes, as far as is known.
    let mut whole = Duration::from_millis(400);
    for round in 0..count {
        let when = format!("{target}, seed {seed}, round {round}");
        let before = site.online(target);
        site.style(&format!("margin: {round}px"));
        site.put_post(1, &format!("Round {round}."));
        site.put(&format!("content/posts/new-{round}.md"), "---\ntitle: New\n---\nNew.\n");
        if round > 0 {
            fs::remove_file(site.root.join(format!("content/posts/new-{}.md", round - 1))).expect("removed");
        }
        let after = site.built();
        let delay = whole * u32::try_from(random.below(1000)).unwrap_or(0) / 1000;
        cut += usize::from(kill_after(&site, target, delay));
        assert_whole(&site.online(target), &before, &after, &when);
        if round % 5 == 4 {
            kill_after(&site, target, delay / 2);
            assert_whole(&site.online(target), &before, &after, &when);
        }
        let begun = Instant::now();
        site.publish(target);
        whole = (whole + begun.elapsed()) / 2;
        assert_eq!(differences(&site.online(target), &after), [""; 0], "{when}");
        assert_tidy(&site, &when);
    }
    cut
}

/// Publishes with an `rsync` that waits for ever once it is called with `argument`; interrupts it then.
fn interrupt(site: &Site, argument: &str, signal: &str) -> Said {
    let (programs, waits) = (site.dir.join("programs"), site.dir.join("waits"));
    fs::create_dir_all(&programs).expect("made");
    let _ = fs::remove_file(&waits);
    let script = format!(
        "#!/bin/sh\ncase \" $* \" in *\" {argument} \"*) : > '{}'; while kill -0 $PPID; do sleep 0.05; done ;; esac\n\
         PATH=\"${{PATH#*:}}\"; exec rsync \"$@\"\n",
        waits.display()
    );
    fs::write(programs.join("rsync"), script).expect("written");
    fs::set_permissions(programs.join("rsync"), fs::Permissions::from_mode(0o755)).expect("executable");
    let path = std::env::var("PATH").expect("a path");
    let mut command = site.command(&["publish", "copy", "--yes"]);
    command.env("PATH", format!("{}:{path}", programs.display()));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let begun = Instant::now();
    while !waits.exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
    child.wait_with_output().expect("it ends").into()
}

#[test]
fn an_interruption_is_status_five_and_says_what_is_left() {
    if !Command::new("rsync").arg("--version").output().is_ok_and(|output| output.status.success()) {
        ssg_testing::skip("rsync is not installed");
        return;
    }
    let site = Site::new();
    let config = fs::read_to_string(site.root.join("ssg.toml")).expect("readable");
    site.put("ssg.toml", &format!("{config}[publish.copy]\ntype = \"rsync\"\nto = \"../copy/\"\n"));
    for signal in ["INT", "TERM"] {
        // What only looks at the record, and what sends files.
        let said = interrupt(&site, "--ignore-missing-args", signal);
        assert_eq!(said.status, Some(5), "{}", said.stderr);
        assert!(said.stderr.contains("the publish was interrupted"), "{}", said.stderr);
        assert!(said.stderr.contains("nothing was changed there"), "{}", said.stderr);
        let said = interrupt(&site, "--ignore-times", signal);
        assert_eq!(said.status, Some(5), "{}", said.stderr);
        assert!(said.stderr.contains("what is missing is completed"), "{}", said.stderr);
    }
    site.publish("copy");
    assert_eq!(differences(&tree(&site.dir.join("copy")), &site.built()), [""; 0]);
}

#[test]
fn killed_at_thirty_instants() {
    for (target, seed) in [("folder", 1), ("plain", 2), ("pages", 3)] {
        let cut = kill(target, 10, seed);
        assert!(cut >= 3, "{target}: only {cut} runs were still running");
    }
}

#[test]
#[ignore = "takes minutes"]
fn killed_at_two_hundred_instants() {
    for (target, seed) in [("folder", 4), ("plain", 5), ("pages", 6)] {
        let cut = kill(target, 200, seed);
        println!("{target}: {cut} of 200 runs were running when they were killed");
        assert!(cut >= 80, "{target}: only {cut} runs were still running");
    }
}
