//! A Python with the packages that a test needs: the system's, or one from a virtual environment made here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// One test at a time looks and installs.
static ENVIRONMENT: Mutex<()> = Mutex::new(());

/// The Python that knows these packages, which bear the names of their modules. Where there is none and none can be made
/// that is said, and the test is to be left out.
pub fn python(packages: &[&str]) -> Option<PathBuf> {
    let _one = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    let found = find(packages);
    if found.is_none() {
        ssg_testing::skip(format_args!(
            "python3 with {} is neither installed nor installable",
            packages.join(" and ")
        ));
    }
    found
}

fn find(packages: &[&str]) -> Option<PathBuf> {
    let import = format!("import {}", packages.join(", "));
    let knows = |python: &Path| succeeds(Command::new(python).args(["-c", &import]));
    let system = PathBuf::from("python3");
    if knows(&system) {
        return Some(system);
    }
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let python = venv.join("bin/python3");
    if !knows(&python) {
        let is_made = python.exists() || succeeds(Command::new(&system).args(["-m", "venv"]).arg(&venv));
        let pip = ["-m", "pip", "install", "--quiet", "--timeout", "15", "--retries", "1"];
        if !(is_made && succeeds(Command::new(&python).args(pip).args(packages))) {
            return None;
        }
    }
    knows(&python).then_some(python)
}

/// Whether the command can be run and succeeds; its output is dropped.
fn succeeds(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
