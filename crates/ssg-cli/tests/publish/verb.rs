//! What the verb says and refuses.

use super::site::{Site, differences};
use std::fs;
use std::process::Stdio;

#[test]
fn a_publish_sends_what_differs_and_says_so() {
    let site = Site::new();
    for target in ["folder", "plain", "pages"] {
        let line = site.publish(target);
        assert!(line.starts_with(&format!("published to `{target}` in ")), "{line}");
        assert!(line.ends_with(" 0 removed, 0 unchanged: https://publish.example/"), "{line}");
        assert_eq!(differences(&site.online(target), &site.built()), [""; 0]);
        let line = site.publish(target);
        assert!(line.starts_with(&format!("`{target}` is up to date: ")), "{line}");
    }
    site.put_post(2, "Other text.");
    for target in ["folder", "plain", "pages"] {
        let line = site.publish(target);
        // The page, the site's feed, and those of its section and its tool.
        assert!(line.contains(" 4 files sent ("), "{line}");
        assert_eq!(differences(&site.online(target), &site.built()), [""; 0]);
    }
}

#[test]
fn a_dry_run_changes_nothing_there() {
    let site = Site::new();
    let said = site.run(&["publish", "--dry-run"]);
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    assert!(said.stderr.contains("    + assets/own."), "{}", said.stderr);
    assert!(!site.dir.join("www").exists());
    site.publish("folder");
    let said = site.run(&["publish", "-n", "--format", "json"]);
    assert!(said.stdout.contains(r#""event":"plan","target":"folder""#), "{}", said.stdout);
    let before = site.online("folder");
    site.style("color: blue");
    fs::remove_file(site.root.join("content/posts/p4.md")).expect("removed");
    let said = site.run(&["publish", "-n", "-v", "--format", "json"]);
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    assert!(said.stdout.contains(r#"{"action":"remove","path":"posts/p4/index.html"}"#), "{}", said.stdout);
    assert!(said.stdout.contains(r#""event":"plan","target":"folder""#), "{}", said.stdout);
    assert_eq!(site.online("folder"), before);
}

#[test]
fn what_may_be_a_mistake_is_refused_with_status_three() {
    let site = Site::new();
    fs::create_dir_all(site.dir.join("www")).expect("made");
    fs::write(site.dir.join("www/index.html"), "another").expect("written");
    let said = site.run(&["publish"]);
    assert_eq!(said.status, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("that ssg did not put there, such as `index.html`"), "{}", said.stderr);
    assert_eq!(fs::read_to_string(site.dir.join("www/index.html")).expect("there"), "another");
    site.publish("folder");

    let before = site.online("folder");
    fs::remove_dir_all(site.root.join("content/posts")).expect("removed");
    let said = site.run(&["publish"]);
    assert_eq!(said.status, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains(" would be removed, more than 10%"), "{}", said.stderr);
    assert_eq!(site.online("folder"), before);
    assert_eq!(site.run(&["publish", "--max-deletes", "100"]).status, Some(0));
    assert_eq!(differences(&site.online("folder"), &site.built()), [""; 0]);

    let said = site.run(&["publish", "-u", "https://staging.example"]);
    assert_eq!(said.status, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("holds another site, https://publish.example/"), "{}", said.stderr);
}

#[test]
fn a_site_with_errors_is_not_published() {
    let site = Site::new();
    site.publish("folder");
    let before = site.online("folder");
    site.put("content/posts/p1.md", "---\ntitle: [\n---\n");
    assert_eq!(site.run(&["publish", "--yes"]).status, Some(1));
    assert_eq!(site.online("folder"), before);
    assert_eq!(site.run(&["publish", "--yes", "--skip-broken"]).status, Some(0));
    assert_ne!(site.online("folder"), before);
}

#[test]
fn mistakes_in_the_configuration_are_of_usage_and_no_secret_is_shown() {
    let site = Site::new();
    let config = fs::read_to_string(site.root.join("ssg.toml")).expect("there");
    assert_eq!(site.run(&["publish", "pagse"]).status, Some(2));
    for (table, said) in [
        ("[publish.x]\ntype = \"dir\"\npaht = \"y\"", "did you mean `path`?"),
        ("[publish.x]\ntype = \"dri\"", "did you mean `dir`?"),
        ("[publish.x]\ntype = \"git\"\nbranch = \"b\"\ntoken = \"s3cr3t\"", "`token` looks like a secret"),
        (
            "[publish.x]\ntype = \"git\"\nbranch = \"b\"\nrepository = \"https://me:s3cr3t@h.example/r\"",
            "holds a password or a token",
        ),
    ] {
        site.put("ssg.toml", &format!("{config}{table}\n"));
        let run = site.run(&["publish"]);
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(!run.stderr.contains("s3cr3t"), "{}", run.stderr);
        assert!(!site.root.join("public").exists());
    }
}

#[test]
fn a_target_that_cannot_be_reached_is_status_five() {
    let site = Site::new();
    fs::remove_dir_all(site.dir.join("pages.git")).expect("removed");
    fs::create_dir_all(site.dir.join("pages.git")).expect("made");
    let said = site.run(&["publish", "pages"]);
    assert_eq!(said.status, Some(5), "{}", said.stderr);
    assert!(said.stderr.contains("nothing was changed there"), "{}", said.stderr);
}

#[test]
fn several_at_once_end_with_the_site() {
    let site = Site::new();
    for target in ["folder", "plain", "pages"] {
        let runs: Vec<_> = (0..4)
            .map(|_| {
                let mut command = site.command(&["publish", target, "--yes"]);
                command.stderr(Stdio::piped()).spawn().expect("it runs")
            })
            .collect();
        for run in runs {
            let run = run.wait_with_output().expect("it ends");
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        }
        assert_eq!(differences(&site.online(target), &site.built()), [""; 0]);
    }
}

#[test]
fn clean_removes_what_a_publish_left_in_the_cache() {
    let site = Site::new();
    site.publish("folder");
    assert!(site.root.join(".ssg-cache/publish-folder").exists());
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["clean", "-r"])
        .arg(&site.root)
        .output()
        .expect("it runs");
    assert!(said.status.success());
    assert!(!site.root.join(".ssg-cache").exists());
}

#[cfg(not(feature = "s3"))]
#[test]
fn a_program_without_a_target_names_the_feature() {
    let site = Site::new();
    let config = fs::read_to_string(site.root.join("ssg.toml")).expect("there");
    site.put("ssg.toml", &format!("{config}[publish.bucket]\ntype = \"s3\"\nbucket = \"b\"\n"));
    let said = site.run(&["publish", "bucket"]);
    assert_eq!(said.status, Some(2), "{}", said.stderr);
    assert!(said.stderr.contains("takes the cargo feature `s3`"), "{}", said.stderr);
    // The others do without it.
    site.publish("folder");
}
