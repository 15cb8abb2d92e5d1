//! A session with a real client: Neovim without a screen. It is skipped where that is not installed.

use super::client::site;
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn an_author_in_neovim_sees_a_problem_completes_a_speaker_and_renames_a_tool() {
    let is_there = Command::new("nvim").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        ssg_testing::skip("a session with Neovim (nvim is not installed)");
        return;
    }
    let site = site();
    let root = site.path().canonicalize().expect("it exists");
    let own = tempfile::tempdir().expect("a folder");
    let report = own.path().join("report");
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/neovim.lua");
    let output = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .env("SSG_SITE", &root)
        .env("SSG_PROGRAM", env!("CARGO_BIN_EXE_ssg"))
        .env("SSG_REPORT", &report)
        .env("HOME", own.path())
        .env("XDG_STATE_HOME", own.path())
        .env("XDG_CACHE_HOME", own.path())
        .current_dir(own.path())
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let seen = fs::read_to_string(&report).unwrap_or_default();
    let expected = [
        "problem at 3:9: unknown event `2016-tornto` / try: did you mean `2016-toronto`? / try: events are folders in content/events/",
        "mended",
        "offered Ann Bell",
        "line   - Ann Bell",
        "renamed",
    ];
    assert_eq!(seen.lines().collect::<Vec<_>>(), expected, "{errors}");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("readable");
    let recap = read("content/posts/recap.md");
    assert!(recap.contains("tools: [Chef Infra, \"Nagios\"] # kept\nspeakers:\n  - Ann Bell\n"), "{recap}");
    assert!(read("content/posts/more.md").contains("  'Chef Infra', # first\n  \"chef server\","));
    assert!(
        read("content/tools/chef.md")
            .starts_with("---\ntitle: Chef Infra\nslug: chef\naliases: [chef server]\n")
    );
}
