//! A branch of a bare repository on this machine.

use super::every::Kind;
use super::site::{Place, Tree, Watcher, options, refused, run, site};
use ssg_publish::{RECORD, publish};
use std::fs;
use std::path::Path;
use std::process::Command;

const KIND: Kind = Kind { stride: 1, table: |place| table(place, ""), tree: branch, put };
crate::every_target!(KIND, true);
crate::folder_target!();
crate::conditional_target!();

/// The table of a target; makes the repository when it is first asked for.
fn table(place: &Place, more: &str) -> String {
    let bare = place.root.join("pages.git");
    if !bare.exists() {
        git(&place.root, &["init", "-q", "--bare", "pages.git"]);
    }
    format!("type = \"git\"\nrepository = '{}'\nbranch = \"gh-pages\"\n{more}", bare.display())
}

fn git(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=T", "-c", "user.email=t@x.example"])
        .args(arguments)
        .output()
        .expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The files of the branch but for what the program adds for the hosting service.
fn branch(place: &Place) -> Tree {
    let bare = place.root.join("pages.git");
    let has_branch = Command::new("git")
        .current_dir(&bare)
        .args(["rev-parse", "-q", "--verify", "refs/heads/gh-pages"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_branch {
        return Tree::new();
    }
    git(&bare, &["ls-tree", "-r", "--name-only", "-z", "gh-pages"])
        .split('\0')
        .filter(|path| !path.is_empty() && *path != RECORD && *path != ".nojekyll")
        .map(|path| (path.to_owned(), git(&bare, &["cat-file", "blob", &format!("gh-pages:{path}")])))
        .collect()
}

/// Commits a file by hand.
fn put(place: &Place, path: &str, text: &str) {
    let _ = table(place, "");
    let work = place.root.join("work");
    let _ = fs::remove_dir_all(&work);
    git(&place.root, &["clone", "-q", "pages.git", "work"]);
    if branch(place).is_empty() {
        git(&work, &["checkout", "-q", "-b", "gh-pages"]);
    } else {
        git(&work, &["checkout", "-q", "gh-pages"]);
    }
    let at = work.join(path);
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    fs::write(at, text).expect("written");
    git(&work, &["add", "-A"]);
    git(&work, &["commit", "-q", "-m", "by hand"]);
    git(&work, &["push", "-q", "origin", "gh-pages"]);
}

#[test]
fn the_branch_has_one_commit_for_each_change_and_nothing_else() {
    let place = Place::new();
    let table = table(&place, "author = \"Theo Vance <theo@x.example>\"\nmessage = \"Online\"");
    let bare = place.root.join("pages.git");
    let before = site("look.1", &["a", "b"], "first");
    let outputs = place.build(&before);
    run(&mut *place.target(&table), &outputs);
    run(&mut *place.target(&table), &outputs);
    let log = |format: &str| git(&bare, &["log", &format!("--format={format}"), "gh-pages"]);
    assert_eq!(log("%an <%ae> %s"), "Theo Vance <theo@x.example> Online\n");
    run(&mut *place.target(&table), &place.build(&site("look.2", &["a", "b"], "second")));
    assert_eq!(log("%s"), "Online\nOnline\n");
    assert_eq!(git(&bare, &["ls-tree", "--name-only", "gh-pages", ".nojekyll"]), ".nojekyll\n");
    assert_eq!(git(&bare, &["for-each-ref", "--format=%(refname)"]), "refs/heads/gh-pages\n");
    git(&bare, &["fsck", "--strict"]);
}

#[test]
fn a_change_by_hand_is_noticed_and_undone_and_cname_stays() {
    let place = Place::new();
    let table = table(&place, "");
    let files = site("look.1", &["a", "b"], "first");
    let outputs = place.build(&files);
    put(&place, "CNAME", "x.example\n");
    run(&mut *place.target(&table), &outputs);
    put(&place, "a/index.html", "by hand");
    let watcher = Watcher::default();
    publish(&mut *place.target(&table), &outputs, &options("run"), &watcher).expect("published");
    assert_eq!(*watcher.restored.lock().expect("whole"), ["a/index.html"]);
    let mut wanted = files;
    wanted.insert("CNAME".to_owned(), "x.example\n".to_owned());
    assert_eq!(branch(&place), wanted);
}

#[test]
fn the_repository_of_the_site_is_left_as_it_is() {
    let place = Place::new();
    let root = place.root.join("site");
    let _ = table(&place, "");
    git(&root, &["init", "-q", "-b", "main"]);
    git(&root, &["remote", "add", "origin", "../pages.git"]);
    fs::write(root.join("committed"), "1").expect("written");
    git(&root, &["add", "committed"]);
    git(&root, &["commit", "-q", "-m", "one"]);
    fs::write(root.join("staged"), "2").expect("written");
    git(&root, &["add", "staged"]);
    fs::write(root.join("committed"), "changed").expect("written");
    let outputs = place.build(&site("look.1", &["a"], "first"));
    let state = || {
        let index = fs::read(root.join(".git/index")).expect("an index");
        let refs = git(&root, &["for-each-ref"]);
        let head = fs::read_to_string(root.join(".git/HEAD")).expect("a head");
        let config = fs::read_to_string(root.join(".git/config")).expect("a configuration");
        let objects = git(&root, &["count-objects", "-v"]);
        (
            index,
            refs,
            head,
            config,
            objects,
            git(&root, &["status", "--porcelain", "--", "committed", "staged"]),
        )
    };
    let before = state();
    // Without `repository` it is the remote `origin`, whose address is relative to the repository.
    run(&mut *place.target("type = \"git\"\nbranch = \"gh-pages\""), &outputs);
    assert_eq!(state(), before);
    assert_eq!(branch(&place).len(), 4);
    // The author is the one of the repository, where one is set.
    git(&root, &["config", "user.name", "Theo Vance"]);
    git(&root, &["config", "user.email", "theo@x.example"]);
    let outputs = place.build(&site("look.2", &["a"], "first"));
    run(&mut *place.target("type = \"git\"\nbranch = \"gh-pages\""), &outputs);
    let author = git(&place.root.join("pages.git"), &["log", "-1", "--format=%an <%ae>", "gh-pages"]);
    assert_eq!(author, "Theo Vance <theo@x.example>\n");
}

#[test]
fn surroundings_of_a_hook_do_not_mislead_it() {
    // A publish from a hook inherits these from `git`; the test runs itself with them.
    if std::env::var_os("SSG_TEST_INNER").is_none() {
        let place = Place::new();
        git(&place.root, &["init", "-q", "trap"]);
        let trap = place.root.join("trap/.git");
        let status = Command::new(std::env::current_exe().expect("this program"))
            .args(["surroundings_of_a_hook", "--test-threads=1"])
            .env("SSG_TEST_INNER", "1")
            .env("GIT_DIR", &trap)
            .env("GIT_INDEX_FILE", trap.join("index"))
            .env("GIT_WORK_TREE", place.root.join("trap"))
            .output()
            .expect("it runs");
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
        assert!(!trap.join("index").exists());
        return;
    }
    let place = Place::new();
    let bare = place.root.join("pages.git");
    let made = Command::new("git")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .args(["init", "-q", "--bare"])
        .arg(&bare)
        .status();
    assert!(made.is_ok_and(|status| status.success()));
    let table = table(&place, "");
    run(&mut *place.target(&table), &place.build(&site("look.1", &["a"], "first")));
    assert!(bare.join("refs/heads/gh-pages").exists() || bare.join("packed-refs").exists());
}

#[test]
fn history_is_dropped_only_when_asked() {
    let place = Place::new();
    let forced = table(&place, "force = true");
    let bare = place.root.join("pages.git");
    run(&mut *place.target(&table(&place, "")), &place.build(&site("look.1", &["a", "b"], "first")));
    put(&place, "mine.txt", "mine");
    let second = site("look.2", &["a", "b"], "second");
    run(&mut *place.target(&forced), &place.build(&second));
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "1\n");
    let mut wanted = second;
    wanted.insert("mine.txt".to_owned(), "mine".to_owned());
    assert_eq!(branch(&place), wanted);
}

#[test]
fn names_of_files_are_quoted() {
    let place = Place::new();
    let mut files = site("look.1", &["a"], "first");
    files.insert("a/\"quoted\" name — ü.txt".to_owned(), "text".to_owned());
    run(&mut *place.target(&table(&place, "")), &place.build(&files));
    assert_eq!(branch(&place), files);
}

#[test]
fn a_repository_that_is_not_there_is_a_failure_without_secrets() {
    let place = Place::new();
    let outputs = place.build(&site("look.1", &["a"], "first"));
    let failure = |table: &str| {
        let stopped = publish(&mut *place.target(table), &outputs, &options("run"), &Watcher::confirming());
        let stopped = stopped.expect_err("no repository");
        let diagnostic = stopped.failure.into_diagnostic(stopped.changed);
        (diagnostic.class.status(), diagnostic.message)
    };
    let (status, message) = failure("type = \"git\"\nbranch = \"b\"\nrepository = \"no-such-remote\"");
    assert_eq!((status, message.contains("no remote")), (2, true), "{message}");
    // A password that the user's own configuration puts into the address.
    let root = place.root.join("site");
    git(&root, &["init", "-q"]);
    git(&root, &["remote", "add", "origin", "http://joe:hunter2@127.0.0.1:9/x.git"]);
    let (status, message) = failure("type = \"git\"\nbranch = \"b\"");
    assert_eq!((status, message.contains("hunter2")), (5, false), "{message}");
    // Nor does it stay on disk, where a run that is killed leaves it.
    let search =
        Command::new("grep").args(["-rl", "--exclude-dir=site", "hunter2"]).arg(&place.root).output();
    assert_eq!(String::from_utf8_lossy(&search.expect("grep runs").stdout), "");
}

#[test]
fn tables_are_checked() {
    assert_eq!(refused("type = \"git\""), ["`branch` of the target is missing"]);
    for branch in ["-x", "a..b", "a b", "a//b", "x.lock", "@{1}", "../x"] {
        let found = refused(&format!("type = \"git\"\nbranch = \"{branch}\""));
        assert_eq!(found, [format!("`{branch}` cannot be the name of a branch")]);
    }
    let found = refused("type = \"git\"\nbranch = \"b\"\nrepository = \"--upload-pack=touch x\"");
    assert_eq!(found, ["a repository cannot begin with `-`"]);
    let found = refused("type = \"git\"\nbranch = \"b\"\nauthor = \"Theo\"");
    assert_eq!(found, ["`author` must be a name with an address"]);
}
