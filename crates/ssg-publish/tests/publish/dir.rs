//! A folder, swapped and file by file.

use super::every::Kind;
use super::site::{Place, Tree, Watcher, options, refused, run, site, tree};
use ssg_publish::publish;
use std::fs;
use std::path::Path;

fn put(place: &Place, path: &str, text: &str) {
    let at = place.root.join("www").join(path);
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    fs::write(at, text).expect("written");
}

fn www(place: &Place) -> Tree {
    tree(&place.root.join("www"))
}

mod swapped {
    const KIND: super::Kind = super::Kind {
        stride: 1,
        table: |place| format!("type = \"dir\"\npath = '{}'", place.root.join("www").display()),
        tree: super::www,
        put: super::put,
    };
    crate::every_target!(KIND, true);
    crate::folder_target!();
    crate::conditional_target!();
}

mod file_by_file {
    const KIND: super::Kind = super::Kind {
        stride: 1,
        table: |place| format!("type = \"dir\"\nswap = false\npath = '{}'", place.root.join("www").display()),
        tree: super::www,
        put: super::put,
    };
    crate::every_target!(KIND, true);
    crate::folder_target!();
    crate::conditional_target!();
}

fn nothing_beside(place: &Place) {
    let names: Vec<_> = fs::read_dir(&place.root)
        .expect("listed")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("ssg-publish-") && !name.ends_with("-lock"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn unchanged_files_keep_their_times_and_links_stay_links() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let place = Place::new();
    let table = "type = \"dir\"\npath = \"../www\"";
    let mut files = site("look.1", &["a", "b"], "first");
    run(&mut *place.target(table), &place.build(&files));
    let www = place.root.join("www");
    symlink("/etc", www.join("elsewhere")).expect("linked");
    fs::set_permissions(www.join("a"), fs::Permissions::from_mode(0o750)).expect("set");
    let before = fs::metadata(www.join("b/index.html")).expect("there");
    files.insert("a/index.html".to_owned(), "<link href=\"/assets/look.1.css\">x".to_owned());
    run(&mut *place.target(table), &place.build(&files));
    let after = fs::metadata(www.join("b/index.html")).expect("there");
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
    assert_eq!(fs::read_link(www.join("elsewhere")).expect("a link"), Path::new("/etc"));
    assert_eq!(fs::metadata(www.join("a")).expect("there").permissions().mode() & 0o777, 0o750);
    nothing_beside(&place);
}

#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    for table in ["type = \"dir\"\npath = \"../www\"", "type = \"dir\"\nswap = false\npath = \"../www\""] {
        let place = Place::new();
        let www = place.root.join("www");
        fs::create_dir_all(place.root.join("elsewhere")).expect("made");
        fs::create_dir_all(&www).expect("made");
        symlink(place.root.join("elsewhere"), www.join("a")).expect("linked");
        let outputs = place.build(&site("look.1", &["a"], "first"));
        let stopped = publish(&mut *place.target(table), &outputs, &options("run"), &Watcher::confirming());
        assert!(stopped.expect_err("refused").failure.message.contains("www"), "{table}");
        assert!(tree(&place.root.join("elsewhere")).is_empty());
        nothing_beside(&place);
    }
}

#[test]
fn what_somebody_cut_short_is_restored() {
    let place = Place::new();
    let table = "type = \"dir\"\npath = \"../www\"";
    let files = site("look.1", &["a", "b"], "first");
    let outputs = place.build(&files);
    run(&mut *place.target(table), &outputs);
    fs::remove_file(place.root.join("www/a/index.html")).expect("removed");
    fs::write(place.root.join("www/b/index.html"), "short").expect("written");
    let watcher = Watcher::default();
    publish(&mut *place.target(table), &outputs, &options("run"), &watcher).expect("published");
    assert_eq!(watcher.sent(), ["a/index.html", "b/index.html"]);
    assert_eq!(watcher.restored.lock().expect("whole").len(), 2);
    assert_eq!(www(&place), files);
}

#[test]
fn what_a_killed_run_left_beside_is_removed_and_late_files_are_carried_over() {
    let place = Place::new();
    let table = "type = \"dir\"\npath = \"../www\"";
    let files = site("look.1", &["a", "b"], "first");
    run(&mut *place.target(table), &place.build(&files));
    // As if the run had been killed right after the swap: the old folder is beside, with a file that
    // somebody put there a moment before.
    let beside = place.root.join(".www.ssg-publish-1");
    assert!(
        std::process::Command::new("cp")
            .arg("-al")
            .arg(place.root.join("www"))
            .arg(&beside)
            .status()
            .is_ok_and(|status| status.success())
    );
    fs::create_dir_all(beside.join("new")).expect("made");
    fs::write(beside.join("new/upload.txt"), "late").expect("written");
    // And another one that was being filled.
    let filled = place.root.join(".www.ssg-publish-2");
    fs::create_dir_all(filled.join("half")).expect("made");
    fs::write(filled.join(".ssg-tmp-copy"), "").expect("written");
    fs::write(filled.join("half/page.html"), "not yet").expect("written");
    // Somebody has changed a file of theirs since.
    fs::write(beside.join("mine.txt"), "old").expect("written");
    fs::write(place.root.join("www/mine.txt"), "new").expect("written");
    run(&mut *place.target(table), &place.build(&files));
    let mut wanted = files;
    wanted.insert("new/upload.txt".to_owned(), "late".to_owned());
    wanted.insert("mine.txt".to_owned(), "new".to_owned());
    assert_eq!(www(&place), wanted);
    nothing_beside(&place);
}

#[test]
fn folders_of_the_site_are_no_target() {
    let place = Place::new();
    let outputs = place.build(&site("look.1", &["a"], "first"));
    for path in ["public", "public/x", ".", "..", "content", "content/x", ".ssg-cache", "/"] {
        let mut target = place.target(&format!("type = \"dir\"\npath = \"{path}\""));
        let stopped = publish(&mut *target, &outputs, &options("run"), &Watcher::confirming());
        let stopped = stopped.expect_err(path);
        assert_eq!(stopped.failure.clone().into_diagnostic(stopped.changed).class.status(), 2, "{path}");
    }
}

#[test]
fn tables_are_checked() {
    assert_eq!(refused("type = \"dir\""), ["`path` of the target is missing"]);
    assert_eq!(refused("type = \"dir\"\npath = \"x\"\npaht = 1"), ["unknown key `paht`"]);
    assert_eq!(refused("type = \"dri\""), ["`dri` is not one of `dir`, `git`, `rsync`, `s3`"]);
    assert_eq!(refused("path = \"x\""), ["`type` of the target `test` is missing"]);
    assert_eq!(
        refused("type = \"git\"\nbranch = \"x\"\nrepository = \"https://a:b@c.example/x\""),
        ["the address in `repository` holds a password or a token"]
    );
    assert_eq!(
        refused("type = \"dir\"\npath = \"x\"\nsecret_key = \"x\""),
        ["`secret_key` looks like a secret, which has no place here"]
    );
}
