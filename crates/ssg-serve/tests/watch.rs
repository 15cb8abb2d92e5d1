//! Every way in which editors and tools change files leads to a hint.

use ssg_serve::{Hint, Hints, WatchMode, Watcher};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(10);

struct Site {
    folder: tempfile::TempDir,
    _watcher: Watcher,
    hints: Hints,
    /// How long it takes until nothing more can come of what has happened.
    settling: Duration,
}

impl Site {
    /// A site with some files, watched as `serve` would, in the given way.
    fn new(mode: WatchMode) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for path in
            ["content/posts/a.md", "content/posts/b.md", "content/old/x.md", "public/index.html", "ssg.toml"]
        {
            write(&root.join(path), "first");
        }
        write(&root.join("content/out/index.html"), "inside the watched tree");
        let roots: Vec<PathBuf> =
            ["content", "static", "themes/x/templates", "ssg.toml"].map(|name| root.join(name)).into();
        let ignore = vec![root.join("public"), root.join("content/out")];
        let (watcher, hints) = Watcher::start(&roots, ignore, mode);
        // One look gives one hint, while one change may give several events and a second look.
        let settling = Duration::from_millis(if mode == WatchMode::Poll { 60 } else { 200 });
        Self { folder, _watcher: watcher, hints, settling }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Does something and waits until hints name the path, or a folder above it with a rescan.
    fn expect(&self, named: &str, act: impl FnOnce()) -> Hint {
        act();
        let wanted = self.path(named);
        let deadline = Instant::now() + PATIENCE;
        let mut all = Hint::default();
        loop {
            let found = all.paths.contains(&wanted)
                || (all.rescan && all.paths.iter().any(|path| wanted.starts_with(path)));
            if found {
                return all;
            }
            let Some(hint) = self.hints.wait_until(deadline) else {
                panic!("no hint names {named}: {all:?}")
            };
            all.merge(hint);
        }
    }

    /// Takes hints until none has come for a while.
    fn quiet(&self) -> Hint {
        let mut all = Hint::default();
        while let Some(hint) = self.hints.wait_until(Instant::now() + self.settling) {
            all.merge(hint);
        }
        all
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

/// One after another, every way to save.
fn all_ways_to_save(site: &Site) {
    let (a, b) = (site.path("content/posts/a.md"), site.path("content/posts/b.md"));
    let temporary = site.path("content/posts/.a.md.tmp123");
    let ways: [(&str, &dyn Fn()); 9] = [
        ("write in place", &|| {
            let mut file = OpenOptions::new().write(true).open(&a).expect("a file");
            file.write_all(b"FIRST").expect("written");
        }),
        ("append", &|| {
            let mut file = OpenOptions::new().append(true).open(&a).expect("a file");
            file.write_all(b" more").expect("written");
        }),
        ("truncate, then write", &|| {
            let mut file = File::create(&a).expect("a file");
            file.write_all(b"second").expect("written");
        }),
        ("rename over", &|| {
            write(&temporary, "third");
            fs::rename(&temporary, &a).expect("renamed");
        }),
        ("backup and rename", &|| {
            fs::rename(&a, site.path("content/posts/a.md~")).expect("renamed");
            write(&a, "fourth");
            fs::remove_file(site.path("content/posts/a.md~")).expect("removed");
        }),
        ("delete and recreate", &|| {
            fs::remove_file(&a).expect("removed");
            write(&a, "fifth");
        }),
        ("link and replace", &|| {
            write(&temporary, "sixth");
            fs::remove_file(&a).expect("removed");
            fs::hard_link(&temporary, &a).expect("linked");
            fs::remove_file(&temporary).expect("removed");
        }),
        ("exchange by renames", &|| {
            fs::rename(&a, site.path("content/posts/c.md")).expect("renamed");
            fs::rename(&b, &a).expect("renamed");
            fs::rename(site.path("content/posts/c.md"), &b).expect("renamed");
        }),
        ("delete", &|| fs::remove_file(&a).expect("removed")),
    ];
    for (name, act) in ways {
        println!("{name}");
        site.expect("content/posts/a.md", act);
        site.quiet();
    }
    // A root that is a file: most editors replace it.
    site.expect("ssg.toml", || write(&site.path("ssg.toml"), "second"));
    site.quiet();
    site.expect("ssg.toml", || {
        write(&site.path(".ssg.toml.new"), "third");
        fs::rename(site.path(".ssg.toml.new"), site.path("ssg.toml")).expect("renamed");
    });
    site.quiet();
    site.expect("ssg.toml", || write(&site.path("ssg.toml"), "fourth"));
}

/// Folders that come, go and move, and roots that do.
fn all_ways_of_folders(site: &Site) {
    site.expect("content/new/deep/er/x.md", || write(&site.path("content/new/deep/er/x.md"), "new"));
    site.quiet();
    site.expect("content/new/deep/er/x.md", || write(&site.path("content/new/deep/er/x.md"), "again"));
    site.quiet();
    let hint = site.expect("content/renamed", || {
        fs::rename(site.path("content/old"), site.path("content/renamed")).expect("renamed");
    });
    assert!(hint.rescan);
    site.quiet();
    site.expect("content/renamed/x.md", || write(&site.path("content/renamed/x.md"), "after the renaming"));
    site.quiet();
    // Moved out: nothing but the name of the folder is left to tell.
    let hint = site.expect("content/renamed", || {
        fs::rename(site.path("content/renamed"), site.path("elsewhere")).expect("renamed");
    });
    assert!(hint.rescan);
    site.quiet();
    let hint = site.expect("content/moved.in", || {
        fs::rename(site.path("elsewhere"), site.path("content/moved.in")).expect("renamed");
    });
    assert!(hint.rescan);
    site.quiet();
    site.expect("content/moved.in/x.md", || write(&site.path("content/moved.in/x.md"), "inside"));
    site.quiet();
    site.expect("content/moved.in", || fs::remove_dir_all(site.path("content/moved.in")).expect("removed"));
    site.quiet();
    site.expect("content/posts/a.md", || {
        fs::remove_dir_all(site.path("content/posts")).expect("removed");
        write(&site.path("content/posts/a.md"), "recreated");
    });
    site.quiet();
    site.expect("content/posts/a.md", || write(&site.path("content/posts/a.md"), "and written"));
    site.quiet();

    // Roots that did not exist, at once and by steps.
    site.expect("static/x.png", || write(&site.path("static/x.png"), "x"));
    site.quiet();
    site.expect("static/x.png", || write(&site.path("static/x.png"), "y"));
    site.quiet();
    fs::create_dir(site.path("themes")).expect("a folder");
    site.quiet();
    site.expect("themes/x/templates/page.html", || write(&site.path("themes/x/templates/page.html"), "x"));
    site.quiet();
    site.expect("themes/x/templates/page.html", || write(&site.path("themes/x/templates/page.html"), "y"));
    site.quiet();
    // A root that is swapped for another, as a checkout does.
    site.expect("content/posts/z.md", || {
        fs::rename(site.path("content"), site.path("before")).expect("renamed");
        write(&site.path("content/posts/z.md"), "another branch");
    });
    site.quiet();
    site.expect("content/posts/z.md", || write(&site.path("content/posts/z.md"), "edited"));
    site.quiet();
    write(&site.path("before/posts/a.md"), "no longer of the site");
    std::thread::sleep(Duration::from_millis(400));
    assert!(site.quiet().is_empty());
}

#[test]
fn saves_by_events() {
    all_ways_to_save(&Site::new(WatchMode::Events));
}

#[test]
fn folders_by_events() {
    all_ways_of_folders(&Site::new(WatchMode::Events));
}

#[test]
fn saves_by_polling() {
    all_ways_to_save(&Site::new(WatchMode::Poll));
}

#[test]
fn folders_by_polling() {
    all_ways_of_folders(&Site::new(WatchMode::Poll));
}

#[test]
fn what_is_ignored_or_read_gives_no_hint() {
    let site = Site::new(WatchMode::Events);
    write(&site.path("public/index.html"), "built");
    write(&site.path("content/out/index.html"), "built");
    write(&site.path("content/out/new/index.html"), "built");
    write(&site.path("unrelated.txt"), "x");
    write(&site.path("content/posts/.a.md.swp"), "an editor's");
    write(&site.path("content/posts/4913"), "an editor's");
    for _ in 0..100 {
        fs::read(site.path("content/posts/a.md")).expect("a file");
        assert_eq!(fs::read_dir(site.path("content/posts")).expect("a folder").count(), 4);
    }
    let hint = site.quiet();
    assert!(hint.is_empty(), "{hint:?}");
}

impl Site {
    fn quiet_briefly(&self) {
        while self.hints.wait_until(Instant::now() + Duration::from_millis(20)).is_some() {}
    }
}

#[test]
fn a_checkout_is_few_hints() {
    let site = Site::new(WatchMode::Events);
    for number in 0..500 {
        write(&site.path(&format!("content/posts/{number}.md")), "x");
    }
    site.quiet();
    let mut named = Hint::default();
    let mut count = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..500 {
                write(&site.path(&format!("content/posts/{number}.md")), "y");
            }
        });
        // A reader that takes 20 ms for each, as a compilation would.
        while let Some(hint) = site.hints.wait_until(Instant::now() + Duration::from_millis(500)) {
            named.merge(hint);
            count += 1;
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    assert!((0..500).all(|number| named.paths.contains(&site.path(&format!("content/posts/{number}.md")))));
    assert!(count <= 20, "{count} hints");
}

#[test]
fn roots_can_be_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    write(&one.join("a.md"), "a");
    write(&two.join("a.md"), "a");
    let (watcher, hints) = Watcher::start(std::slice::from_ref(&one), Vec::new(), WatchMode::Events);
    watcher.replace_roots(std::slice::from_ref(&two));
    let hint = hints.wait_until(Instant::now() + PATIENCE).expect("a hint");
    assert!(hint.rescan && hint.paths.contains(&two));
    while hints.wait_until(Instant::now() + Duration::from_millis(300)).is_some() {}
    write(&one.join("a.md"), "b");
    write(&two.join("a.md"), "b");
    let mut all = Hint::default();
    while let Some(hint) = hints.wait_until(Instant::now() + Duration::from_millis(500)) {
        all.merge(hint);
    }
    assert!(all.paths.contains(&two.join("a.md")) && !all.paths.iter().any(|path| path.starts_with(&one)));
    drop(watcher);
    assert!(hints.is_closed() && hints.wait().is_none());
}

#[cfg(unix)]
#[test]
fn a_root_that_is_a_link_keeps_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let (real, link) = (folder.path().join("real"), folder.path().join("themes/link"));
    write(&real.join("theme.toml"), "x");
    fs::create_dir(folder.path().join("themes")).expect("a folder");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let (_watcher, hints) = Watcher::start(std::slice::from_ref(&link), Vec::new(), WatchMode::Events);
    write(&real.join("theme.toml"), "y");
    let hint = hints.wait_until(Instant::now() + PATIENCE).expect("a hint");
    assert!(hint.paths.contains(&link.join("theme.toml")), "{hint:?}");
}

/// A file may have several names: its own, one by a linked folder, and one by a link to itself.
#[cfg(unix)]
#[test]
fn what_several_roots_lead_to_is_named_by_each() {
    for mode in [WatchMode::Events, WatchMode::Poll] {
        let folder = tempfile::tempdir().expect("a folder");
        let [shared, notes, linked] =
            ["shared", "content/notes", "content/linked.md"].map(|name| folder.path().join(name));
        write(&shared.join("real.md"), "x");
        fs::create_dir(folder.path().join("content")).expect("a folder");
        std::os::unix::fs::symlink(&shared, &notes).expect("a link");
        std::os::unix::fs::symlink(shared.join("real.md"), &linked).expect("a link");
        let roots = [folder.path().join("content"), notes.clone(), linked.clone()];
        let (_watcher, hints) = Watcher::start(&roots, Vec::new(), mode);
        write(&shared.join("real.md"), "a second text");
        let mut all = Hint::default();
        while !(all.paths.contains(&linked) && all.paths.contains(&notes.join("real.md"))) {
            all.merge(hints.wait_until(Instant::now() + PATIENCE).expect("a hint"));
        }
    }
}

/// Reading tells the system's queue of events twice per file; whether it overflows or not, a reader
/// that looks at everything again must come to rest.
#[test]
fn reading_ten_thousand_files_comes_to_rest() {
    let site = Site::new(WatchMode::Events);
    for number in 0..10_000 {
        write(&site.path(&format!("content/posts/{}/{number}.md", number % 100)), "x");
    }
    site.quiet();
    let read_all = || {
        let begun = Instant::now();
        for number in 0..10_000 {
            fs::read(site.path(&format!("content/posts/{}/{number}.md", number % 100))).expect("a file");
        }
        begun.elapsed()
    };
    let time = read_all();
    let mut again = 0;
    while let Some(hint) = site.hints.wait_until(Instant::now() + site.settling) {
        assert!(hint.rescan && again < 3, "{hint:?}");
        again += 1;
        // As a rescan does: folders are read, files are only asked for their times.
        for folder in 0..100 {
            let listed = fs::read_dir(site.path(&format!("content/posts/{folder}"))).expect("a folder");
            assert_eq!(
                listed.filter(|file| file.as_ref().is_ok_and(|file| file.metadata().is_ok())).count(),
                100
            );
        }
    }
    println!("read in {time:?}, {again} rescans");
}

/// A root three folders deep that comes all at once, again and again: it must be noticed however the
/// steps of its coming fall between those of the watcher.
#[test]
fn a_deep_root_comes_and_goes() {
    let site = Site::new(WatchMode::Events);
    let page = "themes/x/templates/page.html";
    for round in 0..8 {
        site.expect(page, || write(&site.path(page), "x"));
        if round % 3 == 0 {
            site.quiet();
            let hint = site.expect(page, || write(&site.path(page), "y"));
            assert!(hint.paths.contains(&site.path(page)), "{hint:?}");
        }
        site.expect("themes/x/templates", || fs::remove_dir_all(site.path("themes")).expect("removed"));
        site.quiet_briefly();
    }
}

/// What a reader of hints knows of the files, by looking only where hints say.
#[derive(Default)]
struct Reader(BTreeMap<PathBuf, Vec<u8>>);

impl Reader {
    fn follow(&mut self, root: &Path, hint: &Hint) {
        if hint.rescan {
            *self = Self::look(root);
        }
        for path in &hint.paths {
            match fs::read(path) {
                Ok(bytes) => self.0.insert(path.clone(), bytes),
                Err(_) => self.0.remove(path),
            };
        }
    }

    fn look(root: &Path) -> Self {
        let files = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
        Self(files.filter_map(|file| Some((file.path().to_owned(), fs::read(file.path()).ok()?))).collect())
    }
}

/// Folders that are made, moved, filled and removed as fast as the system can: in the end the reader
/// knows every file as it is.
#[test]
fn nothing_is_lost_in_a_hurry() {
    let site = Site::new(WatchMode::Events);
    let content = site.path("content");
    fs::remove_dir_all(site.path("content/out")).expect("removed");
    let mut reader = Reader::look(&content);
    for round in 0..3_u64 {
        std::thread::scope(|scope| {
            let hurry = scope.spawn(|| {
                for step in 0..40 {
                    let name = |salt: u64| (round * 131 + step * 7 + salt) % 5;
                    let file = site.path(&format!("content/d{}/e{}/f/x.md", name(0), name(1)));
                    // Any of this may fail because of what was there before: that is as good.
                    let _ = fs::create_dir_all(file.parent().expect("a folder"));
                    let _ = fs::write(&file, format!("{round} {step}"));
                    let _ = fs::rename(
                        site.path(&format!("content/d{}", name(2))),
                        site.path(&format!("content/d{}", name(3))),
                    );
                    let _ = fs::write(site.path(&format!("content/d{}/e{}/f/y.md", name(3), name(1))), "y");
                    if step % 6 == 0 {
                        let _ = fs::remove_dir_all(site.path(&format!("content/d{}", name(4))));
                    }
                }
            });
            while !hurry.is_finished() {
                if let Some(hint) = site.hints.wait_until(Instant::now() + Duration::from_millis(1)) {
                    reader.follow(&content, &hint);
                }
            }
        });
        while let Some(hint) = site.hints.wait_until(Instant::now() + site.settling) {
            reader.follow(&content, &hint);
        }
        assert_eq!(reader.0, Reader::look(&content).0, "in round {round}");
        // Every folder that is there is watched by now.
        let files: Vec<PathBuf> = reader.0.keys().cloned().collect();
        for path in files {
            fs::write(&path, format!("edited in {round}")).expect("a file");
        }
        while let Some(hint) = site.hints.wait_until(Instant::now() + site.settling) {
            assert!(!hint.rescan, "{hint:?}");
            reader.follow(&content, &hint);
        }
        assert_eq!(reader.0, Reader::look(&content).0, "after round {round}");
    }
}
