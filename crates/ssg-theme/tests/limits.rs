//! Bounds on what git may take.

use ssg_parse::Config;
use ssg_render::ThemeSource;
use ssg_source::{DiskInputs, SitePath};
use ssg_theme::{Address, Limits, Site, add};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Adds a theme to an empty site; gives the message of what was wrong.
fn problem(root: &Path, address: &str, limits: &Limits) -> String {
    let inputs = DiskInputs::new(root, jiff::Timestamp::UNIX_EPOCH, "0.0.0").expect("folder exists");
    let (file, config) = (SitePath::new("ssg.toml").expect("valid"), Config::default());
    let inputs = Arc::new(inputs);
    let site = Site { root, file: &file, config: &config, theme: &ThemeSource::default(), inputs };
    let address = Address::parse(address).expect("an address");
    let problems = add(&site, &address, root, limits).expect_err("refused");
    assert_eq!(std::fs::read_dir(root).expect("readable").count(), 0, "something is left behind");
    problems.iter().map(|one| one.message.clone()).collect()
}

#[test]
fn a_host_that_never_answers_is_given_up() {
    let site = tempfile::tempdir().expect("temporary folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("git://{}/x", listener.local_addr().expect("bound"));
    let limits = Limits { time: Duration::from_secs(1), ..Limits::default() };
    let start = Instant::now();
    assert_eq!(problem(site.path(), &address, &limits), "git did not finish within 1 s");
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_repository_that_is_too_large_is_given_up() {
    let site = tempfile::tempdir().expect("temporary folder");
    let repository = tempfile::tempdir().expect("temporary folder");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]).args(arguments);
        command.current_dir(repository.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        assert!(command.status().expect("git runs").success());
    };
    git(&["init", "--quiet"]);
    // What does not pack: the digests of digests.
    let mut hash = blake3::hash(b"x");
    for number in 0..40 {
        let mut bytes = Vec::new();
        for _ in 0..8_192 {
            hash = blake3::hash(hash.as_bytes());
            bytes.extend_from_slice(hash.as_bytes());
        }
        std::fs::write(repository.path().join(format!("f{number}")), bytes).expect("written");
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "x"]);
    let limits = Limits { packed: 100_000, files: 3, ..Limits::default() };
    let message = problem(site.path(), repository.path().to_str().expect("text"), &limits);
    // A quick machine is done before it is looked at; then the number of files decides.
    assert!(message.contains("too large") || message.contains("more than 3 files"), "{message}");
}
