//! A folder through `rsync`: of this machine, and over `ssh` to a server of the test's own.

use super::every::Kind;
use super::site::{Place, Tree, Watcher, options, refused, run, site, tree};
use ssg_publish::{Reason, publish};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn put(place: &Place, path: &str, text: &str) {
    let at = place.root.join("www").join(path);
    fs::create_dir_all(at.parent().expect("a folder")).expect("made");
    fs::write(at, text).expect("written");
}

fn www(place: &Place) -> Tree {
    tree(&place.root.join("www"))
}

fn runs(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

mod local {
    const KIND: super::Kind = super::Kind {
        stride: 3,
        table: |place| format!("type = \"rsync\"\nto = '{}'", place.root.join("www").display()),
        tree: super::www,
        put: super::put,
    };
    crate::every_target!(KIND, super::runs("rsync"));
    crate::folder_target!();
}

/// A server on loopback, which lets in whoever runs the tests.
struct Server {
    port: u16,
    dir: PathBuf,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn key(at: &Path) {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at);
    assert!(command.status().is_ok_and(|status| status.success()));
}

impl Server {
    fn start() -> Option<Self> {
        let sshd = Path::new("/usr/sbin/sshd");
        if !sshd.exists() || !runs("rsync") {
            return None;
        }
        // Where it runs as root, it wants a folder of the system to lock itself into.
        let _ = fs::create_dir_all("/run/sshd");
        let dir = tempfile::tempdir().expect("temporary folder").keep();
        key(&dir.join("host"));
        key(&dir.join("user"));
        key(&dir.join("other"));
        fs::copy(dir.join("user.pub"), dir.join("authorized")).expect("copied");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("known").port();
        let shown = dir.display();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {shown}/host\nPidFile none\nStrictModes no\n\
             AuthorizedKeysFile {shown}/authorized\nPasswordAuthentication no\nUsePAM no\n\
             KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nMaxStartups 100\n"
        );
        fs::write(dir.join("config"), config).expect("written");
        let known = |name: &str, of: &str| {
            let public = fs::read_to_string(dir.join(of)).expect("a key");
            fs::write(dir.join(name), format!("[127.0.0.1]:{port} {public}")).expect("written");
        };
        known("known", "host.pub");
        known("wrong", "other.pub");
        let mut command = Command::new(sshd);
        command.args(["-D", "-e", "-f"]).arg(dir.join("config")).stdin(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().ok()?;
        let server = Self { port, dir, child };
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server.lets_in().then_some(server);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    fn lets_in(&self) -> bool {
        let mut command = Command::new("ssh");
        command.args([
            "-o",
            "BatchMode=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-p",
            &self.port.to_string(),
        ]);
        command.arg("-o").arg(format!("UserKnownHostsFile={}", self.dir.join("known").display()));
        command.arg("-i").arg(self.dir.join("user")).args(["127.0.0.1", "rsync --version"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    fn table(&self, place: &Place, known: &str) -> String {
        let (port, dir) = (self.port, self.dir.display());
        let www = place.root.join("www");
        format!(
            "type = \"rsync\"\nto = '127.0.0.1:{}'\nport = {port}\nidentity = '{dir}/user'\n\
             known_hosts = '{dir}/{known}'",
            www.display()
        )
    }
}

#[test]
fn a_site_goes_over_and_only_to_a_host_that_is_known() {
    let Some(server) = Server::start() else {
        ssg_testing::skip("no sshd that lets in");
        return;
    };
    let place = Place::new();
    let before = site("look.1", &["a", "b", "posts/c"], "first");
    let outputs = place.build(&before);
    let stopped = publish(
        &mut *place.target(&server.table(&place, "wrong")),
        &outputs,
        &options("run"),
        &Watcher::confirming(),
    )
    .expect_err("an unknown key");
    assert!(stopped.failure.hints[0].contains("key of the host"), "{stopped:?}");
    assert!(www(&place).is_empty());

    let table = server.table(&place, "known");
    run(&mut *place.target(&table), &outputs);
    assert_eq!(www(&place), before);
    let (published, sent) = run(&mut *place.target(&table), &outputs);
    assert!(published.plan.is_empty() && sent.is_empty());
    let mut after = site("look.1", &["a", "b"], "first");
    after.insert("a b/it's $HOME; \"x\"/ü.txt".to_owned(), "text".to_owned());
    let (_, sent) = run(&mut *place.target(&table), &place.build(&after));
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!(www(&place), after);
    assert!(!place.root.join("www/posts").exists());
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_is_not_ours() {
    if !runs("rsync") {
        ssg_testing::skip("rsync is not installed");
        return;
    }
    let place = Place::new();
    let table = "type = \"rsync\"\nto = \"../www\"";
    run(&mut *place.target(table), &place.build(&site("look.1", &["a", "gone", "old/deep"], "first")));
    let elsewhere = place.root.join("elsewhere");
    for (folder, file) in [("gone", "index.html"), ("old", "deep/index.html")] {
        let at = place.root.join("www").join(folder);
        fs::rename(&at, elsewhere.join(folder))
            .or_else(|_| {
                fs::create_dir_all(&elsewhere).and_then(|()| fs::rename(&at, elsewhere.join(folder)))
            })
            .expect("moved");
        std::os::unix::fs::symlink(elsewhere.join(folder), &at).expect("linked");
        assert!(at.join(file).exists());
    }
    publish(
        &mut *place.target(table),
        &place.build(&site("look.1", &["a"], "first")),
        &options("run"),
        &Watcher::confirming(),
    )
    .expect("published");
    for (folder, file) in [("gone", "index.html"), ("old", "deep/index.html")] {
        assert!(place.root.join("www").join(folder).is_symlink(), "{folder}");
        assert!(elsewhere.join(folder).join(file).exists(), "{folder}");
    }
}

#[test]
fn folders_of_the_site_are_no_target() {
    let place = Place::new();
    let outputs = place.build(&site("look.1", &["a"], "text"));
    for folder in [".", "static", "content/x", "public", "public/sub", ".ssg-cache", "..", "/"] {
        for table in
            [format!("type = \"rsync\"\nto = '{folder}'"), format!("type = \"dir\"\npath = '{folder}'")]
        {
            let refused =
                publish(&mut *place.target(&table), &outputs, &options("one"), &Watcher::confirming());
            let stopped = refused.expect_err("it is refused");
            assert_eq!((stopped.failure.reason, stopped.changed), (Reason::Usage, false), "{table}");
        }
    }
}

#[test]
fn tables_are_checked() {
    assert_eq!(refused("type = \"rsync\""), ["`to` of the target is missing"]);
    assert_eq!(refused("type = \"rsync\"\nto = \"--rsh=x\""), ["`--rsh=x` is no folder"]);
    assert_eq!(refused("type = \"rsync\"\nto = \"h:/x\"\nport = 0"), ["there is no such port"]);
    assert_eq!(refused("type = \"rsync\"\nto = \"u@-oX:/x\""), ["`u@-oX:/x` names no host"]);
}
