//! Runs git as a process: without a shell, without what the user or a repository has configured,
//! and within bounds of time and size.

use crate::fetched::{Limits, refused};
use ssg_build::subprocess;
use ssg_source::{Class, Diagnostic, codes};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What git needs of the environment: to find programs and keys, and to reach the network where that
/// goes through a proxy.
const KEPT: [&str; 17] = [
    "PATH",
    "HOME",
    "USER",
    "SSH_AUTH_SOCK",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "SystemRoot",
    "TEMP",
    "USERPROFILE",
];

/// Settings that stand in the place of everything configured.
const SETTINGS: [&str; 14] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.attributesFile=/dev/null",
    "core.bigFileThreshold=16m",
    "core.askPass=",
    "credential.helper=",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "transfer.bundleURI=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.lowSpeedLimit=500",
    "http.lowSpeedTime=30",
];

/// Most that is kept of what git says about an error, in bytes.
const LONGEST_COMPLAINT: usize = 8 * 1024;

/// A bare repository that git works in.
pub(super) struct Git<'a> {
    folder: &'a Path,
    limits: &'a Limits,
    deadline: Instant,
}

impl<'a> Git<'a> {
    pub(super) fn new(folder: &'a Path, limits: &'a Limits) -> Self {
        Self { folder, limits, deadline: Instant::now() + limits.time }
    }

    /// Runs git with these arguments and gives what it printed, at most `most` bytes.
    ///
    /// # Errors
    /// When git is missing, fails, takes too long, fetches too much, or prints more.
    pub(super) fn run(&self, arguments: &[&str], input: &[u8], most: usize) -> Result<Vec<u8>, Diagnostic> {
        let limits =
            subprocess::Limits { until: Some(self.deadline), printed: most, complaint: LONGEST_COMPLAINT };
        let mut is_too_large = false;
        let mut goes_on = || {
            is_too_large = size(self.folder) > self.limits.packed;
            !is_too_large
        };
        let said = subprocess::run(&mut self.command(arguments), input, limits, &mut goes_on);
        let said = said.map_err(|error| {
            let problem = failed(format!("cannot run git: {error}")).class(Class::Machine);
            if error.kind() == std::io::ErrorKind::NotFound { problem.hint("install git") } else { problem }
        })?;
        if said.is_too_much {
            return Err(refused("there are too many files, or they are too large"));
        }
        match said.status {
            Some(status) if status.success() => Ok(said.printed),
            Some(_) => Err(complain(&said.complaint)),
            None if is_too_large => Err(refused("the repository is too large")),
            None => {
                let seconds = self.limits.time.as_secs();
                Err(failed(format!("git did not finish within {seconds} s")).hint("try again later"))
            }
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.env_clear();
        for name in KEPT {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ALLOW_PROTOCOL", "file:git:https:ssh")
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=10")
            .env("GIT_DIR", self.folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        command
    }
}

/// Bytes in a folder. What vanishes meanwhile counts nothing.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => size(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .fold(0, u64::saturating_add)
}

pub(super) fn failed(message: String) -> Diagnostic {
    // What a host answers is neither the site's content nor this machine's fault; nothing was done.
    Diagnostic::error(codes::THEME_FETCH, message).class(Class::Machine)
}

/// What git said, shortened to what matters, on one line.
fn complain(said: &str) -> Diagnostic {
    let lines: Vec<String> = said
        .lines()
        .map(|line| line.trim_start_matches("fatal: ").trim_start_matches("error: ").trim().to_owned())
        .map(|line| line.chars().map(|c| if c.is_control() { '·' } else { c }).take(300).collect())
        .filter(|line: &String| !line.is_empty())
        .collect();
    let first = lines.first().map_or("it failed and did not say why", String::as_str);
    let mut problem = failed(format!("git: {}", first.trim_end_matches('.')));
    if said.contains("dubious ownership") {
        problem = problem.hint("the repository belongs to another user: take it by ssh, or copy it");
    } else if said.contains("could not read Username") || said.contains("Permission denied") {
        problem = problem.hint("no password is asked for: use ssh with a key, or ~/.netrc for https");
    } else if said.contains("couldn't find remote ref") {
        problem =
            problem.hint("a revision is a branch, a tag or the full hash of a commit").class(Class::Usage);
    } else if said.contains("does not appear to be a git repository") || said.contains("not found") {
        problem = problem.hint("is the address right?").class(Class::Usage);
    }
    problem
}
