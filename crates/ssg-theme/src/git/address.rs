//! Where a theme is fetched from: an address that git knows and, after `@`, a branch, tag or commit.

use ssg_source::{Class, Diagnostic, codes};
use std::fmt;
use std::path::Path;

/// Ways to fetch that run nothing but git and ssh, and cannot be read on the way unnoticed or stay
/// on this machine.
const SCHEMES: [&str; 4] = ["https://", "ssh://", "git://", "file://"];

/// An address, and the branch, tag or commit that is wanted from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As git takes it.
    pub url: String,
    /// Branch, tag or full hash of a commit; the default branch without.
    pub rev: Option<String>,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)?;
        self.rev.as_ref().map_or(Ok(()), |rev| write!(f, "@{rev}"))
    }
}

impl Address {
    /// Reads `URL` or `URL@REV`.
    ///
    /// # Errors
    /// For what is neither an address of `https`, `ssh`, `git` or `file` nor a local path, and for
    /// what git would take for an option or a program: of class policy.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let (url, rev) = split(text);
        Self::new(url, rev)
    }

    /// An address and a revision that are known apart.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn new(url: &str, rev: Option<&str>) -> Result<Self, Diagnostic> {
        check_url(url)?;
        if let Some(rev) = rev {
            check_rev(rev)?;
        }
        Ok(Self { url: url.to_owned(), rev: rev.map(str::to_owned) })
    }

    /// The last part of the address, without `.git`: what a theme without a name is called.
    #[must_use]
    pub fn last_part(&self) -> String {
        let url = self.url.trim_end_matches('/');
        let last = url.rsplit(['/', ':']).next().unwrap_or(url);
        last.strip_suffix(".git").unwrap_or(last).to_ascii_lowercase()
    }

    /// Whether it names a folder of this machine by its path.
    #[must_use]
    pub fn is_path(&self) -> bool {
        is_path(&self.url)
    }
}

/// Cuts `@REV` off. An `@` before the path, as in `git@host:path`, or at the beginning of one of its
/// parts belongs to the address.
fn split(text: &str) -> (&str, Option<&str>) {
    let path_at = match text.find("://") {
        Some(at) => text[at + 3..].find('/').map_or(text.len(), |slash| at + 3 + slash),
        None if is_path(text) => 0,
        None => text.find(':').unwrap_or(0),
    };
    let Some(at) = text[path_at..].rfind('@').map(|at| path_at + at) else { return (text, None) };
    if text[..at].ends_with('/') || (path_at == 0 && Path::new(text).exists()) {
        return (text, None);
    }
    (&text[..at], Some(&text[at + 1..]))
}

/// Whether a text names a local folder: no scheme, and no `host:` before the first slash.
fn is_path(url: &str) -> bool {
    let first = url.split('/').next().unwrap_or(url);
    !url.contains("://") && !first.contains(':')
}

fn refused(message: String) -> Diagnostic {
    Diagnostic::error(codes::THEME_ADDRESS, message).class(Class::Policy)
}

fn check_url(url: &str) -> Result<(), Diagnostic> {
    const HINT: &str = "use https://…, ssh://…, git@host:path, git://…, file://… or a path";
    let shown: String = url.chars().map(|c| if c.is_control() { '·' } else { c }).take(200).collect();
    if url.is_empty() || url.starts_with('-') {
        return Err(refused(format!("`{shown}` is no address of a theme")).hint(HINT));
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refused(format!("the address `{shown}` holds a blank or a control character")).hint(HINT));
    }
    // `ext::sh -c …` would run a program; `transport::address` is git's form for all such helpers.
    if url.contains("::") {
        return Err(refused(format!("the address `{shown}` names a helper program for git")).hint(HINT));
    }
    if let Some((scheme, rest)) = url.split_once("://") {
        if !SCHEMES.contains(&format!("{scheme}://").as_str()) {
            return Err(refused(format!("a theme is not fetched by `{scheme}`")).hint(HINT));
        }
        let authority = rest.split('/').next().unwrap_or(rest);
        if authority.starts_with('-')
            || authority.rsplit('@').next().is_some_and(|host| host.starts_with('-'))
        {
            return Err(refused(format!("`{shown}` names no host")).hint(HINT));
        }
        if scheme != "ssh" && authority.contains('@') {
            // The address is printed, and written to the configuration.
            return Err(refused("the address holds a name or a password".to_owned())
                .hint("use ssh, or keep what gives access in ~/.netrc"));
        }
        if authority.split('@').next().is_some_and(|user| authority.contains('@') && user.contains(':')) {
            return Err(refused("the address holds a password".to_owned()).hint("use a key for ssh"));
        }
    } else if !is_path(url) {
        // `user@host:path`
        let host = url.split(':').next().unwrap_or(url);
        if host.rsplit('@').next().is_some_and(|host| host.is_empty() || host.starts_with('-')) {
            return Err(refused(format!("`{shown}` names no host")).hint(HINT));
        }
    }
    Ok(())
}

fn check_rev(rev: &str) -> Result<(), Diagnostic> {
    let is_plain = rev.chars().all(|c| c.is_alphanumeric() || "._-/+#".contains(c));
    if rev.is_empty()
        || rev.starts_with(['-', '+', '/'])
        || !is_plain
        || rev.contains("..")
        || rev.len() > 200
    {
        let shown: String = rev.chars().map(|c| if c.is_control() { '·' } else { c }).take(80).collect();
        return Err(refused(format!("`{shown}` is no branch, tag or commit"))
            .hint("after `@` comes a branch, a tag or the full hash of a commit"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_are_cut_off() {
        let read = |text: &str| Address::parse(text).map(|address| (address.url, address.rev)).expect(text);
        let with = |url: &str, rev: &str| (url.to_owned(), Some(rev.to_owned()));
        let without = |url: &str| (url.to_owned(), None);
        assert_eq!(read("https://host/a/b.git@v1.2"), with("https://host/a/b.git", "v1.2"));
        assert_eq!(read("https://host/a/b@feature/x"), with("https://host/a/b", "feature/x"));
        assert_eq!(read("https://host/@a/b"), without("https://host/@a/b"));
        assert_eq!(read("ssh://git@host/a/b"), without("ssh://git@host/a/b"));
        assert_eq!(read("ssh://git@host/a/b@main"), with("ssh://git@host/a/b", "main"));
        assert_eq!(read("git@host:a/b.git"), without("git@host:a/b.git"));
        assert_eq!(read("git@host:a/b.git@v1"), with("git@host:a/b.git", "v1"));
        assert_eq!(read("../b@v1"), with("../b", "v1"));
        assert_eq!(Address::parse("git@host:a/B.git@v1").expect("valid").last_part(), "b");
    }

    #[test]
    fn what_could_run_something_is_refused() {
        for text in [
            "",
            "-u./x",
            "--upload-pack=touch x",
            "ext::sh -c touch% x",
            "ext::sh",
            "fd::17",
            "http://host/x",
            "ftp://host/x",
            "ssh://-oProxyCommand=x/y",
            "ssh://a@-oProxyCommand=x/y",
            "-oProxyCommand=x:y",
            "a@-oProxyCommand=x:y",
            "https://user:secret@host/x",
            "https://token@host/x",
            "https://host/x\ny",
            "https://host/x@-v",
            "https://host/x@a:b",
            "https://host/x@a..b",
            "https://host/x@",
        ] {
            let problem = Address::parse(text).expect_err(text);
            assert_eq!(problem.class, Class::Policy, "{text:?}");
            assert!(!problem.message.contains("secret"), "{problem:?}");
        }
    }
}
