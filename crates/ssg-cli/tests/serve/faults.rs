//! What goes wrong while a site is served, and what must not come of it.

use crate::session::Session;
use crate::site::{DATE, Site, post, tree};
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BASE: &str = "http://localhost/";

#[test]
fn a_broken_file_keeps_the_last_good_page() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = site.built(&[]);
    for (path, broken) in [
        ("content/posts/p1.md", "---\ntitle: [\n---\nBroken\n"),
        ("templates/base.html", "{% block"),
        ("data/facts.toml", "a = "),
        ("ssg.toml", "title = "),
    ] {
        let before = std::fs::read(site.root.join(path)).expect("read");
        site.put(path, broken);
        served.line("\"error\"");
        served.settle_on(&good, path);
        site.put(path, &before);
        site.put("content/posts/p1.md", post(1, path));
        served.until("posts/p1/", "mended", |answer| answer.says(path));
        site.put("content/posts/p1.md", post(1, "first"));
        served.settle("mended");
    }
}

#[test]
fn a_site_that_is_broken_at_the_start_comes_once_it_is_mended() {
    let site = Site::new(BASE);
    site.put("content/posts/p1.md", "---\ntitle: [\n---\nBroken\n");
    let mut served = Session::start(&site, &[], &[]);
    assert_eq!(served.get("").status, 404);
    site.put("content/posts/p1.md", post(1, "first"));
    served.settle("mended");
}

#[test]
fn badges_stay_right_when_errors_are_mended() {
    let site = Site::new(BASE);
    site.put("content/posts/hidden.md", "---\ntitle: Hidden\ndate: 2016-01-01\ndraft: true\n---\nText\n");
    site.put("content/posts/p1.md", "---\ntitle: One\ndate: 2016-01-02\n---\n[dead](@/posts/none.md)\n");
    let mut served = Session::start(&site, &["--drafts"], &[]);
    served.line("\"error\"");
    site.put("content/posts/p1.md", post(1, "mended"));
    served.settle("mended");
    assert!(served.get("posts/hidden/").says("data-ssg-badge=\"draft\""));
    drop(served);
    let mut served = Session::start(&site, &["--drafts", "--skip-broken"], &[]);
    served.settle("without what is broken");
    assert!(served.get("posts/hidden/").says("data-ssg-badge=\"draft\""));
}

#[test]
fn what_cannot_be_read_stays_an_error() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = site.built(&[]);
    // A link out of the site, which even the superuser may not follow.
    std::fs::write(site.folder.join("outside.md"), "outside").expect("written");
    // In one step: without the file the site has no error, and would be built.
    let link = site.folder.join("link.md");
    std::os::unix::fs::symlink("../../../outside.md", &link).expect("linked");
    std::fs::rename(link, site.root.join("content/posts/p2.md")).expect("moved");
    served.line("\"error\"");
    let before = std::fs::read(site.root.join("content/posts/p3.md")).expect("read");
    site.put("content/posts/p3.md", post(3, "while it is broken"));
    std::thread::sleep(Duration::from_millis(500));
    site.put("content/posts/p3.md", before);
    served.settle_on(&good, "p2.md cannot be read");
    site.remove("content/posts/p2.md");
    site.put("content/posts/p2.md", post(2, "mended"));
    served.settle("mended");
}

/// What was compiled is served, or nothing: also of files that are copied where they lie, whatever takes
/// their place while the site has an error.
#[test]
fn a_link_out_of_the_site_is_not_followed_while_it_has_an_error() {
    use std::os::unix::fs::symlink;
    let site = Site::new(BASE);
    site.put("static/large.bin", vec![b'g'; 2 << 20]);
    site.put("static/deep/in/here.txt", "good");
    site.put("../look/static/look.txt", "good");
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = site.built(&[]);
    // Asked for anew by a server that has handed out nothing yet.
    for is_new in [false, true] {
        drop(served);
        served = Session::start(&site, &[], &[]);
        if is_new {
            served.until("", "there", |answer| answer.status == 200);
        } else {
            served.settle("once more");
        }
        let page = std::fs::read(site.root.join("content/posts/p1.md")).expect("read");
        site.put("content/posts/p1.md", "---\ntitle: [\n---\n");
        served.line("\"error\"");
        let outside = site.folder.join("outside");
        std::fs::create_dir_all(outside.join("in")).expect("made");
        for name in ["a", "in/here.txt"] {
            std::fs::write(outside.join(name), "secret".repeat(500_000)).expect("written");
        }
        let files = [
            ("static/notes/old.txt", "notes/old.txt"),
            ("static/large.bin", "large.bin"),
            ("content/posts/bundle/a.svg", "posts/bundle/a.svg"),
            ("../look/static/look.txt", "look.txt"),
        ];
        let kept: Vec<Vec<u8>> =
            files.iter().map(|(file, _)| std::fs::read(site.root.join(file)).expect("read")).collect();
        for (file, _) in files {
            site.remove(file);
            symlink(outside.join("a"), site.root.join(file)).expect("linked");
        }
        site.rename("static/deep", "../deep");
        symlink(&outside, site.root.join("static/deep")).expect("linked");
        let all = files.iter().map(|(_, path)| *path).chain(["deep/in/here.txt"]);
        for _ in 0..20 {
            for path in all.clone() {
                let answer = served.get(path);
                let is_good = answer.status == 200 && answer.body == good[path];
                assert!(is_good || (answer.status == 404 && !answer.says("secret")), "{path}");
                let is_small = path != "large.bin";
                assert!(is_new || is_good || !is_small, "{path} was asked for, and is forgotten");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        for ((file, _), bytes) in files.iter().zip(kept) {
            site.remove(file);
            site.put(file, bytes);
        }
        site.remove("static/deep");
        site.rename("../deep", "static/deep");
        site.put("content/posts/p1.md", page);
        served.settle("mended");
    }
}

#[test]
fn what_changed_while_the_configuration_was_broken_is_seen() {
    let site = Site::new(BASE);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let good = std::fs::read(site.root.join("ssg.toml")).expect("read");
    site.put("ssg.toml", "title = ");
    served.line("\"error\"");
    site.put("content/posts/p1.md", post(1, "meanwhile"));
    site.put("content/posts/deep/new.md", post(25, "meanwhile"));
    std::thread::sleep(Duration::from_millis(200));
    site.put("ssg.toml", good);
    served.until("posts/p1/", "what was saved meanwhile", |answer| answer.says("meanwhile"));
    served.settle("mended");
}

#[test]
fn another_base_url_is_another_address_on_the_same_port() {
    let site = Site::new("http://localhost/one/");
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    let port = served.port();
    site.configure("http://localhost/two/", "first");
    served.url = served.next_url();
    assert!(served.url.ends_with("/two/"));
    assert_eq!(served.port(), port);
    served.settle("moved");
    assert_eq!(served.ask("/one/", "localhost").status, 404);
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let site = Site::new(BASE);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let served = Session::start(&site, &[], &["--port", &port.to_string()]);
    assert!(served.port() > port);
    assert_eq!(served.get("").status, 200);
}

#[test]
fn other_names_are_refused_unless_allowed() {
    let site = Site::new(BASE);
    let served = Session::start(&site, &[], &[]);
    assert_eq!(served.ask("/", "localhost").status, 200);
    for host in ["evil.example", "evil.example:80", "localhost.evil.example"] {
        let answer = served.ask("/", host);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.head.to_lowercase().contains("access-control"));
    }
    for path in ["/.git/config", "/../ssg.toml", "/%2e%2e/ssg.toml", "/ssg.toml", "/content/about.md"] {
        assert_eq!(served.ask(path, "localhost").status, 404, "{path}");
    }
    drop(served);
    let text = std::fs::read_to_string(site.root.join("ssg.toml")).expect("read");
    site.put("ssg.toml", format!("{text}[serve]\nallowed_hosts = [\"desk.example\"]\n"));
    let served = Session::start(&site, &[], &[]);
    assert_eq!(served.ask("/", "desk.example:1111").status, 200);
}

#[test]
fn a_signal_ends_it_at_once_and_nothing_is_left() {
    let site = Site::new(BASE);
    site.put("public/mine.txt", "not to be touched");
    let mut before = tree(&site.root);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    for round in 0..5 {
        site.put("content/posts/p1.md", post(1, &format!("round {round}")));
        std::thread::sleep(Duration::from_millis(10));
    }
    let began = Instant::now();
    // Not an interrupt: a shell that runs the tests in the background has that ignored.
    let told = Command::new("kill").args(["-TERM", &served.child.id().to_string()]).status();
    assert!(told.expect("`kill` runs").success());
    let status = served.child.wait().expect("it ends");
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    assert!(status.signal() == Some(15) || status.code().is_some(), "{status:?}");
    before.insert("content/posts/p1.md".to_owned(), post(1, "round 4").into_bytes());
    let mut after = tree(&site.root);
    // The cache is no litter: it holds the file that tells the time.
    after.retain(|path, _| !path.starts_with(".ssg-cache/"));
    before.retain(|path, _| !path.starts_with(".ssg-cache/"));
    assert_eq!(after, before);
    assert!(tree(&site.folder.join("temporary")).is_empty());
}

#[test]
fn where_there_is_no_site_nothing_is_served() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["serve", "--port", "0"])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(ended.status.code(), Some(2), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[cfg(unix)]
#[test]
fn a_site_that_comes_back_after_it_was_removed_is_served() {
    let site = Site::new(BASE);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ssg"));
    // As it is started by most: in the site's folder, without naming it.
    command.args(["serve", "--date", DATE]).current_dir(&site.root).stdin(Stdio::null());
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("SSG_BASE_URL");
    let mut served = Session::start_as(&site, command, &[], &[]);
    served.settle("at the start");
    let aside = site.folder.join("aside");
    // All but what the server keeps there.
    let copy = |from: &Path, to: &Path| {
        std::fs::create_dir_all(to).expect("made");
        for entry in std::fs::read_dir(from).expect("a folder").flatten() {
            if !entry.file_name().to_string_lossy().starts_with('.') {
                let done = Command::new("cp").arg("-r").arg(entry.path()).arg(to).status().expect("it runs");
                assert!(done.success());
            }
        }
    };
    copy(&site.root, &aside);
    std::fs::remove_dir_all(&site.root).expect("removed");
    std::thread::sleep(Duration::from_millis(500));
    copy(&aside, &site.root);
    site.put("content/posts/p1.md", post(1, "come back"));
    served.settle("when it is there again");
}
