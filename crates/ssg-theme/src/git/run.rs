//! Runs git as a process: without a shell, without what the user or a repository has configured,
//! and within bounds of time and size.

use crate::fetched::{Limits, refused};
use ssg_source::{Class, Diagnostic, codes};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

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
/// How often a running git is looked at.
const STEP: Duration = Duration::from_millis(10);

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
        let mut child = self.command(arguments).spawn().map_err(|error| {
            let problem = failed(format!("cannot run git: {error}")).class(Class::Machine);
            if error.kind() == std::io::ErrorKind::NotFound { problem.hint("install git") } else { problem }
        })?;
        let printed = child.stdout.take().map(|pipe| read_in_background(pipe, most.saturating_add(1)));
        let complaint = child.stderr.take().map(|pipe| read_in_background(pipe, LONGEST_COMPLAINT));
        if let Some(mut pipe) = child.stdin.take() {
            let input = input.to_vec();
            // A git that ends early closes the pipe, and its status says why.
            std::thread::spawn(move || drop(pipe.write_all(&input)));
        }
        let succeeded = self.wait(&mut child);
        let bytes = |from: Option<Receiver<Vec<u8>>>| {
            from.and_then(|from| from.recv_timeout(Duration::from_secs(5)).ok()).unwrap_or_default()
        };
        let printed = bytes(printed);
        if printed.len() > most {
            return Err(refused("there are too many files, or they are too large"));
        }
        match succeeded {
            Ok(true) => Ok(printed),
            Ok(false) => Err(complain(&bytes(complaint))),
            Err(problem) => Err(problem),
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
            .env("GIT_DIR", self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// Waits for the end, and whether it was a good one.
    fn wait(&self, child: &mut Child) -> Result<bool, Diagnostic> {
        let mut looks = 0_u32;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) => {}
                Err(error) => return Err(failed(format!("git: {error}")).class(Class::Machine)),
            }
            looks = looks.wrapping_add(1);
            let problem = if Instant::now() > self.deadline {
                let seconds = self.limits.time.as_secs();
                Some(failed(format!("git did not finish within {seconds} s")).hint("try again later"))
            } else if looks.is_multiple_of(10) && size(self.folder) > self.limits.packed {
                Some(refused("the repository is too large"))
            } else {
                None
            };
            if let Some(problem) = problem {
                end(child);
                return Err(problem);
            }
            std::thread::sleep(STEP);
        }
    }
}

/// Ends git and the programs that it started: what fetches is one of those, and would go on alone.
/// They may have ended by themselves meanwhile.
fn end(child: &mut Child) {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(group) = group {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
    // Until the last of them is gone they may still write to the folder.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(group) = group {
        let until = Instant::now() + Duration::from_secs(2);
        while rustix::process::test_kill_process_group(group).is_ok() && Instant::now() < until {
            std::thread::sleep(STEP);
        }
    }
}

fn read_in_background(pipe: impl Read + Send + 'static, most: usize) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read until an error is what there is. Then the pipe is closed.
        let _ = pipe.take(most as u64).read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    });
    receiver
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
fn complain(said: &[u8]) -> Diagnostic {
    let said = String::from_utf8_lossy(said);
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
