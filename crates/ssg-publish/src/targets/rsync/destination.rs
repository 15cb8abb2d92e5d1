//! Where `rsync` sends to: a folder of this machine, or of another one.

use std::fmt;
use std::path::Path;

/// A folder, as `rsync` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    /// `user@host` or `host`; none for this machine.
    pub host: Option<String>,
    /// With a slash at the end.
    path: String,
}

impl Destination {
    /// Reads `user@host:folder` or `folder`; on a failure what is wrong, and a hint.
    pub(super) fn parse(text: &str, root: &Path) -> Result<Self, (String, String)> {
        let wrong = |message: &str, hint: &str| Err((format!("`{text}` {message}"), hint.to_owned()));
        if text.starts_with('-') || text.chars().any(char::is_control) {
            return wrong("is no folder", "write it as `user@host:/srv/www`, or as a folder");
        }
        // The host of `[::1]:/srv` has colons of its own.
        let after = text.find(']').unwrap_or(0);
        let rest = text.get(after..).unwrap_or_default();
        if text.contains("://") || rest.split('/').next().is_some_and(|first| first.contains("::")) {
            return wrong("is a module of rsync's own service", "write it as `user@host:/srv/www`, over ssh");
        }
        let colon = rest.find(':').map(|at| at + after);
        match colon.filter(|colon| !text.get(..*colon).unwrap_or_default().contains('/')) {
            Some(colon) => {
                let (host, path) =
                    (text.get(..colon).unwrap_or_default(), text.get(colon + 1..).unwrap_or_default());
                let is_plain = |c: char| c.is_alphanumeric() || "-._@[]:%".contains(c);
                let name = host.rsplit('@').next().unwrap_or_default();
                if host.is_empty() || name.is_empty() || name.starts_with('-') || !host.chars().all(is_plain)
                {
                    return wrong("names no host", "write it as `user@host:/srv/www`");
                }
                if path.starts_with('~') {
                    return wrong(
                        "begins with `~`, which nothing there expands",
                        "a folder without a slash in front is relative to the home folder: `host:www`",
                    );
                }
                if path.trim_matches('/').is_empty() {
                    return wrong("names no folder", "write it as `user@host:/srv/www`");
                }
                Ok(Self { host: Some(host.to_owned()), path: with_slash(path) })
            }
            None => {
                let path = root.join(text);
                let path = std::path::absolute(&path).unwrap_or(path);
                Ok(Self { host: None, path: with_slash(&path.display().to_string()) })
            }
        }
    }

    /// The folder, where it is one of this machine.
    pub(super) fn here(&self) -> Option<&Path> {
        self.host.is_none().then(|| Path::new(&self.path))
    }

    /// The folder, or a file in it, as an argument.
    pub(super) fn argument(&self, file: &str) -> String {
        match &self.host {
            Some(host) => format!("{host}:{}{file}", self.path),
            None => format!("{}{file}", self.path),
        }
    }
}

fn with_slash(path: &str) -> String {
    format!("{}/", path.trim_end_matches('/'))
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.argument("").trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::Destination;
    use std::path::Path;

    #[test]
    fn hosts_and_folders_are_told_apart() {
        let parse = |text| Destination::parse(text, Path::new("/site"));
        let shown = |text| parse(text).map(|place| place.argument("x"));
        assert_eq!(shown("deploy@h.example:/srv/www"), Ok("deploy@h.example:/srv/www/x".to_owned()));
        assert_eq!(shown("h:www/"), Ok("h:www/x".to_owned()));
        assert_eq!(shown("u@[::1]:/srv"), Ok("u@[::1]:/srv/x".to_owned()));
        assert_eq!(shown("/srv/a:b"), Ok("/srv/a:b/x".to_owned()));
        assert_eq!(shown("out"), Ok("/site/out/x".to_owned()));
        for text in [
            "-e",
            "--rsh=x:y",
            "h::module",
            "rsync://h/m",
            "u@-oProxyCommand=x:/y",
            "h:",
            "h:/",
            "h:~/www",
            "a b:/x",
            "$(x):/y",
            "u@:/x",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
