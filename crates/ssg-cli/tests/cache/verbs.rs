//! What verbs and flags do to the cache.

use super::site::Site;
use std::fs;

#[test]
fn clean_removes_the_cache_and_nothing_else() {
    let site = Site::new();
    site.build();
    fs::write(site.cache().join("own.txt"), "mine").expect("written");
    fs::write(site.cache().join("build.memo.tmp-1"), "of a run that died").expect("written");
    let said = site.run("clean", &[]);
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    let left: Vec<_> =
        fs::read_dir(site.cache()).expect("there").flatten().map(|one| one.file_name()).collect();
    assert_eq!(left, ["own.txt"]);
    fs::remove_file(site.cache().join("own.txt")).expect("removed");
    site.build();
    site.run("clean", &[]);
    assert!(!site.cache().exists() && !site.out.exists());
    // Cleaning what is clean.
    assert_eq!(site.run("clean", &[]).status, Some(0));
}

#[test]
fn without_a_cache_none_is_read_or_written() {
    let site = Site::new();
    for verb in ["build", "check"] {
        assert_eq!(site.run(verb, &["--no-cache"]).status, Some(0));
        assert!(!site.cache().exists(), "{verb}");
    }
    site.build();
    let before = fs::read(site.memo()).expect("a cache");
    site.put_post(3, "Edited.");
    let said = site.build_with(&["--no-cache"]);
    assert_eq!(said.rendered(), None, "{}", said.stderr);
    assert_eq!(fs::read(site.memo()).expect("a cache"), before);
    fs::write(site.memo(), "damaged").expect("written");
    assert!(site.build_with(&["--no-cache"]).of_cache().is_empty());
    assert_eq!(fs::read(site.memo()).expect("there"), b"damaged");
    site.assert_exact("without a cache");
}

/// What `check` learns spares the build nothing that it must write, and nothing else.
#[test]
fn a_check_before_a_build() {
    let site = Site::new();
    assert_eq!(site.run("check", &[]).status, Some(0));
    site.build();
    site.assert_exact("after a check");
    site.put_post(3, "Edited.");
    assert_eq!(site.run("check", &[]).status, Some(0));
    site.build();
    site.assert_exact("after a check of an edit");
    assert_eq!(site.build().rendered(), Some(0));
}

/// A build that fails remembers what is right, and meets the error again.
#[test]
fn an_error_is_met_again() {
    let site = Site::new();
    site.build();
    let before = site.tree();
    site.put_post(3, "[Dead](@/posts/none.md)");
    let first = site.run("build", &[]);
    let second = site.run("build", &[]);
    assert_eq!((first.status, second.status), (Some(1), Some(1)));
    assert_eq!(first.stderr, second.stderr);
    assert_eq!(site.tree(), before);
    site.put_post(3, "Mended.");
    site.build();
    site.assert_exact("mended");
}

/// No verb may remember anything that another takes for more than it is: whatever runs between an edit and
/// the build, the output is that of a clean one, and none of its files goes.
#[test]
fn any_verb_between_an_edit_and_a_build() {
    let site = Site::small();
    let target = site.out.with_file_name("target");
    let target = format!("[publish.here]\ntype = \"dir\"\npath = {:?}\n", target.display().to_string());
    let configuration = fs::read_to_string(site.root.join("ssg.toml")).expect("there");
    site.put("ssg.toml", format!("{configuration}{target}"));
    site.build();
    type Edit = fn(&Site);
    let edits: [(&str, Edit); 4] = [
        ("nothing", |_| {}),
        ("a static file", |site| site.put("static/robots-of-old.txt", "something else\n")),
        ("a picture", |site| {
            site.put("content/posts/bundle/plot.svg", "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>");
        }),
        ("a body", |site| site.put_post(2, "Edited.")),
    ];
    let verbs: [&[&str]; 6] = [
        &["check"],
        &["check", "-u", "https://other.example/"],
        &["list"],
        &["why", "/posts/p2/"],
        &["publish", "here", "--dry-run"],
        &["theme", "list"],
    ];
    for (edit, make) in edits {
        for verb in verbs {
            // Stamps must be old enough to be believed.
            std::thread::sleep(std::time::Duration::from_millis(60));
            make(&site);
            std::thread::sleep(std::time::Duration::from_millis(60));
            let said = site.run(verb[0], &verb[1..]);
            assert!(matches!(said.status, Some(0..=2)), "{verb:?}: {}", said.stderr);
            let said = site.build();
            assert!(said.stderr.contains("0 removed"), "{edit}, {verb:?}: {}", said.stderr);
            site.assert_exact(&format!("{edit}, then {verb:?}"));
        }
        site.put("static/robots-of-old.txt", "nothing\n");
    }
}
