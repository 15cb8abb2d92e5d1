//! Runs the system's `rsync`, which runs `ssh`.

use super::destination::Destination;
use crate::failure::{Failure, Reason};
use ssg_build::subprocess::{self, Limits, Said};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to reach the folder.
#[derive(Debug)]
pub(super) struct Rsync {
    pub place: Destination,
    pub port: Option<u16>,
    /// File of the key.
    pub identity: Option<PathBuf>,
    /// File with the keys of hosts.
    pub known_hosts: Option<PathBuf>,
}

/// A run of `rsync` that is over.
#[derive(Debug)]
pub(super) struct Run(Said);

impl Run {
    /// Whether it went well.
    pub(super) fn is_success(&self) -> bool {
        self.0.is_success()
    }

    /// What it printed.
    pub(super) fn printed(&self) -> String {
        String::from_utf8_lossy(&self.0.printed).into_owned()
    }

    fn code(&self) -> Option<i32> {
        self.0.status.and_then(|status| status.code())
    }

    /// Whether all that went wrong is that something is not there.
    pub(super) fn is_missing(&self) -> bool {
        // 23: some files were not sent. The number of the error stands in every language.
        self.code() == Some(23) && self.0.complaint.contains("(2)") && !self.0.complaint.contains("(13)")
    }

    /// Whether more went wrong than that some folders cannot be removed.
    pub(super) fn is_lost(&self) -> bool {
        !self.is_success() && !matches!(self.code(), Some(23 | 24))
    }

    /// Folders that stand, with something in them, where files must go.
    pub(super) fn blocked(&self) -> impl Iterator<Item = &str> {
        self.0
            .complaint
            .lines()
            .filter_map(|line| line.strip_prefix("could not make way for new regular file: "))
    }

    /// A failure unless it went well.
    pub(super) fn checked(self) -> Result<(), Failure> {
        if self.is_success() { Ok(()) } else { Err(self.failure()) }
    }

    /// What went wrong, in one line.
    pub(super) fn failure(&self) -> Failure {
        // ssh frames its warnings with `@`.
        let says = |line: &&str| line.contains(char::is_alphanumeric) && !line.starts_with('@');
        let lines: Vec<&str> = self.0.complaint.lines().map(str::trim).filter(says).collect();
        let said = lines.iter().take(3).copied().collect::<Vec<_>>().join("; ");
        let failure = Failure::new(Reason::Target, format!("`rsync` failed: {said}"));
        if self.0.complaint.contains("Host key verification failed") {
            failure.hint(
                "the key of the host is not known, or not the one that is known: check it, and add it to \
                 the file that `known_hosts` names",
            )
        } else if self.0.complaint.contains("Permission denied (") {
            failure.hint("ssh was not let in: load a key into the agent, or name its file with `identity`")
        } else {
            failure
        }
    }
}

/// A list of files as `--files-from` takes it.
pub(super) fn list_of<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut list = Vec::new();
    for path in paths {
        list.extend_from_slice(path.as_bytes());
        list.push(0);
    }
    list
}

impl Rsync {
    /// Sends the files of a list from a folder.
    pub(super) fn send(&self, flags: &[&str], from: &Path, list: &[u8]) -> Result<Run, Failure> {
        let mut command = self.command()?;
        command
            .args(flags)
            .args(["--from0", "--files-from=-"])
            .arg(folder(from))
            .arg(self.place.argument(""));
        run(command, list)
    }

    /// Fetches a file into a folder; one that is not there is none.
    pub(super) fn fetch(&self, file: &str, to: &Path) -> Result<Run, Failure> {
        let mut command = self.command()?;
        command.arg("--ignore-missing-args").arg(self.place.argument(file)).arg(folder(to));
        run(command, b"")
    }

    /// Lists the folder, by a dry run into an empty one.
    pub(super) fn list(&self, empty: &Path) -> Result<Run, Failure> {
        let mut command = self.command()?;
        command.args(["--dirs", "--dry-run", "--links", "--out-format=%n"]);
        command.arg(self.place.argument("")).arg(folder(empty));
        run(command, b"")
    }

    fn command(&self) -> Result<Command, Failure> {
        let mut command = Command::new("rsync");
        command.env("LC_ALL", "C").env_remove("RSYNC_RSH");
        // `-s`: arguments reach the other side without its shell. `-8`: names are printed as they are.
        command.args(["-s", "-8", "--timeout=120"]);
        if self.place.host.is_some() {
            command.arg("-e").arg(self.ssh()?);
        }
        Ok(command)
    }

    /// The command of `ssh`, as `rsync` takes it apart: by spaces, but for quotes.
    fn ssh(&self) -> Result<String, Failure> {
        let mut ssh = "ssh -o ConnectTimeout=20 -o ServerAliveInterval=15".to_owned();
        if !std::io::stdin().is_terminal() {
            // Nobody could answer; an unknown host is then refused.
            ssh.push_str(" -o BatchMode=yes");
        }
        if let Some(port) = self.port {
            ssh.push_str(&format!(" -p {port}"));
        }
        if let Some(file) = &self.identity {
            ssh.push_str(&format!(" -o IdentitiesOnly=yes -i {}", quoted(file)?));
        }
        if let Some(file) = &self.known_hosts {
            let file = quoted(file)?;
            ssh.push_str(&format!(
                " -o StrictHostKeyChecking=yes -o GlobalKnownHostsFile=none -o UserKnownHostsFile={file}"
            ));
        }
        Ok(ssh)
    }
}

/// A folder with a slash at the end: what is in it is meant.
fn folder(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.join("")
}

fn quoted(file: &Path) -> Result<String, Failure> {
    let text = file.display().to_string();
    // ssh itself takes spaces and percent signs in such a path apart.
    if text.contains(['\'', '"', ' ', '%', '\\']) || text.chars().any(char::is_control) {
        let message =
            format!("`{text}` cannot be named to ssh: it holds a space, a quote, `%` or a backslash");
        return Err(Failure::new(Reason::Usage, message));
    }
    Ok(text)
}

fn run(mut command: Command, list: &[u8]) -> Result<Run, Failure> {
    let said = subprocess::run(&mut command, list, Limits::NONE, &mut || true).map_err(|error| {
        let message = format!("`rsync` cannot be run: {error}");
        Failure::new(Reason::Usage, message).hint("install rsync: this target uses it")
    })?;
    Ok(Run(said))
}
