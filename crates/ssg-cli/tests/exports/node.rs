//! A folder in which Node finds the packages that a test needs, installed there by npm.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// One test at a time looks and installs.
static FOLDER: Mutex<()> = Mutex::new(());

/// The folder that has these packages. Where Node is missing or they cannot be installed that is said, and the test is
/// to be left out.
pub fn node(packages: &[&str]) -> Option<PathBuf> {
    let _one = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("node");
    let has_all =
        || packages.iter().all(|name| folder.join("node_modules").join(name).join("package.json").is_file());
    let is_there = succeeds(Command::new("node").arg("--version"));
    if is_there && !has_all() && std::fs::create_dir_all(&folder).is_ok() {
        let npm = [
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--ignore-scripts",
            "--fetch-retries=1",
        ];
        succeeds(Command::new("npm").args(npm).arg("--prefix").arg(&folder).args(packages));
    }
    if is_there && has_all() {
        return Some(folder);
    }
    ssg_testing::skip(format_args!(
        "node with {} is neither installed nor installable",
        packages.join(" and ")
    ));
    None
}

/// Whether the command can be run and succeeds; its output is dropped.
fn succeeds(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
