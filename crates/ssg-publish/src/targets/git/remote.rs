//! The repository that holds the branch: where it is, and what of the user's settings leads there.

use super::command::{Git, clean_git, failed, run, say};
use crate::failure::{Failure, Reason};
use std::path::Path;
use std::process::Command;

/// A repository elsewhere, or on this machine.
#[derive(Clone, Debug)]
pub(super) struct Remote {
    /// Its address.
    pub url: String,
    /// Settings of the site's repository that decide how it is reached: a checkout by CI keeps its
    /// token there, and people their proxy or the command for ssh.
    pub config: Vec<(String, String)>,
}

impl Remote {
    /// Finds the repository: the name of a remote of the site's repository, an address, or a folder
    /// relative to the site's.
    pub(super) fn find(repository: &str, root: &Path) -> Result<Self, Failure> {
        let settings = settings(root);
        let get = |key: String| settings.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| value);
        let named = get(format!("remote.{repository}.pushurl")).or(get(format!("remote.{repository}.url")));
        let url = match named {
            Some(url) => url.clone(),
            None if is_address(repository) => repository.to_owned(),
            None => root.join(repository).display().to_string(),
        };
        // A relative address of a remote is meant from the folder of the repository.
        let url =
            if named.is_some() && !is_address(&url) { root.join(&url).display().to_string() } else { url };
        if named.is_none() && !is_address(repository) && !Path::new(&url).exists() {
            let message = format!("`{repository}` is no remote of the site's repository and no folder");
            return Err(Failure::new(Reason::Usage, message)
                .hint("`git remote -v` lists the remotes; an address or a folder does as well"));
        }
        if url.starts_with('-') || url.contains("::") {
            return Err(Failure::new(Reason::Usage, format!("`{url}` is no address that is used here")));
        }
        let decides = |key: &str| {
            ["http.", "https.", "credential.", "url.", "ssh."].iter().any(|start| key.starts_with(start))
                || matches!(key, "core.sshcommand" | "core.gitproxy" | "core.askpass")
        };
        let config = settings.into_iter().filter(|(key, _)| decides(key)).collect();
        Ok(Self { url, config })
    }

    /// Fetches the tip of a branch; `None` where there is no such branch.
    pub(super) fn fetch(git: &Git, branch: &str) -> Result<Option<String>, Failure> {
        // Of what is there the names are enough; a server that cannot leave out the rest sends it.
        let from = format!("+refs/heads/{branch}:refs/ssg/tip");
        let fetch = git.command(&[
            "fetch",
            "--quiet",
            "--no-write-fetch-head",
            "--no-tags",
            "--depth=1",
            "--filter=blob:none",
            "target",
            &from,
        ]);
        let said = say(fetch, b"")?;
        if said.is_success() {
            let tip = git.run(&["rev-parse", "--verify", "--quiet", "refs/ssg/tip"])?;
            return Ok(Some(String::from_utf8_lossy(&tip).trim().to_owned()));
        }
        let listed = run(git.command(&["ls-remote", "target", &format!("refs/heads/{branch}")]), b"");
        match listed {
            Ok(listed) if listed.is_empty() => Ok(None),
            _ => Err(failed("fetch", &said.complaint)),
        }
    }

    /// Pushes a commit to a branch that must still be at `tip`.
    pub(super) fn push(
        git: &Git,
        commit: &str,
        branch: &str,
        tip: Option<&str>,
        force: bool,
    ) -> Result<(), Failure> {
        let lease = format!("--force-with-lease=refs/heads/{branch}:{}", tip.unwrap_or_default());
        let to = format!("{commit}:refs/heads/{branch}");
        let mut push: Command = git.command(&["push", "--quiet", "--porcelain", "--no-verify"]);
        if force {
            push.arg(lease);
        }
        push.args(["target", &to]);
        let said = say(push, b"")?;
        if said.is_success() {
            return Ok(());
        }
        let printed = String::from_utf8_lossy(&said.printed);
        let refused = printed.lines().find(|line| line.starts_with('!'));
        let has_moved = |text: &str| {
            ["fetch first", "non-fast-forward", "stale info", "already exists", "cannot lock ref"]
                .iter()
                .any(|sign| text.contains(sign))
        };
        match refused {
            Some(line) if has_moved(line) || has_moved(&said.complaint) => Err(Failure::conflict()),
            Some(line) if line.contains("branch is currently checked out") => {
                let why = "the branch is checked out in that repository, which would then not match it";
                Err(Failure::new(Reason::Usage, why).hint("publish to a branch that nobody works on"))
            }
            Some(line) => {
                let why = line.rsplit('\t').next().unwrap_or(line);
                Err(failed("push", &format!("{why}\n{}", said.complaint)))
            }
            None => Err(failed("push", &said.complaint)),
        }
    }
}

/// Whether a text is the address of a repository, not a folder.
fn is_address(text: &str) -> bool {
    let before_slash = text.split('/').next().unwrap_or_default();
    text.contains("://") || before_slash.contains(':') || text.starts_with('/')
}

/// The settings of the repository that the site lies in, keys as git spells them; none without one.
fn settings(root: &Path) -> Vec<(String, String)> {
    let mut command = clean_git();
    command.arg("-C").arg(root).args(["config", "--local", "--includes", "--null", "--list"]);
    let Ok(printed) = run(command, b"") else { return Vec::new() };
    let printed = String::from_utf8_lossy(&printed).into_owned();
    printed
        .split('\0')
        .filter_map(|setting| setting.split_once('\n'))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
