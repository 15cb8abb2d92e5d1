//! Runs the system's `git`, without a shell, in a repository of its own.

use super::remote::Remote;
use crate::failure::{Failure, Reason};
use ssg_build::subprocess::{self, Limits, Said};
use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What would lead `git` to another repository, index or configuration.
const STRAYS: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_DEFAULT_HASH",
    "GIT_TEMPLATE_DIR",
    "GIT_QUARANTINE_PATH",
    "GIT_TRACE",
    "GIT_CURL_VERBOSE",
];

/// A bare repository that lasts as long as the run.
#[derive(Debug)]
pub(super) struct Git {
    dir: PathBuf,
    config: Vec<(String, String)>,
}

/// `git` with nothing of the surroundings that would mislead it.
pub(super) fn clean_git() -> Command {
    let mut command = Command::new("git");
    for name in STRAYS {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").stdin(Stdio::null());
    if !std::io::stdin().is_terminal() {
        // Nobody could answer.
        command.env("GIT_TERMINAL_PROMPT", "0");
    }
    command
}

impl Git {
    /// Makes the repository in a scratch folder.
    pub(super) fn begin(scratch: &Path, remote: &Remote) -> Result<Self, Failure> {
        let dir = scratch.join("publish.git");
        let _ = std::fs::remove_dir_all(&dir);
        let mut init = clean_git();
        init.args(["init", "--quiet", "--bare", "--template=", "--"]).arg(&dir);
        run(init, b"")?;
        let mut config = remote.config.clone();
        // An address may hold a password: it is never written down.
        config.push(("remote.target.url".to_owned(), remote.url.clone()));
        // Nothing that goes on by itself: the repository is removed soon.
        config.extend([("gc.auto", "0"), ("maintenance.auto", "false")].map(|(k, v)| (k.into(), v.into())));
        Ok(Self { dir, config })
    }

    /// `git` in the repository.
    pub(super) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = clean_git();
        command.arg("--git-dir").arg(&self.dir).args(arguments);
        // Through the environment: arguments are seen by everybody on the machine.
        command.env("GIT_CONFIG_COUNT", self.config.len().to_string());
        for (number, (key, value)) in self.config.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{number}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        command
    }

    /// Runs `git` in the repository; gives what it prints.
    pub(super) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Vec<u8>, Failure> {
        run(self.command(arguments), b"")
    }

    /// The ids of the blobs that files would be; nothing is stored.
    pub(super) fn blobs(&self, files: impl Iterator<Item = PathBuf>) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        let mut count = 0;
        for file in files {
            // No path of the output holds a line break, but the folder's might.
            let file = std::path::absolute(&file).unwrap_or(file);
            names.extend_from_slice(file.as_os_str().as_encoded_bytes());
            names.push(b'\n');
            count += 1;
        }
        let printed = run(self.command(&["hash-object", "--no-filters", "--stdin-paths"]), &names)?;
        let ids: Vec<String> = String::from_utf8_lossy(&printed).lines().map(str::to_owned).collect();
        if ids.len() == count {
            Ok(ids)
        } else {
            Err(Failure::new(Reason::Machine, "git cannot read the files that were built"))
        }
    }
}

/// Runs a command, feeds it, and gives what it prints.
pub(super) fn run(command: Command, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let verb = verb(&command);
    let said = say(command, input)?;
    if said.is_success() { Ok(said.printed) } else { Err(failed(&verb, &said.complaint)) }
}

/// Runs a command, whatever comes of it.
pub(super) fn say(mut command: Command, input: &[u8]) -> Result<Said, Failure> {
    subprocess::run(&mut command, input, Limits::NONE, &mut || true).map_err(|error| {
        let message = format!("`git` cannot be run: {error}");
        Failure::new(Reason::Usage, message).hint("install git: this target uses it")
    })
}

/// What a failed run said, in one line.
pub(super) fn failed(verb: &str, stderr: &str) -> Failure {
    let is_noise = |line: &&str| line.trim().is_empty() || line.starts_with("hint:");
    let lines: Vec<&str> = stderr.lines().filter(|line| !is_noise(line)).map(str::trim).collect();
    let said = lines.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join("; ");
    let failure = Failure::new(Reason::Target, format!("`git {verb}` failed: {said}"));
    let is_refused =
        ["could not read Username", "Permission denied", "Authentication failed", "terminal prompts"]
            .iter()
            .any(|sign| stderr.contains(sign));
    if is_refused {
        failure.hint("git was not let in: set up a credential helper or a key for this repository")
    } else {
        failure
    }
}

/// The verb of a `git` command, for messages.
fn verb(command: &Command) -> String {
    let mut arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let first = arguments.next().unwrap_or_default();
    if first == "--git-dir" { arguments.nth(1).unwrap_or_default() } else { first }
}
